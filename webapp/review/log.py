"""The decisions, the latest first, each with what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request, url_for

from graph.decisions.events import Event
from graph.decisions.records import EvidenceRecord
from webapp.paging import Part
from webapp.review import acts
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.office import Office
from webapp.review.places import key_of
from webapp.review.room import room
from webapp.review.sentence import told_of
from webapp.review.table import Table

_MINUTE = len("2026-11-25T09:12")


@dataclass(frozen=True)
class LoggedDecision:
    """A decision in the list.

    Args:
        event: the decision.
        about: what it is about, in words; words that are withdrawn are not repeated.
        became: what became of it.
        note: its remark.
        link: the page on which one can decide on the same; empty where there is none any more.
        can_undo: whether whoever looks may undo it.
    """

    event: Event
    about: str
    became: str
    note: str = ""
    link: str = ""
    can_undo: bool = False

    @property
    def when(self) -> str:
        """The time for people, in UTC."""
        return self.event.at[:_MINUTE].replace("T", " ")


@blueprint.get("/log")
def log() -> str:
    """The decisions on a profile, or all of them."""
    profile, by = request.args.get("profile", ""), signed_in().handle
    office = room().snapshot()
    if profile and profile not in office.profiles and not office.recorded.of(profile):
        office.table(profile)  # it says that there is none
    found = office.recorded.of(profile) if profile else office.recorded.events
    part = Part.of(request.args.get("page", ""), len(found))
    shown = found[len(found) - part.end : len(found) - part.begin][::-1]
    places = {key: _places(table) for key in {event.profile for event in shown} if key and (table := office.laid_out(key))}
    rows = [_row(event, by, office, places) for event in shown]
    done, aside = told_of(request.args, office), [str(fault) for fault in office.recorded.aside]
    known = sorted({*office.profiles, *([profile] if profile else [])})
    return render_template("review/log.html", rows=rows, part=part, profile=profile, done=done, aside=aside, known=known)


def _places(table: Table) -> Mapping[str, str]:
    """Key of each piece of evidence of a profile to the place at which one decides on it."""
    return {card.id: key_of(card) for card in table.cards}


def _row(event: Event, by: str, office: Office, places: Mapping[str, Mapping[str, str]]) -> LoggedDecision:
    fate = office.outcomes.fates[event.id]
    if office.is_withdrawn(event):
        told = f"{event.profile}: of words that are withdrawn" if event.profile else "of words that are withdrawn"
        return LoggedDecision(event, told, "no effect" if fate.reason else acts.became(event, office))
    can_undo = event.by == by and fate.counts
    return LoggedDecision(event, acts.about(event, office), acts.became(event, office), event.note, _link(event, office, places), can_undo)


def _link(event: Event, office: Office, places: Mapping[str, Mapping[str, str]]) -> str:
    if event.actor and event.other:
        return url_for("review.merge", actor=event.actor.reference, other=event.other.reference)
    if not event.profile or event.profile not in office.profiles:
        return ""
    if not event.evidence:
        return url_for("review.profile", key=event.profile)
    place = _place(event, event.evidence, places.get(event.profile))
    return url_for("review.sentence", profile=event.profile, key=place) if place else ""


def _place(event: Event, evidence: EvidenceRecord, places: Mapping[str, str] | None) -> str:
    """The place of an act on a claim; of a document that is yet to be read, where it was then; empty where there is none."""
    if places is None:
        return evidence.sentences[0]
    keys = [evidence.key(record.key) for record in (event.replacement, event.claim) if record]
    return next((places[key] for key in keys if key in places), "")
