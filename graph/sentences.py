"""Sections to sentences: what can be quoted, with a key that does not depend on where it stands.

Headings, list items and lines of the front block are sentences too. A sentence key is the profile's key and a hash
of the folded text, so that moving a paragraph or mending a comma elsewhere changes no permalink.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph import furniture
from graph.documents import Document
from graph.sections import FrontBlock, Section
from graph.spans import Span, lines, trimmed
from graph.text import BLANK, digest, fold

CONTEXT = 32
"""Code points kept before and after a sentence in its quote selector, as annotation tools do."""

_END = re.compile(rf"[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]*_]*(?=\s+[\"'\u2018\u201c\u00ab(\[*_]*(?:[^\W_a-z]|{BLANK}))")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+\u2022\u2013\u25cf\uf0b7]|\d{1,2}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_TABLE_ROW = re.compile(r"[ ]*(?:\|.*\|[ \t]*$|\S[^\t\r\n]*\t[ ]*\S)")
_TABLE_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_BARS = re.compile(r"\s*\|?\s*(?P<cells>\S.*?\S|\S)\s*\|?\s*")
_ENDS = re.compile(r"[.!?:;][\"'\u2019\u201d)*_]*\s*$")
_TITLE = re.compile(r"(?<![\w*])(\*{1,2})(?=\S)[^*\n]{1,100}(?<=\S)\1(?![\w*])|\u201c[^\u201d\n]{1,100}\u201d")
"""What is set off by stars or quotes is not cut: *Stop it now! Flanders*."""
_LAST_WORD = re.compile(r"[\w.]+$")


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
    drawn = frozenset(furniture.of(document.text))
    for section in sections:
        for form, span in _spans(document.text, section, front, abbreviations, drawn):
            text = span.of(document.text)
            stem = f"{document.key}-{digest(fold(text), length=12)}"
            seen[stem] += 1
            key = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
            found.append(Sentence(key, section.key, len(found) + 1, form, span, text))
    return found


def _spans(
    text: str, section: Section, front: FrontBlock, abbreviations: frozenset[str], drawn: frozenset[Span]
) -> Iterator[tuple[str, Span]]:
    if section.heading:
        yield "heading", section.heading
    taken = set(front.lines) if section.key == "front" else set()
    for form, block in _blocks(text, section.body, taken, drawn):
        if form in ("front-block-line", "table-row"):
            yield form, block
            continue
        for sentence in _sentences(text, block, abbreviations):
            yield form, sentence


def _blocks(text: str, body: Span, front: set[Span], drawn: frozenset[Span]) -> Iterator[tuple[str, Span]]:
    """Lines joined to paragraphs and list items; rows of tables and lines of the front block stand alone."""
    form, block, former = "sentence", None, None
    for line in (line for line in lines(text, body) if line not in drawn):
        kind, spans = _line(text, line, front)
        if block and former and kind == "sentence" and _joins(text, form, former, line, drawn):
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


def _line(text: str, line: Span, front: set[Span]) -> tuple[str, list[Span]]:
    """What kind of line this is, and what of it counts: nothing of an empty one, and of the line below a table's header."""
    if values := sorted((span for span in front if line.start <= span.start and span.end <= line.end), key=lambda span: span.start):
        return "front-block-line", values
    if item := _LIST_ITEM.match(text, line.start, line.end):
        return "list-item", [Span(item.end(), line.end)]
    if _TABLE_ROW.match(text, line.start, line.end):
        return "table-row", [] if _TABLE_RULE.fullmatch(text, line.start, line.end) else [_cells(text, line)]
    return ("sentence", [line]) if line.of(text).strip("\ufeff \t") else ("empty", [])


def _joins(text: str, form: str, former: Span, line: Span, drawn: frozenset[Span]) -> bool:
    """Whether a line goes on with the block before it: it follows at once, or only furniture stands between.

    A line after a list item goes on with it where it is indented; otherwise it begins a paragraph.
    """
    between = text[former.end : line.start]
    if _is_one_break(between):
        return form == "sentence" or line.of(text)[:1] in " \t"
    if not any(former.end <= span.start < line.start for span in drawn):
        return False
    return line.of(text).lstrip()[:1].islower() and not _ENDS.search(text, former.start, former.end)


def _cells(text: str, line: Span) -> Span:
    """A row of a table without the bars at its two ends."""
    found = _BARS.fullmatch(text, line.start, line.end)
    return Span(found.start("cells"), found.end("cells")) if found else trimmed(text, line)


def _is_one_break(between: str) -> bool:
    return between.replace("\r\n", "\n").strip(" \t") in ("\n", "\r")


def _sentences(text: str, block: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    start = block.start
    titles = [(title.start(), title.end()) for title in _TITLE.finditer(text, block.start, block.end)]
    for found in _END.finditer(text, block.start, block.end):
        if any(first < found.start() and found.end() < last for first, last in titles):
            continue
        word = _LAST_WORD.search(text[start : found.start()])
        if word and text[found.start()] == "." and _is_abbreviation(word[0], abbreviations):
            continue
        yield from _if_any(trimmed(text, Span(start, found.end())))
        start = found.end()
    yield from _if_any(trimmed(text, Span(start, block.end)))


def _is_abbreviation(word: str, abbreviations: frozenset[str]) -> bool:
    return word.casefold().rstrip(".") in abbreviations or (len(word) == 1 and word.isalpha()) or bool(re.fullmatch(r"(?:\w\.)+\w", word))


def _if_any(span: Span) -> Iterator[Span]:
    if span.end > span.start:
        yield span
