"""Plain words to tokens: words, numbers and marks, each with its place."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['\u2019.&/+-](?!s\b)[^\W_]+)*|['\u2019]s\b|\S")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark.

    Args:
        text: as it stands.
        low: folded in case.
        start: where it begins in the plain words.
        end: where it ends, exclusive.
        is_word: whether it is a word or number and no mark.
        is_capital: whether it begins with a capital, or is an acronym with a small first letter (`eMOBIDIG`).
        is_acronym: whether it is written mostly in capitals: `INHOPE`, `J-CAT`, `EC3`, `BfV`.
    """

    text: str
    low: str
    start: int
    end: int
    is_word: bool
    is_capital: bool
    is_acronym: bool


def tokens(text: str) -> list[Token]:
    """The tokens of plain words, in order.

    Args:
        text: the plain words.
    """
    return [_token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)]


def _token(words: str, start: int, end: int) -> Token:
    if words.islower() or not words[0].isalnum():
        return Token(words, words.casefold(), start, end, words[0].isalnum(), is_capital=False, is_acronym=False)
    first = words[0]
    is_capital = first.isupper() or (len(words) > 1 and not first.isdigit() and words[1].isupper())
    capitals = sum(letter.isupper() for letter in words)
    is_acronym = capitals > 1 and capitals * 2 >= sum(letter.isalpha() for letter in words)
    return Token(words, words.casefold(), start, end, is_word=True, is_capital=is_capital, is_acronym=is_acronym)


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The tokens of a name, folded in case, without marks."""
    return tuple(words.casefold() for words in _TOKEN.findall(text) if words[0].isalnum())
