"""A publication in a process of its own: `liaison build`, one at a time, its lines kept in a file among the releases.

The process shares nothing with the server: no socket, no lock, no memory. It goes on when the client goes away, and ends
with the server. A build that ends early, at whatever point, leaves the former release as it was.
"""

import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph import cache
from graph.errors import SettingError
from webapp.config import Config

_LOG = logging.getLogger("liaison.review")
_PATIENCE = 10.0
_MOST_BYTES = 200_000
"""Of the lines of a build, the last that are shown."""
_COMPLAINT = "liaison: "
_RELEASE = re.compile(r"release +([A-Za-z0-9-]+) ")


@dataclass(frozen=True)
class Publication:
    """A publication that runs, or the last one that did.

    Args:
        by: who asked for it.
        at: when it began.
        seconds: how long it has run, or ran.
        status: its exit status; None while it runs.
        lines: what it has said so far.
        ago: seconds since it ended; 0 while it runs.
    """

    by: str
    at: str
    seconds: float
    status: int | None
    lines: Sequence[str]
    ago: float = 0.0

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.status is None

    @property
    def release(self) -> str:
        """Id of the release that it made; empty if it made none."""
        told = (found for line in self.lines if (found := _RELEASE.match(line)))
        return next((found[1] for found in told), "") if self.status == 0 else ""

    @property
    def reasons(self) -> list[str]:
        """Why nothing was published, a sentence each; none if something was, or if the process was ended."""
        begin = next((place for place, line in enumerate(self.lines) if line.startswith(_COMPLAINT)), None)
        if not self.status or begin is None:
            return []
        return [line.removeprefix(_COMPLAINT) for line in self.lines[begin:] if line.strip()]

    @property
    def outcome(self) -> str:
        """How it fares, or how it ended, in a sentence."""
        match self.status:
            case None:
                return f"Under way for {self.seconds:.0f} s."
            case 0:
                return f"Published in {self.seconds:.1f} s{f', as release {self.release}' if self.release else ''}."
            case _ if self.status == -signal.SIGTERM:
                return f"The build was ended after {self.seconds:.1f} s; the former release stays. Publish again."
            case _ if self.status < 0:
                return f"The build was killed (signal {-self.status}) after {self.seconds:.1f} s; the former release stays. Publish again."
            case _ if self.reasons:
                return f"Nothing was published, after {self.seconds:.1f} s; the former release stays."
            case _:
                return (
                    f"The build failed (status {self.status}) after {self.seconds:.1f} s; the former release stays. Report its last lines."
                )


@dataclass
class _Run:
    """A process, who asked for it and when, when it began by a clock that never goes back, and how long it took in the end."""

    process: "subprocess.Popen[bytes]"
    by: str
    at: str
    began: float
    seconds: float | None = None


class Publisher:
    """Starts publications and tells how they fare.

    Args:
        config: the settings.
    """

    def __init__(self, config: Config) -> None:
        """Nothing has been published."""
        self._config, self._lock, self._is_closed = config, threading.Lock(), False
        self._run: _Run | None = None

    @property
    def is_possible(self) -> bool:
        """Whether a release could be written."""
        return os.access(self._config.releases, os.W_OK)

    def start(self, by: str) -> None:
        """Begin a publication.

        Args:
            by: who asks for it.

        Raises:
            SettingError: one is under way, or none can be begun.
        """
        with self._lock:
            if self._run and self._run.process.poll() is None:
                message = f"{self._run.by} is publishing already; wait until that has ended, then look whether anything is left."
                raise SettingError(message)
            if self._is_closed:
                message = "the server is ending; publish when it runs again."
                raise SettingError(message)
            if not self.is_possible:
                message = f"{self._config.releases}: the folder of releases cannot be written; start the server with another --releases."
                raise SettingError(message)
            try:
                process = self._begun()
            except OSError as error:
                message = f"the build cannot be started ({error.strerror}); make room, and publish again."
                raise SettingError(message) from error
            self._run = _Run(process, by, datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic())
            threading.Thread(target=_wait, args=(self._run,), name="publication", daemon=True).start()
            _LOG.info("%s publishes", by)

    def _begun(self) -> "subprocess.Popen[bytes]":
        config = self._config
        paths = os.pathsep.join(str(Path(path).resolve()) for path in sys.path if path)
        with (config.releases / cache.PUBLISHING).open("wb") as lines:
            return subprocess.Popen(  # noqa: S603  # our own command
                [sys.executable, "-P", "-s", "-m", "webapp.builder", str(config.data), str(config.releases), config.base],
                stdin=subprocess.PIPE,
                stdout=lines,
                stderr=subprocess.STDOUT,
                env={"PATH": os.defpath, "PYTHONPATH": paths, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TMPDIR": tempfile.gettempdir()},
                start_new_session=True,
            )

    @property
    def latest(self) -> Publication | None:
        """The publication that runs, or the last one; None if there was none since the server began."""
        run = self._run
        if run is None:
            return None
        status = run.process.poll()
        since = time.monotonic() - run.began
        seconds = since if run.seconds is None else run.seconds
        return Publication(run.by, run.at, seconds, status, self._lines(), since - seconds)

    def close(self) -> None:
        """End what runs, as the server ends; nothing is begun any more."""
        with self._lock:
            self._is_closed = True
        process = self._run.process if self._run else None
        if process and process.poll() is None:
            _signal(process, signal.SIGTERM)
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()

    def _lines(self) -> list[str]:
        try:
            with (self._config.releases / cache.PUBLISHING).open("rb") as lines:
                lines.seek(max(0, os.fstat(lines.fileno()).st_size - _MOST_BYTES))
                return lines.read(_MOST_BYTES).decode("utf-8", "replace").splitlines()
        except OSError:
            return []


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Tell the process and all that it has started, which are a group of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _wait(run: _Run) -> None:
    """Note how long a publication takes, and that it has ended."""
    status = run.process.wait()
    run.seconds = time.monotonic() - run.began
    if run.process.stdin:
        run.process.stdin.close()
    _LOG.info("the publication of %s ended with status %d after %.1f s", run.by, status, run.seconds)
