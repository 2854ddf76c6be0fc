"""A profile's text with each claim's quote marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.claims import Shown
from webapp.pages.families import FAMILIES, OTHER, Family
from webapp.pages.proofs import Proof


@dataclass(frozen=True)
class Marked:
    """A claim with one piece of evidence, numbered in reading order."""

    number: int
    claim: Shown
    proof: Proof

    @property
    def family(self) -> Family:
        """The family under which it is marked."""
        return self.claim.family

    @property
    def remarks(self) -> list[str]:
        """How it differs from what is simply stated: derived, planned, past and so on."""
        return ([self.proof.certainty] if self.proof.certainty != "stated" else []) + self.claim.remarks


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence on which the same quotes lie; without any, plain text.

    Args:
        text: the words.
        marks: the quotes that lie on it, the shortest last, which is the one that colours it.
        begins: those that begin here.
    """

    text: str
    marks: Sequence[Marked]
    begins: Sequence[Marked]


@dataclass
class Line:
    """A sentence as the page shows it."""

    key: str
    form: str
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_claimed(self) -> bool:
        """Whether any claim rests on it."""
        return any(piece.marks for piece in self.pieces)


@dataclass
class Part:
    """A section with its sentences and the claims that begin in it."""

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)
    claims: list[Marked] = field(default_factory=list)


def parts(rows: Iterable[Row], claims: Iterable[Shown], iris: Iris) -> list[Part]:
    """The sections of a profile in reading order."""
    marked = numbered(claims)
    found: dict[str, Part] = {}
    for row in rows:
        section = iris.reference(words(row, "section")) or ""
        part = found.setdefault(section, Part(section.removeprefix("section/"), words(row, "title")))
        start, end = int(words(row, "start")), int(words(row, "end"))
        touching = [mark for mark in marked if mark.proof.start < end and start < mark.proof.end]
        key = (iris.reference(words(row, "sentence")) or "").removeprefix("sentence/")
        part.lines.append(Line(key, words(row, "form").rpartition("#")[2], pieces(words(row, "text"), start, touching)))
        part.claims += [mark for mark in touching if start <= mark.proof.start]
    return list(found.values())


def numbered(claims: Iterable[Shown]) -> list[Marked]:
    """Each quote of each claim once, in reading order, numbered from 1."""
    quotes = {(proof.key, proof.start): (claim, proof) for claim in claims for proof in claim.proofs if proof.start >= 0}
    ordered = sorted(quotes.values(), key=lambda pair: (pair[1].start, -pair[1].end, pair[0].key))
    return [Marked(number, claim, proof) for number, (claim, proof) in enumerate(ordered, 1)]


def pieces(text: str, start: int, marks: Sequence[Marked]) -> list[Piece]:
    """A sentence cut wherever a quote begins or ends.

    Args:
        text: the sentence.
        start: where it begins in the document.
        marks: the quotes that touch it.
    """
    end = start + len(text)
    bounds = {start, end} | {bound for mark in marks for bound in (mark.proof.start, mark.proof.end) if start < bound < end}
    made = []
    for first, last in pairwise(sorted(bounds)):
        over = [mark for mark in marks if mark.proof.start < last and first < mark.proof.end]
        over.sort(key=lambda mark: (mark.proof.start - mark.proof.end, mark.number))
        begins = sorted((mark for mark in over if mark.proof.start == first), key=lambda mark: mark.number)
        made.append(Piece(text[first - start : last - start], over, begins))
    return made


def families(made: Iterable[Part]) -> list[tuple[Family, int]]:
    """The families of the claims in the document, with the number of claims."""
    marks = [mark.family for part in made for mark in part.claims]
    return [(family, marks.count(family)) for family in (*FAMILIES, OTHER) if family in marks]
