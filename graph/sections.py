"""A Document to its sections: the front block, and one section a heading.

Headings are marked with hashes, with bold, by a line drawn below them, or not at all; they are compared with the
template's headings by their words, whatever their numbering, case, accents and markup, also where they are wrapped over
several lines. An unknown heading makes a section too, where it is marked.

No wording stands here. Headings and labels of the front block are names of concepts of the ontology (`section`,
`front-field`), in every language at once. They stand there and not in `data/rules`, since they say what the template is:
they are published with the sections that point to them, and are read before the language of a document is known, which
is told only from its sentences. The preferred name of a concept is English; other languages have alternative names.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, pairwise

from graph import furniture, vocabulary
from graph.documents import Document
from graph.spans import Span, lines, trimmed
from graph.text import fold_words, slug

_HASHES = re.compile(r"[ \t\ufeff]{0,4}(#{1,6})[ \t]+(?=\S)")
_BOLD_LINE = re.compile(r"[ \t\ufeff]*(\*\*|__|<b>|<strong>)(?P<title>.+?)(\*\*|__|</b>|</strong>)[ \t:]*", re.IGNORECASE)
_NUMBERING = re.compile(r"\A\W*(?:\d+(?:\.\d+)*[.)]?|(?:[ivx]+|[a-z])(?:\.\d+)*[.)])\s+", re.IGNORECASE)
_FRONT_LINE = re.compile(r"\|?(?P<label>[^\t:|]{2,60}?)(?:\t|:|\|| {2,}|$)(?P<value>.*?)\|?")
_INLINE = re.compile(r"</?(?:b|strong|i|em|u)>|\*\*|__", re.IGNORECASE)
_LONGEST_HEADING = 200
_SHORTEST_BEGINNING = 12
_MOST_WORDS = 9
_MOST_TITLES = 3
"""How many headings may stand above the front block: a title, what it is a part of, and for whom it was written."""
_BLOCK = ("country", "year", "priority")
"""The fields that make lines a front block; a title alone may be called a policy."""
_RULED = re.compile(r"[\s|:+]*-[\s|:+-]*")
_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,})[ \t]*")
_FIELD = re.compile(r"\s*(?:[-*+\u2022|]|\S[^:]{0,40}:\s)")
_ENDS_A_SENTENCE = re.compile(r"[.!?;,][\"'\u2019\u201d)]*$")


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


def without_markup(text: str) -> str:
    """The words for showing to people: inline markup taken out."""
    return _INLINE.sub("", text).strip()


def _compared(text: str) -> str:
    """The words as they are compared: their accents do not count, since capitals are often written without."""
    apart = unicodedata.normalize("NFD", fold_words(text))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


class Template:
    """The headings of the template and the labels of its front block, by their folded words, in all languages at once.

    Args:
        headings: each known wording of a heading to the key of its section.
        labels: each known label of the front block to the field that it names; by default those of the ontology.
    """

    def __init__(self, headings: Mapping[str, str], labels: Mapping[str, str] | None = None) -> None:
        """Fold each wording once."""
        known = vocabulary.load().front_labels if labels is None else labels
        self._keys = {_compared(heading): key for heading, key in headings.items()}
        self._fields = {_compared(label): name for label, name in known.items()}
        self._most_words = max((len(key.split()) for key in self._keys), default=0)

    def section_of(self, title: str) -> str | None:
        """The template's section that a heading opens, None if it is none of them.

        A heading may go on after the known words ("Definition of cybercrime"): the longest known beginning counts.
        """
        words = _compared(_NUMBERING.sub("", title, count=1)).split()
        for length in range(min(len(words), self._most_words), 0, -1):
            if key := self._keys.get(" ".join(words[:length])):
                return key
        return None

    def is_heading(self, line: str) -> bool:
        """Whether an unmarked line is, word for word, a heading of the template."""
        return len(line) <= _LONGEST_HEADING and _compared(_NUMBERING.sub("", line.strip(), count=1)) in self._keys

    def goes_on(self, line: str) -> bool:
        """Whether an unmarked line is the beginning of a longer heading of the template."""
        words = _compared(_NUMBERING.sub("", line.strip(), count=1))
        return len(words) > _SHORTEST_BEGINNING and any(key.startswith(f"{words} ") for key in self._keys)

    def field_named(self, label: str) -> str | None:
        """The field of the front block that a label names, None if it names none."""
        return self._fields.get(_compared(without_markup(label)))

    def field_of(self, line: str) -> str | None:
        """The field that a line of the front block fills, None if it is no such line."""
        found = _FRONT_LINE.fullmatch(line)
        return self.field_named(found["label"]) if found else None

    def fields_below(self, line: str) -> list[str | None]:
        """The fields whose values the next line gives: of a line that holds nothing but labels of the front block."""
        names = [self.field_named(cell.of(line)) for cell in _row(line, Span(0, len(line)))]
        return names if names and all(names) and names != ["policy"] else []


def split(document: Document, template: Template) -> tuple[list[Section], FrontBlock]:
    """The sections of a document in reading order, the front block being the first, and what that block says."""
    text = document.text
    found = list(_headings(text, template))
    titles = _titles(text, found, template)
    rest = list(dropwhile(lambda heading: template.field_of(heading[0].of(text)), found[titles:]))
    above = [heading for heading in found[:titles] if not template.field_of(heading[0].of(text))]
    headings = [*above, *rest]
    front = _front_block(text, Span(0, rest[0][0].start if rest else len(text)), template)
    sections = [Section("front", "", "front", None, Span(0, headings[0][0].start if headings else len(text)))]
    keys = _Keys("front")
    for number, (line, title) in enumerate(headings):
        words = without_markup(title.of(text))
        known = template.section_of(words) if number >= len(above) else None
        key = keys.unused(known or slug(words)[:60].strip("-") or "section")
        end = headings[number + 1][0].start if number + 1 < len(headings) else len(text)
        sections.append(Section(key, words, known, title, Span(line.end, end)))
    return sections, front


def _titles(text: str, headings: Sequence[tuple[Span, Span]], template: Template) -> int:
    """How many headings, labels among them, stand above the front block; none where no front block follows them at once.

    Between a title and the block may stand short lines, such as a date or for whom the document was written. What comes
    after words of the text, or after a heading of the template, is no front block.
    """
    titles = 0
    for line in lines(text, Span(0, len(text))):
        words = line.of(text)
        field_here = template.field_of(words) or next(iter(template.fields_below(words)), None)
        if field_here in _BLOCK:
            return titles
        if titles < len(headings) and line.start == headings[titles][0].start:
            titles += 1
            if titles > _MOST_TITLES or template.is_heading(without_markup(words)):
                return 0
        elif not field_here and len(words.split()) > _MOST_WORDS:
            return 0
    return 0


class _Keys:
    """The keys of a document's sections.

    Args:
        taken: a key that no heading may have.
    """

    def __init__(self, taken: str) -> None:
        self._seen, self._tried = {taken}, Counter[str]()

    def unused(self, key: str) -> str:
        """The key, or the first of `key-2`, `key-3` … that no section has yet; it is taken from now on."""
        while True:
            self._tried[key] += 1
            found = key if self._tried[key] == 1 else f"{key}-{self._tried[key]}"
            if found not in self._seen:
                self._seen.add(found)
                return found


def _headings(text: str, template: Template) -> Iterator[tuple[Span, Span]]:
    """Each heading: the lines that it takes, and its words."""
    drawn = furniture.of(text)
    passed = set(drawn)
    found = [line for line in lines(text, Span(0, len(text))) if line not in passed]
    underlined = {line.start for line in drawn if _UNDERLINE.fullmatch(line.of(text))}
    taken = 0
    for number, line in enumerate(found):
        if line.start < taken:
            continue
        for last in range(number, min(number + 3, len(found))):
            block = Span(line.start, found[last].end)
            if last > number and (
                found[last].start - found[last - 1].end > len("\r\n")
                or not template.goes_on(Span(line.start, found[last - 1].end).of(text))
            ):
                break
            if title := _heading(text, block, template, _is_apart(text, block, underlined)):
                yield block, title
                taken = block.end
                break


def _is_apart(text: str, block: Span, underlined: set[int]) -> str:
    """How a line is set off from its neighbours: `drawn` (a line is drawn below it), `alone` between blank lines, or not at all."""
    near = (start for start in range(block.end + 1, block.end + len("\r\n") + 5) if start in underlined)
    if any(text[block.end : start].strip(" \t") in ("\n", "\r\n") for start in near):
        return "drawn"
    before, after = text[max(0, block.start - 4) : block.start], text[block.end : block.end + 4]
    blank = before.count("\n") > 1 or not block.start, after.count("\n") > 1
    return "alone" if all(blank) else ""


def _heading(text: str, line: Span, template: Template, apart: str) -> Span | None:
    words = line.of(text)
    plain = without_markup(words)
    is_short = len(plain.split()) <= _MOST_WORDS and not _ENDS_A_SENTENCE.search(plain) and not _FIELD.match(plain)
    if (
        _HASHES.match(words)
        or _BOLD_LINE.fullmatch(words)
        or template.is_heading(plain)
        or (apart == "drawn" and is_short)
        or (apart == "alone" and is_short and template.section_of(plain))
    ):
        title = trimmed(text, line)
        return title if title.end > title.start else None
    return None


def _row(text: str, line: Span) -> list[Span]:
    """The cells of a line between bars or tabs, without the bars at its ends; the line itself where it has none."""
    words = line.of(text)
    edges = [-1, *(place for place, letter in enumerate(words) if letter in "|\t"), len(words)]
    cells = [trimmed(text, Span(line.start + first + 1, line.start + last)) for first, last in pairwise(edges)]
    return [cell for number, cell in enumerate(cells) if cell.end > cell.start or 0 < number < len(cells) - 1]


def _front_block(text: str, within: Span, template: Template) -> FrontBlock:
    fields: dict[str, Span] = {}
    found: list[Span] = []
    waiting: list[str | None] = []
    for line in lines(text, within):
        if waiting and line.of(text).strip() and not template.field_of(line.of(text)):
            if not _RULED.fullmatch(line.of(text)):
                for name, value in zip(waiting, _row(text, line), strict=False):
                    if name and value.end > value.start:
                        fields.setdefault(name, value)
                        found.append(value)
                waiting = []
            continue
        waiting = template.fields_below(line.of(text))
        if len(waiting) > 1:
            found.append(_row(text, line)[0])
            continue
        split_line = _FRONT_LINE.fullmatch(line.of(text))
        name = template.field_of(line.of(text))
        if not split_line or not name:
            continue
        value = trimmed(text, Span(line.start + split_line.start("value"), line.end))
        if value.end > value.start:
            waiting = []
            fields.setdefault(name, value)
            found.append(value)
        else:
            found.append(trimmed(text, Span(line.start, line.start + split_line.end("label"))))
    return FrontBlock(fields, tuple(found))
