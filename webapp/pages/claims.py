"""Rows of the query `claims` to claims as pages show them: each once, with all its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph import vocabulary
from graph.iris import DEF, Iris
from webapp.pages.questions import Row, words

INVOLVING = "?claim liaison:involves $thing ."
STATED_IN = "?claim liaison:statedIn $thing ."
ITSELF = "BIND ($thing AS ?claim)"


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
        """Where its page is; a concept of a closed list is explained on the page about Liaison."""
        return f"/page/{self.reference}" if self.kind != "channel" else "/about#words"


@dataclass(frozen=True)
class Proof:
    """One piece of evidence.

    Args:
        key: of the evidence.
        certainty: `stated`, `secondary` or `derived`.
        rule: for what is derived.
        note: a remark.
        cited: reference of the sentence or row.
        text: its words.
        quote: the exact words quoted, empty for a row.
        start: where the quote begins, -1 for a row.
        end: where it ends, -1 for a row.
    """

    key: str
    certainty: str
    rule: str
    note: str
    cited: str
    text: str
    quote: str
    start: int
    end: int

    @property
    def is_sentence(self) -> bool:
        """Whether it cites a sentence of a profile."""
        return self.cited.startswith("sentence/")

    @property
    def parts(self) -> tuple[str, str, str]:
        """The sentence before, in and after the quote; the whole text in the middle where the quote is not inside it."""
        before, found, after = self.text.partition(self.quote) if self.quote else (self.text, "", "")
        return (before, found, after) if found else ("", self.text, "")


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
    begins: str
    ends: str
    as_of: str
    stated_in: str
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
    def supports_edge(self) -> bool:
        """Whether a plain edge rests on it."""
        affirmed = self.polarity == "affirmed" and self.modality in ("asserted", "past")
        return affirmed and self.review in ("reference", "curated", "accepted", "corrected")

    @property
    def when(self) -> str:
        """Its time in words: valid times as stated, else when it was said."""
        if self.ends:
            return f"{self.begins or '?'} to {self.ends}"
        if self.begins:
            return f"since {self.begins}"
        if self.modality == "past":
            return f"in the past, said {self.as_of}" if self.as_of else "in the past"
        return f"said {self.as_of}" if self.as_of else "undated"

    @property
    def is_ended(self) -> bool:
        """Whether the source says that it is over."""
        return bool(self.ends) or self.modality == "past"

    @property
    def remarks(self) -> list[str]:
        """What keeps it from being a plain fact."""
        found = ["negated: the source says that it is not so"] if self.polarity == "negated" else []
        return found + ([self.modality] if self.modality not in ("asserted", "past") else [])


def shown(rows: Iterable[Row], iris: Iris) -> list[Shown]:
    """Claims in the order in which their first row comes."""
    found: dict[str, Shown] = {}
    proofs: dict[str, Proof] = {}
    for row in rows:
        claim = words(row, "claim")
        if claim not in found:
            found[claim] = _shown(row, iris)
        key = words(row, "evidence") + words(row, "cited")
        if key not in proofs:
            proofs[key] = _proof(row, iris)
            found[claim].proofs.append(proofs[key])
    return list(found.values())


def _shown(row: Row, iris: Iris) -> Shown:
    subject, target = (End(iris.reference(words(row, end)) or "", words(row, f"{end}Label")) for end in ("subject", "object"))
    polarity, modality, certainty, review = (words(row, name).rsplit("#", 1)[1] for name in ("polarity", "modality", "certainty", "review"))
    begins, ends, as_of = (words(row, name) for name in ("from", "until", "asOf"))
    key = (iris.reference(words(row, "claim")) or "").removeprefix("claim/")
    relation = words(row, "relation").removeprefix(f"{DEF}#")
    stated_in = iris.reference(words(row, "statedIn")) or ""
    return Shown(key, subject, relation, target, polarity, modality, certainty, review, begins, ends, as_of, stated_in)


def _proof(row: Row, iris: Iris) -> Proof:
    key, cited = (iris.reference(words(row, name)) or "" for name in ("evidence", "cited"))
    start, end = (int(words(row, name) or -1) for name in ("start", "end"))
    certainty = words(row, "how").rsplit("#", 1)[1]
    return Proof(
        key.removeprefix("evidence/"),
        certainty,
        words(row, "rule"),
        words(row, "note"),
        cited,
        words(row, "text"),
        words(row, "quote"),
        start,
        end,
    )
