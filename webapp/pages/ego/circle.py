"""The neighbours of a thing in bunches: those of one kind that are tied to the middle by the same relations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.claims import CERTAINTIES
from webapp.pages.claims import End, Shown
from webapp.pages.families import Family, place_of
from webapp.pages.shares import share

KINDS = ("country", "body", "group", "collective", "practice", "policy", "topic", "channel")
"""Kinds of neighbours, in the order in which they are drawn."""
KIND_WORDS = {"group": "network, group, treaty, event", "collective": "named as a class"}
"""What kinds are called where their name does not say enough."""


@dataclass(frozen=True)
class Reading:
    """A relation as it is read from the middle.

    Args:
        relation: local name.
        side: `subject` or `object`: which end the middle is.
        label: in words.
        family: the family of the relation.
    """

    relation: str
    side: str
    label: str
    family: Family

    @property
    def anchor(self) -> str:
        """Where its rows are on the page."""
        return f"{self.relation}-{self.side}"

    @property
    def place(self) -> tuple[bool, int, str]:
        """Where it stands among others."""
        return (self.side != "subject", place_of(self.relation), self.relation)


@dataclass(frozen=True)
class Strand:
    """The claims that tie a neighbour to the middle by one relation: one line of the drawing."""

    claims: Sequence[Shown]

    @property
    def first(self) -> Shown:
        """The claim to which the line leads: what a profile says comes first."""
        return self.claims[0]

    @property
    def certainty(self) -> str:
        """The strongest certainty among its claims."""
        return min((claim.certainty for claim in self.claims), key=CERTAINTIES.index)

    @property
    def words(self) -> str:
        """How sure and when, once for each way in which its claims say so."""
        return "".join(dict.fromkeys("; " + ", ".join([claim.certainty, claim.span.words, *claim.remarks]) for claim in self.claims))


@dataclass(frozen=True)
class Tie:
    """A neighbour with its strands, in the order of its bunch's readings."""

    end: End
    strands: Sequence[Strand]

    @cached_property
    def remark(self) -> str:
        """What all its claims have in common that keeps them from being facts of today."""
        claims = [claim for strand in self.strands for claim in strand.claims]
        common = [remark for remark in claims[0].remarks if all(remark in claim.remarks for claim in claims)]
        return common[0].partition(",")[0] if common else ""


@dataclass(frozen=True)
class Bunch:
    """Neighbours of one kind that are tied to the middle by the same relations.

    Args:
        kind: the kind of the neighbours.
        readings: the relations, the most telling first.
        ties: the neighbours that are drawn.
        more: how many more there are.
    """

    kind: str
    readings: Sequence[Reading]
    ties: Sequence[Tie]
    more: int


def bunches(claims: Iterable[Shown], reference: str, most: int) -> list[Bunch]:
    """The neighbours in bunches, as many of each as fit; what a source denies is in the tables only.

    Args:
        claims: the claims that involve the thing.
        reference: the thing in the middle.
        most: how many neighbours are drawn in all.
    """
    ends: dict[str, End] = {}
    strands: dict[str, dict[Reading, list[Shown]]] = {}
    for claim in claims:
        end = claim.other(reference)
        if end.kind in KINDS and end.reference != reference and not claim.is_denied:
            ends.setdefault(end.reference, end)
            strands.setdefault(end.reference, {}).setdefault(_reading(claim, reference), []).append(claim)
    found: dict[tuple[str, tuple[Reading, ...]], list[Tie]] = {}
    for other, by_reading in strands.items():
        readings = tuple(sorted(by_reading, key=lambda reading: reading.place))
        found.setdefault((ends[other].kind, readings), []).append(Tie(ends[other], [Strand(by_reading[reading]) for reading in readings]))
    ordered = sorted(found, key=lambda key: (KINDS.index(key[0]), [reading.place for reading in key[1]]))
    room = share([len(found[key]) for key in ordered], most)
    return [_bunch(*key, found[key], room) for key in ordered]


def _reading(claim: Shown, reference: str) -> Reading:
    if claim.subject.reference == reference:
        return Reading(claim.relation, "subject", claim.label, claim.family)
    return Reading(claim.relation, "object", claim.inverse_label, claim.family)


def _bunch(kind: str, readings: Sequence[Reading], ties: list[Tie], room: int) -> Bunch:
    """As many of the neighbours as fit, in the order of their names; one is drawn rather than called one more."""
    room = len(ties) if len(ties) == room + 1 else room
    told = sorted(ties, key=_telling)[:room]
    return Bunch(kind, readings, sorted(told, key=lambda tie: tie.end.label.casefold()), len(ties) - len(told))


def _telling(tie: Tie) -> tuple[bool, int, str]:
    """Where there is no room for all: what a profile says comes first, then what is most certain."""
    said = any(strand.first.stated_in.reference.startswith("profile/") for strand in tie.strands)
    return (not said, min(CERTAINTIES.index(strand.certainty) for strand in tie.strands), tie.end.label.casefold())
