"""docs/reading.md says what can be read and which limits hold, as they are."""

import re
from pathlib import Path

from graph.reading import Limits, archive, kinds, pdf

PAGE = (Path(__file__).parents[2] / "docs/reading.md").read_text(encoding="utf-8")


def test_the_page_lists_each_ending_with_its_limit() -> None:
    rows = re.findall(r"^\| `(\.\w+)` \|[^|]+\| (\d+) MB \|", PAGE, re.MULTILINE)
    assert {ending: int(size) * 2**20 for ending, size in rows} == {ending: kind.most for ending, kind in kinds.KINDS.items()}
    assert f"it may have {kinds.MAX_TEXT // 2**20} MB" in PAGE


def test_the_page_states_the_limits_of_a_conversion() -> None:
    limits = Limits()
    assert (
        f"{limits.cpu_seconds} seconds of processor time, {limits.wall_seconds:g} seconds on the clock, {limits.memory // 2**20:,} MB of memory, "
        f"{limits.open_files} open files and {limits.output // 2**20} MB of answer"
    ) in PAGE
    assert (
        f"{archive.MOST_ENTRIES:,} parts that inflate to {archive.MOST_BYTES // 2**20} MB, {archive.MOST_XML_BYTES // 2**20} MB of it text, "
        f"and no part above {archive.SMALL // 2**20} MB may inflate to more than {archive.MOST_TIMES} times its size"
    ) in PAGE
    assert f"A PDF may have {pdf.MOST_PAGES:,} pages" in PAGE
