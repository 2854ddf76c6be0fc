"""A web page to text. Each word keeps its place in the source; what leads through a site is left out.

The parser is Python's own: it gives the place of each tag and word, and never gives up on malformed pages.
"""

import html
import html.entities
import platform
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import accumulate

from graph.reading.blocks import Block, Form, Piece, has_words
from graph.reading.composition import compose
from graph.reading.converted import Converted
from graph.reading.elements import BLOCKS, CELLS, LISTS, VOID, Element, Open, is_left_out
from graph.reading.encoding import decoded
from graph.reading.nesting import PARTS, OpenList, OpenTable
from graph.reading.places import SOURCE
from graph.reading.refusal import Refusal

_VERSION = 1
_UNFINISHED = re.compile(r"<[a-zA-Z/!?]")
"""A tag without an end, which the parser gives as words: either as a whole, or `<` and then the rest."""
_LARGEST_NUMBER = 10**6


def convert(data: bytes) -> Converted:
    """The text of a web page.

    Raises:
        Refusal: its encoding is not known, or no text is in it.
    """
    source, encoding = decoded(data)
    for kept in ((), ("form",)):  # some sites wrap the whole page into a form
        text, places = compose(_Reader(source, kept).blocks(), SOURCE, encoding=encoding)
        if text:
            return Converted(text, f"liaison-html {_VERSION}, html.parser {platform.python_version()}", places)
    raise Refusal("the page holds no text, or only menus and scripts", "save the page as it is shown, or put its text into a .txt file")


class _Reader(HTMLParser):
    """Takes a page apart into blocks.

    Args:
        source: the page.
        kept: names of elements that stay though they are left out as a rule.
    """

    def __init__(self, source: str, kept: Sequence[str] = ()) -> None:
        super().__init__(convert_charrefs=False)
        self._source, self._kept = source, kept
        self._lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
        self._open = Open()
        self._blocks: list[Block] = []
        self._pieces: list[Piece] = []
        self._level, self._is_cut = 0, False
        self._tables: list[OpenTable] = []
        self._lists: list[OpenList] = []
        self._groups = 0

    def blocks(self) -> list[Block]:
        """All blocks of the page in reading order."""
        self.feed(self._source + "\n")  # so that a reference at the very end is a whole one
        self.close()
        for element in self._open.all():
            self._end(element)
        self._flush()
        return self._blocks

    @property
    def _place(self) -> int:
        line, column = self.getpos()
        return min(self._lines[line - 1] + column, len(self._source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self._is_cut = False
        for element in self._open.ended_by(tag):
            self._end(element)
        if tag in BLOCKS:
            self._flush()
        if tag == "br":
            self._add("\n", self._place)
        if tag in VOID:
            return
        attributes = dict(attrs)
        self._open.begin(Element(tag, self._open.is_left_out or is_left_out(tag, attributes, self._kept)))
        if not self._open.is_left_out:
            self._begin(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that says it is empty; only void ones and pictures are."""
        if tag not in ("svg", "math", "path"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        self._is_cut = False
        for element in self._open.end(tag):
            self._end(element)

    def handle_data(self, data: str) -> None:
        """Words as they stand in the source."""
        self._is_cut = self._is_cut or _UNFINISHED.match(self._source, self._place) is not None
        if not self._is_cut:
            self._add(data, self._place, is_exact=True)
        self._is_cut = self._is_cut and data == "<"

    def handle_entityref(self, name: str) -> None:
        """A named reference, or an ampersand with words after it."""
        has_end = self._source.startswith(";", self._place + 1 + len(name))
        if has_end and f"{name};" in html.entities.html5:
            self._refer(f"&{name};", f"&{name};")
            return
        known = next((name[:length] for length in range(len(name), 1, -1) if name[:length] in html.entities.html5), "")
        self._refer(f"&{name}{';' * has_end}", known and f"&{known}")

    def handle_charref(self, name: str) -> None:
        """A reference by number."""
        has_end = self._source.startswith(";", self._place + 2 + len(name))
        self._refer(f"&#{name}{';' * has_end}", f"&#{name}{';' * has_end}")

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002  # the base class's
        """Skip `<![…>`; the base class gives up on unknown ones."""
        return self.rawdata.find(">", i) + 1 or -1

    def _refer(self, words: str, reference: str) -> None:
        """Words that begin with a reference, if it is one, and go on as they stand."""
        place = self._place
        if reference:
            signs = html.unescape(reference)
            self._add(" " if signs.isspace() else signs, place)
        if rest := words[len(reference) :]:
            self._add(rest, place + len(reference), is_exact=True)

    def _add(self, text: str, place: int, *, is_exact: bool = False) -> None:
        if not self._open.is_left_out:
            self._pieces.append(Piece(text, place, self._open.style, is_exact))
            self._level = self._open.heading if has_words(text) else self._level

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        """What an element begins: a table or a part of it, a list or an item."""
        if tag == "table":
            self._tables.append(OpenTable())
        elif tag in LISTS:
            self._groups += 1
            self._lists.append(OpenList(self._groups, (_number(attributes, "start") or 1) if tag == "ol" else None))
        elif tag == "li" and self._lists:
            self._lists[-1].begin_item(_number(attributes, "value"))
        elif self._tables and tag in CELLS:
            self._tables[-1].begin_cell(_number(attributes, "colspan") or 1)
        elif self._tables and tag == "tr":
            self._tables[-1].begin_row()
        elif self._tables and tag in ("thead", "tbody", "tfoot"):
            self._tables[-1].part = PARTS.get(tag, 1)

    def _end(self, element: Element) -> None:
        """What an element ends."""
        if element.tag in BLOCKS:
            self._flush()
        if element.is_left_out:
            return
        if element.tag in LISTS:
            self._lists.pop()
        elif element.tag == "li" and self._lists:
            self._lists[-1].mark = ""
        elif element.tag in CELLS and self._tables:
            self._tables[-1].sink = self._tables[-1].before
        elif element.tag == "table":
            self._groups += 1
            blocks = self._tables.pop().blocks(self._groups)
            self._sink.extend(blocks)

    @property
    def _sink(self) -> list[Block]:
        return self._tables[-1].sink if self._tables else self._blocks

    def _flush(self) -> None:
        """What has come since the last block is a block."""
        pieces, self._pieces = self._pieces, []
        if not any(has_words(piece.text) for piece in pieces):
            return
        block = Block(Form.PARAGRAPH, [pieces])
        if self._level:
            block.form, block.level = Form.HEADING, self._level
        elif self._lists and self._lists[-1].mark:
            item = self._lists[-1]
            block.form, block.mark, block.group, block.level = Form.ITEM, item.mark, self._lists[0].group, len(self._lists) - 1
            item.mark = ""
        self._sink.append(block)


def _number(attributes: dict[str, str | None], name: str) -> int | None:
    digits = (attributes.get(name) or "").strip()
    return min(int(digits), _LARGEST_NUMBER) if digits.isascii() and digits.isdigit() and len(digits) < len(str(_LARGEST_NUMBER)) else None
