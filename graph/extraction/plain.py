"""A sentence as it is read: without markup, wrapped lines and doubled white space, each letter with its place.

Rules and names look at the plain words; whatever they find goes back to the document through `Plain.span`.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.spans import Span

_SPECIAL = re.compile(
    r"(?P<tag></?[a-zA-Z][^<>\n]{0,200}>|<!--.{0,2000}?-->)"
    r"|(?P<link>\[(?P<words>[^\[\]\n]{1,300})\]\([^()\s]{0,500}\))"
    r"|(?P<strike>~~)"
    r"|(?P<bold>\*\*|__(?=\S)|(?<=\S)__)"
    r"|(?P<star>(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*]))"
    r"|(?P<entity>&(?:[a-zA-Z]{2,31}|#\d{1,7}|#x[0-9a-fA-F]{1,6});)"
    r"|(?P<hyphen>(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_]))"
    r"|(?P<space>[\s\u00a0\ufeff]{2,}|[^\S ]|\ufeff)",
    re.DOTALL,
)
_KEEPS_HYPHEN = frozenset(
    [
        "co",
        "non",
        "inter",
        "multi",
        "cross",
        "vice",
        "sub",
        "anti",
        "self",
        "ex",
        "pre",
        "post",
        "semi",
        "mid",
        "pan",
        "intra",
        "ultra",
        "well",
        "so",
        "twenty",
        "thirty",
        "forty",
        "cyber",
        "e",
    ]
)
"""First halves of words that are written with a hyphen also where no line ends."""
_BEFORE = re.compile(r"(\*\*|__|[*_])$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_EMPHASIS = {"bold": "strong", "star": "emphasis", "strike": "struck"}
_TAGS = {"b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "s": "struck", "del": "struck", "strike": "struck"}
_TAG_NAME = re.compile(r"</?([a-zA-Z]+)")


@dataclass(frozen=True)
class Mark:
    """A stretch of the plain words that the document sets off.

    Args:
        kind: `strong`, `emphasis` or `struck`.
        start: where it begins in the plain words.
        end: where it ends, exclusive.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Plain:
    """The plain words of a stretch of a document.

    Args:
        text: the words.
        places: for each code point of `text`, its place in the document.
        marks: what is set off, in order.
    """

    text: str
    places: Sequence[int]
    marks: tuple[Mark, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Where the plain words from `start` up to `end` stand in the document."""
        return Span(self.places[start], self.places[end - 1] + 1)


def plain(text: str, span: Span) -> Plain:
    """The plain words of a stretch of a document's text.

    Args:
        text: the document's text.
        span: the stretch.
    """
    growing = _Growing([_EMPHASIS["bold" if found[1:] else "star"] for found in _opened(text, span.start)])
    at = span.start
    for found in _SPECIAL.finditer(text, span.start, span.end):
        if found.start() >= at:
            growing.keep(text[at : found.start()], at)
            at = found.end()
            growing.take(found, is_last=at >= span.end)
    growing.keep(text[at : span.end], at)
    return growing.whole()


class _Growing:
    """Plain words that grow stretch by stretch, and where marks open and close in them."""

    def __init__(self, opened: Sequence[str]) -> None:
        self._out: list[str] = []
        self._places: list[int] = []
        self._toggles: list[tuple[str, int]] = [(kind, 0) for kind in opened]

    def keep(self, words: str, start: int) -> None:
        """Words as they stand, but for a space at the beginning or behind another one."""
        if words[:1] == " " and not (self._out and self._out[-1][-1] != " "):
            words, start = words[1:], start + 1
        if words:
            self._out.append(words)
            self._places.extend(range(start, start + len(words)))

    def take(self, found: re.Match[str], *, is_last: bool) -> None:
        """A piece of markup or white space, for what it means.

        Args:
            found: the piece.
            is_last: whether nothing follows it.
        """
        match found.lastgroup:
            case "space":
                self._space(found, is_last=is_last)
            case "link" | "words":
                self.keep(found["words"], found.start("words"))
            case "entity":
                self._stand(html.unescape(found[0]).replace("\u00a0", " "), found.start())
            case "hyphen":
                if _is_compound(self._out[-1] if self._out else ""):
                    self.keep("-", found.start())
            case "tag":
                self._toggle(_TAGS.get(_tag(found[0]), ""))
            case group:
                self._toggle(_EMPHASIS[str(group)])

    def whole(self) -> Plain:
        """All of it."""
        joined = "".join(self._out)
        return Plain(joined, self._places, tuple(_marks(self._toggles, len(joined))))

    def _space(self, found: re.Match[str], *, is_last: bool) -> None:
        """One space for any; a bar for a tab between two cells."""
        if self._places and "\t" in found[0] and not is_last:
            self._stand(" | ", found.start())
        elif self._places:
            self.keep(" ", found.start())

    def _stand(self, words: str, start: int) -> None:
        """Words that stand for one place of the document."""
        self._out.append(words)
        self._places.extend([start] * len(words))

    def _toggle(self, kind: str) -> None:
        if kind:
            self._toggles.append((kind, len(self._places)))


def _opened(text: str, start: int) -> list[str]:
    """The marks that stand right before a stretch, and so open in front of it."""
    found = _BEFORE.search(text, max(0, start - 3), start)
    return [found[1]] if found and not text[found.start() - 1 : found.start()].isalnum() else []


def _is_compound(before: str) -> bool:
    word = _LAST_WORD.search(before)
    return bool(word) and word[0].casefold() in _KEEPS_HYPHEN if word else False


def _tag(words: str) -> str:
    found = _TAG_NAME.match(words)
    return found[1].casefold() if found else ""


def _marks(toggles: Sequence[tuple[str, int]], length: int) -> list[Mark]:
    """Each kind of mark opens and closes in turn; one that is not closed before the sentence ends goes on to its end."""
    marks: list[Mark] = []
    for kind in ("strong", "emphasis", "struck"):
        places = [place for name, place in toggles if name == kind]
        places += [length] * (len(places) % 2)
        marks += [Mark(kind, start, end) for number, (start, end) in enumerate(pairwise(places)) if number % 2 == 0 and end > start]
    return sorted(marks, key=lambda mark: (mark.start, mark.end))
