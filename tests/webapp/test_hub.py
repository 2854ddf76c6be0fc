"""A hub of 600 claims: its data come in parts that hold each claim once, whatever the format, and its pages show a few rows."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from bench.synthetic import write_hub
from graph.build import build
from graph.iris import term
from graph.release import Release, Releases
from webapp import create_app
from webapp.config import Config
from webapp.incidences import MOST, Incidences
from webapp.pool.answers import GRAPHS

NUMBER = 600
NEXT = re.compile(r'<([^>]+)>; rel="next"')


@pytest.fixture(scope="module")
def hub(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Release]:
    """The reference of the hub, and its release."""
    folder = tmp_path_factory.mktemp("hub")
    reference = write_hub(folder / "data", NUMBER, data / "authority")
    build(folder / "data", folder / "releases", tell=lambda _: None)
    return reference, Releases(folder / "releases").current()


@pytest.fixture(scope="module")
def client(hub: tuple[str, Release]) -> Iterator[FlaskClient]:
    """A client of a service over this release."""
    app = create_app(Config(releases=hub[1].folder.parent))
    yield app.test_client()
    app.extensions["live"].close()


def parts(client: FlaskClient, address: str) -> Iterator[bytes]:
    """The parts of some data, as `Link` leads from one to the next."""
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        yield answer.data
        following = NEXT.search(answer.headers["Link"])
        address = following[1] if following else ""


@pytest.fixture(scope="module")
def claims(hub: tuple[str, Release]) -> set[str]:
    """The IRIs of the claims about the hub."""
    rows = hub[1].view.select(hub[1].iris.header() + "SELECT ?claim { ?claim liaison:involves $hub }", hub=hub[1].iris.thing(hub[0]))
    return {row["claim"].value for row in rows}


@pytest.mark.parametrize("form", GRAPHS)
def test_the_parts_hold_each_claim_once_and_all_that_touches_the_hub(
    form: str, client: FlaskClient, hub: tuple[str, Release], claims: set[str]
) -> None:
    found: list[str] = []
    seen: set[ox.Triple] = set()
    writer = GRAPHS[form].writer
    assert isinstance(writer, ox.RdfFormat)
    for part in parts(client, f"/data/{hub[0]}.{form}"):
        triples = {quad.triple for quad in ox.parse(part, format=writer)}
        own = [triple.subject.value for triple in triples if triple.predicate == term("liaison:hasEvidence")]
        assert len(own) <= MOST
        found += own
        seen |= triples
    assert len(claims) > 500
    assert sorted(found) == sorted(claims)
    node = hub[1].iris.thing(hub[0])
    for pattern in ("$hub ?p ?o", "?s ?p $hub", "?s liaison:involves $hub ; liaison:hasEvidence ?e . ?e ?p ?o"):
        left, right = ("?e", "?o") if "?e" in pattern else (pattern.split()[0], pattern.split()[2])
        query = f"CONSTRUCT {{ {left} ?p {right} }} WHERE {{ {pattern} }}"
        assert set(hub[1].view.construct(hub[1].iris.header() + query, hub=node)) <= seen


def test_the_table_holds_the_same_claims_in_the_same_parts(client: FlaskClient, hub: tuple[str, Release], claims: set[str]) -> None:
    tables = [list(csv.DictReader(io.StringIO(part.decode("utf-8-sig")))) for part in parts(client, f"/data/{hub[0]}.csv")]
    assert [row["claim"] for rows in tables for row in rows] == sorted(claims)
    assert max(map(len, tables)) == MOST


@pytest.mark.parametrize("offset", ["abc", "-1", "1e3", "1.5", "18446744073709551615", "", "²"])
def test_what_is_no_number_of_a_claim_is_refused(offset: str, client: FlaskClient, hub: tuple[str, Release]) -> None:
    answer = client.get(f"/data/{hub[0]}.ttl", query_string={"offset": offset})
    assert answer.status_code == 400
    assert "whole number" in answer.text


@pytest.mark.parametrize("form", ["ttl", "csv"])
def test_there_is_no_part_beyond_the_last(form: str, client: FlaskClient, hub: tuple[str, Release], claims: set[str]) -> None:
    answer = client.get(f"/data/{hub[0]}.{form}?offset=100000")
    assert answer.status_code == 404
    assert f"There are {len(claims)} claims" in answer.text


def test_who_holds_a_part_gets_it_for_nothing(client: FlaskClient, hub: tuple[str, Release], monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(f"/data/{hub[0]}.ttl?offset={MOST}")
    monkeypatch.setattr(Incidences, "of", lambda *_: pytest.fail("the parts were counted for a client that holds the answer"))
    again = client.get(f"/data/{hub[0]}.ttl?offset={MOST}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Accept-Encoding" in again.headers["Vary"]


def test_one_edge_and_one_page_ask_for_the_evidence_of_what_they_show(
    client: FlaskClient, hub: tuple[str, Release], claims: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    view = type(hub[1].view)
    select = view.select

    def counted(self: object, query: str, **values: object) -> list[dict[str, ox.NamedNode]]:
        found = select(self, query, **values)  # type: ignore[arg-type]
        if "?cited liaison:text ?text" in query:
            asked.append(len(found))
        return found  # type: ignore[return-value]

    monkeypatch.setattr(view, "select", counted)
    told = client.get(f"/api/things/{hub[0]}/edges?limit=1").get_json()
    assert (told["total"], len(told["items"]), told["items"][0]["evidence"][0]["words"] != "") == (len(claims), 1, True)
    page = client.get(f"/page/{hub[0]}", headers={"Accept": "text/html"}).text
    assert f"{len(claims)} claims" in page
    assert "Invented for measurements" in page
    assert max(asked) < 60
