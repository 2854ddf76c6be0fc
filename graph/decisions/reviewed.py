"""Decisions, proposals and a side-car to the claims of one profile: those that stand, and those that do not.

What stands goes into the profile's graph. What is open, rejected or disputed goes into a graph beside it, which nobody
sees who does not ask for it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.claims import Claim, Evidence
from graph.curation.metadata import Metadata
from graph.dates import StatedDate
from graph.decisions.anchors import Anchor, Anchorage, with_proposal
from graph.decisions.books import Placed
from graph.decisions.minting import ends, kind_of
from graph.decisions.outcomes import WITHDRAWN, Judgement, Outcomes, strongest
from graph.decisions.proposals import Proposed
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.decisions.redirects import Redirects
from graph.decisions.stances import Unit
from graph.vocabulary import Vocabulary

STANDS = frozenset({"corrected", "accepted", "curated"})
"""States of evidence on which a claim stands."""
WITHDRAWN_WORDS, RELATION_UNKNOWN, ACTOR_UNKNOWN, ONE_ACTOR = (
    "withdrawn words",
    "relation unknown",
    "actor unknown",
    "one actor since a merge",
)
"""Why a claim is not shown."""
_NAME = re.compile(r"[\w:@./+-]+")
"""What a rule or a plug-in is called. Decisions come from elsewhere as well, and other words in its place may be anybody's."""


@dataclass(frozen=True)
class Reading:
    """A profile as it is read today.

    Args:
        profile: its key.
        text: its text, without words that are withdrawn.
        anchorage: finds words in that text.
        about: what is known of it as a whole.
        known: references that may be an end of a claim: of authority files, of topics and lists, of its side-car.
        redirects: what actors turned out to be.
        vocabulary: relations and kinds.
        is_withheld: whether words are of a passage that is withdrawn.
    """

    profile: str
    text: str
    anchorage: Anchorage
    about: Metadata
    known: Collection[str]
    redirects: Redirects
    vocabulary: Vocabulary
    is_withheld: Callable[[Iterable[str]], bool]


@dataclass(frozen=True)
class Reviewed:
    """The claims of a profile.

    Args:
        standing: those that people vouch for.
        open: those that nobody has looked at, that were rejected, or on which people disagree.
        named: reference of each of their ends that no file holds, to the end and to what names it.
        places: each judgement to its state and to where its words stand, or why it is not shown.
        anchors: each judgement to its words in the text of today.
        new: what the rules propose and nobody has decided on.
    """

    standing: tuple[Claim, ...]
    open: tuple[Claim, ...]
    named: Mapping[str, tuple[End, tuple[str, ...]]]
    places: Mapping[Unit, Placed]
    anchors: Mapping[Unit, Anchor]
    new: tuple[Proposed, ...]


@dataclass(frozen=True)
class _Piece:
    """One piece of evidence for a claim."""

    claim: Claim
    evidence: Evidence
    state: str
    ends: tuple[End, ...] = ()


def review(outcomes: Outcomes, proposals: Sequence[Proposed], curated: Sequence[Claim], reading: Reading) -> Reviewed:
    """What decisions make of proposals and of what a side-car holds.

    Args:
        outcomes: what people decided on claims of this profile.
        proposals: what the rules propose today.
        curated: what the side-car holds.
        reading: the profile.
    """
    anchors = {unit: reading.anchorage.anchor(judgement.evidence) for unit, judgement in outcomes.judgements.items()}
    proposed = {(one.claim.key, one.evidence.sentences) for one in proposals}
    written = {unit_of(claim, evidence, reading.profile): evidence for claim in curated for evidence in claim.evidence}
    pieces: list[_Piece] = [_curated(claim, evidence, outcomes, reading) for claim in curated for evidence in claim.evidence]
    places: dict[Unit, Placed] = {}
    for unit, judgement in outcomes.judgements.items():
        is_proposed = (unit.claim, _keys(anchors[unit])) in proposed
        anchor = with_proposal(anchors[unit], is_added=judgement.is_added and unit not in written, is_proposed=is_proposed)
        obstacle = _obstacle(judgement.claim, judgement.evidence, anchor, reading)
        places[unit] = Placed(judgement.state, obstacle or anchor.state)
        if unit not in written and not obstacle and judgement.state != WITHDRAWN:
            pieces.append(_decided(judgement, anchor, reading))
    taken = {(claim.key, tuple(map(_key, evidence.cites))) for claim in curated for evidence in claim.evidence}
    for unit, judgement in outcomes.judgements.items():
        if judgement.state != WITHDRAWN:
            taken |= {(unit.claim, judgement.evidence.sentences), (unit.claim, () if anchors[unit].needs_a_look else _keys(anchors[unit]))}
    new = tuple(one for one in proposals if _is_new(one, taken, reading))
    pieces += [_proposed(one, reading) for one in new]
    standing, still_open = _claims(pieces)
    return Reviewed(tuple(standing), tuple(still_open), _named(pieces, reading), places, anchors, new)


def unit_of(claim: Claim, evidence: Evidence, profile: str) -> Unit:
    """What is judged where people judge a claim of the graph on one piece of its evidence."""
    return Unit(profile, claim.key, claim.evidence_key(evidence))


def _is_new(one: Proposed, taken: Collection[tuple[str, tuple[str, ...]]], reading: Reading) -> bool:
    """Whether nobody has decided on a proposal, and it can be shown."""
    return (one.claim.key, one.evidence.sentences) not in taken and not _obstacle(one.claim, one.evidence, Anchor("exact"), reading)


def _obstacle(claim: ClaimRecord, evidence: EvidenceRecord, anchor: Anchor, reading: Reading) -> str:
    """Why a claim cannot be shown, in a word or two; empty if it can."""
    shown = [end.name for end in ends(claim) if end.kind and end.name not in reading.text]
    if reading.is_withheld([*shown, evidence.quote, evidence.words] if anchor.needs_a_look else shown):
        return WITHDRAWN_WORDS
    if claim.relation not in reading.vocabulary.relations:
        return RELATION_UNKNOWN
    finals = [reading.redirects[end.reference] for end in ends(claim)]
    if finals[0] == finals[1]:
        return ONE_ACTOR
    return "" if all(_is_known(end, reading) for end in ends(claim)) else ACTOR_UNKNOWN


def _is_known(end: End, reading: Reading) -> bool:
    final = reading.redirects[end.reference]
    if final in reading.known or final != end.reference:
        return True
    is_own = reading.redirects.is_of(end.reference, reading.profile)
    return is_own and bool(end.kind and kind_of(end.kind, reading.vocabulary))


def _curated(claim: Claim, evidence: Evidence, outcomes: Outcomes, reading: Reading) -> _Piece:
    judgement = outcomes.judgements.get(unit_of(claim, evidence, reading.profile))
    return _Piece(replace(claim, evidence=()), evidence, judgement.state if judgement else "curated")


def _decided(judgement: Judgement, anchor: Anchor, reading: Reading) -> _Piece:
    claim = replace(judgement.claim.claim(reading.profile), revises=tuple(f"claim/{key}" for key in judgement.revises))
    evidence = _by_rule(_evidence(judgement.evidence, anchor, reading), judgement.proposal)
    return _Piece(claim, evidence, judgement.state, ends(judgement.claim))


def _proposed(one: Proposed, reading: Reading) -> _Piece:
    record = one.evidence
    cites, certainty, said = _cites(record.sentences), _certainty(reading), _as_of(reading)
    evidence = Evidence(cites, certainty, record.quote, record.start, record.end, said, note=one.reason)
    return _Piece(one.claim.claim(reading.profile), _by_rule(evidence, record), "unreviewed", ends(one.claim))


def _by_rule(evidence: Evidence, proposal: EvidenceRecord | None) -> Evidence:
    """The evidence with the rule that proposed the claim on it, where one did."""
    if proposal is None or not _NAME.fullmatch(proposal.rule):
        return evidence
    return replace(evidence, proposed_by=proposal.rule, confidence=proposal.confidence)


def _evidence(record: EvidenceRecord, anchor: Anchor, reading: Reading) -> Evidence:
    """The evidence as it is today: the words of today where there are any, with a note where they are not those that were read."""
    first = _cites(record.sentences)
    if anchor.span is None:
        note = "The words no longer stand in the document; they are quoted as they were read."
        return Evidence(first, _certainty(reading), record.quote, as_of=_as_of(reading), note=note, anchor=anchor.state)
    cites, span = _cites(sentence.key for sentence in anchor.sentences), anchor.span
    note = f"The document has changed. When this was decided, it read: “{record.quote}”" if anchor.state == "changed" else ""
    return Evidence(
        cites, _certainty(reading), span.of(reading.text), span.start, span.end, _as_of(reading),
        note=note, anchor=anchor.state, first_cites=first if first != cites else (),
    )  # fmt: skip


def _claims(pieces: Iterable[_Piece]) -> tuple[list[Claim], list[Claim]]:
    """The claims that stand, on the evidence that lets them, and the others with all of theirs."""
    by_claim: dict[str, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        by_claim[piece.claim.key].append(piece)
    standing: list[Claim] = []
    still_open: list[Claim] = []
    for _, found in sorted(by_claim.items()):
        state = strongest(piece.state for piece in found)
        used = [piece for piece in found if piece.state in STANDS] if state in STANDS else found
        revises = tuple(sorted({reference for piece in used for reference in piece.claim.revises}))
        claim = replace(found[0].claim, review=state, revises=revises, evidence=tuple(_once(piece.evidence for piece in used)))
        (standing if state in STANDS else still_open).append(claim)
    return standing, still_open


def _once(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Each piece of evidence once, where two stand for the same node of the graph."""
    seen: set[tuple[str, ...]] = set()
    for piece in evidence:
        if piece.key_cites not in seen:
            seen.add(piece.key_cites)
            yield piece


def _named(pieces: Iterable[_Piece], reading: Reading) -> dict[str, tuple[End, tuple[str, ...]]]:
    """The ends that no file holds and that were not merged, with the sentences that name them first."""
    found: dict[str, tuple[End, tuple[str, ...]]] = {}
    for piece in pieces:
        for end in piece.ends:
            if end.reference not in reading.known and end.reference not in reading.redirects.targets and end.kind:
                found.setdefault(end.reference, (end, piece.evidence.cites))
    return found


def _keys(anchor: Anchor) -> tuple[str, ...]:
    return tuple(sentence.key for sentence in anchor.sentences)


def _cites(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"sentence/{key}" for key in keys)


def _key(reference: str) -> str:
    return reference.partition("/")[2]


def _certainty(reading: Reading) -> str:
    return "secondary" if reading.about.summary_of else "stated"


def _as_of(reading: Reading) -> StatedDate | None:
    return reading.about.year
