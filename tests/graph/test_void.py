"""The description of a release: what it counts is what is there, and every question in it can be run."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import adjacency, questions, void
from graph.build import SUMS
from graph.release import Release
from tests.catalogue import judged

MANDATORY = Path(__file__).parent / "cases" / "catalogue.ttl"


@pytest.fixture(scope="module")
def description(release: Release) -> ox.Store:
    """The description of the shipped data."""
    store = ox.Store()
    store.load(path=str(release.folder / void.FILE), format=ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The answer to a query as texts."""
    header = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in void.NAMESPACES.items())
    found = store.query(header + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(value.value for value in row) for row in found]  # type: ignore[union-attr]


def test_it_is_written_the_same_each_time(release: Release, tmp_path: Path) -> None:
    files = {name: file for name, file in release.manifest["files"].items() if name not in (void.FILE, SUMS, adjacency.FILE)}
    again = void.write(release.view, release.id, release.manifest["version"], files, questions.load(), release.iris, tmp_path)
    assert again.read_bytes() == (release.folder / void.FILE).read_bytes()


def test_the_partitions_count_what_is_there(description: ox.Store, release: Release) -> None:
    assert rows(description, "SELECT ?n { ?set a void:Dataset ; void:triples ?n }") == [(str(release.manifest["triples"]),)]
    for kind, query in (
        ("class", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a $term }"),
        ("property", "SELECT (COUNT(*) AS ?n) { ?s $term ?o }"),
    ):
        count = "void:entities" if kind == "class" else "void:triples"
        found = rows(description, f"SELECT ?term ?n {{ ?set void:{kind}Partition ?part . ?part void:{kind} ?term ; {count} ?n }}")
        assert len(found) == len({term for term, _ in found}) > 20
        for term, number in found[::7]:
            assert release.view.select(query, term=ox.NamedNode(term))[0]["n"].value == number


def test_every_file_is_a_distribution_with_its_size_and_hash(description: ox.Store, release: Release) -> None:
    found = rows(
        description,
        """SELECT ?address ?bytes ?hash { ?set dcat:distribution ?file .
        ?file dcat:downloadURL ?address ; dcat:byteSize ?bytes ; spdx:checksum/spdx:checksumValue ?hash }""",
    )
    files = {name: file for name, file in release.manifest["files"].items() if name not in (void.FILE, SUMS, adjacency.FILE)}
    assert {(address.rpartition("/")[2], int(size), digest) for address, size, digest in found} == {
        (name, file["bytes"], file["sha256"]) for name, file in files.items() if "/" not in name
    }
    parts = rows(description, "SELECT ?address { ?set void:subset/void:dataDump ?address }")
    assert {address.partition(f"{release.id}/")[2] for (address,) in parts} == {name for name in files if "/" in name}


def test_every_question_can_be_run_with_the_prefixes_that_are_declared(description: ox.Store, release: Release) -> None:
    prefixes = rows(description, "SELECT ?name ?iri { ?set sh:declare ?one . ?one sh:prefix ?name ; sh:namespace ?iri }")
    header = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes)
    asked = rows(description, "SELECT ?title ?query { ?q a sh:SPARQLExecutable ; rdfs:label ?title ; sh:select ?query }")
    assert {title for title, _ in asked} == {question.title for question in questions.load()}
    for _, query in asked:
        release.view.query(header + re.sub(r"(?m)^#.*\n", "", query))


def test_what_dcat_ap_demands_is_there(description: ox.Store) -> None:
    """The properties that DCAT-AP 3 calls mandatory, for each of its classes that is used here."""
    mandatory = {
        "dcat:Catalog": ("dcterms:title", "dcterms:description", "dcterms:publisher"),
        "dcat:Dataset": ("dcterms:title", "dcterms:description"),
        "dcat:Distribution": ("dcat:accessURL",),
        "dcat:DataService": ("dcterms:title", "dcat:endpointURL"),
        "foaf:Agent": ("foaf:name",),
        "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
    }
    for kind, properties in mandatory.items():
        assert rows(description, f"SELECT ?thing {{ ?thing a {kind} }}")
        for name in properties:
            assert rows(description, f"SELECT ?thing {{ ?thing a {kind} FILTER NOT EXISTS {{ ?thing {name} ?value }} }}") == []


def test_it_holds_no_blank_node(release: Release) -> None:
    quads = ox.parse(path=str(release.folder / void.FILE), format=ox.RdfFormat.TURTLE)
    assert not [quad for quad in quads if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)]


def test_the_description_holds_what_dcat_ap_makes_mandatory(release: Release) -> None:
    assert judged(release.folder / void.FILE, [MANDATORY]) == []


@pytest.mark.parametrize(
    "taken", ["dcterms:title", "dcat:endpointURL", "foaf:name", "dcat:accessURL", "spdx:algorithm", "dcterms:publisher"]
)
def test_what_is_mandatory_is_missed(taken: str, release: Release, tmp_path: Path) -> None:
    prefix, _, name = taken.partition(":")
    text = (release.folder / void.FILE).read_text(encoding="utf-8")
    (tmp_path / "void.ttl").write_text(text.replace(f"{taken} ", f"{prefix}:not{name} "), encoding="utf-8")
    assert any(line.startswith("Violation") and name in line for line in judged(tmp_path / "void.ttl", [MANDATORY]))


def test_no_licence_is_claimed_for_what_is_not_ours(description: ox.Store) -> None:
    """CC BY holds for the catalogue alone, which is written here; of the data the rights are told in a sentence."""
    licensed = rows(description, "SELECT ?kind { ?thing dcterms:license ?licence ; a ?kind }")
    assert licensed == [("http://www.w3.org/ns/dcat#Catalog",)]
    stated = rows(description, "SELECT DISTINCT ?words { ?thing a dcat:Dataset ; dcterms:rights/rdfs:label ?words }")
    assert stated == [(void.RIGHTS,)]
    for kind in ("dcat:Distribution", "dcat:DataService"):
        assert rows(description, f"SELECT ?thing {{ ?thing a {kind} FILTER NOT EXISTS {{ ?thing dcterms:rights ?rights }} }}") == []
