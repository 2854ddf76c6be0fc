"""What waits for people, in words: a claim on one piece of evidence, its quote, and who holds what of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from graph.decisions import queue
from graph.decisions.queue import Card
from webapp.review import acts
from webapp.review.disputes import Dispute
from webapp.review.office import Office
from webapp.review.table import Table

_SURENESS = {"measured": "measured", "as a prior": "prior"}


def as_dict(card: Card, table: Table, office: Office, obstacles: Sequence[str] = ()) -> dict[str, Any]:
    """A card for programs.

    Args:
        card: the card.
        table: its profile.
        office: the data folder.
        obstacles: why it cannot be accepted as it stands.
    """
    about = card.claim.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    words = card.today or card.evidence
    return {
        "id": table.short[card.id], "evidence": card.id, "profile": card.unit.profile, "waits": card.waits, "words": queue.said(card.claim, office.vocabulary),
        "claim": about, "state": card.state, "anchor": card.anchor, "confidence": table.confidence(card), "confidence_is": _SURENESS.get(table.sureness(card)), "rule": card.evidence.rule,
        "quote": words.quote, "line": card.line, "adds_edge": card.adds_edge, "read": card.evidence.quote, "remark": card.reason,
        "for": sorted(name for name, stance in card.stances.items() if stance.holds is True),
        "against": sorted(name for name, stance in card.stances.items() if stance.holds is False),
        "obstacles": list(obstacles),
    }  # fmt: skip


def of_dispute(dispute: Dispute, office: Office) -> dict[str, Any]:
    """A dispute about what an actor is, for programs.

    Args:
        dispute: the dispute.
        office: the data folder.
    """
    said = [
        {"event": event.id, "by": event.by, "act": event.act, "words": acts.about(event, office), "note": event.note}
        for event in dispute.said
    ]
    return {"waits": "dispute", "actor": dispute.actor.reference, "name": dispute.actor.name, "said": said}


def lines(card: Card, table: Table, office: Office, obstacles: Sequence[str] = ()) -> Iterator[str]:
    """A card in a few lines: what is claimed, what is known of it, and the words.

    Args:
        card: the card.
        table: its profile.
        office: the data folder.
        obstacles: why it cannot be accepted as it stands.
    """
    sure = table.confidence(card)
    confidence = "" if sure is None else f", {sure:.2f} {table.sureness(card)} by {card.evidence.rule}"
    yield f"{table.short[card.id]}  {queue.said(card.claim, office.vocabulary)}"
    yield f"          {card.waits or 'waits for nobody'}: {card.state}, {card.anchor}{confidence}"
    yield from (f"          {line}" for line in _words(card))
    if card.reason:
        yield f"          remark: {card.reason}"
    if obstacles:
        yield f"          cannot be accepted as it stands: {' '.join(obstacles)} Correct or reject it."


def _words(card: Card) -> Iterator[str]:
    """The words as they are today, and as they were where that is not the same."""
    if card.today:
        yield f"line {card.line}: “{flat(card.today.quote)}”"
    if card.needs_a_look or not card.today:
        yield f"it read: “{flat(card.evidence.quote)}”"


def flat(words: str) -> str:
    """Words on one line."""
    return " ".join(words.split())


def stances(card: Card) -> Iterator[str]:
    """Why a card has its state, and what each reviewer holds of it."""
    yield f"          why: {queue.explained(card)}"
    for name, stance in sorted(card.stances.items()):
        holds = {True: "for it", False: "against it", None: "neither"}[stance.holds]
        yield f"          {name}: {holds}, by {stance.event.act} {stance.event.id[: queue.SHORTEST]} of {stance.event.at[:10]}"
