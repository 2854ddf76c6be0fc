"""Errors as answers: a page for people, JSON or one line of text for programs, and always what to do next."""

import logging

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from graph.errors import StoreError
from webapp.gone import Departed
from webapp.negotiate import prefers_html, rank

_LOG = logging.getLogger(__name__)
UNAVAILABLE = "There is no release to show at the moment; ask again in a while.\n"
"""What the public hears where the release cannot be read; the log has the reason."""
_HELP = {
    400: "Look at the address or the query again.",
    404: "There is nothing under this address. Search for a name, or begin on the first page.",
    405: "This address does not take requests of this kind.",
    406: "This does not exist in the format that you ask for.",
    410: "This was here once and is not any more.",
    413: "The request is too large; at most 1 MB is taken.",
    415: "The request holds something that cannot be read here.",
    414: "The address is too long; send the query with POST.",
    500: "Something went wrong on our side; it has been written to the log.",
}
_OURS = ("Content-Type", "Content-Length")


def explain(app: Flask) -> None:
    """Let `app` answer errors in words."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreError, _no_release)


def answer(code: int, message: str, **parts: object) -> Response:
    """An error as a page, as JSON or as a line of text, by what the client would rather have.

    Args:
        code: the status.
        message: what happened, and what to do.
        **parts: what a program wants apart: line and column; the successor of what is gone, and its page.
    """
    is_api = request.path.startswith("/api/")
    accept = list(request.accept_mimetypes)
    if prefers_html(request) and not is_api:
        response = Response(render_template("error.html", code=code, message=message, **parts), code, mimetype="text/html")
    elif is_api or rank(accept, "application/json") > rank(accept, "text/plain"):
        response = jsonify(status=code, message=message, **parts)
        response.status_code = code
    else:
        response = Response(f"{message}\n", code, mimetype="text/plain")
    response.headers["Vary"] = "Accept"
    return response


def _http(error: HTTPException) -> Response | HTTPException:
    code = error.code or InternalServerError.code
    if code < BadRequest.code:
        return error  # a redirect is an exception in Werkzeug
    own = error.description if error.description and error.description != type(error).description else ""
    told = own or _HELP.get(code) or error.name
    response = answer(code, told, **(error.parts if isinstance(error, Departed) else {}))
    for name, value in error.get_headers():
        if name not in _OURS:
            response.headers[name] = value
    return response


def _no_release(error: StoreError) -> Response:
    _LOG.error("%s", error)
    return Response(UNAVAILABLE, 503, mimetype="text/plain", headers={"Retry-After": "10"})
