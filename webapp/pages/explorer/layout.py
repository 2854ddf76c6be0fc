"""Actors to places. The same state has the same picture, in the page, in its exports and for whom it is sent to.

Each expanded actor stands in the middle of rings, on which its own neighbours stand in the order of what ties them to it;
neighbours that several share stand between those. Each takes a place of its own for its sign and its name, so that no
name ever lies on another. What is expanded later moves to where there is room, and nothing else moves.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from webapp.pages.explorer.state import Point

WIDE, HIGH = 140.0, 72.0
"""The place of an actor: its sign, and its name in lines below it."""
_FIRST, _STEP = Point(176.0, 132.0), Point(142.0, 92.0)
"""Half axes of the innermost ring, and how much farther out the next one is."""
_RINGS = 24
_COLUMN = 5
"""How many that two actors share stand one above the other between them."""
_AWAY = 2.0
"""How far to either side of the direction away from all others, in radians, an actor's own neighbours stand around it."""
_TURNS = 180


class Places:
    """Which places are taken."""

    def __init__(self) -> None:
        """None is taken yet."""
        self.of: dict[str, Point] = {}
        self._cells: dict[tuple[int, int], list[Point]] = {}

    def is_free(self, point: Point) -> bool:
        """Whether an actor can stand there without lying on another."""
        column, row = math.floor(point.x / WIDE), math.floor(point.y / HIGH)
        near = (other for x in (-1, 0, 1) for y in (-1, 0, 1) for other in self._cells.get((column + x, row + y), ()))
        return all(abs(other.x - point.x) >= WIDE or abs(other.y - point.y) >= HIGH for other in near)

    def take(self, reference: str, point: Point) -> None:
        """Put an actor there."""
        self.of[reference] = point
        self._cells.setdefault((math.floor(point.x / WIDE), math.floor(point.y / HIGH)), []).append(point)

    def leave(self, reference: str) -> Point:
        """Take an actor away again, and say where it stood."""
        point = self.of.pop(reference)
        self._cells[math.floor(point.x / WIDE), math.floor(point.y / HIGH)].remove(point)
        return point


def placed(
    starts: Sequence[str], later: Sequence[str], neighbours: Mapping[str, Sequence[str]], pins: Mapping[str, Point]
) -> dict[str, Point]:
    """Where each actor stands.

    Args:
        starts: where the reader began.
        later: what was expanded after that, in this order.
        neighbours: the neighbours of each of both, in the order in which they are to stand around it.
        pins: where the reader has put some.
    """
    places = Places()
    for reference, point in pins.items():
        places.take(reference, point)
    _begin(starts, neighbours, places)
    for name in later:
        new = [other for other in neighbours.get(name, ()) if other not in places.of]
        if name not in pins:
            _move_out(name, len(new), places)
        _surround(name, new, places, _direction(_mean(point for other, point in places.of.items() if other != name), places.of[name]))
    return places.of


def _begin(starts: Sequence[str], neighbours: Mapping[str, Sequence[str]], places: Places) -> None:
    """Put the actors there with which one began, what they share between them, and what each has for itself around it."""
    tied: dict[str, list[str]] = {}
    for name in starts:
        for other in neighbours.get(name, ()):
            tied.setdefault(other, []).append(name)
    own = {name: [other for other in neighbours.get(name, ()) if other not in starts and len(tied[other]) == 1] for name in starts}
    shared = sum(len(middles) > 1 for middles in tied.values())
    for name, point in _middles(starts, {name: len(others) for name, others in own.items()}, shared).items():
        if name not in places.of:
            places.take(name, _nearest(point, places))
    for other, middles in tied.items():
        if other not in places.of and len(middles) > 1:
            places.take(other, _nearest(_mean(places.of[name] for name in middles), places))
    middle = _mean([places.of[name] for name in starts] or [Point(0, 0)])
    for name in starts:
        _surround(name, own[name], places, _direction(middle, places.of[name]))


def _middles(starts: Sequence[str], own: Mapping[str, int], shared: int) -> dict[str, Point]:
    """Where the actors stand with which one began: one in the middle, two beside each other, more in a circle."""
    if len(starts) < 2:  # noqa: PLR2004  # the first stands where it likes
        return {name: Point(0, 0) for name in starts}
    if len(starts) == 2:  # noqa: PLR2004  # beside each other
        half = WIDE * (0.9 + math.ceil(shared / _COLUMN) / 2)
        return {starts[0]: Point(-half, 0), starts[1]: Point(half, 0)}
    around = max(sum(_reach(own[name]).y + HIGH for name in starts) / math.pi, WIDE * (1 + math.sqrt(shared) / 2))
    turns = [2 * math.pi * place / len(starts) - math.pi / 2 for place in range(len(starts))]
    return {
        name: Point(round(1.4 * around * math.cos(turn)), round(around * math.sin(turn))) for name, turn in zip(starts, turns, strict=True)
    }


def _reach(count: int) -> Point:
    """How far the rings reach that so many neighbours need on one side."""
    ring, room = 0, 0.0
    while room < count and ring < _RINGS:
        room += _room(ring) * _AWAY / math.pi
        ring += 1
    if not ring:
        return Point(WIDE / 2, HIGH / 2)
    return Point(_FIRST.x + (ring - 1) * _STEP.x + WIDE / 2, _FIRST.y + (ring - 1) * _STEP.y + HIGH / 2)


def _direction(middle: Point, point: Point) -> float | None:
    """The direction in which a place lies from the middle of others; None where it lies in it."""
    return math.atan2(point.y - middle.y, point.x - middle.x) if middle != point else None


def _room(ring: int) -> int:
    """About how many can stand on a ring."""
    return 9 + 6 * ring


def _surround(middle: str, others: Sequence[str], places: Places, away: float | None) -> None:
    """Put neighbours on the rings around an actor, the inner ones first, in the given order from one side to the other.

    Args:
        middle: the actor.
        others: its neighbours.
        places: which places are taken.
        away: in which direction they stand; None for all around.
    """
    new = [other for other in others if other not in places.of]
    centre = places.of[middle]
    found: list[Point] = []
    for ring in range(_RINGS):
        left = len(new) - len(found)
        if not left:
            break
        free = list(_free(centre, ring, found, places, away))
        chosen = free if len(free) <= left else [free[place * len(free) // left] for place in range(left)]
        found += chosen
    found.sort(key=lambda point: (_turn(centre, point, away), point))
    for other, point in zip(new, found, strict=False):
        places.take(other, point)
    for other in new[len(found) :]:
        places.take(other, _nearest(centre, places))


def _free(centre: Point, ring: int, taken: Sequence[Point], places: Places, away: float | None) -> Iterator[Point]:
    """The places on a ring that are free and do not lie on each other or on those that are spoken for, from the top around."""
    mine = list(taken)
    axes = Point(_FIRST.x + ring * _STEP.x, _FIRST.y + ring * _STEP.y)
    begin = -math.pi / 2 if away is None else away - _AWAY
    begin += math.pi / _room(ring) if ring % 2 else 0
    for step in range(_TURNS if away is None else round(_TURNS * _AWAY / math.pi)):
        turn = begin + 2 * math.pi * step / _TURNS
        point = Point(round(centre.x + axes.x * math.cos(turn)), round(centre.y + axes.y * math.sin(turn)))
        if all(abs(other.x - point.x) >= WIDE or abs(other.y - point.y) >= HIGH for other in mine) and places.is_free(point):
            mine.append(point)
            yield point


def _move_out(name: str, count: int, places: Places) -> None:
    """Move an actor that was expanded away from the middle of all, to where its neighbours have room."""
    reach = _reach(count)
    others = [point for other, point in places.of.items() if other != name]
    here = places.leave(name) if name in places.of else Point(0, 0)
    middle = _mean(others) if others else Point(0, 0)
    turn = math.atan2(here.y - middle.y, here.x - middle.x) if (here.x, here.y) != (middle.x, middle.y) else 0.0
    point = here
    while count and any(
        abs(other.x - point.x) < 0.6 * reach.x + WIDE / 2 and abs(other.y - point.y) < 0.6 * reach.y + HIGH / 2 for other in others
    ):
        point = Point(round(point.x + 60 * math.cos(turn)), round(point.y + 40 * math.sin(turn)))
    places.take(name, _nearest(point, places))


def _nearest(point: Point, places: Places) -> Point:
    """The nearest free place, above and below before beside."""
    if places.is_free(point):
        return point
    for far in range(1, 400):
        for column in range(-(far // _COLUMN), far // _COLUMN + 1):
            row = far - abs(column) * _COLUMN
            for y in (-row, row):
                tried = Point(round(point.x + column * WIDE), round(point.y + y * HIGH / 2))
                if places.is_free(tried):
                    return tried
    return point


def _mean(points: Iterable[Point]) -> Point:
    every = list(points)
    return Point(round(sum(point.x for point in every) / len(every)), round(sum(point.y for point in every) / len(every)))


def _turn(centre: Point, point: Point, away: float | None) -> float:
    """The direction in which a place lies, from the top around, or from where its side begins."""
    begin = -math.pi / 2 if away is None else away - math.pi
    return (math.atan2(point.y - centre.y, point.x - centre.x) - begin) % (2 * math.pi)
