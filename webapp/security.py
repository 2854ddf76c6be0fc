"""Headers that every answer carries, and limits on what a request may bring."""

import re

from flask import Flask, Response, abort, g, request
from werkzeug.exceptions import RequestURITooLarge

LARGEST_BODY = 1 * 2**20
LONGEST_ADDRESS = 64 * 2**10
_HOST = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
"""A name or an address of a host, with a port or without."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OPEN = (
    "/sparql",
    "/api/",
    "/id/",
    "/data/",
    "/def",
    "/graph/",
    "/downloads/",
    "/releases/",
    "/releases.atom",
    "/void.ttl",
    "/.well-known/void",
    "/catalog",
    "/context.jsonld",
)
"""Paths that programs in other people's pages may read: all are public and read-only, and no answer depends on a cookie."""
_OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, If-Range, Range",
    "Access-Control-Expose-Headers": "Link, ETag, Query-Id, Retry-After, Accept-Ranges, Content-Length, Content-Range",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def protect(app: Flask) -> None:
    """Put the headers on every answer of `app` and limit its requests."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.before_request(_limit_address)
    app.after_request(_add_headers)


def check_host() -> None:
    """Refuse a request whose host could be no name of this server: what repeats it would repeat whatever a client writes."""
    if not _HOST.fullmatch(request.host):
        abort(400, "The host that the request names is no name of a host.")


def _limit_address() -> None:
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(RequestURITooLarge.code)


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if number := g.get("query_id"):
        response.headers["Query-Id"] = number
    if request.path.startswith(_OPEN):
        response.headers.update(_OPEN_HEADERS)
    return response
