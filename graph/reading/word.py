"""A Word file to text: paragraphs and tables in the order in which they stand.

Left out: comments, headers, footers, footnotes, hidden text, what tracked changes delete, and numbers that Word itself
sets before headings.
"""

import io
from collections.abc import Iterator
from importlib.metadata import version

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from graph.reading import archive
from graph.reading.blocks import Block, Form, Piece, Style, Table, flattened
from graph.reading.composition import compose
from graph.reading.converted import Converted
from graph.reading.places import PARAGRAPH
from graph.reading.refusal import Refusal
from graph.reading.wordstyles import Lists, Named, Styles, value

_VERSION = 1
_DEEPEST_ITEM = 8
_MOST_SPAN = 100
_INSIDE = frozenset(
    qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:hyperlink", "w:fldSimple", "w:dir", "w:bdo")
)  # fmt: skip
"""What only wraps that which counts."""
_SIGNS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN, _TEXT = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t"))
_BOX, _FALLBACK = qn("w:txbxContent"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def convert(data: bytes) -> Converted:
    """The text of a Word file.

    Raises:
        Refusal: it cannot be opened safely, or no text is in it.
    """
    archive.judge(data)
    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(Styles(document), Lists(document))
        blocks = reader.body(document.element.body)
    except (KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise Refusal(
            f"the Word file is damaged ({_first_line(error)})", "open it in a word processor and save it anew as .docx"
        ) from error
    text, places = compose(blocks, PARAGRAPH, tuple(reader.names))
    if not text:
        raise Refusal("the Word file holds no text", "put the document's text into it, or make text of its pictures")
    return Converted(text, f"liaison-docx {_VERSION}, python-docx {version('python-docx')}", places)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _children(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """What stands in an element, wrappers opened; what is deleted or moved away is none of it."""
    for child in element.iterchildren():
        if child.tag in _INSIDE:
            yield from _children(child)
        else:
            yield child


class _Reader:
    """Takes a document apart into blocks.

    Args:
        styles: its styles.
        lists: its lists.
    """

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles, self._lists = styles, lists
        self.names: list[tuple[int, ...]] = []
        self._paragraphs = self._tables = self._groups = 0
        self._list, self._group = "", 0

    def body(self, body: BaseOxmlElement) -> list[Block]:
        """All blocks of the document."""
        found: list[Block] = []
        for child in _children(body):
            if child.tag == _PARAGRAPH:
                self._paragraphs += 1
                found += self._paragraph(child, self._named((self._paragraphs,)))
            elif child.tag == _TABLE:
                self._tables += 1
                found += self._table(child, self._tables)
        return found

    def _named(self, name: tuple[int, ...]) -> int:
        self.names.append(name)
        return len(self.names) - 1

    def _paragraph(self, element: BaseOxmlElement, origin: int) -> list[Block]:
        """A paragraph, and after it those of the text boxes that hang on it."""
        named = self._styles.of_paragraph(element.pPr)
        block = Block(Form.PARAGRAPH, [list(self._pieces(element, named, origin))])
        if not block.is_empty:
            self._form(block, named)
        inner = [box for box in element.iter(_BOX) if self._is_shown_in(box, element)]
        return [block, *(part for box in inner for part in self._inside(box, origin))]

    @staticmethod
    def _is_shown_in(box: BaseOxmlElement, paragraph: BaseOxmlElement) -> bool:
        """Whether a text box hangs on this paragraph and not on one inside another box, and is no copy for old programs."""
        for above in box.iterancestors():
            if above is paragraph:
                return True
            if above.tag in (_FALLBACK, _BOX):
                return False
        return False

    def _form(self, block: Block, named: Named) -> None:
        if named.heading:
            block.form, block.level = Form.HEADING, named.heading
        elif named.numbering and (mark := self._lists.mark(*named.numbering)):
            key, level = named.numbering
            if key != self._list:
                self._list, self._group = key, self._new_group()
            block.form, block.mark, block.level, block.group = Form.ITEM, mark, min(level, _DEEPEST_ITEM), self._group

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _pieces(self, element: BaseOxmlElement, named: Named, origin: int) -> Iterator[Piece]:
        base = Named(named.styles, named.is_hidden)
        for run in _children(element):
            if run.tag != _RUN:
                continue
            properties = run.rPr
            character = self._styles.of(value(properties, "w:rStyle"))
            style = Named(base.styles | character.styles, base.is_hidden or character.is_hidden).changed(properties)
            if not style.is_hidden:
                yield from self._signs(run, style.styles, origin)

    @staticmethod
    def _signs(run: BaseOxmlElement, style: Style, origin: int) -> Iterator[Piece]:
        for part in run.iterchildren():
            if part.tag == _TEXT:
                yield Piece((part.text or "").replace("\n", " "), origin, style)
            elif part.tag in _SIGNS:
                yield Piece(_SIGNS[part.tag], origin, style)

    def _table(self, element: BaseOxmlElement, number: int) -> list[Block]:
        rows: Table = []
        shown = (row for row in _children(element) if row.tag == _ROW and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None)
        for row in shown:
            cells: list[list[Block]] = []
            for cell in (cell for cell in _children(row) if cell.tag == _CELL):
                width = value(cell.tcPr, "w:gridSpan")
                wide = int(width) if width.isascii() and width.isdigit() and len(width) < len(str(_MOST_SPAN)) else 1
                origin = self._named((number, len(rows) + 1, len(cells) + 1))
                cells.append([] if self._goes_on(cell) else self._inside(cell, origin))
                cells += [[] for _ in range(wide - 1)]
            rows.append(cells)
        return flattened(rows, self._new_group())

    @staticmethod
    def _goes_on(cell: BaseOxmlElement) -> bool:
        """Whether a cell only continues the one above it."""
        merged = None if cell.tcPr is None else cell.tcPr.find(qn("w:vMerge"))
        return merged is not None and merged.get(qn("w:val")) != "restart"

    def _inside(self, element: BaseOxmlElement, origin: int) -> list[Block]:
        """The blocks of a cell or a text box, all at one place."""
        found: list[Block] = []
        for child in _children(element):
            if child.tag == _PARAGRAPH:
                found += self._paragraph(child, origin)
            elif child.tag == _TABLE:
                self._tables += 1
                found += self._table(child, self._tables)
        return found
