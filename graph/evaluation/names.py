"""Which actors of ours are which of the gold: by their names, folded, a leading article dropped.

A gold actor goes by its name, its aliases and its short forms; ours by its name and its aliases. The name that an authority
file prefers counts since ours has it as `name`. What a people or a language is called is no name of its country: "Dutch" is
the Netherlands only where the gold gives it as an alias.

How strong a match is:

    4  name and name
    3  the name of one and an alias of the other
    2  alias and alias
    1  our name and a short form of the gold: "the Unit" taken for an actor
    0  our alias and a short form of the gold, only where neither has a better match: "the Ministry" may be any ministry

The strongest matches are settled first. The first of ours on a gold actor is that actor; any further one (strength 1 or more) is a
duplicate, since an analyst would have to merge it. Each of ours is at most one of the gold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.evaluation.gold import GoldActor
from graph.extraction.results import End, FoundActor
from graph.text import fold_words

_ARTICLES = frozenset(
    "the a an der die das den dem des ein eine le la les un une el los las il lo gli i de het een o os as um uma".split()  # noqa: SIM905
)
_NO_ACTORS = ("topic", "channel")
_STRENGTHS = (4, 3, 2, 1, 0)
_ONLY_IF_FREE = 0


def folded(name: str) -> str:
    """A name as it is compared."""
    first, _, rest = fold_words(name).partition(" ")
    return rest if rest and first in _ARTICLES else f"{first} {rest}".strip()


def is_actor(found: FoundActor) -> bool:
    """Whether it can be an actor at all; topics and channels are none, whatever the gold holds."""
    return found.kind not in _NO_ACTORS and (found.reference or "").partition("/")[0] not in _NO_ACTORS


@dataclass(frozen=True)
class ActorMatches:
    """Which of our actors are which of the gold.

    Args:
        found: our actors, topics and channels not among them.
        gold: those of the gold.
        matches: number of ours to number of the gold.
        duplicates: numbers of those of ours whose gold actor another one of ours already is.
    """

    found: tuple[FoundActor, ...]
    gold: tuple[GoldActor, ...]
    matches: dict[int, int]
    duplicates: frozenset[int]

    @property
    def taken(self) -> frozenset[int]:
        """Numbers of the gold actors that were found."""
        return frozenset(self.matches.values())

    def actor(self, end: End) -> FoundActor | None:
        """Our actor at the end of a proposal."""
        named = [actor for actor in self.found if folded(actor.name) == folded(end.name)]
        return next((actor for actor in named if actor.reference == end.reference), named[0] if named else None)

    def end(self, end: End) -> int | None:
        """The gold actor at the end of a proposal: that of our actor, or, where it is none of ours, that of its name."""
        actor = self.actor(end)
        if actor is not None:
            return self.matches.get(self.found.index(actor))
        return named(end.name, self.gold)


def match(actors: Iterable[FoundActor], gold: Sequence[GoldActor]) -> ActorMatches:
    """The matches between our actors and those of the gold."""
    found = tuple(actor for actor in actors if is_actor(actor))
    matches: dict[int, int] = {}
    duplicates: set[int] = set()
    strengths = [[_strength((actor.name, *actor.aliases), other) for other in gold] for actor in found]
    for strength in _STRENGTHS:
        for ours in (number for number in range(len(found)) if number not in matches):
            likely = [other for other in range(len(gold)) if strengths[ours][other] == strength]
            free = [other for other in likely if other not in matches.values()]
            if free:
                matches[ours] = free[0]
            elif likely and strength > _ONLY_IF_FREE:
                matches[ours] = likely[0]
                duplicates.add(ours)
    return ActorMatches(found, tuple(gold), matches, frozenset(duplicates))


def named(name: str, gold: Sequence[GoldActor]) -> int | None:
    """The gold actor that a name alone means, the strongest match first."""
    strengths = [(_strength((name,), actor), -number) for number, actor in enumerate(gold)]
    known = [(strength, number) for strength, number in strengths if strength is not None]
    return -max(known)[1] if known else None


def _strength(ours: Sequence[str], gold: GoldActor) -> int | None:
    """How strong a match is; `ours` begins with the name."""
    name, *aliases = map(folded, ours)
    other, others, shorts = folded(gold.name), set(map(folded, gold.aliases)), set(map(folded, gold.short_forms))
    matching = (
        name == other,
        name in others or other in aliases,
        not others.isdisjoint(aliases),
        name in shorts,
        not shorts.isdisjoint(aliases),
    )
    return next((strength for strength, holds in zip(_STRENGTHS, matching, strict=True) if holds), None)
