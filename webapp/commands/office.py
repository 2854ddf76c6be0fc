"""A data folder as it lies before reviewers: its profiles with all that can be decided on, its decisions, its actors."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph import authority, profiles, retirement, vocabulary
from graph.assembly import VERSION
from graph.decisions import desk, log, queue
from graph.decisions.desk import Desk, Sheet
from graph.decisions.events import Event
from graph.decisions.log import Recorded
from graph.decisions.minting import ends
from graph.decisions.outcomes import Outcomes, fold
from graph.decisions.queue import Card
from graph.decisions.records import End
from graph.decisions.redirects import Redirects, applicable, owner
from graph.errors import DocumentError, InputError, SettingError
from graph.inputs import ProfileInput, find
from graph.iris import Iris
from graph.text import fold as folded

_MOST = 10
"""How many candidates are listed."""
_CLOSE = 0.6


@dataclass(frozen=True)
class Table:
    """One profile as it lies before reviewers.

    Args:
        sheet: what is known of it.
        laid: what the rules propose and what people decided.
        cards: all that can be decided on.
        aside: what could not be used, and why.
    """

    sheet: Sheet
    laid: Desk
    cards: Sequence[Card]
    aside: Sequence[InputError]

    @property
    def key(self) -> str:
        """The profile's key."""
        return self.sheet.document.key


class Office:
    """A data folder before reviewers.

    Args:
        data: the folder.
        base: IRI under which the data live.

    Raises:
        LiaisonError: it is no data folder, or a file in it cannot be read.
    """

    def __init__(self, data: Path, base: str) -> None:
        """Read the facts; profiles are read when they are asked for."""
        self._inputs, self.vocabulary = find(data), vocabulary.load()
        self._facts = authority.load(self._inputs.authority, self.vocabulary)
        self._retired, self._iris = retirement.load(data), Iris(base)
        self._items = {item.key: item for item in self._inputs.profiles if item.key not in self._retired.documents}
        self._tables: dict[str, Table] = {}
        self._use(log.read(self._inputs.decisions))

    def _use(self, recorded: Recorded) -> None:
        self.recorded, self.outcomes = recorded, fold(recorded.events)
        self.redirects, self.refused = self._applicable(self.outcomes)
        rules = self._inputs.rules
        self._given = profiles.context(self._facts, self.vocabulary, rules, self._iris, VERSION, self.redirects, proposes=True)
        self._tables.clear()

    def _applicable(self, outcomes: Outcomes) -> tuple[Redirects, dict[str, str]]:
        kinds = {kind.concept for kind in self.vocabulary.kinds.values()}
        return applicable(outcomes.redirects, self._facts.actors.keys() | self._facts.topics.keys(), self._items.keys(), kinds)

    @property
    def profiles(self) -> Sequence[str]:
        """Keys of the profiles that are here."""
        return tuple(self._items)

    def is_withdrawn(self, event: Event) -> bool:
        """Whether an event speaks of a document, or repeats words of a passage, that was withdrawn; nobody is shown it."""
        profile = event.profile or ""
        if profile in self._retired.documents:
            return True
        if profile not in self._items or not self._retired.passages_of(profile):
            return False
        named = [end.name for end in _of(event)]
        words = [event.evidence.quote, event.evidence.words] if event.evidence else []
        return self.table(profile).sheet.withheld.holds([event.note, *named, *words])

    def record(self, events: Sequence[Event]) -> None:
        """Write events to the log, and see everything as it is then."""
        log.record(self._inputs.decisions, events)
        self._use(log.read(self._inputs.decisions))

    def effect(self, event: Event) -> tuple[Outcomes, Redirects, dict[str, str]]:
        """What would follow if an event were recorded: the outcomes, the merges that a build applies, and why it does not apply others."""
        outcomes = fold([*self.recorded.events, event])
        return outcomes, *self._applicable(outcomes)

    def table(self, key: str) -> Table:
        """One profile.

        Raises:
            SettingError: there is none of this key.
            InputError: it cannot be read.
        """
        if key not in self._items:
            near = difflib.get_close_matches(key, self.profiles, _MOST, _CLOSE) or self.profiles
            message = f"there is no profile {key!r}; name one of {', '.join(near) or 'those that `liaison add` takes in'}."
            raise SettingError(message)
        if key not in self._tables:
            self._tables[key] = self._laid(self._items[key])
        return self._tables[key]

    def _laid(self, item: ProfileInput) -> Table:
        read = profiles.read(item, self._given, self._retired.passages_of(item.key))
        laid = desk.lay(read.sheet, self.recorded.of(item.key), self.redirects, self.vocabulary, self._given.rules)
        return Table(read.sheet, laid, queue.cards(read.sheet, laid), [*read.aside, *laid.aside])

    def tables(self, profile: str | None = None) -> Iterator[Table]:
        """One profile, or all that can be read."""
        if profile:
            yield self.table(profile)
            return
        for key in self.profiles:
            try:
                yield self.table(key)
            except DocumentError:  # what cannot be read is told by `liaison check`, and nothing waits in it
                continue

    def card(self, start: str, profile: str | None = None) -> Card:
        """The card whose id begins so.

        Raises:
            SettingError: there is none, or there are several.
        """
        found = [card for table in self.tables(profile) for card in table.cards]
        if len(hits := queue.matching(found, start.lower()) if start else []) == 1:
            return hits[0]
        short = queue.shortened([card.id for card in found])
        if hits:
            message = f"the id {start!r} is of several claims; write more of it: {self._listed(hits, short)}."
        else:
            near = difflib.get_close_matches(start.lower(), sorted(set(short.values())), 3, _CLOSE)
            likely = [card for card in found if short[card.id] in near] or queue.waiting(found)[:3]
            begin = f"there is no claim with the id {start!r}; `liaison review queue PROFILE` lists those that wait"
            message = f"{begin}, for example {self._listed(likely, short)}." if likely else f"{begin}."
        raise SettingError(message)

    def _listed(self, cards: Sequence[Card], short: Mapping[str, str]) -> str:
        told = [f"{short[card.id]} ({card.unit.profile}: {queue.said(card.claim, self.vocabulary)})" for card in cards[:_MOST]]
        return ", ".join([*told, *([f"and {len(cards) - _MOST} more"] if len(cards) > _MOST else [])])

    def event(self, start: str) -> Event:
        """The event whose id begins so.

        Raises:
            SettingError: there is none, or there are several.
        """
        hits = [event for event in self.recorded.events if start and event.id.startswith(start.lower())]
        if len(hits) == 1:
            return hits[0]
        told = ", ".join(f"{event.id} ({event.act} by {event.by})" for event in (hits or self.recorded.events[-3:])[:_MOST])
        if hits:
            message = f"the id {start!r} is of several events; write more of it: {told}."
        else:
            latest = f"; the latest are {told}" if told else ""
            message = f"there is no event with the id {start!r}; `liaison review log` lists them{latest}."
        raise SettingError(message)

    def end(self, text: str, profile: str | None = None) -> End:
        """The actor of a reference, or of a name.

        Args:
            text: the reference, such as `country/ESP`, or the name.
            profile: in which profile it is spoken of; None for any.

        Raises:
            SettingError: there is none, or there are several.
        """
        key = profile or owner(text, self.profiles)
        known = self._ends(key)
        references = {text} if text in known else self._named(text, known)
        if not references and key is None:
            known = {reference: end for table in self.tables() for reference, end in self._ends(table.key).items()}
            references = {text} if text in known else self._named(text, known)
        if len(references) == 1:
            return known[references.pop()]
        if references:
            told = ", ".join(f"{reference} ({known[reference].name})" for reference in sorted(references)[:_MOST])
            message = f"the name {text!r} is of several actors; write the reference of one: {told}."
            raise SettingError(message)
        names = {folded(end.name): end for end in known.values()}
        near = [names[name] for name in difflib.get_close_matches(folded(text), sorted(names), 3, _CLOSE)]
        likely = f", such as {', '.join(f'{end.reference} ({end.name})' for end in near)}" if near else ""
        message = f"no actor is called {text!r}; write a reference or a name that data/authority, the side-car or a claim has{likely}."
        raise SettingError(message)

    def _ends(self, profile: str | None) -> dict[str, End]:
        """Reference to end, for all that may be an end of a claim: in a profile, or in none; names of the files count first."""
        decided = {end.reference: end for event in self.recorded.events for end in _of(event) if end.kind}
        if profile is None or profile not in self._items:
            return decided | {reference: End(reference=reference, name=name) for reference, name in self._given.lexicon.labels.items()}
        table = self.table(profile)
        own = {end.reference: end for end in queue.ends_of(table.cards)}
        named = {reference: End(reference=reference, name=name) for reference, name in table.sheet.labels.items()}
        return {reference: end for reference, end in decided.items() if owner(reference, [profile])} | own | named

    def _named(self, text: str, known: Mapping[str, End]) -> set[str]:
        """References of this name: the preferred one first, any other only where nobody has it."""
        wanted = folded(text)
        if found := {reference for reference, end in known.items() if folded(end.name) == wanted}:
            return found
        return {name.of for name in self._others.get(wanted, ()) if name.of in known}

    @cached_property
    def _others(self) -> dict[str, list[authority.Name]]:
        found: dict[str, list[authority.Name]] = {}
        for name in self._facts.names:
            if name.kind != "adjective":
                found.setdefault(folded(name.text), []).append(name)
        return found


def _of(event: Event) -> Iterator[End]:
    yield from (end for record in (event.claim, event.replacement) for end in ends(record))
    yield from (end for end in (event.actor, event.other) if end)
