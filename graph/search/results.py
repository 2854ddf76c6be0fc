"""What an index has for a wish: how much of each kind, the best of it, and by what it can be narrowed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from tantivy import Query

from graph.search import queries
from graph.search.entries import DOCUMENT, SENTENCE, Entry
from graph.search.index import Hit, Index
from graph.search.likeness import Piece, marked, named
from graph.search.wish import FACETS, Wish
from graph.search.writing import GAIN

KINDS = ("country", "body", "group", "practice", "topic", "channel", "policy", "profile", "collective", SENTENCE)
"""Kinds of what can be found, in the order of what fits equally well."""
_VALUES = 100
"""Values of a facet that are counted; more would be a list that nobody reads."""
_SUGGESTED, _SUGGESTED_SENTENCES, _LETTERS = 6, 2, 3
"""Things and sentences that are suggested at most, and letters from which on sentences are."""

_AT_ONCE = 10
"""How many times what is shown of a kind is fetched of all kinds together, before a kind is asked for apart."""


class Value(NamedTuple):
    """A value by which results can be narrowed: its key, its name, and how many have it."""

    key: str
    label: str
    number: int


class Group(NamedTuple):
    """The best of one kind, and how much of it there is."""

    kind: str
    number: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Results:
    """What an index has for a wish.

    Mistakes are forgiven only where nothing fits as it is written, in names and in sentences apart: who writes a name
    as it is never finds others that merely look like it.

    Args:
        index: the index.
        wish: the wish.
    """

    index: Index
    wish: Wish

    @property
    def is_tolerant(self) -> bool:
        """Whether no name has the words as they are written."""
        return bool(self.wish.parts) and not self._exact

    @property
    def is_tolerant_of_text(self) -> bool:
        """Whether no sentence has the words as they are written."""
        return bool(self.wish.parts) and not self._exact_sentences

    @cached_property
    def _exact(self) -> list[Hit]:
        """The best things that have the words as they are written, as many as are suggested."""
        query = queries.names(self.index.schema, self.wish, is_tolerant=False)
        return list(self.index.hits(query, _SUGGESTED)) if self.wish.parts else []

    @cached_property
    def _exact_sentences(self) -> list[Hit]:
        """The best sentences that have them."""
        query = queries.sentences(self.index.schema, self.wish, is_tolerant=False)
        return list(self.index.hits(query, _SUGGESTED_SENTENCES)) if self.wish.parts else []

    @cached_property
    def _is_beside(self) -> bool:
        """Whether anything has all words beside its name or text; a word with a mistake mostly stands nowhere."""
        return self.index.count(queries.beside(self.index.schema, self.wish)) > 0

    @cached_property
    def _names(self) -> Query:
        if not self.wish.parts:
            return queries.things(self.index.schema)
        return queries.names(self.index.schema, self.wish, is_tolerant=self.is_tolerant, is_beside=self._is_beside)

    @cached_property
    def _sentences(self) -> Query:
        if not self.wish.parts:
            return queries.of_kind(self.index.schema, SENTENCE)
        is_first = self.is_tolerant and not self.is_tolerant_of_text
        return queries.sentences(
            self.index.schema, self.wish, is_tolerant=self.is_tolerant_of_text, is_beside=self._is_beside, is_first=is_first
        )

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing is looked for at all."""
        return not self.wish.parts and not self.wish.chosen

    @cached_property
    def _query(self) -> Query:
        if self.is_empty:
            return Query.empty_query()
        return queries.narrowed(self.index.schema, queries.either(self._names, self._sentences), self.wish.chosen)

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return self.index.count(self._query)

    def part(self, limit: int, offset: int = 0) -> list[Entry]:
        """Some of them, the best first.

        Args:
            limit: how many, at least one.
            offset: how many to pass over.
        """
        return [hit.entry for hit in self.index.hits(self._query, limit, offset)] if offset < self.total else []

    @cached_property
    def _counted(self) -> dict[str, list[tuple[str, int]]]:
        """The values of all facets that are not chosen, counted at once."""
        return self.index.values(self._query, [facet for facet in FACETS if facet not in self.wish.chosen], _VALUES)

    @cached_property
    def kinds(self) -> list[Value]:
        """The kinds of what fits, whichever of them is chosen."""
        if "kind" in self.wish.chosen:
            chosen = {facet: key for facet, key in self.wish.chosen.items() if facet != "kind"}
            query = queries.narrowed(self.index.schema, queries.either(self._names, self._sentences), chosen)
            found = dict(self.index.values(query, ["kind"], _VALUES)["kind"])
        else:
            found = {} if self.is_empty else dict(self._counted["kind"])
        return [Value(kind, kind, found[kind]) for kind in KINDS if kind in found]

    @cached_property
    def facets(self) -> Mapping[str, list[Value]]:
        """The values by which it can be narrowed further: of each facet but the kind that is not chosen yet."""
        made = {
            facet: [Value(key, self.label(facet, key), count) for key, count in values]
            for facet, values in self._counted.items()
            if facet != "kind"
        }
        made.get("said", []).sort(reverse=True)
        return {facet: values for facet, values in made.items() if values}

    def label(self, facet: str, key: str) -> str:
        """The name of a value of a facet."""
        return (self.index.label(f"{facet}/{key}") if facet in ("country", "topic") else "") or key

    def groups(self, most: int) -> list[Group]:
        """The best of each kind, the kind first whose best fits best.

        Args:
            most: how many of each kind.
        """
        best: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.index.hits(self._query, most * _AT_ONCE):
            best[hit.entry.kind].append(hit)
        found = []
        for kind in self.kinds:
            hits = best[kind.key][:most]
            if len(hits) < min(most, kind.number):
                query = queries.narrowed(self.index.schema, self._query, {"kind": kind.key})
                hits = list(self.index.hits(query, most))
            if hits:
                found.append((_rank(hits[0]), kind, hits))
        found.sort(key=lambda group: -group[0])
        return [Group(kind.key, kind.number, tuple(hit.entry for hit in hits)) for _, kind, hits in found]

    def suggestions(self) -> list[Group]:
        """The few that a field shows while somebody types, by kind, each kind once."""
        if not self.wish.parts:
            return []
        hits = self._exact or list(self.index.hits(self._names, _SUGGESTED))
        if len(self.wish.whole) >= _LETTERS:
            is_exact = self._exact or (hits and self.is_tolerant_of_text)  # to look for mistakes twice takes too long for each letter
            hits = [*hits, *(self._exact_sentences if is_exact else self.index.hits(self._sentences, _SUGGESTED_SENTENCES))]
        order = list(dict.fromkeys(hit.entry.kind for hit in sorted(hits, key=lambda hit: -_rank(hit))))
        hits.sort(key=lambda hit: order.index(hit.entry.kind))
        parts = ((kind, tuple(hit.entry for hit in some)) for kind, some in groupby(hits, key=lambda hit: hit.entry.kind))
        return [Group(kind, len(some), some) for kind, some in parts]

    def pieces(self, text: str, entry: Entry, most: int = 0) -> list[Piece]:
        """A text of an entry in pieces, what was looked for marked.

        Args:
            text: its label, or another of its names.
            entry: the entry.
            most: letters to show, 0 for all.
        """
        is_tolerant = self.is_tolerant_of_text if entry.kind == SENTENCE else self.is_tolerant
        return marked(text, self.wish.words, is_tolerant=is_tolerant, most=most)

    def name(self, entry: Entry) -> tuple[str, str]:
        """The name by which a thing was found, with its language."""
        names = entry.names or ((entry.label, ""),)
        return named(names, self.wish.whole, self.wish.words, is_tolerant=self.is_tolerant) if self.wish.parts else names[0]


def _rank(hit: Hit) -> float:
    """By what kinds are ordered. The claims of a document are not about it, and put it before no actor that fits as well."""
    return hit.score / (1 + GAIN) if hit.entry.kind == DOCUMENT else hit.score
