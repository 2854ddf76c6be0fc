"""Blocks to text and its map of places: one form for all formats, and for the same blocks the same text.

    # Heading                      `#` to `######`
    - item, 1. item                two spaces more for each list that it lies in
    **bold** *emphasis* ~~struck~~
    cell<TAB>cell                  a row a line

White space is collapsed, blocks are separated by a blank line, nothing is escaped.
"""

from collections.abc import Iterable

from graph.reading.blocks import Block, Form, Piece, Style, has_words, is_shown
from graph.reading.places import SOURCE, Places

_MARKS = {Style.BOLD: "**", Style.EMPHASIS: "*", Style.STRUCK: "~~"}


def compose(blocks: Iterable[Block], unit: str, names: tuple[tuple[int, ...], ...] = (), encoding: str = "") -> tuple[str, Places]:
    """The text of blocks, empty if there is none in them, and where each code point of it comes from.

    Args:
        blocks: in reading order.
        unit: what the origins of their pieces count.
        names: for a Word file, the numbers of its paragraphs and cells.
        encoding: for a web page, how it was decoded.
    """
    sheet = _Sheet(is_stepwise=unit == SOURCE)
    before: Block | None = None
    for block in blocks:
        if block.is_empty:
            continue
        if before:
            is_joined = block.form is before.form and block.form in (Form.ITEM, Form.ROW) and block.group == before.group
            sheet.mark("\n" if is_joined else "\n\n", sheet.last)
        _write(sheet, block)
        before = block
    if before:
        sheet.mark("\n", sheet.last)
    return "".join(sheet.text), Places(unit, tuple(sheet.starts), tuple(sheet.origins), names, encoding)


def _write(sheet: "_Sheet", block: Block) -> None:
    first = next(piece.origin for piece in block.pieces if has_words(piece.text))
    if block.form is Form.HEADING:
        sheet.mark("#" * block.level + " ", first)
    elif block.form is Form.ITEM:
        sheet.mark("  " * block.level + block.mark + " ", first)
    for number, cell in enumerate(block.cells):
        if number:
            sheet.mark("\t", sheet.last)
        _Line(sheet, keeps_breaks=block.form is Form.PARAGRAPH).write(_restyled(cell, block.form))


def _restyled(cell: list[Piece], form: Form) -> list[Piece]:
    """Headings are neither bold nor emphasised, and a cell is not bold as a whole: their form says so already."""
    if form is Form.HEADING:
        return [piece._replace(style=piece.style & Style.STRUCK) for piece in cell]
    if form is Form.ROW and all(piece.style & Style.BOLD for piece in cell if piece.text.strip()):
        return [piece._replace(style=piece.style & ~Style.BOLD) for piece in cell]
    return cell


class _Line:
    """Words written one after another: white space collapsed, marks close to the words.

    Args:
        sheet: where they go.
        keeps_breaks: whether line breaks stay; otherwise they become spaces.
    """

    def __init__(self, sheet: "_Sheet", *, keeps_breaks: bool) -> None:
        self._sheet, self._keeps_breaks = sheet, keeps_breaks
        self._open: list[Style] = []
        self._space: tuple[int, bool] | None = None
        self._breaks, self._is_begun = 0, False

    def write(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            for number, sign in enumerate(piece.text):
                self._sign(sign, piece.origin + number if piece.is_exact else piece.origin, piece.style, is_exact=piece.is_exact)
        self._close(Style.PLAIN)

    def _sign(self, sign: str, origin: int, style: Style, *, is_exact: bool) -> None:
        if sign.isspace():
            self._breaks += sign == "\n" and self._keeps_breaks and not is_exact
            self._space = self._space or (origin, is_exact)
        elif is_shown(sign):
            self._between(style)
            for kind in (kind for kind in _MARKS if kind & style and kind not in self._open):
                self._open.append(kind)
                self._sheet.mark(_MARKS[kind], origin)
            self._sheet.put(sign, origin)
            self._is_begun = True

    def _between(self, style: Style) -> None:
        """Close what ends here, then write the white space that was held back."""
        self._close(Style.PLAIN if self._breaks and self._is_begun else style)
        if self._space and self._is_begun:
            origin, is_exact = self._space
            if self._breaks:
                self._sheet.mark("\n" * min(self._breaks, 2), origin)
            elif is_exact:
                self._sheet.put(" ", origin)
            else:
                self._sheet.mark(" ", origin)
        self._space, self._breaks = None, 0

    def _close(self, style: Style) -> None:
        """Close the marks that do not go on, and those inside them."""
        ended = next((place for place, kind in enumerate(self._open) if not kind & style), len(self._open))
        for kind in reversed(self._open[ended:]):
            self._sheet.mark(_MARKS[kind], self._sheet.last)
        del self._open[ended:]


class _Sheet:
    """The text so far and its stretches.

    Args:
        is_stepwise: whether places go on step by step within a stretch.
    """

    def __init__(self, *, is_stepwise: bool) -> None:
        self.text: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.last = 0
        self._is_stepwise, self._length, self._next = is_stepwise, 0, -1

    def put(self, sign: str, origin: int) -> None:
        """Add a code point that stands in the original."""
        if not self._is_stepwise:
            self.mark(sign, origin)
            return
        if origin != self._next:
            self._begin(origin)
        self._add(sign)
        self.last, self._next = origin, origin + 1

    def mark(self, signs: str, origin: int) -> None:
        """Add what does not stand in the original, near the place `origin`."""
        place = -1 - origin if self._is_stepwise else origin
        if not self.origins or self.origins[-1] != place:
            self._begin(place)
        self._add(signs)
        self.last, self._next = origin, -1

    def _begin(self, origin: int) -> None:
        self.starts.append(self._length)
        self.origins.append(origin)

    def _add(self, signs: str) -> None:
        self.text.append(signs)
        self._length += len(signs)
