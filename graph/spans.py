"""Stretches of a document's text, and its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]+")
_EDGE = re.compile(r"(?:\s|\ufeff|[*_#]|</?(?:b|strong|i|em|u)>)+", re.IGNORECASE)
_TAILS = ("*", "_", "</b>", "</strong>", "</i>", "</em>", "</u>", "<b>", "<strong>", "<i>", "<em>", "<u>")


@dataclass(frozen=True)
class Span:
    """A stretch of the document's text: code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words in this stretch."""
        return text[self.start : self.end]


def trimmed(text: str, span: Span) -> Span:
    """The stretch without white space and markup at its two ends."""
    start, end = span.start, span.end
    if found := _EDGE.match(text, start, end):
        start = found.end()
    while end > start:
        mark = next((mark for mark in _TAILS if text[end - len(mark) : end].casefold() == mark), "")
        if not mark and not text[end - 1].isspace():
            break
        end -= len(mark) or 1
    return Span(start, max(start, end))


def lines(text: str, within: Span) -> Iterator[Span]:
    """The non-empty lines in a stretch, without their line ends."""
    for found in _LINE.finditer(text, within.start, within.end):
        yield Span(found.start(), found.end())
