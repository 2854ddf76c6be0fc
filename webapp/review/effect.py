"""What publishing now would change in the published graph: the claims that stand on the desk beside those of the release.

Only claims of profiles are compared; an edge that an authority file gives as well stays, whatever becomes of a claim.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.iris import Iris, term
from graph.store import View

_RELEASED = """
SELECT ?claim ?document ?state ?label ?subject ?relation ?object ?isSupported WHERE {
  ?claim a $class ; $saidIn ?document ; $reviewState ?state ; $label ?label ;
    $subject ?subject ; $predicate ?relation ; $objectOf ?object .
  BIND (EXISTS { ?claim a $supported } AS ?isSupported)
}
"""
Edge = tuple[str, str, str]


@dataclass(frozen=True)
class Standing:
    """A claim that stands, in the release or on the desk.

    Args:
        document: reference of the profile, or of the authority file.
        key: its key.
        words: the claim in words.
        state: what people decided.
        edge: the plain edge that it supports, after all merges; None if it supports none.
        place: the sentence on which one decides on it; empty where that is not known.
    """

    document: str
    key: str
    words: str
    state: str
    edge: Edge | None
    place: str = ""


@dataclass(frozen=True)
class Change:
    """What becomes of one claim.

    Args:
        claim: the claim, as it would be or, if it goes, as it is.
        before: its state in the release; empty if it does not stand there.
        after: its state after publishing; empty if it goes.
    """

    claim: Standing
    before: str
    after: str


@dataclass(frozen=True)
class Effect:
    """What publishing would change.

    Args:
        new: claims that would stand and do not yet.
        gone: claims that stand and would no longer.
        changed: claims whose state would be another one.
        edges_added: plain edges that no claim supports yet.
        edges_removed: plain edges that no claim would support any more.
        profiles_added: keys of profiles that the release does not hold.
        profiles_gone: keys of profiles that it holds and that are not here any more.
    """

    new: Sequence[Change] = ()
    gone: Sequence[Change] = ()
    changed: Sequence[Change] = ()
    edges_added: Sequence[Edge] = ()
    edges_removed: Sequence[Edge] = ()
    profiles_added: Sequence[str] = ()
    profiles_gone: Sequence[str] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any((self.new, self.gone, self.changed, self.edges_added, self.edges_removed, self.profiles_added, self.profiles_gone))


def effect(desk: Mapping[str, Iterable[Standing]], released: Iterable[Standing], held: Iterable[str], here: Iterable[str]) -> Effect:
    """What publishing would change.

    Args:
        desk: key of each profile that was read to the claims that stand in it; what was not read is taken as it is in the release.
        released: all claims of the release that stand, those of authority files among them.
        held: keys of the profiles of the release.
        here: keys of the profiles that are here.
    """
    there, now, kept = set(held), set(here), list(released)
    compared = {f"profile/{key}" for key in {*desk, *(there - now)}}
    before = {(one.document, one.key): one for one in kept if one.document in compared}
    after = {(one.document, one.key): one for claims in desk.values() for one in claims}
    unseen = [one for one in kept if one.document not in compared]
    edges_before, edges_after = _edges([*unseen, *before.values()]), _edges([*unseen, *after.values()])
    return Effect(
        new=[Change(after[one], "", after[one].state) for one in sorted(after.keys() - before.keys())],
        gone=[Change(before[one], before[one].state, "") for one in sorted(before.keys() - after.keys())],
        changed=[
            Change(after[one], before[one].state, after[one].state)
            for one in sorted(after.keys() & before.keys())
            if after[one].state != before[one].state
        ],
        edges_added=sorted(edges_after - edges_before),
        edges_removed=sorted(edges_before - edges_after),
        profiles_added=sorted(now - there),
        profiles_gone=sorted(there - now),
    )


def released_claims(view: View, iris: Iris) -> list[Standing]:
    """The claims of a release that stand.

    Args:
        view: the release.
        iris: makes its IRIs.
    """
    parts = {
        "class": term("liaison:Claim"), "saidIn": term("liaison:statedIn"), "reviewState": term("liaison:reviewState"), "label": term("rdfs:label"),
        "subject": term("rdf:subject"), "predicate": term("rdf:predicate"), "objectOf": term("rdf:object"), "supported": term("liaison:SupportedClaim"),
    }  # fmt: skip
    found = []
    for row in view.select(_RELEASED, **parts):
        claim, document, subject, target = (
            iris.reference(row[name].value) or row[name].value for name in ("claim", "document", "subject", "object")
        )
        edge = (subject, _local(row["relation"].value), target) if row["isSupported"].value == "true" else None
        found.append(Standing(document, claim.removeprefix("claim/"), row["label"].value, _local(row["state"].value), edge))
    return found


def _edges(claims: Iterable[Standing]) -> set[Edge]:
    return {one.edge for one in claims if one.edge}


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
