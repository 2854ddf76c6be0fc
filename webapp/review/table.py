"""One profile as it lies before reviewers, and the state of the files of which it was read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from graph.curation.claims import NamedActor
from graph.decisions import figures, queue
from graph.decisions.desk import Desk, Sheet
from graph.decisions.events import Event
from graph.decisions.queue import Card, Rank
from graph.decisions.reviewed import unit_of
from graph.decisions.stances import Unit, units_of
from graph.errors import InputError
from graph.spans import Span

_LASTING = ("counted", "short", "by_claim", "mentioned", "mentions", "added")
"""What is worked out of a table and stays the same in another order."""


@dataclass(frozen=True)
class Table:
    """One profile as it lies before reviewers.

    Args:
        sheet: what is known of it.
        laid: what the rules propose and what people decided.
        cards: all that can be decided on.
        aside: what could not be used, and why.
        events: the decisions on it.
        as_of: its files as they were when it was read.
        named: the actors that its side-car names.
        refused: what was rejected and could not have been accepted, since the shapes refuse it.
        measured: the confidence of each rule of which it is measured; what waits is in order by it.
        left: what was decided since it was laid out, and waits no longer.
    """

    sheet: Sheet
    laid: Desk
    cards: Sequence[Card]
    aside: Sequence[InputError]
    events: Sequence[Event]
    as_of: Mapping[Path, tuple[int, int]]
    named: Sequence[NamedActor] = ()
    refused: frozenset[Unit] = frozenset()
    measured: Mapping[str, float] = field(default_factory=dict)
    left: frozenset[Unit] = frozenset()

    def since(self, events: Sequence[Event]) -> "Table":
        """The same without what was decided since, to be shown until the profile is laid out anew.

        Args:
            events: the decisions on it as they are now.
        """
        if events == self.events:
            return self
        known, left = {event.id for event in self.events}, set(self.left)
        for event in events:
            if event.claim and event.id not in known:
                left = left.difference(units_of(event)) if event.act == "undo" else left.union(units_of(event))
        return replace(self, events=events, left=frozenset(left))

    def measuring(self, measured: Mapping[str, float]) -> "Table":
        """The same in the order of another measurement; what does not depend on it need not be worked out again.

        Args:
            measured: the confidence of each rule of which it is measured.
        """
        made = replace(self, measured=measured)
        made.__dict__.update({name: self.__dict__[name] for name in _LASTING if name in self.__dict__})
        return made

    @property
    def key(self) -> str:
        """The profile's key."""
        return self.sheet.document.key

    def ordered(self) -> "Table":
        """The same with all worked out that every page asks for, so that no page has to do it."""
        _ = self.waiting, self.short, self.rules
        return self

    @cached_property
    def ranks(self) -> Sequence[tuple[Rank, Sequence[Card]]]:
        """The cards that wait for a person by how urgent they are, the most urgent first; those of a rank in the order of the text."""
        return queue.ranked((card for card in self.cards if card.unit not in self.left), self.measured)

    @cached_property
    def waiting(self) -> Sequence[Card]:
        """The cards that wait for a person, the most urgent first."""
        return [card for _, cards in self.ranks for card in cards]

    @property
    def in_text(self) -> Sequence[Card]:
        """The cards that wait for a person, in the order of the text."""
        return [card for card in self.cards if card.waits and card.unit not in self.left]

    @cached_property
    def rules(self) -> frozenset[str]:
        """The rules whose proposals wait."""
        return frozenset(card.evidence.rule for card in self.waiting) - {""}

    @cached_property
    def mentions(self) -> Mapping[str, Sequence[Span]]:
        """Reference of each actor to where the text speaks of it, as far as the rules found it: by a name, a short form or a pronoun."""
        found: dict[str, dict[Span, None]] = {}
        for one in self.laid.proposals:
            for end, spans in zip((one.claim.subject, one.claim.object), one.mentions, strict=True):
                found.setdefault(end.reference, {}).update(dict.fromkeys(spans))
        return {reference: tuple(spans) for reference, spans in found.items()}

    @cached_property
    def added(self) -> frozenset[str]:
        """Ids of the cards that people made, by an addition or a correction: neither a rule nor the side-car has them."""
        made = {
            event.evidence.key(claim.key)
            for event in self.events
            if event.evidence and (claim := event.replacement if event.act == "correct" else event.claim if event.act == "add" else None)
        }
        given = {one.unit(self.key).evidence for one in self.laid.proposals}
        given |= {unit_of(claim, evidence, self.key).evidence for claim in self.sheet.curated for evidence in claim.evidence}
        return frozenset(made - given)

    @cached_property
    def counted(self) -> Mapping[str, Counter[str]]:
        """Each rule to how many of its proposals came to which end."""
        return figures.counted(self.laid.outcomes, self.refused)

    def confidence(self, card: Card) -> float | None:
        """How sure the rule of a card is; None where no rule proposed it."""
        return queue.confidence(card, self.measured)

    def sureness(self, card: Card) -> str:
        """What kind of number that is, in words; empty where there is none."""
        if self.confidence(card) is None:
            return ""
        return "measured" if card.evidence.rule in self.measured else "as a prior"

    @cached_property
    def short(self) -> Mapping[str, str]:
        """Id of each card to its shortest beginning that no other one here has."""
        return queue.shortened([card.id for card in self.cards])

    @cached_property
    def by_claim(self) -> Mapping[str, Card]:
        """Key of each claim to its first card."""
        return {card.unit.claim: card for card in reversed(self.cards)}

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """References of all actors that its claims are about."""
        return frozenset(
            {end.reference for end in queue.ends_of(self.cards)}
            | {reference for claim in self.sheet.curated for reference in (claim.subject, claim.object)}
        )


def as_of(paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Each file to its size and the time at which it was changed."""
    found = ((path, path.stat()) for path in paths if path.is_file())
    return {path: (status.st_size, status.st_mtime_ns) for path, status in found}
