"""One sentence a page, with all that is claimed of it, and what reviewers decide on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from graph.decisions import acting, queue
from graph.decisions.events import Event
from graph.decisions.queue import Card
from graph.decisions.records import End
from graph.errors import LiaisonError, NothingNew, SettingError
from webapp.pages.families import family_of
from webapp.review import acts, lookup
from webapp.review.acts import MODALITIES, POLARITIES, Said
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.network import drawing
from webapp.review.office import Office
from webapp.review.places import AGAIN, ORDERS, Place, after, before, key_of, place, share, waiting
from webapp.review.room import room
from webapp.review.table import Table

_HIDDEN = "others have decided; how is shown once you have"
_DONE = {"accept": "accepted", "add": "added", "reject": "rejected", "correct": "corrected", "retract": "taken back"}
_SAID = ("subject", "relation", "object", "polarity", "modality", "since", "until", "subject_kind", "object_kind")


@dataclass(frozen=True)
class Candidate:
    """What an actor that no file holds may be.

    Args:
        end: which end of the claim, `subject` or `object`.
        actor: the actor of the claim.
        reference: what it may be.
        name: the name of that.
        reason: why.
    """

    end: str
    actor: End
    reference: str
    name: str
    reason: str


@dataclass(frozen=True)
class Asked:
    """A claim as the page asks of it.

    Args:
        card: the claim on its words.
        short: its id, as short as it can be.
        words: the claim in words.
        label: its relation.
        family: the family of the relation.
        why: why it has its state.
        stances: reviewer to whether he or she is for it, in words, the decision, and its note.
        candidates: what its ends may be.
        seen: what its forms repeat of the words.
        confidence: how sure its rule is; None where no rule proposed it.
        sureness: whether that is measured or a prior, in words.
        obstacles: why it cannot be accepted as it stands, in the words of the shapes; mostly nothing.
        unsaid: the actors of which the words do not speak.
        is_for_others: whether it is a dispute that waits for others than who looks.
    """

    card: Card
    short: str
    words: str
    label: str
    family: str
    why: str
    stances: Mapping[str, tuple[str, Event, str]]
    candidates: Sequence[Candidate]
    seen: str
    confidence: float | None
    sureness: str
    obstacles: Sequence[str]
    unsaid: Sequence[End]
    is_for_others: bool

    @property
    def remarks(self) -> list[str]:
        """How it is said, where that is not simply so."""
        claim = self.card.claim
        said = [claim.polarity if claim.polarity != "affirmed" else "", claim.modality if claim.modality != "asserted" else ""]
        dates = [f"{word} {date}" for word, date in (("from", claim.valid_from), ("until", claim.valid_until)) if date]
        return [one for one in [*said, *dates] if one]


@blueprint.get("/sentence/<profile>/<key>")
def sentence(profile: str, key: str) -> str | AnyResponse:
    """A sentence and what is claimed of it."""
    by, reviewer = order(request.args), signed_in().handle
    with room().office() as office:
        if (table := office.table_if_quick(profile)) is None:
            return being_read(profile)
        if (found := place(table, key, office.aliases, by, reviewer)) is None:
            abort(404, f"Nothing is claimed of a sentence {key} of {profile}; go on from the list of what waits.")
        shown, done = _shown(found, by, reviewer, office), told_of(request.args, office)
        unchanged = unchanged_of(request.args, table, reviewer, office)
    return render_template("review/sentence.html", done=done, unchanged=unchanged, **shown)


def _shown(found: Place, by: str, reviewer: str, office: Office) -> dict[str, object]:
    """What a page shows of a sentence."""
    table, refused = found.table, acts.obstacles(found.cards, office)
    asked = [_asked(card, found, reviewer, office, refused.get(card.unit, ())) for card in found.cards]
    following = after(table, found.key, by, reviewer, is_skip=True)
    ways = {"following": following, "before": before(table, found.key, by, reviewer), "order": by}
    parts = {"place": found, "asked": asked, "table": table, "drawing": drawing(found, office.vocabulary)}
    return {**parts, **ways, "share": share(table), "waiting": waiting(table, by, reviewer), **choices(office, table.key)}


@blueprint.post("/decide")
def decide() -> AnyResponse:
    """Record what a form says, and go on: at the same sentence while something waits there, else at the next."""
    form, by = request.form, signed_in().handle
    profile, act, way = form.get("profile", ""), form.get("act", ""), order(form)
    repeats(form, "seen")
    with room().office() as office:
        card = lookup.card_of(form.get("card", ""), office, profile)
        acts.check_seen(card, form["seen"])
        key = key_of(card)
        following = after(office.ready(profile), key, way, by)
        try:
            event = _made(act, card, form, by, office)
        except NothingNew:
            return redirect(_onward(office.ready(profile), card, way, by, following, unchanged=card.id), 303)
        except SettingError as error:
            here = place(office.ready(profile), key, office.aliases, way, by) if act == "correct" else None
            if here is None:
                raise
            return _again(card, form, str(error), _shown(here, way, by, office))
        office.record([event])
        try:
            table = office.table_if_quick(profile)
        except LiaisonError:  # it is recorded, whatever became of the document meanwhile
            return redirect(url_for("review.log", done=event.id), 303)
        return redirect(_onward(table, card, way, by, following, done=event.id), 303)


def _onward(table: Table | None, card: Card, way: str, by: str, following: str, done: str = "", unchanged: str = "") -> str:
    """Where an act on a card leads: to the same sentence while something else waits there for its reviewer, then to the next, then out."""
    profile, key = card.unit.profile, key_of(card)
    here = place(table, key, by=way, reviewer=by) if table else None
    if here and any(one.id != card.id and _is_asked(one, here, way, by) for one in here.cards):
        return _address(profile, key, way, done, unchanged)
    return _address(profile, following, way, done, unchanged)


def _is_asked(card: Card, here: Place, way: str, by: str) -> bool:
    """Whether a card waits for a reviewer in the order in which he or she goes on."""
    return card.id in here.hidden if way == AGAIN else bool(card.waits) and not card.is_for_others(by)


def repeats(form: MultiDict[str, str], *names: str) -> None:
    """Refuse a form that does not repeat what its page showed: nobody could tell whether that has changed meanwhile.

    Args:
        form: the form.
        names: the fields in which it repeats it.
    """
    if missing := [name for name in names if not form.get(name)]:
        abort(
            400,
            f"The form does not say what was shown when it was filled in ({', '.join(missing)}); load the page again, and send it from there.",
        )


def _again(card: Card, form: MultiDict[str, str], problem: str, shown: Mapping[str, object]) -> AnyResponse:
    """The page again with a correction that cannot be made as it was written, and why."""
    draft = {
        "card": card.id,
        "problem": f"{problem[:1].upper()}{problem[1:]}",
        "given": {name: form.get(name, "") for name in (*_SAID, "note")},
    }
    return AnyResponse(render_template("review/sentence.html", draft=draft, **shown), 422, mimetype="text/html")


def order(given: Mapping[str, str]) -> str:
    """In which order sentences come, as an address or a form says; empty where the most urgent come first."""
    return by if (by := given.get("order", "")) in ORDERS else ""


@blueprint.post("/undo")
def undo() -> AnyResponse:
    """Undo an own decision, and show again what it was about."""
    by, way = signed_in().handle, order(request.form)
    with room().office() as office:
        target = lookup.event(request.form.get("event", ""), office)
        made = acts.undone(target, by, office, acts.noted(request.form.get("note", "").strip()))
        office.record([made])
        if not target.claim or not target.profile or target.profile not in office.profiles or target.profile in office.unreadable:
            return redirect(url_for("review.log", done=made.id), 303)
        try:
            table = office.table_if_quick(target.profile)
        except LiaisonError:  # as above
            table = None
        if table is None:
            return redirect(url_for("review.log", done=made.id), 303)
        wanted = {target.evidence.key(target.claim.key)} if target.evidence else set()
        key = next((key_of(card) for card in table.cards if card.id in wanted), "")
        onward = _address(target.profile, key, way, made.id)
        return redirect(onward, 303)


def _made(act: str, card: Card, form: MultiDict[str, str], by: str, office: Office) -> Event:
    """The decision of a form.

    Raises:
        SettingError: it cannot be made; the message says why.
    """
    note = acts.noted(form.get("note", "").strip())
    match act:
        case "accept":
            return acts.accepted(card, by, office, note, form.get("quote", "").strip())
        case "reject":
            return acting.reject(card, by, note)
        case "correct":
            return acting.correct(card, acts.corrected(card, said(form), office), by, note)
        case "retract":
            return acting.retract(card, by, office.recorded.events, note)
    message = f"{act!r} is no act on a claim; it is accept, reject, correct or retract."
    raise SettingError(message)


def said(form: MultiDict[str, str]) -> Said:
    """What a form says of a claim; a field that is not there leaves a part as it is."""
    return Said(**{name: form[name].strip() for name in _SAID if name in form})


def _asked(card: Card, found: Place, reviewer: str, office: Office, obstacles: Sequence[str]) -> Asked:
    table = found.table
    relation = office.vocabulary.relations.get(card.claim.relation)
    holds = {True: "for it", False: "against it", None: "neither"}
    held = [(name, stance.holds, stance.event) for name, stance in sorted(card.stances.items())]
    stances = {name: (holds[sort], event, "" if office.is_withdrawn(event) else event.note) for name, sort, event in held}
    candidates = [
        Candidate(name, end, reference, office.name_of(reference), reason)
        for name, end in (("subject", card.claim.subject), ("object", card.claim.object))
        for reference, reason in table.laid.suggestions.get(end.reference, ())
        if office.redirects[end.reference] == end.reference
    ]
    words, label = queue.said(card.claim, office.vocabulary), relation.label if relation else card.claim.relation
    family = family_of(card.claim.relation).key
    why = _HIDDEN if card.id in found.hidden else queue.explained(card)
    return Asked(
        card, table.short[card.id], words, label, family, why, stances, candidates, acts.seen(card),
        table.confidence(card), table.sureness(card), obstacles, found.unsaid(card), card.is_for_others(reviewer),
    )  # fmt: skip


def choices(office: Office, profile: str) -> dict[str, object]:
    """What forms about a claim let one choose from."""
    return {
        "relations": sorted(office.vocabulary.relations.values(), key=lambda relation: relation.label),
        "polarities": POLARITIES,
        "modalities": MODALITIES,
        "kinds": sorted({kind.concept for kind in office.vocabulary.kinds.values()}),
        "actors": office.names(profile),
    }


def told_of(args: MultiDict[str, str], office: Office) -> list[tuple[Event, str]]:
    """The decisions that an address names as just made, each in words; those that are not there are left out."""
    wanted = set(args.get("done", "").split(","))
    return [(event, acts.about(event, office)) for event in office.recorded.events if event.id in wanted and not office.is_withdrawn(event)]


def unchanged_of(args: MultiDict[str, str], table: Table, reviewer: str, office: Office) -> str:
    """That an act on the claim which an address names was done before, in a sentence; empty where that is not so."""
    card = next((one for one in table.cards if one.id == args.get("unchanged")), None)
    stance = card.stances.get(reviewer) if card else None
    if card is None or stance is None or stance.event.act not in _DONE:
        return ""
    more = " It waits for somebody else." if card.is_for_others(reviewer) else ""
    return f"You have {_DONE[stance.event.act]} this already, and nothing was changed: {queue.said(card.claim, office.vocabulary)}.{more}"


def being_read(profile: str) -> AnyResponse:
    """A page that says that a profile is being read; it leads to itself, and a script says when it leads further."""
    return AnyResponse(render_template("review/reading.html", profile=profile), 200, mimetype="text/html")


def _address(profile: str, key: str, way: str, done: str, unchanged: str = "") -> str:
    """The page of a sentence; of the profile where there is none to go on with."""
    if not key:
        return url_for("review.profile", key=profile, done=done or None, unchanged=unchanged or None)
    return url_for("review.sentence", profile=profile, key=key, order=way or None, done=done or None, unchanged=unchanged or None)
