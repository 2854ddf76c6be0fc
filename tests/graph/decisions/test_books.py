"""The books: they balance for any history, and whatever is left out is noticed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.decisions.books import Placed, balanced
from graph.decisions.events import undo
from graph.decisions.fates import COUNTS
from graph.decisions.log import Recorded, read, record
from graph.decisions.outcomes import Outcomes, fold
from graph.decisions.stances import Unit
from graph.errors import DecisionError
from tests.graph.decisions.making import THERE, act, at, claim, pair

FIRST = act("accept", "ana", 1)
HISTORY = [
    FIRST,
    act("reject", "ana", 2),
    act("reject", "ben", 3, on=THERE),
    act("correct", "cyd", 4, claim("leads"), replacement=claim("chairs")),
    act("retract", "cyd", 5),
    undo(FIRST, "ana", at(6)),
    pair("merge", "ana", 7, "a", "b"),
]


def kept(folder: Path) -> tuple[Recorded, Outcomes, dict[Unit, Placed]]:
    """A folder with the history and a spoilt line, and what is made of it."""
    record(folder, HISTORY)
    record(folder, HISTORY[:1])
    with (folder / FIRST.file).open("ab") as file:
        file.write(b"oh\n")
    recorded = read(folder)
    outcomes = fold(recorded.events)
    return recorded, outcomes, {unit: Placed(judgement.state, "exact") for unit, judgement in outcomes.judgements.items()}


def test_each_line_is_told_of_once(tmp_path: Path) -> None:
    books = balanced(tmp_path, *kept(tmp_path))
    assert books.lines == 9
    assert books.fates == {"counts": 5, "superseded": 0, "undone": 1, "void": 1}
    assert sum(books.fates.values()) + books.repeated + books.aside == books.lines
    assert books.report() == [
        "9 lines: 5 count, 1 undone, 1 without effect, 1 repeated, 1 set aside",
        "judgements: 1 corrected, 3 rejected",
        "their words: 4 exact",
        f"spain-2018-cse.jsonl: retract {HISTORY[4].id} of 2026-11-01 has no effect: its reviewer has added nothing that it would retract",
    ]


def test_no_decisions_make_no_words(tmp_path: Path) -> None:
    assert balanced(tmp_path, Recorded(), fold([]), {}).report() == []


SPOILT: dict[str, Callable[[Recorded, Outcomes, dict[Unit, Placed]], tuple[Recorded, Outcomes, dict[Unit, Placed]]]] = {
    "a line is lost": lambda r, o, p: (replace(r, lines=r.lines + 1), o, p),
    "an event is lost": lambda r, o, p: (replace(r, events=r.events[1:], repeated=r.repeated + 1), o, p),
    "a fate is lost": lambda r, o, p: (r, replace(o, fates=dict(list(o.fates.items())[1:])), p),
    "a judgement is lost": lambda r, o, p: (r, replace(o, judgements=dict(list(o.judgements.items())[1:])), dict(list(p.items())[1:])),
    "an undone event counts": lambda r, o, p: (r, replace(o, fates={**o.fates, FIRST.id: COUNTS}), p),
    "a place is lost": lambda r, o, p: (r, o, dict(list(p.items())[1:])),
    "a place is invented": lambda r, o, p: (r, o, p | {Unit("x", "y", "z"): Placed("accepted", "exact")}),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_does_not_add_up_stops(name: str, tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="do not add up") as found:
        balanced(tmp_path, *SPOILT[name](*kept(tmp_path)))
    assert found.value.stops
