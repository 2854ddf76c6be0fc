"""A comparison as rows of text: what a page shows, cell by cell, for spreadsheets and programs."""

from collections.abc import Iterable, Iterator, Sequence

from webapp.pages.comparison.columns import Column
from webapp.pages.comparison.matrix import Matrix
from webapp.pages.comparison.sections import SectionRow
from webapp.pages.comparison.table import Part, Row

HEAD = ("part", "reference", "name", "said of")
"""The columns before those of the things compared."""


def sheet(columns: Sequence[Column], sections: Iterable[SectionRow], parts: Iterable[tuple[Part, Sequence[Row]]]) -> Iterator[list[str]]:
    """The rows of a comparison, their headings first."""
    yield [*HEAD, *(column.label for column in columns)]
    for section in sections:
        yield ["sections", f"section/{section.key}", section.name, "", *(cell.words for cell in section.cells)]
    for part, rows in parts:
        for row in rows:
            said = ", ".join(columns[place].label for place in row.said)
            yield [part.key, row.end.reference, row.end.label, said, *(cell.words for cell in row.cells)]


def matrix_sheet(matrix: Matrix) -> Iterator[list[str]]:
    """The rows of the matrix of countries by networks, their headings first."""
    yield ["reference", "country", "documents", *(network.label for network, _ in matrix.networks)]
    for row in matrix.rows:
        yield [row.country.reference, row.country.label, str(row.documents), *(cell.words for cell in row.cells)]
