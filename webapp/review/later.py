"""Which decisions a release does not know yet.

A release names the hash of each file of decisions as it was. Lines are only ever added: what stands behind the beginning
that has this hash came later. Where no beginning has it, because somebody put another file in its place, the times decide.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graph.decisions.events import ENDING, Event

_ID = re.compile(rb'"id"\s*:\s*"([0-9a-f]+)"')


def later(folder: Path, events: Iterable[Event], inputs: Mapping[str, str], built: str) -> list[Event]:
    """The decisions that a release does not hold.

    Args:
        folder: the folder of decisions.
        events: all decisions.
        inputs: name of each file that went into the release, to its hash.
        built: when the release was built, in UTC.
    """
    moment, given = built.partition("+")[0], list(events)
    known: set[str] = set()
    for path in sorted(folder.glob(f"*{ENDING}")):
        content, hash_ = path.read_bytes(), inputs.get(f"{folder.name}/{path.name}")
        if hash_ is None:
            continue
        beginning = next((content[:end] for end, found in _hashes(content) if found == hash_), None)
        ids = {found.decode() for found in _ID.findall(content if beginning is None else beginning)}
        known |= ids if beginning is not None else ids & {event.id for event in given if event.at < moment}
    return [event for event in given if event.id not in known]


def _hashes(content: bytes) -> Iterator[tuple[int, str]]:
    """Where the file begins, and where each line ends, with its line break and without, with the hash of all up to there."""
    whole, end = hashlib.sha256(), 0
    yield end, whole.hexdigest()
    for line in content.splitlines(keepends=True):
        words = line.rstrip(b"\n")
        whole.update(words)
        yield end + len(words), whole.hexdigest()
        whole.update(line[len(words) :])
        end += len(line)
        yield end, whole.hexdigest()
