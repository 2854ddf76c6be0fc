"""Acts of a reviewer as events, each checked before it is written: what is unknown or changes nothing is refused."""

import re
from collections.abc import Mapping, Sequence

from graph.dates import StatedDate
from graph.decisions import events
from graph.decisions.desk import Sheet
from graph.decisions.events import Act, Event
from graph.decisions.fates import Fate
from graph.decisions.proposals import evidence_of
from graph.decisions.queue import LOOK_AGAIN, Card
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.decisions.redirects import Redirects
from graph.decisions.reviewed import RELATION_UNKNOWN
from graph.decisions.stances import FOR, units_of
from graph.decisions.undoing import left
from graph.errors import ActRefused, NothingNew, SettingError
from graph.vocabulary import Vocabulary

_HANDLE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SHOWN = (*LOOK_AGAIN, "exact", "moved", "humanOnly")


def handle(by: str) -> str:
    """A reviewer's handle, where it is one.

    Raises:
        SettingError: it is none.
    """
    if not _HANDLE.fullmatch(by):
        message = f"{by!r} is no handle; choose one of small letters a to z, digits and hyphens, 40 at most, and give it with --by."
        raise SettingError(message)
    return by


def accept(card: Card, by: str, note: str = "", found: EvidenceRecord | None = None) -> Event:
    """That the words say so; of words that have changed, that those of today do.

    Args:
        card: what is accepted.
        by: the reviewer's handle.
        note: a remark.
        found: other words of today that say so; they count for the earlier ones as well.

    Raises:
        SettingError: the claim cannot be shown, its words are gone, or the reviewer is for it already.
    """
    if card.anchor not in _SHOWN:
        remedy = "correct the relation" if card.anchor == RELATION_UNKNOWN else "correct or reject it"
        raise _refused(f"{card.id[:8]} cannot be accepted ({card.anchor})", remedy)
    if card.needs_a_look and not (card.today or found):
        raise _refused(
            f"the words of {card.id[:8]} are gone", "name those that say so today, or reject it", ("accept", f'{card.id[:8]} --quote "…"')
        )
    stance = card.stances.get(by)
    if stance and stance.holds is FOR and not (card.needs_a_look or found):
        raise NothingNew(
            f"{by} is for {card.id[:8]} already (event {stance.event.id[:8]}), and nothing would change", "go on to the next one"
        )
    return _act("accept", card, by, note, found)


def reject(card: Card, by: str, note: str = "") -> Event:
    """That the words do not say so.

    Raises:
        SettingError: the reviewer has rejected it already.
    """
    stance = card.stances.get(by)
    if stance and stance.event.act == "reject" and not (card.anchor == "changed" and card.state != "rejected"):
        raise NothingNew(f"{by} has rejected {card.id[:8]} already (event {stance.event.id[:8]})", "go on to the next one")
    return _act("reject", card, by, note)


def correct(card: Card, replacement: ClaimRecord, by: str, note: str = "") -> Event:
    """That the words say something else.

    Raises:
        SettingError: it is the same claim, the words are gone, or the reviewer has corrected it so already.
    """
    if replacement.key == card.claim.key:
        raise _refused("the corrected claim is the same as the claim", "accept it, or change an end, the relation or how it is said")
    if card.needs_a_look and not card.today:
        raise _refused(f"the words of {card.id[:8]} are gone", "reject it, and add the claim with the words of today")
    stance = card.stances.get(by)
    known = stance.event.replacement if stance else None
    if stance and known and known.key == replacement.key and not card.needs_a_look:
        raise NothingNew(f"{by} has corrected {card.id[:8]} so already (event {stance.event.id[:8]})", "go on to the next one")
    return _act("correct", card, by, note, replacement=replacement)


def retract(card: Card, by: str, history: Sequence[Event], note: str = "") -> Event:
    """That what the reviewer has added is taken back.

    Args:
        card: what was added.
        by: the reviewer's handle.
        history: all events.
        note: a remark.

    Raises:
        SettingError: the reviewer has added nothing there, or has taken it back already.
    """
    standing, _ = left(history)
    own = [event for event in standing if event.claim and event.by == by and card.unit in units_of(event)]
    if not any(event.act == "add" for event in own):
        raise _refused(f"{by} has not added {card.id[:8]}", "reject it, or undo an own decision", ("undo", "EVENT"))
    if own[-1].act == "retract":
        raise NothingNew(f"{by} has retracted {card.id[:8]} already (event {own[-1].id[:8]})", "accept it, if it holds after all")
    return _act("retract", card, by, note)


def add(profile: str, claim: ClaimRecord, found: EvidenceRecord, by: str, known: Sequence[Card], note: str = "") -> Event:
    """That words say what no rule has noticed.

    Args:
        profile: the profile's key.
        claim: the claim.
        found: the words.
        by: the reviewer's handle.
        known: the cards of the profile.
        note: a remark.

    Raises:
        SettingError: it is there already.
    """
    same = next((card for card in known if card.id == found.key(claim.key) and card.state != "withdrawn"), None)
    if same:
        raise _refused(f"the claim is there on these words, {same.state}", "decide on it where it stands", ("accept", same.id[:8]))
    return events.new("add", by, events.now(), profile=profile, claim=claim, evidence=found, note=note)


def undo(event: Event, by: str, history: Sequence[Event], fates: Mapping[str, Fate], note: str = "") -> Event:
    """That an own act is undone.

    Args:
        event: the act.
        by: the reviewer's handle.
        history: all events.
        fates: what became of each.
        note: a remark.

    Raises:
        SettingError: it is somebody else's, is undone already, or has no effect that could be undone.
    """
    if event.by != by:
        raise _refused(f"the event {event.id[:8]} is of {event.by}, and only one's own can be undone", "decide otherwise instead")
    undos = (one for one in history if one.undoes == event.id and fates[one.id].counts)
    if undoer := next(undos, None):
        raise _refused(
            f"the event {event.id[:8]} is undone already", f"to have it back, undo the undo ({undoer.id[:8]})", ("undo", undoer.id[:8])
        )
    if fates[event.id].name == "superseded":
        raise _refused(
            f"a later decision of {by} counts instead of {event.id[:8]}",
            "undo the later one; the log lists both",
            ("log", event.profile or ""),
        )
    if fates[event.id].name == "void":
        raise _refused(f"the event {event.id[:8]} has no effect ({fates[event.id].reason})", "leave it as it is")
    return events.undo(event, by, events.now(), note)


def replaced(claim: ClaimRecord, profile: str, ends: tuple[End, End], relation: str, **how: str | None) -> ClaimRecord:
    """A claim with other ends, another relation, or said otherwise.

    Args:
        claim: the claim.
        profile: the profile's key.
        ends: subject and object.
        relation: local name of the relation.
        how: `polarity`, `modality`, `from` and `until`; None leaves one as it is, the empty text takes a date away.
    """
    before = {"polarity": claim.polarity, "modality": claim.modality, "from": claim.valid_from, "until": claim.valid_until}
    given = {name: value for name, value in how.items() if value is not None}
    return ClaimRecord.of(profile, ends[0], relation, ends[1], **{**before, **given})


def checked(claim: ClaimRecord, vocabulary: Vocabulary, redirects: Redirects) -> ClaimRecord:
    """A claim that can be recorded.

    Raises:
        SettingError: its relation is unknown, or it leads from an actor to itself.
    """
    known(claim.relation, vocabulary)
    if redirects[claim.subject.reference] == redirects[claim.object.reference]:
        name = claim.subject.reference
        raise _refused(f"the claim leads from {name} to itself", "name two actors that are different, or split those that were merged")
    return claim


def known(relation: str, vocabulary: Vocabulary) -> str:
    """A relation of the ontology.

    Raises:
        SettingError: there is none of this name.
    """
    if relation not in vocabulary.relations:
        raise _refused(f"there is no relation {relation!r}", f"use one of {', '.join(sorted(vocabulary.relations))}")
    return relation


def date(value: str | None) -> str | None:
    """A date as it is stated.

    Raises:
        SettingError: it is none.
    """
    try:
        return StatedDate(value).stated if value else value
    except ValueError as error:
        raise _refused(f"{value!r} is no date", "write 2018, 2018-10 or 2018-10-15") from error


def quoted(words: str, sheet: Sheet, sentence: str = "") -> EvidenceRecord:
    """Words of a text as evidence; line breaks may differ.

    Args:
        words: the words.
        sheet: the profile.
        sentence: key of the sentence in which they begin; it counts where they stand in the text more than once.

    Raises:
        SettingError: they do not stand in the text, or in that sentence, exactly once, or not in a sentence.
    """
    text, key = sheet.document.text, sheet.document.key
    wanted = r"\s+".join(map(re.escape, words.split()))
    places = [match.span() for match in re.finditer(wanted, text)] if wanted else []
    if not places:
        raise _refused(f"the words “{words}” do not stand in {key}", "copy them from the document, letter by letter")
    spans = [one.span for one in sheet.sentences if one.key == sentence] if len(places) > 1 else []
    places = [place for place in places if any(span.start <= place[0] < span.end for span in spans)] or places
    if len(places) > 1:
        lines = ", ".join(str(sheet.document.line_of(start)) for start, _ in places[:10])
        raise _refused(f"the words “{words}” stand {len(places)} times in {key}, on the lines {lines}", "quote more of the sentence")
    start, end = places[0]
    touched = [sentence for sentence in sheet.sentences if sentence.span.start < end and start < sentence.span.end]
    if not touched:
        remedy = "quote words of a sentence, heading, list item or table row, not a page number, a running header or a ruled line"
        raise _refused(f"the words “{words}” stand in no sentence of {key}", remedy)
    try:
        return evidence_of(text, start, end, touched)
    except ValueError as error:
        raise _refused("the quote is too long to be recorded", "quote fewer words") from error


def _act(act: Act, card: Card, by: str, note: str, found: EvidenceRecord | None = None, replacement: ClaimRecord | None = None) -> Event:
    """An act on a card; where its words have changed, on those of today, and for the earlier ones as well."""
    now = found or (card.today if card.anchor == "changed" else None) or card.evidence
    rechecks = card.id if now.key(card.claim.key) != card.id else None
    return events.new(
        act,
        by,
        events.now(),
        profile=card.unit.profile,
        claim=card.claim,
        evidence=now,
        rechecks=rechecks,
        replacement=replacement,
        note=note,
    )


def _refused(problem: str, remedy: str, *ways: tuple[str, str]) -> ActRefused:
    return ActRefused(problem, remedy, *ways)
