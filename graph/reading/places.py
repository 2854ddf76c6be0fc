"""Offsets in a converted text back to the original: a compact map that can be kept as JSON.

The numbers of a place count code points in the decoded source of a web page; pages of a PDF, from 1; paragraphs of a
Word file outside its tables, from 1, or tables, rows and cells.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SOURCE, PAGE, PARAGRAPH = "code point", "page", "paragraph"
_UNITS = (SOURCE, PAGE, PARAGRAPH)
_IN_TABLE = 3


@dataclass(frozen=True)
class Place:
    """Where in the original a code point of the text comes from.

    Args:
        unit: what the numbers count.
        numbers: one number; table, row and cell for a cell of a table.
        is_mark: whether the code point does not stand in the source but was set by the conversion (`#`, `**`, a blank
            line); the place is then the nearest one. Told apart for web pages only.
    """

    unit: str
    numbers: tuple[int, ...]
    is_mark: bool = False

    def __str__(self) -> str:
        """The place in words, as people look it up."""
        if len(self.numbers) == _IN_TABLE:
            return "table {}, row {}, cell {}".format(*self.numbers)
        return f"{self.unit} {self.numbers[0]:,}"


@dataclass(frozen=True)
class Places:
    """The map of one text: stretches of it, each from one place of the original.

    Args:
        unit: what the places count.
        starts: offset at which each stretch begins; the first is 0.
        origins: for each stretch its place: the page; the index in `names`; or for a web page the offset in the source,
            with which the offsets of the stretch go on step by step, or `-1 - offset` for marks set by the conversion.
        names: numbers of each paragraph and cell of a Word file.
        encoding: how a web page was decoded.
    """

    unit: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    names: tuple[tuple[int, ...], ...] = ()
    encoding: str = ""

    def at(self, offset: int) -> Place:
        """The place in the original of the code point at `offset`.

        Raises:
            IndexError: the offset is negative.
        """
        if offset < 0 or not self.starts:
            message = f"offset {offset} is not in the text"
            raise IndexError(message)
        stretch = bisect_right(self.starts, offset) - 1
        origin = self.origins[stretch]
        if self.unit == PARAGRAPH:
            return Place(self.unit, self.names[origin])
        if self.unit == PAGE:
            return Place(self.unit, (origin,))
        if origin < 0:
            return Place(self.unit, (-1 - origin,), is_mark=True)
        return Place(self.unit, (origin + offset - self.starts[stretch],))

    def as_json(self) -> dict[str, Any]:
        """The map as JSON has it."""
        return {
            "unit": self.unit,
            "encoding": self.encoding,
            "starts": list(self.starts),
            "origins": list(self.origins),
            "names": [list(name) for name in self.names],
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any], length: int) -> "Places":
        """The map that `as_json` gave.

        Args:
            fields: what JSON has.
            length: code points of the text.

        Raises:
            ValueError: it is no map of such a text.
        """
        try:
            unit, encoding = str(fields["unit"]), str(fields["encoding"])
            starts, origins = _numbers(fields["starts"]), _numbers(fields["origins"])
            names = tuple(_numbers(name) for name in fields["names"])
        except (KeyError, TypeError) as error:
            message = f"the map of places lacks something ({error})"
            raise ValueError(message) from error
        in_order = all(before < after for before, after in zip((-1, *starts), (*starts, length), strict=True))
        if unit not in _UNITS or len(starts) != len(origins) or not starts or starts[0] or not in_order:
            message = "the map of places does not fit the text"
            raise ValueError(message)
        if unit == PARAGRAPH and not all(0 <= origin < len(names) for origin in origins):
            message = "the map of places names a paragraph that it does not list"
            raise ValueError(message)
        return cls(unit, starts, origins, names, encoding)


def _numbers(values: object) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(type(value) is int for value in values):
        message = "not a list of numbers"
        raise TypeError(message)
    return tuple(values)
