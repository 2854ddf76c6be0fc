"""Bunches of neighbours to coordinates.

The thing stands in the middle. Each bunch has a hub that says its relations once, on an inner arc; its neighbours stand
on an outer arc, one below the other, so that no label ever lies on another, whatever their number or length.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from webapp.pages.ego.circle import Bunch, Reading, Tie

WIDTH = 1160.0
MIDDLE = WIDTH / 2
_LEAF, _HUB = 350.0, 290.0
_BEND = 0.12
_ROW, _LINE, _PILL, _GAP, _MARGIN = 27.0, 15.0, 26.0, 14.0, 30.0
_ROOMY = 46.0
_LEAST, _EASY = 150.0, 420.0
_LONGEST, _LINES = 31, 2
_LETTER = 6.8
_SPLIT = 6


@dataclass(frozen=True)
class Leaf:
    """A neighbour with its place.

    Args:
        tie: who it is, and what ties it to the middle.
        x: centre of its mark.
        y: centre of its mark.
        lines: its name, cut into lines.
    """

    tie: Tie
    x: int
    y: float
    lines: Sequence[str]


@dataclass(frozen=True)
class Pill:
    """A relation with the place of its label.

    Args:
        reading: the relation.
        x: left edge.
        y: middle.
        width: of the label.
        inner: where the line from the middle meets it.
        outer: where the lines to its neighbours begin.
    """

    reading: Reading
    x: float
    y: float
    width: float
    inner: float
    outer: float


@dataclass(frozen=True)
class Hub:
    """A bunch with its place.

    Args:
        bunch: the bunch.
        pills: its relations, one below the other.
        leaves: its neighbours.
        is_left: whether it stands left of the middle.
        more_at: where it is said how many more there are.
    """

    bunch: Bunch
    pills: Sequence[Pill]
    leaves: Sequence[Leaf]
    is_left: bool
    more_at: tuple[float, float]


def arranged(bunches: Sequence[Bunch]) -> tuple[list[Hub], float]:
    """The bunches with their places, and the height of the whole."""
    right, left = _halves(bunches)
    rows = max(sum(len(bunch.ties) for bunch in side) for side in (right, left))
    tallest = max(sum(map(_height, side)) for side in (right, left))
    height = max(tallest, min(rows * _ROOMY, _EASY), _LEAST) + 2 * _MARGIN
    return [*_column(right, height, is_left=False), *_column(left, height, is_left=True)], height


@lru_cache(maxsize=4096)
def in_lines(label: str, longest: int = _LONGEST) -> tuple[str, ...]:
    """A name in at most two lines, cut at words where it can be; what does not fit ends in dots."""
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= longest or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < _LINES:
            lines.append(word)
        else:
            lines[-1] = longer
            break
    return tuple(line if len(line) <= longest else line[: longest - 1].rstrip(" ,.(") + "…" for line in lines)


def _halves(bunches: Sequence[Bunch]) -> tuple[list[Bunch], list[Bunch]]:
    """The right and the left side, as even as bunches allow; a large one may stand on both."""
    half = sum(map(_height, bunches)) / 2
    filled = 0.0
    for place, bunch in enumerate(bunches):
        over = filled + _height(bunch) - half
        if over <= 0:
            filled += _height(bunch)
            continue
        if len(bunch.ties) >= _SPLIT:
            count = min(max(round((half - filled) / _ROW), 2), len(bunch.ties) - 2)
            first, second = replace(bunch, ties=bunch.ties[:count], more=0), replace(bunch, ties=bunch.ties[count:])
            return [*bunches[:place], first], [second, *bunches[place + 1 :]]
        cut = place if place and over > half - filled else place + 1
        return list(bunches[:cut]), list(bunches[cut:])
    return list(bunches), []


def _column(side: Sequence[Bunch], height: float, *, is_left: bool) -> list[Hub]:
    """One side, its rows spread over the height."""
    filled = sum(map(_height, side))
    rows = max(sum(len(bunch.ties) for bunch in side), 1)
    loose = max(min((height - 2 * _MARGIN - filled) / rows, _ROOMY - _ROW), 0.0)
    y = (height - filled - loose * rows) / 2
    hubs = []
    for bunch in side:
        tall = _height(bunch) + loose * len(bunch.ties)
        hubs.append(_hub(bunch, y, tall, loose, height, is_left=is_left))
        y += tall
    return hubs


def _hub(bunch: Bunch, top: float, tall: float, loose: float, height: float, *, is_left: bool) -> Hub:
    rows = sum(_row(tie) + loose for tie in bunch.ties)
    y = top + (tall - rows - (_ROW if bunch.more else 0)) / 2
    middle = y + rows / 2
    leaves = []
    for tie in bunch.ties:
        at = y + (_row(tie) + loose) / 2
        leaves.append(Leaf(tie, _x(at, height, _LEAF, is_left=is_left), round(at, 1), _lines(tie)))
        y += _row(tie) + loose
    first = middle - (len(bunch.readings) - 1) / 2 * _PILL
    pills = [_pill(reading, first + place * _PILL, height, is_left=is_left) for place, reading in enumerate(bunch.readings)]
    at = round(y + _ROW / 2, 1)
    return Hub(bunch, pills, leaves, is_left, (_x(at, height, _LEAF, is_left=is_left), at))


def _pill(reading: Reading, y: float, height: float, *, is_left: bool) -> Pill:
    width = round(len(reading.label) * _LETTER + 20, 1)
    outer = _x(y, height, _HUB, is_left=is_left)
    inner = round(outer + width if is_left else outer - width, 1)
    return Pill(reading, min(inner, outer), round(y, 1), width, inner, outer)


def _x(y: float, height: float, reach: float, *, is_left: bool) -> int:
    """How far out something at this height stands: furthest in the middle, less towards both ends."""
    off = (y - height / 2) / (height / 2)
    out = reach - _BEND * _LEAF * off * off
    return round(MIDDLE - out if is_left else MIDDLE + out)


def _height(bunch: Bunch) -> float:
    rows = sum(map(_row, bunch.ties)) + (_ROW if bunch.more else 0)
    return max(rows, len(bunch.readings) * _PILL) + _GAP


def _row(tie: Tie) -> float:
    return _ROW + _LINE * (len(_lines(tie)) - 1)


def _lines(tie: Tie) -> Sequence[str]:
    """What stands beside a neighbour: its name, and the remark, which is never cut."""
    lines = in_lines(tie.end.label)
    if not tie.remark:
        return lines
    if len(lines[-1]) + len(tie.remark) + 3 <= _LONGEST:
        return [*lines[:-1], f"{lines[-1]} ({tie.remark})"]
    return [*lines, f"({tie.remark})"]
