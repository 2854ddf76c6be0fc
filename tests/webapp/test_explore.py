"""The explorer: what each address shows, what acts make of it, and that table, drawing, files and query never differ."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.iris import DEF
from tests.hostile import hostile_app
from tests.webapp.conftest import rows
from webapp.pages.explorer.acts import ACTS
from webapp.pages.explorer.layout import HIGH, WIDE, placed
from webapp.pages.explorer.state import Point, State
from webapp.pages.explorer.views import View

HTML = {"Accept": "text/html"}
LARGEST = 100_000
LARGEST_OF_RELATION = 620
"""Bytes of a large page for each relation that it shows, in the drawing and in words."""
MANY = f"{'&'.join(f'actor={name}' for name in ('country/ESP', 'country/DEU', 'country/FRA', 'body/europol', 'body/interpol'))}&most=400&among=shown"
OK, SEE_OTHER, UNCHANGED = 200, 303, 304
_IN_STORE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
"""Each example asks a store."""


def state_of(query: str) -> State:
    """The state of a part of an address."""
    return State.of(parse_qs(query)).canonical


def keys_of_page(text: str) -> list[str]:
    """The claims in the rows of the table."""
    return re.findall(r'<tr id="c-([0-9a-z]+)"', text)


@pytest.mark.cases("explore")
def test_an_address_shows_what_it_says(case: dict[str, str], client: FlaskClient) -> None:
    shown = client.get(f"/api/explore?{case['query']}").get_json()
    there = {node["reference"] for node in shown["nodes"]}
    assert set(filter(None, case["has"].split("|"))) <= there
    assert not set(filter(None, case["has_not"].split("|"))) & there
    page = client.get(f"/explore?{case['query']}", headers=HTML)
    assert page.status_code == OK
    assert case["told"] in re.sub(r"<[^>]+>", "", page.text)
    assert keys_of_page(page.text) == [edge["claim"].rpartition("/")[2] for edge in shown["edges"]]
    drawn = re.findall(r'<a class="node [^>]*data-ref="([^"]+)"', page.text)
    assert drawn == [node["reference"] for node in shown["nodes"]]


@pytest.mark.cases("explore")
def test_every_line_of_the_drawing_leads_to_its_words(case: dict[str, str], client: FlaskClient) -> None:
    page = client.get(f"/explore?{case['query']}", headers=HTML).text
    there = set(keys_of_page(page))
    lines = re.findall(r'<a class="line [^>]*href="(?:/page/claim/|#c-)([0-9a-z]+)"', page)
    assert set(lines) <= there
    assert bool(lines) == bool(there)
    for key in lines[:3]:
        card = client.get(f"/explore?{case['query']}&look=claim/{key}", headers=HTML).text
        assert "What says so" in card
        assert "<blockquote>" in card or 'class="row-words"' in card


@pytest.mark.cases("explore-acts")
def test_an_act_leads_to_an_address(case: dict[str, str], client: FlaskClient) -> None:
    answer = client.get("/explore", query_string={**parse_qs(case["query"]), "act": case["act"]})
    assert answer.status_code == SEE_OTHER
    assert answer.headers["Location"] == case["address"]
    assert client.get(case["address"]).status_code == OK


def test_each_act_has_a_case() -> None:
    assert {row["act"].partition(" ")[0] for row in rows("explore-acts")} == set(ACTS)


@pytest.mark.cases("explore-refused")
def test_what_cannot_be_shown_is_refused_in_words(case: dict[str, str], client: FlaskClient) -> None:
    answer = client.get(case["address"], headers=HTML)
    assert answer.status_code == int(case["status"])
    assert case["says"] in answer.text


def test_without_an_actor_there_are_places_to_begin(client: FlaskClient) -> None:
    page = client.get("/explore", headers=HTML).text
    assert 'href="/explore?actor=country/ESP"' in page
    found = client.get("/explore?q=europol", headers=HTML).text
    assert 'value="add body/europol"' in found
    assert '<svg class="explored"' not in page + found


def test_the_relations_of_an_actor_are_counted_before_they_are_shown(client: FlaskClient) -> None:
    counted = client.get("/api/things/body/europol/expansions").get_json()
    members = next(kind for kind in counted["kinds"] if kind["expand"] == "body/europol~memberOf~object")
    card = client.get("/explore?actor=country/ESP&look=body/europol", headers=HTML).text
    assert f"{members['label']} ({members['claims']})" in card
    expanded = client.get(f"/api/explore?actor=country/ESP&collapse=country/ESP&expand={members['expand']}&most=400").get_json()
    assert len(expanded["edges"]) == members["claims"]


def test_an_address_that_a_reader_has_already_is_not_made_again(client: FlaskClient) -> None:
    tag = client.get("/explore?actor=country/ESP").headers["ETag"]
    assert client.get("/explore?actor=country/ESP", headers={"If-None-Match": tag}).status_code == UNCHANGED


@pytest.mark.parametrize("query", ["actor=body/europol", "actor=country/ESP&actor=body/europol", "actor=group/ets-185&look=group/ets-185"])
def test_the_first_answer_is_small(query: str, client: FlaskClient) -> None:
    assert len(client.get(f"/explore?{query}", headers=HTML).data) <= LARGEST


ACTORS = ("country/ESP", "body/europol", "group/empact-cse", "country/FIN", "topic/cse", "group/eu-2022-property-crime-focus-day-focus-day")
states = st.builds(
    State,
    actor=st.lists(st.sampled_from(ACTORS), min_size=1, max_size=2, unique=True),
    expand=st.lists(st.sampled_from([*ACTORS, "body/europol~memberOf~object", "body/interpol~hosts~subject"]), max_size=2, unique=True),
    collapse=st.lists(st.sampled_from(ACTORS), max_size=1),
    hide=st.lists(st.sampled_from(["body/eu", "body/europol", "country/SWE"]), max_size=2, unique=True),
    pin=st.lists(st.sampled_from(["body/europol@120,-40", "country/ESP@0,300"]), max_size=1),
    relation=st.lists(st.sampled_from(["memberOf", "cooperatesWith", "coDrives", "participatesIn"]), max_size=3, unique=True),
    kind=st.lists(st.sampled_from(["country", "body", "group"]), max_size=2, unique=True),
    country=st.lists(st.sampled_from(["ESP", "FIN"]), max_size=1),
    topic=st.lists(st.sampled_from(["cse", "crime"]), max_size=1),
    certainty=st.lists(st.sampled_from(["stated", "secondary", "derived"]), max_size=2, unique=True),
    review=st.lists(st.sampled_from(["reference", "curated", "unreviewed"]), max_size=2, unique=True),
    year=st.one_of(
        st.just(""), st.integers(1990, 2024).map(str), st.lists(st.integers(1990, 2024).map(str), min_size=2, max_size=2).map("-".join)
    ),
    said=st.one_of(st.none(), st.just(2018)),
    universal=st.sampled_from(["", "down"]),
    common=st.sampled_from(["", "only"]),
    among=st.sampled_from(["", "shown"]),
    most=st.sampled_from([3, 50, 400]),
).map(lambda state: state.canonical)


@given(states)
def test_an_address_and_its_state_are_the_same(state: State) -> None:
    assert state.canonical == state
    assert State.of(parse_qs(urlsplit(state.address).query)) == state


@given(states, st.sampled_from(sorted(ACTS)), st.sampled_from([*ACTORS, "body/eu"]))
def test_an_act_done_twice_is_done_once(state: State, verb: str, reference: str) -> None:
    about = f"{reference}@1,2" if verb == "pin" else reference
    once = ACTS[verb](state, about)
    assert once.canonical == once
    assert ACTS[verb](once, about).model_copy(update={"most": once.most}) == once


@_IN_STORE
@given(states)
def test_nothing_is_left_out_unsaid(app: Flask, state: State) -> None:
    serving = app.extensions["live"].serving()
    found, iris = View(serving, state).seen, serving.iris
    actors = " ".join(str(iris.thing(reference)) for reference in dict.fromkeys([*state.actor, *state.shown]))
    query = f"SELECT DISTINCT ?claim WHERE {{ VALUES ?actor {{ {actors} }} ?claim liaison:involves ?actor }}"
    there = {row["claim"].value.rpartition("/")[2] for row in serving.view.select(iris.header() + query)}
    told = len(found.fitting) + found.filtered + found.hidden + found.uncommon + found.denied
    published = [claim for claim in found.fitting if claim.review != "unreviewed"]
    assert {claim.key for claim in published} <= there
    assert told + sum(found.unread.values()) >= len(there)
    drawn = {claim.key for claim in found.claims}
    assert len({claim.key for claim in found.fitting} & drawn) + found.beyond == len(found.fitting)
    kept = {actor.reference for actor in found.actors}
    assert all({claim.subject.reference, claim.object.reference} <= kept for claim in found.claims)
    assert len(kept) == len(found.actors) <= max(state.most, len(state.actor))


@_IN_STORE
@given(states)
def test_the_query_behind_it_finds_what_passes(app: Flask, state: State) -> None:
    view = View(app.extensions["live"].serving(), state)
    solutions = view.serving.view.select(view.query)
    hidden = view.seen.uncommon
    found = {row["claim"].value.rpartition("/")[2] for row in solutions}
    assert {claim.key for claim in view.seen.fitting} <= found
    assert len(found) == len(view.seen.fitting) + hidden


def claims_in(files: dict[str, str]) -> dict[str, set[str]]:
    """The keys of the claims in each file, read back by a library that knows the format."""
    table = csv.DictReader(io.StringIO(files["csv"].removeprefix("\ufeff")))
    claim, kind = ox.NamedNode(f"{DEF}#Claim"), ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    triples = [quad.triple for quad in ox.parse(files["ttl"], format=ox.RdfFormat.TURTLE)]
    graph = nx.read_gexf(io.BytesIO(files["gexf"].encode()))
    drawing = ET.fromstring(files["svg"])  # noqa: S314  # our own
    listed = {row["claim"].rpartition("/")[2] for row in table}
    lines = {
        link.get("href", "").split("/")[-1].removeprefix("#c-") for link in drawing.iter() if link.get("class", "").startswith("line ")
    }
    return {
        "csv": listed,
        "ttl": {triple.subject.value.rpartition("/")[2] for triple in triples if triple.predicate == kind and triple.object == claim},  # type: ignore[union-attr]
        "gexf": {edge[-1]["id"].rpartition("/")[2] for edge in graph.edges(data=True)},
        "svg": lines,
    }


@pytest.mark.parametrize(
    "query",
    [
        "actor=country/ESP",
        "actor=country/ESP&actor=body/europol&among=shown&most=30",
        "actor=body/europol&kind=group&said=2018",
        "actor=group/eu-2022-property-crime-focus-day-focus-day&review=unreviewed&review=curated",
        "actor=country/ESP&collapse=country/ESP",
    ],
)
def test_files_hold_exactly_what_is_seen(query: str, client: FlaskClient) -> None:
    shown = client.get(f"/api/explore?{query}").get_json()
    keys = {edge["claim"].rpartition("/")[2] for edge in shown["edges"]}
    answers = {ending: client.get(f"/explore.{ending}?{query}") for ending in ("csv", "ttl", "gexf", "svg")}
    assert all("attachment" in answer.headers["Content-Disposition"] for answer in answers.values())
    files = {ending: answer.get_data(as_text=True) for ending, answer in answers.items()}
    found = claims_in(files)
    assert found["csv"] == found["ttl"] == keys
    assert len(nx.read_gexf(io.BytesIO(files["gexf"].encode()))) == len(shown["nodes"])
    assert found["svg"] <= keys
    ends = {frozenset((edge["subject"]["iri"], edge["object"]["iri"])) for edge in shown["edges"]}
    assert len(found["svg"]) == len(ends)


@pytest.mark.parametrize("ending", ["csv", "ttl", "gexf", "svg"])
def test_programs_in_other_peoples_pages_may_read_the_files(ending: str, client: FlaskClient) -> None:
    assert client.get(f"/explore.{ending}?actor=country/ESP").headers["Access-Control-Allow-Origin"] == "*"


def test_the_table_says_what_is_a_summary(client: FlaskClient) -> None:
    """As the pages do beside each quote."""
    files = {
        name: client.get(f"/explore.csv?actor=country/{name}&certainty=secondary").text.removeprefix("\ufeff") for name in ("EST", "ESP")
    }
    told = {name: [row for row in csv.DictReader(io.StringIO(text)) if "/profile/" in row["stated_in"]] for name, text in files.items()}
    assert told["EST"]
    assert all(row["caveat"].startswith("summary written by this project after http") for row in told["EST"])
    assert not any(row["caveat"] for row in told["ESP"] if row["stated_in"].endswith("spain-2018-cse"))


def test_a_picture_says_what_it_shows(client: FlaskClient) -> None:
    drawing = client.get("/explore.svg?actor=country/ESP").text
    key = drawing.partition('<g class="key">')[2]
    release = client.get("/api/explore?actor=country/ESP").get_json()["release"]
    assert f"release {release}" in key
    assert "Spain in the explorer" in key
    assert {"country", "body", "Working together", "stated", "derived"} <= set(re.findall(r"<text[^>]*>([^<]+)</text>", key))
    left, top, width, height = map(int, re.findall(r"-?\d+", drawing.partition('viewBox="')[2].partition('"')[0]))
    places = [tuple(map(int, place)) for place in re.findall(r'<text[^>]* x="(-?\d+)" y="(-?\d+)"', key)]
    assert all(left <= x <= left + width and top <= y <= top + height for x, y in places)


def test_the_table_quotes_its_documents_and_says_how_many(client: FlaskClient) -> None:
    page = client.get("/explore?actor=country/EST&certainty=secondary", headers=HTML).text
    table = page.partition('<table class="twin">')[2].partition("</table>")[0]
    assert re.search(
        r"<details class=\"fold\"><summary>sentence</summary><p><q><a href=\"/page/sentence/[^>]+>[^<]+</a></q> <cite>Trafficking", table
    )
    assert "summary written by this project" in table
    most = client.get("/explore?actor=body/europol&most=400", headers=HTML).text
    assert re.search(r"The words of 24 of \d+ relations are printed", most)
    assert re.search(r'<td><a href="/page/claim/[0-9a-z]+">(?:row|sentence)</a> ', most)


def test_the_card_of_a_line_names_document_review_and_claim(client: FlaskClient) -> None:
    page = client.get("/explore?actor=country/ESP&look=claim/278ca91534a5564ae442", headers=HTML).text
    card = page.partition('id="look"')[2].partition("</section>")[0]
    told = [re.sub(r"<[^>]+>", "", part) for part in re.findall(r'class="stated-in">(.*?)</p>', card)]
    assert "Crime prevention policy: Spain, 2018, child sexual exploitation · curated · the claim" in told
    assert 'class="state stated"' in card


def test_more_hits_than_are_shown_are_counted(client: FlaskClient) -> None:
    page = client.get("/explore?q=national", headers=HTML).text
    shown, there = map(int, re.search(r"(\d+) of (\d+) that have a name like this", page).groups())  # type: ignore[union-attr]
    assert page.count('value="add ') == shown < there


def test_hits_that_are_not_all_looked_at_say_so(client: FlaskClient) -> None:
    """Only the best results are looked at, so that a count of them is no count of all."""
    page = client.get("/explore?q=a", headers=HTML).text
    assert re.search(r"12 of at least \d+ that have a name like this", page)


def test_a_large_page_says_nothing_twice(client: FlaskClient) -> None:
    """On a small one each line has its title, for who comes without scripts; on a large one the table says the same."""
    small = client.get("/explore?actor=country/ESP", headers=HTML).text
    large = client.get(f"/explore?{MANY}", headers=HTML)
    lines = [part.partition('<g class="lines"')[2].partition('<g class="nodes"')[0] for part in (small, large.text)]
    assert [part.count("<title>") for part in lines] == [small.count('<a class="line '), 0]
    relations = large.text.count('<tr id="c-')
    assert relations > 700
    assert len(large.data) / relations < LARGEST_OF_RELATION
    labels = large.text.partition('data-labels="')[2].partition('"')[0].split("|")
    numbers = {int(number) for number in re.findall(r'data-label="(\d+)"', large.text)}
    assert numbers == set(range(len(labels)))
    assert re.search(r"<title>[^<]*</title>", client.get(f"/explore.svg?{MANY}").text.partition('<g class="lines"')[2])


def test_what_is_said_in_a_year_is_what_evidence_of_the_year_says(client: FlaskClient) -> None:
    """Not what is valid in it, which `year` asks for."""
    page = client.get("/explore?actor=body/europol&most=400", headers=HTML).text
    table = csv.DictReader(io.StringIO(client.get("/explore.csv?actor=body/europol&most=400").text.removeprefix("\ufeff")))
    rows_ = list(table)
    said = {row["as_of"][:4] for row in rows_ if row["as_of"]}
    begun = {row["from"][:4] for row in rows_ if row["from"]} - said
    offered = set(re.findall(r"<option[^>]*>(\d{4})</option>", page))
    assert begun
    assert offered == said


@pytest.mark.parametrize(
    "value", ["actor=topic/old", "actor=country/XTA&pin=topic/old@1,2", "actor=country/XTA&expand=topic/old", "actor=country/XTA&topic=old"]
)
def test_an_address_of_what_was_merged_leads_to_the_same_with_its_successor(value: str) -> None:
    app = hostile_app(0)
    notices = {"topic/old": "topic/older", "topic/older": "topic/new", "topic/none": ""}
    app.extensions["live"].serving().release.manifest["retired"] = {
        old: {"successor": new, "date": "2026-01-01", "reason": "merged"} for old, new in notices.items()
    }
    client = app.test_client()
    for path in ("/explore", "/explore.csv"):
        answer = client.get(f"{path}?{value}&kind=body", headers=HTML)
        assert answer.status_code == SEE_OTHER
        assert answer.headers["Location"] == f"{path}?{value.replace('old', 'new')}&kind=body"
    assert client.get("/explore?actor=topic/none", headers=HTML).status_code == 410


@pytest.mark.parametrize("reference", ["body/rtl", "body/long", "body/cyrillic"])
def test_names_that_are_long_or_run_the_other_way_are_readable_and_safe(reference: str) -> None:
    page = hostile_app(0).test_client().get(f"/explore?actor={reference}", headers=HTML).text
    assert "<script>alert" not in page
    assert re.search(r'<li class="chip">.*?<bdi>[^<]+</bdi>', page)
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", page.partition(f'data-ref="{reference}"')[2].partition("</a>")[0])
    assert lines
    assert all(len(line) <= 40 for line in lines)


def test_each_colour_of_a_text_in_the_drawing_is_held_to_its_contrast() -> None:
    """The table of contrasts is measured in light and dark; the drawing stands on a sheet."""
    style = (Path(__file__).parents[2] / "webapp/static/explorer-drawing.css").read_text(encoding="utf-8")
    used = {
        colour for rule in re.findall(r"[^{}]*\btext\b[^{}]*{([^}]*)}", style) for colour in re.findall(r"fill: var\((--[a-z]+)\)", rule)
    }
    held = {row["front"] for row in rows("contrast") if row["back"] == "--sheet" and float(row["least"]) >= 4.5}  # WCAG AA
    assert {"--ink", "--soft", "--link"} <= used <= held


neighbours = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.integers(0, 90).map(lambda number: f"n{number}"), max_size=60, unique=True), max_size=3
)


@given(
    neighbours,
    st.integers(1, 3),
    st.dictionaries(st.sampled_from(["a", "n1", "n2"]), st.tuples(st.integers(-900, 900), st.integers(-900, 900)), max_size=1),
)
@settings(deadline=None)
def test_no_actor_stands_on_another(near: dict[str, Sequence[str]], begun: int, pins: dict[str, tuple[int, int]]) -> None:
    starts, later = list("abc")[:begun], list("abc")[begun:]
    fixed = {name: Point(*point) for name, point in pins.items()}
    places = placed(starts, later, near, fixed)
    assert {*starts, *later, *(name for names in near.values() for name in names)} | set(fixed) == set(places)
    assert all(places[name] == point for name, point in fixed.items())
    points = sorted(places.values())
    for place, one in enumerate(points):
        for other in points[place + 1 :]:
            assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH, f"{one} lies on {other}"
    assert places == placed(starts, later, near, fixed)


@given(neighbours)
@settings(deadline=None)
def test_what_was_there_stays_where_it_is(near: dict[str, Sequence[str]]) -> None:
    before = placed(["a"], [], near, {})
    after = placed(["a"], ["n1"], {**near, "n1": ["x1", "x2", "x3"]}, {})
    assert {name: point for name, point in after.items() if name in before and name != "n1"} == {
        name: point for name, point in before.items() if name != "n1"
    }


def test_an_actor_with_thousands_of_relations_stays_small_and_says_so() -> None:
    client = hostile_app(5000).test_client()
    page = client.get("/explore?actor=country/XTA", headers=HTML)
    assert len(page.data) <= LARGEST
    assert "50 of 5,002 actors" in re.sub(r"<[^>]+>", "", page.text)
    assert page.text.count('<a class="node ') == 50
    most = client.get("/api/explore?actor=country/XTA&most=400").get_json()
    assert (len(most["nodes"]), most["all_nodes"], most["beyond"]) == (400, 5002, 5001 - 399)
