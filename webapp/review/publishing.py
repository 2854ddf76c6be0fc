"""What publishing would change, and the publication itself."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
from flask import Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph import inputs, retirement
from graph.claims import Claim
from graph.decisions import queue
from graph.decisions.events import ENDING
from graph.errors import LiaisonError
from graph.iris import term
from graph.rdf.claims import words
from graph.release import Releases
from graph.text import sha256
from webapp.live import Serving, current
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.effect import ClaimChange, Compared, Edge, Effect, Redirect, Standing, effect, released
from webapp.review.filepaths import relative
from webapp.review.later import later
from webapp.review.office import Office
from webapp.review.places import key_of
from webapp.review.publisher import Publication
from webapp.review.room import room
from webapp.review.table import Table

_MOST = 100
"""Changes of a kind that are listed; the rest is counted."""
_MOVING_SECONDS = 30
"""Within that a server has moved to a new release; if it has not, it cannot open it, and there is nothing to wait for."""
_NAMED = re.compile(r"/id/(?:claim|evidence)/([0-9a-f]{20})\b")
"""A claim or a piece of evidence in what the shapes say."""

_LABELS = frozenset(term(name) for name in ("skos:prefLabel", "rdfs:label"))
_TITLES = {
    "new": "Claims that would stand",
    "gone": "Claims that would stand no longer",
    "changed": "Claims that would stand otherwise",
    "edges_added": "Edges that the graph would have more",
    "edges_removed": "Edges that it would have no longer",
    "merged": "Actors that would be merged",
    "split": "Actors that would stand by themselves again",
    "completed": "Profiles that would count as complete",
    "reopened": "Profiles that would count as complete no longer",
    "profiles_added": "Profiles that are new",
    "profiles_gone": "Profiles that go",
    "profiles_changed": "Profiles with another document, side-car or answers of plug-ins",
    "files": "Other files that have changed; what follows from them is not shown here",
}
"""The parts of an effect, as the page calls them."""
SentenceKey = tuple[str, str]
"""A profile, and a sentence of it on which one decides."""


@dataclass(frozen=True)
class ListedChange:
    """A change, or a reason why nothing was published.

    Args:
        words: it in words.
        how: what becomes of it; empty where the title says that.
        profile: the profile; empty if it is of none.
        place: the sentence on which one decides on it; empty where there is none.
    """

    words: str
    how: str = ""
    profile: str = ""
    place: str = ""


@dataclass(frozen=True)
class Section:
    """Changes of one kind.

    Args:
        title: what becomes of them.
        rows: the first of them.
        total: how many there are.
    """

    title: str
    rows: Sequence[ListedChange]
    total: int


@blueprint.get("/publish")
def publish() -> str:
    """What publishing would change; how the present publication fares, or how the last one ended."""
    publisher, serving = room().publisher, current()
    latest = publisher.latest
    is_coming = _is_coming(latest, serving)
    shown = {} if is_coming else _shown(serving, latest)
    return render_template(
        "review/publish.html", latest=latest, is_coming=is_coming, serving=serving, is_possible=publisher.is_possible, **shown
    )


@blueprint.get("/publish/state")
def publish_state() -> Response:
    """Whether a publication is under way, for the page that waits for it, and how the last one ended."""
    latest = room().publisher.latest
    is_waiting = _is_coming(latest, current())
    return jsonify(waits=is_waiting, told=relative(latest.outcome, room().config) if latest and not is_waiting else "")


@blueprint.post("/publish")
def publish_now() -> AnyResponse:
    """Begin a publication."""
    room().publisher.start(signed_in().handle)
    return redirect(url_for("review.publish"), 303)


def _is_coming(latest: Publication | None, serving: Serving) -> bool:
    """Whether a publication is under way, or the server is about to move to the release that it made."""
    if latest is None or latest.is_running:
        return latest is not None
    return (
        latest.ago < _MOVING_SECONDS
        and latest.release != serving.release.id
        and latest.release == Releases(room().config.releases).current_id()
    )


def _shown(serving: Serving, latest: Publication | None) -> dict[str, object]:
    """What the page shows while nothing is published."""
    folder, manifest = room().config.data, serving.release.manifest
    before, files = _before(serving, folder), _files(folder)
    office = room().snapshot()
    tables = [table for key in office.profiles if (table := office.laid_out(key))]
    places = {card.unit.claim: (table.key, key_of(card)) for table in tables for card in table.cards}
    places |= {card.id: (table.key, key_of(card)) for table in tables for card in table.cards}
    desk, unread, unreadable = _desk(tables, office, files), office.unread, sorted(office.unreadable.keys() & set(before.profiles))
    fresh = later(folder / "decisions", office.recorded.events, manifest.get("inputs", {}), manifest["built"])
    found = effect(before, desk, [*unread, *office.unreadable])
    sections = list(_sections(found, _Labels(tables, office, serving), office))
    reasons = [_reason(line, places) for line in latest.reasons] if latest else []
    since = dict(sorted(Counter(event.by for event in fresh).items()))
    faults = {table.key: stopping for table in tables if (stopping := [fault for fault in table.aside if fault.stops])}
    told = {"reasons": reasons, "sections": sections, "unread": len(unread), "unreadable": unreadable, "since": since}
    return {**told, "faults": faults}


def _reason(line: str, places: Mapping[str, SentenceKey]) -> ListedChange:
    """A reason for which nothing was published, with where one decides on the claim that it names."""
    profile, place = next((places[key] for key in _NAMED.findall(line) if key in places), ("", ""))
    return ListedChange(line, "", profile, place)


_kept: dict[Path, tuple[list[Standing], set[str]]] = {}
"""The claims of the release that is served; a release never changes."""


def _before(serving: Serving, folder: Path) -> Compared:
    """The release that is served."""
    release = serving.release
    if (found := _kept.get(release.folder)) is None:
        found = released(serving.view, serving.iris)
        _kept.clear()
        _kept[release.folder] = found
    claims, complete = found
    withdrawn = retirement.load(folder).notices
    merges = {source: row["successor"] for source, row in release.manifest.get("retired", {}).items() if source not in withdrawn}
    files = {name: hash_ for name, hash_ in release.manifest.get("inputs", {}).items() if not _is_log(name)}
    return Compared(release.manifest.get("profiles", ()), claims, merges, complete, files)


def _desk(tables: Sequence[Table], office: Office, files: Mapping[str, str]) -> Compared:
    """What lies in the data folder."""
    claims = [one for table in tables for one in _standing(table, office)]
    merges = {source: office.redirects[source] for source in office.redirects.merges}
    complete = {table.key for table in tables if table.laid.about.complete}
    other = {(f"profile/{table.key}", claim.key): claim.review for table in tables for claim in table.laid.reviewed.open}
    return Compared(office.profiles, claims, merges, complete, files, other)


def _files(folder: Path) -> dict[str, str]:
    """Name of each file of the data folder to its hash; decisions apart."""
    found: dict[str, str] = {}
    for name, path in inputs.find(folder).files.items():
        with suppress(FileNotFoundError):  # it was removed just now
            status = path.stat()
            if not _is_log(name):
                found[name] = _hash(path, status.st_size, status.st_mtime_ns)
    return found


def _is_log(name: str) -> bool:
    """Whether a file holds decisions, of which claims and actors tell enough."""
    return name.startswith("decisions/") and name.endswith(ENDING)


@lru_cache(maxsize=4096)
def _hash(path: Path, _size: int, _changed: int) -> str:
    """The hash of a file, worked out once until it changes."""
    return sha256(path.read_bytes())


def _standing(table: Table, office: Office) -> Iterator[Standing]:
    """The claims of a profile that stand."""
    final = office.redirects
    for claim in table.laid.reviewed.standing:
        edge = (final[claim.subject], claim.relation, final[claim.object]) if claim.supports_edge else None
        card = table.by_claim.get(claim.key)
        told = queue.said(card.claim, office.vocabulary) if card else _said(claim, table, office)
        evidence = frozenset(map(claim.evidence_key, claim.evidence))
        yield Standing(f"profile/{table.key}", claim.key, told, claim.review, edge, key_of(card) if card else "", evidence)


def _said(claim: Claim, table: Table, office: Office) -> str:
    try:
        return words(claim, office.vocabulary, table.sheet.labels)
    except (LiaisonError, KeyError):
        return f"{claim.subject} {claim.relation} {claim.object}"


class _Labels:
    """What actors are called: as the files, the claims, the merges or the release have it.

    Args:
        tables: the profiles that are read.
        office: the data folder.
        serving: the release that is served.
    """

    def __init__(self, tables: Sequence[Table], office: Office, serving: Serving) -> None:
        """Look nothing up yet."""
        self._tables, self._office, self._serving = tables, office, serving
        shown = (event for event in office.recorded.events if event.actor and not office.is_withdrawn(event))
        events = (end for event in shown for end in (event.actor, event.other) if end)
        self._ends = {end.reference: end.name for end in chain(events, *(queue.ends_of(table.cards) for table in tables))}

    def __getitem__(self, reference: str) -> str:
        """The name of one; its reference where nobody has one."""
        labels = (table.sheet.labels[reference] for table in self._tables if reference in table.sheet.labels)
        return next(labels, "") or self._ends.get(reference) or self._released(reference) or reference

    def _released(self, reference: str) -> str:
        thing = self._serving.iris.thing(reference)
        named = (triple.object for triple in self._serving.view.about(thing) if triple.predicate in _LABELS)
        return next((name.value for name in named if isinstance(name, ox.Literal)), "")


def _sections(found: Effect, names: _Labels, office: Office) -> Iterator[Section]:
    """The changes for the page, kinds without any left out."""
    for part, title in _TITLES.items():
        changes: Sequence[ClaimChange | Edge | Redirect | str] = getattr(found, part)
        if changes:
            yield Section(title, [_row(one, names, office) for one in changes[:_MOST]], len(changes))


def _row(one: ClaimChange | Edge | Redirect | str, names: _Labels, office: Office) -> ListedChange:
    match one:
        case ClaimChange():
            return ListedChange(one.claim.words, one.how, one.claim.document.partition("/")[2], one.claim.place)
        case (subject, relation, target):
            known = office.vocabulary.relations.get(relation)
            return ListedChange(f"{names[subject]} {known.label if known else relation} {names[target]}")
        case (source, target):
            return ListedChange(f"{names[source]} ({source}) → {names[target]} ({target})")
        case _:
            return ListedChange(one, profile=one if one in office.profiles else "")
