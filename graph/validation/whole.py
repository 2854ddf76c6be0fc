"""A whole release judged by set queries on its store."""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.iris import VOCABULARIES
from graph.store import View
from graph.validation.compiler import compiled
from graph.validation.constraints import Constraint, constraints
from graph.validation.findings import Finding

_ABOUT = (
    "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items())
    + """SELECT ?label ?source WHERE {
    OPTIONAL { $focus rdfs:label|skos:prefLabel|dcterms:title|^liaison:hasEvidence/rdfs:label ?label }
    OPTIONAL { $focus liaison:hasEvidence?/liaison:cites/liaison:text ?source }
} LIMIT 1"""
)


def validate_release(view: View, rules: Iterable[Constraint] | None = None) -> list[Finding]:
    """Everything in a store that breaks a rule.

    Args:
        view: the store, its default graph being the sum of its named graphs.
        rules: the constraints; those of the shipped shapes by default.
    """
    found = {finding for rule in (constraints() if rules is None else rules) for finding in _findings(view, rule)}
    return sorted(found)


def _findings(view: View, rule: Constraint) -> Iterable[Finding]:
    for row in view.select(compiled(rule)):
        focus, value = row["this"], row.get("value")
        label, source = in_words(view, focus)
        if not source and isinstance(value, ox.NamedNode):
            source = in_words(view, value)[0]
        yield Finding(rule.severity, rule.shape, str(focus.value), rule.message, label, str(value.value) if value else "", source)


def in_words(view: View, node: ox.NamedNode | ox.Literal) -> tuple[str, str]:
    """What a thing is called, and the sentence or row that it rests on; each empty where there is none."""
    if not isinstance(node, ox.NamedNode):
        return "", ""
    row = view.select(_ABOUT, focus=node)[0]
    return tuple(row[name].value if name in row else "" for name in ("label", "source"))  # type: ignore[return-value]
