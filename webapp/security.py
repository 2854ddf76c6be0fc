"""Headers that every answer carries, and limits on what a request may bring."""

import re
from collections.abc import Sequence

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge

from webapp.config import Config

LARGEST_BODY = 1 * 2**20
UPLOAD = "/review/upload"
"""The one address that takes more: a document from a reviewer who is signed in."""
_AROUND = 64 * 2**10
"""What a form may bring beside its document."""
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
EMBED = "/embed/"
"""Pages that other sites may show in a frame, if a setting names them."""
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
    "/paths.",
    "/explore.",
    "/compare.csv",
    "/compare.ttl",
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
    app.before_request(_allow_upload)
    app.after_request(_add_headers)


def largest_upload(config: Config) -> int:
    """The largest body of a request that brings a document, in bytes."""
    return config.upload_megabytes * 2**20 + _AROUND


def too_large(config: Config) -> str:
    """That a document is too large, and what to do."""
    return f"The document is too large: {config.upload_megabytes} MB are the most. Cut it into one document a profile, and send these."


def check_host() -> None:
    """Refuse a request whose host could be no name of this server: what repeats it would repeat whatever a client writes."""
    if not _HOST.fullmatch(request.host):
        abort(400, "The host that the request names is no name of a host.")


def _limit_address() -> None:
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(RequestURITooLarge.code)


def _allow_upload() -> None:
    """Let a document be as large as the settings say. Who is not signed in is sent away before any of it is read."""
    if request.path != UPLOAD or request.method != "POST":
        return
    config: Config = current_app.extensions["config"]
    most = largest_upload(config)
    if (request.content_length or 0) > most:
        abort(RequestEntityTooLarge.code, too_large(config))
    request.max_content_length = most


def _add_headers(response: Response) -> Response:
    framed_by = current_app.extensions["config"].framed_by.split()
    for name, value in (_framed(framed_by) if framed_by and request.path.startswith(EMBED) else _HEADERS).items():
        response.headers.setdefault(name, value)
    if number := g.get("query_id"):
        response.headers["Query-Id"] = number
    if request.path.startswith(_OPEN):
        response.headers.update(_OPEN_HEADERS)
    return response


def _framed(sites: Sequence[str]) -> dict[str, str]:
    """The headers of a page that these sites may show in a frame. X-Frame-Options knows no list, so the policy says it alone."""
    headers = {name: value for name, value in _HEADERS.items() if name != "X-Frame-Options"}
    policy = _POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(sites)}")
    return headers | {"Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "cross-origin"}
