"""The drawing of a thing's neighbours, ready for the template."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.claims import CERTAINTIES
from webapp.pages.claims import Shown
from webapp.pages.ego.circle import KINDS, Reading, bunches
from webapp.pages.ego.layout import MIDDLE, WIDTH, Hub, Leaf, Pill, arranged, in_lines

MOST = 40
"""Neighbours that are drawn; the tables have all."""
_THICKEST = 4


@dataclass(frozen=True)
class Drawing:
    """The whole.

    Args:
        width: of the drawing.
        height: of the drawing.
        x: centre of the thing itself.
        y: centre of the thing itself.
        lines: its name, cut into lines.
        hubs: the bunches with their neighbours.
        more: how many neighbours are in the tables only.
    """

    width: float
    height: float
    x: float
    y: float
    lines: Sequence[str]
    hubs: Sequence[Hub]
    more: int

    @property
    def kinds(self) -> list[str]:
        """The kinds of neighbours that are drawn, for the legend."""
        there = {hub.bunch.kind for hub in self.hubs}
        return [kind for kind in KINDS if kind in there]

    @property
    def readings(self) -> list[Reading]:
        """The relations that are drawn, each once, for the switches."""
        return list(dict.fromkeys(pill.reading for hub in self.hubs for pill in hub.pills))

    @property
    def certainties(self) -> list[str]:
        """The certainties that are drawn, for the legend."""
        there = {strand.certainty for hub in self.hubs for leaf in hub.leaves for strand in leaf.tie.strands}
        return [certainty for certainty in CERTAINTIES if certainty in there]

    def trunk(self, pill: Pill) -> str:
        """The line from the middle to a relation."""
        return _curve(self.x, self.y, pill.inner, pill.y)

    def weight(self, hub: Hub) -> str:
        """How thick that line is: `w1` to `w4`, by the number of neighbours."""
        return f"w{min(1 + int(math.log2(max(len(hub.leaves), 1))), _THICKEST)}"

    def spoke(self, pill: Pill, leaf: Leaf) -> str:
        """The line from a relation to a neighbour."""
        return _curve(pill.outer, pill.y, leaf.x, leaf.y)


def drawing(claims: Iterable[Shown], reference: str, label: str) -> Drawing | None:
    """The drawing of a thing's neighbours; None if it has none.

    Args:
        claims: the claims that involve the thing.
        reference: the thing.
        label: its name.
    """
    found = bunches(claims, reference, MOST)
    if not found:
        return None
    hubs, height = arranged(found)
    more = sum(bunch.more for bunch in found)
    return Drawing(WIDTH, round(height, 1), MIDDLE, round(height / 2, 1), in_lines(label, 24), hubs, more)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = (x + to_x) / 2
    return f"M{x:.0f} {y:.0f}C{bend:.0f} {y:.0f} {bend:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
