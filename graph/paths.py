"""The shortest paths between two things, the best first, each hop with the claims that it rests on.

A path passes through no thing twice. Shorter ones come first; among those of one length the ones that pass through fewer
universal bodies and subjects, then through smaller groups, then those that rest on more certain claims, then in the
order of names. The search goes out from both ends until they meet, and then follows the best beginnings first, with
what it knows of the way that is left as a bound. What it looks at is counted; when that is too much, it ends and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Literal, NamedTuple

from graph.adjacency import Adjacency
from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from graph.dates import is_within

AVOIDABLE = ("universal", "topics", "undated")
"""What a path can be told to avoid: things in which all take part, topics and channels, claims without any date."""
BUDGET = 300_000
"""Neighbours that one search looks at."""
_SHARED, _CROWD, _UNDATED = 1 << 16, 1 << 8, 3
"""What a hop costs: to something that all share; to a larger group, by powers of four; over a claim without a date."""
_UNKNOWN, _NONE = 0, 1
"""How much a pair is doubted that was not looked at yet, and one without a wanted claim; any other is doubted more."""
_NEAR = 20_000
"""Neighbours that it always pays to look at for a better bound."""

End = Literal["enough", "length", "apart", "budget"]
"""Why a search ended: it had as many as were wanted; no other is that short; nothing connects the two; it was too much work."""


@dataclass(frozen=True)
class Wanted:
    """Which claims a path may rest on, and what it may pass through.

    Args:
        relations: local names; all where none is named.
        certainties: of `CERTAINTIES`; all where none is named.
        reviews: of `SUPPORTING_REVIEWS`; all where none is named.
        years: the first and the last year in which a claim must hold, as far as its dates are stated.
        avoid: of `AVOIDABLE`.
    """

    relations: frozenset[str] = frozenset()
    certainties: frozenset[str] = frozenset()
    reviews: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    avoid: frozenset[str] = frozenset()


class Hop(NamedTuple):
    """One step of a path: from where, to where, and the keys of the claims that allow it."""

    source: str
    target: str
    claims: tuple[str, ...]


Path = tuple[Hop, ...]
"""A path as its hops."""


@dataclass(frozen=True)
class Found:
    """What a search found.

    Args:
        paths: the paths.
        end: why it ended.
        looked: how many neighbours it looked at.
    """

    paths: tuple[Path, ...]
    end: End
    looked: int


class _Spent(Exception):
    """The search has looked at as much as it may."""


def shortest(graph: Adjacency, source: str, target: str, wanted: Wanted, *, limit: int, length: int, budget: int = BUDGET) -> Found:
    """The best paths from one thing to another.

    Args:
        graph: the simple graph.
        source: reference of the one.
        target: reference of the other.
        wanted: what a path may rest on.
        limit: how many at most.
        length: how many hops at most.
        budget: how many neighbours to look at.
    """
    ends = graph.number(source), graph.number(target)
    if ends[0] is None or ends[1] is None:
        return Found((), "apart", 0)
    search = _Search(graph, ends[0], ends[1], wanted, budget)
    paths: list[Path] = []
    end: End = "length"
    try:
        nearest = search.meet(length)
        if nearest is None:
            return Found((), "apart", search.looked)
        for hops in range(nearest, length + 1):
            for path in search.of_length(hops):
                paths.append(search.told(path))
                if len(paths) == limit:
                    return Found(tuple(paths), "enough", search.looked)
    except _Spent:
        end = "budget"
    return Found(tuple(paths), end, search.looked)


class _Sieve:
    """Which claims are wanted, and how much a pair's best one is doubted."""

    def __init__(self, graph: Adjacency, wanted: Wanted) -> None:
        self._graph, self._years, self._is_dated = graph, wanted.years, "undated" in wanted.avoid
        self._relations = [not wanted.relations or name in wanted.relations for name in graph.relations]
        self._certainties = [not wanted.certainties or name in wanted.certainties for name in CERTAINTIES]
        self._reviews = [not wanted.reviews or name in wanted.reviews for name in SUPPORTING_REVIEWS]
        self._doubts = bytearray(len(graph.claims_of))
        self.is_open = all((*self._relations, *self._certainties, *self._reviews)) and not self._years and not self._is_dated

    def doubt(self, pair: int) -> int:
        """How much the best wanted claim of a pair is doubted, `_NONE` where none is wanted, more than that otherwise."""
        if (known := self._doubts[pair]) == _UNKNOWN:
            known = self._doubts[pair] = min(map(self._doubt, self._claims(pair)), default=_NONE)
        return known

    def best(self, pair: int) -> list[int]:
        """The wanted claims of a pair, the least doubted first."""
        return sorted(self._claims(pair), key=self._doubt)

    def _claims(self, pair: int) -> Iterator[int]:
        return filter(self._is_wanted, range(self._graph.claims_of[pair], self._graph.claims_of[pair + 1]))

    def _is_wanted(self, claim: int) -> bool:
        graph = self._graph
        if not (
            self._relations[graph.relation[claim]] and self._certainties[graph.certainty[claim]] and self._reviews[graph.review[claim]]
        ):
            return False
        first, last = graph.first[claim], graph.last[claim]
        if self._is_dated and not first and not last:
            return False
        return not self._years or is_within(first, last, self._years)

    def _doubt(self, claim: int) -> int:
        is_undated = self._years and not self._graph.first[claim] and not self._graph.last[claim]
        return _NONE + 1 + self._graph.certainty[claim] + (_UNDATED if is_undated else 0)


class _Search:
    """One search: what lies how far from the target, and the beginnings that may still become paths."""

    def __init__(self, graph: Adjacency, source: int, target: int, wanted: Wanted, budget: int) -> None:
        self._graph, self._source, self._target, self._sieve = graph, source, target, _Sieve(graph, wanted)
        shared = graph.universal | graph.subjects
        avoided = (graph.universal if "universal" in wanted.avoid else frozenset()) | (
            graph.subjects if "topics" in wanted.avoid else frozenset()
        )
        self._shared, self._avoided = shared, avoided - {source, target}
        self._away, self._radius, self._edge = {target: 0}, 0, {target}
        self._least = {target: 0}
        self._budget = budget
        self._seen, self._front = {source}, {source}
        self.looked = 0

    def meet(self, length: int) -> int | None:
        """How many hops the two are apart, or one more than `length` if that is more; None if nothing connects them."""
        if self._source == self._target:
            return None
        reach = 0
        while reach + self._radius < length:
            if self._volume(self._front) < self._volume(self._edge):
                self._front = self._beyond(self._front) - self._seen
                self._seen |= self._front
                reach += 1
            else:
                self._grow()
            if not self._front or not self._edge:
                return None
            if not self._front.isdisjoint(self._edge):
                return reach + self._radius
        return length + 1

    def of_length(self, hops: int) -> Iterator[tuple[int, ...]]:
        """The paths of exactly so many hops, the best first."""
        while self._radius < hops - 1 and self._volume(self._edge) <= max(self._volume(self._front), _NEAR):
            self._grow()
        heap: list[tuple[int, tuple[int, ...], int]] = [(0, (self._source,), 0)]
        while heap:
            _, path, cost = heappop(heap)
            left = hops - len(path)
            if left < 0:
                yield path
                continue
            for other, pair in self._open(path[-1]):
                away = self._away.get(other, self._radius + 1)
                if away > left or other in path or (left and other == self._target):
                    continue
                so_far = cost + self._cost(other, pair)
                rest = self._at_least(other) if away == left and other in self._away else 0
                heappush(heap, (so_far + rest, (*path, other), so_far))

    def told(self, path: tuple[int, ...]) -> Path:
        """A path as its hops."""
        return tuple(
            Hop(
                self._graph.reference(one),
                self._graph.reference(other),
                tuple(map(self._graph.claim, self._sieve.best(self._graph.pair(one, other)))),
            )
            for one, other in pairwise(path)
        )

    def _open(self, thing: int) -> list[tuple[int, int]]:
        """The neighbours to which a wanted claim leads, each with the pair that they make."""
        begin, end = self._graph.starts[thing], self._graph.starts[thing + 1]
        self._spend(end - begin)
        beside = zip(self._graph.neighbours[begin:end], self._graph.pairs[begin:end], strict=True)
        if self._sieve.is_open:
            return [step for step in beside if step[0] not in self._avoided]
        doubt, avoided = self._sieve.doubt, self._avoided
        return [step for step in beside if step[0] not in avoided and doubt(step[1]) > _NONE]

    def _beyond(self, things: set[int]) -> set[int]:
        """All their neighbours."""
        if not self._sieve.is_open:
            return {other for thing in things for other, _ in self._open(thing)}
        starts, neighbours = self._graph.starts, self._graph.neighbours
        self._spend(self._volume(things))
        return set().union(*(neighbours[starts[thing] : starts[thing + 1]] for thing in things)) - self._avoided

    def _grow(self) -> None:
        """Learn what lies one hop further from the target."""
        self._edge = self._beyond(self._edge) - self._away.keys()
        self._radius += 1
        self._away |= dict.fromkeys(self._edge, self._radius)

    def _at_least(self, thing: int) -> int:
        """What the best of the shortest ways from here to the target costs."""
        if thing not in self._least:
            nearer = self._away[thing] - 1
            self._least[thing] = min(
                self._cost(other, pair) + self._at_least(other) for other, pair in self._open(thing) if self._away.get(other) == nearer
            )
        return self._least[thing]

    def _cost(self, other: int, pair: int) -> int:
        """What a hop costs; where it ends at the target, only doubt counts."""
        cost = self._sieve.doubt(pair) - _NONE - 1
        if other != self._target:
            cost += (_SHARED if other in self._shared else 0) + self._graph.degree(other).bit_length() // 2 * _CROWD
        return cost

    def _volume(self, things: set[int]) -> int:
        starts = self._graph.starts
        return sum(starts[thing + 1] - starts[thing] for thing in things)

    def _spend(self, neighbours: int) -> None:
        self.looked += neighbours
        if self.looked > self._budget:
            raise _Spent
