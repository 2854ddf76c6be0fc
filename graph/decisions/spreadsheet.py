"""Decisions as a table for spreadsheets, and back: one row an event, plain columns.

An empty cell says nothing. What has no column, such as the fields of a later version or a text that is there and empty,
stands in `more` as JSON. A cell that a spreadsheet would run as a formula, or that begins with an apostrophe, has one
more apostrophe before it. What comes in is checked as a line of our own files is: a cell that a spreadsheet has changed,
a date into another way to write it for example, is noticed by the `id` and sets its row aside.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.decisions.events import Event, strict_json
from graph.decisions.incoming import Incoming, aside, checked
from graph.errors import DecisionError
from graph.sheets import spreadsheet

_END = {"": "reference", "_name": "name", "_kind": "kind"}
_OF_CLAIM = ("key", "relation", "polarity", "modality", "from", "until")
_OF_EVIDENCE = ("quote", "start", "end", "sentences", "passage", "prefix", "suffix", "rule", "version", "confidence")


def _ends(*names: str, within: tuple[str, ...] = (), mark: str = "") -> dict[str, tuple[str, ...]]:
    return {f"{mark}{name}{column}": (*within, name, field) for name in names for column, field in _END.items()}


def _claim(name: str, mark: str) -> dict[str, tuple[str, ...]]:
    ends = _ends("subject", "object", within=(name,), mark=mark)
    return ends | {f"{mark or 'claim_' if field == 'key' else mark}{field}": (name, field) for field in _OF_CLAIM}


COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("id", "format", "act", "at", "by", "profile")},
    **_claim("claim", ""),
    **{name: ("evidence", name) for name in _OF_EVIDENCE},
    **_claim("replacement", "replacement_"),
    "rechecks": ("rechecks",),
    **_ends("actor", "other"),
    **{name: (name,) for name in ("text_hash", "undoes", "undone", "note")},
}
"""Each column with the field of an event that stands in it."""
MORE = "more"
"""The column of all that has no other one."""
_NUMBERS = frozenset({"format", "start", "end", "confidence"})
_LIST = "sentences"
_NAMES = (*COLUMNS, MORE)
_BROKEN = re.compile("[\udc80-\udcff]")
"""What stands for a byte that is no UTF-8."""


def written(events: Iterable[Event]) -> str:
    """Events as CSV that a spreadsheet opens as it is meant.

    Args:
        events: the events, in the order of the rows.
    """
    return "".join(spreadsheet([_NAMES, *(map(_guarded, _row(event)) for event in events)]))


def read(data: bytes, path: Path) -> Incoming:
    """The events in a table; columns may stand in any order, and be separated by commas, semicolons or tabs.

    Args:
        data: the file's bytes.
        path: the file, for messages.

    Raises:
        DecisionError: it is no such table.
    """
    found: list[Event] = []
    refused: list[DecisionError] = []
    lines = rows(data)
    names = _checked(next(lines, (1, [])), path)
    for number, cells in lines:
        try:
            if isinstance(cells, csv.Error) or any(cells):
                found.append(_event(named(names, cells, path, number), path, number))
        except DecisionError as error:
            refused.append(error)
    return Incoming(tuple(found), tuple(refused))


def _row(event: Event) -> Iterator[str]:
    """The cells of an event."""
    rest = json.loads(event.line)
    for name, place in COLUMNS.items():
        yield _taken(rest, name, place)
    left = _pruned(rest)
    yield json.dumps(left, ensure_ascii=False, sort_keys=True) if left else ""


def _taken(rest: dict[str, Any], name: str, place: Sequence[str]) -> str:
    """The cell of a column; its value is taken out, if a cell can hold it."""
    holder: Any = rest
    for part in place[:-1]:
        holder = holder.get(part) if isinstance(holder, dict) else None
    value = holder.get(place[-1]) if isinstance(holder, dict) else None
    if value is None or value == "":
        return ""
    del holder[place[-1]]
    return " ".join(value) if name == _LIST else value if isinstance(value, str) else json.dumps(value)


def _pruned(rest: dict[str, Any]) -> dict[str, Any]:
    """What is left, without the objects of which the cells hold everything."""
    for names in sorted({place[:-1] for place in COLUMNS.values() if len(place) > 1}, key=len, reverse=True):
        holder: Any = rest
        for part in names[:-1]:
            holder = holder.get(part) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and holder.get(names[-1]) == {}:
            del holder[names[-1]]
    return rest


def _event(cells: Mapping[str, str], path: Path, number: int) -> Event:
    """The event in a row.

    Raises:
        DecisionError: it is none; it does not stop.
    """
    place = "this row"
    try:
        fields = strict_json(cells.get(MORE, "").encode() or b"{}")
        if not isinstance(fields, dict):
            raise aside(path, f"{place} has no JSON object in {MORE}", line=number)
        for name, cell in cells.items():
            if name != MORE and cell:
                _put(fields, COLUMNS[name], _value(name, cell))
    except (ValueError, RecursionError) as error:
        raise aside(path, f"{place} cannot be read ({error})", line=number) from error
    return checked(fields, path, place, number)


def _value(name: str, cell: str) -> object:
    if name == _LIST:
        return cell.split(" ")
    if name not in _NUMBERS:
        return cell
    value = strict_json(cell.encode())
    return float(value) if name == "confidence" and isinstance(value, int) else value


def _put(fields: dict[str, Any], place: Sequence[str], value: object) -> None:
    holder = fields
    for part in place[:-1]:
        holder = holder.setdefault(part, {})
        if not isinstance(holder, dict):
            message = f"{part} in {MORE} is no JSON object"
            raise ValueError(message)  # noqa: TRY004  # what a file says is no matter of our types
    if place[-1] in holder:
        message = f"{'.'.join(place)} stands in a column and in {MORE}"
        raise ValueError(message)
    holder[place[-1]] = value


def rows(data: bytes) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The rows: the number of the line where each ends, and its cells; of one that cannot be read, where it begins, and why.

    Behind such a row reading begins anew on its second line, so that a quote that is never closed costs no other row. Bytes that
    are no UTF-8 are kept as what no text holds.

    Args:
        data: the file's bytes.
    """
    text = data.decode("utf-8-sig", "surrogateescape")
    separator = next((one for one in ";\t" if one in text.partition("\n")[0]), ",")
    lines = list(io.StringIO(text, newline=""))
    done = width = 0
    while done < len(lines):
        begun = done
        rows = csv.reader((lines[place] for place in range(begun, len(lines))), delimiter=separator, strict=True)
        try:
            for cells in rows:
                width = width or len(cells)
                if len(cells) != width and begun + rows.line_num > done + 1:
                    raise csv.Error(f"over several lines it has {len(cells)} cells and not {width}")  # noqa: TRY301  # as a quote may be to blame
                done = begun + rows.line_num
                yield done, cells
        except csv.Error as error:
            done += 1
            yield done, error


def _checked(first: tuple[int, list[str] | csv.Error], path: Path) -> list[str]:
    """The names of the columns.

    Raises:
        DecisionError: they are not those of a table of decisions.
    """
    _, names = first
    if isinstance(names, csv.Error) or len(set(names)) < len(names) or not {"id", "act", MORE} <= set(names) <= set(_NAMES):
        problem = "the first line does not name the columns of a table of decisions, each once"
        raise DecisionError(path, problem, "keep the first line as it was exported", 1)
    return names


def named(names: Sequence[str], cells: Sequence[str] | csv.Error, path: Path, number: int) -> dict[str, str]:
    """Each column with its cell, without the apostrophe that guards it.

    Args:
        names: the columns.
        cells: the cells of a row, or why it cannot be read.
        path: the file, for messages.
        number: the number of the line.

    Raises:
        DecisionError: the row has no such cells; it does not stop.
    """
    remedy = "save it anew as CSV in UTF-8"
    if isinstance(cells, csv.Error):
        raise aside(path, f"this row cannot be read ({cells})", remedy, number)
    if len(cells) != len(names):
        raise aside(path, f"this row has {len(cells)} cells and not {len(names)}", remedy, number)
    if any(map(_BROKEN.search, cells)):
        raise aside(path, "this row is no UTF-8", remedy, number)
    return {name: cell.removeprefix("'") for name, cell in zip(names, cells, strict=True)}


def _guarded(cell: str) -> str:
    """A cell whose first apostrophe is not one that guards it."""
    return f"'{cell}" if cell.startswith("'") else cell
