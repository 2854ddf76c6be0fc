"""The letters on the pages of a PDF, as runs: letters that follow each other on a line without a wide gap."""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pypdfium2.raw as pdfium

from graph.reading.blocks import Style

_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(rb"italic|oblique", re.IGNORECASE)
_FORCED_BOLD, _IS_ITALIC = 1 << 18, 1 << 6
_LIGATURES = {
    **dict(zip("\x0b\x0c\x0d\x0e\x0f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **dict(zip("\x1b\x1c\x1d\x1e\x1f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    "\x88": "\u2022",
}
"""What the fonts of TeX mean by numbers that are no letters, where a file does not say so."""
_GAP = 1.0
"""Widths of an em after which a run ends; words that belong together are put together again in `graph.reading.lines`."""
_HYPHEN_AT_END = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""
_RIGHT_ANGLE = 90
_SLANT = 8


@dataclass
class Run:
    """Letters that follow each other.

    Args:
        page: the page, from 1.
        left, right: where the run begins and ends, in points.
        base: the height at which it stands, counted from the bottom.
        size: of the letters, in points.
        parts: the letters, by style.
    """

    page: int
    left: float
    right: float
    base: float
    size: float
    parts: list[tuple[str, Style]]

    @cached_property
    def text(self) -> str:
        """The letters."""
        return "".join(words for words, _ in self.parts)


@dataclass(frozen=True)
class _Font:
    size: float
    style: Style
    turn: int


@dataclass(frozen=True)
class _Glyph:
    sign: str
    font: _Font
    left: float
    bottom: float
    right: float
    top: float
    is_after_space: bool
    is_after_break: bool


def runs(text_page: Any, page: int) -> list[Run]:  # noqa: ANN401  # pypdfium2 ships no types
    """The runs of a page, in the order in which the file has them; text at a slant (watermarks) is left out.

    Args:
        text_page: the page as PDFium has it.
        page: its number.
    """
    glyphs = _glyphs(text_page)
    turns = Counter(glyph.font.turn for glyph in glyphs)
    turn = turns.most_common(1)[0][0] if turns else 0
    found: list[Run] = []
    for glyph in (_upright(glyph) if turn else glyph for glyph in glyphs if glyph.font.turn == turn):
        if not found or glyph.is_after_break or _is_apart(found[-1], glyph):
            found.append(Run(page, glyph.left, glyph.right, glyph.bottom, glyph.font.size, [(glyph.sign, glyph.font.style)]))
            continue
        run = found[-1]
        sign = f" {glyph.sign}" if glyph.is_after_space else glyph.sign
        if run.parts[-1][1] == glyph.font.style:
            run.parts[-1] = (run.parts[-1][0] + sign, glyph.font.style)
        else:
            run.parts.append((sign, glyph.font.style))
        run.right = max(run.right, glyph.right)
    return found


def _is_apart(run: Run, glyph: _Glyph) -> bool:
    size = max(run.size, glyph.font.size)
    is_elsewhere = abs(glyph.bottom - run.base) > size / 2 or glyph.left < run.right - size / 2
    return is_elsewhere or glyph.left - run.right > _GAP * size


def _glyphs(text_page: Any) -> list[_Glyph]:  # noqa: ANN401  # as above
    found: list[_Glyph] = []
    fonts: dict[int, _Font] = {}
    box = pdfium.FS_RECTF()
    is_after_space = is_after_break = False
    for place in range(pdfium.FPDFText_CountChars(text_page)):
        sign = chr(pdfium.FPDFText_GetUnicode(text_page, place) or 0xFFFD)
        if unicodedata.category(sign) == "Cc" and pdfium.FPDFText_HasUnicodeMapError(text_page, place) == 1:
            sign = _LIGATURES.get(sign, "\ufffd")
        if sign.isspace():
            is_after_space, is_after_break = True, is_after_break or sign in "\r\n"
            continue
        key = ctypes.cast(pdfium.FPDFText_GetTextObject(text_page, place), ctypes.c_void_p).value
        if key is None or not pdfium.FPDFText_GetLooseCharBox(text_page, place, box):
            continue
        if key not in fonts:
            fonts[key] = _font(text_page, place)
        is_hyphen = sign == _HYPHEN_AT_END
        shown = "-" if is_hyphen else sign
        found.append(_Glyph(shown, fonts[key], box.left, box.bottom, box.right, box.top, is_after_space, is_after_break))
        is_after_space, is_after_break = is_hyphen, is_hyphen
    return found


def _font(text_page: Any, place: int) -> _Font:  # noqa: ANN401  # as above
    """Size, style and direction of a letter; what the letters of one piece of text in the file have in common.

    Whether a font is bold is read from its name: the weight that PDFium gives is guessed from the width of its stems.
    """
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, place, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, place) * (math.hypot(matrix.c, matrix.d) or 1.0)
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int(0)
    pdfium.FPDFText_GetFontInfo(text_page, place, name, len(name), flags)
    is_bold = bool(_BOLD.search(name.value)) or flags.value & _FORCED_BOLD
    is_italic = bool(_ITALIC.search(name.value)) or flags.value & _IS_ITALIC
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    turn = round(angle / _RIGHT_ANGLE) % 4
    is_straight = min(angle % _RIGHT_ANGLE, -angle % _RIGHT_ANGLE) <= _SLANT
    style = (Style.BOLD if is_bold else Style.PLAIN) | (Style.EMPHASIS if is_italic else Style.PLAIN)
    return _Font(max(size, 1.0), style, turn if is_straight else -1)


def _upright(glyph: _Glyph) -> _Glyph:
    """The letter with its box as it is when the page is held so that its line runs from left to right."""
    left, bottom, right, top = glyph.left, glyph.bottom, glyph.right, glyph.top
    match glyph.font.turn:
        case 1:
            left, bottom, right, top = bottom, -right, top, -left
        case 2:
            left, bottom, right, top = -right, -top, -left, -bottom
        case 3:
            left, bottom, right, top = -top, left, -bottom, right
    return replace(glyph, left=left, bottom=bottom, right=right, top=top)
