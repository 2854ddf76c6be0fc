"""Sections to sentences: what can be quoted, with a key that does not depend on where it stands.

Headings, list items and lines of the front block are sentences too. A sentence key is the profile's key and a hash
of the folded text, so that moving a paragraph or mending a comma elsewhere changes no permalink.

A text may hold anything, so each letter is looked at a bounded number of times: no expression here can match the same
letters in two ways, and nothing is looked for from the beginning again.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph import furniture
from graph.documents import Document
from graph.sections import FrontBlock, Section
from graph.spans import Span, lines, trimmed
from graph.text import BLANK, digest, fold

CONTEXT = 32
"""Code points kept before and after a sentence in its quote selector, as annotation tools do."""

_END = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u2019\u201d\u00bb)\]*_]*+"
    rf"(?=\s++[\"'\u2018\u201c\u00ab(\[*_]*+(?:[^\W_a-z]|{BLANK}))"
)
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+\u2022\u2013\u25cf\uf0b7]|\d{1,2}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_TABLE_ROW = re.compile(r"[ ]*(?:\|.*\|[ \t]*$|\S[^\t\r\n]*\t[ ]*\S)")
_TABLE_RULE = re.compile(r"[\s|:+]*-[\s|:+-]*")
_ENDING = ".!?:;"
_BEHIND_ENDING = "\"'\u2019\u201d)*_"
_TITLE = re.compile(r"(?<![\w*])(\*{1,2})(?=\S)[^*\n]{1,100}(?<=\S)\1(?![\w*])|\u201c[^\u201d\n]{1,100}\u201d")
"""What is set off by stars or quotes is not cut: *Stop it now! Flanders*."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a profile.

    Args:
        key: `{profile}-{hash}`, with `-2`, `-3` for one that stands there again.
        section: key of its section.
        position: place in reading order, from 1.
        form: `sentence`, `heading`, `list-item`, `table-row` or `front-block-line`.
        span: where it stands.
        text: its words, exactly `document.text[span.start:span.end]`.
    """

    key: str
    section: str
    position: int
    form: str
    span: Span
    text: str


def split(document: Document, sections: Iterable[Section], front: FrontBlock, abbreviations: frozenset[str]) -> list[Sentence]:
    """All sentences of a document in reading order.

    Args:
        document: the document.
        sections: its sections, in order.
        front: its front block.
        abbreviations: words that end in a dot and do not end a sentence, folded, without the last dot.
    """
    seen: Counter[str] = Counter()
    found: list[Sentence] = []
    layout = _Layout(sorted(set(front.lines), key=lambda span: span.start), furniture.of(document.text))
    for section in sections:
        for form, span in _spans(document.text, section, layout, abbreviations):
            text = span.of(document.text)
            stem = f"{document.key}-{digest(fold(text), length=12)}"
            seen[stem] += 1
            key = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
            found.append(Sentence(key, section.key, len(found) + 1, form, span, text))
    return found


class _Layout:
    """Where lines of the front block and furniture stand in a text.

    Args:
        front: what lines of the front block state, in order.
        drawn: the furniture, in order.
    """

    def __init__(self, front: Sequence[Span], drawn: Sequence[Span]) -> None:
        self._front, self._front_starts = front, [span.start for span in front]
        self._drawn, self._drawn_starts = frozenset(drawn), [span.start for span in drawn]

    def is_drawn(self, line: Span) -> bool:
        """Whether a line is furniture."""
        return line in self._drawn

    def is_drawn_between(self, start: int, end: int) -> bool:
        """Whether furniture begins from `start` on and before `end`."""
        return bisect_left(self._drawn_starts, start) < bisect_left(self._drawn_starts, end)

    def stated_in(self, line: Span) -> list[Span]:
        """What a line states as one of the front block; nothing if it is none."""
        found = self._front[bisect_left(self._front_starts, line.start) : bisect_left(self._front_starts, line.end)]
        return [span for span in found if span.end <= line.end]


def _spans(text: str, section: Section, layout: _Layout, abbreviations: frozenset[str]) -> Iterator[tuple[str, Span]]:
    if section.heading:
        yield "heading", section.heading
    for form, block in _blocks(text, section.body, layout):
        if form in ("front-block-line", "table-row"):
            yield form, block
            continue
        for sentence in _sentences(text, block, abbreviations):
            yield form, sentence


def _blocks(text: str, body: Span, layout: _Layout) -> Iterator[tuple[str, Span]]:
    """Lines joined to paragraphs and list items; rows of tables and lines of the front block stand alone."""
    form, block, former = "sentence", None, None
    for line in (line for line in lines(text, body) if not layout.is_drawn(line)):
        kind, spans = _line(text, line, layout)
        if block and former and kind == "sentence" and _joins(text, form, former, line, layout):
            block = former = Span(block.start, line.end)
            continue
        if block:
            yield form, block
            block = None
        if kind in ("sentence", "list-item"):
            form, block, former = kind, spans[0], line
        else:
            yield from ((kind, span) for span in spans)
    if block:
        yield form, block


def _line(text: str, line: Span, layout: _Layout) -> tuple[str, list[Span]]:
    """What kind of line this is, and what of it counts: nothing of an empty one or row, and of the line below a table's header."""
    if values := layout.stated_in(line):
        return "front-block-line", values
    if item := _LIST_ITEM.match(text, line.start, line.end):
        return "list-item", [Span(item.end(), line.end)]
    if _TABLE_ROW.match(text, line.start, line.end):
        return "table-row", [] if _TABLE_RULE.fullmatch(text, line.start, line.end) else list(_if_any(_cells(text, line)))
    return ("sentence", [line]) if line.of(text).strip("\ufeff \t") else ("empty", [])


def _joins(text: str, form: str, former: Span, line: Span, layout: _Layout) -> bool:
    """Whether a line goes on with the block before it: it follows at once, or only furniture stands between.

    A line after a list item goes on with it where it is indented; otherwise it begins a paragraph.
    """
    between = text[former.end : line.start]
    if _is_one_break(between):
        return form == "sentence" or line.of(text)[:1] in " \t"
    if not layout.is_drawn_between(former.end, line.start):
        return False
    return line.of(text).lstrip()[:1].islower() and not _ends(text, former)


def _ends(text: str, span: Span) -> bool:
    """Whether what stands there ends a sentence, or leads to a list."""
    end = span.end
    while end > span.start and text[end - 1].isspace():
        end -= 1
    while end > span.start and text[end - 1] in _BEHIND_ENDING:
        end -= 1
    return end > span.start and text[end - 1] in _ENDING


def _cells(text: str, line: Span) -> Span:
    """A row of a table without the bars at its two ends."""
    whole = line.of(text).rstrip().removesuffix("|").rstrip()
    cells = whole.lstrip().removeprefix("|").lstrip()
    return Span(line.start + len(whole) - len(cells), line.start + len(whole))


def _is_one_break(between: str) -> bool:
    return between.replace("\r\n", "\n").strip(" \t") in ("\n", "\r")


def _sentences(text: str, block: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    start = block.start
    titles = [title.span() for title in _TITLE.finditer(text, block.start, block.end)]
    for found in _END.finditer(text, block.start, block.end):
        title = bisect_left(titles, found.span()) - 1
        if title >= 0 and titles[title][0] < found.start() and found.end() < titles[title][1]:
            continue
        word = _last_word(text, Span(start, found.start()))
        if word and text[found.start()] == "." and _is_abbreviation(word, abbreviations):
            continue
        yield from _if_any(trimmed(text, Span(start, found.end())))
        start = found.end()
    yield from _if_any(trimmed(text, Span(start, block.end)))


def _last_word(text: str, within: Span) -> str:
    """The letters, figures and dots with which a stretch ends."""
    start = within.end
    while start > within.start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    return text[start : within.end]


def _is_abbreviation(word: str, abbreviations: frozenset[str]) -> bool:
    return word.casefold().rstrip(".") in abbreviations or (len(word) == 1 and word.isalpha()) or bool(re.fullmatch(r"(?:\w\.)+\w", word))


def _if_any(span: Span) -> Iterator[Span]:
    if span.end > span.start:
        yield span
