"""SPARQL results as a table for a terminal."""

import json
from collections.abc import Mapping

from graph.iris import Iris

_WIDEST = 80


def drawn(content: bytes, iris: Iris) -> str:
    """A result in SPARQL JSON as lines with columns; long values are cut, and the last line counts the rows."""
    answer = json.loads(content)
    if "boolean" in answer:
        return "yes" if answer["boolean"] else "no"
    names = answer["head"]["vars"]
    rows = [[_short(row.get(name), iris) for name in names] for row in answer["results"]["bindings"]]
    widths = [max(len(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [names, *rows]]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], f"({len(rows)} rows)"])


def _short(value: Mapping[str, str] | None, iris: Iris) -> str:
    if value is None:
        return ""
    text = iris.short(value["value"]) if value["type"] == "uri" else " ".join(value["value"].split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
