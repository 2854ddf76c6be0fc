"""The compiler of shapes: what it writes otherwise than the shape says finds the same."""

import pyoxigraph as ox
import pytest

from graph.iris import VOCABULARIES
from graph.release import Release
from graph.store import View
from graph.validation.compiler import at_once, compiled
from graph.validation.constraints import Constraint, constraints

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items())
REWRITTEN = [rule for rule in constraints() if rule.kind == "sparql" and "MINUS" in compiled(rule)]
SAME = {
    "a denial that shares no variable": "SELECT ?this WHERE { ?this a liaison:Claim . FILTER NOT EXISTS { ?a liaison:cites ?b . ?b a liaison:Row } }",
    "a denial in the middle": "SELECT ?this WHERE { FILTER NOT EXISTS { ?this liaison:cites ?b . ?b a liaison:Row } ?this a liaison:Claim }",
    "a denial with a condition": "SELECT ?this WHERE { ?this liaison:from ?d . FILTER NOT EXISTS { ?this liaison:until ?e . FILTER (?e > ?d) } }",
    "a variable that may be unbound": "SELECT ?this WHERE { OPTIONAL { ?this a ?kind } FILTER NOT EXISTS { ?this liaison:cites ?b . ?b a liaison:Row } }",
    "one of two branches": "SELECT ?this WHERE { { ?a a ?this } UNION { ?b a ?c } FILTER NOT EXISTS { ?this liaison:cites ?b . ?b a ?c } }",
    "a variable of a query inside": "SELECT ?this WHERE { { SELECT ?this { ?this a ?c } } FILTER NOT EXISTS { ?d a ?c . ?c a ?e } }",
}


def found(view: View, query: str) -> list[str]:
    """What a query finds, each time that it does."""
    return sorted(str(sorted((name, str(value)) for name, value in row.items())) for row in view.select(query))


def as_written(rule: Constraint) -> str:
    """The query of a SPARQL constraint, its denial as the shape has it."""
    return compiled(rule).replace("MINUS {", "FILTER NOT EXISTS {")


@pytest.mark.parametrize("query", SAME.values(), ids=SAME)
def test_what_could_mean_something_else_stays_as_it_is(query: str) -> None:
    assert at_once(query) == query
    assert View.of([]).columns(PREFIXES + query) == ["this"]


def test_the_slow_ones_are_written_otherwise() -> None:
    assert {rule.shape for rule in REWRITTEN} >= {"Claim-surest", "PlainEdge-claim"}


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("rule", REWRITTEN, ids=lambda rule: rule.shape)
def test_what_is_written_otherwise_finds_the_same(rule: Constraint, part: int, release: Release) -> None:
    """In a release of which something is missing everywhere, so that much is found."""
    rows = release.view.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(rows, ox.QuerySolutions)
    named = sorted(
        (ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows if "profile" in row["g"].value or "edges" in row["g"].value),
        key=str,
    )
    spoilt = [quad for number, quad in enumerate(named) if number % 3 != part]
    view = View.of([*spoilt, *(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in spoilt)])
    assert found(view, compiled(rule)) == found(view, as_written(rule)) != []
