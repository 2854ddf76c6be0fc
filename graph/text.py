"""Folding, hashing and keys: how two spellings are the same, and how a thing gets its short name."""

import hashlib
import json
import re
import unicodedata

BLANK = "\u2588"
"""Stands for each code point of a passage that was withdrawn."""
_NOT_WORD = re.compile(r"[^\w]+")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text as it is compared: compatibility forms, case and white space do not count.

    Used for keys and for matching headings, never for offsets, since folding changes lengths.
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def fold_words(text: str) -> str:
    """Like `fold`, and punctuation does not count either: how headings of the template are recognised."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def slug(text: str) -> str:
    """The text as a key: ASCII letters, digits and hyphens; empty if nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def digest(*parts: str, length: int = 20) -> str:
    """A short hash of `parts` (hexadecimal digits, `length` of them, 4 bits each).

    The parts are written as a JSON array first, so that ("ab", "c") and ("a", "bc") differ.
    """
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
