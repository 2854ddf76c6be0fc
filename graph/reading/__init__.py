"""Documents of other formats to text: web pages, PDF and Word files. Each conversion has a process of its own.

refusal         that a document cannot be read
kinds           what can be read, and what a file looks like
places          offsets in the text back to the original
converted       text, converter, places
blocks          what every document is made of
composition     blocks to text
encoding        bytes of a web page to its source
elements        which parts of a web page count
hypertext       web pages
archive         the zip archive that a Word file is
wordstyles      styles and lists of Word files
word            Word files
glyphs          letters on the pages of a PDF
lines           letters to lines
columns         lines in reading order
margins         what repeats at the edges of pages
paragraphs      lines to blocks
pdf             PDF files
cage            what the process may not do
worker          the process
process         the process from outside
stored          texts that are kept
"""

from pathlib import Path

from graph.errors import DocumentError
from graph.reading import process
from graph.reading.cage import Limits
from graph.reading.converted import Converted
from graph.reading.kinds import kind_of, received
from graph.reading.places import Place, Places
from graph.reading.refusal import Refusal

__all__ = ["Converted", "Limits", "Place", "Places", "convert"]


def convert(path: Path, data: bytes | None = None, limits: Limits | None = None) -> Converted:
    """The document in the file `path` as text.

    Args:
        path: the file; its ending says what it is.
        data: its bytes, where they have been read already.
        limits: what the conversion may cost.

    Raises:
        DocumentError: it cannot be read; the error sets the document aside and does not stop the build.
    """
    kind = kind_of(path)
    if not kind.reader:
        problem = f"files ending in {path.suffix} are text already"
        raise DocumentError(path, problem, "read it as it is", stops=False)
    try:
        return process.convert(received(path) if data is None else data, f"graph.reading.{kind.reader}", limits or Limits())
    except Refusal as refusal:
        raise DocumentError(path, refusal.problem, refusal.remedy, refusal.line, stops=False) from refusal
