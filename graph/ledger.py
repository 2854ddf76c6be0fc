"""What a folder of releases remembers of what is gone from it: one JSON object a line, only ever added to.

GONE.jsonl        IRIs that a release held and the next one lacks
WITHDRAWN.jsonl   releases that were removed because something in them was withdrawn
"""

import json
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

GONE, WITHDRAWN = "GONE.jsonl", "WITHDRAWN.jsonl"

Entry = Mapping[str, str]


def add(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries, and see them on disk before this returns."""
    text = "".join(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n" for entry in entries)
    if not text:
        return
    is_torn = path.is_file() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(("\n" if is_torn else "") + text)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, key: str) -> Mapping[str, Entry]:
    """The entries by one of their fields, the last of each; a line that was cut off is passed over."""
    try:
        return _read(path, key, path.stat().st_mtime_ns, path.stat().st_size)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=8)
def _read(path: Path, key: str, _changed: int, _size: int) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
            found[entry[key]] = entry
        except (ValueError, KeyError, TypeError):
            continue  # written when the machine went down; what it says is in the releases themselves
    return found
