"""Two actors that may be one: what reviewers say of them, what is claimed of each, and what a merge would change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph.decisions import queue
from graph.decisions.events import Act, Event
from graph.decisions.outcomes import WITHDRAWN, strongest
from graph.decisions.queue import Card
from graph.decisions.records import End
from graph.decisions.redirects import Redirects, owner, pair_of
from graph.decisions.reviewed import STANDS
from graph.errors import SettingError
from webapp.review import pairing
from webapp.review.disputes import pairings
from webapp.review.office import Office
from webapp.review.places import Piece, key_of, marked
from webapp.review.table import Table

MOST = 25
"""Claims that are listed at once; the rest is counted."""
_MOST_QUOTES = 3
_LONGEST_QUOTE = 600
_LAST = {"rejected": 2, "unreviewed": 1, "disputed": 1}
"""States of claims that are listed after those that stand."""


@dataclass(frozen=True)
class Pair:
    """A pair of actors on which somebody decided.

    Args:
        actor: the one that is, or is not, the other one.
        other: the other one.
        state: `merged`, `disputed`, `apart`, or `not applied`.
        reason: why a merge is not applied; empty if it is.
        said: reviewer to `merge` or `split`.
    """

    actor: End
    other: End
    state: str
    reason: str
    said: Mapping[str, Act]


def decided(office: Office) -> list[Pair]:
    """The pairs on which somebody decided, by name; those that name withdrawn words are left out.

    Args:
        office: the data folder.
    """
    held: dict[frozenset[str], list[Event]] = defaultdict(list)
    for event in pairings(office):
        held[pair_of(event)].append(event)
    found = [_pair(events, office) for events in held.values() if not any(map(office.is_withdrawn, events))]
    return sorted(found, key=lambda pair: (pair.actor.name.casefold(), pair.actor.reference, pair.other.reference))


def _pair(events: Sequence[Event], office: Office) -> Pair:
    merges = [event for event in events if event.act == "merge"]
    shown = (merges or events)[-1]
    assert shown.actor
    assert shown.other
    state, reason = _state(merges, office)
    return Pair(shown.actor, shown.other, state, reason, {event.by: event.act for event in events})


def _state(merges: Iterable[Event], office: Office) -> tuple[str, str]:
    sources = {event.actor.reference: event for event in merges if event.actor}
    if not sources:
        return "apart", ""
    if any(source in office.on_actors.redirects.disputed for source in sources):
        return "disputed", ""
    applied = office.redirects.merges
    if any(source in applied and applied[source].other == event.other for source, event in sources.items()):
        return "merged", ""
    return "not applied", next((office.refused[source] for source in sources if source in office.refused), "another merge counts instead")


@dataclass(frozen=True)
class Told:
    """A claim in a list.

    Args:
        profile: the profile's key.
        words: the claim in words.
        state: what people decided.
        waits: why it waits; empty if it does not.
        place: key of the sentence on which one decides on it.
        quotes: what says so, the names in it marked; three at most.
        rest: how many more say so.
    """

    profile: str
    words: str
    state: str
    waits: str
    place: str
    quotes: Sequence[Sequence[Piece]] = ()
    rest: int = 0


@dataclass(frozen=True)
class Listed:
    """The first of many claims, and how many there are."""

    claims: Sequence[Told]
    total: int

    @property
    def rest(self) -> int:
        """How many are not listed."""
        return self.total - len(self.claims)


@dataclass(frozen=True)
class Side:
    """One of two actors.

    Args:
        end: the actor.
        kind: of which kind it is.
        profile: the profile that names it; empty for one of the authority files.
        names: other names under which claims, or actors that are merged into it, stand.
        into: what it is merged into; empty if it is not.
        claims: what is claimed of it.
    """

    end: End
    kind: str
    profile: str
    names: Sequence[str]
    into: str
    claims: Listed


class Group(NamedTuple):
    """A claim with all its cards."""

    cards: Sequence[Card]
    state: str

    @property
    def first(self) -> Card:
        """The card whose claim and place stand for all."""
        return next((card for card in self.cards if card.waits), self.cards[0])

    @property
    def waits(self) -> str:
        """Why it waits for a person; empty if it does not."""
        return self.first.waits or ""

    @property
    def stands(self) -> bool:
        """Whether people vouch for it."""
        return self.state in STANDS


def groups(tables: Iterable[Table]) -> Iterator[Group]:
    """The claims of profiles, each with all its pieces of evidence; what was added and taken back again is none.

    Args:
        tables: the profiles.
    """
    for table in tables:
        found: dict[str, list[Card]] = defaultdict(list)
        for card in table.cards:
            if card.state != WITHDRAWN:
                found[card.unit.claim].append(card)
        yield from (Group(cards, strongest(card.state for card in cards)) for cards in found.values())


def side(end: End, other: str, office: Office, claims: Iterable[Group]) -> Side:
    """One of two actors, with what is claimed of it, and of those that are merged into it.

    Args:
        end: the actor.
        other: reference of the other one, whose claims are its own even where the two are merged.
        office: the data folder.
        claims: the claims of all profiles.
    """
    about: list[Group] = []
    names = {end.name: None}
    for group in claims:
        own = [one for one in queue.ends_of([group.first]) if _leads(one.reference, end.reference, other, office.redirects)]
        if own:
            about.append(group)
            names |= {one.name: None for one in own}
    names |= dict.fromkeys(office.aliases(end.reference))
    about.sort(key=lambda group: (_LAST.get(group.state, 0), group.first.unit.profile, group.first.line or 0))
    listed = Listed([_told(group, office, end.reference) for group in about[:MOST]], len(about))
    kind = end.kind or end.reference.partition("/")[0]
    final = office.redirects[end.reference]
    into = f"{office.name_of(final)} ({final})" if final != end.reference else ""
    return Side(end, kind, owner(end.reference, office.profiles) or "", [name for name in names if name != end.name], into, listed)


def _leads(reference: str, wanted: str, other: str, found: Redirects) -> bool:
    """Whether a reference is the wanted actor or is merged into it, and not by way of the other one."""
    while reference not in (wanted, other) and reference in found.targets:
        reference = found.targets[reference]
    return reference == wanted


def _told(group: Group, office: Office, about: str = "") -> Told:
    """A claim in a list; with quotes where the actor is named that it is about."""
    card = group.first
    words = queue.said(card.claim, office.vocabulary)
    told = Told(card.unit.profile, words, group.state, group.waits, key_of(card))
    if not about:
        return told
    own = [one for one in queue.ends_of([card]) if office.redirects[one.reference] == office.redirects[about]]
    quotes = [marked(_cut((one.today or one.evidence).quote), own) for one in group.cards[:_MOST_QUOTES]]
    return replace(told, quotes=quotes, rest=len(group.cards) - len(quotes))


def _cut(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE].rstrip()} …"


@dataclass(frozen=True)
class Direction:
    """That one actor is another one, as it would be recorded.

    Args:
        source: the one that would be merged.
        target: the other one, which stays.
        problem: why it cannot be recorded; empty if it can.
        is_dispute: whether nothing would be merged, since somebody says otherwise.
        moved: claims that would get another end.
        looped: those of them that would lead from an actor to itself, and would not be shown.
        doubled: claims of one profile that would say the same.
    """

    source: End
    target: End
    problem: str = ""
    is_dispute: bool = False
    moved: Listed = Listed((), 0)
    looped: Listed = Listed((), 0)
    doubled: Listed = Listed((), 0)


def direction(source: End, target: End, by: str, office: Office, claims: Iterable[Group]) -> Direction:
    """What would become of claims if one actor were another one; what was rejected is not among them.

    Args:
        source: the one that would be merged.
        target: the other one, which stays.
        by: who would say so.
        office: the data folder.
        claims: the claims of all profiles.
    """
    try:
        made = pairing.paired("merge", (source.reference, target.reference), by, office)
    except SettingError as error:
        return Direction(source, target, str(error))
    outcomes, after, _ = office.effect(made)
    moved: list[Group] = []
    looped: list[Group] = []
    same: dict[tuple[object, ...], list[Group]] = defaultdict(list)
    for group in (group for group in claims if group.state != "rejected"):
        ends = [one.reference for one in queue.ends_of([group.first])]
        finals = tuple(after[one] for one in ends)
        is_moved = any(after[one] != office.redirects[one] for one in ends)
        if is_moved:
            moved.append(group)
        if is_moved and finals[0] == finals[1]:
            looped.append(group)
        else:
            same[_content(group, finals)].append(group)
    touched = set(map(_key, moved))
    doubled = [group for alike in same.values() if len(alike) > 1 and not touched.isdisjoint(map(_key, alike)) for group in alike]
    listed = (Listed([_told(group, office) for group in found[:MOST]], len(found)) for found in (moved, looped, doubled))
    return Direction(source, target, "", source.reference in outcomes.redirects.disputed, *listed)


def _key(group: Group) -> tuple[str, str]:
    return group.first.unit.profile, group.first.unit.claim


def _content(group: Group, finals: tuple[str, ...]) -> tuple[object, ...]:
    """What a claim says in its profile, with its ends as they would be."""
    claim = group.first.claim
    return (group.first.unit.profile, claim.relation, *finals, claim.polarity, claim.modality, claim.valid_from, claim.valid_until)
