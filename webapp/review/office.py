"""A data folder as it lies before reviewers: its profiles with all that can be decided on, its decisions, its actors."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from graph import authority, profiles, retirement, vocabulary
from graph.decisions import desk, log, queue, withdrawn
from graph.decisions.events import Event, ends_of
from graph.decisions.log import Recorded
from graph.decisions.minting import minted
from graph.decisions.outcomes import Outcomes, fold
from graph.decisions.proposals import Rules
from graph.decisions.queue import Card
from graph.decisions.records import ClaimRecord, End
from graph.decisions.redirects import Redirects, applicable, owner
from graph.decisions.reviewed import STANDS
from graph.decisions.withdrawn import Withdrawn
from graph.errors import InputError, SettingError
from graph.inputs import ProfileInput, find
from graph.iris import Iris
from graph.profiles import Read
from graph.text import fold as folded
from graph.validation.admissible import Known, obstacles
from graph.versions import VERSION
from webapp.review.table import Table, as_of

_MOST = 10
"""How many candidates are listed."""
_CLOSE = 0.6


class Office:
    """A data folder before reviewers; it follows what changes in the folder.

    Args:
        data: the folder.
        base: IRI under which the data live.
        kept: where what the rules propose is kept; None to keep nothing.

    Raises:
        LiaisonError: it is no data folder, or a file in it cannot be read.
    """

    def __init__(self, data: Path, base: str, kept: Path | None = None) -> None:
        """Read the facts; profiles are read when they are asked for."""
        self._data, self._iris, self._kept, self.vocabulary = data, Iris(base), kept, vocabulary.load()
        self._tables: dict[str, Table] = {}
        self._items: dict[str, ProfileInput] = {}
        self._facts_as_of: Mapping[Path, tuple[int, int]] = {}
        self.recorded = Recorded()
        self._folded = self.recorded, fold(())
        self._hidden = Withdrawn()
        self._named_in: tuple[Recorded, Withdrawn, dict[str, End]] = self.recorded, Withdrawn(), {}
        self.unreadable: dict[str, tuple[Mapping[Path, tuple[int, int]], InputError]] = {}
        self.follow()

    def follow(self) -> None:
        """See the folder as it is now: only what has changed since is read again.

        Raises:
            LiaisonError: it is no data folder any more, or a file in it cannot be read.
        """
        self._inputs = find(self._data)
        facts = as_of([*self._inputs.authority.glob("*"), *self._inputs.rules.rglob("*"), *self._inputs.decisions.glob("*.csv")])
        if facts != self._facts_as_of:
            self._read_facts()
            self._facts_as_of = facts
        before = set(self._items)
        self._items = {item.key: item for item in self._inputs.profiles if item.key not in self._retired.documents}
        for key in before ^ set(self._items):  # whose an actor is may depend on it
            for other in [one for one in self._tables if key.startswith(f"{one}-")]:
                del self._tables[other]
        self.unreadable = {
            key: fault for key, fault in self.unreadable.items() if key in self._items and as_of(self._items[key].files) == fault[0]
        }
        self._use(self._log.read())

    def _read_facts(self) -> None:
        self._facts = authority.load(self._inputs.authority, self.vocabulary)
        self._retired = retirement.load(self._data)
        self._log = log.Follower(self._inputs.decisions)
        given = profiles.context(self._facts, self.vocabulary, self._inputs.rules, self._iris, VERSION)
        self._given = replace(given, rules=Rules(self._inputs.rules, self._facts, self.vocabulary, self._kept))
        self._tables.clear()
        self.__dict__.pop("_others", None)

    def _use(self, recorded: Recorded) -> None:
        """Take decisions into account, and forget each table that they, or a change of its files, could have changed."""
        if recorded != self.recorded:
            self.recorded = recorded
        before = self._given.redirects
        found = fold(event for event in recorded.events if event.actor).redirects
        hidden = withdrawn.load(self._inputs, self._retired)[0] if self._retired.notices or self._retired.passages else Withdrawn()
        if hidden != self._hidden:
            self._hidden = hidden
        self.redirects, self.refused = self._applicable(found)
        self._given = replace(self._given, redirects=self.redirects)
        moved = {one for one in {*before.targets, *self.redirects.targets} if before[one] != self.redirects[one]}
        if before.merges != self.redirects.merges:
            moved |= {end.reference for end in (*before.ends, *self.redirects.ends)}
        for key, table in list(self._tables.items()):
            item = self._items.get(key)
            if not item or as_of(item.files) != table.as_of or recorded.of(key) != table.events or moved & table.mentioned:
                del self._tables[key]

    def _applicable(self, found: Redirects) -> tuple[Redirects, dict[str, str]]:
        kinds = {kind.concept for kind in self.vocabulary.kinds.values()}
        shown, _ = self._hidden.without(found)
        actors = self._facts.actors.keys() | self._facts.topics.keys()
        return applicable(shown, actors, self._items.keys(), kinds, self._retired.documents)

    @property
    def profiles(self) -> Sequence[str]:
        """Keys of the profiles that are here."""
        return tuple(self._items)

    @property
    def outcomes(self) -> Outcomes:
        """What follows from all decisions."""
        if self._folded[0] is not self.recorded:
            self._folded = self.recorded, fold(self.recorded.events)
        return self._folded[1]

    def is_withdrawn(self, event: Event) -> bool:
        """Whether an event speaks of a document, or repeats words of a passage, that was withdrawn; nobody is shown it."""
        return self._hidden.has(event)

    def obstacles(self, claim: ClaimRecord, profile: str) -> list[str]:
        """Why a release with this claim would be refused, in sentences; none if it would not.

        Args:
            claim: the claim.
            profile: the profile's key.
        """
        known = Known.of(self._facts, self.table(profile).named, self.redirects)
        return obstacles(claim, self.vocabulary, known)

    def breaks(self, event: Event) -> list[str]:
        """Claims that stand and could not once an act on actors counts, with the reason, in a sentence; the first one alone is looked for.

        Args:
            event: a merge, a split, or an undo of one; it need not be recorded.

        Raises:
            LiaisonError: a profile whose actor it is about cannot be read.
        """
        _, after, _ = self.effect(event)
        moved = {one for one in {*after.targets, *self.redirects.targets} if after[one] != self.redirects[one]}
        owners = {key for one in moved if (key := owner(one, self.profiles))}
        for table in [self.table(key) for key in sorted({*self._tables, *owners})]:
            known = Known.of(self._facts, table.named, after)
            for card in table.cards:
                ends = {card.claim.subject.reference, card.claim.object.reference}
                is_moved = card.state in STANDS and not moved.isdisjoint(ends) and len({after[one] for one in ends}) > 1
                if is_moved and (found := obstacles(card.claim, self.vocabulary, known)):
                    return [f"{table.key}: “{queue.said(card.claim, self.vocabulary)}” stands and could not any more: {' '.join(found)}"]
        return []

    def record(self, events: Sequence[Event]) -> None:
        """Write events to the log, and see everything as it is then."""
        log.record(self._inputs.decisions, events)
        self._use(self._log.read())

    def effect(self, event: Event) -> tuple[Outcomes, Redirects, dict[str, str]]:
        """What would follow for its file if an event were recorded: outcomes, merges that a build applies, and why not others."""
        outcomes = fold([*(one for one in self.recorded.events if one.file == event.file), event])
        return outcomes, *self._applicable(outcomes.redirects)

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

    def _read(self, item: ProfileInput) -> Read:
        """One profile without its decisions; a fault of its files is kept, so that it is told rather than met again and again."""
        try:
            return profiles.read(item, self._given, self._retired.passages_of(item.key))
        except InputError as error:
            self.unreadable[item.key] = as_of(item.files), error
            raise

    @property
    def unread(self) -> list[str]:
        """Keys of the profiles that were not asked for since they changed."""
        return [key for key in self._items if key not in self._tables and key not in self.unreadable]

    def laid_out(self, key: str) -> Table | None:
        """A profile if it was read since it changed; None if it was not."""
        return self._tables.get(key)

    def table_if_quick(self, key: str) -> Table | None:
        """A profile; None if the rules have yet to read it.

        Raises:
            LiaisonError: there is none of this key, or it cannot be read.
        """
        return self.table(key) if key not in self._items or self.is_quick(key) else None

    def is_quick(self, key: str) -> bool:
        """Whether a profile can be laid out without compiling a rule.

        Raises:
            InputError: it cannot be read.
        """
        if key in self._tables:
            return True
        rules, sheet = self._given.rules, self._read(self._items[key]).sheet
        assert rules
        return rules.is_kept(sheet.document, sheet.sections, sheet.sentences, sheet.about, sheet.answers)

    def _laid(self, item: ProfileInput) -> Table:
        files, decided = as_of(item.files), self.recorded.of(item.key)
        read = self._read(item)
        laid = desk.lay(read.sheet, decided, self.redirects, self.vocabulary, self._given.rules)
        return Table(read.sheet, laid, queue.cards(read.sheet, laid), [*read.aside, *laid.aside], decided, files, read.named)

    def tables(self, profile: str | None = None) -> Iterator[Table]:
        """One profile, or all that can be read."""
        if profile:
            yield self.table(profile)
            return
        for key in self.profiles:
            try:
                yield self.table(key)
            except InputError:  # what cannot be read is told by `liaison check`, and nothing waits in it
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

    def card_of(self, id_: str, profile: str) -> Card:
        """The card with this id in a profile.

        Raises:
            LiaisonError: there is none, or the profile cannot be read.
        """
        found = next((card for card in self.table(profile).cards if card.id == id_), None)
        if found is None:
            message = f"nothing in {profile} has the id {id_!r} any more; go on from the list of what waits."
            raise SettingError(message)
        return found

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

    def is_known(self, text: str) -> bool:
        """Whether an actor of the files, or one that decisions name, has this reference or name."""
        known = self._ends(None)
        return text in known or bool(self._named(text, known))

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

    def name_of(self, reference: str) -> str:
        """The name of an actor of the files, or of one that decisions name; else its reference."""
        decided = self._decided.get(reference)
        return self._given.lexicon.labels.get(reference) or (decided.name if decided else reference)

    def aliases(self, reference: str) -> list[str]:
        """Other names of an actor of the authority files."""
        return sorted({name.text for name in self._facts.names if name.of == reference and name.kind != "adjective"})

    def names(self, profile: str) -> list[tuple[str, str]]:
        """Name and reference of all that may be an end of a claim in a profile, by name; topics and lists among them."""
        return sorted((end.name, reference) for reference, end in self._ends(profile).items())

    def new_end(self, name: str, kind: str, profile: str) -> End:
        """An actor that no file holds, as a profile names it; where its name is known there, the one that has it.

        Args:
            name: its name, as it stands in the text.
            kind: key of the concept in the list of kinds of actors.
            profile: the profile's key.

        Raises:
            SettingError: the name does not stand in the text, or there is no such kind.
        """
        if known := self._named(name, self._ends(profile)):
            return self._ends(profile)[min(known)]
        if folded(name) not in folded(self.table(profile).sheet.document.text):
            message = f"{name!r} does not stand in {profile}; name a new actor as the text does."
            raise SettingError(message)
        return minted(profile, name, kind, self.vocabulary, self.redirects.profiles)

    def _ends(self, profile: str | None) -> dict[str, End]:
        """Reference to end, for all that may be an end of a claim: in a profile, or in none; names of the files count first."""
        decided = self._decided
        if profile is None or profile not in self._items:
            return decided | {reference: End(reference=reference, name=name) for reference, name in self._given.lexicon.labels.items()}
        table = self.table(profile)
        own = {end.reference: end for end in queue.ends_of(table.cards)}
        named = {reference: End(reference=reference, name=name) for reference, name in table.sheet.labels.items()}
        return {reference: end for reference, end in decided.items() if self.redirects.is_of(reference, profile)} | own | named

    @property
    def _decided(self) -> dict[str, End]:
        """Reference to end, for actors that only decisions name; those that repeat withdrawn words name none."""
        if self._named_in[0] is not self.recorded or self._named_in[1] is not self._hidden:
            shown = (event for event in self.recorded.events if not self._hidden.has(event))
            self._named_in = self.recorded, self._hidden, {end.reference: end for event in shown for end in ends_of(event) if end.kind}
        return self._named_in[2]

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
