"""Texts of converted documents, kept beside the data: what offsets count in stays the same when converters change.

data/texts/<key>.txt      the text, exactly
data/texts/<key>.json     hashes of document and text, the converter, the map of places
"""

import json
from pathlib import Path

from graph import disk
from graph.errors import DocumentError
from graph.reading.converted import Converted
from graph.text import sha256

_AGAIN = "convert the document again, and judge anew what was decided on its text"


def files(folder: Path, key: str) -> tuple[Path, Path]:
    """The two files of a document's text, whether they are there or not."""
    return folder / f"{key}.txt", folder / f"{key}.json"


def is_kept(folder: Path, key: str) -> bool:
    """Whether anything is kept for a document, be it whole or not."""
    return any(path.exists() for path in files(folder, key))


def keep(folder: Path, key: str, document: bytes, converted: Converted) -> None:
    """Keep the text of a document; on disk when this returns.

    Args:
        folder: where texts are kept; made where it is missing.
        key: the profile's key.
        document: the document as received.
        converted: what was made of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text, record = files(folder, key)
    words = converted.text.encode()
    fields = {
        "document_sha256": sha256(document),
        "text_sha256": sha256(words),
        "converter": converted.converter,
        "places": converted.places.as_json(),
    }
    _replace(text, words)
    _replace(record, json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def load(folder: Path, key: str, document: bytes) -> Converted:
    """The text of a document as it was kept.

    Args:
        folder: where texts are kept.
        key: the profile's key.
        document: the document as received.

    Raises:
        DocumentError: document or text are no longer those that were kept, or one of the two files is missing or damaged.
    """
    text, record = files(folder, key)
    try:
        words, fields = text.read_bytes(), json.loads(record.read_bytes())
        stated = (fields["document_sha256"], fields["text_sha256"])
    except OSError as error:
        raise _refusal(Path(error.filename), f"the file cannot be opened ({error.strerror})", _AGAIN) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refusal(record, "the record of the text is damaged", _AGAIN) from error
    if stated[0] != sha256(document):
        raise _refusal(record, "the document has changed since its text was kept", f"put the former document back, or {_AGAIN}")
    if stated[1] != sha256(words):
        raise _refusal(text, "the text has changed since it was kept", f"put the former text back, or {_AGAIN}")
    try:
        return Converted.from_json(fields | {"text": words.decode()})
    except ValueError as error:
        raise _refusal(record, f"the record of the text is damaged ({error})", _AGAIN) from error


def _replace(path: Path, data: bytes) -> None:
    """Put a file in place of another in one step."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(data)
    disk.sync(fresh)
    fresh.replace(path)
    disk.sync(path.parent)


def _refusal(path: Path, problem: str, remedy: str) -> DocumentError:
    return DocumentError(path, problem, remedy, stops=False)
