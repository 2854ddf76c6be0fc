"""What people could once see and can no longer: two files beside the releases, to which lines are only ever added.

    GONE.jsonl        references that a later release lacks, each with the last release that held it and its day
    WITHDRAWN.jsonl   releases that were removed, each with what was withdrawn from them, when and why

A line that was cut off, because the machine went down while it was written, counts as not there.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph import disk
from graph.iris import Iris
from graph.release import Release

GONE, WITHDRAWN = "GONE.jsonl", "WITHDRAWN.jsonl"
_DUMP = "liaison.nt"

Entry = Mapping[str, str]
"""One line: names to values."""


def entries(path: Path) -> list[Entry]:
    """The lines of a ledger in order; none where there is no such file."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    return [entry for line in lines if (entry := _entry(line))]


def append(path: Path, fresh: Iterable[Entry]) -> None:
    """Add lines to a ledger; they are on disk when this returns."""
    lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in fresh)
    if lines:
        disk.append(path, lines)


def gone(former: Release, folder: Path, iris: Iris) -> list[Entry]:
    """A line for each thing that a release held and the one in `folder` lacks.

    Args:
        former: the release that people can see today.
        folder: the folder of the one that is to take its place.
        iris: makes the IRIs of the latter.
    """
    lost = _subjects(former.folder / _DUMP, former.iris) - _subjects(folder / _DUMP, iris)
    day = str(former.manifest["built"])[:10]
    return [{"reference": reference, "release": former.id, "date": day} for reference in sorted(lost)]


def note_gone(path: Path, former: Release, folder: Path, iris: Iris) -> None:
    """Add what `gone` finds to the ledger at `path`, except for what is its last word already."""
    last = {entry["reference"]: entry for entry in entries(path)}
    append(path, (entry for entry in gone(former, folder, iris) if last.get(entry["reference"]) != entry))


def _subjects(dump: Path, iris: Iris) -> set[str]:
    """References of all that a dump says something of; a dump that is not there says nothing."""
    start = f"<{iris.base}id/".encode()
    try:
        with dump.open("rb") as file:
            found = {line[len(start) : line.index(b">")] for line in file if line.startswith(start)}
    except FileNotFoundError:
        return set()
    return {reference.decode() for reference in found if b"#" not in reference}


def _entry(line: bytes) -> Entry | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
