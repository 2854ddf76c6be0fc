"""The query behind what is seen: SPARQL that finds the claims that pass the filters."""

from collections.abc import Sequence

from graph.iris import Iris
from webapp.pages.asking import completed
from webapp.pages.explorer.ground import Topic
from webapp.pages.explorer.state import PENDING, State


def question(state: State, topics: Sequence[Topic], iris: Iris) -> str:
    """A query for the claims that pass the filters of a state, before common neighbours and the budget choose among them.

    Args:
        state: the state, in canonical form.
        topics: all topics, as a topic stands for the narrower ones as well.
        iris: makes the IRIs.
    """
    body = "\n".join(["  " + line for line in (*_read(state, iris), *_stated(state), *_near(state, iris))])
    if set(state.review) & set(PENDING):
        own = body.replace("\n", "\n  ")
        body = f'  {{\n  {own}\n  }} UNION {{\n    GRAPH ?graph {{\n    {own}\n    }}\n    FILTER (STRENDS(STR(?graph), "/proposed"))\n  }}'
    around = _around(state, topics, iris)
    return completed(
        f"# The claims that are seen in the explorer\nSELECT DISTINCT ?claim ?subject ?relation ?object WHERE {{\n{body}\n{around}}}", iris
    )


def _read(state: State, iris: Iris) -> list[str]:
    """The claims of the expanded actors, each with the neighbour that it leads to."""
    whole = [_name(name, iris) for name, readings in state.shown.items() if readings is None]
    parts = (
        [
            f"{{ VALUES ?actor {{ {' '.join(whole)} }} ?claim liaison:involves ?actor, ?other ; rdf:predicate ?relation FILTER (?other != ?actor) }}"
        ]
        if whole or not state.shown
        else []
    )
    for side, other in (("subject", "object"), ("object", "subject")):
        some = [
            f"({_name(name, iris)} liaison:{each.relation})"
            for name, readings in state.shown.items()
            for each in sorted(readings or ())
            if each.side == side
        ]
        if some:
            parts.append(
                f"{{ VALUES (?actor ?relation) {{ {' '.join(some)} }} ?claim rdf:{side} ?actor ; rdf:predicate ?relation ; rdf:{other} ?other FILTER (?other != ?actor) }}"
            )
    return [" UNION ".join(parts)]


def _stated(state: State) -> list[str]:
    """What a claim says of itself."""
    reviews = " ".join(f"review:{state_}" for state_ in state.reviews)
    lines = [
        "?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; liaison:polarity polarity:affirmed ; liaison:reviewState ?review .",
        f"VALUES ?review {{ {reviews} }}",
    ]
    if state.relation:
        lines.append(f"VALUES ?relation {{ {' '.join(f'liaison:{name}' for name in state.relation)} }}")
    if state.certainty:
        lines.append(
            f"?claim liaison:certainty ?certainty . VALUES ?certainty {{ {' '.join(f'certainty:{word}' for word in state.certainty)} }}"
        )
    first, last = state.years or (None, None)
    lines += [
        f"OPTIONAL {{ ?claim liaison:{name} ?{name} }} FILTER (!BOUND(?{name}) || xsd:integer(SUBSTR(STR(?{name}), 1, 4)) {sign} {bound})"
        for name, bound, sign in (("from", last, "<="), ("until", first, ">="))
        if bound is not None
    ]
    return lines


def _near(state: State, iris: Iris) -> list[str]:
    """What is said in the same graph as the claim."""
    lines = ["?claim liaison:statedIn ?document ."] if state.topic else []
    if state.hide:
        hidden = ", ".join(_name(name, iris) for name in state.hide)
        lines.append(f"FILTER (?subject NOT IN ({hidden}) && ?object NOT IN ({hidden}))")
    return lines


def _around(state: State, topics: Sequence[Topic], iris: Iris) -> str:
    """What is known of the neighbour."""
    lines = []
    if state.kind:
        starts = (f'STRSTARTS(STR(?other), "{iris.thing(f"{kind}/x").value[:-1]}")' for kind in state.kind)
        lines.append(f"FILTER ({' || '.join(starts)})")
    if state.country:
        lands = ", ".join(_name(name, iris) for name in state.countries)
        lines.append(f"FILTER (?other IN ({lands}) || EXISTS {{ ?other liaison:country ?land FILTER (?land IN ({lands})) }})")
    if state.topic:
        about = ", ".join(sorted({_name(topic, iris) for each in topics if each.reference in state.topics for topic in each.narrower}))
        lines.append(
            f"FILTER (?other IN ({about}) || EXISTS {{ ?document dcterms:subject ?about FILTER (?about IN ({about})) }}"
            f" || EXISTS {{ ?other liaison:addresses ?aim FILTER (?aim IN ({about})) }})"
        )
    return "".join(f"  {line}\n" for line in lines)


def _name(reference: str, iris: Iris) -> str:
    """A thing as a query names it."""
    return iris.short(iris.thing(reference).value)
