"""Tables for spreadsheets: CSV that a spreadsheet opens as it is meant, and runs nothing of."""

import csv
import io
from collections.abc import Iterable, Iterator

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def spreadsheet(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Rows of cells as lines of CSV that a spreadsheet opens as it is meant; the first begins with the mark of the encoding."""
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow(map(_safe, row))
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
