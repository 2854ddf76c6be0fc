"""What waits as a sheet for a spreadsheet, and back: who writes `accept` or `reject` into a row decides on its claim."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.decisions import acting, queue
from graph.decisions.events import Event
from graph.decisions.incoming import aside
from graph.decisions.queue import Card
from graph.decisions.spreadsheet import named, rows
from graph.errors import DecisionError, LiaisonError, NothingNew, SettingError
from graph.sheets import spreadsheet
from webapp.review import acts
from webapp.review.office import Office
from webapp.review.table import Table

COLUMNS = ("act", "note", "claim", "quote", "line", "waits", "rule", "confidence", "obstacles", "card")
"""The first two are written by people; the last one tells which claim on which words the row is about."""
ACTS = ("accept", "reject")
_AGAIN = "write the sheet anew, and decide on the words of today"
_CELLS = "leave it as it was written"


def written(table: Table, office: Office) -> str:
    """What waits in a profile as CSV, a row a claim, with nothing decided.

    Args:
        table: the profile.
        office: the data folder.
    """
    obstacles = acts.obstacles(table.waiting, office)
    return "".join(spreadsheet([COLUMNS, *(_row(card, table, office, obstacles.get(card.unit, ())) for card in table.waiting)]))


def _row(card: Card, table: Table, office: Office, obstacles: Sequence[str]) -> Sequence[str]:
    sure = table.confidence(card)
    return (
        "", "", queue.said(card.claim, office.vocabulary), (card.today or card.evidence).quote, str(card.line or ""), card.waits or "",
        card.evidence.rule or "", "" if sure is None else f"{sure:.2f}", " ".join(obstacles), f"{table.key}/{card.id}/{acts.seen(card)}",
    )  # fmt: skip


@dataclass
class Entered:
    """What a sheet says.

    Args:
        events: the decisions that can be recorded, in the order of the rows.
        said: how many rows say what their reviewer has said already.
        aside: a remark for each row that cannot be used.
    """

    events: list[Event] = field(default_factory=list)
    said: int = 0
    aside: list[DecisionError] = field(default_factory=list)


def entered(data: bytes, path: Path, by: str, office: Office) -> Entered:
    """The decisions that somebody has written into a sheet; rows without an act say nothing.

    Args:
        data: the file's bytes.
        path: the file, for messages.
        by: the reviewer's handle.
        office: the data folder.

    Raises:
        DecisionError: it is no such sheet.
    """
    found, decided = Entered(), set[str]()
    lines = rows(data)
    names = _columns(lines, path)
    for number, cells in lines:
        try:
            row = named(names, cells, path, number)
            if not (act := row["act"].strip().lower()):
                continue
            if row["card"] in decided:
                raise aside(path, "this claim stands in an earlier row as well", "decide on it once", number)
            decided.add(row["card"])
            found.events.append(_event(act, row, by, office))
        except DecisionError as error:
            found.aside.append(error)
        except NothingNew:
            found.said += 1
        except LiaisonError as error:
            problem, _, remedy = str(error).rstrip(".").partition("; ")
            found.aside.append(aside(path, problem, remedy or _AGAIN, number))
    return found


def _columns(lines: Iterator[tuple[int, list[str] | csv.Error]], path: Path) -> list[str]:
    """The names of the columns.

    Raises:
        DecisionError: they are not those of a sheet.
    """
    _, names = next(lines, (1, []))
    if isinstance(names, csv.Error) or len(set(names)) < len(names) or not {"act", "note", "card"} <= set(names):
        problem = "the first line does not name the columns act, note and card, each once"
        raise DecisionError(path, problem, "keep the first line as `liaison review sheet` wrote it", 1)
    return names


def _event(act: str, row: Mapping[str, str], by: str, office: Office) -> Event:
    """The decision of a row.

    Raises:
        LiaisonError: it cannot be made; the message says why.
    """
    if act not in ACTS:
        message = f"{act!r} is no act of a sheet; write {' or '.join(ACTS)}, or leave the cell empty."
        raise SettingError(message)
    parts = row["card"].strip().split("/")
    if len(parts) != 3:  # noqa: PLR2004  # profile, claim on its words, and the words that were seen
        message = f"the cell card has been changed; {_CELLS}."
        raise SettingError(message)
    profile, id_, words = parts
    card = next((card for card in office.table(profile).cards if card.id == id_), None)
    if card is None:
        message = f"nothing in {profile} has the id {id_!r} any more; {_AGAIN}."
        raise SettingError(message)
    acts.check_seen(card, words)
    note = acts.noted(row["note"].strip())
    return acts.accepted(card, by, office, note) if act == "accept" else acting.reject(card, by, note)
