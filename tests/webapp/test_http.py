"""The real server: malformed requests, clients that are slow or go away, and many at once."""

import json
import shutil
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from graph.release import Releases
from tests.conftest import end
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


@contextmanager
def running(config: Config) -> Iterator[Server]:
    """The server that `liaison serve` runs."""
    app = create_app(config)
    listening = listen("127.0.0.1", 0)
    made = serving(app, listening, config)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield Server(listening.getsockname()[1], app.extensions["live"])
    finally:
        end(made)
        thread.join()
        app.extensions["live"].close()


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[Server]:
    """A server whose limits are small."""
    with running(Config(releases=releases, query_seconds=1.0, query_slice_seconds=0.3, result_megabytes=8, spool_megabytes=60)) as made:
        yield made


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


def test_a_new_release_drops_no_request_and_no_answer_mixes_two(two_releases: Releases, tmp_path: Path) -> None:
    """The pointer moves to and fro while clients ask which release it is and whether it holds the claim that only the later one has."""
    shutil.copytree(two_releases.folder, tmp_path / "releases")
    kept = Releases(tmp_path / "releases")
    later = kept.current()
    earlier = kept.before(later)
    query = """SELECT ?label (COUNT(?claim) AS ?claims) { ?release a liaison:Release ; rdfs:label ?label
        OPTIONAL { ?claim a liaison:Claim ; rdfs:label "Spain supports INTERPOL"@en } } GROUP BY ?label"""
    expected = {(f"Liaison release {earlier.id}", "0"), (f"Liaison release {later.id}", "1")}
    with running(Config(releases=kept.folder, query_seconds=30)) as server:
        seen: Counter[tuple[str, str]] = Counter()
        failed: list[int] = []
        end = threading.Event()

        def run() -> None:
            while not end.is_set():
                status, body = server.ask(query)
                if status == 200:
                    (row,) = json.loads(body)["results"]["bindings"]
                    seen[row["label"]["value"], row["claims"]["value"]] += 1
                else:
                    failed.append(status)

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for release in (earlier, later, earlier, later):
            time.sleep(1.5)
            kept.point_to(release.id)
        time.sleep(1.5)
        end.set()
        for thread in threads:
            thread.join()
    assert failed == []
    assert set(seen) == expected


def test_what_is_not_taken_is_told_with_what_is(server: Server) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    for method, status in (("PUT", 405), ("DELETE", 405), ("OPTIONS", 200)):
        connection.request(method, "/sparql")
        response = connection.getresponse()
        response.read()
        assert response.status == status
        assert {"GET", "HEAD", "POST", "OPTIONS"} == set(str(response.getheader("Allow")).split(", "))
    connection.close()
