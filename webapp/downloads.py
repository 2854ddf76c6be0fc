"""The files of a release. Those under the release's own address never change."""

from base64 import b64encode

from flask import Blueprint, Response, abort, send_from_directory

from graph.errors import StoreError
from graph.release import Release, Releases
from webapp.live import current, settings

blueprint = Blueprint("files", __name__)

_MANIFEST = "manifest.json"


@blueprint.get("/downloads/<name>")
def latest(name: str) -> Response:
    """One file of the current release."""
    return _sent(current().release, name)


@blueprint.get("/downloads/<release>/<name>")
def fixed(release: str, name: str) -> Response:
    """One file of a release, current or not."""
    try:
        found = Releases(settings().releases).get(release)
    except StoreError:
        abort(404, f"There is no release {release} here; /downloads names the current one.")
    response = _sent(found, name)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _sent(release: Release, name: str) -> Response:
    files = release.manifest["files"]
    if name == _MANIFEST:
        return send_from_directory(release.folder.absolute(), name, mimetype="application/json", as_attachment=True)
    if name not in files:
        abort(404, f"The release holds no such file; it holds {', '.join([*files, _MANIFEST])}.")
    described = files[name]
    response = send_from_directory(
        release.folder.absolute(), name, mimetype=described["media_type"], as_attachment=True, etag=described["sha256"]
    )
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(described['sha256'])).decode()}:"
    return response
