"""Answers packed with gzip for those who take them so: pages, data, styles and scripts.

Results of public queries are packed by their worker, within the limits of their query.
"""

import gzip

from flask import Flask, Response, request

_LEAST = 1_000
"""Bytes below which packing gains nothing."""
_MOST = 4 * 2**20
"""Bytes above which it would hold up a thread of the server."""
_LEVEL = 5
_TEXTS = ("text/", "application/")
_OK, _UNCHANGED = 200, 304


def pack(app: Flask) -> None:
    """Let `app` pack its answers."""
    app.after_request(_packed)


def _packed(response: Response) -> Response:
    if response.status_code == _UNCHANGED:
        response.vary.add("Accept-Encoding")
    if not _is_worth_it(response):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return response
    response.direct_passthrough = False
    response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)  # the bytes are others, what they mean is the same
    return response


def _is_worth_it(response: Response) -> bool:
    size = response.content_length or 0
    return (
        response.status_code == _OK
        and _LEAST <= size <= _MOST
        and (response.mimetype or "").startswith(_TEXTS)
        and "Content-Encoding" not in response.headers
        and "Content-Disposition" not in response.headers
        and "Accept-Ranges" not in response.headers
    )
