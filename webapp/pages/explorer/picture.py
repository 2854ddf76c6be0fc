"""What is seen as a drawing: coordinates and words only, the template makes SVG of them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph import vocabulary
from graph.claims import CERTAINTIES
from webapp.pages.claims import Shown
from webapp.pages.ego.circle import KINDS
from webapp.pages.ego.layout import in_lines
from webapp.pages.explorer.layout import HIGH, WIDE, placed
from webapp.pages.explorer.seen import Actor, Seen, over_after, said_in
from webapp.pages.explorer.state import PENDING, Point
from webapp.pages.families import Family, place_of

FEW = 14
"""Lines up to which each has its words beside it; of more, they show on pointing and in the table."""
_TITLED = 60
"""Lines up to which each says in a title what it says; of more, the table does, and the script makes the titles."""
_LETTERS = 21
_HALF, _HALF_EXPANDED, _HALF_START, _HALF_SMALL = 15.0, 19.0, 23.0, 10.0
_ABOVE, _BELOW = 40.0, 66.0
_LEAST = Point(560.0, 340.0)
"""A drawing of few actors is no smaller, so that they are not drawn larger than those of others."""
_BEND = 0.07
_THICKEST = 4
_GAP = 3.0
_LONGEST = 60


@dataclass(frozen=True)
class Mark:
    """An actor with its place.

    Args:
        number: its place among all.
        actor: who it is.
        at: centre of its sign.
        half: half the width of its sign.
        lines: its name, cut into lines.
        is_pinned: whether the reader has put it there.
    """

    number: int
    actor: Actor
    at: Point
    half: float
    lines: Sequence[str]
    is_pinned: bool

    @property
    def classes(self) -> str:
        """The classes that say what it looks like."""
        flags = (
            ("start", self.actor.is_start),
            ("open", self.actor.is_expanded),
            ("small", self.actor.is_small),
            ("pinned", self.is_pinned),
        )
        return " ".join([f"k-{self.actor.kind}", *(name for name, is_set in flags if is_set)])


@dataclass(frozen=True)
class Line:
    """All claims between two actors.

    Args:
        one: the end from which it is drawn.
        other: the end to which it is drawn.
        claims: the claims, the most telling first.
    """

    one: Mark
    other: Mark
    claims: Sequence[Shown]

    @property
    def family(self) -> Family:
        """The family of its most telling relation."""
        return self.claims[0].family

    @property
    def said(self) -> list[int]:
        """The years of its evidence, as far as they are stated."""
        return sorted({year for claim in self.claims if (year := said_in(claim))})

    @property
    def since(self) -> int | None:
        """The first year in which any of it was said; None where evidence without a year may be older."""
        return self.said[0] if all(said_in(claim) for claim in self.claims) else None

    @property
    def over(self) -> int | None:
        """The last year in which any of it held, where all of it has ended."""
        years = [over_after(claim) for claim in self.claims]
        return max(year for year in years if year) if all(years) else None

    @property
    def classes(self) -> str:
        """The classes that say how sure it is, and whether it still holds."""
        certainty = min((claim.certainty for claim in self.claims), key=CERTAINTIES.index)
        flags = (
            ("unreal", not any(claim.supports_edge for claim in self.claims)),
            ("pending", all(claim.review in PENDING for claim in self.claims)),
            ("over", all(claim.span.is_over for claim in self.claims)),
        )
        weight = min(1 + int(math.log2(len(self.claims))), _THICKEST)
        return " ".join(
            [certainty, *([f"w{weight}"] if weight > 1 else []), f"f-{self.family.key}", *(name for name, is_set in flags if is_set)]
        )

    def at(self, year: int | None) -> str:
        """The class that says how it stood in a year: `lit` if it was said then, `later` if it was not said yet, `past` if it was over."""
        if year is None:
            return ""
        names = (
            "lit" if year in self.said else "later" if self.since and self.since > year else "",
            "past" if self.over and self.over < year else "",
        )
        return "".join(f" {name}" for name in names if name)

    @property
    def arrows(self) -> str:
        """Where it has a point: `end`, `both`, or nowhere."""
        known = vocabulary.load().relations
        directed = {claim.subject.reference for claim in self.claims if not known[claim.relation].symmetric}
        return {0: "", 1: "end"}.get(len(directed), "both")

    @property
    def label(self) -> str:
        """Its relations in words."""
        return ", ".join(dict.fromkeys(claim.label for claim in self.claims))

    @property
    def words(self) -> str:
        """All that it says, for its title."""
        sentences = list(
            dict.fromkeys(f"{_short(claim.subject.label)} {claim.label} {_short(claim.object.label)}" for claim in self.claims)
        )
        return "; ".join(sentences[:3]) + (f" and {len(sentences) - 3} more" if len(sentences) > 3 else "")  # noqa: PLR2004  # as many as one reads

    @property
    def path(self) -> str:
        """The curve, from edge to edge of the signs."""
        bend = self._bend
        begin, end = _towards(self.one.at, bend, self.one.half + _GAP), _towards(self.other.at, bend, self.other.half + _GAP + 2)
        return f"M{begin.x:.0f} {begin.y:.0f}Q{bend.x:.0f} {bend.y:.0f} {end.x:.0f} {end.y:.0f}"

    @property
    def middle(self) -> Point:
        """Where its words stand."""
        one, bend, other = self.one.at, self._bend, self.other.at
        return Point(round((one.x + 2 * bend.x + other.x) / 4), round((one.y + 2 * bend.y + other.y) / 4))

    @property
    def _bend(self) -> Point:
        one, other = self.one.at, self.other.at
        return Point((one.x + other.x) / 2 - _BEND * (other.y - one.y), (one.y + other.y) / 2 + _BEND * (other.x - one.x))


@dataclass(frozen=True)
class Picture:
    """The whole.

    Args:
        marks: the actors.
        lines: what ties them.
    """

    marks: Sequence[Mark]
    lines: Sequence[Line]

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """Left and top edge, width and height."""
        xs, ys = [mark.at.x for mark in self.marks] or [0.0], [mark.at.y for mark in self.marks] or [0.0]
        left, top = min(xs) - WIDE / 2 - 8, min(ys) - _ABOVE
        wide, high = max(xs) + WIDE / 2 + 8 - left, max(ys) + _BELOW - top
        more = max(_LEAST.x - wide, 0), max(_LEAST.y - high, 0)
        return round(left - more[0] / 2), round(top - more[1] / 2), round(wide + more[0]), round(high + more[1])

    @property
    def is_worded(self) -> bool:
        """Whether each line has its words beside it."""
        return len(self.lines) <= FEW

    @property
    def is_titled(self) -> bool:
        """Whether each line has its title on the page."""
        return len(self.lines) <= _TITLED

    @cached_property
    def labels(self) -> list[str]:
        """What its lines say, each once, for a page on which lines have no titles."""
        return list(dict.fromkeys(line.label for line in self.lines))

    @property
    def kinds(self) -> list[str]:
        """The kinds that are drawn."""
        there = {mark.actor.kind for mark in self.marks}
        return [kind for kind in KINDS if kind in there]


def picture(found: Seen) -> Picture:
    """The drawing of what is seen."""
    pins = {reference: point for reference, point in found.state.pins.items() if reference in {actor.reference for actor in found.actors}}
    pairs: dict[tuple[str, str], list[Shown]] = {}
    for claim in found.claims:
        ends = claim.subject.reference, claim.object.reference
        pairs.setdefault(ends if ends[::-1] not in pairs else ends[::-1], []).append(claim)
    places = placed(*_order(found, pairs), pins)
    marks = {
        actor.reference: Mark(
            number, actor, places[actor.reference], _half(actor), in_lines(actor.label, _LETTERS), actor.reference in pins
        )
        for number, actor in enumerate(found.actors)
    }
    lines = [Line(marks[one], marks[other], sorted(claims, key=_telling)) for (one, other), claims in pairs.items()]
    return Picture(list(marks.values()), lines)


def _order(found: Seen, pairs: Mapping[tuple[str, str], Sequence[Shown]]) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """Where one began, what was expanded later, and the neighbours of each of both: those that are tied alike beside each other."""
    starts = [actor.reference for actor in found.actors if actor.is_start]
    later = [actor.reference for actor in found.actors if actor.is_expanded and not actor.is_start]
    kinds = {actor.reference: (KINDS.index(actor.kind), actor.label.casefold(), actor.reference) for actor in found.actors}
    near: dict[str, dict[str, tuple[int, str]]] = {reference: {} for reference in (*starts, *later)}
    for (one, other), claims in pairs.items():
        best = min((place_of(claim.relation), claim.relation) for claim in claims)
        for middle, end in ((one, other), (other, one)):
            if middle in near:
                near[middle][end] = best
    return starts, later, {middle: sorted(ends, key=lambda end: (ends[end], kinds[end])) for middle, ends in near.items()}


def _half(actor: Actor) -> float:
    if actor.is_start:
        return _HALF_START
    return _HALF_EXPANDED if actor.is_expanded else _HALF_SMALL if actor.is_small else _HALF


def _telling(claim: Shown) -> tuple[bool, int, str]:
    return (not claim.supports_edge, place_of(claim.relation), claim.key)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"


def _towards(point: Point, other: Point, far: float) -> Point:
    """The place so far from one point in the direction of another."""
    distance = math.hypot(other.x - point.x, other.y - point.y) or 1
    return Point(point.x + (other.x - point.x) * far / distance, point.y + (other.y - point.y) * far / distance)


assert HIGH >= _HALF * 2 + 30, "a sign with two lines of its name has room in its place"
