"""Writes the answer to a query into a file that may not grow without end."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from graph.dumps import holdable
from webapp.pool.answers import Format

_TYPES: Mapping[type, str] = {ox.NamedNode: "uri", ox.BlankNode: "bnode", ox.Literal: "literal"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class ResultTooLarge(OSError):
    """The result has grown over its limit."""


_MARKS: Mapping[str, bytes] = {"json": b'},{"', "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
"""What stands between the rows of a result, before each, or after each and after the names."""
_EMPTY = b"[]}}"
"""How a result in JSON ends that has no row."""


@dataclass(frozen=True)
class Written:
    """What was written.

    Args:
        rows: rows or triples. Rows are counted for the log: a text that holds what stands between rows counts as one more.
        is_cut: whether there is more than the rows that were wanted.
    """

    rows: int
    is_cut: bool


class BoundedFile:
    """A file that refuses to grow over a limit, and counts what stands between the rows.

    Args:
        file: where it is written.
        limit: most bytes.
    """

    def __init__(self, file: BinaryIO | gzip.GzipFile, limit: int) -> None:
        """Nothing is written yet."""
        self._file, self._left = file, limit
        self.mark, self.marks, self.end = b"", 0, b""

    def write(self, data: bytes) -> int:
        """Write all of `data`.

        Raises:
            ResultTooLarge: there is no room for it.
        """
        self._left -= len(data)
        if self._left < 0:
            raise ResultTooLarge
        if self.mark:
            seen = self.end[len(self.end) - len(self.mark) + 1 :] + data
            self.marks += seen.count(self.mark)
            self.end = seen[-len(_EMPTY) :]
        return self._file.write(data)

    def flush(self) -> None:
        """Hand everything on to the system."""
        self._file.flush()


def write(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    form: Format,
    file: BoundedFile,
    most: int,
    prefixes: Mapping[str, str],
    graph_name: str = "",
) -> Written:
    """Write a result.

    Args:
        result: the answer of the engine.
        form: a format that fits its kind.
        file: where it goes.
        most: write so many rows or triples and look no further; 0 for all.
        prefixes: used in Turtle and its like.
        graph_name: the named graph in which triples stand, for formats that hold graphs.
    """
    out = cast("BinaryIO", file)  # pyoxigraph asks for no more than `write` and `flush`
    if isinstance(result, ox.QueryTriples):
        assert isinstance(form.writer, ox.RdfFormat)
        counted = count()
        triples = (triple for triple, _ in zip(islice(result, most or None), counted, strict=False))
        statements = _named(triples, graph_name) if graph_name and form.writer.supports_datasets else triples
        ox.serialize(holdable(statements, form.writer), out, form.writer, prefixes=dict(prefixes))
        rows = next(counted)
    elif most and isinstance(result, ox.QuerySolutions):
        found = _first(result, most)
        rows = len(found["results"]["bindings"])
        file.write(json.dumps(found, ensure_ascii=False).encode())
    else:
        assert isinstance(form.writer, ox.QueryResultsFormat)
        file.mark = _MARKS[form.name]
        result.serialize(out, form.writer)
        rows = 1 if isinstance(result, ox.QueryBoolean) else _rows(form, file)
    file.flush()
    return Written(rows, bool(most) and not isinstance(result, ox.QueryBoolean) and next(result, None) is not None)


def _named(triples: Iterable[ox.Triple], graph_name: str) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(graph_name)
    return (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _rows(form: Format, file: BoundedFile) -> int:
    match form.name:
        case "json":
            return file.marks + (file.end != _EMPTY)
        case "xml":
            return file.marks
        case _:
            return max(file.marks - 1, 0)


def _first(solutions: ox.QuerySolutions, rows: int) -> dict[str, Any]:
    """The first rows as SPARQL JSON."""
    names = [(variable.value, variable) for variable in solutions.variables]
    found = [
        {name: _term(value) for name, variable in names if (value := solution[variable]) is not None}
        for solution in islice(solutions, rows)
    ]
    return {"head": {"vars": [name for name, _ in names]}, "results": {"bindings": found}}


def _term(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, str]:
    if isinstance(value, ox.Triple):
        return {"type": "literal", "value": str(value)}
    term = {"type": _TYPES[type(value)], "value": value.value}
    if isinstance(value, ox.Literal):
        if value.language:
            term["xml:lang"] = value.language
        elif value.datatype.value != _STRING:
            term["datatype"] = value.datatype.value
    return term
