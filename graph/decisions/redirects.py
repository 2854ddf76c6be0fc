"""Merges and splits of actors: which actor another one turned out to be.

A merge is a redirect that is applied when a graph is built. Claims keep their keys, and no decision on them is lost; a
split takes the redirect away, and everything is as before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from graph.decisions.events import Event, by_reviewer
from graph.decisions.fates import COUNTS, SUPERSEDED, Fate, void
from graph.decisions.records import End

ACTORS = ("body/", "group/", "practice/", "collective/")
"""References of what documents name and people may merge."""
_CYCLE = "it would lead in a circle, since {} is merged into {} already"


@dataclass(frozen=True)
class Redirects:
    """What actors turned out to be.

    Args:
        targets: reference to the reference with which it was merged.
        disputed: references on whose merge reviewers disagree; they stay as they are.
        apart: pairs of which somebody has said that they are not the same, and nobody the contrary.
        merges: reference to the merge that counts for it.
        profiles: keys of all profiles, which tell whose an actor is.
        joined: each disputed reference whose merge would make the same of two that somebody has said are not, to these pairs.
        contested: pairs that the disputed merges would make the same; who holds one of them apart is the other side.
    """

    targets: Mapping[str, str] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()
    merges: Mapping[str, Event] = field(default_factory=dict)
    profiles: frozenset[str] = frozenset()
    joined: Mapping[str, frozenset[frozenset[str]]] = field(default_factory=dict)
    contested: frozenset[frozenset[str]] = frozenset()

    @property
    def ends(self) -> tuple[End, ...]:
        """The actors into which others were merged, as the merges name them; each once, the latest name."""
        named = sorted(self.merges.values(), key=attrgetter("order"))
        return tuple({event.other.reference: event.other for event in named if event.other}.values())

    def __getitem__(self, reference: str) -> str:
        """What a reference stands for in the end: chains are followed."""
        while reference in self.targets:
            reference = self.targets[reference]
        return reference

    def is_of(self, reference: str, profile: str) -> bool:
        """Whether an actor is scoped to a profile, and to no other one whose key begins with that profile's.

        Args:
            reference: the actor.
            profile: the profile's key.
        """
        is_named_so = reference.partition("/")[2].startswith(f"{profile}-")
        return is_named_so and len(owner(reference, self.profiles) or "") <= len(profile)

    @property
    def longer(self) -> tuple[str, ...]:
        """The keys of profiles that begin with the key of another one, so that only all of them tell whose an actor is."""
        return tuple(sorted(key for key in self.profiles if owner(f"profile/{key}", self.profiles)))


@dataclass
class _Reviewer:
    """What one reviewer holds, from the latest act to the earliest."""

    merges: dict[str, Event] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)
    settled: set[frozenset[str]] = field(default_factory=set)

    def take(self, event: Event) -> Fate:
        """Settle what an act says, unless a later one has."""
        pair, source = pair_of(event), _ends(event)[0]
        if pair in self.settled or (event.act == "merge" and source in self.merges):
            return SUPERSEDED
        self.settled.add(pair)
        if event.act == "merge":
            self.merges[source] = event
        else:
            self.apart.add(pair)
        return COUNTS


def redirects(events: Iterable[Event]) -> tuple[Redirects, dict[str, Fate]]:
    """The redirects, and the fate of each event.

    Args:
        events: merges and splits that are not undone, in order of time and id.
    """
    fates: dict[str, Fate] = {}
    merges: dict[str, list[Event]] = defaultdict(list)
    apart: set[frozenset[str]] = set()
    for acts in by_reviewer(events).values():
        reviewer = _Reviewer()
        fates |= {event.id: reviewer.take(event) for event in reversed(acts)}
        apart |= reviewer.apart
        for source, event in reviewer.merges.items():
            merges[source].append(event)
    agreed = sorted(
        (event for held in merges.values() if not _is_disputed({pair_of(one) for one in held}, apart) for event in held),
        key=attrgetter("order"),
    )
    effective, void_ones = _effective(agreed)
    joined: dict[str, set[frozenset[str]]] = defaultdict(set)
    while contradicted := _joined(effective, apart):
        for source, pairs in contradicted.items():
            joined[source] |= pairs
        agreed = [event for event in agreed if _ends(event)[0] not in joined]
        effective, void_ones = _effective(agreed)
    disputed = frozenset(merges.keys() - {_ends(event)[0] for event in agreed})
    targets = {source: _ends(event)[1] for source, event in effective.items()}
    merged = {pair_of(event) for held in merges.values() for event in held}
    contested = {pair_of(event) for source in disputed for event in merges[source]}.union(*joined.values())
    held = {source: frozenset(pairs) for source, pairs in joined.items()}
    found = Redirects(targets, disputed, frozenset(apart - merged), effective, joined=held, contested=frozenset(contested))
    return found, fates | void_ones


def applicable(
    found: Redirects, held: Collection[str], profiles: Collection[str], kinds: Collection[str], gone: Collection[str] = ()
) -> tuple[Redirects, dict[str, str]]:
    """The redirects that a build can apply, and for each of the others why it cannot.

    Args:
        found: what people decided.
        held: references of the authority files.
        profiles: keys of the profiles that are there.
        kinds: concepts of the kinds of actors.
        gone: keys of profiles that were withdrawn; no other one takes their actors over.
    """
    here, named = frozenset(profiles), frozenset(profiles) | frozenset(gone)
    homed = {target for target in found.targets.values() if owner(target, named) in here}
    kept, reasons = dict(found.targets), dict[str, str]()
    known = {end.reference for end in found.ends if end.kind in kinds}
    while bad := {source: reason for source, target in kept.items() if (reason := _obstacle(source, target, kept, held, homed, known))}:
        reasons |= bad
        kept = {source: target for source, target in kept.items() if source not in bad}
    return replace(found, targets=kept, merges={source: found.merges[source] for source in kept}, profiles=named), reasons


def _obstacle(
    source: str, target: str, kept: Collection[str], held: Collection[str], homed: Collection[str], known: Collection[str]
) -> str:
    if not source.startswith(ACTORS):
        return "it is no actor of a document"
    if source in held:
        return "the authority files hold it; take its row out, and name the other one as its successor in decisions/retired.csv"
    if target in held or target in kept:
        return ""
    if target in homed:
        return "" if target in known and target.startswith(ACTORS) else f"nothing tells what kind of actor {target} is"
    return f"{target} is neither in the authority files nor of a profile that is there"


def owner(reference: str, profiles: Collection[str]) -> str | None:
    """The profile to which the reference of an actor is scoped: the one with the longest key with which the actor's begins."""
    key = reference.partition("/")[2]
    beginnings = (key[:place] for place in range(len(key) - 1, 0, -1) if key[place] == "-")
    return next((beginning for beginning in beginnings if beginning in profiles), None)


def pair_of(event: Event) -> frozenset[str]:
    """The references of the two actors of a merge or split."""
    return frozenset(_ends(event))


def _is_disputed(pairs: set[frozenset[str]], apart: set[frozenset[str]]) -> bool:
    """Whether reviewers would merge an actor with different ones, or one of them says that it is not the same."""
    return len(pairs) > 1 or bool(pairs & apart)


def _joined(effective: Mapping[str, Event], apart: Iterable[frozenset[str]]) -> dict[str, set[frozenset[str]]]:
    """The merges that together would make one of two that somebody has said are not the same, each with these pairs."""
    found: dict[str, set[frozenset[str]]] = defaultdict(set)
    for pair in apart:
        ways = [_way(reference, effective) for reference in pair]
        if ways[0][-1] == ways[1][-1]:
            for source in set(ways[0]) ^ set(ways[1]):
                found[source].add(pair)
    return found


def _way(reference: str, effective: Mapping[str, Event]) -> list[str]:
    """A reference and all for which it stands, one after the other, to the end of the chain."""
    way = [reference]
    while event := effective.get(way[-1]):
        way.append(_ends(event)[1])
    return way


def _effective(agreed: Iterable[Event]) -> tuple[dict[str, Event], dict[str, Fate]]:
    """For each actor the merge that counts, the earliest first; and the fates of those that are void, since they lead in a circle."""
    targets: dict[str, str] = {}
    effective: dict[str, Event] = {}
    fates: dict[str, Fate] = {}
    chains = Redirects(targets)
    for event in agreed:
        source, target = _ends(event)
        if source not in targets and chains[target] == source:
            fates[event.id] = void(_CYCLE.format(target, source))
        else:
            targets[source] = target
            effective[source] = event
    return effective, fates


def _ends(event: Event) -> tuple[str, str]:
    assert event.actor
    assert event.other
    return event.actor.reference, event.other.reference
