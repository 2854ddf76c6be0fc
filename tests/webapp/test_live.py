"""The move from one release to the next, under the eyes of requests."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import StoreError
from graph.iris import Iris, term
from graph.release import Releases
from graph.store import Store
from webapp import create_app, live
from webapp.config import Config
from webapp.live import Live
from webapp.pool import Question

IRIS = Iris()
SPAIN = IRIS.thing("country/ESP")


def publish(folder: Path, release: str, name: str) -> None:
    """A release in which Spain has this name, as the current one."""
    store = Store(folder / release / "store")
    store.load([ox.Quad(SPAIN, term("skos:prefLabel"), ox.Literal(name, language="en"))])
    store.close()
    manifest = {"release": release, "base": IRIS.base, "built": "2020-01-01T00:00:00+00:00", "version": "0", "triples": 1}
    manifest |= {"counts": {"triples by graph": {}}, "files": {}}
    (folder / release / "manifest.json").write_text(json.dumps(manifest))
    Releases(folder).point_to(release)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of releases, the first of them current."""
    publish(tmp_path, "first", "Spain")
    return tmp_path


@pytest.fixture
def following(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """A follower that looks at the pointer each time."""
    monkeypatch.setattr(live, "_LOOK_SECONDS", 0.0)
    made = Live(Config(releases=folder, query_seconds=60))
    yield made
    made.close()


def name(serving: live.Serving) -> str:
    """Spain's name by a public query."""
    outcome = serving.pool.ask(Question("SELECT ?name { ?s ?p ?name }", results="csv"))
    assert outcome.file, outcome.message
    with outcome.file as file:
        return file.read().decode().split()[1]


def test_a_request_sees_one_release_and_the_next_request_the_next_one(following: Live, folder: Path) -> None:
    old = following.serving()
    assert name(old) == "Spain"
    publish(folder, "second", "España")
    new = following.serving()
    assert (old.release.id, new.release.id) == ("first", "second")
    assert name(new) == "España"
    assert name(old) == "Spain", "who still holds the old release is still answered"
    assert old.view.ask('ASK { ?s ?p "Spain"@en }')


def test_without_a_change_everything_stays_as_it_is(following: Live) -> None:
    assert following.serving() is following.serving()


def test_the_pointer_is_not_read_with_every_request(folder: Path) -> None:
    made = Live(Config(releases=folder))
    old = made.serving()
    publish(folder, "second", "España")
    assert made.serving() is old
    made.close()


@pytest.mark.parametrize("pointer", ["nowhere\n", "\n", "../first\n"])
def test_a_pointer_that_leads_nowhere_takes_nothing_away(
    pointer: str, following: Live, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old = following.serving()
    (folder / "CURRENT").write_text(pointer)
    assert following.serving() is old
    assert "first stays" in caplog.text


def test_a_release_whose_store_is_broken_does_not_replace_the_former(following: Live, folder: Path) -> None:
    old = following.serving()
    publish(folder, "second", "España")
    for path in (folder / "second" / "store").iterdir():
        path.unlink()
    assert following.serving() is old


def test_without_any_release_the_public_is_told_so_and_the_log_says_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Config(releases=tmp_path))
    client = app.test_client()
    for path in ("/", "/sparql", "/id/country/ESP", "/readyz"):
        response = client.get(path)
        assert response.status_code == 503
        assert "no release to show" in response.text
        assert str(tmp_path) not in response.text
        assert "liaison build" in caplog.text
        caplog.clear()
    assert client.get("/healthz").status_code == 200
    with pytest.raises(StoreError):
        Live(Config(releases=tmp_path)).serving()


def test_a_release_that_comes_later_is_found(tmp_path: Path) -> None:
    app = create_app(Config(releases=tmp_path))
    assert app.test_client().get("/readyz").status_code == 503
    publish(tmp_path, "first", "Spain")
    assert app.test_client().get("/readyz").status_code == 200
    app.extensions["live"].close()
