"""Names that no authority file holds to references, so that a decision can speak of the actor.

A reference is scoped to the profile, `body/spain-2018-cse-spanish-leas`, and depends on the name and the kind alone: not on
what else the rules find. Only where the key of another profile begins with this one's and is the beginning of the reference,
the reference has one hyphen more, `body/spain-2018--cse-unit` beside a profile `spain-2018-cse`. Once people have decided on
an actor of that name, the reference of that day stays, whatever kind the rules would give it today.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.decisions.events import Event
from graph.decisions.records import ClaimRecord, End
from graph.decisions.redirects import owner
from graph.errors import SettingError
from graph.extraction import results
from graph.extraction.results import FoundActor
from graph.iris import term
from graph.text import digest, fold, slug
from graph.vocabulary import ActorKind, Vocabulary

_LONGEST_KEY = 40
_ANY_KIND, _COLLECTIVE = "public-agency", "collective"
"""Concepts: for an actor whose name does not tell its kind, and for one that is named only as a class."""
_ROOMS = {term("liaison:Practice"): "practice", term("liaison:Collaboration"): "group", term("liaison:Collective"): "collective"}


def kind_of(concept: str, vocabulary: Vocabulary) -> ActorKind | None:
    """What a concept of the list of kinds means, None if there is no such concept."""
    return next((kind for _, kind in sorted(vocabulary.kinds.items()) if kind.concept == concept), None)


@dataclass(frozen=True)
class Minter:
    """Gives the ends of proposals in one profile their references.

    Args:
        profile: the profile's key.
        vocabulary: kinds and classes.
        actors: what the rules found.
        known: folded name to the end that has it: what side-cars and decisions hold already.
        profiles: keys of all profiles; see `minted`.
    """

    profile: str
    vocabulary: Vocabulary
    actors: Sequence[FoundActor]
    known: Mapping[str, End]
    profiles: Collection[str] = ()

    def end(self, end: results.End) -> End:
        """An end of a proposal with its reference.

        Raises:
            ValueError: the name is too long to be recorded.
        """
        if end.reference:
            return End(reference=end.reference, name=end.name)
        if known := self.known.get(fold(end.name)):
            return known
        return minted(self.profile, end.name, self._kinds.get(end.name, _ANY_KIND), self.vocabulary, self.profiles)

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return {actor.name: _COLLECTIVE if actor.generic else actor.kind for actor in self.actors if kind_of(actor.kind, self.vocabulary)}


def minted(profile: str, name: str, concept: str, vocabulary: Vocabulary, profiles: Collection[str] = ()) -> End:
    """An actor that only a profile names.

    Args:
        profile: the profile's key.
        name: its name.
        concept: key of its kind.
        vocabulary: kinds and classes.
        profiles: keys of all profiles. Where one of them would take the actor for its own, the key gets one hyphen more.

    Raises:
        SettingError: there is no such kind.
        ValueError: the name is too long to be recorded.
    """
    kind = kind_of(concept, vocabulary)
    if kind is None:
        message = (
            f"there is no kind of actors {concept!r}; use one of {', '.join(sorted({one.concept for one in vocabulary.kinds.values()}))}."
        )
        raise SettingError(message)
    own = term(f"liaison:{kind.classname}")
    above = {own, *vocabulary.superclasses.get(own, ())}
    room = next((room for classname, room in _ROOMS.items() if classname in above), "body")
    reference = f"{room}/{profile}-{_key(name)}"
    if len(owner(reference, profiles) or "") > len(profile):
        reference = f"{room}/{profile}--{_key(name)}"
    return End(reference=reference, name=name, kind=concept)


def decided_ends(events: Iterable[Event]) -> dict[str, End]:
    """Folded name to end, for the ends of decisions that no authority file held; the latest decision of a name counts."""
    found: dict[str, End] = {}
    for event in events:
        for record in (event.claim, event.replacement):
            found |= {fold(end.name): end for end in ends(record) if end.kind}
    return found


def ends(record: ClaimRecord | None) -> tuple[End, ...]:
    """Both ends of a claim."""
    return (record.subject, record.object) if record else ()


def _key(name: str) -> str:
    """A key that only this name has, as far as it tells names apart by their letters and digits."""
    whole = slug(name)
    short = whole[:_LONGEST_KEY].strip("-")
    return whole if whole and whole == short and name.isascii() else "-".join(filter(None, (short, digest("name", fold(name), length=6))))
