"""A profile's text with each claim's quote marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.iris import Iris
from webapp.pages.claims import Proof, Shown
from webapp.pages.questions import Row, words

TYPES = {
    "taking-part": "participatesIn memberOf foundingMemberOf representedIn partnerOf leads coLeads drives coDrives chairs viceChairs observerOf",
    "cooperation": "cooperatesWith hasAgreementWith hosts supports coordinates advises funds partOf",
    "aim": "hasObjective targets",
    "responsibility": "responsibleFor implements reportsTo directs steers monitors evaluates",
    "subject": "addresses concernsChannel",
    "practice": "runsPractice provides organises publishes",
}
"""Types of quotes that the page tells apart, and the relations of each; all others are `other`."""
_TYPE_OF = {relation: name for name, relations in TYPES.items() for relation in relations.split()}


def type_of(claim: Shown) -> str:
    """The type under which a claim's quote is marked."""
    return _TYPE_OF.get(claim.relation, "other")


@dataclass(frozen=True)
class Marked:
    """A claim with one piece of evidence, numbered in reading order."""

    number: int
    claim: Shown
    proof: Proof

    @property
    def type(self) -> str:
        """The type under which it is marked."""
        return type_of(self.claim)


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence on which the same quotes lie; without any, plain text."""

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
    proofs = {(proof.key, proof.start): (claim, proof) for claim in claims for proof in claim.proofs}
    ordered = sorted(proofs.values(), key=lambda pair: (pair[1].start, pair[1].end, pair[0].key))
    marked = [Marked(number, claim, proof) for number, (claim, proof) in enumerate(ordered, 1)]
    found: dict[str, Part] = {}
    for row in rows:
        section = iris.reference(words(row, "section")) or ""
        part = found.setdefault(section, Part(section.removeprefix("section/"), words(row, "title")))
        start, end = int(words(row, "start")), int(words(row, "end"))
        touching = [mark for mark in marked if mark.proof.start < end and start < mark.proof.end]
        key = (iris.reference(words(row, "sentence")) or "").removeprefix("sentence/")
        part.lines.append(Line(key, words(row, "form").rsplit("#", 1)[1], _pieces(words(row, "text"), start, touching)))
        part.claims += [mark for mark in touching if start <= mark.proof.start]
    return list(found.values())


def _pieces(text: str, start: int, marks: Sequence[Marked]) -> list[Piece]:
    """The text cut wherever a quote begins or ends."""
    end = start + len(text)
    bounds = {start, end} | {bound for mark in marks for bound in (mark.proof.start, mark.proof.end) if start < bound < end}
    cuts = sorted(bounds)
    pieces = []
    for first, last in pairwise(cuts):
        over = [mark for mark in marks if mark.proof.start < last and first < mark.proof.end]
        pieces.append(Piece(text[first - start : last - start], over, [mark for mark in over if mark.proof.start == first]))
    return pieces
