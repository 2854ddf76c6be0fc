"""What tells whether an answer has changed, so that it need not be sent again (RFC 9110, section 8.8)."""

import re
from hashlib import sha256

from flask import Response, request

from graph.versions import VERSION

NOT_MODIFIED = 304
_EACH_TIME_ANEW = re.compile(r"\b(?:(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(|SERVICE\b)", re.IGNORECASE)
"""Functions whose value differs each time, and the word with which another endpoint is asked."""


def tag_of(*parts: object) -> str:
    """An entity tag for everything that an answer depends on; it is weak, as rows without ORDER BY may come in another order."""
    return sha256("\0".join(map(str, (VERSION, *parts))).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_fresh(response: Response, release: str, *parts: object, is_weak: bool = False) -> bool:
    """Give an answer its tag; whether the client holds it already, so that it need not be made.

    Args:
        response: the answer, as far as it is known without its content.
        release: the release that it is made from.
        *parts: all else that its content depends on; the version of Liaison counts as well.
        is_weak: whether the bytes may differ where the meaning does not.
    """
    response.set_etag(f"{release}-{tag_of(*parts)[:16]}", weak=is_weak)
    response.make_conditional(request)
    return response.status_code == NOT_MODIFIED


def is_repeatable(query: str) -> bool:
    """Whether a query has the same answer each time on the same release; in doubt it has not."""
    return not _EACH_TIME_ANEW.search(query)
