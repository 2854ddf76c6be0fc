"""What a release says of the actors that are expanded: the one part of the explorer that asks the store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.iris import Iris
from webapp.live import Serving
from webapp.pages.asking import Row, ask, ask_some, words
from webapp.pages.claims import Shown, newly, shown
from webapp.pages.explorer.state import PENDING, Reading, State
from webapp.pages.facts import label_of
from webapp.pages.outlines import outline, proved
from webapp.pages.proofs import Proof, proofs

_COUNTS = """SELECT ?thing ?relation ?side (COUNT(?claim) AS ?claims) WHERE {
  VALUES ?thing { #things }
  { ?claim rdf:subject ?thing BIND ("subject" AS ?side) } UNION { ?claim rdf:object ?thing BIND ("object" AS ?side) }
  ?claim rdf:predicate ?relation ; liaison:polarity polarity:affirmed
} GROUP BY ?thing ?relation ?side"""
_TIES = """SELECT ?claim WHERE {
  VALUES ?subject { #things }
  ?claim rdf:subject ?subject ; rdf:object ?object ; liaison:polarity polarity:affirmed
  FILTER (?object IN (#others))
}"""


@dataclass(frozen=True)
class Topic:
    """A topic with all that are narrower."""

    reference: str
    label: str
    narrower: frozenset[str]


@dataclass(frozen=True)
class Ground:
    """What is known before anything is filtered.

    Args:
        claims: for each expanded actor its claims, published ones and, where they are wanted, others.
        labels: the name of each thing.
        countries: the country of each thing that belongs to one; a country belongs to itself.
        universal: bodies in which all take part.
        topics: all topics, in the order of their names.
        addressed: the topics of each thing and of each document.
        pending: the claims outside the published graph, by their keys, each with the state of its review.
    """

    claims: Mapping[str, Sequence[Shown]]
    labels: Mapping[str, str]
    countries: Mapping[str, frozenset[str]]
    universal: frozenset[str]
    topics: Sequence[Topic]
    addressed: Mapping[str, frozenset[str]]
    pending: Mapping[str, str]


def ground(serving: Serving, state: State) -> Ground:
    """What a release says of the actors of a state.

    Args:
        serving: the release.
        state: of which actors, and whether with what is outside the published graph; the actors are known to be there.
    """
    is_pending = bool(set(state.review) & set(PENDING))
    claims: dict[str, Sequence[Shown]] = {}
    labels: dict[str, str] = {}
    pending: dict[str, str] = {}
    near: list[Row] = []
    for reference in {**state.shown, **dict.fromkeys(state.actor)}:
        node = serving.iris.thing(reference)
        found = list(outline(serving, node)[0])
        if is_pending:
            found += _proposed(serving, node)
        claims[reference] = found
        near += ask(serving, "neighbours", thing=node).rows
        rows = ask(serving, "pending", thing=node).rows
        pending |= {words(row, "claim").rpartition("/")[2]: words(row, "review").rpartition("#")[2] for row in rows}
        labels |= {end.reference: end.label for claim in found for end in (claim.subject, claim.object)}
        if reference not in labels:
            labels[reference] = label_of(ask(serving, "thing", thing=node).rows, reference)
    labels |= {
        reference: label_of(ask(serving, "thing", thing=serving.iris.thing(reference)).rows, reference)
        for reference in state.hide
        if reference not in labels
    }
    pairs = _pairs(near, "other", "country", serving.iris)
    labels = {serving.iris.reference(words(row, "country")) or "": words(row, "countryLabel") for row in near if "country" in row} | labels
    own = {reference: frozenset([reference]) for reference in labels if reference.startswith("country/")}
    universal = frozenset(serving.iris.reference(words(row, "other")) or "" for row in near if words(row, "universal") == "true")
    addressed = _pairs(ask(serving, "addressing").rows, "thing", "topic", serving.iris)
    return Ground(claims, labels, {**pairs, **own}, universal, topics(serving), addressed, pending)


def topics(serving: Serving) -> list[Topic]:
    """All topics, each with those below it."""
    rows = ask(serving, "topics").rows
    names = {serving.iris.reference(words(row, "topic")) or "": words(row, "label") for row in rows}
    below: dict[str, set[str]] = {}
    for topic, broader in _pairs(rows, "topic", "broader", serving.iris).items():
        for each in broader:
            below.setdefault(each, set()).add(topic)
    return [Topic(reference, label, frozenset(_all_below(reference, below))) for reference, label in names.items()]


def among(serving: Serving, references: Sequence[str]) -> list[Shown]:
    """The published claims that tie these things to each other; what is denied is not among them."""
    if not references:
        return []
    things = [str(serving.iris.thing(reference)) for reference in references]
    query = _TIES.replace("#things", " ".join(things)).replace("#others", ", ".join(things))
    claims = [row["claim"] for row in serving.view.select(serving.iris.header() + query)]
    rows = ask_some(serving, "claims", (claim for claim in claims if isinstance(claim, ox.NamedNode)))
    return shown(rows, (), serving.iris, serving.day)


def counts(serving: Serving, references: Iterable[str]) -> dict[str, dict[Reading, int]]:
    """How many published claims each thing has, by relation and side: what would come if it were expanded."""
    things = " ".join(str(serving.iris.thing(reference)) for reference in references)
    found: dict[str, dict[Reading, int]] = {}
    for row in serving.view.select(serving.iris.header() + _COUNTS.replace("#things", things)) if things else []:
        reading = Reading(words(row, "relation").partition("#")[2], words(row, "side"))
        found.setdefault(serving.iris.reference(words(row, "thing")) or "", {})[reading] = int(words(row, "claims"))
    return found


def with_evidence(serving: Serving, claims: Sequence[Shown], actors: Iterable[str]) -> list[Shown]:
    """Claims with the words that they rest on.

    Args:
        serving: the release.
        claims: the claims, published ones and others.
        actors: the actors of which the others are.
    """
    published = [claim for claim in claims if claim.review not in PENDING]
    others = [claim for claim in claims if claim.review in PENDING]
    found: dict[str, Proof] = {}
    for reference in actors if others else ():
        rows = ask(serving, "proposed-evidence", thing=serving.iris.thing(reference)).rows
        found |= {proof.key: proof for proof in proofs(rows, serving.iris) if proof.key not in found}
    there = {claim.key: claim for claim in [*proved(serving, published), *newly(others, list(found.values()))]}
    return [there[claim.key] for claim in claims]


def _proposed(serving: Serving, node: ox.NamedNode) -> list[Shown]:
    rows = ask(serving, "proposed", thing=node).rows
    return [claim for claim in shown(rows, (), serving.iris, serving.day) if claim.review in PENDING]


def _pairs(rows: Iterable[Row], one: str, other: str, iris: Iris) -> dict[str, frozenset[str]]:
    """One column to what stands beside it in another."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if other in row:
            found.setdefault(iris.reference(words(row, one)) or "", set()).add(iris.reference(words(row, other)) or "")
    return {name: frozenset(values) for name, values in found.items()}


def _all_below(topic: str, below: Mapping[str, Iterable[str]]) -> set[str]:
    found, waiting = {topic}, [topic]
    while waiting:
        for each in below.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
