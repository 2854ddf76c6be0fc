"""data/decisions/: the files of events, one a profile and one for actors, to which lines are only ever added.

    spain-2018-cse.jsonl    decisions on the claims of this profile
    _actors.jsonl           merges and splits of actors

What `record` has written is on disk when it returns. Whoever reads never waits, and takes no part in locks. A line that
was cut off, because the machine went down or the disk was full while it was written, was never acknowledged: it is set
aside and told, and the next line begins behind it.
"""

import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from graph.decisions.events import ENDING, LONGEST_LINE, Event, parse
from graph.disk import sync
from graph.errors import DecisionError

PATIENCE = 30.0
"""Seconds that a writer waits for others."""
_PAUSE = 0.01
_MOST_TRIES = 5
"""How often a file may be replaced, as by `git pull`, while something is written to it."""


@dataclass(frozen=True)
class Recorded:
    """What stands in the files.

    Args:
        events: each event once, in order of time and id.
        lines: how many lines there are that are not blank.
        repeated: how many of them repeat an event.
        aside: a remark for each line that is no event.
    """

    events: tuple[Event, ...] = ()
    lines: int = 0
    repeated: int = 0
    aside: tuple[DecisionError, ...] = ()

    def of(self, profile: str) -> tuple[Event, ...]:
        """The events on one profile."""
        return tuple(event for event in self.events if event.profile == profile)


def read(folder: Path) -> Recorded:
    """All events in a folder; none where there is no such folder.

    Args:
        folder: the folder of decisions.

    Raises:
        DecisionError: a file cannot be opened; without it the graph would say something untrue.
    """
    files = sorted(path for path in folder.glob(f"*{ENDING}") if not path.name.startswith("."))
    found: dict[str, Event] = {}
    aside: list[DecisionError] = []
    lines = repeated = 0
    for path in files:
        for number, line in _lines(path):
            lines += 1
            try:
                event = parse(line, path, number)
            except DecisionError as error:
                aside.append(error)
                continue
            repeated += event.id in found
            found.setdefault(event.id, event)
    return Recorded(tuple(sorted(found.values(), key=attrgetter("order"))), lines, repeated, tuple(aside))


def record(folder: Path, events: Iterable[Event]) -> None:
    """Add events to their files; they are on disk when this returns. Adding one again changes nothing.

    Args:
        folder: the folder of decisions, which is made where it is missing.
        events: the events.

    Raises:
        DecisionError: an event is too long, or a file cannot be written; of that file nothing was recorded.
    """
    ordered = sorted(events, key=attrgetter("file", "order"))
    for event in ordered:
        if len(event.line) > LONGEST_LINE:
            problem = f"the decision has more than {LONGEST_LINE:,} bytes"
            raise DecisionError(folder / event.file, problem, "quote fewer words, or shorten the note")
    for name, group in groupby(ordered, key=attrgetter("file")):
        path = folder / name
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                sync(folder.parent)
            _append(path, b"".join(event.line for event in group))
        except OSError as error:
            problem = f"the decision cannot be written ({error.strerror}) and is not recorded"
            raise DecisionError(path, problem, "make room or mend the permissions, and decide again") from error


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; of one that is too long, its beginning."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                rest = line
                while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
                    rest = file.readline(LONGEST_LINE + 1)
                if line.strip():
                    yield number, line
    except OSError as error:
        raise DecisionError(path, f"the file cannot be opened ({error.strerror})", "mend its permissions") from error


def _append(path: Path, data: bytes) -> None:
    for _ in range(_MOST_TRIES):
        with _locked(path) as handle:
            if _is_at(handle, path):
                _add(handle, data)
                sync(path.parent)
            # A program that puts another file in its place has taken ours away with what we wrote.
            if _is_at(handle, path):
                return
    raise DecisionError(path, "another program keeps replacing the file", "wait until it has ended, and decide again")


def _add(handle: int, data: bytes) -> None:
    """Write whole lines at the end, or nothing."""
    size = os.fstat(handle).st_size
    begun = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
    try:
        left = memoryview(b"\n" + data if begun else data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except OSError:
        with suppress(OSError):  # what stays of the line is set aside by those who read it
            os.ftruncate(handle, size)
            os.fsync(handle)
        raise


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, open for one writer alone.

    Raises:
        DecisionError: others have held it for too long.
    """
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        until = time.monotonic() + PATIENCE
        while not _is_ours(handle):
            if time.monotonic() > until:
                raise DecisionError(path, f"another program has held the file for {PATIENCE:g} seconds", "end it, and decide again")
            time.sleep(_PAUSE)
        yield handle
    finally:
        os.close(handle)


def _is_ours(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(handle: int, path: Path) -> bool:
    """Whether the open file is the one that has this name today."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
