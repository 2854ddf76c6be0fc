"""The claims of one sentence as a small network: who on the left, to whom on the right; coordinates only.

The same claims are listed as text beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.decisions.queue import Card
from graph.vocabulary import Vocabulary
from webapp.pages.families import family_of
from webapp.review.places import Place

WIDTH, ROW, NODE, HEIGHT = 640, 52, 200, 34
MOST = 10
"""Claims that are drawn; a list of thirty countries would be no picture."""
_SHARES = (0.5, 0.3, 0.7)
"""At which shares of their curves the numbers of claims stand, one after the other, so that they do not cover each other."""
_LONGEST = 22
"""Letters of a name that fit."""


@dataclass(frozen=True)
class Node:
    """An actor.

    Args:
        number: its number in the sentence.
        name: its name, shortened where it does not fit.
        kind: the first part of its reference.
        x: the left side.
        y: the top.
    """

    number: int
    name: str
    kind: str
    x: int
    y: int


@dataclass(frozen=True)
class Tie:
    """A claim.

    Args:
        number: its number in the list, from 1.
        label: its relation.
        state: what people decided.
        family: the family of its relation.
        path: the curve.
        x: where its number stands.
        y: where its number stands.
    """

    number: int
    label: str
    state: str
    family: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """Nodes and lines, how tall they are, and how many claims are not drawn for want of room."""

    nodes: Sequence[Node]
    lines: Sequence[Tie]
    height: int
    rest: int = 0


def drawing(found: Place, vocabulary: Vocabulary) -> Drawing:
    """The network of a place.

    Args:
        found: the sentence.
        vocabulary: the relations.
    """
    cards = found.cards[:MOST]
    left = list(dict.fromkeys(card.claim.subject.reference for card in cards))
    right = list(dict.fromkeys(card.claim.object.reference for card in cards if card.claim.object.reference not in left))
    rows = max(len(left), len(right), 1)
    tops = {reference: _top(row, len(column), rows) for column in (left, right) for row, reference in enumerate(column)}
    nodes = [
        Node(found.number(end), _short(end.name), end.reference.partition("/")[0], _x(end.reference in left), tops[end.reference])
        for end in found.ends
        if end.reference in tops
    ]
    lines = [_line(number, card, tops, left, vocabulary) for number, card in enumerate(cards, 1)]
    return Drawing(nodes, lines, rows * ROW, len(found.cards) - len(cards))


def _line(number: int, card: Card, tops: dict[str, int], left: Sequence[str], vocabulary: Vocabulary) -> Tie:
    start, end = (tops[one.reference] + HEIGHT / 2 for one in (card.claim.subject, card.claim.object))
    is_aside = card.claim.object.reference in left
    bend, last = (NODE + 90.0, float(NODE)) if is_aside else (WIDTH / 2, float(WIDTH - NODE))
    share = _SHARES[number % len(_SHARES)]
    x, y = _on((float(NODE), bend, bend, last), share), _on((start, start, end, end), share)
    relation = vocabulary.relations.get(card.claim.relation)
    label = relation.label if relation else card.claim.relation
    path = f"M{NODE} {start:g}C{bend:g} {start:g} {bend:g} {end:g} {last:g} {end:g}"
    return Tie(number, label, card.state, family_of(card.claim.relation).key, path, round(x, 1), round(y, 1))


def _on(control: tuple[float, float, float, float], share: float) -> float:
    """A coordinate of the point of a cubic curve at this share of it."""
    rest = 1 - share
    weights = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
    return sum(weight * value for weight, value in zip(weights, control, strict=True))


def _top(row: int, count: int, rows: int) -> int:
    """The top of a node in a column that may be shorter than the other one."""
    return round((rows - count) * ROW / 2 + row * ROW + (ROW - HEIGHT) / 2)


def _x(is_left: bool) -> int:  # noqa: FBT001  # one of two sides
    return 0 if is_left else WIDTH - NODE


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
