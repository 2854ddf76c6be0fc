"""Runs of a PDF to lines, each with its cells where wide gaps part it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.reading.blocks import Piece, Style
from graph.reading.glyphs import Run

_WORD_GAP = 0.15
_CELL_GAP = 2.0
"""Widths of an em between words, and between the cells of a row."""
_BULLET = re.compile(
    r"([\u2022\u2023\u25aa\u25ab\u25a0\u25a1\u25cf\u25cb\u25e6\u2043\u2219\u00b7\uf0b7\uf0a7\uf0d8\uf0fc])(?:\s+|(?=\w)|$)"
)
_DASH = re.compile(r"([-*\u2013\u2014])(?:\s+(?=\S)|$)")
_NUMBER = re.compile(r"(\(?(?:\d{1,2}|[a-z])[.)])(?:\s+(?=\S)|$)")


@dataclass
class Line:
    """A line.

    Args:
        region: the number of the group of runs to which it belongs.
        left, right: where it begins and ends, in points.
        base: the height at which it stands.
        size: of most of its letters.
        cells: its words; more than one list where wide gaps part it.
        lefts: where each cell begins.
    """

    region: int
    left: float
    right: float
    base: float
    size: float
    cells: list[list[Piece]]
    lefts: list[float]

    @cached_property
    def text(self) -> str:
        """Its words."""
        return "\t".join("".join(piece.text for piece in cell) for cell in self.cells)

    @property
    def page(self) -> int:
        """The page on which it stands."""
        return self.cells[0][0].origin

    @property
    def is_row(self) -> bool:
        """Whether it has cells."""
        return len(self.cells) > 1

    @cached_property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(piece.style & Style.BOLD for cell in self.cells for piece in cell if piece.text.strip())

    @cached_property
    def mark(self) -> str:
        """The bullet, dash or number with which it begins, and the space after it; empty if with none."""
        found = _BULLET.match(self.text) or _DASH.match(self.text) or _NUMBER.match(self.text)
        return found[0] if found else ""

    @property
    def is_bullet(self) -> bool:
        """Whether it begins with a sign that begins nothing but items."""
        return bool(_BULLET.match(self.text))

    @property
    def first_word(self) -> float:
        """Width of its first word, roughly: letters are about equally wide."""
        return (self.right - self.left) * len(self.text.split(maxsplit=1)[0]) / max(len(self.text), 1)


def lines(runs: Sequence[Run], region: int) -> list[Line]:
    """The lines of a group of runs from top to bottom."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-_middle(run), run.left)):
        near = next((line for line in reversed(found[-3:]) if _stand_together(line, run)), None)
        if near is None:
            found.append([run])
        else:
            near.append(run)
    return [_line(sorted(line, key=lambda run: run.left), region) for line in found]


def _middle(run: Run) -> float:
    return run.base + run.size / 2


def _stand_together(line: Iterable[Run], run: Run) -> bool:
    """Whether a run stands on a line; a small raised or lowered one does."""
    tallest = max(line, key=lambda other: other.size)
    return abs(_middle(tallest) - _middle(run)) < max(tallest.size, run.size) * 0.45


def _line(runs: Sequence[Run], region: int) -> Line:
    size = max(runs, key=lambda run: len(run.text)).size
    cells: list[list[Piece]] = []
    lefts: list[float] = []
    right = 0.0
    for run in runs:
        gap = run.left - right
        words = "".join(piece.text for piece in cells[-1]) if cells else ""
        if not cells or (gap >= _CELL_GAP * size and not _is_mark(words)):
            cells.append([])
            lefts.append(run.left)
        elif gap >= _WORD_GAP * size:
            cells[-1].append(Piece(" ", run.page, run.parts[0][1]))
        cells[-1] += [Piece(text, run.page, style) for text, style in run.parts]
        right = run.right
    longest = max(runs, key=lambda run: len(run.text))
    return Line(region, runs[0].left, max(run.right for run in runs), longest.base, size, cells, lefts)


def _is_mark(words: str) -> bool:
    return any(pattern.fullmatch(words) for pattern in (_BULLET, _DASH, _NUMBER))


def without(cell: Sequence[Piece], count: int) -> list[Piece]:
    """The pieces of a cell without its first `count` letters."""
    found: list[Piece] = []
    for piece in cell:
        left_out = min(count, len(piece.text))
        count -= left_out
        if rest := piece.text[left_out:]:
            found.append(piece._replace(text=rest))
    return found
