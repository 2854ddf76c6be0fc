"""A sentence as a reviewer sees it: its words with the names in them marked, what stands around it, and all that is claimed of it.

A place is the first sentence of a piece of evidence as it stands today; where the words are gone, as it was read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from graph.decisions import queue
from graph.decisions.queue import Card
from graph.decisions.records import End
from graph.sentences import Sentence
from webapp.review.table import Table

TEXT = "text"
"""What an address says where sentences come in the order of the text; where it says nothing, the most urgent come first."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the words, marked with the actors that are named there.

    Args:
        text: the words.
        numbers: the numbers of the actors, empty for plain text.
    """

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """A sentence, or several that one piece of evidence needs, before a reviewer.

    Args:
        key: key of the first sentence.
        table: the profile.
        cards: what is claimed there, in the order in which it is asked.
    """

    key: str
    table: Table
    cards: Sequence[Card]

    @property
    def waiting(self) -> list[Card]:
        """What waits here."""
        return [card for card in self.cards if card.waits]

    @cached_property
    def ends(self) -> list[End]:
        """The actors of the claims, each once; their place in the list is their number less one."""
        return list({end.reference: end for end in queue.ends_of(self.cards)}.values())

    def number(self, end: End) -> int:
        """The number of an actor here."""
        return [one.reference for one in self.ends].index(end.reference) + 1

    @cached_property
    def _here(self) -> list[Sentence]:
        wanted = {self.key} | {key for card in self.cards if card.today for key in card.today.sentences}
        found = [sentence for sentence in self.table.sheet.sentences if sentence.key in wanted]
        return found if any(sentence.key == self.key for sentence in found) else []

    @property
    def is_there(self) -> bool:
        """Whether the words stand in the text of today."""
        return bool(self._here)

    @property
    def line(self) -> int | None:
        """The line on which the words begin; None where they are gone."""
        return self.table.sheet.document.line_of(self._here[0].span.start) if self._here else None

    @property
    def heading(self) -> str:
        """The title of the section."""
        start = self._here[0].span.start if self._here else -1
        titles = [section.title for section in self.table.sheet.sections if (section.heading or section.body).start <= start]
        return titles[-1] if titles else ""

    @property
    def around(self) -> tuple[str, str]:
        """The sentence before and the one behind, empty where there is none."""
        found = self.table.sheet.sentences
        if not self._here:
            return "", ""
        first, last = found.index(self._here[0]), found.index(self._here[-1])
        return found[first - 1].text if first else "", found[last + 1].text if last + 1 < len(found) else ""

    @property
    def passages(self) -> list[list[Piece]]:
        """Each sentence as pieces; of words that are gone, as they were read."""
        texts = [sentence.text for sentence in self._here] or [self.cards[0].evidence.words]
        return [marked(text, self.ends) for text in texts]


def marked(text: str, ends: Sequence[End]) -> list[Piece]:
    """Words with the names in them marked; case and line breaks do not count.

    Args:
        text: the words.
        ends: the actors; their place is their number less one.
    """
    spans: dict[int, tuple[int, int]] = {}
    for number, end in enumerate(ends, 1):
        wanted = r"\s+".join(map(re.escape, end.name.split()))
        if found := re.search(rf"(?<!\w){wanted}(?!\w)", text, re.IGNORECASE):
            spans[number] = found.span()
    bounds = sorted({0, len(text), *(bound for span in spans.values() for bound in span)})
    return [
        Piece(text[first:last], tuple(number for number, (start, end) in spans.items() if start < last and first < end))
        for first, last in pairwise(bounds)
    ]


def key_of(card: Card) -> str:
    """The place of a card."""
    return (card.today or card.evidence).sentences[0]


def order(cards: Iterable[Card]) -> list[str]:
    """The places of cards in their order, each once."""
    return list(dict.fromkeys(map(key_of, cards)))


def place(table: Table, key: str) -> Place | None:
    """A place of a profile; None where nothing is claimed there.

    Args:
        table: the profile.
        key: key of the sentence.
    """
    cards = [card for card in table.cards if key_of(card) == key]
    cards.sort(key=lambda card: (card.waits is None, queue.urgency(card, table.measured) if card.waits else (), card.id))
    return Place(key, table, cards) if cards else None


def waiting(table: Table, by: str = "") -> list[str]:
    """The places at which something waits.

    Args:
        table: the profile.
        by: `TEXT` for the order of the text; else the most urgent come first.
    """
    return order(table.in_text if by == TEXT else table.waiting)


def after(table: Table, key: str, by: str = "") -> str:
    """The place at which to go on when one is done or skipped; empty where nothing else waits.

    Args:
        table: the profile.
        key: the place that is left.
        by: see `waiting`.
    """
    found = waiting(table, by)
    behind = _behind(order(table.cards), key) if by == TEXT else _behind(found, key)
    wanted = set(found)
    return next((one for one in [*behind, *found] if one != key and one in wanted), "")


def _behind(places: Sequence[str], key: str) -> Sequence[str]:
    return places[places.index(key) + 1 :] if key in places else places


def before(table: Table, key: str, by: str = "") -> str:
    """The place before this one; empty where there is none.

    Args:
        table: the profile.
        key: the place.
        by: see `waiting`.
    """
    found = waiting(table, by)
    at = found.index(key) if key in found else 0
    return found[at - 1] if at else ""


def share(table: Table) -> Mapping[str, int]:
    """How far a profile is reviewed: how many claims there are, how many wait, and how many people judged."""
    return {"all": len(table.cards), "waiting": len(table.waiting), "judged": sum(1 for card in table.cards if card.stances)}
