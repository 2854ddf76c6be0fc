"""The kinds of documents: their endings, how large they may be, and what a file looks like whatever its ending says."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DocumentError

_MEGABYTE = 2**20


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    Args:
        media_type: its name in HTTP.
        most: the largest file, in bytes.
        reader: the module of `graph.reading` that converts it; empty where the text is taken as received.
        begins: what its files begin with; None where anything will do that is no other kind.
    """

    media_type: str
    most: int
    reader: str = ""
    begins: bytes | None = None


_TEXT = 5 * _MEGABYTE
_OFFICE = 50 * _MEGABYTE
_HYPERTEXT = Kind("text/html", _TEXT, "hypertext")
KINDS = {
    ".md": Kind("text/markdown", _TEXT),
    ".txt": Kind("text/plain", _TEXT),
    ".html": _HYPERTEXT,
    ".htm": _HYPERTEXT,
    ".pdf": Kind("application/pdf", _OFFICE, "pdf", b"%PDF-"),
    ".docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _OFFICE, "word", b"PK\x03\x04"),
}
MAX_TEXT = _TEXT
"""The longest text that a conversion may give, in bytes; the same as for a text that is taken as received."""

_LOOKS = {
    b"%PDF-": "a PDF file; give it the ending .pdf",
    b"PK\x03\x04": "a zip archive, as Word files are; give it the ending .docx if it is one",
    b"PK\x05\x06": "an empty zip archive; put the document itself there",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Word file, or one with a password; save it as .docx without a password",
    b"{\\rtf": "an RTF file; save it as .docx",
    b"GIF8": "a GIF picture; put the document's text there",
    b"\x89PNG\r\n": "a PNG picture; put the document's text there",
    b"\xff\xd8\xff": "a JPEG picture; put the document's text there",
    b"II*\x00": "a TIFF picture; put the document's text there",
    b"\x7fELF": "a program; put the document itself there",
    b"\x1f\x8b": "a gzip archive; unpack it",
}
"""Beginnings of files, what each looks like, and what to do about it."""
_PDF_BEGINS_WITHIN = 1024
"""Readers of PDF take one that has something before its beginning, as mail programs leave there."""


def kind_of(path: Path) -> Kind:
    """The kind of document that a file is by its ending.

    Raises:
        DocumentError: none that can be read, or there is no such file.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        _status(path)
        raise _refusal(path, f"files ending in {path.suffix or 'nothing'} cannot be read", f"save it as one of {', '.join(KINDS)}")
    return kind


def received(path: Path) -> bytes:
    """The bytes of a document's file; a file that is too large is refused unread.

    Raises:
        DocumentError: the file cannot be opened, is too large, or is not what its ending says.
    """
    kind = kind_of(path)
    status = _status(path)
    try:
        data = b""
        if status.st_size <= kind.most:
            with path.open("rb") as file:
                data = file.read(kind.most + 1)
    except OSError as error:
        raise DocumentError.unopened(path, error, stops=False) from error
    size = max(status.st_size, len(data))
    if size > kind.most:
        raise _refusal(path, f"the file has {size:,} bytes, the limit is {kind.most:,}", "cut it into one document a profile")
    _check(path, kind, data)
    return data


def _status(path: Path) -> os.stat_result:
    """What the system knows of a file that is there and is one."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except OSError as error:
        raise DocumentError.unopened(path, error, stops=False) from error
    if not stat.S_ISREG(status.st_mode):
        raise _refusal(path, "this is no file", "put the document there")
    return status


def _check(path: Path, kind: Kind, data: bytes) -> None:
    if kind.begins and (data.startswith(kind.begins) or (kind.begins == b"%PDF-" and kind.begins in data[:_PDF_BEGINS_WITHIN])):
        return
    looks = next((words for begins, words in _LOOKS.items() if data.startswith(begins)), "")
    if looks:
        what, _, remedy = looks.partition("; ")
        raise _refusal(path, f"the file looks like {what}", remedy)
    if kind.reader and not data:
        raise _refusal(path, "the file is empty", "put the document there, or remove it")
    if kind.begins:
        raise _refusal(
            path, f"the file does not begin as a {path.suffix.lower()} file does", "give it the ending that fits, or save it anew"
        )


def _refusal(path: Path, problem: str, remedy: str) -> DocumentError:
    return DocumentError(path, problem, remedy, stops=False)
