"""Which of several readings of a sentence count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.dates import StatedDate
from graph.extraction.cues import Decision
from graph.extraction.mentions import Read

_LIKELY = ("$self", "$practice", "$group")
"""Ends that a sentence leaves unsaid, the one that is meant most likely first; any other comes behind them."""
_COUNTRY = "$country"


@dataclass(frozen=True)
class Relation:
    """A relation that a rule found.

    Args:
        subject: number of the entity.
        name: local name of the relation.
        object: number of the entity.
        read: the sentence, or list item, that says so.
        decision: polarity and modality.
        confidence: prior of the rule, lowered by uncertain ends.
        rule: which rule.
        note: how an end was resolved that the words do not name.
        valid_from: since when.
        valid_until: until when.
        implied: the end that the words leave unsaid, such as `$practice`; empty if they say both.
        is_object_implied: whether it is the object.
        stretch: the pieces of the sentence that say so, counted from its end, so that an introducing line changes nothing.
    """

    subject: int
    name: str
    object: int
    read: Read
    decision: Decision
    confidence: float
    rule: str
    note: str = ""
    valid_from: StatedDate | None = None
    valid_until: StatedDate | None = None
    implied: str = ""
    is_object_implied: bool = False
    stretch: range = range(0)

    @property
    def key(self) -> tuple[int, str, int]:
        """What is said, however and how surely."""
        return self.subject, self.name, self.object


def decided(found: Iterable[Relation], weaker: Mapping[str, Sequence[str]]) -> list[Relation]:
    """The readings that count, one for each subject, relation and object.

    Args:
        found: all readings of one sentence.
        weaker: relation to those that say less and give way to it.
    """
    best: dict[tuple[int, str, int], Relation] = {}
    for relation in found:
        known = best.get(relation.key)
        if known is None or _strength(relation) > _strength(known):
            best[relation.key] = relation
    for relation in list(best.values()):
        for name in weaker.get(relation.name, ()):
            best.pop((relation.subject, name, relation.object), None)
    for relation in [one for one in best.values() if _is_said(one, best.values())]:
        best.pop(relation.key, None)
    for same in _guesses(best.values()):
        for relation in same[1:]:
            best.pop(relation.key, None)
    named = {(relation.name, relation.object) for relation in best.values() if relation.implied != _COUNTRY}
    return [one for one in best.values() if one.implied != _COUNTRY or (one.name, one.object) not in named]


def _is_said(guess: Relation, others: Iterable[Relation]) -> bool:
    """Whether the words of a guess say something else, of which both ends are named."""
    return bool(guess.implied) and any(
        not other.implied
        and (other.subject, other.object) != (guess.subject, guess.object)
        and _shares_end(guess, other)
        and _overlap(guess.stretch, other.stretch)
        for other in others
    )


def _shares_end(one: Relation, other: Relation) -> bool:
    return one.subject == other.subject or one.object == other.object


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _guesses(relations: Iterable[Relation]) -> Iterator[list[Relation]]:
    """Guesses that differ only in the object that the words leave unsaid, the likeliest first: one guess is enough."""
    found: dict[tuple[int, str], list[Relation]] = {}
    for relation in relations:
        if relation.implied and relation.is_object_implied:
            found.setdefault((relation.subject, relation.name), []).append(relation)
    for same in found.values():
        yield sorted(same, key=lambda relation: (*(relation.implied != end for end in _LIKELY), relation.note))


def _strength(relation: Relation) -> tuple[int, float]:
    """Which of two readings of the same relation counts: one that is not plainly asserted, then the more confident one."""
    return int(relation.decision != Decision()), relation.confidence
