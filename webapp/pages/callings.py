"""Words to the things that they may name, the best first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.search import Results, Wish
from graph.search.words import plain
from webapp.live import Serving

_LOOKED_AT = 200
"""Results among which are the things that somebody may mean; behind them stands what fits least."""


class Called(NamedTuple):
    """A thing that may be meant: its reference, its label, what it is, and the name by which it was found."""

    reference: str
    label: str
    what: str
    name: str


@dataclass(frozen=True)
class Callings:
    """What words may name.

    Args:
        exact: things of which they are a whole name.
        alike: things that have a name like them, those among them.
        is_capped: whether there may be more, as not all results were looked at.
        is_guess: whether no name has the words as they are written, so that all are guesses at what was meant.
    """

    exact: tuple[Called, ...]
    alike: tuple[Called, ...]
    is_capped: bool
    is_guess: bool

    def only(self, fitting: Sequence[Called]) -> Called | None:
        """The one thing that is meant; None where that is a guess, or several may be.

        Args:
            fitting: those of these things that fit best.
        """
        return fitting[0] if len(fitting) == 1 and (self.exact or not self.is_guess) else None


def callings(serving: Serving, words: str, kinds: Collection[str]) -> Callings:
    """The things that words may name.

    Args:
        serving: the release.
        words: a name, or a part of one.
        kinds: the kinds of things that are wanted.
    """
    results = Results(serving.index, Wish(words))
    best = results.part(_LOOKED_AT)
    found = [entry for entry in best if entry.kind in kinds]
    made = [Called(entry.reference, entry.label, entry.what, results.name(entry)[0]) for entry in found]
    is_exact = [plain(words) in {plain(name) for name, _ in entry.names} for entry in found]
    exact = tuple(one for one, is_it in zip(made, is_exact, strict=True) if is_it)
    return Callings(exact, tuple(made), results.total > len(best), results.is_tolerant)
