"""What publishing now would change: the data folder as it lies on the desk beside the release that is served.

Only claims of profiles are compared; an edge that an authority file gives as well stays, whatever becomes of a claim.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from graph.iris import Iris
from graph.store import View

_CLAIMS = """SELECT ?claim ?document ?state ?label ?subject ?relation ?object ?kind ?evidence WHERE {
  ?claim a liaison:Claim ; liaison:statedIn ?document ; liaison:reviewState ?state ; rdfs:label ?label ;
    rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; liaison:hasEvidence ?evidence .
  OPTIONAL { ?claim a ?kind FILTER (?kind = liaison:SupportedClaim) }
}"""
_COMPLETE = "SELECT DISTINCT ?profile WHERE { ?profile liaison:curationCompleteOn ?day }"
_OF_PROFILES = frozenset({"profiles", "claims", "texts", "proposals"})
"""Folders whose files are named after their profiles."""

Edge = tuple[str, str, str]
Redirect = tuple[str, str]


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
        evidence: keys of the pieces of evidence on which it stands.
    """

    document: str
    key: str
    words: str
    state: str
    edge: Edge | None
    place: str = ""
    evidence: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Compared:
    """What is compared: a release, or the desk.

    Args:
        profiles: keys of its profiles.
        claims: its claims that stand; of a release, those of authority files among them.
        merges: reference of each actor that was merged, to that of the other one.
        complete: keys of profiles whose curation is declared complete.
        files: name of each file in the data folder, as far as it counts, to its hash.
        other: document and key of claims that do not stand, to what people decided on them.
    """

    profiles: Collection[str] = ()
    claims: Sequence[Standing] = ()
    merges: Mapping[str, str] = field(default_factory=dict)
    complete: Collection[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class ClaimChange:
    """What becomes of one claim.

    Args:
        claim: the claim, as it would be or, if it goes, as it is.
        before: its state in the release; empty if it does not stand there.
        after: its state after publishing; empty if it goes and nothing is known of it any more.
        passages: on how many pieces of evidence it stands, before and after; empty where these stay the same.
    """

    claim: Standing
    before: str
    after: str
    passages: tuple[int, ...] = ()

    @property
    def how(self) -> str:
        """What changes, in a few words."""
        told = [" → ".join(dict.fromkeys(filter(None, (self.before, self.after))))]
        if self.passages:
            before, after = self.passages
            words = f"{after} passage{'s' if after != 1 else ''}"
            told.append(f"stands on {words}, not {before}" if before != after else "stands on other words")
        return "; ".join(told)


@dataclass(frozen=True)
class Effect:
    """What publishing would change; each part in order.

    Args:
        new: claims that would stand and do not yet.
        gone: claims that stand and would no longer.
        changed: claims whose state, or on whose words they stand, would be another one.
        edges_added: plain edges that no claim supports yet.
        edges_removed: plain edges that no claim would support any more.
        merged: actors that would be merged, each with the other one.
        split: actors that would stand by themselves again, each with the one with which it was merged.
        completed: keys of profiles that would count as complete.
        reopened: keys of profiles that would no longer.
        profiles_added: keys of profiles that the release does not hold.
        profiles_gone: keys of profiles that it holds and that are not here any more.
        profiles_changed: keys of profiles whose document, side-car or kept text is another one.
        files: other files of the data folder that have changed; what follows from them is not worked out here.
    """

    new: Sequence[ClaimChange] = ()
    gone: Sequence[ClaimChange] = ()
    changed: Sequence[ClaimChange] = ()
    edges_added: Sequence[Edge] = ()
    edges_removed: Sequence[Edge] = ()
    merged: Sequence[Redirect] = ()
    split: Sequence[Redirect] = ()
    completed: Sequence[str] = ()
    reopened: Sequence[str] = ()
    profiles_added: Sequence[str] = ()
    profiles_gone: Sequence[str] = ()
    profiles_changed: Sequence[str] = ()
    files: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(vars(self).values())


def effect(release: Compared, desk: Compared, unread: Collection[str] = ()) -> Effect:
    """What publishing would change.

    Args:
        release: what is served.
        desk: what lies in the data folder.
        unread: keys of profiles in the folder that were not read yet; they are taken as they are in the release.
    """
    there, here = set(release.profiles), set(desk.profiles)
    kept = there & set(unread)
    compared = {f"profile/{key}" for key in (there | here) - kept}
    before = {(one.document, one.key): one for one in release.claims if one.document in compared}
    after = {(one.document, one.key): one for one in desk.claims if one.document in compared}
    rest = [one for one in release.claims if one.document not in compared]
    edges_before, edges_after = _edges([*rest, *before.values()]), _edges([*rest, *after.values()])
    was, complete = set(release.complete), set(desk.complete) | (set(release.complete) & kept)
    of_profiles, files = _files(release.files, desk.files)
    return Effect(
        new=[ClaimChange(after[one], "", after[one].state) for one in sorted(after.keys() - before.keys())],
        gone=[ClaimChange(before[one], before[one].state, desk.other.get(one, "")) for one in sorted(before.keys() - after.keys())],
        changed=[_change(before[one], after[one]) for one in sorted(after.keys() & before.keys()) if _differ(before[one], after[one])],
        edges_added=sorted(edges_after - edges_before),
        edges_removed=sorted(edges_before - edges_after),
        merged=sorted(desk.merges.items() - release.merges.items()),
        split=sorted((source, target) for source, target in release.merges.items() if source not in desk.merges),
        completed=sorted(complete - was),
        reopened=sorted((was & here) - complete),
        profiles_added=sorted(here - there),
        profiles_gone=sorted(there - here),
        profiles_changed=sorted(of_profiles & there & here),
        files=sorted(files),
    )


def released(view: View, iris: Iris) -> tuple[list[Standing], set[str]]:
    """The claims of a release that stand, and the keys of the profiles that it calls complete.

    Args:
        view: the release.
        iris: makes its IRIs.
    """
    found: dict[str, Standing] = {}
    evidence: dict[str, set[str]] = {}
    for row in view.select(iris.header() + _CLAIMS):
        claim, proof = (_key(row[name].value, iris) for name in ("claim", "evidence"))
        document, subject, target = (_reference(row[name].value, iris) for name in ("document", "subject", "object"))
        edge = (subject, _local(row["relation"].value), target) if "kind" in row else None
        evidence.setdefault(claim, set()).add(proof)
        state = _local(row["state"].value)
        found[claim] = Standing(document, claim, row["label"].value, state, edge, evidence=frozenset(evidence[claim]))
    complete = {_key(row["profile"].value, iris) for row in view.select(iris.header() + _COMPLETE)}
    return list(found.values()), complete


def _differ(before: Standing, after: Standing) -> bool:
    return (before.state, before.evidence) != (after.state, after.evidence)


def _change(before: Standing, after: Standing) -> ClaimChange:
    passages = (len(before.evidence), len(after.evidence)) if before.evidence != after.evidence else ()
    return ClaimChange(after, before.state, after.state, passages)


def _files(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Keys of profiles whose files differ, and the names of other files that do."""
    differing = {PurePosixPath(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    own = {path for path in differing if path.parts[0] in _OF_PROFILES}
    return {path.stem for path in own}, {str(path) for path in differing - own}


def _edges(claims: Iterable[Standing]) -> set[Edge]:
    return {one.edge for one in claims if one.edge}


def _reference(iri: str, iris: Iris) -> str:
    return iris.reference(iri) or iri


def _key(iri: str, iris: Iris) -> str:
    return _reference(iri, iris).partition("/")[2]


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
