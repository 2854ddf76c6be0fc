"""The network around one actor as a drawing: coordinates only, the template makes SVG of them.

The actor stands in the middle, its neighbours in two columns, so that no label ever lies on another, whatever their
number or length. The same claims give the same drawing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webapp.pages.claims import End, Shown

_ACTORS = ("country", "body", "group", "collective", "practice", "policy")
MOST = 36
"""Neighbours that are drawn; the table has all."""
_WIDTH, _ROW, _MARGIN = 760.0, 28.0, 24.0
_LEFT, _RIGHT = 250.0, 510.0
_LONGEST = 36


@dataclass(frozen=True)
class Node:
    """A neighbour as it is drawn.

    Args:
        end: who it is.
        x: centre of its mark.
        y: centre of its mark.
        text_x: where its label begins or, on the left, ends.
        anchor: `start` or `end`.
        label: its name, cut to fit.
        path: the line from the middle to it.
        claims: the claims that the line stands for.
    """

    end: End
    x: float
    y: float
    text_x: float
    anchor: str
    label: str
    path: str
    claims: Sequence[Shown]

    @property
    def said(self) -> str:
        """What the line stands for, in words."""
        return "; ".join(f"{claim.subject.label} {claim.label} {claim.object.label}" for claim in self.claims)


@dataclass(frozen=True)
class Drawing:
    """The whole: size, middle, neighbours, and how many more there are."""

    width: float
    height: float
    x: float
    y: float
    nodes: Sequence[Node]
    more: int


def drawing(claims: Iterable[Shown], reference: str) -> Drawing | None:
    """The drawing of an actor's neighbours; None if it has none.

    Args:
        claims: the claims that involve the actor; only those that support an edge are drawn.
        reference: the actor.
    """
    neighbours: dict[End, list[Shown]] = {}
    for claim in claims:
        end = claim.object if claim.subject.reference == reference else claim.subject
        if claim.supports_edge and end.kind in _ACTORS and end.reference != reference:
            neighbours.setdefault(end, []).append(claim)
    if not neighbours:
        return None
    ordered = sorted(neighbours, key=lambda end: (-len(neighbours[end]), _ACTORS.index(end.kind), end.label.casefold()))
    drawn = sorted(ordered[:MOST], key=lambda end: (_ACTORS.index(end.kind), end.label.casefold()))
    rows = (len(drawn) + 1) // 2
    height = max(rows, 3) * _ROW + 2 * _MARGIN
    middle = height / 2
    nodes = [_node(end, neighbours[end], place, len(drawn), middle) for place, end in enumerate(drawn)]
    return Drawing(_WIDTH, height, _WIDTH / 2, middle, nodes, len(ordered) - len(drawn))


def _node(end: End, claims: list[Shown], place: int, count: int, middle: float) -> Node:
    in_left = (count + 1) // 2
    is_left = place < in_left
    row, rows = (place, in_left) if is_left else (place - in_left, count - in_left)
    x = _LEFT if is_left else _RIGHT
    y = middle + (row - (rows - 1) / 2) * _ROW
    centre = _WIDTH / 2
    bend = (x + centre) / 2
    path = f"M{centre:g} {middle:g}C{bend:g} {middle:g} {bend:g} {y:g} {x:g} {y:g}"
    label = end.label if len(end.label) <= _LONGEST else end.label[: _LONGEST - 1].rstrip() + "…"
    return Node(end, x, y, x - 14 if is_left else x + 14, "end" if is_left else "start", label, path, claims)
