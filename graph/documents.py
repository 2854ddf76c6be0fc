"""A file to a Document: its text exactly as received, and the hashes that prove it.

Offsets count Unicode code points in `Document.text`. Nothing is normalised: line ends, byte order mark and
decomposed letters stay, so that `text[start:end]` is what the author wrote.
"""

from dataclasses import dataclass
from pathlib import Path

from graph.errors import DocumentError
from graph.iris import is_key
from graph.text import sha256, slug

MEDIA_TYPES = {".md": "text/markdown", ".txt": "text/plain"}
MAX_BYTES = 5 * 2**20
"""Larger than any policy profile by far; a file above it is a mistake and would only cost memory."""


@dataclass(frozen=True)
class Document:
    """A profile as received.

    Args:
        key: the profile's key, the file's name without ending.
        path: where it was read.
        text: its text, code point for code point.
        media_type: what kind of text it is.
        document_hash: SHA-256 of the bytes.
        text_hash: SHA-256 of the text in UTF-8; the same unless the document had to be converted.
    """

    key: str
    path: Path
    text: str
    media_type: str
    document_hash: str
    text_hash: str

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, on which the code point at `offset` stands."""
        return self.text.count("\n", 0, offset) + 1


def read(path: Path) -> Document:
    """The document in the file `path`.

    Raises:
        DocumentError: it cannot be read; the error sets the profile aside and does not stop the build.
    """
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise _refusal(path, f"files ending in {path.suffix or 'nothing'} cannot be read", f"save it as one of {', '.join(MEDIA_TYPES)}")
    if not is_key(path.stem):
        better = slug(path.stem) or "country-year-topic"
        raise _refusal(
            path,
            "the file's name is the profile's key and may hold letters, digits and hyphens only",
            f"rename it to {better}{path.suffix}",
        )
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _refusal(path, f"the file has {size:,} bytes, the limit is {MAX_BYTES:,}", "cut it into one document a profile")
        data = path.read_bytes()
    except OSError as error:
        raise _refusal(path, f"the file cannot be opened ({error.strerror})", "mend its permissions") from error
    text = _decoded(path, data)
    return Document(path.stem, path, text, media_type, sha256(data), sha256(text.encode()))


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
