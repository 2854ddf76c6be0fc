"""Actors whose names are the same, or nearly the same, in other documents: candidates for a person, and never more than that."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.decisions.records import End
from graph.text import fold, fold_words

_NEAR = 0.85
"""Share of letters in place from which on two names are nearly the same."""
_MOST_SHARING, _MOST_COMPARED, _MOST_FOUND = 200, 40, 5
_BEGINNING = 4
"""Letters of a word that two names must share to be compared."""


@dataclass(frozen=True)
class Named:
    """An actor under one of its names.

    Args:
        name: the name.
        reference: the actor.
        profile: the profile that gives it this name.
        into: where what had this name is merged into the actor, the actor's own name; else empty.
    """

    name: str
    reference: str
    profile: str
    into: str = ""


@dataclass(frozen=True)
class Likely:
    """What an actor may be.

    Args:
        reference: another actor.
        name: its name.
        reason: why.
    """

    reference: str
    name: str
    reason: str


class Names:
    """Names of actors, to look for those that are alike.

    Args:
        names: the names.
    """

    def __init__(self, names: Iterable[Named]) -> None:
        """Sort the names by what they have in common."""
        self._names = list(names)
        self._sharing: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._names):
            for part in _parts(one.name):
                self._sharing[part].append(place)

    def like(self, end: End, profile: str) -> list[Likely]:
        """Actors of other profiles whose names are like that of an actor, the most alike first; five at most.

        Only the forty names that have most in common with it are compared letter by letter; what hundreds have in common
        tells nothing.

        Args:
            end: the actor.
            profile: the profile that names it.
        """
        sharing = [self._sharing.get(part, []) for part in _parts(end.name)]
        shared = Counter(place for places in sharing if len(places) <= _MOST_SHARING for place in places)
        compared = (self._names[place] for place, _ in shared.most_common(_MOST_COMPARED))
        others = [one for one in compared if one.profile != profile and one.reference != end.reference]
        wanted = fold(end.name)
        scored = sorted(((_alike(wanted, fold(one.name)), one) for one in others), key=lambda found: (-found[0], found[1].reference))
        best: dict[str, Likely] = {}
        for alike, one in scored:
            if alike >= _NEAR:
                best.setdefault(one.reference, Likely(one.reference, one.into or one.name, _reason(alike, one)))
        return list(best.values())[:_MOST_FOUND]


def _parts(name: str) -> set[str]:
    """The beginnings of the words of a name, and all of it, so that the same name has most in common."""
    return {fold(name), *(word[:_BEGINNING] for word in fold_words(name).split())}


def _alike(one: str, other: str) -> float:
    """The share of letters in place (Ratcliff and Obershelp), 0 where it is too small to matter."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _NEAR else 0.0


def _reason(alike: float, one: Named) -> str:
    same = "the same name" if alike == 1 else f"nearly the same name, {alike:.0%} of the letters,"
    return f"“{one.name}” of {one.profile} has {same} and is merged into it" if one.into else f"{same.rstrip(',')} in {one.profile}"
