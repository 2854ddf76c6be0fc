"""Paths to coordinates: both ends once, and between them a lane for each path, with its stops and its relations."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.pages.claims import End
from webapp.pages.ego.layout import in_lines
from webapp.pages.paths.steps import Step, Way

WIDTH = 1160
_SOURCE, _TARGET = 104, WIDTH - 104
_BEGIN, _END = 210, WIDTH - 210
"""Where the ends stand, and where lanes begin and end."""
_ROW, _MARGIN = 92, 22
_LETTER, _RELATION_LETTER = 7.2, 6.6
_LONGEST, _END_LONGEST = 34, 21
_ROOM = 26
"""What a mark and the space around it take of a lane."""


@dataclass(frozen=True)
class Stop:
    """A thing on a lane, with its place and its name in lines."""

    end: End
    x: int
    lines: Sequence[str]


@dataclass(frozen=True)
class Segment:
    """A hop: its line, and where its relation is written.

    Args:
        step: the hop.
        line: the line, as SVG has it.
        x: middle of the relation's name.
        lines: the name, with an arrow the way that the claim runs.
    """

    step: Step
    line: str
    x: int
    lines: Sequence[str]


@dataclass(frozen=True)
class Lane:
    """A path with its place."""

    way: Way
    y: int
    stops: Sequence[Stop]
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Drawing:
    """All paths.

    Args:
        lanes: one for each.
        source: the end on the left.
        target: the end on the right.
        height: of the whole.
    """

    lanes: Sequence[Lane]
    source: Stop
    target: Stop
    height: int

    @property
    def y(self) -> int:
        """Where both ends stand."""
        return self.height // 2

    @property
    def kinds(self) -> list[str]:
        """The kinds of things that are drawn, for the legend."""
        return list(
            dict.fromkeys(stop.end.kind for stop in (self.source, *(stop for lane in self.lanes for stop in lane.stops), self.target))
        )


def drawing(ways: Sequence[Way]) -> Drawing | None:
    """The drawing of some paths between the same two things; None if there are none."""
    if not ways:
        return None
    height = max(_ROW * len(ways), 2 * _ROW) + 2 * _MARGIN
    top = (height - _ROW * (len(ways) - 1)) // 2
    stops = ways[0].stops
    lanes = [_lane(way, top + _ROW * place, height // 2) for place, way in enumerate(ways)]
    return Drawing(lanes, _end(stops[0], _SOURCE), _end(stops[-1], _TARGET), height)


def _end(end: End, x: int) -> Stop:
    return Stop(end, x, in_lines(end.label, _END_LONGEST))


def _lane(way: Way, y: int, middle: int) -> Lane:
    count = len(way.steps)
    length = (_END - _BEGIN) / count
    places = [round(_BEGIN + length * place) for place in range(count + 1)]
    stops = [Stop(end, x, in_lines(end.label, _fitting(length - 8, _LETTER))) for end, x in zip(way.stops[1:-1], places[1:-1], strict=True)]
    segments = []
    for place, step in enumerate(way.steps):
        begin, end = places[place], places[place + 1]
        line = f"M{begin} {y}" if place else f"M{_SOURCE} {middle}{_curve(_SOURCE, middle, _BEGIN, y)}"
        line += f"H{end}" + ("" if place < count - 1 else _curve(_END, y, _TARGET, middle))
        lines = _written(step, _fitting(length - _ROOM, _RELATION_LETTER))
        segments.append(Segment(step, line, (begin + end) // 2, lines))
    return Lane(way, y, stops, segments)


def _written(step: Step, longest: int) -> list[str]:
    """The relation with an arrow the way that the claim runs."""
    lines = list(in_lines(step.first.label, longest - 2))
    match step.direction(step.first):
        case "against":
            return [f"← {lines[0]}", *lines[1:]]
        case "along":
            return [*lines[:-1], f"{lines[-1]} →"]
        case "both":
            return [*lines[:-1], f"{lines[-1]} ↔"]


def _fitting(room: float, letter: float) -> int:
    return min(int(room / letter), _LONGEST)


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    bend = (x + to_x) // 2
    return f"C{bend} {y} {bend} {to_y} {to_x} {to_y}"
