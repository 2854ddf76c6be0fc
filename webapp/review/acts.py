"""What reviewers do, checked and recorded: the same on the shell and in the browser."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.decisions import acting, events, queue
from graph.decisions.events import Event
from graph.decisions.queue import Card
from graph.decisions.records import LONGEST_NAME, LONGEST_NOTE, ClaimRecord, End
from graph.decisions.redirects import pair_of
from graph.decisions.reviewed import STANDS
from graph.decisions.stances import Unit, units_of
from graph.errors import SettingError, visible
from graph.text import digest
from webapp.review.breaks import check_breaks
from webapp.review.disputes import is_disputed
from webapp.review.office import Office

POLARITIES, MODALITIES = ("affirmed", "negated"), ("asserted", "planned", "past", "required", "possible")
"""How a claim can be said."""
_SHORT = queue.SHORTEST
_WHITE = str.maketrans(dict.fromkeys("\r\n\t", " "))


@dataclass(frozen=True)
class Said:
    """How a claim is said; None leaves a part as it is, the empty text takes a date away.

    Args:
        subject: who, as a reference or a name.
        relation: local name of the relation.
        object: to whom.
        polarity: `affirmed` or `negated`.
        modality: `asserted`, `planned`, `past`, `required` or `possible`.
        since: since when it holds.
        until: until when.
        subject_kind: kind of the subject where it is an actor that no file holds yet.
        object_kind: kind of the object where it is one.
    """

    subject: str | None = None
    relation: str | None = None
    object: str | None = None
    polarity: str | None = None
    modality: str | None = None
    since: str | None = None
    until: str | None = None
    subject_kind: str | None = None
    object_kind: str | None = None

    @property
    def how(self) -> dict[str, str | None]:
        """Polarity, modality and dates as a claim takes them.

        Raises:
            SettingError: a date is none, or polarity or modality is no such word.
        """
        for name, value, words in (("polarity", self.polarity, POLARITIES), ("modality", self.modality, MODALITIES)):
            if value is not None and value not in words:
                message = f"{value!r} is no {name}; use one of {', '.join(words)}."
                raise SettingError(message)
        dates = {"from": acting.date(self.since), "until": acting.date(self.until)}
        return {"polarity": self.polarity, "modality": self.modality, **dates}


def accepted(card: Card, by: str, office: Office, note: str = "", quote: str = "") -> Event:
    """That words say so.

    Args:
        card: what is accepted.
        by: the reviewer's handle.
        office: the data folder.
        note: a remark.
        quote: for words that are gone, those of today that say so.

    Raises:
        SettingError: it cannot be accepted, or no release could be made with it.
    """
    profile = card.unit.profile
    found = acting.quoted(quote, office.table(profile).sheet) if quote else None
    made = acting.accept(card, by, note, found)
    admitted(card.claim, profile, office)
    return made


def obstacles(cards: Sequence[Card], office: Office) -> dict[Unit, Sequence[str]]:
    """Why claims cannot be accepted as they stand, in the words of the shapes; those that can be are left out.

    Args:
        cards: the claims on their words.
        office: the data folder; their profiles are read.
    """
    found: dict[Unit, Sequence[str]] = {}
    for profile in dict.fromkeys(card.unit.profile for card in cards):
        own = [card for card in cards if card.unit.profile == profile]
        told = office.obstacles([card.claim for card in own], profile)
        found |= {card.unit: sentences for card, sentences in zip(own, told, strict=True) if sentences}
    return found


def admitted(claim: ClaimRecord, profile: str, office: Office) -> ClaimRecord:
    """A claim with which a release can be made.

    Raises:
        SettingError: a shape would refuse it; what the shape says is told.
    """
    if found := office.obstacles([claim], profile)[0]:
        words = queue.said(claim, office.vocabulary)
        message = f"“{words}” cannot stand: {' '.join(found)} Correct or reject it."
        raise SettingError(message)
    return claim


def corrected(card: Card, said: Said, office: Office) -> ClaimRecord:
    """What a claim is corrected to.

    Raises:
        SettingError: an end, the relation or a date is unknown, or it leads from an actor to itself.
    """
    claim, key = card.claim, card.unit.profile
    subject = actor_of(said.subject, said.subject_kind, key, office, claim.subject)
    target = actor_of(said.object, said.object_kind, key, office, claim.object)
    relation = acting.known(said.relation or claim.relation, office.vocabulary)
    made = acting.replaced(claim, key, (subject, target), relation, **said.how)
    return admitted(acting.checked(made, office.vocabulary, office.redirects), key, office)


def actor_of(text: str | None, kind: str | None, profile: str, office: Office, before: End | None = None) -> End:
    """The actor that is meant: as before where nothing is said, a new one where its kind is.

    Args:
        text: a reference or a name; None where nothing is said.
        kind: its kind, where no list holds it yet.
        profile: in which profile it is spoken of.
        office: the data folder.
        before: the actor of the claim that is corrected.

    Raises:
        SettingError: there is none, there are several, or the name is too long.
    """
    if before and (text is None or text in (before.reference, before.name)):
        return before
    if text and len(text) > LONGEST_NAME:
        message = f"a name has {len(text):,} letters; {LONGEST_NAME} are the most."
        raise SettingError(message)
    return office.new_end(text or "", kind, profile) if kind else office.end(text or "", profile)


def added(profile: str, quote: str, said: Said, by: str, office: Office, note: str = "", sentence: str = "") -> Event:
    """That words of a profile say so, and no rule has noticed.

    Args:
        profile: the profile's key.
        quote: the words, which stand in its text once, or in that sentence.
        said: the claim; subject, relation and object are needed.
        by: the reviewer's handle.
        office: the data folder.
        note: a remark.
        sentence: key of the sentence that is meant where the words stand in the text more than once.

    Raises:
        SettingError: the words, an end, the relation or a date cannot be used, or the claim is there already.
    """
    table = office.table(profile)
    relation = acting.known(said.relation or "", office.vocabulary)
    ends = actor_of(said.subject or "", said.subject_kind, profile, office), actor_of(said.object or "", said.object_kind, profile, office)
    claim = ClaimRecord.of(profile, ends[0], relation, ends[1], **said.how)
    admitted(acting.checked(claim, office.vocabulary, office.redirects), profile, office)
    return acting.add(profile, claim, acting.quoted(quote, table.sheet, sentence), by, table.cards, note)


def completed(profile: str, by: str, office: Office, note: str = "") -> Event:
    """That every claim of a text is recorded.

    Raises:
        SettingError: the reviewer, or the side-car, has said so already.
    """
    table = office.table(profile)
    text_hash = table.sheet.text_hash
    own = [one for one in table.laid.outcomes.completions.get(profile, ()) if one.by == by and one.text_hash == text_hash]
    if own or table.sheet.about.complete:
        who = f"{by} has declared {profile} complete (event {own[0].id[:_SHORT]})" if own else f"the side-car declares {profile} complete"
        message = f"{who} already, and nothing would change; go on to the next profile."
        raise SettingError(message)
    return events.new("complete", by, events.now(), profile=profile, text_hash=text_hash, note=note)


def undone(event: Event, by: str, office: Office, note: str = "") -> Event:
    """That an own act is undone.

    Raises:
        SettingError: it is somebody else's, is undone already, or has no effect that could be undone.
    """
    made = acting.undo(event, by, office.recorded.events, office.outcomes.fates, note)
    if made.actor:
        check_breaks(made, office)
    elif made.claim:
        _check_restored(made, office)
    return made


def _check_restored(made: Event, office: Office) -> None:
    """An undo that would bring back a claim with which no release can be made is refused.

    Raises:
        SettingError: it is one.
    """
    judgements, before = office.effect(made)[0].judgements, office.outcomes.judgements
    for unit in units_of(made):
        after = judgements.get(unit)
        if after and after.state in STANDS and not (unit in before and before[unit].state in STANDS):
            admitted(after.claim, unit.profile, office)


def claim_of(event: Event) -> ClaimRecord | None:
    """The claim with which a decision comes out; for a correction, what it was corrected to."""
    return event.replacement or event.claim


def outcome(event: Event, claim: ClaimRecord, office: Office) -> str:
    """What a claim is after a decision; where other words let it stand, what it is on these as well."""
    table = office.table(event.profile or "")
    of_claim = [card for card in table.cards if card.unit.claim == claim.key]
    state = queue.state_of(claim.key, table.cards)
    if not state:
        return "the claim is gone, since nothing proposes it"
    assert event.evidence
    here = next((card.state for card in of_claim if card.id == event.evidence.key(claim.key)), state)
    other = f" by other words, and {here} on these" if here != state else ""
    ids = ", ".join(table.short[card.id] for card in of_claim)
    return f"the claim is {state}{other}{f' ({ids})' if event.act in ('add', 'correct') else ''}"


def about(event: Event, office: Office) -> str:
    """What a decision is about, in words."""
    if event.actor and event.other:
        link = "is not" if "split" in (event.act, event.undone) else "is"
        return f"{event.actor.reference} ({event.actor.name}) {link} {event.other.reference} ({event.other.name})"
    if not event.claim:
        return event.profile or ""
    words = queue.said(event.claim, office.vocabulary)
    other = f" → {queue.said(event.replacement, office.vocabulary)}" if event.replacement else ""
    return f"{event.profile}: {words}{other}"


def now(event: Event, office: Office) -> str:
    """What holds of actors, or of a profile as a whole, once an event is recorded."""
    if not event.actor or not event.other:
        declared = office.table(event.profile or "").laid.about.complete
        return "the profile is complete" if declared else "the profile is not complete"
    source, found = event.actor.reference, office.on_actors.redirects
    if source in found.disputed or (event.act == "split" and pair_of(event) in found.contested):
        return "disputed, so that nothing is merged"
    target = office.redirects[source]
    return f"{source} is merged into {target}" if target != source else f"{source} stands by itself"


def noted(note: str) -> str:
    """A note that can be recorded.

    Raises:
        SettingError: it is too long, or holds what nobody can see: a spreadsheet drops it, and the event is another one.
    """
    if visible(words := note.translate(_WHITE)) != words:
        message = f"the note holds a character that nobody can see; write it without: {visible(note)[:LONGEST_NOTE]}"
        raise SettingError(message)
    if len(note) > LONGEST_NOTE:
        message = f"the note has {len(note):,} letters; {LONGEST_NOTE:,} are the most."
        raise SettingError(message)
    return note


def became(event: Event, office: Office) -> str:
    """What became of a decision, in a few words."""
    fate = office.outcomes.fates[event.id]
    if is_disputed(event, office):
        return "disputed, so that nothing is merged"
    known = {"counts": "counts", "superseded": "superseded by a later one", "undone": "undone"}
    return known.get(fate.name) or f"no effect: {fate.reason}"


def seen(card: Card) -> str:
    """The words on which one decides, as the page repeats them: another text where they are other ones today.

    Args:
        card: what one decides on.
    """
    words = card.today or card.evidence
    return digest("seen", card.anchor, words.quote, words.passage)


def check_seen(card: Card, words: str | None) -> None:
    """Refuse a decision on words that are no longer those that were shown.

    Args:
        card: what is decided on.
        words: what the form repeats of them; None where it repeats nothing.

    Raises:
        SettingError: they have changed.
    """
    if words is not None and words != seen(card):
        message = f"the words in {card.unit.profile} have changed since they were shown; load them again, and decide on those of today."
        raise SettingError(message)
