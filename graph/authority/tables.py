"""A CSV file to rows with their line numbers. Nothing is guessed: a column that is missing stops the build."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError, TableError


@dataclass(frozen=True)
class Line:
    """One row of a table as it stands in the file.

    Args:
        path: the file.
        number: the line on which the row ends, from 1.
        cells: column name to cell, white space at the ends taken off.
    """

    path: Path
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell in `column`."""
        return self.cells[column]

    def aside(self, problem: str, remedy: str) -> TableError:
        """An error that sets this row (or one cell of it) aside."""
        return TableError(self.path, problem, remedy, self.number, stops=False)

    def stop(self, problem: str, remedy: str) -> TableError:
        """An error in this row that stops the build."""
        return TableError(self.path, problem, remedy, self.number)

    def text(self, without: Sequence[str] = ()) -> str:
        """The row in words: `column: cell`, empty cells and the columns `without` left out."""
        return "; ".join(f"{column}: {cell}" for column, cell in self.cells.items() if cell and column not in without)


def read(path: Path, columns: Sequence[str]) -> tuple[list[Line], list[InputError]]:
    """The rows of a CSV file, and those that had to be set aside.

    Args:
        path: a file in UTF-8 with a header.
        columns: the columns that must be there; others are kept as they are.

    Raises:
        TableError: the file cannot be read, or a column is missing.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TableError(path, f"the file cannot be opened ({error.strerror})", "put it there, or mend its permissions") from error
    except UnicodeDecodeError as error:
        raise TableError(
            path, f"byte {error.start} is not UTF-8", "save the file in UTF-8", error.object.count(b"\n", 0, error.start) + 1
        ) from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if missing := [name for name in columns if name not in header]:
        remedy = f"add the column; the header must hold {', '.join(columns)}"
        raise TableError(path, f"the column {missing[0]!r} is missing", remedy, 1)
    return _lines(path, reader, header)


def _lines(path: Path, reader: "csv._reader", header: list[str]) -> tuple[list[Line], list[InputError]]:  # type: ignore[name-defined]
    found: list[Line] = []
    aside: list[InputError] = []
    try:
        for cells in reader:
            line = Line(path, reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
            if len(cells) == len(header):
                found.append(line)
            elif any(cells):
                aside.append(line.aside(f"the row has {len(cells)} cells, the header has {len(header)}", "quote cells that hold a comma"))
    except csv.Error as error:
        raise TableError(path, f"no valid CSV ({error})", "mend the quotes", reader.line_num) from error
    return found, aside
