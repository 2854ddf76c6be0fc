"""Drawings in frames of other sites: only of those that a setting names, and only the drawings."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from graph.release import Release
from webapp import create_app
from webapp.config import Config

SITES = "https://example.org http://localhost:8080"
HTML = {"Accept": "text/html"}
EMBED, PAGE = "/embed/body/europol", "/page/body/europol"


@pytest.fixture(scope="module")
def framed(release: Release) -> Iterator[FlaskClient]:
    """A client of a server whose drawings two sites may show."""
    app = create_app(Config(releases=release.folder.parent, framed_by=SITES))
    yield app.test_client()
    app.extensions["live"].close()


def test_nobody_may_frame_anything_unless_a_setting_says_so(client: FlaskClient) -> None:
    for address in (EMBED, PAGE):
        answer = client.get(address, headers=HTML)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "<iframe" not in client.get(PAGE, headers=HTML).text.replace("&lt;iframe", "<iframe")


def test_the_sites_of_the_setting_may_frame_drawings_and_nothing_else(framed: FlaskClient) -> None:
    answer = framed.get(EMBED, headers=HTML)
    assert answer.status_code == 200
    assert f"frame-ancestors {SITES};" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    for address in (PAGE, "/", "/review", "/sparql", "/embedded"):
        answer = framed.get(address, headers=HTML)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_tells_how_to_show_its_drawing(framed: FlaskClient) -> None:
    assert '&lt;iframe src="http://localhost/embed/body/europol"' in framed.get(PAGE, headers=HTML).text
    assert framed.get(PAGE, headers=HTML | {"Host": 'a"b'}).status_code == 400


def test_each_line_leads_to_its_claim_and_each_relation_to_its_rows(client: FlaskClient) -> None:
    text = client.get(EMBED, headers=HTML).text
    assert 'class="net"' in text
    assert 'href="/page/claim/' in text
    assert f'href="{PAGE}#' in text
    assert re.search(r'<a [^>]*href="#', text) is None
    assert '<base target="_blank">' in text


@pytest.mark.parametrize("reference", ["body/nobody", "profile/spain-2018-cse", "claim/x", "channel/p2p", "..", "body/<script>"])
def test_what_has_no_drawing_is_not_there(reference: str, client: FlaskClient) -> None:
    answer = client.get(f"/embed/{reference}", headers=HTML)
    assert answer.status_code == 404
    assert "<script>" not in answer.text.partition("</head>")[2].replace('<script type="module"', "")


def test_a_thing_that_nothing_is_said_of_says_so(client: FlaskClient) -> None:
    release = client.application.extensions["live"].serving()
    alone = release.view.select(
        release.iris.header() + "SELECT ?topic { ?topic a liaison:Topic FILTER NOT EXISTS { ?claim liaison:involves ?topic } } LIMIT 1"
    )
    reference = release.iris.reference(alone[0]["topic"].value)
    assert "That is not the same as “no”." in client.get(f"/embed/{reference}", headers=HTML).text
