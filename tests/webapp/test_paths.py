"""`/paths` over the shipped data: what each address answers, that each hop leads to its evidence, and that the files hold the same."""

import csv
import io
import re
from html import unescape
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import adjacency
from graph.adjacency import Adjacency
from graph.iris import term
from graph.paths import Wanted, shortest
from graph.release import Release
from graph.store import View
from tests.hostile import InMemory, quads
from tests.webapp.test_pages import Reader, queries
from webapp import create_app
from webapp.config import Config
from webapp.live import Live

HTML = {"Accept": "text/html"}
LARGEST = 100_000
ESP_EUROPOL = "from=country/ESP&to=body/europol&limit=10"
BUSY = (
    f"/paths?{ESP_EUROPOL}&length=6",
    "/paths?from=country/ESP&to=country/JPN&length=6&limit=10&avoid=universal",
    "/paths?from=Spain&to=Germany",
    "/paths?from=topic/burglary&to=channel/darknet&length=6&limit=10&avoid=universal&avoid=topics",
)


@pytest.mark.cases("paths")
def test_an_address_answers(case: dict[str, str], client: FlaskClient) -> None:
    response = client.get(case["address"], headers=HTML)
    text = unescape(response.text) if "&lt;" not in case["holds"] else response.text
    assert response.status_code == int(case["status"])
    assert [words for words in case["holds"].split("|") if words not in text] == []
    assert not case["holds_not"] or case["holds_not"] not in text.partition("<main")[2].replace("value=", "")


@pytest.mark.parametrize("address", BUSY)
def test_the_page_is_small_and_whole(address: str, client: FlaskClient) -> None:
    text = client.get(address, headers=HTML).text
    page = Reader(text)
    assert len(text.encode()) <= LARGEST
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= set(ids)


def test_more_paths_than_a_page_has_room_for_are_in_the_files_and_the_page_says_so(client: FlaskClient) -> None:
    asked = "from=topic/burglary&to=channel/darknet&length=6&limit=10&avoid=topics"
    text = client.get(f"/paths?{asked}", headers=HTML).text
    shown = len(re.findall(r'<section class="path"', text))
    table = csv.DictReader(io.StringIO(client.get(f"/paths.csv?{asked}").text.removeprefix("\ufeff")))
    assert {row["path"] for row in table} == {str(number) for number in range(1, 11)}
    assert 1 < shown < 10
    assert f"The first {shown} are on this page; the files below hold all 10." in text
    assert re.search(r'Its words stand at <a href="#path-1-hop-\d">hop \d of path 1</a>', text)


def test_each_hop_shows_words_or_a_row_and_its_claim(client: FlaskClient) -> None:
    hops = re.findall(
        r'<li class="f-[a-z-]+" id="path-\d+-hop-\d+">(.*?)</li>\n', client.get(f"/paths?{ESP_EUROPOL}", headers=HTML).text, re.DOTALL
    )
    assert len(hops) > 12
    assert all("/page/claim/" in hop for hop in hops)
    assert all("<blockquote>" in hop or 'class="row-words"' in hop for hop in hops)


def test_a_hop_against_the_claim_is_read_so_and_drawn_so(client: FlaskClient) -> None:
    text = client.get("/paths?from=body/europol&to=country/ESP&relation=coDrives&relation=hosts", headers=HTML).text
    assert '<span aria-hidden="true">← co-drives</span><span class="hidden">is co-driven by</span>' in text
    assert "hosts →" in re.sub("<[^>]+>", "", text)


def test_the_queries_shown_find_the_claims_shown(client: FlaskClient, release: Release) -> None:
    text = client.get(f"/paths?{ESP_EUROPOL}", headers=HTML).text
    claims, evidence = queries(text)
    rows = release.view.select(claims)
    found = {release.iris.reference(row["claim"].value) for row in rows}
    assert {link.removeprefix("/page/") for link in re.findall(r"/page/claim/[a-z0-9]+", text)} == found
    assert {row["claim"].value for row in release.view.select(evidence)} == {row["claim"].value for row in rows}


def test_the_files_hold_every_claim_of_every_hop_with_its_evidence(client: FlaskClient, release: Release) -> None:
    graph = Adjacency.open(release.folder / adjacency.FILE)
    paths = shortest(graph, "country/ESP", "body/europol", Wanted(), limit=10, length=4).paths
    wanted = {release.iris.thing(f"claim/{claim}").value for path in paths for hop in path for claim in hop.claims}
    table = list(csv.DictReader(io.StringIO(client.get(f"/paths.csv?{ESP_EUROPOL}").text.removeprefix("\ufeff"))))
    assert {row["claim_iri"] for row in table} == wanted
    assert all(row["words"] for row in table)
    triples = [quad.triple for quad in ox.parse(client.get(f"/paths.ttl?{ESP_EUROPOL}").data, format=ox.RdfFormat.TURTLE)]
    assert {
        it.subject.value for it in triples if it.predicate == term("rdf:type") and it.object == term("liaison:SupportedClaim")
    } == wanted  # type: ignore[union-attr]
    cited = {it.object for it in triples if it.predicate == term("liaison:cites")}
    assert cited <= {it.subject for it in triples if it.predicate == term("liaison:text")}
    listing = client.get(f"/paths.txt?{ESP_EUROPOL}").text
    assert all(claim in listing for claim in wanted)
    assert f"Liaison, release {release.id} of " in listing


@pytest.mark.parametrize("form", ["ttl", "csv", "txt"])
def test_a_file_is_the_same_each_time_and_need_not_be_sent_again(form: str, client: FlaskClient) -> None:
    first, second = (client.get(f"/paths.{form}?{ESP_EUROPOL}") for _ in range(2))
    assert first.data == second.data
    assert client.get(f"/paths.{form}?{ESP_EUROPOL}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert first.headers["Access-Control-Allow-Origin"] == "*"


def test_programs_get_the_paths_that_people_see(client: FlaskClient) -> None:
    told = client.get(f"/api/paths?{ESP_EUROPOL}").get_json()
    page = unescape(client.get(told["page"], headers=HTML).text)
    assert told["words"] in page
    assert [path["length"] for path in told["paths"]] == sorted(path["length"] for path in told["paths"])
    for number, path in enumerate(told["paths"], 1):
        assert path["length"] == len(path["hops"])
        for place, hop in enumerate(path["hops"], 1):
            assert f'id="path-{number}-hop-{place}"' in page
            assert {end["iri"] for claim in hop["claims"] for end in (claim["subject"], claim["object"])} == {
                hop["source"]["iri"],
                hop["target"]["iri"],
            }
            assert all(proof["words"] for claim in hop["claims"] for proof in claim["evidence"])


def test_a_search_that_was_stopped_says_so_on_the_page_and_to_programs(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.pages.paths.finding.BUDGET", 500)
    assert "Stopped after looking at" in client.get("/paths?from=Spain&to=Japan", headers=HTML).text
    assert client.get("/api/paths?from=Spain&to=Japan").get_json()["end"] == "budget"


def test_a_thing_leads_to_its_paths_and_every_page_to_the_form(client: FlaskClient) -> None:
    text = client.get("/page/body/europol", headers=HTML).text
    assert '<a href="/paths">Paths</a>' in text
    assert 'action="/paths"><input type="hidden" name="from" value="body/europol">' in text


@pytest.fixture(scope="module")
def hostile() -> Flask:
    """The application over the hostile graph, with its graph of neighbours."""
    app = create_app(Config(releases=Path("nowhere")))
    live = InMemory(View.of(quads(90)))
    serving = live.serving()
    serving.__dict__["adjacency"] = Adjacency.of(adjacency.read(serving.view, serving.iris))
    app.extensions["live"] = cast("Live", live)
    return app


@pytest.mark.parametrize("form", ["", ".txt", ".csv", ".ttl"])
def test_no_text_becomes_markup(form: str, hostile: Flask) -> None:
    response = hostile.test_client().get(f"/paths{form}?from=body/long&to=body/m1", headers=HTML)
    assert response.status_code == 200
    if not form:
        assert "<script>alert" not in response.text
        assert "<b>Prevention" not in response.text
        assert "<b>bold" not in response.text
        assert Reader(response.text).open == []
        assert len(response.data) <= LARGEST


def test_a_name_from_right_to_left_that_nothing_connects(hostile: Flask) -> None:
    text = hostile.test_client().get("/paths?from=body/rtl&to=body/long", headers=HTML).text
    assert "No claim connects the two" in text
    assert "المركز &lt;script&gt;" in text


def test_a_release_without_the_graph_is_served_and_says_so(hostile: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    serving = hostile.extensions["live"].serving()
    monkeypatch.setitem(serving.__dict__, "adjacency", None)
    client = hostile.test_client()
    page = client.get("/paths?from=body/long&to=body/m1", headers=HTML)
    assert page.status_code == 503
    assert "made by an earlier Liaison" in page.text
    assert client.get("/api/paths?from=body/long&to=body/m1").status_code == 503
    assert client.get("/page/body/long", headers=HTML).status_code == 200
