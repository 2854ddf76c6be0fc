"""Lines of a PDF to headings, paragraphs, items and rows.

A PDF says where letters stand and no more; these rules say what a reader would take them for.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.reading.blocks import Block, Form, Piece
from graph.reading.hyphens import Words
from graph.reading.lines import Line, without

_LARGER = 1.12
_LONGEST_HEADING = 200
_WIDE_GAP = 1.35
_SLACK = 0.25
_INDENT = 0.8
_SAME_SIZE = 0.06
_MOST_LEVELS = 6
_MOSTLY = 0.5
_FULL_STOP = re.compile(r"[.!?:;\u2026][\"'\u2019\u201d\u00bb)\]]*$")
_NO_HEADING = re.compile(r"[.;,]$")


class Paragraphs:
    """Takes the lines of a document together.

    Args:
        lines: in reading order.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure what is usual in the document."""
        self._lines = lines
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[_rounded(line.size)] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 1.0
        bold = sum(len(line.text) for line in lines if line.is_bold)
        self._bold_counts = bold < _MOSTLY * sum(sizes.values())
        self._edges: dict[int, tuple[float, float]] = {}
        for line in lines:
            left, right = self._edges.get(line.region, (line.left, line.right))
            self._edges[line.region] = (min(left, line.left), max(right, line.right))
        self._pitch = self._pitches()
        self._words = Words(line.text for line in lines)

    def blocks(self) -> list[Block]:
        """The blocks of the document."""
        groups = list(self._groups())
        headings = {index for index, group in enumerate(groups) if self._is_heading(group, groups[index + 1 : index + 2])}
        looks = sorted({self._look(groups[index][0]) for index in headings}, reverse=True)
        found: list[Block] = []
        for index, group in enumerate(groups):
            if index in headings:
                level = min(looks.index(self._look(group[0])) + 1, _MOST_LEVELS)
                found.append(Block(Form.HEADING, [self._joined(group)], level=level))
            elif group[0].is_row:
                found.append(Block(Form.ROW, self._cells(group)))
            elif mark := self._mark(group[0]):
                found.append(Block(Form.ITEM, [without(self._joined(group), len(mark))], mark=_shown(mark)))
            else:
                found.append(Block(Form.PARAGRAPH, [self._joined(group)]))
        return found

    def _pitches(self) -> dict[tuple[int, float], float]:
        """The distance of lines that is usual in each region for each size."""
        gaps: dict[tuple[int, float], list[float]] = defaultdict(list)
        for before, line in pairwise(self._lines):
            if before.region == line.region and _is_same_size(before, line) and before.base > line.base:
                gaps[line.region, _rounded(line.size)].append(before.base - line.base)
        return {key: sorted(found)[len(found) // 5] for key, found in gaps.items()}

    def _groups(self) -> Iterator[list[Line]]:
        """Lines that belong together."""
        group: list[Line] = []
        for line in self._lines:
            if group and not self._goes_on(group, line):
                yield group
                group = []
            group.append(line)
        if group:
            yield group

    def _goes_on(self, group: list[Line], line: Line) -> bool:
        before = group[-1]
        is_close, is_closed = self._is_close(before, line), bool(_FULL_STOP.search(before.text))
        is_other = before.is_bold != line.is_bold and (self._is_set_off(before) or self._is_set_off(line))
        if line.is_row or line.is_bullet or is_other or not _is_same_size(before, line):
            return False
        if group[0].is_row:
            return is_close and abs(line.left - group[0].lefts[-1]) < line.size / 2
        if line.mark and (is_closed or group[0].mark or not is_close):
            return False
        if before.region != line.region:
            is_below = before.page == line.page and before.base > line.base
            is_full = line.text[:1].islower() or self._slack(before) < _SLACK
            return is_full and not (is_closed or is_below or self._is_set_off(line))
        if group[0].mark and line.left - group[0].left > line.size / 2:
            return is_close
        return is_close and self._is_aligned(group, line) and not self._was_ended(before, line, is_closed=is_closed)

    def _is_aligned(self, group: list[Line], line: Line) -> bool:
        """Whether a line begins where one that goes on does."""
        before = group[-1]
        if self._is_set_off(line):
            return True  # headings of two lines hang or are centred
        if line.left - before.left > _INDENT * line.size:
            return False
        return before.left - line.left <= _INDENT * line.size or len(group) == 1

    def _was_ended(self, before: Line, line: Line, *, is_closed: bool) -> bool:
        """Whether a line was ended on purpose: the next word would have found room on it."""
        _, right = self._edges[before.region]
        has_room = before.right + line.first_word + line.size / 3 < right
        return has_room and not before.text.endswith("-") and (is_closed or self._slack(before) >= _SLACK)

    def _slack(self, line: Line) -> float:
        left, right = self._edges[line.region]
        return (right - line.right) / max(right - left, 1.0)

    def _is_close(self, before: Line, line: Line) -> bool:
        if before.region != line.region or before.base < line.base:
            return False
        usual = self._pitch.get((line.region, _rounded(line.size)), line.size * 1.2)
        return before.base - line.base <= _WIDE_GAP * max(usual, line.size)

    def _is_set_off(self, line: Line) -> bool:
        """Whether the letters of a line are those of a heading."""
        return line.size >= _LARGER * self._body or (line.is_bold and self._bold_counts and not line.is_row)

    def _is_heading(self, group: list[Line], after: list[list[Line]]) -> bool:
        text = " ".join(line.text for line in group)
        if not self._is_set_off(group[0]) or group[0].is_row or group[0].is_bullet or len(text) > _LONGEST_HEADING:
            return False
        if not any(sign.isalpha() for sign in text):
            return False
        if group[0].size >= _LARGER * self._body:
            return True
        ends_free = self._slack(group[-1]) >= _SLACK / 2 or not after or not self._is_close(group[-1], after[0][0])
        return ends_free and not _NO_HEADING.search(text)

    @staticmethod
    def _look(line: Line) -> tuple[float, bool]:
        return _rounded(line.size), line.is_bold

    @staticmethod
    def _mark(line: Line) -> str:
        return line.mark if len(line.text) > len(line.mark) else ""

    def _joined(self, group: Sequence[Line]) -> list[Piece]:
        found: list[Piece] = []
        for line in group:
            words = [piece for number, cell in enumerate(line.cells) for piece in [*([Piece(" ", cell[0].origin)] * (number > 0)), *cell]]
            found = self._words.continued(found, words) if found else words
        return found

    def _cells(self, group: Sequence[Line]) -> list[list[Piece]]:
        first, *others = group
        return [*first.cells[:-1], self._joined([_alone(first), *others])]


def _alone(line: Line) -> Line:
    """The last cell of a row as a line."""
    return Line(line.region, line.lefts[-1], line.right, line.base, line.size, line.cells[-1:], line.lefts[-1:])


def _is_same_size(before: Line, line: Line) -> bool:
    return abs(before.size - line.size) <= _SAME_SIZE * max(before.size, line.size)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _shown(mark: str) -> str:
    """A bullet or dash as `-`; a number as it stands."""
    bare = mark.strip()
    return bare if bare[-1] in ".)" else "-"
