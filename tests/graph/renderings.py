"""Documents of other formats, made for the tests."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

_MARKUP = re.compile(r"</?b>|\*\*")


class Part(NamedTuple):
    """A heading, a paragraph or a table of a document: level (0 for no heading), words, rows."""

    level: int
    words: str
    rows: list[list[str]]


def parts(source: str) -> Iterator[Part]:
    """The parts of a profile that is plain text."""
    rows: list[list[str]] = []
    for line in [*source.splitlines(), ""]:
        bare = _MARKUP.sub("", line)
        if "\t" in line:
            rows.append(bare.split("\t"))
        elif rows:
            yield Part(0, "", rows)
            rows = []
        if line and "\t" not in line:
            hashes, _, words = bare.rpartition("# ")
            yield Part(len(hashes) + 1 if _ else 0, words.strip(), [])


def as_html(source: str) -> bytes:
    """A profile as a web page."""
    written = []
    for part in parts(source):
        tag = f"h{part.level}" if part.level else "p"
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in part.rows)
        table = "<table>" + "\n".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
        written.append(table if part.rows else f"<{tag}>{escape(part.words)}</{tag}>")
    return f'<!doctype html><meta charset="utf-8"><title>A profile</title><nav>Menu</nav><main>{chr(10).join(written)}</main>'.encode()


def as_docx(source: str) -> bytes:
    """A profile as a Word file."""
    document = docx.Document()
    for part in parts(source):
        if part.rows:
            table = document.add_table(len(part.rows), len(part.rows[0]))
            for cells, row in zip(table.rows, part.rows, strict=True):
                for cell, words in zip(cells.cells, row, strict=True):
                    cell.text = words
        elif part.level:
            document.add_heading(part.words, part.level)
        else:
            document.add_paragraph(part.words)
    return saved(document)


def as_pdf(source: str) -> bytes:
    """A profile as a PDF."""
    styles = getSampleStyleSheet()
    story: list[object] = []
    for part in parts(source):
        if part.rows:
            story.append(Table([[Paragraph(escape(cell)) for cell in row] for row in part.rows], colWidths=[150, 300]))
        else:
            story.append(Paragraph(escape(part.words), styles[f"Heading{part.level}" if part.level else "BodyText"]))
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, invariant=1).build(story)
    return file.getvalue()


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a Word file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class Words(NamedTuple):
    """Words on a page of a PDF: where they begin, and how they are set."""

    left: float
    base: float
    words: str
    font: str = "Helvetica"
    size: float = 10


def pages(content: Iterable[Sequence[Words]], encrypt: object = None, turned: int = 0) -> bytes:
    """A PDF with these words on its pages."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, encrypt=encrypt)
    for page in content:
        canvas.setPageRotation(turned)
        if turned:
            canvas.translate(A4[0], 0)
            canvas.rotate(turned)
        for item in page:
            canvas.setFont(item.font, item.size)
            canvas.drawString(item.left, item.base, item.words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def column(left: float, top: float, lines: Iterable[str]) -> list[Words]:
    """Lines one below the other."""
    return [Words(left, top - 12 * number, line) for number, line in enumerate(lines)]
