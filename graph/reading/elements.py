"""The elements of a web page: which are open, which are left out, and what closes what."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.reading.blocks import Style

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "frame", "keygen")
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
STYLES = {
    "b": Style.BOLD, "strong": Style.BOLD, "i": Style.EMPHASIS, "em": Style.EMPHASIS,
    "s": Style.STRUCK, "strike": Style.STRUCK, "del": Style.STRUCK,
}  # fmt: skip
LISTS = frozenset(("ul", "ol", "menu", "dir"))
CELLS = frozenset(("td", "th"))
_TABLE_PARTS = frozenset(("td", "th", "tr", "thead", "tbody", "tfoot"))
_HEAD = frozenset(("title", "meta", "link", "base", "script", "style", "noscript", "template"))
"""What may stand in a head; anything else ends it."""
BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "header", "hgroup", "hr", "html", "legend", "li", "main", "p", "pre", "section", "summary", "table",
     *LISTS, *HEADINGS, *_TABLE_PARTS)
)  # fmt: skip
"""What begins on a line of its own."""
LEFT_OUT = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "head", "title", "nav", "footer", "aside", "form", "button", "select", "textarea",
     "iframe", "object", "canvas", "audio", "video", "map")
)  # fmt: skip
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search"))
_WHOLE = frozenset(("html", "body", "main", "article", "table", "td", "th"))
"""What no class leaves out: such a class says something of what lies in it."""
_HINT = re.compile(
    r"(?:.*[-_])?(?:cookies?|breadcrumbs?)(?:[-_].*)?|(?:(?:social|page|article|post)[-_]?)?shar(?:e|ing)(?:[-_].*)?", re.IGNORECASE
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENDED_BY = {
    "li": (frozenset(("li",)), LISTS | CELLS),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",)) | CELLS),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",)) | CELLS),
    "td": (CELLS, frozenset(("tr", "table"))),
    "th": (CELLS, frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "thead": (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))),
    "tbody": (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))),
    "tfoot": (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))),
    "body": (frozenset(("head",)), frozenset()),
}
"""For a beginning element: the open ones that it ends, and those beyond which it ends none."""

Attributes = Mapping[str, str | None]


@dataclass(frozen=True)
class Element:
    """An open element.

    Args:
        tag: its name.
        is_left_out: whether what lies in it is left out, for its own sake or that of an element around it.
    """

    tag: str
    is_left_out: bool


def is_left_out(tag: str, attributes: Attributes, kept: Collection[str]) -> bool:
    """Whether an element and all in it is no part of the document's text.

    Args:
        tag: its name.
        attributes: what it says of itself.
        kept: names of elements that stay this time though they are left out as a rule.
    """
    if tag in LEFT_OUT and tag not in kept:
        return True
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").strip().lower() == "true":
        return True
    if _NOT_SHOWN.search(attributes.get("style") or ""):
        return True
    if _ROLES.intersection((attributes.get("role") or "").lower().split()):
        return True
    words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
    return tag not in _WHOLE and any(_HINT.fullmatch(word[:100]) for word in words)


class Open:
    """The open elements, outermost first; each is closed at the latest when the one around it is."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self._stack: list[Element] = []
        self._count: Counter[str] = Counter()
        self._left_out = 0

    @property
    def is_left_out(self) -> bool:
        """Whether what comes now is left out."""
        return self._left_out > 0

    @property
    def style(self) -> Style:
        """How words are set now."""
        return Style(sum({style for tag, style in STYLES.items() if self._count[tag]}))

    @property
    def heading(self) -> int:
        """The level of the heading in which words stand now, 0 for none."""
        return next((level for tag, level in HEADINGS.items() if self._count[tag]), 0)

    def ended_by(self, tag: str) -> list[Element]:
        """Close what the beginning of an element ends, and return it, innermost first."""
        closed = self._up_to(frozenset(("head",)), frozenset(("body",))) if self._is_after_head(tag) else []
        if tag in BLOCKS and self._count["p"]:
            closed += self._up_to(frozenset(("p",)), BLOCKS - {"p"})
        if tag in HEADINGS:
            closed += self._up_to(frozenset(HEADINGS), BLOCKS - set(HEADINGS))
        if tag in _ENDED_BY:
            closed += self._up_to(*_ENDED_BY[tag])
        return closed

    def begin(self, element: Element) -> None:
        """An element is open from now on."""
        self._stack.append(element)
        self._count[element.tag] += 1
        self._left_out += element.is_left_out

    def end(self, tag: str) -> list[Element]:
        """Close an element and all in it, and return them, innermost first; nothing if it is not open here."""
        if tag in _TABLE_PARTS:
            return self._up_to(frozenset((tag,)), frozenset(("table",)))
        if tag == "table":
            return self._up_to(frozenset((tag,)), frozenset())
        return self._up_to(frozenset((tag,)), CELLS if tag in BLOCKS or tag in LEFT_OUT else BLOCKS)

    def all(self) -> list[Element]:
        """Close everything, and return it, innermost first."""
        return [self._pop() for _ in range(len(self._stack))]

    def _is_after_head(self, tag: str) -> bool:
        return self._count["head"] > 0 and tag not in _HEAD and self._stack[-1].tag == "head"

    def _up_to(self, tags: frozenset[str], barriers: frozenset[str]) -> list[Element]:
        if not any(self._count[tag] for tag in tags):
            return []
        for place in range(len(self._stack) - 1, -1, -1):
            if self._stack[place].tag in tags:
                return [self._pop() for _ in range(len(self._stack) - place)]
            if self._stack[place].tag in barriers:
                break
        return []

    def _pop(self) -> Element:
        element = self._stack.pop()
        self._count[element.tag] -= 1
        self._left_out -= element.is_left_out
        return element
