"""The runs of a page in reading order: column by column where a gutter parts columns of running text."""

from collections.abc import Sequence
from itertools import groupby
from statistics import fmean

from graph.reading.glyphs import Run

_STEP = 2.0
_LEAST_GUTTER = 4
"""Steps without text that make a gutter."""
_MOST_CROSSING = 0.35
"""Share of runs that may cross a gutter: headings and the like over the whole width."""
_MIDDLE = (0.2, 0.8)
_LEAST_RUNS, _LEAST_LETTERS = 5, 18
"""A column of running text has at least so many runs, and so many letters in each on average; one of a table has fewer."""
_LEAST_IN_BAND = 3
_MOST_COLUMNS_DEPTH = 2


def regions(runs: Sequence[Run], depth: int = 0) -> list[list[Run]]:
    """The runs of a page or a part of it, in groups that are read one after the other.

    Args:
        runs: in any order.
        depth: how often the page was parted already.
    """
    gutter = _gutter(runs) if depth < _MOST_COLUMNS_DEPTH else None
    if gutter is None:
        return [list(runs)] if runs else []
    left, right, crossing = _parted(runs, gutter)
    if not all(_is_running_text(side) for side in (left, right)):
        return [list(runs)]
    sides = {id(run): number for number, side in enumerate((left, right)) for run in side}
    bases = sorted((run.base for run in crossing), reverse=True)
    found: list[list[Run]] = []
    for _, band in groupby(sorted(runs, key=lambda run: _band(run, sides, bases)), key=lambda run: _band(run, sides, bases)):
        members = list(band)
        halves = [[run for run in members if sides.get(id(run)) == side] for side in (0, 1)]
        if id(members[0]) not in sides or min(map(len, halves)) < _LEAST_IN_BAND:
            found.append(members)
        else:
            found += [region for half in halves for region in regions(half, depth + 1)]
    return _joined(found)


def _band(run: Run, sides: dict[int, int], bases: Sequence[float]) -> tuple[int, int]:
    """How many crossing runs stand above a run, and whether it is one itself, after which a new band begins."""
    is_crossing = id(run) not in sides
    return sum(base > run.base + (0 if is_crossing else run.size / 2) for base in bases), int(is_crossing)


def _joined(found: list[list[Run]]) -> list[list[Run]]:
    """Groups that are one below the other and not parted into columns, as one."""
    joined: list[list[Run]] = []
    for region in found:
        if joined and len(region) < _LEAST_IN_BAND and len(joined[-1]) < _LEAST_IN_BAND:
            joined[-1] = joined[-1] + region
        else:
            joined.append(region)
    return joined


def _gutter(runs: Sequence[Run]) -> tuple[float, float] | None:
    """The widest stretch in the middle that few runs cross."""
    if len(runs) < 2 * _LEAST_RUNS:
        return None
    start, end = min(run.left for run in runs), max(run.right for run in runs)
    covered = [0] * (int((end - start) / _STEP) + 2)
    for run in runs:
        for place in range(int((run.left - start) / _STEP), int((run.right - start) / _STEP) + 1):
            covered[place] += 1
    middle = range(int(len(covered) * _MIDDLE[0]), int(len(covered) * _MIDDLE[1]))
    free = [list(group) for is_free, group in groupby(middle, lambda at: covered[at] <= _MOST_CROSSING * len(runs)) if is_free]
    levels = sorted({covered[at] for group in free for at in group})
    for level in levels:  # the emptiest stretch that is wide enough
        stretches = [list(group) for is_low, group in groupby(middle, lambda at: covered[at] <= level) if is_low]  # noqa: B023
        widest = max(stretches, key=len)
        if len(widest) >= _LEAST_GUTTER:
            return start + widest[0] * _STEP, start + (widest[-1] + 1) * _STEP
    return None


def _parted(runs: Sequence[Run], gutter: tuple[float, float]) -> tuple[list[Run], list[Run], list[Run]]:
    centre = sum(gutter) / 2
    left = [run for run in runs if run.right <= centre]
    right = [run for run in runs if run.left >= centre]
    return left, right, [run for run in runs if run.left < centre < run.right]


def _is_running_text(side: Sequence[Run]) -> bool:
    return len(side) >= _LEAST_RUNS and fmean(len(run.text) for run in side) >= _LEAST_LETTERS
