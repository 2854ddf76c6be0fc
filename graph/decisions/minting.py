"""Names that no authority file holds to references, so that a decision can speak of the actor.

A reference is scoped to the profile, `body/spain-2018-cse-spanish-leas`, and depends on the name and the kind alone: not on
what else the rules find. Once people have decided on an actor of that name, the reference of that day stays, whatever
kind the rules would give it today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.decisions.events import Event
from graph.decisions.records import ClaimRecord, End
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
    """

    profile: str
    vocabulary: Vocabulary
    actors: Sequence[FoundActor]
    known: Mapping[str, End]

    def end(self, end: results.End) -> End:
        """An end of a proposal with its reference.

        Raises:
            ValueError: the name is too long to be recorded.
        """
        if end.reference:
            return End(reference=end.reference, name=end.name)
        if known := self.known.get(fold(end.name)):
            return known
        kind = self._kinds.get(end.name, _ANY_KIND)
        return End(reference=f"{self._room(kind)}/{self.profile}-{_key(end.name)}", name=end.name, kind=kind)

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return {actor.name: _COLLECTIVE if actor.generic else actor.kind for actor in self.actors if kind_of(actor.kind, self.vocabulary)}

    def _room(self, concept: str) -> str:
        kind = kind_of(concept, self.vocabulary)
        assert kind
        own = term(f"liaison:{kind.classname}")
        above = {own, *self.vocabulary.superclasses.get(own, ())}
        return next((room for classname, room in _ROOMS.items() if classname in above), "body")


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
