"""All events to a state of each claim: what people decided, taken together.

Per reviewer the latest act counts. Reviewers who agree decide; reviewers who disagree make a dispute, however many stand
on each side and whoever came last. A claim stands if any of its evidence does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from threading import Lock

from graph.decisions.events import Event
from graph.decisions.fates import COUNTS, SUPERSEDED, Fate
from graph.decisions.records import ClaimRecord, EvidenceRecord
from graph.decisions.redirects import Redirects, redirects
from graph.decisions.stances import AGAINST, FOR, Stance, Stances, Unit, replaced, stances, units_of
from graph.decisions.undoing import left

WITHDRAWN = "withdrawn"
"""Added by people and taken back by them; nothing is left to show."""
_JUDGING = ("accept", "reject", "correct")
"""Acts on what lies before a reviewer."""
_FIRST = ("corrected", "accepted", "curated", "disputed", "unreviewed", "rejected", WITHDRAWN)
"""States of evidence in the order in which they decide on the claim."""


@dataclass(frozen=True)
class Judgement:
    """What people decided about a claim on one piece of evidence.

    Args:
        unit: the claim and the evidence.
        claim: the claim, as the latest act on it has it.
        evidence: the evidence, as that act has it.
        state: a concept of the list of review states, or `WITHDRAWN`.
        stances: reviewer to what he or she holds.
        revises: keys of the claims that this one corrects.
        is_added: whether it stands by people alone, without any proposal that somebody accepted.
        doubts: reviewer to what he or she holds of a claim that this one corrects, where that is a No to this one.
    """

    unit: Unit
    claim: ClaimRecord
    evidence: EvidenceRecord
    state: str
    stances: Mapping[str, Stance]
    revises: tuple[str, ...]
    is_added: bool
    doubts: Mapping[str, Stance]

    @property
    def proposal(self) -> EvidenceRecord | None:
        """The evidence as a rule proposed it for this very claim, by the latest act that judges it so; None where none does."""
        judging = [stance for stance in self.stances.values() if stance.event.act in _JUDGING and stance.evidence.rule]
        return max(judging, key=lambda stance: stance.event.order).evidence if judging else None


@dataclass(frozen=True)
class Outcomes:
    """The states that follow from all events.

    Args:
        judgements: by unit, in order of unit.
        redirects: what actors turned out to be.
        completions: for each profile, the declarations that its curation is complete, the latest last.
        fates: id of each event to what became of it.
    """

    judgements: Mapping[Unit, Judgement]
    redirects: Redirects
    completions: Mapping[str, tuple[Event, ...]]
    fates: Mapping[str, Fate]

    @property
    def claims(self) -> dict[tuple[str, str], str]:
        """Profile and key of each claim to its state."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for unit, judgement in self.judgements.items():
            found[unit.profile, unit.claim].append(judgement.state)
        return {claim: strongest(states) for claim, states in found.items()}

    def completed(self, profile: str, text_hash: str) -> Event | None:
        """The latest declaration that holds for this text of a profile."""
        fitting = [event for event in self.completions.get(profile, ()) if event.text_hash == text_hash]
        return fitting[-1] if fitting else None


def strongest(states: Iterable[str]) -> str:
    """The state of a claim whose pieces of evidence have these states."""
    return min(states, key=_FIRST.index)


def fold(events: Iterable[Event], curated: Collection[Unit] = ()) -> Outcomes:
    """What follows from events: the same for the same set of them, however they are ordered or repeated.

    Args:
        events: all events.
        curated: what side-cars hold. Somebody vouched for it, and a reviewer who rejects it makes a dispute.
    """
    ordered = sorted({event.id: event for event in events}.values(), key=attrgetter("order"))
    standing, fates = left(ordered)
    held, fates_of_claims = stances(event for event in standing if event.claim)
    merged, fates_of_actors = redirects(event for event in standing if event.actor)
    completions, fates_of_completions = _completions(event for event in standing if event.act == "complete")
    corrections = _corrections(held)
    known = frozenset(curated)
    judgements = {unit: _judgement(unit, of_unit, corrections.get(unit, []), unit in known, held) for unit, of_unit in sorted(held.items())}
    return Outcomes(judgements, merged, completions, {**fates, **fates_of_claims, **fates_of_actors, **fates_of_completions})


class Folding:
    """`fold` for events that grow: only the files of which an event is new or gone are folded again.

    What is decided on one profile has no say in another one, and merges have a file of their own.
    """

    def __init__(self) -> None:
        """Nothing is folded yet."""
        self._lock = Lock()
        self._parts: dict[str, tuple[tuple[Event, ...], Outcomes]] = {}
        self._last: tuple[tuple[Event, ...], Outcomes] = (), fold(())

    def of(self, events: tuple[Event, ...]) -> Outcomes:
        """What follows from events, the same as `fold` says.

        Args:
            events: each event once, in order of time and id.
        """
        with self._lock:
            if self._last[0] is not events:
                self._last = events, self._folded(events)
            return self._last[1]

    def _folded(self, events: tuple[Event, ...]) -> Outcomes:
        files: dict[str, list[Event]] = defaultdict(list)
        homes = {event.id: event.file for event in events}
        for event in events:
            if event.undoes and homes.get(event.undoes, event.file) != event.file:
                return fold(events)  # somebody has moved lines from file to file
            files[event.file].append(event)
        before, self._parts = self._parts, {}
        for file, held in sorted(files.items()):
            known = before.get(file)
            self._parts[file] = known if known and known[0] == tuple(held) else (tuple(held), fold(held))
        return _together([found for _, found in self._parts.values()])


def _together(parts: Sequence[Outcomes]) -> Outcomes:
    """The outcomes of several files as those of all."""
    judgements = {unit: judgement for part in parts for unit, judgement in part.judgements.items()}
    merged = [part.redirects for part in parts if part.redirects != Redirects()]
    assert len(merged) <= 1
    completions = {profile: held for part in parts for profile, held in part.completions.items()}
    fates = {event: fate for part in parts for event, fate in part.fates.items()}
    return Outcomes(dict(sorted(judgements.items())), merged[0] if merged else Redirects(), dict(sorted(completions.items())), fates)


def _corrections(held: Stances) -> dict[Unit, list[Event]]:
    """For each unit, the corrections that stand for it, in order."""
    found: dict[Unit, dict[str, Event]] = defaultdict(dict)
    for unit, by_reviewer in held.items():
        for stance in by_reviewer.values():
            if stance.event.replacement and unit == next(units_of(stance.event)):
                found[replaced(stance.event)][stance.event.id] = stance.event
    return {unit: sorted(events.values(), key=attrgetter("order")) for unit, events in found.items()}


def _judgement(
    unit: Unit,
    of_unit: Mapping[str, Stance],
    corrections: Iterable[Event],
    is_curated: bool,  # noqa: FBT001  # one vote more
    held: Stances,
) -> Judgement:
    latest = max(of_unit.values(), key=lambda stance: stance.event.order)
    supporters = {name: stance for name, stance in of_unit.items() if stance.holds is FOR}
    standing = [event for event in corrections if event.by in supporters]
    doubts = _doubts(unit, standing, of_unit, held)
    is_opposed = bool(doubts) or any(stance.holds is AGAINST for stance in of_unit.values())
    acts = {stance.event.act for stance in supporters.values()} | {event.act for event in standing}
    return Judgement(
        unit, latest.claim, latest.evidence, _state(acts, is_opposed=is_opposed, is_curated=is_curated), of_unit,
        tuple(sorted({event.claim.key for event in standing if event.claim})), "accept" not in acts, doubts,
    )  # fmt: skip


def _doubts(unit: Unit, corrections: Iterable[Event], of_unit: Mapping[str, Stance], held: Stances) -> dict[str, Stance]:
    """Who said nothing of a corrected claim, and holds the claim right as it was, or corrected it to another one; the latest counts."""
    found = [
        (name, stance)
        for correction in corrections
        for name, stance in held[next(units_of(correction))].items()
        if name not in of_unit
        and (stance.holds is FOR or (stance.event.replacement is not None and replaced(stance.event).claim != unit.claim))
    ]
    return dict(sorted(found, key=lambda one: one[1].event.order))


def _state(acts: Collection[str], *, is_opposed: bool, is_curated: bool) -> str:
    if is_opposed:
        return "disputed" if acts or is_curated else "rejected"
    if "correct" in acts:
        return "corrected"
    if is_curated:
        return "curated"
    if "accept" in acts:
        return "accepted"
    return "curated" if acts else WITHDRAWN


def _completions(events: Iterable[Event]) -> tuple[dict[str, tuple[Event, ...]], dict[str, Fate]]:
    """The declarations by profile, each reviewer's latest on each text, and the fate of each."""
    latest: dict[tuple[str | None, str | None, str], Event] = {}
    fates: dict[str, Fate] = {}
    for event in events:
        key = event.profile, event.text_hash, event.by
        if before := latest.get(key):
            fates[before.id] = SUPERSEDED
        latest[key] = event
        fates[event.id] = COUNTS
    found: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(latest.values(), key=attrgetter("order")):
        found[event.profile or ""].append(event)
    return {profile: tuple(held) for profile, held in sorted(found.items())}, fates
