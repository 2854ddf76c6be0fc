"""Where the words of a gold file stand in a text that was made of the same document in another way.

A gold quote is a stretch of the file as it was received. For plain text and Markdown our text is the same; for HTML, PDF and
DOCX it is a conversion: without tags, with other white space, with entities decoded. So a quote is looked for as it is; then
without its tags and entities; then as the gold file cleaned it; each by its folded words, wherever they follow each other.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.evaluation.gold import GoldQuote
from graph.spans import Span
from graph.text import fold_words

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True)
class Places:
    """A text in which quotes can be found.

    Args:
        text: the text.
    """

    text: str

    def of(self, quote: GoldQuote) -> tuple[Span, ...]:
        """All places where the quote stands; none if it does not, or is empty."""
        for words in _readings(quote):
            if found := tuple(self._exact(words)) or tuple(self._folded(fold_words(words).split())):
                return found
        return ()

    def _exact(self, words: str) -> Iterator[Span]:
        at = self.text.find(words)
        while at >= 0:
            yield Span(at, at + len(words))
            at = self.text.find(words, at + 1)

    def _folded(self, words: Sequence[str]) -> Iterator[Span]:
        there, spans = self._words
        starts = self._starts.get(words[0], ()) if words else ()
        for start in starts:
            end = start + len(words)
            if there[start:end] == list(words):
                yield Span(spans[start].start, spans[end - 1].end)

    @cached_property
    def _words(self) -> tuple[list[str], list[Span]]:
        """Each folded word of the text, and the stretch without white space in which it stands."""
        pairs = [
            (word, Span(found.start(), found.end())) for found in _CHUNK.finditer(self.text) for word in fold_words(found.group()).split()
        ]
        return [word for word, _ in pairs], [span for _, span in pairs]

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        starts: dict[str, list[int]] = {}
        for number, word in enumerate(self._words[0]):
            starts.setdefault(word, []).append(number)
        return starts


def overlap(span: Span, places: Sequence[Span]) -> bool:
    """Whether a stretch shares at least one code point with one of the places."""
    return any(place.start < span.end and span.start < place.end for place in places)


def _readings(quote: GoldQuote) -> Iterator[str]:
    """The quote as it may stand in a text, the likeliest first."""
    readings = (quote.words, html.unescape(_TAG.sub(" ", quote.words)), html.unescape(_TAG.sub("", quote.words)), quote.cleaned)
    return (words for words in dict.fromkeys(readings) if words.strip())
