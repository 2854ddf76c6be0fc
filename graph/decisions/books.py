"""The books: each line of the files and each event once, so that nothing is lost without a word.

lines     = events + repeated + set aside
events    = counting + superseded + undone + void
counting  = on claims, each in a judgement + merges and splits + declarations
judgements, each with its place: an anchor, or the reason why it has none
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from graph.decisions.events import Event
from graph.decisions.log import Recorded
from graph.decisions.outcomes import Outcomes
from graph.decisions.stances import Unit, replaced, units_of
from graph.errors import DecisionError

_WORDS = {"counts": "count", "superseded": "superseded", "undone": "undone", "void": "without effect"}
"""Each fate in words."""
_REPORT_IT = "this is a fault of Liaison; report it with the files of data/decisions, and build with the former version"


class Placed(NamedTuple):
    """Where a judgement has gone.

    Args:
        state: what people decided, what the side-car says included.
        place: the state of its anchor, or why it is not shown.
    """

    state: str
    place: str


@dataclass(frozen=True)
class Books:
    """What became of all lines.

    Args:
        lines: how many there are.
        repeated: how many repeat another one.
        aside: how many are no events.
        fates: name of a fate to how many events have it.
        states: review state to how many judgements have it.
        places: anchor state, or the reason why there is none, to how many judgements have it.
        void: for each event without effect, which it is and why.
        disputed: for each actor on whose merge reviewers disagree, that it is not applied.
    """

    lines: int
    repeated: int
    aside: int
    fates: Mapping[str, int]
    states: Mapping[str, int]
    places: Mapping[str, int]
    void: tuple[str, ...]
    disputed: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """How many lines there are, and what became of them."""
        told = ", ".join(f"{count:,} {_WORDS[name]}" for name, count in self.fates.items() if count)
        return f"{self.lines:,} lines: {told or 'no events'}, {self.repeated:,} repeated, {self.aside:,} set aside"

    def report(self) -> list[str]:
        """The books in words; nothing where there are no decisions."""
        tables = {"judgements": self.states, "their words": self.places}
        told = [f"{name}: " + ", ".join(f"{count:,} {key}" for key, count in table.items()) for name, table in tables.items() if table]
        return [self.heading, *told, *self.void, *self.disputed] if self.lines else []


def balanced(folder: Path, recorded: Recorded, outcomes: Outcomes, places: Mapping[Unit, Placed]) -> Books:
    """The books of a folder of decisions, once they are shown to balance.

    Args:
        folder: the folder, for messages.
        recorded: what stands in it.
        outcomes: what was made of it.
        places: where each judgement has gone.

    Raises:
        DecisionError: something is not accounted for; nothing may be published.
    """
    if problem := _imbalance(recorded, outcomes, places):
        raise DecisionError(folder, f"the decisions do not add up: {problem}", _REPORT_IT)
    names = Counter[str](fate.name for fate in outcomes.fates.values())
    void = tuple(
        f"{event.file}: {event.act} {event.id} of {event.at[:10]} has no effect: {outcomes.fates[event.id].reason}"
        for event in recorded.events
        if outcomes.fates[event.id].name == "void"
    )
    states, anchors = (Counter(values) for values in zip(*places.values(), strict=True)) if places else (Counter[str](), Counter[str]())
    return Books(
        recorded.lines, recorded.repeated, len(recorded.aside), {name: names[name] for name in _WORDS},
        dict(sorted(states.items())), dict(sorted(anchors.items())), void,
        tuple(f"decisions disagree on what {actor} is; it stays as it is until they agree" for actor in sorted(outcomes.redirects.disputed)),
    )  # fmt: skip


def _imbalance(recorded: Recorded, outcomes: Outcomes, places: Mapping[Unit, Placed]) -> str:
    """The first sum that does not match, in words; empty if all do."""
    known = {event.id: event for event in recorded.events}
    if recorded.lines != len(recorded.events) + recorded.repeated + len(recorded.aside):
        return (
            f"{recorded.lines} lines make {len(recorded.events)} events, {recorded.repeated} repeated and {len(recorded.aside)} set aside"
        )
    if known.keys() != outcomes.fates.keys() or len(known) != len(recorded.events):
        return f"{len(known.keys() ^ outcomes.fates.keys())} events have no fate, or a fate has no event"
    counting = {event.id for event in recorded.events if outcomes.fates[event.id].counts and event.act != "undo" and event.claim}
    judged = {stance.event.id for judgement in outcomes.judgements.values() for stance in judgement.stances.values()}
    if counting != judged:
        return f"{len(counting ^ judged)} decisions count and stand in no judgement, or the other way round"
    if lost := {unit for event in recorded.events if event.id in counting for unit in _units(event, outcomes)} - outcomes.judgements.keys():
        return f"{len(lost)} claims on which a decision counts have no judgement"
    if places.keys() != outcomes.judgements.keys():
        return f"{len(places.keys() ^ outcomes.judgements.keys())} judgements have no place in a document, and no reason why"
    return ""


def _units(event: Event, outcomes: Outcomes) -> Iterator[Unit]:
    """All that a decision judges; a correction also what it is for, unless its reviewer has judged the claim anew."""
    yield from units_of(event)
    own = outcomes.judgements.get(next(units_of(event)))
    if event.replacement and own and own.stances[event.by].event.id == event.id:
        yield replaced(event)
