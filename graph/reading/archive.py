"""The zip archive that a Word file is: judged by its list of contents before anything in it is inflated."""

import io
import zipfile
import zlib

from graph.reading.refusal import Refusal

MOST_ENTRIES = 4000
MOST_BYTES = 128 * 2**20
MOST_XML_BYTES = 32 * 2**20
"""Parts that are parsed take several times their size in memory."""
MOST_TIMES = 200
"""How many times larger than packed: ordinary Word files reach 30."""
SMALL = 2**20
"""What is no larger than this is harmless however well it was packed."""
_PARSED = (".xml", ".rels")
_DOCUMENT = "word/document.xml"
_IS_ENCRYPTED = 0x1
_REMEDY = "open it in a word processor and save it anew as .docx"


def judge(data: bytes) -> None:
    """Let a Word file pass that can be opened safely.

    Python's zip reader never inflates more of an entry than the list of contents says, so the list can be relied on.

    Raises:
        Refusal: it is damaged, no Word file, or would inflate to more than a document needs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _judge_sizes(entries)
            if _DOCUMENT not in archive.namelist():
                problem = "the file is a zip archive, but no Word file: it holds no word/document.xml"
                raise Refusal(problem, "save the document as .docx")
            for entry in entries:
                if entry.filename.lower().endswith(_PARSED):
                    _judge_part(entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refusal(f"the file is damaged ({error})", _REMEDY) from error


def _judge_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Refusal(f"the archive holds {len(entries):,} parts, the limit is {MOST_ENTRIES:,}", _REMEDY)
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise Refusal(f"its parts inflate to {total:,} bytes, the limit is {MOST_BYTES:,}", "leave out pictures, or cut it in parts")
    parsed = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_PARSED))
    if parsed > MOST_XML_BYTES:
        raise Refusal(f"its text inflates to {parsed:,} bytes, the limit is {MOST_XML_BYTES:,}", "cut it in parts")
    for entry in entries:
        if entry.flag_bits & _IS_ENCRYPTED:
            raise Refusal("the archive is protected with a password", "save it without a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(f"the part {entry.filename!r} is packed in a way that no word processor uses", _REMEDY)
        if entry.file_size > SMALL and entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
            problem = f"the part {entry.filename!r} inflates to {entry.file_size:,} bytes out of {entry.compress_size:,}, as zip bombs do"
            raise Refusal(problem, _REMEDY)


def _judge_part(name: str, part: bytes) -> None:
    """No part of a Word file has a document type; one that has might define entities that refer to elsewhere."""
    if b"<!DOCTYPE" in part or "<!DOCTYPE".encode("utf-16-le") in part or "<!DOCTYPE".encode("utf-16-be") in part:
        raise Refusal(f"the part {name!r} defines a document type, which no Word file does", _REMEDY)
