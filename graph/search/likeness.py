"""Whether a word of a text is meant by a word that was typed, and the stretches of the text that are."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from graph.search.words import plain, words

NEAR, FAR = 4, 8
"""Letters from which on a word may have one mistake, and two."""
INSIDE = 5
"""Letters from which on a word is found inside a longer one as well."""
LONGEST = 40
"""Letters up to which mistakes are looked for."""
SAME, BEGUN, ALIKE = range(3)
"""How a word fits: it is the same, begins so, or does with mistakes."""


class Piece(NamedTuple):
    """A stretch of a text, and whether it was looked for."""

    text: str
    is_match: bool


def mistakes(word: str) -> int:
    """How many letters of a word may be wrong, missing, too many or swapped."""
    return 0 if len(word) > LONGEST else (len(word) >= NEAR) + (len(word) >= FAR)


def fit(wanted: str, word: str, *, is_tolerant: bool) -> int | None:
    """How a word of a text fits one that was typed, None if it does not."""
    if word == wanted:
        return SAME
    if word.startswith(wanted):
        return BEGUN
    if not is_tolerant:
        return None
    is_inside = len(wanted) >= INSIDE and wanted in word
    return ALIKE if is_inside or ((most := mistakes(wanted)) and is_like(wanted, word, most)) else None


@lru_cache(maxsize=20_000)
def is_like(wanted: str, word: str, most: int) -> bool:
    """Whether a word, or a beginning of it, differs in so many letters at most; two that are swapped count as one.

    Args:
        wanted: the word that was typed.
        word: the other one.
        most: how many letters may differ.
    """
    if len(word) < len(wanted) - most:
        return False
    before: Sequence[int] = ()
    last: Sequence[int] = range(len(word) + 1)
    for row, letter in enumerate(wanted, 1):
        now = [row]
        for column, other in enumerate(word[: len(wanted) + most], 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == word[column - 2] and wanted[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return False
        before, last = last, now
    return min(last) <= most


def named(names: Iterable[tuple[str, str]], typed: str, wanted: Sequence[str], *, is_tolerant: bool) -> tuple[str, str]:
    """The name by which a thing was found, with its language: that which fits best, of equal ones the first.

    Args:
        names: its names with their languages, at least one.
        typed: all that was typed, as whole names are compared.
        wanted: the words that were typed.
        is_tolerant: whether mistakes are forgiven.
    """

    def worth(name: tuple[str, str]) -> tuple[int, int]:
        whole = plain(name[0])
        if whole == typed:
            return -2, 0
        if whole.startswith(typed):
            return -1, 0
        there = whole.split()
        fits = [
            min((how for one in there if (how := fit(word, one, is_tolerant=is_tolerant)) is not None), default=None) for word in wanted
        ]
        return fits.count(None), sum(how or 0 for how in fits)

    return min(names, key=worth)


def marked(text: str, wanted: Sequence[str], *, is_tolerant: bool, most: int = 0) -> list[Piece]:
    """The text in pieces, those that were looked for marked.

    Args:
        text: any text.
        wanted: the words that were typed.
        is_tolerant: whether mistakes are forgiven.
        most: letters to show; a longer text is cut around the first match; 0 shows all.
    """
    places = [
        (word.start, word.end) for word in words(text) if any(fit(one, word.text, is_tolerant=is_tolerant) is not None for one in wanted)
    ]
    begin, end = _window(text, places[0][0] if places else 0, most)
    pieces, at = [Piece("…", is_match=False)] if begin else [], begin
    for start, stop in places:
        if start < at or stop > end:
            continue
        pieces += [Piece(text[at:start], is_match=False), Piece(text[start:stop], is_match=True)]
        at = stop
    pieces += [Piece(text[at:end], is_match=False), Piece("…" if end < len(text) else "", is_match=False)]
    return [piece for piece in pieces if piece.text]


def _window(text: str, first: int, most: int) -> tuple[int, int]:
    """The stretch of a text that is shown: from a word a little before the first match, to one that still fits."""
    if not most or len(text) <= most:
        return 0, len(text)
    begin = 0 if first < most // 2 else text.rfind(" ", 0, first - most // 3) + 1
    end = len(text) if len(text) <= begin + most else text.rfind(" ", begin, begin + most)
    return begin, end if end > first else min(len(text), begin + most)
