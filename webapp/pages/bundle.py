"""The scripts that Vite has built, found by its manifest. Without them every page still works."""

import json
from functools import cache
from pathlib import Path

_MANIFEST = Path(__file__).parents[1] / "static" / "dist" / ".vite" / "manifest.json"


@cache
def script(source: str, manifest: Path = _MANIFEST) -> str:
    """The address of a built script; empty where the front end has not been built.

    Args:
        source: the file that Vite began with, `src/ego.ts`.
        manifest: what Vite wrote.
    """
    try:
        entries = json.loads(manifest.read_bytes())
    except FileNotFoundError:
        return ""
    return f"/static/dist/{entries[source]['file']}" if source in entries else ""
