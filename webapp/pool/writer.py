"""Writes the answer to a query into a file that may not grow without end."""

import json
from collections.abc import Mapping
from itertools import islice
from typing import BinaryIO, cast

import pyoxigraph as ox

from webapp.pool.answers import Format

_TYPES: Mapping[type, str] = {ox.NamedNode: "uri", ox.BlankNode: "bnode", ox.Literal: "literal"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class ResultTooLarge(OSError):
    """The result has grown over its limit."""


class BoundedFile:
    """A file that refuses to grow over a limit."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        """Write to `file`, at most `limit` bytes."""
        self._file, self._left = file, limit

    def write(self, data: bytes) -> int:
        """Write all of `data`.

        Raises:
            ResultTooLarge: there is no room for it.
        """
        self._left -= len(data)
        if self._left < 0:
            raise ResultTooLarge
        return self._file.write(data)

    def flush(self) -> None:
        """Hand everything on to the system."""
        self._file.flush()


def write(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: Format, file: BoundedFile, rows: int, prefixes: Mapping[str, str]
) -> bool:
    """Write a result, and say whether it was cut.

    Args:
        result: the answer of the engine.
        form: a format that fits its kind.
        file: where it goes.
        rows: write so many rows or triples and look no further; 0 for all.
        prefixes: used in Turtle and its like.
    """
    out = cast("BinaryIO", file)  # pyoxigraph asks for no more than `write` and `flush`
    if isinstance(result, ox.QueryTriples):
        assert isinstance(form.writer, ox.RdfFormat)
        ox.serialize(islice(result, rows or None), out, form.writer, prefixes=dict(prefixes))
    elif rows and isinstance(result, ox.QuerySolutions):
        file.write(_first(result, rows))
    else:
        assert isinstance(form.writer, ox.QueryResultsFormat)
        result.serialize(out, form.writer)
    file.flush()
    return bool(rows) and not isinstance(result, ox.QueryBoolean) and next(result, None) is not None


def _first(solutions: ox.QuerySolutions, rows: int) -> bytes:
    """The first rows as SPARQL JSON."""
    names = [(variable.value, variable) for variable in solutions.variables]
    found = [
        {name: _term(value) for name, variable in names if (value := solution[variable]) is not None}
        for solution in islice(solutions, rows)
    ]
    return json.dumps({"head": {"vars": [name for name, _ in names]}, "results": {"bindings": found}}, ensure_ascii=False).encode()


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
