"""What each reviewer holds of each piece of evidence in the end: the latest act counts.

A correction is two things at once: the claim is wrong, and another one is right on the same words. It goes as a whole: a
reviewer who later says something else of the claim that was wrong no longer stands for the other one either.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.decisions.events import Event, by_reviewer
from graph.decisions.fates import COUNTS, SUPERSEDED, Fate, void
from graph.decisions.records import ClaimRecord, EvidenceRecord

FOR, AGAINST, NEITHER = True, False, None


class Unit(NamedTuple):
    """A claim on one piece of evidence: what a decision is about.

    Args:
        profile: the profile's key.
        claim: the claim's key.
        evidence: the key of the evidence, which stands for the claim as well.
    """

    profile: str
    claim: str
    evidence: str


@dataclass(frozen=True)
class Stance:
    """What one reviewer holds of one unit.

    Args:
        event: the act that says so.
        holds: for it, against it, or neither: what was added was retracted.
        claim: the claim as that act has it.
    """

    event: Event
    holds: bool | None
    claim: ClaimRecord

    @property
    def evidence(self) -> EvidenceRecord:
        """The evidence as that act has it; no rule proposed what a correction made of another claim."""
        assert self.event.claim
        assert self.event.evidence
        return self.event.evidence if self.claim.key == self.event.claim.key else self.event.evidence.unproposed


Stances = Mapping[Unit, Mapping[str, Stance]]
"""Unit to reviewer to stance."""


@dataclass
class _Reviewer:
    """One reviewer's acts, from the latest to the earliest."""

    settled: dict[Unit, Stance] = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)

    def take(self, event: Event, added: frozenset[Unit]) -> None:
        """Settle what an act judges and no later one has; `added` are those of its units that were added before it."""
        assert event.claim
        units = list(units_of(event))
        if event.act == "retract" and not any(unit in added for unit in units):
            self.fates[event.id] = void("its reviewer has added nothing that it would retract")
            return
        fresh = [unit for unit in units if unit not in self.settled]
        self.fates[event.id] = COUNTS if fresh else SUPERSEDED
        for unit in fresh:
            self.settled[unit] = Stance(event, _HOLDS[event.act], event.claim)
        # A correction whose own unit has been judged anew is over, whatever else it rechecked.
        if event.replacement and units[0] in fresh:
            self.settled.setdefault(replaced(event), Stance(event, FOR, event.replacement))


_HOLDS = {"accept": FOR, "add": FOR, "reject": AGAINST, "correct": AGAINST, "retract": NEITHER}


def units_of(event: Event) -> Iterator[Unit]:
    """What an act on a claim judges: its unit and, where it rechecks an earlier one, that as well."""
    assert event.profile
    assert event.claim
    assert event.evidence
    yield Unit(event.profile, event.claim.key, event.evidence.key(event.claim.key))
    if event.rechecks:
        yield Unit(event.profile, event.claim.key, event.rechecks)


def replaced(event: Event) -> Unit:
    """For a correction, the unit that it is for."""
    assert event.profile
    assert event.replacement
    assert event.evidence
    return Unit(event.profile, event.replacement.key, event.evidence.key(event.replacement.key))


def stances(events: Iterable[Event]) -> tuple[Stances, dict[str, Fate]]:
    """The stances of all reviewers, and the fate of each event.

    Args:
        events: acts on claims that are not undone, in order of time and id.
    """
    found: dict[Unit, dict[str, Stance]] = defaultdict(dict)
    fates: dict[str, Fate] = {}
    for name, acts in sorted(by_reviewer(events).items()):
        reviewer = _Reviewer()
        for event, added in _latest_first(acts):
            reviewer.take(event, added)
        fates |= reviewer.fates
        for unit, stance in reviewer.settled.items():
            found[unit][name] = stance
    return found, fates


def _latest_first(acts: list[Event]) -> Iterator[tuple[Event, frozenset[Unit]]]:
    """Each act with the units that its reviewer had added before it; only retractions ask for them."""
    added: set[Unit] = set()
    before: dict[str, frozenset[Unit]] = {}
    for event in acts:
        if event.act == "retract":
            before[event.id] = frozenset(unit for unit in units_of(event) if unit in added)
        elif event.act == "add":
            added |= set(units_of(event))
    for event in reversed(acts):
        yield event, before.get(event.id, frozenset())
