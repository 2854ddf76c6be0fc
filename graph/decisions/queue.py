"""What waits for a person, and in which order: disputes, words to be looked at again, then what the rules are least sure of."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from graph.claims import Claim, Evidence
from graph.decisions.desk import Desk, Sheet
from graph.decisions.outcomes import WITHDRAWN, Judgement, strongest
from graph.decisions.proposals import Proposed, evidence_of
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.decisions.reviewed import STANDS, WITHDRAWN_WORDS, unit_of
from graph.decisions.stances import Stance, Unit
from graph.rdf.claims import words
from graph.sentences import Sentence
from graph.spans import Span
from graph.vocabulary import Vocabulary

SHORTEST = 8
"""Letters of an id that are shown at least."""
OPEN = "unreviewed"
LOOK_AGAIN = ("changed", "missing")
"""Anchors with which a person has to look again."""
Reason = Literal["dispute", "recheck", "uncertainty"]
_ORDER: tuple[Reason, ...] = ("dispute", "recheck", "uncertainty")
_SMALL_EFFECT = 0.5
"""The weight of a claim that changes no plain edge, beside one that does."""
_UNDECIDED = 0.5
"""The confidence at which a rule is as likely to be right as wrong."""
_NONE: Mapping[str, float] = MappingProxyType({})
Rank = tuple[int, float]
"""How urgent something is; the least comes first."""


@dataclass(frozen=True)
class Card:
    """A claim on one piece of evidence, as it lies before a reviewer.

    Args:
        unit: what is judged.
        claim: the claim.
        evidence: the words, as they were read.
        state: what people decided so far.
        anchor: where the words stand today, or why the claim is not shown.
        today: the words as they stand in the text of today; None where they are gone.
        line: the line on which these begin; None where they are gone.
        reason: what a rule could not decide; mostly empty.
        stances: reviewer to what he or she holds.
        adds_edge: whether the graph has one plain edge more if it is accepted.
        doubts: reviewer to what he or she holds of a claim that it corrects, where that is a No to this one.
    """

    unit: Unit
    claim: ClaimRecord
    evidence: EvidenceRecord
    state: str
    anchor: str
    today: EvidenceRecord | None
    line: int | None
    reason: str = ""
    stances: Mapping[str, Stance] = field(default_factory=dict)
    adds_edge: bool = True
    doubts: Mapping[str, Stance] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The key of the evidence, which stands for the claim as well."""
        return self.unit.evidence

    @property
    def needs_a_look(self) -> bool:
        """Whether its words have changed or are gone."""
        return self.anchor in LOOK_AGAIN

    @property
    def waits(self) -> Reason | None:
        """Why it waits for a person; None if it does not. Nobody has to look again at what was rejected."""
        if self.state == "disputed":
            return "dispute"
        if self.needs_a_look and self.state in STANDS:
            return "recheck"
        return "uncertainty" if self.state == OPEN else None

    def is_for_others(self, by: str) -> bool:
        """Whether it is a dispute in which a reviewer had the last word, so that others have to settle it."""
        held = {**self.doubts, **self.stances}
        return self.state == "disputed" and by in held and all(one.event.order <= held[by].event.order for one in held.values())


def cards(sheet: Sheet, laid: Desk) -> tuple[Card, ...]:
    """All that can be decided on in a profile, in the order of the text; words of a withdrawn passage are not shown.

    Args:
        sheet: the profile.
        laid: what lies on the desk.
    """
    judged = [
        _judged(judgement, sheet, laid)
        for unit, judgement in laid.outcomes.judgements.items()
        if laid.reviewed.places[unit].place != WITHDRAWN_WORDS
    ]
    curated = [card for card in _of_sidecar(sheet) if card.unit not in laid.outcomes.judgements]
    proposed = [_proposed(one, sheet) for one in laid.reviewed.new]
    edges = {(claim.subject, claim.relation, claim.object) for claim in laid.reviewed.standing if claim.supports_edge}
    once = {card.id: card for card in reversed((*judged, *curated, *proposed))}  # what was judged stands for what is proposed again
    found = (replace(card, adds_edge=_adds_edge(card, edges)) for card in once.values())
    return tuple(sorted(found, key=lambda card: (card.line or 0, card.evidence.start, card.id)))


def _adds_edge(card: Card, edges: Collection[tuple[str, str, str]]) -> bool:
    """Whether accepting it puts a plain edge into the graph that the profile does not give already."""
    claim = card.claim.claim(card.unit.profile, "accepted")
    return claim.supports_edge and (claim.subject, claim.relation, claim.object) not in edges


def waiting(found: Iterable[Card], measured: Mapping[str, float] = _NONE) -> list[Card]:
    """The cards that wait for a person, the most urgent first.

    Args:
        found: the cards.
        measured: the confidence of each rule of which it is measured.
    """
    return [card for _, cards in ranked(found, measured) for card in cards]


def ranked(found: Iterable[Card], measured: Mapping[str, float] = _NONE) -> list[tuple[Rank, list[Card]]]:
    """The cards that wait for a person by how urgent they are, the most urgent first; those of a rank in the order of the text.

    Args:
        found: the cards.
        measured: the confidence of each rule of which it is measured.
    """
    ranks: dict[Rank, list[Card]] = {}
    for card in found:
        if card.waits:
            ranks.setdefault(rank(card, measured), []).append(card)
    return [(one, sorted(ranks[one], key=_place)) for one in sorted(ranks)]


def state_of(claim: str, found: Iterable[Card]) -> str:
    """The state of a claim: that of its strongest evidence; empty where nobody makes it.

    Args:
        claim: key of the claim.
        found: the cards of its profile.
    """
    states = [card.state for card in found if card.unit.claim == claim]
    return strongest(states) if states else ""


def said(claim: ClaimRecord, vocabulary: Vocabulary) -> str:
    """A claim in words, with its dates; by the name of its relation where the ontology does not know it."""
    names = {end.reference: end.name for end in (claim.subject, claim.object)}
    if claim.relation in vocabulary.relations:
        told = words(claim.claim(""), vocabulary, names)
    else:
        told = f"{claim.subject.name} {claim.relation} {claim.object.name}"
    dates = [f"{name} {date}" for name, date in (("from", claim.valid_from), ("until", claim.valid_until)) if date]
    return f"{told} ({' '.join(dates)})" if dates else told


def shortened(ids: Collection[str]) -> dict[str, str]:
    """Each id to its shortest beginning that no other one has, of eight letters at least."""
    whole = max(map(len, ids), default=SHORTEST)
    found: dict[str, str] = {}
    for length in range(SHORTEST, whole + 1):
        times = Counter(one[:length] for one in ids)
        found |= {one: one[:length] for one in ids if one not in found and times[one[:length]] == 1}
    return found


def matching(found: Sequence[Card], start: str) -> list[Card]:
    """The cards whose id begins so."""
    return [card for card in found if card.id.startswith(start)]


def confidence(card: Card, measured: Mapping[str, float] = _NONE) -> float | None:
    """How sure the rule of a card is: as it was measured, else as its author states; None where no rule proposed it."""
    return measured.get(card.evidence.rule, card.evidence.confidence)


def rank(card: Card, measured: Mapping[str, float] = _NONE) -> Rank:
    """How urgent a card is that waits: by its reason, then by how unsure the rule is times what would change in the graph."""
    waits = card.waits
    assert waits
    if waits != "uncertainty":
        return _ORDER.index(waits), 0.0
    sure = confidence(card, measured)
    weight = (1 - abs((1.0 if sure is None else sure) - _UNDECIDED)) * (1.0 if card.adds_edge else _SMALL_EFFECT)
    return _ORDER.index(waits), -weight


def _place(card: Card) -> tuple[str, int, str]:
    return card.unit.profile, card.evidence.start, card.id


def urgency(card: Card, measured: Mapping[str, float] = _NONE) -> tuple[Rank, tuple[str, int, str]]:
    """The place of a card that waits: by its rank, then by its place in the text."""
    return rank(card, measured), _place(card)


def _judged(judgement: Judgement, sheet: Sheet, laid: Desk) -> Card:
    unit, anchor = judgement.unit, laid.reviewed.anchors[judgement.unit]
    today = None
    if anchor.span and anchor.sentences:
        with suppress(ValueError):  # what has become too long to be recorded is looked for by people
            today = _today(judgement.evidence, sheet, anchor.span, anchor.sentences)
    line = sheet.document.line_of(anchor.span.start) if anchor.span else None
    place = laid.reviewed.places[unit].place
    return Card(
        unit, judgement.claim, judgement.evidence, judgement.state, place, today, line, stances=judgement.stances, doubts=judgement.doubts
    )


def _today(before: EvidenceRecord, sheet: Sheet, span: Span, touched: Sequence[Sentence]) -> EvidenceRecord:
    """Words of today as evidence, of the same rule."""
    text, confidence = sheet.document.text, before.confidence
    return evidence_of(text, span.start, span.end, touched, rule=before.rule, version=before.version, confidence=confidence)


def _of_sidecar(sheet: Sheet) -> Iterator[Card]:
    """What the side-car holds; what is too long to be recorded cannot be decided on."""
    for claim in sheet.curated:
        for evidence in claim.evidence:
            with suppress(ValueError):
                yield _curated(claim, evidence, sheet)


def _curated(claim: Claim, evidence: Evidence, sheet: Sheet) -> Card:
    """What the side-car holds, so that a reviewer can disagree with it."""
    assert evidence.start is not None
    assert evidence.end is not None
    keys = [reference.partition("/")[2] for reference in evidence.cites]
    by_key = {sentence.key: sentence for sentence in sheet.sentences}
    record = evidence_of(sheet.document.text, evidence.start, evidence.end, [by_key[key] for key in keys])
    subject, target = (End(reference=reference, name=sheet.labels[reference]) for reference in (claim.subject, claim.object))
    dates = {name: date.stated if date else None for name, date in (("from", claim.valid_from), ("until", claim.valid_until))}
    about = ClaimRecord.of(sheet.document.key, subject, claim.relation, target, polarity=claim.polarity, modality=claim.modality, **dates)
    unit = unit_of(claim, evidence, sheet.document.key)
    return Card(unit, about, record, "curated", "exact", record, sheet.document.line_of(evidence.start))


def _proposed(one: Proposed, sheet: Sheet) -> Card:
    record, line = one.evidence, sheet.document.line_of(one.evidence.start)
    return Card(one.unit(sheet.document.key), one.claim, record, OPEN, "exact", record, line, one.reason)


def ends_of(found: Iterable[Card]) -> Iterator[End]:
    """The actors at the ends of cards, as these name them."""
    for card in found:
        yield from (card.claim.subject, card.claim.object)


def explained(card: Card) -> str:
    """Why a card has its state, as a sentence without its full stop."""
    sides = {
        side: [name for name, stance in sorted(card.stances.items()) if stance.holds is holds]
        for side, holds in (("for it", True), ("against it", False), ("took it back", None))
    }
    told = "; ".join(f"{side}: {', '.join(names)}" for side, names in sides.items() if names)
    if not card.stances:
        return "the side-car holds it" if card.state == "curated" else "a rule proposes it, and nobody has decided"
    return f"{told}; {_because(card.state)}"


def _because(state: str) -> str:
    match state:
        case "disputed":
            return "whoever stands on the other side, the side-car or whoever corrected it included, makes it a dispute until they agree"
        case "rejected":
            return "nobody is for it"
        case _ if state == WITHDRAWN:
            return "nobody is left who says it"
        case _:
            return "nobody is against it"
