"""Decisions as a table: what goes out comes in as it was, nothing in it is run, and what was changed is set aside."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions.events import Event, undo
from graph.decisions.spreadsheet import COLUMNS, read, written
from graph.errors import DecisionError
from tests.graph.decisions.anything import anything
from tests.graph.decisions.making import act, at, claim, pair

FILE = Path("decisions.csv")
EVENTS = (act("accept", "ana", 1), act("correct", "ben", 2, replacement=claim("supports")), pair("merge", "ana", 3, "a", "b"))


MANY = tuple(act("accept", name, 1, note=note) for name, note in (("ana", "of one line"), ("ben", 'a "quote"'), ("cyd", ", b; c\n1")))
BAD_CELLS = {
    "a quote closed too early": (b'"a"b', "',' expected after '\"'"),
    "a quote never closed": (b'"a', "this row cannot be read"),
    "bytes of another encoding": (b"Espa\xf1a", "this row is no UTF-8"),
    "a cell beyond all measure": (b"a" * 200_000, "field larger than field limit"),
}
"""What stands in the first cell of a row, and what is said of it."""


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def text_of(rows: list[list[str]], delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()


def changed(column: str, cell: str, event: Event = EVENTS[0]) -> bytes:
    rows = rows_of(written([event]))
    rows[1][rows[0].index(column)] = cell
    return text_of(rows)


@given(st.lists(anything(), max_size=4))
def test_what_goes_out_comes_in_as_it_was(events: list[Event]) -> None:
    found = read(written(events).encode(), FILE)
    assert found.aside == ()
    assert [event.line for event in found.events] == [event.line for event in events]


@given(anything())
def test_no_cell_is_taken_for_a_formula(event: Event) -> None:
    assert not [cell for row in rows_of(written([event])) for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_row_is_an_event_in_plain_columns() -> None:
    names, row, *_ = rows_of(written(EVENTS))
    cells = dict(zip(names, row, strict=True))
    wanted = {"act": "accept", "by": "ana", "subject": "country/ESP", "subject_name": "Spain", "relation": "memberOf", "confidence": "0.9"}
    assert cells.items() >= wanted.items()
    assert len(names) == len(set(names)) == len(COLUMNS) + 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_stand_in_any_order_and_be_separated_otherwise(delimiter: str) -> None:
    rows = [row[::-1] for row in rows_of(written(EVENTS))]
    assert read(text_of([*rows, [""] * len(rows[0])], delimiter), FILE).events == EVENTS


def test_columns_that_say_nothing_may_be_gone() -> None:
    rows = rows_of(written(EVENTS[:1]))
    kept = [place for place, name in enumerate(rows[0]) if rows[1][place] or name == "more"]
    assert read(text_of([[row[place] for place in kept] for row in rows]), FILE).events == EVENTS[:1]


def test_a_number_may_be_written_otherwise() -> None:
    assert read(changed("confidence", "0.90"), FILE).events == EVENTS[:1]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("act", "reject", "has been changed"),
        ("id", "", "has been changed"),
        ("note", "sure", "has been changed"),
        ("at", "25/11/2026 10:00", "at: "),
        ("start", "a", "cannot be read"),
        ("start", "1.5", "evidence.start"),
        ("confidence", "0,9", "cannot be read"),
        ("confidence", "Infinity", "no JSON"),
        ("confidence", "1e999", "no JSON"),
        ("more", "[]", "no JSON object"),
        ("more", '{"by":"ben"}', "stands in a column and in more"),
        ("more", '{"claim":1}', "no JSON object"),
        ("more", "[" * 60_000, "cannot be read"),
        ("quote", "Spain", "not as long"),
        ("by", "Ana García", "by: "),
        ("profile", "france-2018-cse", "not that of the claim"),
        ("profile", "../x", "profile"),
    ],
)
def test_a_row_that_was_changed_is_set_aside_with_its_line(column: str, cell: str, told: str) -> None:
    rows = rows_of(written(EVENTS))
    found = read(text_of([*rows_of(changed(column, cell).decode()), rows[3]]), FILE)
    assert found.events == EVENTS[2:]
    (error,) = found.aside
    assert (error.path, error.line, error.stops) == ("decisions.csv", 2, False)
    assert told in str(error)


def test_a_row_with_more_or_fewer_cells_is_set_aside() -> None:
    names, *rows = rows_of(written(EVENTS))
    found = read(text_of([names, ["a", "b", "c"], *rows]), FILE)
    assert found.events == EVENTS
    assert [str(error).partition(" and ")[0] for error in found.aside] == ["decisions.csv:2: this row has 3 cells"]


@pytest.mark.parametrize("cell", BAD_CELLS, ids=BAD_CELLS)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_cell_that_cannot_be_read_costs_its_row_alone(cell: str, place: int) -> None:
    raw, told = BAD_CELLS[cell]
    lines = [line.encode() for line in [written([]), *(written([one]).removeprefix(written([])) for one in MANY)]]
    bad = raw + b"," * (len(rows_of(written(MANY))[0]) - 1) + b"\n"
    found = read(b"".join([*lines[:place], bad, *lines[place:]]), FILE)
    assert found.events == MANY
    (error,) = found.aside
    assert (error.line, error.stops) == (place + 1, False)
    assert told in str(error)


def test_a_table_of_bad_rows_alone_is_read_in_time() -> None:
    head = written([]).encode()
    found = read(head + b'"\n' * 20_000, FILE)
    assert found.events == ()
    assert found.aside


@pytest.mark.parametrize("data", [b"", b"a,b\n", b"id,act,more,id\n", b"\xff\xfe", b'"id"x,act,more\n', b"id,act,more,colour\n"])
def test_what_is_no_table_of_decisions_is_refused(data: bytes) -> None:
    with pytest.raises(DecisionError) as found:
        read(data, FILE)
    assert found.value.stops


@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_any_bytes_are_refused_with_an_error_of_ours(data: bytes) -> None:
    with pytest.raises(DecisionError):
        read(data, FILE)


def test_an_undo_has_all_that_it_undoes() -> None:
    event = undo(EVENTS[1], "ben", at(9))
    assert read(written([event]).encode(), FILE).events == (event,)
