"""SERVICE: only to endpoints that the operator allows, and no other address can be reached whatever the query says."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from graph.errors import SettingError
from graph.release import Release
from tests.webapp.conftest import LOOSE
from webapp import live
from webapp.config import Config
from webapp.pool import Outcome, Pool, Question, workers
from webapp.pool.cage import can_allow_port
from webapp.pool.guard import refusal, relayed
from webapp.relay import Relay

ANSWER = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "from afar"}}]}}).encode()
ALLOWED = "https://example.org/sparql"
needs_fence = pytest.mark.skipif(not can_allow_port(), reason="this kernel has no Landlock with rules for the network (Linux 6.7 or later)")


@contextmanager
def endpoint(status: int = 200, body: bytes = ANSWER, location: str = "") -> Iterator[tuple[str, list[bytes]]]:
    """An endpoint on loopback with one answer, and the queries that it was asked."""
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def pool(release: Release, *allowed: str, most: int = 10_000) -> Iterator[Pool]:
    """A pool whose queries may ask these endpoints."""
    relay = Relay(allowed, 5, most)
    made = Pool(release.store, 1, replace(LOOSE, seconds=20), relay.services, relay.port)
    try:
        yield made
    finally:
        made.close()
        relay.close()


def text(outcome: Outcome) -> str:
    """The result, or what was wrong."""
    if outcome.file is None:
        return outcome.message
    with outcome.file as file:
        return file.read().decode()


@pytest.mark.parametrize(
    ("query", "is_let_through"),
    [
        (f"SELECT * {{ SERVICE <{ALLOWED}> {{ ?s ?p ?o }} }}", True),
        (f"SELECT * {{ service silent # so\n <{ALLOWED}> {{ ?s ?p ?o }} }}", True),
        ("SELECT * { SERVICE <https://example.org/other> { ?s ?p ?o } }", False),
        (f"SELECT * {{ SERVICE <{ALLOWED}> {{ ?s ?p ?o }} SERVICE <http://127.0.0.1/> {{ ?s ?p ?o }} }}", False),
        ("BASE <https://example.org/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }", False),
        ("PREFIX e: <https://example.org/> SELECT * { SERVICE e:sparql { ?s ?p ?o } }", False),
        (f"SELECT * {{ VALUES ?x {{ <{ALLOWED}> }} SERVICE ?x {{ ?s ?p ?o }} }}", False),
        ("SELECT * { SERVICE <https://example.org/\\u0073parql> { ?s ?p ?o } }", False),
    ],
)
def test_only_an_allowed_address_that_is_written_out_is_let_through(query: str, is_let_through: bool) -> None:  # noqa: FBT001  # a case
    assert (refusal(query, LOOSE, [ALLOWED]) is None) == is_let_through
    assert refusal(query, LOOSE)
    if is_let_through:
        assert ALLOWED not in relayed(query, {ALLOWED: "http://127.0.0.1:9/x"})


@needs_fence
def test_an_allowed_endpoint_is_asked_and_its_rows_are_joined(release: Release) -> None:
    with endpoint() as (address, asked), pool(release, address) as made:
        assert "from afar" in text(made.ask(Question(f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}")))
        assert b"?x" in asked[0]
        assert "true" in text(made.ask(Question("ASK {}")))


@needs_fence
@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"x" * 20_000), (302, b"")], ids=["an error", "too much", "a redirect"])
def test_what_an_endpoint_does_wrong_fails_the_query_only(status: int, body: bytes, release: Release) -> None:
    with endpoint() as (elsewhere, called), endpoint(status, body, elsewhere if status == 302 else "") as (address, asked):
        with pool(release, address) as made:
            assert made.ask(Question(f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}")).kind == "failed"
            assert "true" in text(made.ask(Question("ASK {}")))
        assert (len(asked), called) == (1, [])


@needs_fence
def test_a_worker_that_may_ask_reaches_no_other_address_even_if_the_guard_is_passed(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "refusal", lambda *_: None)
    with endpoint() as (address, _), socket.create_server(("127.0.0.1", 0)) as spy, pool(release, address) as made:
        spy.settimeout(0.3)
        other = f"http://127.0.0.1:{spy.getsockname()[1]}/"
        outcome = made.ask(Question(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?x }} SERVICE <{other}> {{ ?a ?b ?c }} }}"))
        assert outcome.kind == "failed"
        assert "Another endpoint" in outcome.message
        with pytest.raises(TimeoutError):
            spy.accept()


@needs_fence
@pytest.mark.parametrize("kind", ["socket.AF_INET, socket.SOCK_DGRAM", "socket.AF_UNIX", "socket.AF_INET6"])
def test_the_kernel_leaves_only_connections_by_tcp(kind: str) -> None:
    program = f"import socket; from webapp.pool import cage; assert cage.allow_port(9); socket.socket(socket.AF_INET).close(); socket.socket({kind})"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "PermissionError" in ended.stderr


def test_nothing_is_allowed_where_the_kernel_cannot_see_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "can_allow_port", lambda: False)
    with pytest.raises(SettingError, match="Landlock"):
        live.relay(Config(services=ALLOWED))


def test_by_default_there_is_no_way_out() -> None:
    assert live.relay(Config()) is None
