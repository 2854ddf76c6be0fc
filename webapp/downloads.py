"""The files of a release. Those under the release's own address never change."""

import re
from base64 import b64encode
from collections.abc import Callable

from flask import Blueprint, Response, abort, redirect, request, send_from_directory
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from graph.errors import StoreError
from graph.excerpt import FOLDER
from graph.release import Release, Releases
from webapp.gone import Departed, departed, removed
from webapp.live import current, settings

blueprint = Blueprint("files", __name__)

_MANIFEST = "manifest.json"
_RANGE = re.compile(r"bytes=\s*(?:(\d{1,18})-(\d{0,18})|-\d{1,18})\s*", re.IGNORECASE)
"""A range that is taken: one of bytes. RFC 9110 has a server pass over what it does not take, several at once included."""


@blueprint.get("/downloads/")
def overview() -> AnyResponse:
    """The page of the downloads, which has no slash."""
    return redirect("/downloads", 308)


@blueprint.get("/downloads/<name>")
@blueprint.get(f"/downloads/<any({FOLDER}):folder>/<name>")
def latest(name: str, folder: str = "") -> Response:
    """One file of the current release."""
    return _sent(current().release, f"{folder}/{name}" if folder else name)


@blueprint.get("/downloads/<release>/<name>")
@blueprint.get(f"/downloads/<release>/<any({FOLDER}):folder>/<name>")
def fixed(release: str, name: str, folder: str = "") -> Response:
    """One file of a release, current or not."""
    try:
        found = Releases(settings().releases).get(release)
    except StoreError:
        if reason := removed(release):
            raise reason from None
        abort(404, f"There is no release {release} here; /downloads names the current one.")
    response = _sent(found, f"{folder}/{name}" if folder else name)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def answer_ranges(send: Callable[[], Response]) -> Response:
    """Send a file, or the range of it that is asked for; a header that holds no such range is as good as none."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or (asked[2] and int(asked[1]) > int(asked[2])):
        request.environ.pop("HTTP_RANGE", None)
    try:
        response = send()
    except RequestedRangeNotSatisfiable as error:
        headers = {"Content-Range": f"bytes */{error.length}", "Accept-Ranges": "bytes"}
        return Response("The file ends before this range; ask for less.\n", error.code, headers, mimetype="text/plain")
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _sent(release: Release, name: str) -> Response:
    files = release.manifest["files"]
    if name == _MANIFEST:
        return answer_ranges(lambda: send_from_directory(release.folder.absolute(), name, mimetype="application/json", as_attachment=True))
    if name not in files:
        if reason := _gone(release, name):
            raise reason
        whole = [name for name in files if not name.startswith(f"{FOLDER}/")]
        abort(404, f"The release holds no such file; it holds {', '.join([*whole, _MANIFEST])}, and /downloads lists its excerpts.")
    described = files[name]
    response = answer_ranges(
        lambda: send_from_directory(
            release.folder.absolute(), name, mimetype=described["media_type"], as_attachment=True, etag=described["sha256"]
        )
    )
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(described['sha256'])).decode()}:"
    return response


def _gone(release: Release, name: str) -> Departed | None:
    """Why the release on show has an excerpt no longer; None if there was none about this thing."""
    folder, _, file = name.partition("/")
    kind, _, key = file.partition(".")[0].partition("-")
    return departed(current(), f"{kind}/{key}") if folder == FOLDER and release.id == current().release.id else None
