"""The way in: signing in and out, and what waits in which profile."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import abort, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.review import session
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.disputes import disputes
from webapp.review.office import Office
from webapp.review.places import TEXT, again, key_of, share, waiting
from webapp.review.room import room
from webapp.review.table import Table

_LONGEST_TOKEN = 200


@dataclass(frozen=True)
class Shelf:
    """A profile in the list.

    Args:
        key: its key.
        title: for people; the key as long as it is not read.
        counts: how many claims there are, wait, and are judged.
        reasons: reason to how many wait for it.
        first: the place at which to begin; empty where nothing waits.
        first_in_text: the same where one goes on in the order of the text.
        is_complete: whether its curation was declared complete.
        fault: why it cannot be read; empty if it can.
        is_read: whether it was read already.
        remarks: how many things about it could not be used; the page of the profile tells them.
        faults: how many of them stop a build.
        again: how many claims others have decided and whoever looks has not.
        first_again: the place of the first of them.
        for_others: how many disputes wait for others than who looks.
    """

    key: str
    title: str
    counts: dict[str, int]
    reasons: dict[str, int]
    first: str = ""
    first_in_text: str = ""
    is_complete: bool = False
    fault: str = ""
    is_read: bool = True
    remarks: int = 0
    faults: int = 0
    again: int = 0
    first_again: str = ""
    for_others: int = 0


@blueprint.get("")
def front() -> str | AnyResponse:
    """What waits; for who is not signed in, how to sign in."""
    if g.session is None:
        return _way_in("")
    office = room().snapshot()
    shelves = [_shelf(key, office, signed_in().handle) for key in office.profiles]
    unread, aside = len(office.unread), office.recorded.aside
    shelves.sort(key=lambda shelf: (-shelf.reasons.get("dispute", 0), -shelf.counts.get("waiting", 0), shelf.key))
    return render_template("review/front.html", shelves=shelves, unread=unread, aside=aside, disputed=len(disputes(office)))


@blueprint.post("/sign-in")
def sign_in() -> AnyResponse:
    """Begin a session with a token; who fails too often has to wait."""
    if not session.is_same_site(request):
        abort(403, "The form was sent from another site; sign in on the page /review.")
    address, token = request.remote_addr or "", request.form.get("token", "").strip()[:_LONGEST_TOKEN]
    reviewer = room().reviewers.of(token) if token else None
    if reviewer is None:
        if room().tries.is_too_many(address):
            abort(429, "Too many attempts have failed within a minute; wait a minute, and try again.")
        room().tries.note(address)
        return AnyResponse(
            _way_in("This token is that of nobody. Copy all of it; one that was replaced or taken back is good no longer."),
            403,
            mimetype="text/html",
        )
    response = redirect(_inside(request.form.get("next", "")), 303)
    session.begin(response, reviewer, room().reviewers, is_secure=request.is_secure)
    return response


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session."""
    room().ended.add(signed_in())
    response = redirect("/review", 303)
    session.end(response)
    return response


def _way_in(problem: str) -> str:
    onward = _inside(request.values.get("next", ""))
    return render_template("review/sign_in.html", problem=problem, has_reviewers=g.has_reviewers, onward=onward)


def _inside(address: str) -> str:
    """An address under /review, whatever a link says."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/review"
    is_inside = not parts.scheme and not parts.netloc and (parts.path == "/review" or parts.path.startswith("/review/"))
    return address if is_inside and "\\" not in address and address.isprintable() else "/review"


def _shelf(key: str, office: Office, reviewer: str) -> Shelf:
    if key in office.unreadable:
        return Shelf(key, key, {}, {}, fault=str(office.unreadable[key][1]))
    table = office.shown(key)
    return shelved(table, reviewer) if table else Shelf(key, key, {}, {}, is_read=False)


def shelved(table: Table, reviewer: str) -> Shelf:
    """A profile that is read.

    Args:
        table: the profile.
        reviewer: who looks.
    """
    reasons: dict[str, int] = {}
    for card in table.waiting:
        reasons[card.waits or ""] = reasons.get(card.waits or "", 0) + 1
    first, first_in_text = (next(iter(waiting(table, by, reviewer)), "") for by in ("", TEXT))
    about = table.laid.about
    is_complete = about.complete is not None
    found = again(table, reviewer)
    return Shelf(
        table.key, about.title, dict(share(table)), reasons, first, first_in_text, is_complete,
        remarks=len(table.aside), faults=sum(1 for fault in table.aside if fault.stops),
        again=len(found), first_again=key_of(found[0]) if found else "",
        for_others=sum(1 for card in table.waiting if card.is_for_others(reviewer)),
    )  # fmt: skip
