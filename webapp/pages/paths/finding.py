"""Both ends, the search between them, and its steps."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from weakref import WeakKeyDictionary

from werkzeug.exceptions import ServiceUnavailable

from graph.adjacency import Adjacency
from graph.paths import BUDGET, Found, Path, shortest
from graph.store import View
from webapp.live import Serving
from webapp.pages.claims import End
from webapp.pages.paths.ends import Named, named
from webapp.pages.paths.steps import Way, ways
from webapp.pages.paths.wanted import MOST_HOPS, PathsParameters

MOST_SHOWN = 36
"""Hops that a page shows, so that it stays small."""
ROOM = 30
"""Claims that a page shows with their evidence; the exports hold all."""
MISSING = (
    "This release was made by an earlier Liaison, which kept nothing in which paths could be found. "
    "They are here once `liaison build` has made the next release."
)
"""What is said of a release without a graph of neighbours."""
_LABELS = 'SELECT ?thing ?label WHERE { VALUES ?thing { #things } ?thing skos:prefLabel ?label FILTER (LANG(?label) IN ("en", "")) } ORDER BY ?label'
_MOST_SUGGESTED, _EXAMPLE = 80, ("country/", "body/")


@dataclass(frozen=True)
class Suggested:
    """What the form suggests.

    Args:
        names: names of the actors with most neighbours, in order.
        example: two things to begin with; none where the release has none of their kinds.
    """

    names: Sequence[str]
    example: Sequence[End]


_SUGGESTED: WeakKeyDictionary[View, Suggested] = WeakKeyDictionary()
"""What the form suggests, by release; a release never changes."""


@dataclass(frozen=True)
class Answer:
    """What became of a question for paths.

    Args:
        given: the question.
        source: what was found for the one end.
        target: what was found for the other.
        found: what the search found; None where it is not known between what to search, or both ends are the same.
        ways: the paths as pages show them.
    """

    given: PathsParameters
    source: Named
    target: Named
    found: Found | None
    ways: Sequence[Way]

    @property
    def is_same(self) -> bool:
        """Whether both ends are the same thing."""
        return self.source.end is not None and self.source.end == self.target.end

    @property
    def words(self) -> str:
        """Why there are no more paths than these, in words."""
        if self.is_same:
            return "Both ends are the same; a path needs two."
        if self.found is None:
            return ""
        count, hops = len(self.found.paths), _counted(self.given.length, "hop")
        match self.found.end:
            case "enough":
                return f"The {_counted(count, 'path')} that come{'s' if count == 1 else ''} first; there may be more."
            case "length":
                return f"There is no other path of at most {hops}." if count else f"There is no path of at most {hops}."
            case "apart":
                fitting = " that fits the conditions" if self.given.conditions else ""
                return (
                    f"No claim{fitting} connects the two, however long the path. That is not “no”: only claims that support an edge count."
                )
            case "budget":
                looked = f"{self.found.looked:,}"
                return f"Stopped after looking at {looked} neighbours, as much as one question may cost: there may be more paths of at most {hops}."

    @property
    def left_out(self) -> int:
        """How many of the paths that were found are not shown."""
        return len(self.found.paths) - len(self.ways) if self.found else 0

    @property
    def longer(self) -> int:
        """How many hops to try next, 0 where that is of no use."""
        is_useful = self.found is not None and self.found.end == "length" and self.given.length < MOST_HOPS
        return self.given.length + 1 if is_useful else 0


def find(serving: Serving, given: PathsParameters, *, is_whole: bool = False) -> Answer:
    """The answer to a question for paths.

    Args:
        serving: the release.
        given: the question.
        is_whole: whether every claim of every hop is wanted with its evidence, or as many as a page shows.

    Raises:
        NotFound: one of the ends is not known.
        Departed: one of them is here no longer.
        ServiceUnavailable: the release holds nothing to search in.
    """
    graph = serving.adjacency
    if graph is None:
        raise ServiceUnavailable(MISSING)
    source, target = named(serving, given.source), named(serving, given.target)
    if source.end is None or target.end is None or source.end.reference == target.end.reference:
        return Answer(given, source, target, None, ())
    found = shortest(graph, source.end.reference, target.end.reference, given.wanted, limit=given.limit, length=given.length, budget=BUDGET)
    shown = found.paths if is_whole else _fitting(found.paths)
    made = ways(serving, shown, _shared(graph, found), given.years, None if is_whole else ROOM)
    return Answer(given, source, target, found, made)


def label(named: Named) -> str:
    """What to call an end: its name, else the words for it."""
    return named.end.label if named.end else named.words


def suggested(serving: Serving) -> Suggested:
    """What the form suggests: the names of the actors with most neighbours, and two of them to begin with."""
    graph, view, iris = serving.adjacency, serving.view, serving.iris
    assert graph is not None
    if view not in _SUGGESTED:
        actors = (number for number in range(len(graph)) if number not in graph.subjects)
        foremost = [
            graph.reference(number) for number in sorted(actors, key=lambda number: (-graph.degree(number), number))[:_MOST_SUGGESTED]
        ]
        rows = view.select(iris.header() + _LABELS.replace("#things", " ".join(str(iris.thing(reference)) for reference in foremost)))
        labels = {iris.reference(row["thing"].value): row["label"].value for row in rows}
        ends = [
            End(found, labels[found])
            for kind in _EXAMPLE
            if (found := next((name for name in foremost if name.startswith(kind)), "")) in labels
        ]
        _SUGGESTED[view] = Suggested(list(dict.fromkeys(labels.values())), ends if len(ends) == len(_EXAMPLE) else [])
    return _SUGGESTED[view]


def _fitting(paths: Sequence[Path]) -> Sequence[Path]:
    """As many of the paths as a page has room for, at least one."""
    hops = list(accumulate(map(len, paths)))
    return paths[: max(bisect_right(hops, MOST_SHOWN), 1)]


def _shared(graph: Adjacency, found: Found) -> frozenset[str]:
    """The things on these paths that all share."""
    stops = {hop.target for path in found.paths for hop in path}
    return frozenset(stop for stop in stops if graph.number(stop) in graph.universal)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
