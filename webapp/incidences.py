"""What touches a thing: its claims, and the statements that lead to it or from it, in one order, for answers in parts.

A hub of thousands of claims is described in parts. To find out once what touches it costs as much as a part; so that is
kept, for as many hubs as fit.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import pyoxigraph as ox

from graph.iris import Iris
from graph.store import View

MOST = 200
"""Claims, and other statements, in one part: as many as can be described in about a fifth of a second (`bench/hub.py`)."""
ROOM = 100_000
"""Claims and statements that are kept, of all hubs together."""
_CLAIMS = "SELECT ?claim WHERE { ?claim liaison:involves $thing }"
_POINTING = "SELECT ?s ?p WHERE { ?s ?p $thing MINUS { ?s liaison:involves $thing } }"
_SAID = "SELECT ?p ?o WHERE { $thing ?p ?o }"


@dataclass(frozen=True)
class Incidence:
    """What touches one thing.

    Args:
        own: what is said of the thing itself, apart from what leads to other things; it stands in each part.
        claims: the claims that involve it, in order of their IRIs.
        others: the statements that lead from it to other things, and what else points at it.
    """

    own: tuple[ox.Triple, ...]
    claims: tuple[ox.NamedNode, ...]
    others: tuple[ox.Triple, ...]

    def part(self, begin: int) -> tuple[tuple[ox.NamedNode, ...], tuple[ox.Triple, ...]]:
        """The claims and the other statements of the part that begins with a claim."""
        end = begin + MOST
        return self.claims[begin:end], self.others[begin:end]

    def has(self, begin: int) -> bool:
        """Whether anything is left for a part that begins there."""
        return begin == 0 or begin < len(self.claims) or begin < len(self.others)

    @property
    def size(self) -> int:
        """How much it takes to keep it."""
        return len(self.own) + len(self.claims) + len(self.others)


class Incidences:
    """What touches each thing of a release; a release never changes.

    Args:
        view: the release's store.
        iris: makes the IRIs.
    """

    def __init__(self, view: View, iris: Iris) -> None:
        """Nothing is kept yet."""
        self._view, self._iris = view, iris
        self._kept: OrderedDict[str, Incidence] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, thing: ox.NamedNode) -> Incidence:
        """What touches a thing."""
        with self._lock:
            if found := self._kept.get(thing.value):
                self._kept.move_to_end(thing.value)
                return found
        found = self._found(thing)
        if found.has(MOST):
            with self._lock:
                self._kept[thing.value] = found
                while len(self._kept) > 1 and sum(kept.size for kept in self._kept.values()) > ROOM:
                    self._kept.popitem(last=False)
        return found

    def _found(self, thing: ox.NamedNode) -> Incidence:
        claims, pointing, said = (self._view.select(self._iris.header() + query, thing=thing) for query in (_CLAIMS, _POINTING, _SAID))
        begin = f"{self._iris.base}id/"
        own = [ox.Triple(thing, _node(row["p"]), row["o"]) for row in said]
        leading = [triple for triple in own if isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(begin)]
        away = set(leading)
        to = [ox.Triple(_node(row["s"]), _node(row["p"]), thing) for row in pointing if isinstance(row["s"], ox.NamedNode)]
        return Incidence(
            tuple(triple for triple in own if triple not in away),
            tuple(sorted((_node(row["claim"]) for row in claims), key=lambda node: node.value)),
            tuple(sorted({*leading, *to}, key=str)),
        )


def _node(value: object) -> ox.NamedNode:
    assert isinstance(value, ox.NamedNode)
    return value
