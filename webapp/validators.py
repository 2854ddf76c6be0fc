"""What tells whether an answer has changed, so that it need not be sent again (RFC 9110, section 8.8)."""

import re
from hashlib import sha256

_EACH_TIME_ANEW = re.compile(r"\b(?:(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(|SERVICE\b)", re.IGNORECASE)
"""Functions whose value differs each time, and the word with which another endpoint is asked."""


def tag_of(*parts: object) -> str:
    """An entity tag for everything that an answer depends on; it is weak, as rows without ORDER BY may come in another order."""
    return sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_repeatable(query: str) -> bool:
    """Whether a query has the same answer each time on the same release; in doubt it has not."""
    return not _EACH_TIME_ANEW.search(query)
