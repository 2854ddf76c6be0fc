"""Hops to claims as pages show them, with what they say of the years that a reader asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from graph import vocabulary
from graph.claims import CERTAINTIES
from graph.paths import Hop
from webapp.live import Serving
from webapp.pages.asking import ask_some
from webapp.pages.claims import End, Shown, shown
from webapp.pages.outlines import proved
from webapp.pages.shares import share

_YEAR = 4

_LOOKED_AT = 6

Years = tuple[int, int] | None
"""The first and the last year that are asked for, if any are."""
Direction = Literal["along", "against", "both"]


@dataclass(frozen=True)
class Step:
    """One hop as a page shows it.

    Args:
        source: where it begins.
        target: where it ends.
        claims: the claims that are shown, the first the one to which the hop is put down.
        more: how many more there are.
        told_at: where on the page its words stand already, empty where they stand here.
    """

    source: End
    target: End
    claims: Sequence[Shown]
    more: int
    told_at: str = ""

    @property
    def first(self) -> Shown:
        """The claim to which the hop is put down."""
        return self.claims[0]

    def direction(self, claim: Shown) -> Direction:
        """Which way a claim runs: as the path goes, the other way, or both where its relation is symmetric."""
        if vocabulary.load().relations[claim.relation].symmetric:
            return "both"
        return "along" if claim.subject.reference == self.source.reference else "against"


@dataclass(frozen=True)
class Way:
    """One path.

    Args:
        number: its place, from 1.
        steps: its hops.
        shared: the things on it that all share.
    """

    number: int
    steps: Sequence[Step]
    shared: Sequence[End]

    @property
    def stops(self) -> list[End]:
        """Everything that it passes, both ends included."""
        return [self.steps[0].source, *(step.target for step in self.steps)]

    @property
    def ended(self) -> int:
        """How many of its hops rest on something that has ended."""
        return sum(step.first.span.is_over for step in self.steps)

    @property
    def undated(self) -> int:
        """How many of its hops rest on a claim that says not when."""
        return sum(step.first.span.kind in ("undated", "as-of") for step in self.steps)


def ways(serving: Serving, paths: Sequence[Sequence[Hop]], shared: frozenset[str], years: Years, room: int | None) -> list[Way]:
    """Paths with their claims.

    Where there are more hops than there is room, each shows one claim only, and a hop that several paths share has its
    words where it comes first.

    Args:
        serving: the release.
        paths: the paths.
        shared: references of things that all share.
        years: the years that are asked for.
        room: how many claims are to be shown with their evidence; all where it is None.
    """
    hops = [hop for path in paths for hop in path]
    is_sparing, looked_at = room is not None and len(hops) > room, None if room is None else _LOOKED_AT
    claims = _claims(serving, (key for hop in hops for key in hop.claims[:looked_at]))
    steps = {hop: _step(hop, claims, years, 1 if is_sparing else None) for hop in hops}
    most = None if room is None else share([len(steps[hop].claims) for hop in hops], room)
    whole = {claim.key: claim for claim in proved(serving, [claim for step in steps.values() for claim in step.claims[:most]])}
    steps = {hop: replace(step, claims=[whole.get(claim.key, claim) for claim in step.claims]) for hop, step in steps.items()}
    found, told = [], dict[Hop, str]()
    for number, path in enumerate(paths, 1):
        made = [replace(steps[hop], told_at=told.get(hop, "") if is_sparing else "") for hop in path]
        told = {**{hop: f"path-{number}-hop-{place}" for place, hop in enumerate(path, 1)}, **told}
        found.append(Way(number, made, [step.target for step in made[:-1] if step.target.reference in shared]))
    return found


def standing(claim: Shown, years: Years) -> str:
    """What a claim says of the years that are asked for, in words; nothing where none are."""
    if years is None:
        return ""
    asked = "-".join(map(str, dict.fromkeys(years)))
    if claim.span.begins or claim.span.ends:
        return f"held in {asked}, by its dates"
    said = claim.span.as_of[:_YEAR]
    if said.isdecimal() and years[0] <= int(said) <= years[1]:
        return f"said in {said}"
    return f"whether in {asked} is not known: " + (f"said of {said}" if said else "no date is given")


def _claims(serving: Serving, keys: Iterable[str]) -> dict[str, Shown]:
    nodes = (serving.iris.thing(f"claim/{key}") for key in dict.fromkeys(keys))
    return {claim.key: claim for claim in shown(ask_some(serving, "claims", nodes), (), serving.iris, serving.day)}


def _step(hop: Hop, claims: Mapping[str, Shown], years: Years, most: int | None) -> Step:
    there = sorted((claims[key] for key in hop.claims if key in claims), key=lambda claim: _telling(claim, years))
    ends = {end.reference: end for end in chain.from_iterable((claim.subject, claim.object) for claim in there)}
    return Step(ends[hop.source], ends[hop.target], there[:most], len(hop.claims) - len(there[:most]))


def _telling(claim: Shown, years: Years) -> tuple[bool, int, bool, str]:
    """Where no year is asked for, what goes on comes before what has ended, else what has dates; then the more certain, then what a document says."""
    is_dated = bool(claim.span.begins or claim.span.ends)
    is_later = not is_dated if years else claim.span.is_over
    return (is_later, CERTAINTIES.index(claim.certainty), not claim.stated_in.reference.startswith("profile/"), claim.key)
