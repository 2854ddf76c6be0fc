"""A new profile's side-car to begin with: what its front block states, what is open, and each proposal as a comment.

A proposal counts only once a person has taken the hash signs away. Taken as it is, it is a valid entry: the quote stands
in the document, and a new actor has a key of its own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.curation.metadata import UNKNOWN
from graph.extraction.analysis import Analysis
from graph.extraction.report import cleaned, reading
from graph.extraction.results import PROPOSED, End, FoundActor, Proposal
from graph.iris import term
from graph.text import slug
from graph.vocabulary import Vocabulary

_LONGEST_KEY = 40
_ANY_KIND = "public agency"
_PRACTICE, _COLLABORATION = term("liaison:Practice"), term("liaison:Collaboration")
_HELP = {
    "country": "write country/ and the ISO code of three letters",
    "year": "write the year that the document speaks of, such as 2018",
    "priority": "write the EU priority in the document's own words",
}


@dataclass(frozen=True)
class Skeleton:
    """The side-car of one document.

    Args:
        analysis: what was read from the document.
        vocabulary: kinds and classes.
    """

    analysis: Analysis
    vocabulary: Vocabulary

    @property
    def text(self) -> str:
        """The side-car, in YAML."""
        return "\n".join([*self._head(), "", *self._document(), "", *self._actors(), "", *self._claims(), ""])

    def _head(self) -> Iterator[str]:
        yield "# What people record about this profile; data/README.md says how. What follows a hash sign does not count:"
        yield "# take the sign away where the words are right, and mend or remove what is wrong."
        yield f"profile: {self.analysis.document.key}"

    def _document(self) -> Iterator[str]:
        about = self.analysis.about
        stated = {"country": about.country or "", "year": about.year.stated if about.year else "", "priority": about.priority}
        yield "document:"
        yield f"  publisher: {UNKNOWN}  # who published it"
        yield f"  terms: {UNKNOWN}  # under which terms it may be used"
        yield f"  language: {self.analysis.extraction.language or about.language}"
        for name, value in stated.items():
            if value:
                yield f"  # {name}: {_quoted(value)}  # the front block states it; nothing is to be recorded"
            else:
                yield f"  # {name}:  # the document does not state it; {_HELP[name]}, and under basis from where you know"
        if not all(stated.values()):
            yield "  # basis:"
        if about.topics:
            yield f"  # topics: [{', '.join(about.topics)}]  # what the priority names"
        yield "  # complete:  # the day on which every claim of the document has been recorded, such as 2026-11-24"

    def _actors(self) -> Iterator[str]:
        found = {actor.name: actor for actor in reversed(self.analysis.extraction.actors) if actor.reference is None}
        yield "actors:"
        if found:
            yield "  # Named in the document, and in no authority file."
        for actor in reversed(found.values()):
            yield from self._actor(actor)

    def _actor(self, actor: FoundActor) -> Iterator[str]:
        yield from (f"  # Perhaps {reference}: {reason}." for reference, reason in actor.suggestions)
        if actor.aliases:
            yield f"  # Also called {', '.join(actor.aliases)}."
        yield f"  # - key: {self._keys[actor.name]}"
        is_told = actor.generic or self._kind(actor) != _ANY_KIND
        yield f"  #   kind: {self._kind(actor)}{'' if is_told else '  # its name does not tell; mend it if need be'}"
        yield f"  #   label: {_quoted(actor.name)}"
        yield from self._quote(actor.quote, actor.span.start)

    def _claims(self) -> Iterator[str]:
        yield "claims:"
        proposals = self.analysis.extraction.proposals
        if proposals:
            yield "  # Proposed by the rules, in the order of the document."
        seen: set[tuple[str, int]] = set()
        for proposal in proposals:
            ends = self._reference(proposal.subject), self._reference(proposal.object)
            words = f"{ends[0]} {proposal.relation} {ends[1]}"
            if (words, proposal.span.start) not in seen:
                seen.add((words, proposal.span.start))
                yield from self._claim(words, proposal)

    def _claim(self, words: str, proposal: Proposal) -> Iterator[str]:
        yield f"  # {reading(proposal)} [{proposal.rule}]: “{cleaned(self.analysis.document.text, proposal.span)}”"
        if proposal.state != PROPOSED or proposal.reason:
            yield f"  # {' '.join(proposal.reason.split())}"
        yield f"  # - claim: {words}"
        yield from self._quote(proposal.quote, proposal.span.start)
        if proposal.polarity != "affirmed":
            yield f"  #   polarity: {proposal.polarity}"
        if proposal.modality != "asserted":
            yield f"  #   modality: {proposal.modality}"
        yield from (f"  #   from: {_quoted(date.stated)}" for date in (proposal.valid_from,) if date)
        yield from (f"  #   until: {_quoted(date.stated)}" for date in (proposal.valid_until,) if date)

    def _quote(self, quote: str, start: int) -> Iterator[str]:
        """A quote, and which occurrence of these words it is where they stand in the document more than once."""
        yield f"  #   quote: {_quoted(quote)}"
        places = list(_places(quote, self.analysis.document.text))
        if len(places) > 1:
            yield f"  #   occurrence: {places.index(start) + 1}"

    def _reference(self, end: End) -> str:
        return end.reference or self._keys.get(end.name) or self._key(end.name, "body")

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """The name of each new actor to the key that it would have."""
        keys: dict[str, str] = {}
        for actor in (actor for actor in self.analysis.extraction.actors if actor.reference is None and actor.name not in keys):
            key = self._key(actor.name, self._room(actor))
            keys[actor.name] = key if key not in keys.values() else f"{key}-{sum(other.startswith(key) for other in keys.values()) + 1}"
        return keys

    def _key(self, name: str, room: str) -> str:
        short = slug(name)[:_LONGEST_KEY].strip("-") or "unnamed"
        return f"{room}/{self.analysis.document.key}-{short}"

    def _room(self, actor: FoundActor) -> str:
        if actor.generic:
            return "collective"
        classname = self.vocabulary.kinds[self._kind(actor)].classname
        above = {term(f"liaison:{classname}"), *self.vocabulary.superclasses.get(term(f"liaison:{classname}"), ())}
        return "practice" if _PRACTICE in above else "group" if _COLLABORATION in above else "body"

    def _kind(self, actor: FoundActor) -> str:
        """The word for its kind in ontology/actor-kinds.csv."""
        kinds = self.vocabulary.kinds
        fitting: Sequence[str] = [word for word, kind in sorted(kinds.items()) if kind.concept == actor.kind]
        return actor.kind if actor.kind in kinds else fitting[0] if fitting else _ANY_KIND


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _quoted(words: str) -> str:
    """Words as YAML on one line."""
    return json.dumps(words, ensure_ascii=False)
