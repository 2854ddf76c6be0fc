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


def test_the_switches_and_what_is_told_stand_in_the_page_before_any_script_runs(client: FlaskClient) -> None:
    """What a script puts in moves what stands below."""
    text = client.get(EMBED, headers=HTML).text
    element = text.partition("<liaison-ego>")[2].partition("</liaison-ego>")[0]
    switches = re.findall(r'<button type="button" class="f-[\w-]+" data-relation="([\w-]+)" aria-pressed="true">', element)
    assert len(switches) > 2
    assert set(switches) == set(re.findall(r'<a class="hub[^>]* data-pill="([\w-]+)"', element))
    assert '<p class="told" aria-live="polite">' in element


def test_the_list_for_narrow_screens_has_every_neighbour_and_every_line_of_the_drawing(client: FlaskClient) -> None:
    text = client.get(EMBED, headers=HTML).text
    drawing, _, after = text.partition("</liaison-ego>")
    listed = after.partition('<ul class="plain neighbours"')[2].partition("</ul>")[0]
    assert re.findall(r'<a class="leaf" href="([^"]+)"', drawing) == re.findall(r'</svg> <a href="([^"]+)"><bdi>', listed)
    assert set(re.findall(r'<a class="spoke[^>]* href="([^"]+)"', drawing)) == set(re.findall(r'href="(/page/claim/[^"]+)"', listed))


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
