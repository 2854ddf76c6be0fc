"""Names that the document sets off, by bold letters, italics or quotes."""

from collections.abc import Iterator, Mapping, Sequence

from graph.extraction.candidates import Candidate
from graph.extraction.nouns import Nouns
from graph.extraction.plain import Plain
from graph.extraction.tokens import Token

_QUOTES = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", '"': '"', "\u2018": "\u2019", "\u00ab": "\u00bb", "\u2019": "\u2019"}
_CALLED = ("operation", "project", "campaign", "working-group", "programme", "taskforce")
"""Kinds whose noun stands before a name in quotes: `JIT "Heron"`, `Operation **Ghost**`."""
_LONGEST = 9


class Titles:
    """Finds what is set off and may be a name.

    Args:
        nouns: the nouns of its language.
    """

    def __init__(self, nouns: Nouns) -> None:
        """Keep the nouns."""
        self._nouns = nouns

    def find(self, plain: Plain, found: Sequence[Token]) -> Mapping[int, Candidate]:
        """What marks or quotes set off, by first token: at most nine words that begin with a capital.

        Args:
            plain: the sentence.
            found: its tokens.
        """
        out: dict[int, Candidate] = {}
        for start, end in self._spans(plain, found):
            inside = [number for number, token in enumerate(found) if start <= token.start and token.end <= end]
            while inside and found[inside[-1]].text in ".,:;":
                inside.pop()
            if inside and len(inside) <= _LONGEST and (found[inside[0]].is_capital or found[inside[0]].text == "#"):
                name = self._called(found, inside) or self._titled(found, inside)
                out[name.start] = name
        return out

    @staticmethod
    def _spans(plain: Plain, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Where the document sets something off, in the plain words; marks first, then quotes."""
        yield from ((mark.start, mark.end) for mark in plain.marks if mark.kind in ("strong", "emphasis"))
        for number, token in enumerate(found):
            if closing := _QUOTES.get(token.text):
                close = next((other for other in found[number + 1 : number + 2 + _LONGEST] if other.text in closing), None)
                if close and (number == 0 or found[number - 1].end < token.start or token.text != "\u2019"):
                    yield token.end, close.start

    def _called(self, found: Sequence[Token], inside: Sequence[int]) -> Candidate | None:
        """A name with the noun that stands before it."""
        first, last = inside[0], inside[-1]
        is_quoted = first > 0 and found[first - 1].text in _QUOTES
        before = first - 2 if is_quoted else first - 1
        if before < 0 or not found[before].is_capital:
            return None
        kind = self._nouns.heads.get((found[before].low,), "")
        return Candidate(before, last + 1 + is_quoted, found[before].low, kind, is_title=True) if kind in _CALLED else None

    def _titled(self, found: Sequence[Token], inside: Sequence[int]) -> Candidate:
        head, kind = self._nouns.head_of([found[number].low for number in inside])
        return Candidate(inside[0], inside[-1] + 1, head, kind, is_title=True)
