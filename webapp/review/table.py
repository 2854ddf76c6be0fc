"""One profile as it lies before reviewers, and the state of the files of which it was read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.curation.claims import NamedActor
from graph.decisions import queue
from graph.decisions.desk import Desk, Sheet
from graph.decisions.events import Event
from graph.decisions.queue import Card
from graph.errors import InputError


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
    """

    sheet: Sheet
    laid: Desk
    cards: Sequence[Card]
    aside: Sequence[InputError]
    events: Sequence[Event]
    as_of: Mapping[Path, tuple[int, int]]
    named: Sequence[NamedActor] = ()

    @property
    def key(self) -> str:
        """The profile's key."""
        return self.sheet.document.key

    @cached_property
    def waiting(self) -> Sequence[Card]:
        """The cards that wait for a person, the most urgent first."""
        return queue.waiting(self.cards)

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
