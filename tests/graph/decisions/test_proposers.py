"""Evidence says which rule proposed the claim on it, and how sure that was; of claims that no rule proposed it says neither."""

import pyoxigraph as ox
import pytest

from graph.decisions.events import Act
from graph.store import View
from graph.validation import validate_release
from tests.few_rules import RULES
from tests.graph.decisions.desks import COOPERATES, EUROPOL, IRIS, KEY, WORDS, Desk, Made, claim
from tests.graph.decisions.making import SPAIN


def proposers(made: Made, words: str = "", *, is_open: bool = False) -> set[tuple[str, str]]:
    """The rule, and how sure it was, of each piece of evidence of the profile, or of one claim."""
    rows = made.view.select(
        IRIS.header()
        + """SELECT ?rule ?sure { GRAPH $graph { ?claim rdfs:label ?words ; liaison:hasEvidence ?evidence }
          OPTIONAL { GRAPH $graph { ?evidence liaison:proposedBy ?rule } } OPTIONAL { GRAPH $graph { ?evidence liaison:confidence ?sure } }
          FILTER ($words = "" || STR(?words) = $words) }""",
        graph=IRIS.graph(f"profile/{KEY}/proposed" if is_open else f"profile/{KEY}"),
        words=ox.Literal(words),
    )
    return {(row["rule"].value if "rule" in row else "", row["sure"].value if "sure" in row else "") for row in rows}


def test_what_is_open_says_which_rule_proposed_it_and_how_sure_that_was(desk: Desk) -> None:
    made = desk.assembled()
    found = proposers(made, is_open=True)
    assert {"co-drives", "cooperates-with"} <= {rule for rule, _ in found} <= set(RULES)
    assert all(0 < float(sure) < 1 for _, sure in found)
    assert proposers(made) == {("", "")}
    everything = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in (*made.assembly.quads, *made.assembly.open)]
    assert not [finding for finding in validate_release(View.of(everything)) if finding.shape.startswith("Evidence")]
    assert not [finding for finding in validate_release(made.view) if finding.is_violation]


BY_RULE = {"rule": "supports", "version": "1", "confidence": 0.85}
PROPOSED: dict[str, tuple[list[tuple[Act, str, str]], dict[str, object], tuple[str, str, str]]] = {
    "accepted": ([("accept", "ana", "supports")], BY_RULE, ("supports", "supports", "0.85")),
    "accepted-with-a-whole-number": ([("accept", "ana", "supports")], BY_RULE | {"confidence": 1.0}, ("supports", "supports", "1")),
    "accepted-of-a-plug-in": (
        [("accept", "ana", "supports")],
        {"rule": "plugin:chat@1.0", "confidence": 0.125},
        ("supports", "plugin:chat@1.0", "0.125"),
    ),
    "accepted-without-a-rule": ([("accept", "ana", "supports")], {}, ("supports", "", "")),
    "accepted-with-a-remark-for-a-rule": ([("accept", "ana", "supports")], BY_RULE | {"rule": "as Ana says"}, ("supports", "", "")),
    "added": ([("add", "ana", "supports")], BY_RULE, ("supports", "", "")),
    "rejected": ([("reject", "ana", "supports")], BY_RULE, ("supports", "supports", "0.85")),
    "disputed": ([("accept", "ana", "supports"), ("reject", "ben", "supports")], BY_RULE, ("supports", "supports", "0.85")),
    "what-was-corrected": ([("correct", "ana", "supports")], BY_RULE, ("supports", "supports", "0.85")),
    "what-a-correction-made-of-it": ([("correct", "ana", "supports")], BY_RULE, ("reportsTo", "", "")),
    "what-a-correction-made-of-it-and-a-rule-proposes": (
        [("correct", "ana", "supports"), ("accept", "ben", "reportsTo")],
        BY_RULE,
        ("reportsTo", "supports", "0.85"),
    ),
}
"""Acts with what their evidence says of a rule; the relation of a claim, the rule that its evidence names, and how sure that is."""


@pytest.mark.parametrize("name", PROPOSED)
def test_evidence_names_the_rule_that_proposed_the_claim_on_it_and_no_other(name: str, desk: Desk) -> None:
    acts, by_rule, (relation, rule, sure) = PROPOSED[name]
    evidence = desk.evidence(COOPERATES).model_copy(update=by_rule)
    for act, by, decided in acts:
        more = {"replacement": claim("reportsTo", SPAIN, EUROPOL)} if act == "correct" else {}
        desk.decide(act, by, claim(decided, SPAIN, EUROPOL), evidence, **more)
    made = desk.assembled()
    words = {"supports": WORDS, "reportsTo": "Spain reports to Europol"}[relation]
    assert proposers(made, words, is_open=words in made.claims(is_open=True)) == {(rule, sure)}
    assert not [finding for finding in validate_release(made.view) if finding.is_violation]
