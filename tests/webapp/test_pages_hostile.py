"""Pages over a graph whose every text tries to break out of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.iris import Iris
from graph.release import Release
from graph.search import Index
from graph.store import View
from webapp import create_app
from webapp.config import Config
from webapp.live import Live, Serving
from webapp.pages.ego.drawing import MOST
from webapp.pool import Pool

CASES = Path(__file__).parent / "cases"
HTML = {"Accept": "text/html"}
LONG = "Office for the <b>Prevention</b> of Everything " * 7
MANY = 90
PAGES = (
    "/", "/search?q=alert", "/countries", "/bodies", "/about", "/page/country/XTA", "/page/body/long", "/page/body/rtl", "/page/profile/test",
    "/page/claim/c1", "/page/claim/c2", "/page/row/test-1", "/page/source/s1", "/page/authority/test", "/page/section/test-one",
    "/page/country/XTA?relation=memberOf&side=subject", "/page/country/XTA?relation=%3Cscript%3E&side=%22",
)  # fmt: skip


class InMemory:
    """Stands where the follower of the current release stands, and serves one view."""

    def __init__(self, view: View) -> None:
        manifest = {
            "base": Iris().base,
            "built": "2026-01-01T00:00:00+00:00",
            "version": "0",
            "triples": len(view),
            "files": {},
            "counts": {},
        }
        release = Release("test", Path("nowhere"), manifest)
        release.__dict__["view"] = view
        release.__dict__["index"] = Index.of(view, release.iris)
        self._serving = Serving(release, cast("Pool", None))

    def serving(self) -> Serving:
        """The only release."""
        return self._serving


def quads() -> Iterator[ox.Quad]:
    """The hostile graph, and many bodies with a long name, which all take part in something of the country."""
    text = (CASES / "hostile.ttl").read_text(encoding="utf-8").replace("LONGLABEL", LONG)
    claim = next(part for part in text.split("\n\n") if "claim/c1>" in part)
    prefixes = "\n".join(line for line in text.splitlines() if line.startswith("@prefix"))
    yield from ox.parse(text, format=ox.RdfFormat.TURTLE)
    for number in range(MANY):
        copy = (
            claim.replace("claim/c1", f"claim/m{number}")
            .replace("evidence/e1", f"evidence/m{number}")
            .replace("body:long", f"body:m{number}")
        )
        body = f'body:m{number} a liaison:Body ; skos:prefLabel "{number} {LONG}"@en .'
        yield from ox.parse(f"{prefixes}\n{copy}\n{body}", format=ox.RdfFormat.TURTLE)


@pytest.fixture(scope="module")
def hostile() -> Flask:
    """The application over the hostile graph."""
    app = create_app(Config())
    app.extensions["live"] = cast("Live", InMemory(View.of(quads())))
    return app


@pytest.fixture
def client(hostile: Flask) -> FlaskClient:
    """A client of that application."""
    return hostile.test_client()


@pytest.mark.parametrize("address", PAGES)
def test_no_text_becomes_markup_and_no_address_a_script(address: str, client: FlaskClient) -> None:
    response = client.get(address, headers=HTML)
    assert response.status_code == (404 if "%3C" in address else 200)
    assert "<script>alert" not in response.text
    assert "<b>bold" not in response.text
    assert "<b>Prevention" not in response.text
    assert 'href="javascript' not in response.text
    assert 'href="data:' not in response.text
    assert '"onmouseover' not in response.text


@pytest.mark.parametrize("address", PAGES)
def test_long_names_do_not_make_a_page_large(address: str, client: FlaskClient) -> None:
    assert len(client.get(address, headers=HTML).data) <= 100_000


def test_names_are_set_apart_from_the_text_around_them(client: FlaskClient) -> None:
    text = client.get("/page/body/rtl", headers=HTML).text
    assert "<h1><bdi>المركز" in text
    assert '<dd lang="ar"><bdi>' not in text


def test_what_is_denied_is_no_edge_and_not_drawn(client: FlaskClient) -> None:
    page = client.get("/page/body/rtl", headers=HTML).text
    assert 'class="net"' not in page
    assert "denied: the source says that it is not so" in page
    assert "disputed" in page
    assert 'class="no-edge"' in page
    claim = client.get("/page/claim/c2", headers=HTML).text
    assert "No plain edge stands on this" in claim
    assert "This one is negated, planned and disputed" in claim
    assert "The words are changed" in claim


def test_a_drawing_says_how_many_more_there_are(client: FlaskClient) -> None:
    text = client.get("/page/country/XTA", headers=HTML).text
    assert text.count('class="leaf"') == MOST
    assert f"and {MANY + 1 - MOST} more" in text
