"""The atom: a claim, and the evidence for it.

A claim's key hashes what is said and in which document, never when or how it was read: it stays the same when the
document's bytes, the rules or the reader change. Nothing is overwritten; claims that contradict stand side by side.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.dates import StatedDate
from graph.text import digest

CERTAINTIES = ("stated", "secondary", "derived")
"""From the strongest to the weakest."""

SUPPORTING_MODALITIES = ("asserted", "past")
SUPPORTING_REVIEWS = ("reference", "curated", "accepted", "corrected")
"""The modalities and the states of review in which a claim supports an edge."""


@dataclass(frozen=True)
class Evidence:
    """Why a claim is made: the words of a document, or a row of an authority file.

    Args:
        cites: references of the sentences (`sentence/...`) or the row (`row/...`), at least one.
        certainty: `stated`, `secondary` or `derived`.
        quote: the exact words; None where a row is cited.
        start: where the quote begins in the document's text (code points).
        end: where it ends, exclusive.
        as_of: when the source said it.
        rule: for what is derived, by which rule.
        note: a remark for the reader.
        anchor: whether the words still stand where they were read: `exact`, `moved`, `changed`, `missing` or `humanOnly`.
        first_cites: where other sentences are cited than when it was first read, those; they keep its key as it was.
        proposed_by: name of the rule or plug-in that proposed the claim on these words; empty where none did.
        confidence: how sure that rule said it was; a prior, and no measured probability.
    """

    cites: tuple[str, ...]
    certainty: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    as_of: StatedDate | None = None
    rule: str = ""
    note: str = ""
    anchor: str = "exact"
    first_cites: tuple[str, ...] = ()
    proposed_by: str = ""
    confidence: float | None = None

    @property
    def key_cites(self) -> tuple[str, ...]:
        """What its key is made of: what was cited when it was first read."""
        return self.first_cites or self.cites


@dataclass(frozen=True)
class Claim:
    """That a subject stands in a relation to an object, as one document or authority file says.

    Args:
        document: reference of where it is said, `profile/...` or `authority/...`.
        subject: reference of the subject, `country/ESP`.
        relation: local name of the relation.
        object: reference of the object.
        evidence: why, at least one.
        polarity: `affirmed` or `negated`.
        modality: `asserted`, `planned`, `past`, `required` or `possible`.
        review: what people decided: `reference`, `curated`, `accepted`, `corrected`, `rejected`, `disputed`, `unreviewed`.
        valid_from: since when it holds, as stated.
        valid_until: until when.
        revises: references of the claims that it corrects.
    """

    document: str
    subject: str
    relation: str
    object: str
    evidence: tuple[Evidence, ...]
    review: str
    polarity: str = "affirmed"
    modality: str = "asserted"
    valid_from: StatedDate | None = None
    valid_until: StatedDate | None = None
    revises: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What is said and where, as a hash: 20 hexadecimal digits."""
        validity = [bound.stated if bound else "" for bound in (self.valid_from, self.valid_until)]
        return digest("claim", self.document, self.subject, self.relation, self.object, self.polarity, self.modality, *validity)

    @property
    def certainty(self) -> str:
        """The strongest certainty among its evidence."""
        return min((evidence.certainty for evidence in self.evidence), key=CERTAINTIES.index)

    @property
    def as_of(self) -> StatedDate | None:
        """The latest time at which a source said it."""
        return max((evidence.as_of for evidence in self.evidence if evidence.as_of), key=lambda date: date.latest, default=None)

    @property
    def supports_edge(self) -> bool:
        """Whether a plain edge may rest on it."""
        return self.polarity == "affirmed" and self.modality in SUPPORTING_MODALITIES and self.review in SUPPORTING_REVIEWS

    def evidence_key(self, evidence: Evidence) -> str:
        """The key of one piece of its evidence: the claim's and what is cited, or was when it was first read."""
        return digest("evidence", self.key, *evidence.key_cites)


def merged(claims: Iterable[Claim]) -> list[Claim]:
    """The claims in order of key, those with the same key made one with the evidence of all.

    Evidence with the same key is one piece; the first one met is kept.
    """
    by_key: dict[str, Claim] = {}
    for claim in claims:
        key = claim.key
        known = by_key.get(key)
        if known is None:
            by_key[key] = claim
            continue
        cited = {evidence.key_cites for evidence in known.evidence}
        by_key[key] = replace(known, evidence=known.evidence + tuple(e for e in claim.evidence if e.key_cites not in cited))
    return [by_key[key] for key in sorted(by_key)]
