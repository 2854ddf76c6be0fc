"""A file to a Document: its text, and the hashes that prove it.

Offsets count Unicode code points in `Document.text`. Text files are taken exactly as received: line ends, byte order
mark and decomposed letters stay, so that `text[start:end]` is what the author wrote. Documents of other formats are
converted, and the text that was kept when that was first done counts before a new one.
"""

from dataclasses import dataclass
from pathlib import Path

from graph.errors import DocumentError
from graph.iris import is_key
from graph.reading import Converted, Places, convert, kinds, stored
from graph.text import sha256, slug

MEDIA_TYPES = {ending: kind.media_type for ending, kind in kinds.KINDS.items()}
MAX_BYTES = kinds.MAX_TEXT
"""Larger than any policy profile by far; a text above it is a mistake and would only cost memory."""


@dataclass(frozen=True)
class Document:
    """A profile as received.

    Args:
        key: the profile's key, the file's name without ending.
        path: where it was read.
        text: its text, code point for code point, or what a converter made of it.
        media_type: what kind of text it is.
        document_hash: SHA-256 of the bytes.
        text_hash: SHA-256 of the text in UTF-8; the same unless the document had to be converted.
        converter: name and version of what converted it; empty where the text is as received.
        places: offsets in the text back to the document; None where the text is as received.
    """

    key: str
    path: Path
    text: str
    media_type: str
    document_hash: str
    text_hash: str
    converter: str = ""
    places: Places | None = None

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, on which the code point at `offset` stands."""
        return self.text.count("\n", 0, offset) + 1


def read(path: Path, texts: Path | None = None) -> Document:
    """The document in the file `path`.

    Args:
        path: the file.
        texts: the folder in which texts of converted documents are kept, if there is one.

    Raises:
        DocumentError: it cannot be read; the error sets the profile aside and does not stop the build.
    """
    kind = kinds.kind_of(path)
    if not is_key(path.stem):
        better = slug(path.stem) or "country-year-topic"
        raise _refusal(
            path,
            "the file's name is the profile's key and may hold letters, digits and hyphens only",
            f"rename it to {better}{path.suffix}",
        )
    data = kinds.received(path)
    if kind.reader:
        made = _converted(path, data, texts)
        return Document(path.stem, path, made.text, kind.media_type, sha256(data), sha256(made.text.encode()), made.converter, made.places)
    text = _decoded(path, data)
    return Document(path.stem, path, text, kind.media_type, sha256(data), sha256(text.encode()))


def _converted(path: Path, data: bytes, texts: Path | None) -> Converted:
    if texts and stored.is_kept(texts, path.stem):
        return stored.load(texts, path.stem, data)
    return convert(path, data)


def _decoded(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(path, f"byte {error.start} is not UTF-8", "save the file in UTF-8", line) from error
    if "\0" in text:
        raise _refusal(
            path, "the file holds NUL characters, so it is no text", "save it as plain text", text.count("\n", 0, text.index("\0")) + 1
        )
    if not text.strip("\ufeff \t\r\n"):
        raise _refusal(path, "the file is empty", "put the document's text into it, or remove it")
    return text


def _refusal(path: Path, problem: str, remedy: str, line: int | None = None) -> DocumentError:
    return DocumentError(path, problem, remedy, line, stops=False)
