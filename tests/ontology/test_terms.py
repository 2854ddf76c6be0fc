"""The ontology as a text: each term is defined, said once, and told in the docs; each name of a file means something."""

import csv
import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

import ontology
from graph.iris import DATA_KINDS, DEF, LISTS
from graph.text import fold_words

ROOT = Path(__file__).parents[2]
LIAISON = Namespace("https://w3id.org/liaison/def#")
GRAPH = Graph()
for module in ontology.modules():
    GRAPH.parse(module)
TERMS = sorted({node for node in GRAPH.subjects(RDFS.isDefinedBy) if node.startswith(LIAISON)})
RELATIONS = sorted(GRAPH.subjects(RDF.type, LIAISON.Relation))
SCHEMES = sorted(GRAPH.subjects(RDF.type, SKOS.ConceptScheme))


def local(node: URIRef) -> str:
    """The last part of an IRI."""
    return node.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@pytest.mark.parametrize("node", TERMS, ids=local)
def test_a_term_has_a_label_a_definition_a_note_and_an_example(node: URIRef) -> None:
    for property_ in (RDFS.label, SKOS.definition, SKOS.scopeNote, SKOS.example):
        values = list(GRAPH.objects(node, property_))
        assert len(values) == 1, property_
        assert isinstance(values[0], Literal)
        assert values[0].language == "en"


@pytest.mark.parametrize("node", TERMS, ids=local)
def test_a_definition_is_a_sentence_of_its_own(node: URIRef) -> None:
    definition = str(GRAPH.value(node, SKOS.definition))
    assert definition.endswith(".")
    assert definition[0].isupper()
    assert fold_words(definition) != fold_words(str(GRAPH.value(node, RDFS.label)))
    assert len([other for other in TERMS if str(GRAPH.value(other, SKOS.definition)) == definition]) == 1


@pytest.mark.parametrize("node", RELATIONS, ids=local)
def test_a_relation_can_be_read_both_ways_and_has_a_row_in_the_map(node: URIRef) -> None:
    assert GRAPH.value(node, LIAISON.inverseLabel)
    assert any(row["name"] == row["relation"] == local(node) and row["direction"] == "forward" for row in table("relation-map.csv"))


def test_each_inverse_name_of_the_map_is_an_inverse_property_and_no_relation() -> None:
    inverses = {local(node): local(of) for node, of in GRAPH.subject_objects(OWL.inverseOf) if node.startswith(LIAISON)}
    rows = [row for row in table("relation-map.csv") if row["direction"] == "inverse" and row["note"].startswith("reads backwards")]
    assert inverses == {row["name"]: row["relation"] for row in rows}
    assert not {LIAISON[name] for name in inverses} & set(RELATIONS)


def table(name: str) -> list[dict[str, str]]:
    """A table of the ontology."""
    with ontology.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_blank_node_stands_in_the_ontology() -> None:
    assert not [triple for triple in GRAPH if any(isinstance(node, BNode) for node in triple)]


def test_every_word_of_ours_that_is_used_is_declared() -> None:
    ours = {node for triple in GRAPH for node in triple if isinstance(node, URIRef) and node.startswith(LIAISON)}
    assert ours - set(TERMS) == set()


def test_what_is_disjoint_is_not_below_the_same_class_twice() -> None:
    above = {node: set(GRAPH.transitive_objects(node, RDFS.subClassOf)) for node in TERMS}
    for one, other in GRAPH.subject_objects(OWL.disjointWith):
        assert not [node for node in TERMS if one in above[node] and other in above[node]], (one, other)


@pytest.mark.parametrize("scheme", SCHEMES, ids=local)
def test_a_list_keeps_the_conditions_of_skos(scheme: URIRef) -> None:
    concepts = list(GRAPH.subjects(SKOS.inScheme, scheme))
    labels = [str(GRAPH.value(node, SKOS.prefLabel)).casefold() for node in concepts]
    assert len(labels) == len(set(labels)) > 0
    for node in concepts:
        assert len(list(GRAPH.objects(node, SKOS.prefLabel))) == 1
        assert GRAPH.value(node, SKOS.definition)
        assert not set(GRAPH.objects(node, SKOS.prefLabel)) & set(GRAPH.objects(node, SKOS.altLabel))
        assert node not in set(GRAPH.transitive_objects(node, SKOS.broader)) - {node}
        assert (node, SKOS.topConceptOf, scheme) in GRAPH or GRAPH.value(node, SKOS.broader)


def test_the_lists_are_those_that_the_code_knows() -> None:
    assert {local(scheme) for scheme in SCHEMES} == set(LISTS)


def test_no_wording_of_the_template_means_two_things_in_any_language() -> None:
    wordings = [
        "".join(letter for letter in unicodedata.normalize("NFD", fold_words(str(label))) if not unicodedata.combining(letter))
        for property_ in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        for node, label in GRAPH.subject_objects(property_)
        if "/section#" in node or "/front-field#" in node
    ]
    assert len(wordings) == len(set(wordings))


def test_the_template_can_be_written_in_spanish() -> None:
    named = {node for node, label in GRAPH.subject_objects(SKOS.altLabel) if isinstance(label, Literal) and label.language == "es"}
    parts = {node for scheme in ("section", "front-field") for node in GRAPH.subjects(SKOS.inScheme, URIRef(f"{DEF}/{scheme}"))}
    assert {local(node) for node in parts - named} == {"front"}  # which has no heading


def test_the_ontology_has_the_version_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    for node in GRAPH.subjects(RDF.type, OWL.Ontology):
        assert str(GRAPH.value(node, OWL.versionInfo)) == version
        assert str(GRAPH.value(node, OWL.versionIRI)).endswith(f"/{version}")


def test_the_page_on_the_model_names_every_term() -> None:
    page = (ROOT / "docs/model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\w+", page))
    bounds = {f"{name}{bound}" for name in ("asOf", "from", "until") for bound in ("Earliest", "Latest")}
    assert {local(node) for node in TERMS} - named - bounds == set()


def test_the_page_on_the_model_names_every_kind_of_iri_and_every_list() -> None:
    page = (ROOT / "docs/model.md").read_text(encoding="utf-8")
    assert [kind for kind in (*DATA_KINDS, *LISTS) if f"`{kind}`" not in page] == []


@pytest.mark.parametrize(
    ("file", "column", "known"),
    [("memberships", "relation", "relation-map.csv"), ("groups", "kind", "actor-kinds.csv"), ("bodies", "kind", "actor-kinds.csv")],
)
def test_every_word_of_the_authority_files_is_known(file: str, column: str, known: str) -> None:
    with (ROOT / f"data/authority/{file}.csv").open(encoding="utf-8-sig", newline="") as opened:
        used = {row[column] for row in csv.DictReader(opened)}
    assert used - {next(iter(row.values())) for row in table(known)} == set()
