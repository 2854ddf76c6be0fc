"""A comparison, asked of a release; pages, tables and answers are made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from graph import affiliations, dumps
from graph.excerpt import Said
from graph.iris import term
from graph.store import View
from webapp.live import Serving
from webapp.pages.asking import Answer, ask, completed, words
from webapp.pages.claims import Shown
from webapp.pages.comparison import sections
from webapp.pages.comparison.asked import Asked, Wanted
from webapp.pages.comparison.columns import Column, claims_by_thing, columns, own_by_thing
from webapp.pages.comparison.held import Held, editions
from webapp.pages.comparison.matrix import Matrix, matrix
from webapp.pages.comparison.table import PARTS, Part, Row, rows

_ON = "?claim liaison:involves $on ."
_ON_TOPIC = """FILTER EXISTS {
    VALUES ?about { $topics }
    ?claim liaison:involves|(liaison:statedIn/dcterms:subject)|(liaison:involves/(liaison:addresses|liaison:targets)) ?about
  }"""
"""What is on a topic: what names it, what documents on it say, and what involves something directed at it."""


@dataclass(frozen=True)
class Comparison:
    """The whole.

    Args:
        columns: the things compared.
        sections: the template's sections in their documents.
        claimed: the query that found the claims.
        own: the query for what is the things' own.
        section_queries: the queries for the sections.
        documents: the queries for the documents, held and expected.
    """

    columns: Sequence[Column]
    sections: Sequence[sections.SectionRow]
    claimed: str
    own: str
    section_queries: Sequence[str]
    documents: Sequence[str]

    @cached_property
    def parts(self) -> list[tuple[Part, list[Row]]]:
        """The parts that are made of claims, each with its rows."""
        every = rows(self.columns)
        return [(part, [row for row in every if part.has(row.end)]) for part in PARTS]

    @property
    def claims(self) -> list[str]:
        """The keys of all claims in any cell, each once."""
        return sorted({claim.key for column in self.columns for claim in column.claims})


_KEPT: WeakKeyDictionary[View, dict[str, Comparison]] = WeakKeyDictionary()
_MOST_KEPT = 16
"""Comparisons that are kept, by release and by what is asked; a release never changes."""


def compare(serving: Serving, asked: Asked) -> Comparison:
    """The comparison of things that the release holds; the last ones are kept, as a reader goes on to their parts, tables and data.

    Args:
        serving: the release.
        asked: what is compared, each thing known to be held.
    """
    kept = _KEPT.setdefault(serving.view, {})
    if (known := kept.pop(asked.query, None)) is None:
        known = _made(serving, asked)
    kept[asked.query] = known
    for oldest in list(kept)[:-_MOST_KEPT]:
        kept.pop(oldest, None)
    return known


def _made(serving: Serving, asked: Asked) -> Comparison:
    there = known_on(serving, asked.topic)
    claims, own = _claims(serving, asked.things, there.topics), ask(serving, "compared-own", things=_nodes(serving, asked.things))
    by_thing = claims_by_thing(claims.rows, serving.iris, serving.day)
    made = columns(asked.things, countries(serving), there.held, by_thing, own_by_thing(own.rows, serving.iris))
    parts, queries = found_sections(serving, made)
    return Comparison(made, sections.rows(template(serving), parts, made), claims.query, own.query, queries, there.queries)


def between(serving: Serving, wanted: Wanted, on: str, topic: str) -> tuple[Column, list[Shown], str]:
    """The claims of one cell, without their evidence: what one thing has to do with another; and the query for them.

    Args:
        serving: the release.
        wanted: the thing compared.
        on: reference of the row's thing.
        topic: reference of the topic to which all is narrowed, empty for none.
    """
    claims = _claims(serving, [wanted], known_on(serving, topic).topics, on)
    found = claims_by_thing(claims.rows, serving.iris, serving.day)
    return bare(serving, wanted, topic), list(found.get(wanted.reference, ())), claims.query


def bare(serving: Serving, wanted: Wanted, topic: str) -> Column:
    """A thing compared with its documents and without its claims."""
    (column,) = columns([wanted], countries(serving), known_on(serving, topic).held, {}, {})
    return column


def found_sections(serving: Serving, made: Iterable[Column]) -> tuple[list[sections.Found], list[str]]:
    """The sections in the documents of the things compared, and the query for them; nothing is asked where there are none."""
    profiles = sorted({edition.reference for column in made for edition in column.editions})
    if not profiles:
        return [], []
    answer = ask(serving, "compared-sections", profiles=[serving.iris.thing(profile) for profile in profiles])
    return sections.found(answer.rows, serving.iris), [answer.query]


@dataclass(frozen=True)
class Known:
    """What a release holds on a topic.

    Args:
        held: the documents, and of which countries one is expected.
        topics: IRIs of the topic and of all narrower ones; none for every topic.
        queries: those that found the documents.
    """

    held: Held
    topics: Sequence[ox.NamedNode]
    queries: Sequence[str]


_KNOWN: WeakKeyDictionary[View, dict[str, Known]] = WeakKeyDictionary()
"""What is held on each topic that was asked for, by release; a release never changes."""


def known_on(serving: Serving, topic: str = "") -> Known:
    """What the release holds on a topic, or on any."""
    kept = _KNOWN.setdefault(serving.view, {})
    if topic not in kept:
        kept[topic] = _looked_up(serving, topic)
    return kept[topic]


def _looked_up(serving: Serving, topic: str) -> Known:
    documents = ask(serving, "editions")
    expected = ask(serving, "expected", today=ox.Literal(serving.day, datatype=term("xsd:date")))
    topics = [row["topic"] for row in ask(serving, "narrower", topic=serving.iris.thing(topic)).rows] if topic else []
    nodes = [node for node in topics if isinstance(node, ox.NamedNode)]
    members = {serving.iris.reference(words(row, "country")) or "" for row in expected.rows}
    of_topics = frozenset(serving.iris.reference(node.value) or "" for node in nodes)
    held = Held(editions(documents.rows, serving.iris), frozenset(members), of_topics)
    return Known(held, nodes, [documents.query, expected.query])


def countries(serving: Serving) -> Mapping[str, str]:
    """What countries are called, by reference."""
    return {serving.iris.reference(words(row, "country")) or "": words(row, "name") for row in ask(serving, "states").rows}


def template(serving: Serving) -> list[tuple[str, str]]:
    """Key and name of each section of the template, in the order in which documents have them."""
    found = [row for row in ask(serving, "template").rows if "concept" in row]
    found.sort(key=lambda row: (words(row, "sections") == "0", float(words(row, "place") or 0), words(row, "name")))
    return [(words(row, "concept").rpartition("#")[2], words(row, "name")) for row in found]


_MATRICES: WeakKeyDictionary[View, tuple[Matrix, list[str]]] = WeakKeyDictionary()
"""The matrix of each release; a release never changes."""


def networks(serving: Serving) -> tuple[Matrix, list[str]]:
    """Countries by networks, and the queries behind it: as counted when the release was made, or now where an earlier Liaison made it."""
    if serving.view not in _MATRICES:
        path = serving.release.folder / affiliations.FILE
        found = affiliations.read(path) if path.is_file() else affiliations.find(serving.view, serving.iris)
        there, labels = known_on(serving), ask(serving, "networks").rows
        names = {serving.iris.reference(words(row, "network")) or "": words(row, "name") for row in labels}
        made = matrix(found, names, countries(serving), there.held, serving.iris, serving.day)
        _MATRICES[serving.view] = made, [completed(affiliations.QUERY, serving.iris), *there.queries]
    return _MATRICES[serving.view]


def turtle(serving: Serving, comparison: Comparison) -> bytes:
    """The claims behind a comparison with their evidence, the plain edges and the names of all that is mentioned, as Turtle."""
    references = {column.wanted.reference for column in comparison.columns}
    references |= {edition.reference for column in comparison.columns for edition in column.editions}
    own = [triple for reference in sorted(references) for triple in serving.view.about(serving.iris.thing(reference))]
    claims = [serving.iris.thing(f"claim/{key}") for key in comparison.claims]
    return dumps.serialised(Said(serving.view).about(own, claims), ox.RdfFormat.TURTLE, serving.iris.prefixes)


def _claims(serving: Serving, things: Sequence[Wanted], topics: Sequence[ox.NamedNode], on: str = "") -> Answer:
    narrowed = "\n  ".join(([_ON] if on else []) + ([_ON_TOPIC] if topics else []))
    values = {"on": serving.iris.thing(on)} if on else {}
    return ask(serving, "compared", narrowed, things=_nodes(serving, things), topics=topics, **values)


def _nodes(serving: Serving, things: Iterable[Wanted]) -> list[ox.NamedNode]:
    return [serving.iris.thing(reference) for reference in dict.fromkeys(thing.reference for thing in things)]
