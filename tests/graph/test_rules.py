"""Each rule of each shape is shown red: a rule that nothing can break guards nothing."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from graph.iris import VOCABULARIES, term
from graph.store import View
from graph.validation import validate_release
from graph.validation.constraints import Constraint, constraints
from tests.graph.test_validation import quads

ELSEWHERE = ox.NamedNode("https://example.org/elsewhere")
WORDS = ox.Literal("words, and nothing else?!")
EARLIER, LATER = (ox.Literal(day, datatype=ox.NamedNode(f"{VOCABULARIES['xsd']}date")) for day in ("2001-01-01", "2002-02-02"))
PROPERTY_RULES = [rule for rule in constraints() if rule.kind != "sparql"]
QUERY_RULES = [rule for rule in constraints() if rule.kind == "sparql"]
BREAKING: dict[str, Callable[[Constraint], dict[str, list[ox.NamedNode | ox.Literal]]]] = {
    "minCount": lambda _: {"path": []},
    "maxCount": lambda _: {"path": [ELSEWHERE, WORDS]},
    "datatype": lambda _: {"path": [ELSEWHERE]},
    "nodeKind": lambda rule: {"path": [ELSEWHERE if "Literal" in rule.parameters[0] else WORDS]},
    "class": lambda _: {"path": [ELSEWHERE]},
    "in": lambda _: {"path": [ELSEWHERE]},
    "pattern": lambda _: {"path": [WORDS]},
    "lessThan": lambda _: {"path": [LATER], "other": [EARLIER]},
    "lessThanOrEquals": lambda _: {"path": [LATER], "other": [EARLIER]},
}
"""For each kind of rule, the values that break it."""


def named(rule: Constraint) -> str:
    """The name of a rule in a test's id."""
    return f"{rule.shape}-{rule.kind}"


def broken(given: list[ox.Quad]) -> set[str]:
    """The rules that do not hold of some data."""
    return {finding.shape for finding in validate_release(View.of(given))}


@pytest.mark.parametrize("rule", PROPERTY_RULES, ids=named)
def test_a_valid_example_with_one_value_spoilt_breaks_the_rule(rule: Constraint) -> None:
    assert rule.target
    assert rule.path
    example = [quad for quad in quads(rule.shape.split("-")[0], "valid") if quad.graph_name == ox.DefaultGraph()]
    thing = next(quad.subject for quad in example if quad.predicate == term("rdf:type") and quad.object == ox.NamedNode(rule.target))
    for where, values in BREAKING[rule.kind](rule).items():
        path = ox.NamedNode(rule.path if where == "path" else rule.parameters[0].strip("<>"))
        example = [quad for quad in example if (quad.subject, quad.predicate) != (thing, path)]
        example += [ox.Quad(thing, path, value) for value in values]
    assert rule.shape in broken(example)


@pytest.mark.parametrize("rule", QUERY_RULES, ids=named)
def test_an_invalid_example_breaks_each_query_of_its_shape(rule: Constraint) -> None:
    assert rule.shape in broken(quads(rule.shape.split("-")[0], "invalid"))
