"""Text to words as the search compares them: without case, accents and punctuation, each with its place in the text."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from graph.text import fold_words

_WORD = re.compile(r"\w[\w\u0300-\u036f]*")
"""A letter or digit and what follows it, accents that are written as signs of their own included."""
_LETTERS = str.maketrans({"\u0131": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
"""Letters that Unicode takes for letters of their own, and people for others with a stroke or a tie."""


_JOINED = re.compile(r"(?:[^\W\d][\u0300-\u036f]*)+(?=\d{2,}$)|\d{2,}(?=(?:[^\W\d][\u0300-\u036f]*)+$)")
"""The first half of letters and digits without a space between them, as in `ETS185`; a digit alone stays, as in `P2P`."""


class Word(NamedTuple):
    """A word as it is compared, and where it stands."""

    text: str
    start: int
    end: int


_KEPT_LETTERS = 60
"""Words up to this length are kept as they are compared; longer ones are no words, and come from whoever tries something."""


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    return [Word(part, start, end) for found in _WORD.finditer(text) for start, end in _apart(found) for part in _compared(text[start:end])]


def plain(text: str) -> str:
    """All words of a text with a space between them: how whole names are compared."""
    return " ".join(word.text for word in words(text))


def _apart(found: re.Match[str]) -> list[tuple[int, int]]:
    """Where a word begins and ends; letters and digits that are joined are two, so that it is one whether a space parts them."""
    start, end = found.span()
    if len(halves := _halves(found[0])) == 1:
        return [(start, end)]
    middle = start + len(halves[0])
    return [(start, middle), (middle, end)]


def _halves(word: str) -> tuple[str, ...]:
    half = _JOINED.match(word)
    return (word[: half.end()], word[half.end() :]) if half else (word,)


def _compared(word: str) -> tuple[str, ...]:
    return _folded(word) if len(word) <= _KEPT_LETTERS else _folded.__wrapped__(word)


@lru_cache(maxsize=100_000)
def _folded(word: str) -> tuple[str, ...]:
    """One word as it is compared; a sign that stands for several words, or for digits behind letters, gives several."""
    decomposed = unicodedata.normalize("NFKD", fold_words(word).translate(_LETTERS))
    folded = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return tuple(half for part in folded.split() for half in _halves(part))
