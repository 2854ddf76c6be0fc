"""Country, year and priority of a document, as they were read from it, against the gold.

right       the document states it and we say the same; or it does not state it and we say nothing
open        the document states it and we say nothing
wrong       we say something else, or something that the document does not state: nothing may be guessed
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.evaluation.gold import GoldDocument
from graph.evaluation.names import folded
from graph.text import fold_words

NAMES = ("country", "year", "priority")
RIGHT, OPEN, WRONG = OUTCOMES = ("right", "open", "wrong")
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Fields:
    """What we read of a document as a whole.

    Args:
        country: all names under which the country that we found is known; none if it stays open.
        year: the year, empty if it stays open.
        priority: the priority, empty if it stays open.
    """

    country: tuple[str, ...] = ()
    year: str = ""
    priority: str = ""


def judge(ours: Fields, gold: GoldDocument) -> dict[str, str]:
    """For each field whether it is right, open or wrong."""
    said = {"country": bool(ours.country), "year": bool(ours.year), "priority": bool(ours.priority)}
    same = {
        "country": folded(gold.country or "") in map(folded, ours.country),
        "year": ours.year[:4] == (gold.year or "")[:4],
        "priority": not set(_priorities(ours.priority)).isdisjoint(_priorities(gold.priority or "")),
    }
    return {name: _outcome(stated=name in gold.stated, said=said[name], same=same[name]) for name in NAMES}


def _outcome(*, stated: bool, said: bool, same: bool) -> str:
    if stated and not said:
        return OPEN
    return RIGHT if (same if stated else not said) else WRONG


def _priorities(words: str) -> Iterator[str]:
    """The priority as it stands and without what is in brackets; and what is in brackets where that is an abbreviation."""
    readings = [words, _BRACKETS.sub(" ", words), *(inner for inner in _BRACKETS.findall(words) if inner.isupper())]
    return (fold_words(reading) for reading in readings if fold_words(reading))
