"""What is no longer there answers 410, and says since when, why, and what took its place."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.build import build
from graph.release import Releases
from graph.withdrawal import Withdrawal, withdraw
from webapp import create_app
from webapp.config import Config

GONE, MISSING, FOUND = 410, 404, 200
HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}
PROFILE = "profile/spain-2018-cse"


@pytest.fixture(scope="module")
def after(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, str, str]]:
    """A service after a key was renamed and a profile withdrawn; with the release that was removed, and a claim that it held."""
    folder = tmp_path_factory.mktemp("gone")
    shutil.copytree(data, folder / "data")
    build(folder / "data", folder / "releases", tell=lambda _: None)
    former = Releases(folder / "releases").current()
    (row,) = former.view.select(
        former.iris.header() + f"SELECT ?c {{ ?c liaison:statedIn profile:{PROFILE.partition('/')[2]} }} ORDER BY ?c LIMIT 1"
    )
    (folder / "data/decisions").mkdir()
    (folder / "data/decisions/retired.csv").write_text(
        "reference,successor,start,end,text_hash,date,reason\nbody/europol-office,body/europol,,,,2026-11-20,it has another key now\n"
    )
    withdraw(Withdrawal(PROFILE, "its author asked for it", date(2026, 11, 24)), folder / "data", folder / "releases", tell=lambda _: None)
    app = create_app(Config(releases=folder / "releases"))
    yield app.test_client(), former.id, former.iris.reference(row["c"].value) or ""
    app.extensions["live"].close()


@pytest.mark.parametrize(
    "address", ["/id/body/europol-office", "/data/body/europol-office.ttl", "/page/body/europol-office", "/api/things/body/europol-office"]
)
def test_a_retired_iri_leads_to_its_successor(address: str, after: tuple[FlaskClient, str, str]) -> None:
    client, _, _ = after
    answer = client.get(address, headers=JSON)
    assert answer.status_code == GONE
    told = answer.get_json()
    assert told["successor"] == "https://w3id.org/liaison/id/body/europol"
    assert "since 2026-11-20: it has another key now" in told["message"]
    assert answer.headers["Link"] == '<https://w3id.org/liaison/id/body/europol>; rel="successor-version"'


def test_the_page_of_a_retired_iri_links_to_what_took_its_place(after: tuple[FlaskClient, str, str]) -> None:
    client, _, _ = after
    answer = client.get("/page/body/europol-office", headers=HTML)
    assert answer.status_code == GONE
    assert '<a href="/page/body/europol">' in answer.text
    assert client.get("/page/body/europol").status_code == FOUND


def test_a_withdrawn_document_and_what_stood_in_it_say_why(after: tuple[FlaskClient, str, str]) -> None:
    client, _, claim = after
    document = client.get(f"/id/{PROFILE}", headers=JSON)
    assert (document.status_code, "its author asked for it" in document.text) == (GONE, True)
    stood = client.get(f"/id/{claim}", headers=JSON)
    assert (stood.status_code, "it last stood in release" in stood.text) == (GONE, True)


def test_a_release_that_held_it_is_removed_with_its_reason(after: tuple[FlaskClient, str, str]) -> None:
    client, former, _ = after
    for address in (f"/downloads/{former}/liaison.ttl", f"/releases/{former}/{former}", f"/releases/{former}/{former}.patch"):
        answer = client.get(address)
        assert (answer.status_code, "its author asked for it" in answer.text) == (GONE, True), address
    assert client.get("/downloads/0123456789ab/liaison.ttl").status_code == MISSING
    assert client.get("/releases").status_code == FOUND


def test_what_never_was_is_missing_and_not_gone(after: tuple[FlaskClient, str, str]) -> None:
    client, _, _ = after
    assert client.get("/id/body/never").status_code == MISSING
