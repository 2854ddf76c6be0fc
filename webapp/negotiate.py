"""Which of several formats a client gets.

A media type has the quality of the most specific range in `Accept` that names it, so that `text/html;q=0, */*` does
not mean HTML; of equal qualities the first format offered wins.
"""

from collections.abc import Iterable, Sequence
from typing import NoReturn

from flask import Request, abort
from werkzeug.exceptions import NotAcceptable

from webapp.pool.answers import GRAPHS, RESULTS, Format

Accept = Sequence[tuple[str, float]]
"""Ranges with their qualities, as Werkzeug reads them."""

_NOWHERE, _ANYTHING, _KIND, _EXACT = range(4)
_NEVER = (0.0, _NOWHERE)


def accepted(request: Request) -> Accept:
    """What the client takes; `*`, as some write for all, is `*/*`."""
    return [("*/*" if value.strip() == "*" else value, quality) for value, quality in request.accept_mimetypes]


def rank(accept: Accept, media_type: str) -> tuple[float, int]:
    """The quality of a media type, and how specifically it is named; (0, 0) if it is not acceptable."""
    main = media_type.partition("/")[0]
    named = {media_type: _EXACT, f"{main}/*": _KIND, "*/*": _ANYTHING}
    ranges = ((value.partition(";")[0].strip().lower(), quality) for value, quality in accept)
    found = [(named[value], quality) for value, quality in ranges if value in named]
    specific, quality = max(found, default=(_NOWHERE, 0.0))
    return (quality, specific) if quality > 0 else _NEVER


def wanted(request: Request, formats: Iterable[Format], default: Format, named: str = "") -> Format | None:
    """The format that the client prefers, None if it asks for none of them.

    Args:
        request: the request; `?format=` (a name or a media type) wins over `Accept`.
        formats: what there is.
        default: what a client gets that asks for nothing.
        named: the parameter `format` of a form.
    """
    if name := named or request.args.get("format"):
        return next((item for item in formats if name in (item.name, *item.media_types)), None)
    accept = accepted(request)
    if not accept:
        return default
    ordered = [default, *(item for item in formats if item is not default)]
    best = max(ordered, key=lambda item: _quality(accept, item))
    return best if _quality(accept, best) > 0 else None


def prefers_html(request: Request, named: str = "") -> bool:
    """Whether the client would rather have a page than data; a client that does not care gets data."""
    if named or request.args.get("format"):
        return False
    accept = accepted(request)
    data = {item.media_type for item in (*RESULTS.values(), *GRAPHS.values())} | {"application/json"}
    return rank(accept, "text/html") > max(rank(accept, name) for name in data)


def not_acceptable(formats: Iterable[Format]) -> NoReturn:
    """Answer 406 with the formats that exist."""
    names = ", ".join(f"{item.media_type} (?format={item.name})" for item in formats)
    abort(NotAcceptable.code, f"This exists as {names}.")


def _quality(accept: Accept, item: Format) -> float:
    aliases = [quality for quality, specific in (rank(accept, name) for name in item.aliases) if specific == _EXACT]
    return max(rank(accept, item.media_type)[0], *aliases, 0.0)
