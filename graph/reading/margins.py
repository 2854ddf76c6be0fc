"""What repeats at the upper and lower edges of the pages of a PDF: running headers and footers, numbers of pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.reading.glyphs import Run

_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")
_OUTERMOST = 3
"""Lines at each edge that are looked at."""
_SHARE = 0.3
"""Of the pages, on how many a line must stand to be a running one; at least on two."""
_SAME_HEIGHT = 3.0
_SAME_LINE = 2.0

_Key = tuple[str, bool]


def without_running_lines(pages: Sequence[list[Run]]) -> list[list[Run]]:
    """The runs of each page but those that stand, apart from figures, at the same height of an edge of several pages."""
    seen: dict[_Key, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for is_top in (True, False):
            for run in (run for line in _edge(page, is_top=is_top) for run in line):
                seen[_key(run, is_top=is_top)].append((number, run.base))
    least = max(2, _SHARE * len(pages))

    def repeats(run: Run, *, is_top: bool) -> bool:
        same = seen[_key(run, is_top=is_top)]
        return len({number for number, base in same if abs(base - run.base) <= _SAME_HEIGHT}) >= least

    kept: list[list[Run]] = []
    for page in pages:
        dropped: set[int] = set()
        for is_top in (True, False):
            for line in _edge(page, is_top=is_top):
                if not all(repeats(run, is_top=is_top) for run in line):
                    break
                dropped |= {id(run) for run in line}
        kept.append([run for run in page if id(run) not in dropped])
    return kept


def _key(run: Run, *, is_top: bool) -> _Key:
    return _FIGURES.sub("#", " ".join(run.text.casefold().split())), is_top


def _edge(page: Iterable[Run], *, is_top: bool) -> list[list[Run]]:
    """The outermost lines of a page, the outermost first."""
    found: list[list[Run]] = []
    for run in sorted(page, key=lambda run: run.base, reverse=is_top):
        if found and abs(found[-1][0].base - run.base) <= _SAME_LINE:
            found[-1].append(run)
        elif len(found) == _OUTERMOST:
            break
        else:
            found.append([run])
    return found
