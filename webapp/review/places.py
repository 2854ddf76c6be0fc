"""A sentence as a reviewer sees it: its words with the actors in them marked, what stands around it, and all that is claimed of it.

A place is the first sentence of a piece of evidence as it stands today; where the words are gone, as it was read.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from graph.decisions import queue
from graph.decisions.queue import Card
from graph.decisions.records import End
from graph.decisions.stances import NEITHER
from graph.sentences import Sentence
from webapp.review.table import Table

TEXT = "text"
"""What an address says where sentences come in the order of the text; where it says nothing, the most urgent come first."""
AGAIN = "again"
"""What it says where a reviewer judges what others have decided, and does not see their decisions before."""
ORDERS = ("", TEXT, AGAIN)
_POLICY = "policy/"
_LONGEST_NAME = 100
"""Letters; what is longer and introduces an actor is no name."""
_Stretches = Sequence[tuple[int, int]]
_NOWHERE: Mapping[str, _Stretches] = MappingProxyType({})


def _no_others(_reference: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Piece:
    """A stretch of the words, marked with the actors of which it speaks.

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
        aliases: reference of an actor to its other names.
        hidden: ids of the cards on which others decided and whoever looks is to decide without seeing how.
    """

    key: str
    table: Table
    cards: Sequence[Card]
    aliases: Callable[[str], Sequence[str]] = field(default=_no_others, compare=False)
    hidden: frozenset[str] = frozenset()

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

    def unsaid(self, card: Card) -> list[End]:
        """The ends of a claim of which the words do not speak, as far as that can be told; a policy is meant by all of its document."""
        numbers = {number for passage in self.passages for piece in passage for number in piece.numbers}
        ends = (card.claim.subject, card.claim.object)
        return [end for end in ends if self.number(end) not in numbers and not end.reference.startswith(_POLICY)]

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

    @cached_property
    def passages(self) -> list[list[Piece]]:
        """Each sentence as pieces; of words that are gone, as they were read."""
        if not self._here:
            return [marked(self.cards[0].evidence.words, self.ends, aliases=self._others)]
        return [marked(sentence.text, self.ends, self._mentions(sentence), self._others) for sentence in self._here]

    def _others(self, reference: str) -> Sequence[str]:
        """Other names of an actor: those of the files, and the words by which the side-car introduces it."""
        quotes = [one.quote.text for one in self.table.named if one.actor.reference == reference]
        return [*self.aliases(reference), *(quote for quote in quotes if len(quote) <= _LONGEST_NAME)]

    def _mentions(self, sentence: Sentence) -> Mapping[str, _Stretches]:
        """Reference of each actor to where the rules found that a sentence speaks of it, counted from its beginning."""
        known, first, last = self.table.mentions, sentence.span.start, sentence.span.end
        return {
            end.reference: [
                (span.start - first, span.end - first) for span in known.get(end.reference, ()) if first <= span.start < span.end <= last
            ]
            for end in self.ends
        }


def marked(
    text: str, ends: Sequence[End], mentions: Mapping[str, _Stretches] = _NOWHERE, aliases: Callable[[str], Sequence[str]] = _no_others
) -> list[Piece]:
    """Words with the actors in them marked; case and line breaks of names do not count.

    Args:
        text: the words.
        ends: the actors; their place is their number less one.
        mentions: reference of an actor to stretches of the words that are known to speak of it.
        aliases: reference of an actor to its other names, which count where its first name does not stand there.
    """
    spans = {
        number: mentions.get(end.reference)
        or _named(text, [end.name])
        or _named(text, sorted(aliases(end.reference), key=len, reverse=True))
        for number, end in enumerate(ends, 1)
    }
    bounds = sorted({0, len(text), *(bound for found in spans.values() for span in found for bound in span)})
    return [
        Piece(
            text[first:last], tuple(number for number, found in spans.items() if any(start < last and first < end for start, end in found))
        )
        for first, last in pairwise(bounds)
    ]


def _named(text: str, names: Sequence[str]) -> _Stretches:
    """Where the first of these names that stands in words stands there first; one in capitals stands there only in capitals."""
    for name in names:
        wanted = r"\s+".join(map(re.escape, name.split()))
        if found := re.search(rf"(?<!\w){wanted}(?!\w)", text, re.NOFLAG if name.isupper() else re.IGNORECASE):
            return [found.span()]
    return []


def key_of(card: Card) -> str:
    """The place of a card."""
    return (card.today or card.evidence).sentences[0]


def order(cards: Iterable[Card]) -> list[str]:
    """The places of cards in their order, each once."""
    return list(dict.fromkeys(map(key_of, cards)))


def place(table: Table, key: str, aliases: Callable[[str], Sequence[str]] = _no_others, by: str = "", reviewer: str = "") -> Place | None:
    """A place of a profile; None where nothing is claimed there.

    Args:
        table: the profile.
        key: key of the sentence.
        aliases: reference of an actor to its other names.
        by: see `waiting`; what is judged again is shown as if nobody had decided on it.
        reviewer: who looks; a dispute that waits for others stands behind what he or she can settle.
    """
    cards = [card for card in table.cards if key_of(card) == key]
    hidden = frozenset(card.id for card in cards if by == AGAIN and is_for_again(card, reviewer))
    cards = [replace(card, state=queue.OPEN, stances={}, adds_edge=True) if card.id in hidden else card for card in cards]
    cards.sort(
        key=lambda card: (
            card.waits is None, card.is_for_others(reviewer), queue.urgency(card, table.measured) if card.waits else (), card.id,
        )
    )  # fmt: skip
    return Place(key, table, cards, aliases, hidden) if cards else None


def is_for_again(card: Card, reviewer: str) -> bool:
    """Whether others have decided on a card and a reviewer has not, so that his or her judgement tells how far they agree."""
    return reviewer not in card.stances and any(stance.holds is not NEITHER for stance in card.stances.values())


def again(table: Table, reviewer: str) -> list[Card]:
    """What others have decided and a reviewer has not, in the order of the text."""
    return [card for card in table.cards if is_for_again(card, reviewer)]


def waiting(table: Table, by: str = "", reviewer: str = "") -> list[str]:
    """The places at which something waits; those where a reviewer had the last word in a dispute, and can settle nothing, come last.

    Args:
        table: the profile.
        by: `TEXT` for the order of the text, `AGAIN` for what others have decided; else the most urgent come first.
        reviewer: who looks.
    """
    return [*_for(table, by, reviewer), *_for_others(table, by, reviewer)]


def _for(table: Table, by: str, reviewer: str) -> list[str]:
    """The places at which something waits that a reviewer can settle."""
    return order(card for card in _cards(table, by, reviewer) if not (card.stances and card.is_for_others(reviewer)))


def _for_others(table: Table, by: str, reviewer: str) -> list[str]:
    """The places at which nothing waits but disputes that others have to settle."""
    cards = _cards(table, by, reviewer)
    left = order(card for card in cards if card.stances and card.is_for_others(reviewer))
    own = set(_for(table, by, reviewer)) if left else set()
    return [key for key in left if key not in own]


def _cards(table: Table, by: str, reviewer: str) -> Sequence[Card]:
    if by == AGAIN:
        return again(table, reviewer)
    return table.in_text if by == TEXT else table.waiting


def after(table: Table, key: str, by: str = "", reviewer: str = "", *, is_skip: bool = False) -> str:
    """The place at which to go on; empty where nothing else waits that one can settle.

    Args:
        table: the profile.
        key: the place that is left.
        by: see `waiting`.
        reviewer: who looks.
        is_skip: whether nothing was decided, so that one may as well look at the disputes that others have to settle.
    """
    found = _for(table, by, reviewer)
    behind = _behind(order(table.cards), key) if by else _behind(found, key)
    wanted = set(found)
    if here := next((one for one in [*behind, *found] if one != key and one in wanted), ""):
        return here
    others = _for_others(table, by, reviewer) if is_skip else []
    return next((one for one in [*_behind(others, key), *others] if one != key), "")


def _behind(places: Sequence[str], key: str) -> Sequence[str]:
    return places[places.index(key) + 1 :] if key in places else places


def before(table: Table, key: str, by: str = "", reviewer: str = "") -> str:
    """The place before this one; empty where there is none.

    Args:
        table: the profile.
        key: the place.
        by: see `waiting`.
        reviewer: who looks.
    """
    found = waiting(table, by, reviewer)
    at = found.index(key) if key in found else 0
    return found[at - 1] if at else ""


def share(table: Table) -> Mapping[str, int]:
    """How far a profile is reviewed.

    `all` and `decided` count what rules and side-car hold, so that what people add does not change where the end is; `added` counts
    that. `waiting` and `judged` count both.
    """
    given = [card for card in table.cards if card.id not in table.added]
    decided = sum(1 for card in given if not card.waits or card.unit in table.left)
    return {
        "all": len(given), "decided": decided, "added": len(table.cards) - len(given),
        "waiting": len(table.waiting), "judged": sum(1 for card in table.cards if card.stances),
    }  # fmt: skip
