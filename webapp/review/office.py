"""A data folder as it lies before reviewers: its profiles with all that can be decided on, its decisions, its actors."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from graph import authority, profiles, retirement, vocabulary
from graph.authority import Authority
from graph.decisions import desk, log, queue, withdrawn
from graph.decisions.events import Event, ends_of
from graph.decisions.figures import counted, measured
from graph.decisions.log import Recorded
from graph.decisions.minting import minted
from graph.decisions.outcomes import Folding, Outcomes, fold
from graph.decisions.proposals import Rules
from graph.decisions.records import ClaimRecord, End
from graph.decisions.redirects import Redirects, applicable, owner
from graph.decisions.withdrawn import Withdrawn
from graph.errors import InputError, SettingError
from graph.inputs import ProfileInput, find
from graph.iris import Iris
from graph.profiles import Context, Read
from graph.text import fold as folded
from graph.validation.admissible import Known
from graph.versions import VERSION
from webapp.review.admission import Admission
from webapp.review.lexis import Lexis
from webapp.review.register import Ends, Register, by_name, by_reference, only
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
        self._former: dict[str, Table] = {}
        self._admission = Admission(self.vocabulary)
        self._measured: Mapping[str, float] = {}
        self._counts: dict[str, tuple[object, Mapping[str, Counter[str]]]] = {}
        self._items: dict[str, ProfileInput] = {}
        self._facts_as_of: Mapping[Path, tuple[int, int]] = {}
        self.recorded = Recorded()
        self._folding, self.on_actors = Folding(), fold(())
        self._hidden = Withdrawn()
        self._last_read: tuple[Context, str, Mapping[Path, tuple[int, int]], Read] | None = None
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
        self._former.clear()
        self._names, self._aliases = by_name(self._facts.names), by_reference(self._facts.names)
        self.__dict__.pop("lexis", None)

    def _use(self, recorded: Recorded) -> None:
        """Take decisions into account, and forget each table that they, or a change of its files, could have changed."""
        if recorded != self.recorded:
            self.recorded = recorded
        before = self._given.redirects
        self.on_actors = fold(event for event in recorded.events if event.actor)
        hidden = withdrawn.load(self._inputs, self._retired)[0] if self._retired.notices or self._retired.passages else Withdrawn()
        if hidden != self._hidden:
            self._hidden = hidden
        self.redirects, self.refused = self._applicable(self.on_actors.redirects)
        if self.redirects != before:  # what was read with it counts on
            self._given = replace(self._given, redirects=self.redirects)
        shown = (event for event in recorded.events if not hidden.has(event))
        decided = {end.reference: end for event in shown for end in ends_of(event) if end.kind}
        self.register = Register(self._given.lexicon.labels, self._names, self._aliases, decided, self.redirects)
        moved = {one for one in {*before.targets, *self.redirects.targets} if before[one] != self.redirects[one]}
        if before.merges != self.redirects.merges:
            moved |= {end.reference for end in (*before.ends, *self.redirects.ends)}
        for key, table in list(self._tables.items()):
            if not self._is_of_files(table) or recorded.of(key) != table.events or moved & table.mentioned:
                self._former[key] = self._tables.pop(key)
        self._former = {key: table.since(recorded.of(key)) for key, table in self._former.items() if self._is_of_files(table)}
        self._measure()

    def _is_of_files(self, table: Table) -> bool:
        """Whether a profile was read of its files as they are now."""
        item = self._items.get(table.key)
        return item is not None and as_of(item.files) == table.as_of

    def _measure(self) -> None:
        """See how sure the rules are by all decisions, and have what waits in order by it; documents that are read are heard."""
        counts: dict[str, tuple[object, Mapping[str, Counter[str]]]] = {}
        for key in self.recorded.profiles:
            table, before = self.shown(key), self._counts.get(key)
            source: object = table.laid if table else self.recorded.of(key)
            is_same = before is not None and (before[0] is source if table else before[0] == source)
            counts[key] = before if before and is_same else (source, table.counted if table else counted(fold(self.recorded.of(key))))
        self._counts, found = counts, measured(count for _, count in counts.values())
        if changed := {rule for rule in {*found, *self._measured} if found.get(rule) != self._measured.get(rule)}:
            self._measured = found
            for tables in (self._tables, self._former):
                stale = {key: table for key, table in tables.items() if any(card.evidence.rule in changed for card in table.cards)}
                tables.update({key: table.measuring(found) for key, table in stale.items()})

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
        return self._folding.of(self.recorded.events)

    def is_withdrawn(self, event: Event) -> bool:
        """Whether an event speaks of a document, or repeats words of a passage, that was withdrawn; nobody is shown it."""
        return self._hidden.has(event)

    def obstacles(self, claims: Sequence[ClaimRecord], profile: str, redirects: Redirects | None = None) -> list[Sequence[str]]:
        """Why a release with a claim would be refused, in sentences, for each of several claims; none where it would not.

        Args:
            claims: the claims.
            profile: key of their profile.
            redirects: what actors turned out to be; as it is now by default.
        """
        own = (self.shown(profile) or self.table(profile)).named
        return self._admission.obstacles(claims, Known.of(self._facts, own, self.redirects if redirects is None else redirects))

    def record(self, events: Sequence[Event]) -> None:
        """Write events to the log, and see everything as it is then."""
        try:
            log.record(self._inputs.decisions, events)
        finally:  # of several files, the first may be written and the next not
            self._use(self._log.read())

    def effect(self, event: Event) -> tuple[Outcomes, Redirects, dict[str, str]]:
        """What would follow for its file if an event were recorded: outcomes, merges that a build applies, and why not others."""
        outcomes = fold([*(one for one in self.recorded.events if one.file == event.file), event])
        return outcomes, *self._applicable(outcomes.redirects)

    def hindrance(self, merge: Event) -> str:
        """Why no build could apply a merge, whatever else people decide; empty where one could.

        Args:
            merge: a merge; it need not be recorded.
        """
        assert merge.actor
        return self._applicable(fold([merge]).redirects)[1].get(merge.actor.reference, "")

    def table(self, key: str) -> Table:
        """One profile.

        Raises:
            SettingError: there is none of this key.
            InputError: it cannot be read.
        """
        if key not in self._items:
            near = difflib.get_close_matches(key, self.profiles, _MOST, _CLOSE) or self.profiles
            message = f"there is no profile {key!r}; name one of {', '.join(near) or 'those that were taken in'}."
            raise SettingError(message)
        if key not in self._tables:
            self._tables[key] = self._laid(self._items[key])
            self._former.pop(key, None)
            if self._tables[key].events:
                self._measure()
        return self._tables[key]

    def snapshot(self) -> "Office":
        """The same as it is now, for who only looks at it, and takes long: it stays as it is, whatever is decided meanwhile."""
        made = copy(self)
        made.__dict__.update(_tables=dict(self._tables), _former=dict(self._former), unreadable=dict(self.unreadable))
        return made

    def _read(self, item: ProfileInput) -> Read:
        """One profile without its decisions; a fault of its files is kept, so that it is told rather than met again and again."""
        files, last = as_of(item.files), self._last_read
        if last and last[0] is self._given and last[1:3] == (item.key, files):
            return last[3]
        try:
            read = profiles.read(item, self._given, self._retired.passages_of(item.key), is_lenient=True)
        except InputError as error:
            self.unreadable[item.key] = files, error
            raise
        self._last_read = self._given, item.key, files, read  # whoever asks whether it is quick lays it out next
        return read

    @property
    def unread(self) -> list[str]:
        """Keys of the profiles that were not asked for since they changed."""
        return [key for key in self._items if key not in self._tables and key not in self.unreadable]

    def laid_out(self, key: str) -> Table | None:
        """A profile if it was read since it changed; None if it was not."""
        return self._tables.get(key)

    def shown(self, key: str) -> Table | None:
        """A profile if it was ever read; one that is being read anew as it was, without what was decided since."""
        return self._tables.get(key) or self._former.get(key)

    def ready(self, key: str) -> Table:
        """A profile, for an answer that must not wait until the rules have read it.

        Raises:
            SettingError: they have yet to read it, or there is none of this key.
            InputError: it cannot be read.
        """
        if (table := self.table_if_quick(key)) is None:
            message = f"{key} is still being read; send it again in a moment."
            raise SettingError(message)
        return table

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
        return rules.is_kept(sheet.material)

    def _laid(self, item: ProfileInput) -> Table:
        files, decided = as_of(item.files), self.recorded.of(item.key)
        read = self._read(item)
        laid = desk.lay(read.sheet, decided, self.redirects, self.vocabulary, self._given.rules)
        cards = queue.cards(read.sheet, laid)
        rejected = [one for one in laid.outcomes.judgements.values() if one.state == "rejected"]
        found = self._admission.obstacles([one.claim for one in rejected], Known.of(self._facts, read.named, self.redirects))
        refused = frozenset(one.unit for one, told in zip(rejected, found, strict=True) if told)
        aside = [*read.aside, *laid.aside]
        return Table(read.sheet, laid, cards, aside, decided, files, read.named, refused, self._measured).ordered()

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

    def is_known(self, text: str) -> bool:
        """Whether an actor of the files, or one that decisions name, has this reference or name."""
        return bool(self.register.references(text, self._ends(None)))

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
        found = self.register.references(text, known)
        if not found and key is None:
            known = {reference: end for table in self.tables() for reference, end in self._ends(table.key).items()}
            found = self.register.references(text, known)
        return only(text, found, known)

    def with_kind(self, end: End) -> End:
        """An end with its kind where a side-car names the actor, so that others can be merged into it."""
        table = self.shown(owner(end.reference, self.profiles) or "")
        kinds = {item.actor.reference: item.actor.kind for item in (table.named if table else ())}
        return end if end.kind else end.model_copy(update={"kind": kinds.get(end.reference, end.kind)})

    def name_of(self, reference: str) -> str:
        """The name of an actor of the files, or of one that decisions name; else its reference."""
        return self.register.name_of(reference)

    def aliases(self, reference: str) -> Sequence[str]:
        """Other names of an actor of the authority files."""
        return self.register.aliases.get(reference, ())

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
        known = self._ends(profile)
        if found := self.register.named(name, known):
            return known[min(found)]
        if folded(name) not in folded(self.table(profile).sheet.document.text):
            message = f"{name!r} does not stand in {profile}; name a new actor as the text does."
            raise SettingError(message)
        return minted(profile, name, kind, self.vocabulary, self.redirects.profiles)

    def _ends(self, profile: str | None) -> Ends:
        return self.register.ends(self.table(profile) if profile in self._items else None)

    @property
    def facts(self) -> Authority:
        """What the authority files say."""
        return self._facts

    @cached_property
    def lexis(self) -> Lexis:
        """What tells two names of one actor from names of two, by the authority files and the rules."""
        return Lexis.of(self._facts.names, self._inputs.rules)
