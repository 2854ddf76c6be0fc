"""Each shape is shown green and red, and the compiled queries find what pySHACL finds."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, SKOS, Graph
from rdflib.collection import Collection
from rdflib.term import Node

import ontology
import shapes
from graph.errors import VocabularyError
from graph.iris import Iris
from graph.release import Release
from graph.store import View
from graph.validation import Finding, disagreements, validate_release
from graph.validation.constraints import SHAPE, graph_of_shapes, read
from graph.validation.slices import Slice, validate_slice

EXAMPLES = Path(shapes.__file__).parent / "examples"
SHAPES = graph_of_shapes()
NAMES = sorted(str(node).removeprefix(str(SHAPE)) for node in SHAPES.subjects(RDF.type, SH.NodeShape))
CLOSED = sorted(rule for rule in SHAPES.subjects(SH["in"]) if not str(rule).startswith(str(SHAPE.SupportedClaim)))
"""Rules that list what a value may be; what supports an edge is on purpose less than all."""
LOCAL = [name for name in NAMES if (SHAPE[name], SHAPE.reach, SHAPE.Local) in SHAPES]


def quads(name: str, verdict: str) -> list[ox.Quad]:
    """An example; what stands in no named graph is in the default graph, and so is everything else, as in a release."""
    path = next(EXAMPLES.glob(f"{name}.{verdict}.*"))
    named = list(ox.parse(path=str(path), format=ox.RdfFormat.TRIG))
    return [*named, *(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named)]


def of_shape(findings: list[Finding], name: str) -> set[tuple[str, str]]:
    """Which rules of a shape are broken by which things."""
    return {(finding.shape, finding.focus) for finding in findings if finding.shape.split("-")[0] == name}


def test_each_shape_has_its_examples_and_each_example_its_shape() -> None:
    assert sorted({path.name.split(".")[0] for path in EXAMPLES.iterdir()}) == NAMES
    assert len(list(EXAMPLES.iterdir())) == 2 * len(NAMES)


@pytest.mark.parametrize("rule", CLOSED, ids=lambda rule: str(rule).removeprefix(str(SHAPE)))
def test_a_closed_list_holds_all_concepts_of_its_vocabulary_and_no_others(rule: Node) -> None:
    listed = [str(value) for value in Collection(SHAPES, SHAPES.value(rule, SH["in"]))]
    vocabulary_of = listed[0].partition("#")[0]
    concepts = Graph().parse(ontology.path(f"vocabularies/{vocabulary_of.rpartition('/')[2]}.ttl")).subjects(RDF.type, SKOS.Concept)
    assert sorted(listed) == sorted(map(str, concepts))


@pytest.mark.parametrize("name", NAMES)
def test_a_valid_example_breaks_no_rule_of_its_shape(name: str) -> None:
    assert of_shape(validate_release(View.of(quads(name, "valid"))), name) == set()


@pytest.mark.parametrize("name", NAMES)
def test_an_invalid_example_breaks_a_rule_and_is_told_so_in_words(name: str) -> None:
    findings = [finding for finding in validate_release(View.of(quads(name, "invalid"))) if finding.shape.split("-")[0] == name]
    assert findings
    assert all(finding.message.endswith(".") and finding.is_violation for finding in findings)


@pytest.mark.parametrize("verdict", ["valid", "invalid"])
@pytest.mark.parametrize("name", LOCAL)
def test_pyshacl_and_the_compiled_queries_agree_on_each_example(name: str, verdict: str) -> None:
    assert by_pyshacl(quads(name, verdict)) == by_queries(quads(name, verdict))


def by_pyshacl(given_quads: list[ox.Quad]) -> set[tuple[str, str]]:
    """Rules and things that break them, as pySHACL sees it."""
    triples = [quad.triple for quad in given_quads if quad.graph_name == ox.DefaultGraph()]
    return {(finding.shape, finding.focus) for finding in validate_slice(Slice(triples, []))}


def by_queries(given_quads: list[ox.Quad]) -> set[tuple[str, str]]:
    """The same, as the compiled queries see it, rules of local reach only."""
    return {(finding.shape, finding.focus) for finding in validate_release(View.of(given_quads)) if finding.shape.split("-")[0] in LOCAL}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(LOCAL), data=st.data())
def test_they_agree_on_damaged_examples_too(name: str, data: st.DataObject) -> None:
    whole = [quad for quad in quads(name, "valid") if quad.graph_name == ox.DefaultGraph()]
    dropped = data.draw(st.sets(st.sampled_from(whole), max_size=2))
    other = data.draw(st.sampled_from(whole))
    changed = ox.Quad(
        other.subject, other.predicate, data.draw(st.sampled_from([ox.Literal("x"), ox.Literal("7"), Iris().thing("topic/cse")]))
    )
    damaged = [quad for quad in whole if quad not in dropped] + [changed]
    assert by_pyshacl(damaged) == by_queries(damaged)


def test_the_shipped_data_break_no_rule_and_what_stays_open_is_explained(release: Release) -> None:
    findings = validate_release(release.view)
    assert {finding.shape for finding in findings} <= {"CountryProfile-countryKnown", "CountryProfile-yearKnown"}
    explained = release.view.select(release.iris.header() + "SELECT ?profile WHERE { ?profile liaison:metadataBasis ?basis }")
    assert {finding.focus for finding in findings} <= {row["profile"].value for row in explained}


def test_a_disagreement_is_itself_a_violation(release: Release) -> None:
    profile = release.iris.graph("profile/finland-2024-crime-prevention")
    claim = release.view.select(
        release.iris.header()
        + "SELECT ?claim WHERE { ?claim liaison:statedIn profile:finland-2024-crime-prevention } ORDER BY ?claim LIMIT 1"
    )[0]["claim"]
    invented = Finding("Violation", "Claim-evidence", claim.value, "invented")
    (found,) = disagreements(release.view, profile, [invented])
    assert (found.shape, found.focus, found.is_violation) == ("Claim-evidence", claim.value, True)


def test_a_word_of_shacl_that_the_compiler_does_not_know_is_refused() -> None:
    graph = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix shape: <https://w3id.org/liaison/shape#> .
        shape:X a sh:NodeShape ; sh:targetClass shape:Y ; sh:property shape:X-z .
        shape:X-z sh:path shape:z ; sh:maxLength 5 ; sh:message "Too long." .""",
        format="turtle",
    )
    with pytest.raises(VocabularyError, match=r"X-z has .*maxLength, which the compiler does not know"):
        read(graph)
