"""Where a quote stands in the document: exactly there, exactly once, or the build stops."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.curation.sidecar import Entry
from graph.documents import Document
from graph.sentences import Sentence
from graph.spans import Span
from graph.text import fold

_NAMES = ("claim", "occurrence")
"""Fields that hold no words of a document: keys of other files, and numbers."""


@dataclass(frozen=True)
class Quote:
    """A quote that was found.

    Args:
        span: where it stands.
        text: its words, `document.text[span.start:span.end]`.
        sentences: the sentences that it touches, in reading order.
    """

    span: Span
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Withheld:
    """The passages of a document that are withdrawn, so that nothing may quote or repeat them.

    Args:
        text: the document's text as received.
        spans: where they stand.
    """

    text: str
    spans: tuple[Span, ...] = ()

    def check(self, entry: Entry, quote: Quote) -> None:
        """Nothing in an entry is withdrawn: neither what it quotes nor what people wrote beside it.

        Raises:
            SidecarError: otherwise; it sets the entry aside and does not say the words.
        """
        touched = any(span.start < quote.span.end and quote.span.start < span.end for span in self.spans)
        if touched or self._repeating(entry):
            raise entry.aside("the entry quotes or repeats a withdrawn passage", "record it anew from words that are left, or remove it")

    def refuse(self, entry: Entry) -> None:
        """Nothing that people wrote of the document as a whole is withdrawn.

        Raises:
            SidecarError: otherwise; it stops the build and does not say the words.
        """
        if names := self._repeating(entry):
            raise entry.fault(f"the field {names[0]!r} repeats a withdrawn passage", "say it without those words")

    def holds(self, words: Iterable[str]) -> bool:
        """Whether any of these words stand in what is withdrawn, reach into it, or repeat it."""
        hidden = [fold(span.of(self.text)) for span in self.spans]
        return any(self._touches(one) or any(passage in fold(one) for passage in hidden) for one in words) if hidden else False

    def hides(self, words: Iterable[str]) -> bool:
        """Whether any of these words is withheld and stands nowhere else in the document, where anyone could read it."""
        return any(self.holds([one]) and all(map(self._is_withheld, self._places(one))) for one in words)

    def _touches(self, words: str) -> bool:
        return any(map(self._is_withheld, self._places(words)))

    def _places(self, words: str) -> Iterator[Span]:
        return (Span(start, start + len(words)) for start in _occurrences(words, self.text))

    def _is_withheld(self, place: Span) -> bool:
        return any(span.start < place.end and place.start < span.end for span in self.spans)

    def _repeating(self, entry: Entry) -> list[str]:
        hidden = [fold(span.of(self.text)) for span in self.spans]
        given = {name: fold(" ".join(entry.texts(name))) for name in entry.values if name not in _NAMES}
        return [name for name, value in given.items() if any(words in value for words in hidden)]


def find(words: str, entry: Entry, document: Document, sentences: Sequence[Sentence]) -> Quote:
    """The place of a quote.

    Args:
        words: the quote, as the side-car gives it.
        entry: the side-car's entry, for `occurrence` and for messages.
        document: the document.
        sentences: all its sentences.

    Raises:
        SidecarError: the words do not stand in the document, stand there more than once, or touch no sentence.
    """
    starts = _occurrences(words, document.text)
    if not starts:
        raise entry.fault(f"the quote {words!r} does not stand in {document.path.name}", _nearest(words, sentences))
    wanted = entry.text("occurrence")
    if wanted:
        if not wanted.isdecimal() or not 1 <= int(wanted) <= len(starts):
            raise entry.fault(f"the quote {words!r} has no occurrence {wanted}", f"it stands there {len(starts)} times")
        starts = [starts[int(wanted) - 1]]
    if len(starts) > 1:
        lines = ", ".join(str(document.line_of(start)) for start in starts)
        raise entry.fault(
            f"the quote {words!r} is ambiguous: it stands on lines {lines} of {document.path.name}",
            "quote more words, or say which `occurrence`",
        )
    span = Span(starts[0], starts[0] + len(words))
    touched = tuple(s for s in sentences if s.span.start < span.end and span.start < s.span.end)
    if not touched:
        raise entry.fault(f"the quote {words!r} touches no sentence", "quote the words of a sentence")
    return Quote(span, span.of(document.text), touched)


def _occurrences(words: str, text: str) -> list[int]:
    starts: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


def _nearest(words: str, sentences: Sequence[Sentence]) -> str:
    near = difflib.get_close_matches(words, [sentence.text for sentence in sentences], n=1, cutoff=0.3)
    return (
        f"copy it from the document character by character; the nearest sentence is {near[0]!r}"
        if near
        else "copy it from the document character by character"
    )
