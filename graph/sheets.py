"""Tables for spreadsheets: CSV that a spreadsheet opens as it is meant, and runs nothing of."""

import csv
import io
from collections.abc import Iterable, Iterator

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def spreadsheet(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Rows of cells as lines of CSV that a spreadsheet opens as it is meant; the first begins with the mark of the encoding."""
    return _lines((map(_safe, row) for row in rows), "\ufeff")


def plain(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Rows of cells as lines of CSV with the values as they are, for programs; no spreadsheet should open what comes from elsewhere so."""
    return _lines(rows, "")


def _lines(rows: Iterable[Iterable[str]], mark: str) -> Iterator[str]:
    text = io.StringIO(mark, newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
