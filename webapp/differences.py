"""What has changed between two releases, worked out once and kept in files beside the releases.

Releases never change, so neither does what differs between two of them. The files lie in the cache, from which a
withdrawal removes everything, or where that cannot be written to in a folder of this process.
"""

import json
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from graph.difference import Change, Difference
from graph.release import Release
from graph.versions import VERSION
from webapp.validators import tag_of

KEPT, MOST_BYTES = 64, 2**30
"""Differences that are kept, and bytes that they may take together; the oldest make room."""
WAIT_SECONDS = 20.0
"""How long a request waits while another difference is worked out."""


class DifferencesBusy(Exception):
    """Another difference is being worked out, and takes long."""


@dataclass(frozen=True)
class Told:
    """A difference in words.

    Args:
        head: the numbers.
        changes: the first of its lines.
        more: how many more there are.
        queries: the queries behind them.
    """

    head: str
    changes: tuple[Change, ...]
    more: int
    queries: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """All of it as lines."""
        return [self.head, *(change.words for change in self.changes)]


class Differences:
    """The differences between the releases of one folder.

    Args:
        folder: the folder of the releases.
        kept: where differences are kept; in the cache of the releases by default.
    """

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        """Nothing is worked out yet."""
        self._folder = kept or folder / "cache"
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()

    def is_known(self, old: Release, new: Release) -> bool:
        """Whether a difference has been worked out already."""
        return self._path(old, new, "jsonl").is_file()

    def told(self, old: Release, new: Release, most: int) -> Told:
        """A difference in words, with its first lines.

        Raises:
            DifferencesBusy: ask again later.
        """
        with self._made(old, new, "jsonl").open(encoding="utf-8") as file:
            head = json.loads(next(file))
            changes = tuple(_change(line) for line in islice(file, most))
            return Told(head["head"], changes, head["changes"] - len(changes), tuple(head["queries"]))

    def patch(self, old: Release, new: Release) -> Path:
        """The file with a difference as an RDF patch.

        Raises:
            DifferencesBusy: ask again later.
        """
        return self._made(old, new, "patch")

    def _made(self, old: Release, new: Release, ending: str) -> Path:
        if not self._path(old, new, ending).is_file():
            with self._alone():
                if not self._path(old, new, ending).is_file():
                    self._make(Difference(old, new))
        return self._path(old, new, ending)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            raise DifferencesBusy
        try:
            yield
        finally:
            self._lock.release()

    def _make(self, made: Difference) -> None:
        """Work a difference out; the words come last, so that what is known is whole."""
        self._prepare()
        changes = list(made.changes())
        head = {"head": made.head, "changes": len(changes), "queries": made.queries()}
        self._write(self._path(made.old, made.new, "patch"), made.patch())
        lines = (json.dumps(given, ensure_ascii=False) for given in (head, *map(asdict, changes)))
        self._write(self._path(made.old, made.new, "jsonl"), lines)
        if not (made.old.folder.is_dir() and made.new.folder.is_dir()):  # removed meanwhile: nothing of it may stay
            for ending in ("patch", "jsonl"):
                self._path(made.old, made.new, ending).unlink(missing_ok=True)
        self._make_room()

    def _prepare(self) -> None:
        try:
            self._folder.mkdir(exist_ok=True)
            usable = os.access(self._folder, os.W_OK)
        except OSError:
            usable = False
        if not usable:
            self._own = tempfile.TemporaryDirectory(prefix="liaison-")
            self._folder = Path(self._own.name)

    def _write(self, path: Path, lines: Iterable[str]) -> None:
        handle, fresh = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
        Path(fresh).replace(path)

    def _make_room(self) -> None:
        paths = sorted(self._folder.glob("difference-*"), key=lambda path: -path.stat().st_mtime_ns)
        room = MOST_BYTES
        for place, path in enumerate(paths):
            room -= path.stat().st_size
            if place >= 2 * KEPT or (room < 0 and place > 1):
                path.unlink(missing_ok=True)

    def _path(self, old: Release, new: Release, ending: str) -> Path:
        return self._folder / f"difference-{old.id}-{new.id}-{tag_of(VERSION)[:8]}.{ending}"


def _change(line: str) -> Change:
    given = json.loads(line)
    return Change(**{**given, "told": tuple(given["told"])})
