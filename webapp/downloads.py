"""The files of a release. Those under the release's own address never change."""

from base64 import b64encode

from flask import Blueprint, Response, abort, send_from_directory

from graph.errors import StoreError
from graph.excerpt import FOLDER
from graph.release import Release, Releases
from webapp.gone import removed
from webapp.live import current, settings

blueprint = Blueprint("files", __name__)

_MANIFEST = "manifest.json"


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


def _sent(release: Release, name: str) -> Response:
    files = release.manifest["files"]
    if name == _MANIFEST:
        return send_from_directory(release.folder.absolute(), name, mimetype="application/json", as_attachment=True)
    if name not in files:
        whole = [name for name in files if not name.startswith(f"{FOLDER}/")]
        abort(404, f"The release holds no such file; it holds {', '.join([*whole, _MANIFEST])}, and /downloads lists its excerpts.")
    described = files[name]
    response = send_from_directory(
        release.folder.absolute(), name, mimetype=described["media_type"], as_attachment=True, etag=described["sha256"]
    )
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(described['sha256'])).decode()}:"
    return response
