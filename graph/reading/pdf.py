"""A PDF file to text.

What is bold or larger becomes a heading, what repeats at the edges of pages is left out, lines become paragraphs. A
PDF says little of all this; what the rules take wrongly is still there, as plain lines.
"""

import re

import pypdfium2
import pypdfium2.raw as pdfium

from graph.reading.columns import regions
from graph.reading.composition import compose
from graph.reading.converted import Converted
from graph.reading.glyphs import Run, runs
from graph.reading.lines import Line, lines
from graph.reading.margins import without_running_lines
from graph.reading.paragraphs import Paragraphs
from graph.reading.places import PAGE
from graph.reading.refusal import Refusal

_VERSION = 1
MOST_PAGES = 2000
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f]")
_MOST_UNREADABLE = 0.2
_OPEN_PROBLEMS = {
    pdfium.FPDF_ERR_PASSWORD: ("the file is protected with a password", "save it without a password"),
    pdfium.FPDF_ERR_SECURITY: ("the file is protected in a way that cannot be read", "save it without protection"),
}
_DAMAGED = "open it in a reader of PDF and print it to a new file"


def convert(data: bytes) -> Converted:
    """The text of a PDF file.

    Raises:
        Refusal: it is protected or damaged, or it holds pictures of text only.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        problem, remedy = _OPEN_PROBLEMS.get(getattr(error, "err_code", None), ("the file is damaged and cannot be opened", _DAMAGED))
        raise Refusal(problem, remedy) from error
    if len(document) > MOST_PAGES:
        raise Refusal(f"the file has {len(document):,} pages, the limit is {MOST_PAGES:,}", "cut it into one document a profile")
    pages = without_running_lines(_legible([_page(document, number) for number in range(len(document))]))
    text, places = compose(Paragraphs(_lines(pages)).blocks(), PAGE)
    if not text:
        raise Refusal("the file holds no text but page numbers or the like", "put the document's text into a .txt file")
    version = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO} with PDFium {pypdfium2.PDFIUM_INFO}"
    return Converted(text, f"liaison-pdf {_VERSION}, {version}", places)


def _page(document: pypdfium2.PdfDocument, number: int) -> list[Run]:
    try:
        page = document[number]
        text = page.get_textpage()  # held by its name: PDFium frees what nothing refers to
        return runs(text.raw, number + 1)
    except pypdfium2.PdfiumError as error:
        raise Refusal(f"page {number + 1} is damaged and cannot be read", _DAMAGED) from error


def _legible(pages: list[list[Run]]) -> list[list[Run]]:
    """The pages, if there are letters on them that mean something."""
    text = "".join(run.text for page in pages for run in page)
    if not text.strip():
        remedy = "recognise its text, for example with ocrmypdf, and put the result there"
        raise Refusal("the file holds no text, as scanned pages do", remedy)
    if len(_UNREADABLE.findall(text)) > _MOST_UNREADABLE * len(text):
        remedy = "print it to a new file, or recognise its text, for example with ocrmypdf --force-ocr"
        raise Refusal("its fonts do not say which letters they hold, so that its text cannot be read", remedy)
    return pages


def _lines(pages: list[list[Run]]) -> list[Line]:
    parted = [region for page in pages for region in regions(page)]
    return [line for number, region in enumerate(parted) for line in lines(region, number)]
