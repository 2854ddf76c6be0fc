"""Sections to sentences: what can be quoted, with a key that does not depend on where it stands.

Headings, list items and lines of the front block are sentences too. A sentence key is the profile's key and a hash
of the folded text, so that moving a paragraph or mending a comma elsewhere changes no permalink.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.documents import Document
from graph.sections import FrontBlock, Section, Span, lines, trimmed
from graph.text import BLANK, digest, fold

CONTEXT = 32
"""Code points kept before and after a sentence in its quote selector, as annotation tools do."""

_END = re.compile(rf"[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]*_]*(?=\s+[\"'\u2018\u201c\u00ab(\[*_]*(?:[^\W_a-z]|{BLANK}))")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+\u2022\u2013\u25cf\uf0b7]|\d{1,2}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_LAST_WORD = re.compile(r"[\w.]+$")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a profile.

    Args:
        key: `{profile}-{hash}`, with `-2`, `-3` for one that stands there again.
        section: key of its section.
        position: place in reading order, from 1.
        form: `sentence`, `heading`, `list-item` or `front-block-line`.
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
    for section in sections:
        for form, span in _spans(document.text, section, front, abbreviations):
            text = span.of(document.text)
            stem = f"{document.key}-{digest(fold(text), length=12)}"
            seen[stem] += 1
            key = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
            found.append(Sentence(key, section.key, len(found) + 1, form, span, text))
    return found


def _spans(text: str, section: Section, front: FrontBlock, abbreviations: frozenset[str]) -> Iterator[tuple[str, Span]]:
    if section.heading:
        yield "heading", section.heading
    taken = set(front.lines) if section.key == "front" else set()
    for form, block in _blocks(text, section.body, taken):
        if form == "front-block-line":
            yield form, block
            continue
        for sentence in _sentences(text, block, abbreviations):
            yield form, sentence


def _blocks(text: str, body: Span, front: set[Span]) -> Iterator[tuple[str, Span]]:
    """Lines joined to paragraphs; list items and lines of the front block stand alone."""
    paragraph: Span | None = None
    for line in lines(text, body):
        value = next((span for span in front if line.start <= span.start and span.end <= line.end), None)
        item = None if value else _LIST_ITEM.match(text, line.start, line.end)
        joins = paragraph and not value and not item and _is_one_break(text[paragraph.end : line.start]) and line.of(text).strip()
        if paragraph and joins:
            paragraph = Span(paragraph.start, line.end)
            continue
        if paragraph:
            yield "sentence", paragraph
            paragraph = None
        if value:
            yield "front-block-line", value
        elif item:
            yield "list-item", Span(item.end(), line.end)
        elif line.of(text).strip("\ufeff \t"):
            paragraph = line
    if paragraph:
        yield "sentence", paragraph


def _is_one_break(between: str) -> bool:
    return between.replace("\r\n", "\n").strip(" \t") in ("\n", "\r")


def _sentences(text: str, block: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    start = block.start
    for found in _END.finditer(text, block.start, block.end):
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
