"""Why the shapes would refuse a claim, before anybody has recorded it: one such claim would stop a whole release.

Nothing that the shapes say is said a second time here. The claim is written as a build would write it if it stood, with
what its ends are, and the shapes are asked. Many are asked of at once: it is the asking that takes time, not the claims.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain

import pyoxigraph as ox

from graph.authority import Authority
from graph.authority.records import Actor
from graph.claims import Claim, Evidence
from graph.curation.claims import NamedActor
from graph.dates import StatedDate
from graph.decisions.minting import ends, kind_of
from graph.decisions.records import ClaimRecord, End
from graph.decisions.redirects import Redirects
from graph.iris import Iris, term
from graph.rdf.actors import write_actor
from graph.rdf.claims import write_claim
from graph.rdf.writer import Writer
from graph.statements import links
from graph.store import View
from graph.validation.constraints import Constraint, constraints
from graph.validation.findings import Finding
from graph.validation.whole import validate_release
from graph.vocabulary import Vocabulary

_IRIS = Iris()
_TYPE = term("rdf:type")
_CLASSES = {"topic": "Topic", "policy": "Policy", "channel": "Channel"}
"""Kinds of things of which all have the same class."""
_WORDS = Evidence(("sentence/quoted",), "stated", "quoted", 0, 6)


@dataclass(frozen=True)
class Known:
    """What is known of the things that a claim may speak of.

    Args:
        classes: reference to the local name of its class, for actors of authority files and of the profile's side-car.
        lives: reference to its first and last date, for those of which one is known.
        redirects: what actors turned out to be.
    """

    classes: Mapping[str, str] = field(default_factory=dict)
    lives: Mapping[str, tuple[StatedDate | None, StatedDate | None]] = field(default_factory=dict)
    redirects: Redirects = field(default_factory=Redirects)

    @classmethod
    def of(cls, facts: Authority, own: Iterable[NamedActor], redirects: Redirects) -> "Known":
        """What the files hold.

        Args:
            facts: the authority facts.
            own: the actors of the profile's side-car.
            redirects: what actors turned out to be.
        """
        actors = [*facts.actors.values(), *(item.actor for item in own)]
        lives = {actor.reference: (actor.begins, actor.ends) for actor in actors if actor.begins or actor.ends}
        return cls({actor.reference: actor.classname for actor in actors}, lives, redirects)

    def final(self, end: End) -> End:
        """The actor that an end turned out to be."""
        reference = self.redirects[end.reference]
        if reference == end.reference:
            return end
        return next((one for one in self.redirects.ends if one.reference == reference), End(reference=reference, name=reference))

    def of_ends(self, claim: ClaimRecord) -> tuple[object, ...]:
        """All that is known of the ends of a claim; as long as it is the same, the shapes say the same of the claim."""
        finals = (self.final(end) for end in ends(claim))
        return tuple((end, self.classes.get(end.reference), self.lives.get(end.reference)) for end in finals)

    def is_new(self, end: End) -> bool:
        """Whether an end is an actor that only decisions name, so that a build would name it."""
        return bool(end.kind) and end.reference not in self.classes


def obstacles(claims: Sequence[ClaimRecord], vocabulary: Vocabulary, known: Known) -> list[list[str]]:
    """Why a release with this claim would be refused if the claim stood, for each of many.

    Args:
        claims: the claims, of one profile.
        vocabulary: relations, classes and kinds.
        known: what their ends are.

    Returns:
        For each claim sentences that say what to do; none where it would not be refused.
    """
    told: dict[int, list[str]] = {}
    for layer in _layers(claims, known):
        told |= _judged(layer, vocabulary, known)
    return [told[number] for number in range(len(claims))]


def _layers(claims: Sequence[ClaimRecord], known: Known) -> Iterator[dict[int, ClaimRecord]]:
    """The claims by their places, such that no two of a layer name the same thing differently, which would be a fault of neither."""
    left = dict(enumerate(claims))
    while left:
        layer, named = dict[int, ClaimRecord](), dict[str, object]()
        for number, claim in left.items():
            own: dict[str, object] = {end.reference: end for end in map(known.final, ends(claim)) if known.is_new(end)}
            own[claim.key] = claim
            if all(named.get(key, one) == one for key, one in own.items()):
                named |= own
                layer[number] = claim
        yield layer
        left = {number: claim for number, claim in left.items() if number not in layer}


def _judged(claims: Mapping[int, ClaimRecord], vocabulary: Vocabulary, known: Known) -> dict[int, list[str]]:
    """What the shapes say of each claim where all of them are in one graph."""
    writer = Writer(_IRIS, "claim", known.redirects.__getitem__)
    told = {number: _written(claim, writer, vocabulary, known) for number, claim in claims.items()}
    broken: dict[str, list[Finding]] = defaultdict(list)
    for finding in validate_release(_view(writer.quads, vocabulary), _rules()):
        if finding.is_violation:
            broken[finding.focus].append(finding)
    return {number: told[number] or _of(claim, broken, known) for number, claim in claims.items()}


def _written(claim: ClaimRecord, writer: Writer, vocabulary: Vocabulary, known: Known) -> list[str]:
    """Write a claim as if it stood; where that cannot be, why."""
    if claim.relation not in vocabulary.relations:
        return [f"There is no relation {claim.relation!r}; use one of the ontology."]
    finals = [known.final(end) for end in ends(claim)]
    for end in finals:
        if not _write(writer, end, vocabulary, known):
            return [f"Nothing tells what {end.name} is; name an actor that is known, or say of which kind it is."]
    names = {first.reference: end.name for first, end in zip(ends(claim), finals, strict=True)}
    write_claim(writer, _standing(claim), vocabulary, names, "run/none")
    return []


def _standing(claim: ClaimRecord) -> Claim:
    return replace(claim.claim("claim", "accepted"), evidence=(_WORDS,))


def _of(claim: ClaimRecord, broken: Mapping[str, Sequence[Finding]], known: Known) -> list[str]:
    """What is said of a claim, or of an end that it brings along."""
    finals = [known.final(end) for end in ends(claim)]
    labels = {_IRIS.thing(end.reference).value: end.name for end in finals}
    brought = (_IRIS.thing(end.reference).value for end in finals if known.is_new(end))
    judged = {_IRIS.thing(f"claim/{_standing(claim).key}").value, *brought}
    found = sorted(chain.from_iterable(broken.get(one, ()) for one in judged))
    return list(dict.fromkeys(f"{labels[one.value]}: {one.message}" if one.value in labels else one.message for one in found))


def _write(writer: Writer, end: End, vocabulary: Vocabulary, known: Known) -> bool:
    """Write what an end is; False if nothing tells it."""
    node = writer.iris.thing(end.reference)
    kind = kind_of(end.kind, vocabulary) if known.is_new(end) else None
    classname = known.classes.get(end.reference) or _CLASSES.get(end.reference.partition("/")[0])
    if kind:
        write_actor(writer, Actor(end.reference, kind.classname, kind.concept, end.name))
        writer.refer(node, "prov:hadPrimarySource", *_WORDS.cites)
    elif classname:
        writer.types(node, f"liaison:{classname}")
    for name, date in zip(("from", "until"), known.lives.get(end.reference, ()), strict=False):
        writer.date(node, name, date)
    return bool(kind or classname)


def _view(quads: Iterable[ox.Quad], vocabulary: Vocabulary) -> View:
    """The quads with the classes of all that they name, those above them as well, as one graph."""
    said = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    met = {node for quad in said for node in (quad.subject, quad.object)}
    types = {(node, kind) for node, kind in links(vocabulary.triples, _TYPE) if node in met} | set(links(said, _TYPE))
    above = {(node, higher) for node, kind in types for higher in vocabulary.superclasses.get(kind, ())}
    return View.of([*said, *(ox.Quad(node, _TYPE, kind) for node, kind in types | above)])


@cache
def _rules() -> tuple[Constraint, ...]:
    """The constraints on things of a class; the others look for faults of a release as a whole."""
    return tuple(rule for rule in constraints() if rule.target)
