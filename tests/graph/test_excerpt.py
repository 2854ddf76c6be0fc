"""Excerpts: what a release says of one thing, complete in itself, and the same bytes each time."""

import hashlib

import pandas as pd
import pyoxigraph as ox
import pytest

from graph import context, dumps, excerpt
from graph.build import SUMS
from graph.errors import SettingError
from graph.excerpt import Excerpt
from graph.iris import Iris, term
from graph.release import Release
from graph.store import View
from webapp.pool.answers import GRAPHS

THINGS = ["country/ESP", "topic/cybercrime", "profile/spain-2018-cse", "country/CYP", "group/empact"]


def read(content: list[ox.Triple]) -> ox.Store:
    """The triples as a store."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in content)
    return store


@pytest.mark.parametrize("reference", THINGS)
def test_each_claim_brings_its_evidence_and_each_thing_its_name(reference: str, release: Release) -> None:
    made = Excerpt(release.view, release.iris, reference)
    store = read(made.triples)
    assert made.claims
    for claim in made.claims:
        (subject,) = (quad.object for quad in store.quads_for_pattern(claim, term("rdf:subject"), None))
        for evidence in store.quads_for_pattern(claim, term("liaison:hasEvidence"), None):
            cited = [quad.object for quad in store.quads_for_pattern(evidence.object, term("liaison:cites"), None)]
            assert cited
            assert all(any(store.quads_for_pattern(end, None, None)) for end in cited if isinstance(end, ox.NamedNode))
        names = [term("skos:prefLabel"), term("rdfs:label"), term("dcterms:title")]
        assert any(any(store.quads_for_pattern(subject, name, None)) for name in names)  # type: ignore[arg-type]


def test_a_country_brings_its_bodies_and_a_topic_what_is_narrower(release: Release) -> None:
    spain = Excerpt(release.view, release.iris, "country/ESP")
    query = "SELECT DISTINCT ?claim { { ?claim liaison:involves country:ESP } UNION { ?claim liaison:involves/liaison:country country:ESP } UNION { ?claim liaison:statedIn profile:spain-2018-cse } }"
    assert {row["claim"] for row in release.view.select(release.iris.header() + query)} == set(spain.claims)
    wide = Excerpt(release.view, release.iris, "topic/property-crime")
    query = "SELECT ?claim { ?claim liaison:involves ?topic . ?topic skos:broader topic:property-crime }"
    narrow = {row["claim"] for row in release.view.select(release.iris.header() + query)}
    assert narrow
    assert narrow <= set(wide.claims)


def test_a_profile_brings_its_whole_graph(release: Release) -> None:
    graph = release.iris.graph("profile/spain-2018-cse")
    own = release.view.construct("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }", graph=graph)
    assert own
    assert set(own) <= set(Excerpt(release.view, release.iris, "profile/spain-2018-cse").triples)


def test_the_files_of_a_release_are_what_an_excerpt_is(release: Release) -> None:
    for reference in ("country/ESP", "topic/cybercrime", "profile/spain-2018-cse"):
        stem = release.folder / excerpt.FOLDER / excerpt.stem(reference)
        made = Excerpt(release.view, release.iris, reference)
        assert set(ox.parse(stem.with_suffix(".ttl").read_bytes(), format=ox.RdfFormat.TURTLE)) == {
            ox.Quad(triple.subject, triple.predicate, triple.object) for triple in made.triples
        }
        table = pd.read_csv(stem.with_suffix(".csv"), dtype=str)
        supported = {edge["claim"] for edge in made.network.edges}
        assert set(table["claim"]) == supported <= {claim.value for claim in made.claims}
        assert table["source_label"].notna().all()


def test_what_is_not_claimed_has_no_file_and_what_is_has_two(release: Release) -> None:
    there = {path.name for path in (release.folder / excerpt.FOLDER).iterdir()}
    for reference in excerpt.things(release.view, release.iris):
        has_claims = bool(Excerpt(release.view, release.iris, reference).claims)
        assert {f"{excerpt.stem(reference)}.{ending}" in there for ending in excerpt.ENDINGS} == {has_claims}, reference


def test_the_sums_are_those_of_all_files(release: Release) -> None:
    lines = [line.split("  ") for line in (release.folder / SUMS).read_text(encoding="ascii").splitlines()]
    assert {name for _, name in lines} == set(release.manifest["files"]) - {SUMS}
    for value, name in lines:
        assert hashlib.sha256((release.folder / name).read_bytes()).hexdigest() == value, name


@pytest.mark.parametrize("reference", ["country/XXX", "nothing/ESP", "country", "", "country/E SP"])
def test_what_is_not_there_is_refused_in_words(reference: str, release: Release) -> None:
    with pytest.raises(SettingError, match=r"\w{3,}"):
        _ = Excerpt(release.view, release.iris, reference).claims


@pytest.mark.parametrize("name", ["Министерство внутренних дел", 'the "Group", of <experts> & others', "Δίκτυο\u2028«λόγος»", "a\\b\n'c'"])
@pytest.mark.parametrize("form", ["ttl", "nt", "trig", "nq", "jsonld", "rdf"])
def test_a_name_in_any_script_and_with_quotes_is_the_same_in_each_format_of_an_excerpt(form: str, name: str) -> None:
    iris = Iris()
    node = iris.thing("body/a")
    said = [ox.Quad(node, term("rdf:type"), term("liaison:Body")), ox.Quad(node, term("skos:prefLabel"), ox.Literal(name, language="ru"))]
    triples = Excerpt(View.of(said), iris, "body/a").triples
    writer = GRAPHS[form].writer
    assert isinstance(writer, ox.RdfFormat)
    content = context.written(triples, iris, {}) if form == "jsonld" else dumps.serialised(triples, writer, iris.prefixes)
    assert {quad.triple for quad in ox.parse(content, format=writer)} == {quad.triple for quad in said}


SLOWLY = """CONSTRUCT { ?node ?p ?o } WHERE {
  { VALUES ?node { #claims } ?node ?p ?o }
  UNION { VALUES ?claim { #claims } ?claim liaison:hasEvidence|liaison:hasEvidence/liaison:cites ?node . ?node ?p ?o }
  UNION { VALUES ?claim { #claims } ?claim a liaison:SupportedClaim ; rdf:subject ?node ; rdf:predicate ?p ; rdf:object ?o }
}"""
NAMED = """CONSTRUCT { ?node ?p ?o } WHERE {
  VALUES ?node { #nodes } ?node ?p ?o FILTER (?p IN (rdf:type, skos:prefLabel, rdfs:label, dcterms:title, liaison:text))
}"""


@pytest.mark.parametrize("reference", ["country/ESP", "topic/cybercrime", "country/CYP"])
def test_what_is_looked_up_is_what_queries_find(reference: str, release: Release) -> None:
    made, header = Excerpt(release.view, release.iris, reference), release.iris.header()
    slow = set(release.view.construct("CONSTRUCT { $thing ?p ?o } WHERE { $thing ?p ?o }", thing=made.thing))
    slow.update(release.view.construct(header + SLOWLY.replace("#claims", " ".join(map(str, made.claims)))))
    nodes = " ".join({str(term) for triple in slow for term in (triple.predicate, triple.object) if isinstance(term, ox.NamedNode)})
    slow.update(release.view.construct(header + NAMED.replace("#nodes", nodes)))
    assert set(made.triples) == slow
    assert made.triples == excerpt.ordered(slow)


def test_the_files_are_in_order(release: Release) -> None:
    for reference in ("country/ESP", "profile/spain-2018-cse"):
        path = release.folder / excerpt.FOLDER / f"{excerpt.stem(reference)}.ttl"
        triples = Excerpt(release.view, release.iris, reference).triples
        assert path.read_bytes() == dumps.serialised(triples, ox.RdfFormat.TURTLE, release.iris.prefixes)
