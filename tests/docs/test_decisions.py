"""docs/decisions.md: its events can be read, its tables are what the code does, its example runs."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from graph.decisions import annotations, spreadsheet
from graph.decisions.anchors import CLOSE, AnchorState
from graph.decisions.events import ACTORS, LONGEST_LINE, NEEDED, Act, Event, parse, undo
from graph.decisions.figures import ENOUGH_REVIEWED, ENOUGH_SHARED, Agreement, Precision
from graph.decisions.log import read
from graph.decisions.outcomes import fold
from graph.decisions.records import CONTEXT, LONGEST_NOTE
from graph.iris import Iris
from tests.graph.decisions.making import HERE, act, at, claim

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ((?:(?:ana|ben|cyd) \w+(?:, )?)+) \| ([\w ]+) \|$", PAGE, re.MULTILINE)


def test_the_events_on_the_page_are_events() -> None:
    blocks = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    read_back = [
        parse(json.dumps(json.loads(block)).encode(), Path(ACTORS if '"merge"' in block else "spain-2018-cse.jsonl"), 1) for block in blocks
    ]
    assert [event.act for event in read_back] == ["accept", "merge"]
    evidence = read_back[0].evidence
    assert evidence
    text = (ROOT / "data/profiles/spain-2018-cse.txt").read_text(encoding="utf-8")
    assert text[evidence.start : evidence.end] == evidence.quote


def test_the_page_lists_each_act_with_what_it_needs() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ((?:`\w+` ?)+) \|", PAGE, re.MULTILINE))
    assert {act: frozenset(re.findall(r"\w+", needed)) for act, needed in rows.items() if act in get_args(Act)} == NEEDED


def test_the_page_lists_each_anchor_and_each_limit() -> None:
    assert set(re.findall(r"^\| `(\w+)` \| [^|`]+ \|$", PAGE, re.MULTILINE)) >= set(get_args(AnchorState))
    for words in (f"{LONGEST_LINE:,} bytes", f"{CLOSE:.0%}".replace("%", " %"), f"{CONTEXT} code points", f"{LONGEST_NOTE:,} letters"):
        assert words in PAGE


@pytest.mark.parametrize("row", ROWS, ids=[acts for acts, _ in ROWS])
def test_a_row_of_outcomes(row: tuple[str, str]) -> None:
    made: list[Event] = []
    for minute, (by, name) in enumerate(words.split() for words in row[0].split(", ")):
        if name == "undo":
            made.append(undo(made[-1], by, at(minute)))
        else:
            more = {"replacement": claim("supports")} if name == "correct" else {}
            made.append(act(name, by, minute, **more))  # type: ignore[arg-type]
    unit = ("spain-2018-cse", claim().key)
    assert fold(made).claims.get(unit, "open again") == row[1]


def test_the_table_of_outcomes_is_read() -> None:
    assert len(ROWS) == 15


def test_the_examples_run(tmp_path: Path) -> None:
    for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(code, "docs/decisions.md", "exec"), {"claim": claim(), "evidence": HERE, "folder": tmp_path})  # noqa: S102  # ours
    assert [event.act for event in read(tmp_path).events] == ["accept", "undo"]
    assert fold(read(tmp_path).events).claims == {}


def test_the_annotation_on_the_page_is_that_of_its_first_event() -> None:
    (block,) = re.findall(r"```jsonld\n(.*?)```", PAGE, re.DOTALL)
    found = annotations.read(block.encode(), Path("docs/decisions.md"), Iris())
    assert found.aside == ()
    assert [annotations.annotation(event, Iris()) for event in found.events] == [json.loads(block)]
    first = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0]
    assert [json.loads(event.line) for event in found.events] == [json.loads(first)]


def test_the_page_lists_each_motivation_and_each_column() -> None:
    rows = re.findall(r"^\| `(\w+ing)` \| ((?:`\w+` ?)+) \|$", PAGE, re.MULTILINE)
    assert {act: motivation for motivation, acts in rows for act in re.findall(r"\w+", acts)} == annotations.MOTIVATIONS
    listed = next(line for line in PAGE.splitlines() if line.startswith("`id` `format`"))
    columns = [name for name in (*spreadsheet.COLUMNS, spreadsheet.MORE) if not name.startswith("replacement_")]
    assert re.findall(r"`(\w+)`", listed) == columns


def test_the_figures_on_the_page_are_what_the_code_gives() -> None:
    assert f"18 right of 20 make a confidence of {Precision('r', 18, 2, 0, None).confidence:.2f}." in PAGE
    assert f"have a kappa of {Agreement('a', 'b', 20, 5, 10, 15).kappa:.2f}." in PAGE
    assert f"until {ENOUGH_REVIEWED} of its proposals" in PAGE
    assert f"below {ENOUGH_SHARED} that both judged" in PAGE
