"""A side-car and its document to actors and claims, each with the place of its quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.authority.records import Actor
from graph.claims import CERTAINTIES, Claim, Evidence
from graph.curation.metadata import Metadata
from graph.curation.quotes import Quote, Withheld, find
from graph.curation.sidecar import Entry, Sidecar
from graph.dates import StatedDate, stated
from graph.documents import Document
from graph.errors import SidecarError
from graph.iris import is_key
from graph.sentences import Sentence
from graph.vocabulary import Vocabulary

_OWN_KINDS = ("practice", "collective", "body", "group")


@dataclass(frozen=True)
class NamedActor:
    """An actor that a profile names and no authority file holds, with the quote that names it."""

    actor: Actor
    quote: Quote
    note: str


@dataclass(frozen=True)
class Curator:
    """Turns the entries of one side-car into actors and claims.

    Args:
        document: the profile as received, in which quotes are looked for.
        sentences: its sentences.
        vocabulary: relations, kinds and lists.
        known: references that may be subject or object: authority actors and topics.
        about: what is known of the profile as a whole; its year is when it says what it says.
        withheld: its passages that nobody may quote.
        is_lenient: whether every entry that does not hold is set aside, and not only what may be left out of a build.
        aside: entries that were set aside so far, and why.
        unnamed: actors among them, to which no claim can lead.
    """

    document: Document
    sentences: Sequence[Sentence]
    vocabulary: Vocabulary
    known: frozenset[str]
    about: Metadata
    withheld: Withheld
    is_lenient: bool = False
    aside: list[SidecarError] = field(default_factory=list)
    unnamed: set[str] = field(default_factory=set)

    def actors(self, sidecar: Sidecar) -> list[NamedActor]:
        """The actors that the profile itself names.

        Raises:
            SidecarError: a key that is taken or malformed, an unknown kind, or a quote that does not hold.
        """
        found: dict[str, NamedActor] = {}
        for entry in sidecar.actors:
            try:
                found[entry.text("key")] = self._actor(entry, found)
            except SidecarError as error:
                self._set_aside(error)
                self.unnamed.update(entry.texts("key"))
        return list(found.values())

    def claims(self, sidecar: Sidecar, named: Sequence[NamedActor]) -> list[Claim]:
        """The claims, curated, in the order of the side-car; one said twice carries both pieces of evidence.

        Raises:
            SidecarError: an end or a relation that does not exist, or a quote that does not hold.
        """
        known = self.known | {item.actor.reference for item in named} | {f"policy/{self.document.key}"}
        found: dict[str, Claim] = {}
        for entry in sidecar.claims:
            try:
                claim = self._claim(entry, known)
                before = found.get(claim.key)
                if before and any(evidence.cites == claim.evidence[0].cites for evidence in before.evidence):
                    raise entry.fault("this claim stands before with the same sentence", "remove one of the two")
            except SidecarError as error:
                self._set_aside(error)
                continue
            found[claim.key] = replace(before, evidence=before.evidence + claim.evidence) if before else claim
        return list(found.values())

    def _set_aside(self, error: SidecarError) -> None:
        if error.stops and not self.is_lenient:
            raise error
        self.aside.append(error)

    def _actor(self, entry: Entry, found: Mapping[str, NamedActor]) -> NamedActor:
        reference = entry.text("key")
        prefix, _, key = reference.partition("/")
        if prefix not in _OWN_KINDS or not is_key(key):
            raise entry.fault(
                f"{reference!r} is no key for an actor of a profile", f"write one of {', '.join(_OWN_KINDS)}, a slash, and a key"
            )
        if not key.startswith(f"{self.document.key}-"):
            better = f"{prefix}/{self.document.key}-{key}"
            raise entry.fault(
                f"{reference!r} is not scoped to the profile that names it", f"write {better}; people may link it to others later"
            )
        if reference in self.known or reference in found:
            raise entry.fault(f"the key {reference!r} is taken", "use the actor that has it, or choose another key")
        kind = self.vocabulary.kinds.get(entry.text("kind"))
        if kind is None:
            raise entry.fault(f"the kind {entry.text('kind')!r} is unknown", "use a kind of ontology/actor-kinds.csv")
        country = entry.text("country") or None
        if country and (country not in self.known or not country.startswith("country/")):
            raise entry.fault(f"there is no {country!r}", "write country/ and the ISO code of three letters")
        actor = Actor(reference, kind.classname, kind.concept, entry.text("label"), country=country)
        return NamedActor(actor, self._quote(entry), entry.text("note"))

    def _quote(self, entry: Entry) -> Quote:
        quote = find(entry.text("quote"), entry, self.document, self.sentences)
        self.withheld.check(entry, quote)
        return quote

    def _claim(self, entry: Entry, known: frozenset[str]) -> Claim:
        match entry.text("claim").split():
            case [subject, name, target]:
                pass
            case _:
                raise entry.fault(f"{entry.text('claim')!r} is no claim", "write subject, relation and object with a space between them")
        relation = self.vocabulary.names.get(name)
        if relation is None:
            raise entry.fault(f"the relation {name!r} has no row in ontology/relation-map.csv", "add one, or mend the name")
        if relation.inverse:
            subject, target = target, subject
        for end in (subject, target):
            if end in known:  # whatever another entry says of it
                continue
            if end in self.unnamed:
                raise entry.aside(
                    "an end of the claim is an actor that was set aside", "name the actor by words that are left, or remove it"
                )
            raise entry.fault(f"there is no {end!r}", "use a key of data/authority, or name the actor under `actors` with its quote")
        return Claim(
            f"profile/{self.document.key}", subject, relation.relation.name, target, (self._evidence(entry),), "curated",
            polarity=self._one_of(entry, "polarity", "affirmed"), modality=self._one_of(entry, "modality", relation.modality or "asserted"),
            valid_from=_date(entry, "from"), valid_until=_date(entry, "until"),
        )  # fmt: skip

    def _evidence(self, entry: Entry) -> Evidence:
        quote = self._quote(entry)
        possible = CERTAINTIES[1:] if self.about.summary_of else CERTAINTIES
        certainty = entry.text("certainty", possible[0])
        if certainty not in possible:
            reason = "no certainty" if certainty not in CERTAINTIES else "too sure: the document is a summary written by this project"
            raise entry.fault(f"{certainty!r} is {reason}", f"write one of {', '.join(possible)}")
        cites = tuple(f"sentence/{sentence.key}" for sentence in quote.sentences)
        return Evidence(
            cites, certainty, quote.text, quote.span.start, quote.span.end, self.about.year, entry.text("rule"), entry.text("note")
        )

    def _one_of(self, entry: Entry, scheme: str, default: str) -> str:
        value = entry.text(scheme, default)
        if f"{scheme}/{value}" not in self.vocabulary.concepts:
            raise entry.fault(f"{value!r} is no {scheme}", f"use a concept of ontology/vocabularies/{scheme}.ttl")
        return value


def _date(entry: Entry, name: str) -> StatedDate | None:
    try:
        return stated(entry.text(name))
    except ValueError as error:
        raise entry.fault(f"{name!r}: {error}", "write 2018, 2018-10 or 2018-10-15") from error
