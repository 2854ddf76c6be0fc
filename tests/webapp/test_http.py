"""The real server: malformed requests, clients that are slow or go away, and many at once."""

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from webapp import create_app
from webapp.config import Config
from webapp.listening import listen, serving
from webapp.live import Live

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LARGE = "SELECT * { ?s ?p ?o } LIMIT 20000"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Server:
    """A running server.

    Args:
        port: where it listens on loopback.
        live: the release that it serves.
    """

    port: int
    live: Live

    def ask(self, query: str, seconds: float = 30) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("POST", "/sparql", urlencode({"query": query}), FORM)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def is_idle(self) -> bool:
        """Whether nothing runs, waits, or is kept, before long."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            load = self.live.serving().pool.load
            if load.running == load.waiting == load.kept_bytes == 0:
                return True
            time.sleep(0.05)
        return False


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[Server]:
    """The server that `liaison serve` runs, its limits small."""
    config = replace(Config(releases=releases), query_seconds=1.0, query_slice_seconds=0.3, result_megabytes=8, spool_megabytes=60)
    app = create_app(config)
    listening = listen("127.0.0.1", 0)
    made = serving(app, listening, config)
    thread = threading.Thread(target=made.run)
    thread.start()
    yield Server(listening.getsockname()[1], app.extensions["live"])
    made.close()
    thread.join()
    app.extensions["live"].close()


@pytest.mark.cases("http")
def test_a_malformed_request_gets_its_status_and_the_next_one_is_answered(case: dict[str, str], server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(case["request"].encode("latin-1").decode("unicode_escape").encode("latin-1"))
        with HTTPResponse(connection) as response:
            response.begin()
            assert response.status == int(case["status"])
            assert b"<script>" not in response.read(2000)
    assert server.ask("ASK {}")[0] == 200


def test_a_client_that_sends_slowly_holds_up_nobody(server: Server) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(100)]
    for connection in slow:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nA")
    try:
        assert server.ask("ASK {}")[0] == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_client_that_reads_slowly_holds_up_nobody_else_and_leaves_nothing(server: Server) -> None:
    slow = [socket.socket() for _ in range(3)]
    request = f"GET /sparql?format=json&query={quote(LARGE)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for connection in slow:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(request)
    status, body = server.ask(LARGE)
    assert (status, len(json.loads(body)["results"]["bindings"])) == (200, 20000)
    assert server.live.serving().pool.load.kept_bytes > 0
    for connection in slow:
        connection.close()
    assert server.is_idle()


def test_a_client_that_goes_away_leaves_nothing(server: Server) -> None:
    with pytest.raises(TimeoutError):
        server.ask(LONG, seconds=0.5)
    assert server.is_idle()


def test_many_at_once_each_get_a_clear_answer_and_nothing_is_left(server: Server) -> None:
    threads_before = threading.active_count()
    statuses: Counter[int] = Counter()
    lock = threading.Lock()

    def run(query: str) -> None:
        status, body = server.ask(query, seconds=60)
        with lock:
            statuses[status] += 1
        assert body

    threads = [threading.Thread(target=run, args=(LONG if number % 2 else "ASK {}",)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(statuses.values()) == 200
    assert set(statuses) <= {200, 429, 503, 504}
    assert server.ask("ASK {}")[0] == 200
    assert server.is_idle()
    assert threading.active_count() <= threads_before
