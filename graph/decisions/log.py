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
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

from graph.decisions.events import ENDING, LONGEST_LINE, Event, parse
from graph.disk import sync
from graph.errors import DecisionError
from graph.text import sha256

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
        return self._by_profile.get(profile, ())

    @property
    def profiles(self) -> Collection[str]:
        """Keys of the profiles on which there are any."""
        return self._by_profile.keys()

    @cached_property
    def _by_profile(self) -> dict[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            if event.profile:
                found[event.profile].append(event)
        return {profile: tuple(events) for profile, events in found.items()}


def read(folder: Path) -> Recorded:
    """All events in a folder; none where there is no such folder.

    Args:
        folder: the folder of decisions.

    Raises:
        DecisionError: a file cannot be opened; without it the graph would say something untrue.
    """
    return Follower(folder).read()


@dataclass
class _File:
    """What was read of one file.

    Args:
        signature: its inode, size and time of change.
        size: how many bytes were read.
        hash: SHA-256 of these.
        lines: how many lines these hold, blank ones among them.
        found: the event in each line that is not blank, or why it is none.
    """

    signature: tuple[int, int, int] = (0, 0, 0)
    size: int = 0
    hash: str = ""
    lines: int = 0
    found: list[Event | DecisionError] = field(default_factory=list)


class Follower:
    """Reads a folder again and again; of a file to which lines were added, only these.

    Args:
        folder: the folder of decisions.
    """

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._files: dict[Path, _File] = {}

    def read(self) -> Recorded:
        """All events that are there now.

        Raises:
            DecisionError: a file cannot be opened.
        """
        paths = sorted(path for path in self._folder.glob(f"*{ENDING}") if not path.name.startswith("."))
        self._files = {path: self._followed(path) for path in paths}
        found: dict[str, Event] = {}
        aside: list[DecisionError] = []
        repeated = 0
        for one in chain.from_iterable(file.found for file in self._files.values()):
            if isinstance(one, DecisionError):
                aside.append(one)
            else:
                repeated += one.id in found
                found.setdefault(one.id, one)
        lines = sum(len(file.found) for file in self._files.values())
        return Recorded(tuple(sorted(found.values(), key=attrgetter("order"))), lines, repeated, tuple(aside))

    def _followed(self, path: Path) -> _File:
        """A file as it is now, read on from where it was read before if all of that is still there."""
        known = self._files.get(path, _File())
        try:
            with path.open("rb") as file:
                status = os.fstat(file.fileno())
                signature = status.st_ino, status.st_size, status.st_mtime_ns
                if signature == known.signature:
                    return known
                data = file.read()
        except OSError as error:
            raise DecisionError(path, f"the file cannot be opened ({error.strerror})", "mend its permissions") from error
        if not (known.size and data[known.size - 1 : known.size] == b"\n" and sha256(data[: known.size]) == known.hash):
            known = _File()
        fresh = data[known.size :].split(b"\n")
        parsed = [_parsed(line + b"\n", path, known.lines + number) for number, line in enumerate(fresh, 1) if line.strip()]
        return _File(signature, len(data), sha256(data), known.lines + len(fresh) - 1, [*known.found, *parsed])


def _parsed(line: bytes, path: Path, number: int) -> Event | DecisionError:
    try:
        return parse(line, path, number)
    except DecisionError as error:
        return error


def record(folder: Path, events: Iterable[Event]) -> None:
    """Add events to their files; they are on disk when this returns. Adding one again changes nothing.

    Args:
        folder: the folder of decisions, which is made where it is missing.
        events: the events.

    Raises:
        DecisionError: an event is too long, or a file cannot be written; of that file and those behind it nothing was recorded, and
            the message says of which files all was.
    """
    ordered = sorted(events, key=attrgetter("file", "order"))
    for event in ordered:
        if len(event.line) > LONGEST_LINE:
            problem = f"the decision has more than {LONGEST_LINE:,} bytes"
            raise DecisionError(folder / event.file, problem, "quote fewer words, or shorten the note")
    groups = {name: list(group) for name, group in groupby(ordered, key=attrgetter("file"))}
    for name, group in groups.items():
        path = folder / name
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                sync(folder.parent)
            _append(path, b"".join(event.line for event in group))
        except OSError as error:
            problem = f"the decision cannot be written ({error.strerror}) and is not recorded{_accounted(groups, name)}"
            raise DecisionError(path, problem, "make room or mend the permissions, and decide again") from error
        except DecisionError as error:
            raise DecisionError(path, f"{error.problem}{_accounted(groups, name)}", error.remedy) from error


def _accounted(groups: Mapping[str, Sequence[Event]], failed: str) -> str:
    """What was recorded before a file could not be written, and what was not; nothing where only one decision was to be."""
    names = list(groups)
    done, left = names[: names.index(failed)], names[names.index(failed) :]
    if not done and sum(map(len, groups.values())) == 1:
        return ""
    return f" (recorded: {_counted(groups, done) or 'nothing'}; not recorded: {_counted(groups, left)})"


def _counted(groups: Mapping[str, Sequence[Event]], names: Sequence[str]) -> str:
    counts = ((name, len(groups[name])) for name in names)
    return ", ".join(f"{count:,} decision{'s' if count != 1 else ''} of {name}" for name, count in counts)


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
