"""Things side by side, to models."""

from collections.abc import Sequence

from graph.iris import Iris
from webapp.api import models
from webapp.live import Serving
from webapp.pages.comparison import sections, table
from webapp.pages.comparison.asked import Asked
from webapp.pages.comparison.whole import compare


def comparison(serving: Serving, asked: Asked) -> models.Comparison:
    """Things side by side, cell by cell as the page has them."""
    made, iris = compare(serving, asked), serving.iris
    return models.Comparison(
        release=serving.release.id,
        things=[
            models.ComparedThing(
                written=column.wanted.written,
                iri=iris.thing(column.wanted.reference).value,
                label=column.label,
                documents=[iris.thing(edition.reference).value for edition in column.editions],
                absence=column.absence.key,
                claims=len(column.claims),
            )
            for column in made.columns
        ],
        rows=[
            *(_row("sections", f"section/{row.key}", row.name, (), [_section_cell(cell) for cell in row.cells]) for row in made.sections),
            *(
                _row(part.key, row.end.reference, row.end.label, row.said, [_cell(cell, iris) for cell in row.cells])
                for part, rows in made.parts
                for row in rows
            ),
        ],
        queries=[made.claimed, made.own, *made.section_queries, *made.documents],
        page=f"/compare?{asked.query}",
        table=f"/compare.csv?{asked.query}",
        data=f"/compare.ttl?{asked.query}",
    )


def _row(part: str, reference: str, label: str, said: Sequence[int], cells: list[models.ComparedCell]) -> models.ComparedRow:
    return models.ComparedRow(part=part, reference=reference, label=label, said_of=list(said), cells=cells)


def _cell(cell: table.Cell, iris: Iris) -> models.ComparedCell:
    lines = [
        models.ComparedLine(words=line.words, state=line.state.key, claims=[iris.thing(f"claim/{key}").value for key in line.claims])
        for line in cell.lines
    ]
    return models.ComparedCell(state=cell.state.key, words=cell.words, lines=lines)


def _section_cell(cell: sections.Cell) -> models.ComparedCell:
    lines = [models.ComparedLine(words=line.words, state=line.state.key, claims=[]) for line in cell.lines]
    return models.ComparedCell(state=cell.state.key, words=cell.words, lines=lines)
