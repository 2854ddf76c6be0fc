"""The store on disk: `Store` writes a new one, `View` reads a finished one.

The two are different classes so that a reader cannot write. A view answers SPARQL on the published graph
(the store's default graph); named graphs are there for provenance. A remote engine is to be another `View`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self, cast

import pyoxigraph as ox

from graph.errors import StoreError

Value = ox.NamedNode | ox.Literal


def fill(query: str, **values: Value | Sequence[Value]) -> str:
    """The query with each parameter `$name` replaced by a value, or by several as the block of a `VALUES` has them.

    SPARQL reads `$name` like `?name`, so a query with parameters is itself valid. The terms are written by
    pyoxigraph, which escapes them: a value cannot become query text. What comes back is what pages show as
    "the SPARQL behind this".
    """
    texts = {name: " ".join(map(str, value)) if isinstance(value, Sequence) else str(value) for name, value in values.items()}
    return re.sub(r"\$(\w+)", lambda m: texts.get(m[1], m[0]), query)


class Store:
    """Writes a new store; it is never opened for writing again once released."""

    def __init__(self, path: Path) -> None:
        """Create an empty store in the folder `path`, which must not hold one yet."""
        path.mkdir(parents=True)
        self._store = ox.Store(path)

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add `quads` in bulk; other threads can go on meanwhile."""
        content = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        self._store.bulk_load(content, ox.RdfFormat.N_QUADS)

    def close(self) -> None:
        """Compact the store and write everything to disk."""
        self._store.optimize()
        self._store.flush()
        del self._store


class View:
    """Read access to a released store: SPARQL in, solutions or triples out."""

    def __init__(self, store: ox.Store) -> None:
        """Read from `store`; use `View.open` for a folder and `View.of` for quads in memory."""
        self._store = store

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the store in the folder `path` read-only.

        Raises:
            StoreError: there is no readable store.
        """
        try:
            return cls(ox.Store.read_only(str(path)))
        except OSError as error:
            raise StoreError(path, f"the store cannot be opened ({error})", "run `liaison build`") from error

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Self:
        """A view of `quads` held in memory, their default graph included."""
        store = ox.Store()
        store.bulk_extend(quads)
        return cls(store)

    def columns(self, query: str) -> list[str]:
        """The names of the columns of a SELECT query, in its order."""
        solutions = self._store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return [variable.value for variable in solutions.variables]

    def select(self, query: str, **values: Value) -> list[dict[str, Value]]:
        """The solutions of a SELECT query, one dictionary each, unbound variables left out.

        `values` take the place of the parameters `$name` of the query (see `fill`).
        """
        solutions = self._store.query(fill(query, **values))
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        rows = ({name: value for name, value in zip(names, solution, strict=True) if value is not None} for solution in solutions)
        return cast("list[dict[str, Value]]", list(rows))

    def holds(self, node: ox.NamedNode) -> bool:
        """Whether the published graph says anything of a node."""
        return self.ask("ASK { $thing ?p ?o }", thing=node)

    def ask(self, query: str, **values: Value) -> bool:
        """The answer of an ASK query."""
        return bool(self._store.query(fill(query, **values)))

    def construct(self, query: str, **values: Value) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        triples = self._store.query(fill(query, **values))
        assert isinstance(triples, ox.QueryTriples)
        return list(triples)

    def about(self, subject: ox.NamedNode) -> list[ox.Triple]:
        """The published triples with this subject, without the cost of a query."""
        return [quad.triple for quad in self._store.quads_for_pattern(subject, None, None, ox.DefaultGraph())]

    def placed(self, triple: ox.Triple) -> ox.Quad:
        """A triple in the named graph in which it stands; named graphs are disjoint, so there is one, or none for a triple of no graph."""
        quads = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        named = (quad for quad in quads if quad.graph_name != ox.DefaultGraph())
        return next(named, ox.Quad(triple.subject, triple.predicate, triple.object))

    def query(self, query: str, prefixes: Mapping[str, str] | None = None) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer of any query, unread, for callers that serialise it themselves."""
        return self._store.query(query, prefixes=dict(prefixes or {}))

    def __len__(self) -> int:
        """How many quads the store holds, default graph and named graphs together."""
        return len(self._store)
