"""A Document to its sections: the front block, and one section a heading.

Headings are marked with hashes, with bold, or with both, or not at all; they are compared with the template's
headings by their words, whatever their numbering, case and markup. An unknown heading makes a section too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, dropwhile

from graph.documents import Document
from graph.text import fold_words, slug

_LINE = re.compile(r"[^\r\n]+")
_HASHES = re.compile(r"[ \t\ufeff]{0,4}(#{1,6})[ \t]+(?=\S)")
_BOLD_LINE = re.compile(r"[ \t\ufeff]*(\*\*|__|<b>|<strong>)(?P<title>.+?)(\*\*|__|</b>|</strong>)[ \t:]*", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:\d+|[ivx]+|[a-z])(?:\.\d+)*[.)]\s+", re.IGNORECASE)
_EDGE = re.compile(r"(?:\s|\ufeff|[*_#]|</?(?:b|strong|i|em|u)>)+", re.IGNORECASE)
_TAILS = ("*", "_", "</b>", "</strong>", "</i>", "</em>", "</u>", "<b>", "<strong>", "<i>", "<em>", "<u>")
_FRONT_LINE = re.compile(r"\|?(?P<label>[^\t:|]{2,40}?)(?:\t|:|\|| {2,}|$)(?P<value>.*?)\|?")
_INLINE = re.compile(r"</?(?:b|strong|i|em|u)>|\*\*|__", re.IGNORECASE)
_LONGEST_HEADING = 200

FRONT_LABELS = {
    "crime prevention policy": "policy",
    "policy": "policy",
    "eu priority": "priority",
    "priority": "priority",
    "country": "country",
    "member state": "country",
    "year": "year",
}
"""Words on the left side of the front block, folded, and the field that each fills."""


@dataclass(frozen=True)
class Span:
    """A stretch of the document's text: code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words in this stretch."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Section:
    """A part of a profile under one heading.

    Args:
        key: unique in the document; the template's key where the heading is known.
        title: the heading as written, without markup; empty for the front block.
        template: key of the template's section, None for an unknown heading.
        heading: where the heading's words stand, None for the front block.
        body: everything up to the next heading.
    """

    key: str
    title: str
    template: str | None
    heading: Span | None
    body: Span


@dataclass(frozen=True)
class FrontBlock:
    """What the document says of itself at its beginning.

    Args:
        fields: `country`, `year`, `priority`, `policy` to the stretch where the value stands; unstated ones are absent.
        lines: every line of the block that was understood: its value, or its label where the value is empty.
    """

    fields: Mapping[str, Span] = field(default_factory=dict)
    lines: tuple[Span, ...] = ()


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


def without_markup(text: str) -> str:
    """The words for showing to people: inline markup taken out."""
    return _INLINE.sub("", text).strip()


def lines(text: str, within: Span) -> Iterator[Span]:
    """The non-empty lines in a stretch, without their line ends."""
    for found in _LINE.finditer(text, within.start, within.end):
        yield Span(found.start(), found.end())


class Template:
    """The headings of the template, by their folded words.

    Args:
        headings: each known wording of a heading to the key of its section.
    """

    def __init__(self, headings: Mapping[str, str]) -> None:
        """Fold each wording once."""
        self._keys = {fold_words(heading): key for heading, key in headings.items()}

    def section_of(self, title: str) -> str | None:
        """The template's section that a heading opens, None if it is none of them.

        A heading may go on after the known words ("Definition of cybercrime"): the longest known beginning counts.
        """
        words = fold_words(_NUMBERING.sub("", title, count=1)).split()
        for length in range(len(words), 0, -1):
            if key := self._keys.get(" ".join(words[:length])):
                return key
        return None

    def is_heading(self, line: str) -> bool:
        """Whether an unmarked line is, word for word, a heading of the template."""
        return len(line) <= _LONGEST_HEADING and fold_words(_NUMBERING.sub("", line.strip(), count=1)) in self._keys


def split(document: Document, template: Template) -> tuple[list[Section], FrontBlock]:
    """The sections of a document in reading order, the front block being the first, and what that block says."""
    text = document.text
    whole = Span(0, len(text))
    found = ((line, title) for line in lines(text, whole) if (title := _heading(text, line, template)))
    headings = list(dropwhile(lambda pair: _front_field(pair[0].of(text)), found))
    first = headings[0][0].start if headings else len(text)
    front = _front_block(text, Span(0, first))
    sections = [Section("front", "", "front", None, Span(0, first))]
    seen = {"front"}
    for number, (line, title) in enumerate(headings):
        words = without_markup(title.of(text))
        known = template.section_of(words)
        key = known or slug(words)[:60].strip("-") or "section"
        unique = _unused(key, seen)
        end = headings[number + 1][0].start if number + 1 < len(headings) else len(text)
        sections.append(Section(unique, words, known, title, Span(line.end, end)))
    return sections, front


def _unused(key: str, seen: set[str]) -> str:
    """The key, or the first of `key-2`, `key-3` … that no section has yet; it is taken from now on."""
    found = next(name for number in count(1) if (name := key if number == 1 else f"{key}-{number}") not in seen)
    seen.add(found)
    return found


def _heading(text: str, line: Span, template: Template) -> Span | None:
    words = line.of(text)
    if _HASHES.match(words) or _BOLD_LINE.fullmatch(words) or template.is_heading(without_markup(words)):
        title = trimmed(text, line)
        return title if title.end > title.start else None
    return None


def _front_field(line: str) -> str | None:
    """The field that a line of the front block fills, None if it is no such line."""
    found = _FRONT_LINE.fullmatch(line)
    return FRONT_LABELS.get(fold_words(without_markup(found["label"]))) if found else None


def _front_block(text: str, within: Span) -> FrontBlock:
    fields: dict[str, Span] = {}
    found: list[Span] = []
    for line in lines(text, within):
        split_line = _FRONT_LINE.fullmatch(line.of(text))
        name = _front_field(line.of(text))
        if not split_line or not name:
            continue
        value = trimmed(text, Span(line.start + split_line.start("value"), line.end))
        if value.end > value.start:
            fields.setdefault(name, value)
            found.append(value)
        else:
            found.append(trimmed(text, Span(line.start, line.start + split_line.end("label"))))
    return FrontBlock(fields, tuple(found))
