"""A comparison as small drawings: a panel for each thing compared, in which the same network always stands at the same place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.pages.comparison.columns import Column
from webapp.pages.comparison.table import Cell, Row, groups
from webapp.pages.shares import share

MOST = 28
"""Networks that are drawn: as many numbers as can be read on one ring."""
SIZE = 300
"""Width and height of a panel."""
_RING = 128
KINDS = {
    "all": "shared by all", "some": "shared by some", "only": "said of this one only",
    "other": "ended, planned, denied or of another time here", "none": "not said of this one",
}  # fmt: skip
"""The ways in which a network is drawn, in words."""


@dataclass(frozen=True)
class Mark:
    """A network in a panel.

    Args:
        number: by which it is found in every panel.
        row: the network, with what all things compared say of it.
        cell: what this one says.
        kind: a key of `KINDS`.
        x: its middle.
        y: its middle.
    """

    number: int
    row: Row
    cell: Cell
    kind: str
    x: int
    y: int


@dataclass(frozen=True)
class Panel:
    """One of the things compared, with all networks that are drawn."""

    column: Column
    marks: Sequence[Mark]

    @property
    def groups(self) -> list[tuple[str, list[Mark]]]:
        """The same in words: the kinds that there are, each with its networks."""
        found = ((words, [mark for mark in self.marks if mark.kind == kind]) for kind, words in KINDS.items())
        return [(words, marks) for words, marks in found if marks]


def panels(rows: Sequence[Row], columns: Sequence[Column]) -> list[Panel]:
    """The panels; of rows of which something is said for the time asked for, as many of each group as fit.

    Args:
        rows: of networks and bodies, the shared ones first.
        columns: the things compared.
    """
    grouped = groups(drawable(rows), columns)
    most = share([len(group.rows) for group in grouped], MOST, least=2)
    drawn = [row for group in grouped for row in group.rows[:most]]
    return [
        Panel(column, [_mark(row, number, len(drawn), place) for number, row in enumerate(drawn)]) for place, column in enumerate(columns)
    ]


def drawable(rows: Sequence[Row]) -> list[Row]:
    """The rows of which a source says something of one of the things compared for the time asked for."""
    return [row for row in rows if row.said]


def _mark(row: Row, number: int, count: int, place: int) -> Mark:
    angle = 2 * math.pi * number / count - math.pi / 2
    unsaid = "other" if row.cells[place].lines else "none"
    kind = unsaid if place not in row.said else "all" if len(row.said) == len(row.cells) else "some" if len(row.said) > 1 else "only"
    x, y = (round(SIZE / 2 + _RING * turn) for turn in (math.cos(angle), math.sin(angle)))
    return Mark(number + 1, row, row.cells[place], kind, x, y)
