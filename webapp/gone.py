"""What could once be seen and no longer can: 410 with what is known of it, instead of 404."""

from functools import lru_cache
from pathlib import Path

from werkzeug.exceptions import Gone

from graph import ledger
from graph.ledger import Entry
from graph.retirement import PROFILE
from webapp.live import Serving, settings


class Departed(Gone):
    """An answer of 410 that names what has taken the place of something.

    Args:
        message: what is gone, since when and why.
        successor: IRI of what has taken its place, empty if nothing has.
        page: where on this site a reader finds the successor.
    """

    def __init__(self, message: str, successor: str = "", page: str = "") -> None:
        """Keep the parts for the answer."""
        super().__init__(message)
        self.parts = {"successor": successor, "page": page} if successor else {}

    def get_headers(self, *given: object) -> list[tuple[str, str]]:
        """The headers of any error, and the successor as a link."""
        link = '<{successor}>; rel="successor-version"'.format(**self.parts) if self.parts else ""
        return [*super().get_headers(*given), *([("Link", link)] if link else [])]  # type: ignore[arg-type]  # passed on as they come


def departed(serving: Serving, reference: str) -> Departed | None:
    """Why the graph holds a thing no longer; None if it never held it, as far as is known."""
    if notice := serving.release.manifest.get("retired", {}).get(reference):
        said = f"{reference} was {'withdrawn' if reference.startswith(PROFILE) else 'retired'} on {notice['date']}: {notice['reason']}."
        if not notice["successor"]:
            return Departed(f"{said} Nothing has taken its place.")
        iri = serving.iris.thing(notice["successor"]).value
        return Departed(f"{said} Its place is taken by {iri}.", iri, f"/page/{notice['successor']}")
    if entry := _entries("reference", ledger.GONE).get(reference):
        said = f"The graph holds {reference} no longer; it last stood in release {entry['release']} of {entry['date']}."
        why = removed(entry["release"])
        return Departed(
            f"{said} {why.description}" if why else f"{said} Its files are listed in /downloads/{entry['release']}/manifest.json."
        )
    return None


def removed(release: str) -> Departed | None:
    """Why a release was removed; None if none of this id was."""
    if entry := _entries("release", ledger.WITHDRAWN).get(release):
        return Departed(f"Release {release} was removed on {entry['date']}, since {entry['reference']} was withdrawn: {entry['reason']}.")
    return None


def _entries(name: str, file: str) -> dict[str, Entry]:
    """The last line of a ledger about each thing, by the value called `name`."""
    path = settings().releases / file
    try:
        return _read(path, name, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=4)
def _read(path: Path, name: str, _changed: int) -> dict[str, Entry]:
    return {entry[name]: entry for entry in ledger.entries(path)}
