"""The bytes of a web page to its source text.

A byte order mark counts first, then what the page says of itself, then UTF-8. A page that says nothing and is not
UTF-8 is refused: whether it is windows-1250, 1252 or 1257 would be a guess, and a wrong guess puts wrong letters into
names and quotes.
"""

import codecs
import re

from graph.reading.refusal import Refusal

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_STATED = re.compile(rb"""<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_WITHIN = 4096
_WESTERN = "cp1252"
"""What browsers take pages for that say ASCII or ISO 8859-1."""
_KNOWN = {
    "utf8": "utf-8", "unicode11utf8": "utf-8", "utf16": "utf-8", "utf16le": "utf-8", "utf16be": "utf-8",
    "ascii": _WESTERN, "usascii": _WESTERN, "latin1": _WESTERN, "iso88591": _WESTERN, "l1": _WESTERN, "ansi": _WESTERN,
    "latin2": "iso8859_2", "latin9": "iso8859_15", "koi8r": "koi8_r", "koi8u": "koi8_u", "macintosh": "mac_roman",
    **{f"windows{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"cp{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso8859{part}": f"iso8859_{part}" for part in (*range(2, 12), *range(13, 17))},
}  # fmt: skip
"""Names of encodings, in small letters and figures, to Python's; UTF-16 in a page that could be searched for it is UTF-8."""


def decoded(data: bytes) -> tuple[str, str]:
    """The source text of a page, a byte order mark included, and the encoding it is in.

    Raises:
        Refusal: the encoding is not known, or the bytes are not in it.
    """
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "") or _stated(data)
    try:
        return data.decode(encoding or "utf-8"), encoding or "utf-8"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding:
            problem = f"byte {error.start} is not {encoding}, which the page says it is in"
            raise Refusal(problem, "save the page in UTF-8", line) from error
        problem = f"byte {error.start} is not UTF-8, and the page does not say what it is in"
        raise Refusal(problem, "save the page in UTF-8", line) from error


def _stated(data: bytes) -> str:
    found = _STATED.search(data[:_WITHIN])
    if not found:
        return ""
    name = found[1].decode("ascii")
    known = _KNOWN.get(re.sub(r"[^a-z0-9]", "", name.lower()))
    if not known:
        raise Refusal(f"the page says that it is in {name}, which is not known here", "save the page in UTF-8")
    return known
