"""410: what was there and is no longer, since when, why, and what took its place."""

from typing import NoReturn

from flask import abort

from graph import ledger
from graph.errors import StoreError
from graph.iris import Iris
from graph.release import Release, Releases
from webapp import errors
from webapp.live import Serving, settings

_STATUS = 410


def refuse_gone(serving: Serving, reference: str) -> None:
    """Answer 410 if the thing was retired, withdrawn, or stood in an earlier release only; else do nothing."""
    retired = serving.release.manifest.get("retired", {}).get(reference)
    if retired:
        _gone(f"{reference} is no longer there since {retired['date']}: {retired['reason']}.", serving.iris, retired["successor"])
    if last := ledger.read(settings().releases / ledger.GONE, "reference").get(reference):
        _gone(f"{reference} is no longer there since {last['date']}; it last stood in release {last['release']}.", serving.iris, "")


def release_or_refuse(name: str) -> Release:
    """The release of this id; 410 if it was removed, 404 if there never was one."""
    try:
        return Releases(settings().releases).get(name)
    except StoreError:
        if removed := ledger.read(settings().releases / ledger.WITHDRAWN, "release").get(name):
            message = f"Release {name} was removed on {removed['date']}, because {removed['reference']} was withdrawn: {removed['reason']}."
            abort(errors.answer(_STATUS, message))
        abort(404, f"There is no release {name} here; /releases lists those that are.")


def _gone(message: str, iris: Iris, successor: str) -> NoReturn:
    if not successor:
        abort(errors.answer(_STATUS, message))
    node = iris.thing(successor)
    response = errors.answer(_STATUS, f"{message} Its place took {node.value}.", successor=node.value, page=f"/page/{successor}")
    response.headers["Link"] = f'<{node.value}>; rel="successor-version"'
    abort(response)
