"""What a document is made of, whatever its format: headings, paragraphs, items of lists, rows of tables.

Each reader takes its format apart into these; `graph.reading.composition` writes them as text.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, IntFlag
from typing import NamedTuple

_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")
"""Where a line may be broken, and the like: of no meaning in a text."""
_DROPPED = ("Cc", "Cs")
"""Control characters and halves of pairs."""


def is_shown(sign: str) -> bool:
    """Whether a code point that is no white space belongs into a text."""
    return sign not in _INVISIBLE and unicodedata.category(sign) not in _DROPPED


def has_words(text: str) -> bool:
    """Whether anything of a text can be seen."""
    return any(not sign.isspace() and is_shown(sign) for sign in text)


class Style(IntFlag):
    """How words are set."""

    PLAIN = 0
    BOLD = 1
    EMPHASIS = 2
    STRUCK = 4


class Piece(NamedTuple):
    """Words of one style from one place.

    Args:
        text: the words; a newline is a line break that the author set.
        origin: their place, as `graph.reading.places` counts.
        style: how they are set.
        is_exact: whether each code point has a place of its own, `origin`, `origin + 1` …
    """

    text: str
    origin: int
    style: Style = Style.PLAIN
    is_exact: bool = False


class Form(Enum):
    """The kinds of blocks."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass
class Block:
    """A paragraph, a heading, an item or a row.

    Args:
        form: which of them.
        cells: its words: of a row one list a cell, of the others one list.
        level: of a heading 1 to 6; of an item how deep it is nested, from 0.
        mark: what an item begins with, as `-` or `3.`.
        group: the table or list to which it belongs; its blocks follow each other without blank lines.
    """

    form: Form
    cells: list[list[Piece]] = field(default_factory=lambda: [[]])
    level: int = 0
    mark: str = ""
    group: int = 0

    @property
    def pieces(self) -> list[Piece]:
        """All its words."""
        return [piece for cell in self.cells for piece in cell]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it can be seen."""
        return not any(has_words(piece.text) for cell in self.cells for piece in cell)


Table = list[list[list[Block]]]
"""A table as it is read: rows of cells, each with blocks of its own."""
_MOST_CELLS = 1000


def flattened(table: Table, group: int) -> list[Block]:
    """A table as rows; one that only lays out the page (headings or one column in it) as the blocks of its cells.

    Args:
        table: rows of cells.
        group: the number of the table.
    """
    blocks = [block for row in table for cell in row for block in cell]
    is_layout = all(len(row) <= 1 for row in table) or any(block.form in (Form.HEADING, Form.ROW) for block in blocks)
    if is_layout:
        return blocks
    return [Block(Form.ROW, [_words(cell) for cell in row[:_MOST_CELLS]], group=group) for row in table]


def _words(cell: Sequence[Block]) -> list[Piece]:
    """The words of a cell, a line break between its blocks; items keep their marks."""
    found: list[Piece] = []
    for block in cell:
        first = next(iter(block.pieces), None)
        if first is None:
            continue
        origin = first.origin
        if found:
            found.append(Piece("\n", origin))
        if block.mark:
            found.append(Piece(f"{block.mark} ", origin))
        found += block.pieces
    return found
