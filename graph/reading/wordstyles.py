"""The styles and lists of a Word file: what a style's name says of the words set in it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from graph.reading.blocks import Style

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}
_FLAGS = {qn("w:b"): Style.BOLD, qn("w:i"): Style.EMPHASIS, qn("w:strike"): Style.STRUCK, qn("w:dstrike"): Style.STRUCK}
_DEEPEST = 6
_OFF = ("0", "false", "off", "none")
_DEEPEST_CHAIN = 20
_LETTERS = 26


@dataclass(frozen=True)
class Named:
    """A style.

    Args:
        styles: how words in it are set.
        is_hidden: whether they are not shown.
        heading: level of the heading it makes, 0 for none.
        numbering: list and level of its items, None for none.
    """

    styles: Style = Style.PLAIN
    is_hidden: bool = False
    heading: int = 0
    numbering: tuple[str, int] | None = None

    def changed(self, properties: BaseOxmlElement | None) -> "Named":
        """The style with what the properties of a run say of its words."""
        if properties is None:
            return self
        styles = self.styles
        for tag, flag in _FLAGS.items():
            if (element := properties.find(tag)) is not None:
                styles = styles | flag if is_on(element) else styles & ~flag
        hidden = properties.find(qn("w:vanish"))
        return replace(self, styles=styles, is_hidden=self.is_hidden if hidden is None else is_on(hidden))


def is_on(element: BaseOxmlElement) -> bool:
    """Whether a switch is on, as it is where nothing is said."""
    return str(element.get(qn("w:val"), "true")).lower() not in _OFF


def value(element: BaseOxmlElement | None, path: str) -> str:
    """The value of a property further down, empty where there is none."""
    for name in path.split("/"):
        element = None if element is None else element.find(qn(name))
    return "" if element is None else str(element.get(qn("w:val"), ""))


def _number(words: str, default: int = 0) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < _DEEPEST else default


class Styles:
    """The styles of a document.

    Args:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        """Index the styles by their keys."""
        root = document.styles.element
        self._elements = {str(element.get(qn("w:styleId"))): element for element in root.iterchildren(qn("w:style"))}
        self._default = next((key for key, element in self._elements.items() if self._is_default(element)), "")
        self._known: dict[str, Named] = {}

    def of(self, key: str) -> Named:
        """A style, with what it takes over from those on which it is based."""
        if key not in self._known:
            self._known[key] = self._made(key)
        return self._known[key]

    def of_paragraph(self, properties: BaseOxmlElement | None) -> Named:
        """The style of a paragraph, with what it says of itself."""
        named = self.of(value(properties, "w:pStyle") or self._default)
        return self._as_paragraph(named, properties)

    @staticmethod
    def _is_default(element: BaseOxmlElement) -> bool:
        return element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) in ("1", "true")

    def _made(self, key: str) -> Named:
        chain: list[BaseOxmlElement] = []
        while (element := self._elements.get(key)) is not None and element not in chain and len(chain) < _DEEPEST_CHAIN:
            chain.append(element)
            key = value(element, "w:basedOn")
        named = Named()
        for element in reversed(chain):
            named = self._as_paragraph(named.changed(element.find(qn("w:rPr"))), element.find(qn("w:pPr")))
            name = value(element, "w:name").lower()
            found = _HEADING.fullmatch(name)
            if found or name in _TITLES:
                named = replace(named, heading=min(int(found[1]), _DEEPEST) if found else _TITLES[name])
        return named

    @staticmethod
    def _as_paragraph(named: Named, properties: BaseOxmlElement | None) -> Named:
        outline, listed = value(properties, "w:outlineLvl"), value(properties, "w:numPr/w:numId")
        level = value(properties, "w:numPr/w:ilvl")
        if outline:
            named = replace(named, heading=_number(outline, 9) + 1 if _number(outline, 9) < _DEEPEST else 0)
        if listed or level:
            key = listed or (named.numbering or ("",))[0]
            named = replace(named, numbering=(key, _number(level)) if key not in ("", "0") else None)
        return named


@dataclass
class Lists:
    """The lists of a document and how far each is counted.

    Args:
        document: the document.
    """

    document: Document
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        """Find the form and first number of each level of each list."""
        self._levels: dict[tuple[str, int], tuple[str, int]] = {}
        for key, level, form, start in self._stated():
            self._levels[key, level] = (form, start)

    def mark(self, key: str, level: int) -> str:
        """What the next item of a list begins with; empty if it begins with nothing."""
        form, start = self._levels.get((key, level), ("bullet", 1))
        if form == "bullet":
            return "-"
        if form == "none":
            return ""
        counts = self._counts[key]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if form in ("lowerLetter", "upperLetter") and counts[level] <= _LETTERS:
            letter = chr(ord("a") + counts[level] - 1)
            return f"{letter if form == 'lowerLetter' else letter.upper()})"
        return f"{counts[level]}."

    def _stated(self) -> Iterator[tuple[str, int, str, int]]:
        parts = (relation.target_part for relation in self.document.part.rels.values() if relation.reltype.endswith("/numbering"))
        root = next((part.element for part in parts if hasattr(part, "element")), None)
        if root is None:
            return
        kinds = {element.get(qn("w:abstractNumId")): element for element in root.iterchildren(qn("w:abstractNum"))}
        for listed in root.iterchildren(qn("w:num")):
            kind = kinds.get(value(listed, "w:abstractNumId"))
            key = str(listed.get(qn("w:numId")))
            for level in () if kind is None else kind.iterchildren(qn("w:lvl")):
                yield key, _number(str(level.get(qn("w:ilvl")))), value(level, "w:numFmt"), _number(value(level, "w:start"), 1)
            for change in listed.iterchildren(qn("w:lvlOverride")):
                number = _number(str(change.get(qn("w:ilvl"))))
                form = self._form(kind, number)
                yield key, number, form, _number(value(change, "w:startOverride"), 1)

    @staticmethod
    def _form(kind: BaseOxmlElement | None, number: int) -> str:
        levels = () if kind is None else kind.iterchildren(qn("w:lvl"))
        return next((value(level, "w:numFmt") for level in levels if level.get(qn("w:ilvl")) == str(number)), "decimal")
