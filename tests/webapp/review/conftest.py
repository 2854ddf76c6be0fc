"""A reviewer before a small data folder: few rules, one profile, no side-car, and the pages under /review."""

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.decisions import log
from graph.decisions.events import Event
from graph.decisions.queue import Card
from tests.few_rules import few_rules
from webapp import create_app
from webapp.config import Config
from webapp.review.acts import seen
from webapp.review.office import Office
from webapp.review.reviewers import Reviewers
from webapp.review.room import Room

KEY = "spain-2018-cse"


class Reviewer:
    """Somebody who is signed in, or is not.

    Args:
        app: the application.
        handle: his or her handle; empty for somebody without a token.
    """

    def __init__(self, app: Flask, handle: str = "") -> None:
        """Sign in."""
        self.app, self.handle, self.form = app, handle, ""
        self.client: FlaskClient = app.test_client()
        if handle:
            token = Reviewers(app.extensions["config"].reviewers).add(handle)
            assert self.client.post("/review/sign-in", data={"token": token}).status_code == 303
            self.form = hidden(self.page("/review"))

    def page(self, address: str, status: int = 200) -> str:
        """The text of a page."""
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, address: str, status: int = 303, **fields: str) -> TestResponse:
        """Send a form of this session."""
        answer = self.client.post(address, data={"form": self.form, **fields})
        assert answer.status_code == status, answer.text
        return answer

    def decide(self, act: str, card: Card, status: int = 303, **fields: str) -> TestResponse:
        """Decide on a claim."""
        given = {"act": act, "profile": card.unit.profile, "card": card.id, "seen": seen(card)}
        return self.post("/review/decide", status, **given | fields)

    @property
    def office(self) -> Office:
        """The data folder as the server sees it, once nothing is read in the background any more."""
        room: Room = self.app.extensions["room"]
        with room.office() as office:
            pass
        while (reader := room._reader) and reader.is_alive():  # noqa: SLF001  # it would work on the same tables
            reader.join()
        return office

    def card(self, words: str, profile: str = KEY) -> Card:
        """The first card whose quote holds these words."""
        return next(card for card in self.office.table(profile).cards if words in card.evidence.quote)

    @property
    def events(self) -> tuple[Event, ...]:
        """What is recorded."""
        return log.read(self.app.extensions["config"].data / "decisions").events


def hidden(page: str) -> str:
    """What each form of a page repeats."""
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found, page
    return unescape(found[1])


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what the rules propose is kept for all tests."""
    return tmp_path_factory.mktemp("kept") / "extractions"


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """A data folder with one profile."""
    made = few_rules(data, tmp_path / "data")
    (made / "profiles").mkdir()
    shutil.copy(data / "profiles" / f"{KEY}.txt", made / "profiles" / f"{KEY}.txt")
    return made


@pytest.fixture
def desk(folder: Path, releases: Path, kept: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application over that folder; the release is the shipped one."""
    own = tmp_path / "releases"
    own.mkdir()
    for path in releases.iterdir():
        if path.name != "cache":
            (own / path.name).symlink_to(path)
    (own / "cache").mkdir()
    kept.mkdir(exist_ok=True)
    (own / "cache" / "extractions").symlink_to(kept)
    made = create_app(Config(data=folder, releases=own, reviewers=tmp_path / "reviewers.json"))
    yield made
    made.extensions["room"].close()
    made.extensions["live"].close()


@pytest.fixture
def sign_in(desk: Flask) -> Callable[[str], Reviewer]:
    """Signs somebody in."""
    return lambda handle: Reviewer(desk, handle)


@pytest.fixture
def ana(desk: Flask) -> Reviewer:
    """A reviewer who is signed in, and for whom the profile is read."""
    made = Reviewer(desk, "ana")
    assert made.office.table(KEY)
    return made
