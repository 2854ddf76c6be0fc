"""What publishing would change, and the publication itself."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph.claims import Claim
from graph.decisions import queue
from graph.errors import LiaisonError
from graph.rdf.claims import words
from webapp.live import current
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.effect import Effect, Standing, effect, released_claims
from webapp.review.office import Office
from webapp.review.places import key_of
from webapp.review.room import room
from webapp.review.table import Table

_MOST = 100
"""Changes of a kind that are listed; the rest is counted."""
_AGAIN_SECONDS = "2"


@dataclass(frozen=True)
class Section:
    """Changes of one kind.

    Args:
        title: what becomes of them.
        rows: each in words, with its profile, the sentence on which one decides on it, and its states before and after.
        total: how many there are.
    """

    title: str
    rows: Sequence[tuple[str, str, str, str]]
    total: int


@blueprint.get("/publish")
def publish() -> str | AnyResponse:
    """What publishing would change; how the present publication fares, or how the last one ended."""
    publisher = room().publisher
    latest, serving = publisher.latest, current()
    is_running = bool(latest and latest.is_running)
    released = [] if is_running else released_claims(serving.view, serving.iris)
    with room().office() as office:
        unread, since = len(office.unread), _since(office, serving.release.manifest["built"])
        found = None
        if not is_running:
            tables = [table for key in office.profiles if (table := office.laid_out(key))]
            desk = {table.key: [_standing(claim, table, office) for claim in table.laid.reviewed.standing] for table in tables}
            found = effect(desk, released, serving.release.manifest["profiles"], office.profiles)
        sections = list(_sections(found, office)) if found else []
    page = render_template(
        "review/publish.html", latest=latest, found=found, sections=sections, unread=unread, since=since, possible=publisher.is_possible
    )
    if is_running:
        return AnyResponse(page, 200, {"Refresh": _AGAIN_SECONDS}, mimetype="text/html")
    return page


@blueprint.post("/publish")
def publish_now() -> AnyResponse:
    """Begin a publication."""
    room().publisher.start(signed_in().handle)
    return redirect(url_for("review.publish"), 303)


def _since(office: Office, built: str) -> dict[str, int]:
    """Reviewer to how many decisions he or she has made since the release was built."""
    moment = built.replace("+00:00", "")
    return dict(sorted(Counter(event.by for event in office.recorded.events if event.at[: len(moment)] >= moment).items()))


def _standing(claim: Claim, table: Table, office: Office) -> Standing:
    final = office.redirects
    edge = (final[claim.subject], claim.relation, final[claim.object]) if claim.supports_edge else None
    card = table.by_claim.get(claim.key)
    try:
        told = queue.said(card.claim, office.vocabulary) if card else words(claim, office.vocabulary, table.sheet.labels)
    except (LiaisonError, KeyError):
        told = f"{claim.subject} {claim.relation} {claim.object}"
    return Standing(f"profile/{table.key}", claim.key, told, claim.review, edge, key_of(card) if card else "")


def _sections(found: Effect, office: Office) -> Iterable[Section]:
    """The changes for the page, kinds without any left out."""
    for title, changes in (
        ("Claims that would stand", found.new),
        ("Claims that would stand no longer", found.gone),
        ("Claims whose state changes", found.changed),
    ):
        rows = [
            (one.claim.words, one.claim.document.partition("/")[2], one.claim.place, _states(one.before, one.after))
            for one in changes[:_MOST]
        ]
        if rows:
            yield Section(title, rows, len(changes))
    for title, edges in (
        ("Edges that the graph would have more", found.edges_added),
        ("Edges that it would have no longer", found.edges_removed),
    ):
        rows = [
            (f"{office.name_of(subject)} {_label(relation, office)} {office.name_of(target)}", "", "", "")
            for subject, relation, target in edges[:_MOST]
        ]
        if rows:
            yield Section(title, rows, len(edges))
    for title, profiles in (("Profiles that are new", found.profiles_added), ("Profiles that go", found.profiles_gone)):
        if profiles:
            yield Section(title, [(key, key, "", "") for key in profiles[:_MOST]], len(profiles))


def _states(before: str, after: str) -> str:
    return " → ".join(filter(None, (before, after)))


def _label(relation: str, office: Office) -> str:
    known = office.vocabulary.relations.get(relation)
    return known.label if known else relation
