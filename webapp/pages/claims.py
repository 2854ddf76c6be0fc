"""Rows of the queries for claims to claims as pages show them: each once, with all its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph import vocabulary
from graph.claims import SUPPORTING_MODALITIES, SUPPORTING_REVIEWS
from graph.iris import DEF, Iris
from webapp.pages.asking import Row, words
from webapp.pages.families import Family, family_of
from webapp.pages.proofs import Proof

_REMARKS = {
    "planned": "planned, not a fact",
    "past": "in the past",
    "required": "required, not a fact",
    "possible": "possible, not a fact",
}


@dataclass(frozen=True)
class End:
    """One end of a claim: its reference and its name."""

    reference: str
    label: str

    @property
    def kind(self) -> str:
        """The first part of the reference: `country`, `body` and so on."""
        return self.reference.partition("/")[0]

    @property
    def link(self) -> str:
        """Where its page is."""
        return f"/page/{self.reference}"


@dataclass(frozen=True)
class Span:
    """When a claim holds, as its source says.

    Args:
        begins: since when, as stated.
        ends: until when, as stated.
        as_of: when the source said it.
        is_over: whether the end has passed.
        is_to_come: whether all that the beginning can mean lies ahead.
    """

    begins: str
    ends: str
    as_of: str
    is_over: bool
    is_to_come: bool = False

    @property
    def kind(self) -> str:
        """`over`, `dated`, `as-of` or `undated`: pages show these four differently."""
        if self.is_over:
            return "over"
        return "dated" if self.begins or self.ends else "as-of" if self.as_of else "undated"

    @property
    def words(self) -> str:
        """The time in words."""
        if self.ends:
            return f"{self.begins} to {self.ends}" if self.begins else f"until {self.ends}"
        if self.begins:
            return f"since {self.begins}"
        return f"as of {self.as_of}" if self.as_of else "no date given"


@dataclass
class Shown:
    """A claim as a page shows it."""

    key: str
    subject: End
    relation: str
    object: End
    polarity: str
    modality: str
    certainty: str
    review: str
    span: Span
    stated_in: End
    proofs: list[Proof] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The relation read forwards."""
        return vocabulary.load().relations[self.relation].label

    @property
    def inverse_label(self) -> str:
        """The relation read backwards."""
        return vocabulary.load().relations[self.relation].inverse_label

    @property
    def family(self) -> Family:
        """The family of its relation."""
        return family_of(self.relation)

    @property
    def sentence(self) -> str:
        """The claim in words."""
        return f"{self.subject.label} {self.label} {self.object.label}"

    @property
    def supports_edge(self) -> bool:
        """Whether a plain edge rests on it."""
        return self.polarity == "affirmed" and self.modality in SUPPORTING_MODALITIES and self.review in SUPPORTING_REVIEWS

    @property
    def is_denied(self) -> bool:
        """Whether the source says that it is not so."""
        return self.polarity == "negated"

    @property
    def remarks(self) -> list[str]:
        """What keeps it from being a fact of today, in words."""
        found = ["denied: the source says that it is not so"] if self.is_denied else []
        found += [_REMARKS[self.modality]] if self.modality in _REMARKS else []
        found += [self.review] if self.review not in SUPPORTING_REVIEWS else []
        return found + (["ended"] if self.span.is_over else [])

    def other(self, reference: str) -> End:
        """The end that is not `reference`."""
        return self.object if self.subject.reference == reference else self.subject


def shown(rows: Iterable[Row], evidence: Iterable[Proof], iris: Iris, today: str, key: str = "") -> list[Shown]:
    """Claims with their evidence, those from a sentence first.

    Args:
        rows: solutions of `claims` or `claim`.
        evidence: the evidence for all of them.
        iris: makes the IRIs.
        today: a date; what ended before it is over.
        key: of the claim, where the rows are of one.
    """
    found: dict[str, Shown] = {}
    for row in rows:
        own = key or (iris.reference(words(row, "claim")) or "").removeprefix("claim/")
        found.setdefault(own, _shown(row, own, iris, today))
    for proof in evidence:
        if proof.claim in found:
            found[proof.claim].proofs.append(proof)
    return sorted(found.values(), key=lambda claim: (not claim.stated_in.reference.startswith("profile/"), claim.key))


def newly(claims: Iterable[Shown], evidence: Iterable[Proof]) -> list[Shown]:
    """The same claims with this evidence; those that are given stay as they are."""
    found = {claim.key: replace(claim, proofs=[]) for claim in claims}
    for proof in evidence:
        if proof.claim in found:
            found[proof.claim].proofs.append(proof)
    return list(found.values())


def span(begins: str, ends: str, as_of: str, latest: str, today: str) -> Span:
    """When a claim holds, seen from a day.

    Args:
        begins: since when, as stated.
        ends: until when, as stated.
        as_of: when the source said it.
        latest: the last day that the end can mean, empty without one.
        today: the day.
    """
    return Span(begins, ends, as_of, bool(latest) and latest < today, begins > today[: len(begins)])


def _shown(row: Row, key: str, iris: Iris, today: str) -> Shown:
    subject, target = (End(iris.reference(words(row, end)) or "", words(row, f"{end}Label")) for end in ("subject", "object"))
    polarity, modality, certainty, review = (
        words(row, name).rpartition("#")[2] for name in ("polarity", "modality", "certainty", "review")
    )
    return Shown(
        key=key,
        subject=subject,
        relation=words(row, "relation").removeprefix(f"{DEF}#"),
        object=target,
        polarity=polarity,
        modality=modality,
        certainty=certainty,
        review=review,
        span=span(words(row, "from"), words(row, "until"), words(row, "asOf"), words(row, "latest"), today),
        stated_in=End(iris.reference(words(row, "statedIn")) or "", words(row, "document")),
    )
