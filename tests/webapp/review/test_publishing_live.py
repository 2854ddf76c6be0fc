"""Publishing before a real server, under the eyes of requests that do not stop."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from select import select
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pytest

from graph.iris import DEFAULT_BASE
from graph.release import Releases
from tests.conftest import Keep
from tests.webapp.review.conftest import KEY, hidden
from tests.webapp.review.small import with_release
from webapp.review.acts import seen
from webapp.review.office import Office
from webapp.review.reviewers import Reviewers

PATIENCE = 240
PREFIX = "PREFIX liaison: <https://w3id.org/liaison/def#> "
EDGE = f"{PREFIX} ASK {{ <{DEFAULT_BASE}id/country/ESP> liaison:coDrives <{DEFAULT_BASE}id/group/empact-cse> }}"
SLOW = f"{PREFIX} SELECT (COUNT(*) AS ?n) {{ ?a a liaison:State . ?b a liaison:State . ?c a liaison:Topic FILTER (STR(?a) < STR(?b)) }}"


class Answer(NamedTuple):
    """What a server said, and when."""

    status: int
    text: str
    headers: dict[str, str]
    begun: float
    ended: float


class Browser:
    """A browser that keeps its cookie.

    Args:
        port: the server's port.
    """

    def __init__(self, port: int) -> None:
        """Ask nothing yet."""
        self.port, self.cookie, self.form = port, "", ""

    def _sent(self, method: str, path: str, fields: dict[str, str] | None) -> HTTPConnection:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, "Accept": "text/html" if path.startswith("/review") else "application/sparql-results+json"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode({"form": self.form, **fields}) if fields is not None else None, headers)
        return connection

    def ask(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Get a page, or send a form where there are fields."""
        begun = time.time()
        connection = self._sent("GET" if fields is None else "POST", path, fields)
        response: HTTPResponse = connection.getresponse()
        text = response.read().decode()
        connection.close()
        if cookie := response.headers.get("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return Answer(response.status, text, dict(response.headers), begun, time.time())

    def send_and_leave(self, path: str, fields: dict[str, str]) -> None:
        """Send a form, and go away without a look at the answer."""
        connection = self._sent("POST", path, fields)
        assert select([connection.sock], [], [], PATIENCE)[0]
        connection.close()

    def query(self, query: str) -> Answer:
        """Ask the endpoint."""
        return self.ask(f"/sparql?query={quote(query)}")

    def sign_in(self, token: str) -> None:
        """Begin a session."""
        assert self.ask("/review/sign-in", {"token": token}).status == 303
        self.form = hidden(self.ask("/review").text)

    def published(self) -> Answer:
        """The page once no publication is under way."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not json.loads(self.ask("/review/publish/state").text)["waits"]:
                answer = self.ask("/review/publish")
                assert answer.status == 200
                return answer
            time.sleep(0.3)
        pytest.fail("the publication does not end")


@contextmanager
def server(folder: Path) -> Iterator[tuple[Browser, "subprocess.Popen[str]"]]:
    """`liaison serve` in a process of its own."""
    options = ["--data", folder / "data", "--releases", folder / "releases", "--reviewers", folder / "reviewers.json"]
    command = [sys.executable, "-u", "-m", "webapp.cli", "serve", "--port", "0", *map(str, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = [process.stdout.readline(), process.stdout.readline()]
        try:
            yield Browser(int(lines[1].split()[1].rstrip("/").rpartition(":")[2])), process
        finally:
            process.terminate()
            assert process.wait(PATIENCE) == 0


@pytest.fixture
def folder(data: Path, keep: Keep) -> Path:
    """A small data folder, and a release of it."""
    return keep("publishing", lambda folder: with_release(data, folder))


def decision(folder: Path, act: str) -> dict[str, str]:
    """The form that decides that Spain co-drives the group."""
    table = Office(folder / "data", DEFAULT_BASE, folder / "releases/cache/extractions").table(KEY)
    card = next(card for card in table.cards if "co-drives" in card.evidence.quote)
    return {"act": act, "profile": KEY, "card": card.id, "seen": seen(card)}


def test_a_claim_is_accepted_published_and_found_while_nobody_is_turned_away(folder: Path) -> None:
    token, is_over = Reviewers(folder / "reviewers.json").add("ana"), threading.Event()
    pointer = folder / "releases/CURRENT"
    answers: list[Answer] = []

    def go_on_asking(browser: Browser) -> None:
        while not is_over.is_set():
            answers.append(browser.query(SLOW))

    with server(folder) as (ana, process), ThreadPoolExecutor(2) as asking:
        ana.sign_in(token)
        assert json.loads(ana.query(EDGE).text)["boolean"] is False
        assert ana.ask("/review/decide", decision(folder, "accept")).status == 303
        try:
            others = [asking.submit(go_on_asking, Browser(ana.port)) for _ in range(2)]
            ana.send_and_leave("/review/publish", {})
            page = ana.published()
            until = time.monotonic() + PATIENCE
            while not (is_there := json.loads(ana.query(EDGE).text)["boolean"]) and time.monotonic() < until:
                time.sleep(0.3)
        finally:
            is_over.set()
        for other in others:
            other.result()
        assert process.poll() is None
    assert is_there
    assert f"as release {Releases(folder / 'releases').current_id()}." in page.text
    assert [answer.status for answer in answers] == [200] * len(answers)
    assert len({answer.text for answer in answers}) == 1
    switched = pointer.stat().st_mtime
    assert any(answer.begun < switched for answer in answers)
    assert any(answer.begun > switched for answer in answers)


def test_a_publication_ends_with_its_server(folder: Path) -> None:
    token, before = Reviewers(folder / "reviewers.json").add("ana"), Releases(folder / "releases").current_id()
    with server(folder) as (ana, process):
        ana.sign_in(token)
        assert ana.ask("/review/decide", decision(folder, "accept")).status == 303
        assert ana.ask("/review/publish", {}).status == 303
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    with Releases(folder / "releases").writing():  # nobody else does
        assert Releases(folder / "releases").current_id() == before
