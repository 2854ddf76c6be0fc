"""JSON-LD of things: compact, with a context that is served, and the same triples as every other format."""

import json
import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from graph.iris import Iris
from webapp.pages import schema_org
from webapp.pages.facts import Match
from webapp.pages.places import Place

THINGS = [
    "country/ESP",
    "body/europol",
    "topic/cse",
    "profile/spain-2018-cse",
    "group/empact",
    "row/bodies-europol",
    "policy/spain-2018-cse",
]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("reference", THINGS)
def test_it_says_what_the_other_formats_say(reference: str, client: FlaskClient) -> None:
    compact = set(ox.parse(client.get(f"/data/{reference}.jsonld").data, format=ox.RdfFormat.JSON_LD))
    assert compact == set(ox.parse(client.get(f"/data/{reference}.nt").data, format=ox.RdfFormat.N_TRIPLES))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # raised inside rdflib's own reader of JSON-LD
def test_another_reader_reads_the_same_with_the_context_that_is_served(client: FlaskClient) -> None:
    told = client.get("/data/country/ESP.jsonld").get_json()
    plain = Graph().parse(data=client.get("/data/country/ESP.nt").data, format="nt")
    for context in (told["@context"], client.get("/context.jsonld").get_json()["@context"]):
        read = Graph().parse(data=json.dumps({**told, "@context": context}), format="json-ld")
        assert isomorphic(read, plain)


def test_the_release_is_described_as_compactly(client: FlaskClient) -> None:
    compact = client.get("/catalog?format=jsonld")
    assert set(ox.parse(compact.data, format=ox.RdfFormat.JSON_LD)) == set(
        ox.parse(client.get("/void.ttl").data, format=ox.RdfFormat.TURTLE)
    )
    told = compact.get_json()
    assert any("dcat:Dataset" in node.get("@type", []) and "dcterms:title" in node for node in told["@graph"])


def test_it_can_be_read_by_people(client: FlaskClient) -> None:
    told = client.get("/data/country/ESP.jsonld").get_json()
    (spain,) = (node for node in told["@graph"] if node["@id"] == "country:ESP")
    assert "State" in spain["@type"]
    assert "body:europol" in spain["memberOf"]


def test_a_name_that_is_a_prefix_as_well_keeps_its_own_prefix(client: FlaskClient) -> None:
    told = client.get("/context.jsonld").get_json()["@context"]
    assert told["country"]["@prefix"] is True
    assert told["liaison:country"] == {"@id": "https://w3id.org/liaison/def#country", "@type": "@id"}


def test_a_page_tells_search_engines_what_it_is_about(client: FlaskClient) -> None:
    (text,) = SCRIPT.findall(client.get("/page/body/europol").text)
    told = json.loads(text)
    assert (told["@type"], told["name"], told["@id"]) == ("Organization", "Europol", Iris().thing("body/europol").value)
    assert any("wikidata.org" in address for address in told["sameAs"])
    (text,) = SCRIPT.findall(client.get("/downloads").text)
    told = json.loads(text)
    assert told["@type"] == "Dataset"
    assert any(item["contentUrl"].endswith("/liaison.ttl") for item in told["distribution"])


@given(st.text(), st.text())
def test_no_name_ends_the_script_element(label: str, name: str) -> None:
    made = schema_org.thing(
        "https://example.org/a",
        "body/a",
        f"</script>{label}",
        [("en", [f"<!--{name}"])],
        [Match("site", "x", "the same", Place(""))],
    )
    assert "<" not in made
    assert ">" not in made
    assert json.loads(made)["name"] == f"</script>{label}"
