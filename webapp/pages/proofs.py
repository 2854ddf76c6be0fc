"""Rows of the queries for evidence to evidence as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.places import Place, outside

_TELLING = frozenset(
    {"signed", "ratified", "kind", "host", "parent", "topic", "broader", "policy_cycles", "eu_member_from", "eu_member_until"}
)
"""Cells that say what the claim does not say already; the row's own page has all of them."""
_LONGEST = 64


@dataclass(frozen=True)
class Origin:
    """A source that a row names, as given; `place` is its address where it has one."""

    label: str
    place: Place

    @property
    def short(self) -> str:
        """The label without what nobody reads: the scheme of an address, and the end of a long one."""
        text = self.label.partition("://")[2].removeprefix("www.") if self.label.startswith(("http://", "https://")) else self.label
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@dataclass
class Proof:
    """One piece of evidence.

    Args:
        key: of the evidence.
        claim: key of the claim.
        certainty: `stated`, `secondary` or `derived`.
        as_of: when the source said it, as stated.
        rule: for what is derived.
        note: a remark.
        anchor: whether the words are still found.
        cited: reference of the sentence or row.
        text: its words.
        quote: the exact words quoted, empty for a row.
        start: where the quote begins, -1 for a row.
        end: where it ends, -1 for a row.
        origins: for a row, where it was read.
        summarised: for a sentence of a document that this project wrote, the public pages after which it did.
    """

    key: str
    claim: str
    certainty: str
    as_of: str
    rule: str
    note: str
    anchor: str
    cited: str
    text: str
    quote: str
    start: int
    end: int
    origins: list[Origin] = field(default_factory=list)
    summarised: list[Origin] = field(default_factory=list)

    @property
    def is_sentence(self) -> bool:
        """Whether it cites a sentence of a profile."""
        return self.cited.startswith("sentence/")

    @property
    def file(self) -> str:
        """For a row, the authority file in which it stands."""
        return self.cited.removeprefix("row/").partition("-")[0]

    @property
    def parts(self) -> tuple[str, str, str]:
        """The sentence before, in and after the quote; the whole text in the middle where the quote is not inside it."""
        before, found, after = self.text.partition(self.quote) if self.quote else (self.text, "", "")
        return (before, found, after) if found else ("", self.text, "")

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The cells of a row that tell more than its claim does."""
        pairs = (cell.partition(": ") for cell in self.text.split("; "))
        return [(name.replace("_", " "), value) for name, sign, value in pairs if sign and name in _TELLING]


def proofs(rows: Iterable[Row], iris: Iris, claim: str = "") -> list[Proof]:
    """The evidence in a fixed order, each piece once for everything that it cites.

    Args:
        rows: the solutions.
        iris: makes the IRIs.
        claim: key of the claim, where all rows are of one.
    """
    found: dict[tuple[str, str], Proof] = {}
    for row in rows:
        pair = words(row, "evidence"), words(row, "cited")
        if pair not in found:
            found[pair] = _proof(row, iris, claim)
        _keep(found[pair].origins, words(row, "source"), words(row, "address"))
        _keep(found[pair].summarised, words(row, "page"), words(row, "page"))
    return sorted(found.values(), key=lambda proof: (not proof.is_sentence, proof.start, proof.cited))


def _keep(origins: list[Origin], label: str, address: str) -> None:
    origin = Origin(label, outside(address))
    if label and origin not in origins:
        origins.append(origin)


def _proof(row: Row, iris: Iris, claim: str) -> Proof:
    key, cited, of_claim = (iris.reference(words(row, name)) or "" for name in ("evidence", "cited", "claim"))
    start, end = (int(words(row, name) or -1) for name in ("start", "end"))
    certainty, anchor = (words(row, name).rpartition("#")[2] for name in ("certainty", "anchor"))
    as_of, rule, note, text, quote = (words(row, name) for name in ("asOf", "rule", "note", "text", "quote"))
    return Proof(
        key=key.removeprefix("evidence/"),
        claim=claim or of_claim.removeprefix("claim/"),
        certainty=certainty,
        as_of=as_of,
        rule=rule,
        note="" if note == rule else note,
        anchor=anchor,
        cited=cited,
        text=text,
        quote=quote,
        start=start,
        end=end,
    )
