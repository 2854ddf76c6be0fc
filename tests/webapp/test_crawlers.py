"""Crawlers are told where everything is, and everything that they are told is there."""

import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_every_page_of_the_sitemap_answers(client: FlaskClient) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314  # our own
    paths = [urlsplit(str(found.text)).path for found in root.iter(LOC)]
    assert len(paths) == len(set(paths)) > 400
    assert {"/", "/page/country/ESP", "/page/body/europol", "/page/profile/spain-2018-cse", "/page/topic/cse"} <= set(paths)
    assert "/page/group/empact-cse" in paths
    for path in [*paths[:12], *paths[12::25]]:
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 200, path


def test_more_addresses_than_one_list_holds_come_in_several(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {found.text for found in ET.fromstring(client.get("/sitemap.xml").data).iter(LOC)}  # noqa: S314  # our own
    monkeypatch.setattr("webapp.crawlers.MOST", 100)
    lists = [str(found.text) for found in ET.fromstring(client.get("/sitemap.xml").data).iter(LOC)]  # noqa: S314
    answers = [ET.fromstring(client.get(urlsplit(address).path).data) for address in lists]  # noqa: S314
    found = [place.text for answer in answers for place in answer.iter(LOC)]
    assert len(lists) > 3
    assert len(found) == len(whole)
    assert set(found) == whole


def test_the_sitemap_is_not_sent_twice(client: FlaskClient) -> None:
    tag = client.get("/sitemap.xml").headers["ETag"]
    assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 304


def test_robots_are_led_to_the_sitemap_and_kept_from_queries(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"
    assert "Disallow: /sparql?" in lines
