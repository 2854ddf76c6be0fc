"""A publication in a process of its own: `liaison build`, one at a time, its lines kept in a file among the releases.

The process shares nothing with the server: no socket, no lock, no memory. It goes on when the client goes away, and ends
with the server. A build that ends early, at whatever point, leaves the former release as it was.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from graph import cache
from graph.errors import SettingError
from webapp.config import Config

_LOG = logging.getLogger("liaison.review")
_NICE = 5
_PATIENCE = 10.0
_MOST_BYTES = 200_000
"""Of the lines of a build, the last that are shown."""


@dataclass(frozen=True)
class Publication:
    """A publication that runs, or the last one that did.

    Args:
        by: who asked for it.
        at: when it began.
        seconds: how long it has run, or ran.
        status: its exit status; None while it runs.
        lines: what it has said so far.
    """

    by: str
    at: str
    seconds: float
    status: int | None
    lines: Sequence[str]

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.status is None

    @property
    def outcome(self) -> str:
        """How it ended, in a sentence."""
        if self.status is None:
            return f"Under way for {self.seconds:.0f} s."
        if self.status == 0:
            return f"Published in {self.seconds:.1f} s."
        if self.status < 0:
            return f"The build was ended from outside (signal {-self.status}) after {self.seconds:.1f} s; the former release stays. Publish again."
        return f"Nothing was published after {self.seconds:.1f} s; the former release stays. The last lines say why."


class _Run:
    """One build: its process, who asked for it, and how long it took.

    Args:
        process: the process.
        by: who asked for it.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", by: str) -> None:
        """It has begun just now."""
        self.process, self.by, self.at = process, by, datetime.now(UTC).isoformat(timespec="seconds")
        self._began, self._took = time.monotonic(), 0.0
        threading.Thread(target=self._wait, name="publication", daemon=True).start()

    def _wait(self) -> None:
        status = self.process.wait()
        self._took = time.monotonic() - self._began
        _LOG.info("the publication of %s ended with status %d after %.1f s", self.by, status, self._took)

    @property
    def seconds(self) -> float:
        """How long it has run, or ran."""
        return self._took or time.monotonic() - self._began

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.process.poll() is None


class Publisher:
    """Starts publications and tells how they fare.

    Args:
        config: the settings.
    """

    def __init__(self, config: Config) -> None:
        """Nothing has been published."""
        self._config, self._lock = config, threading.Lock()
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
            SettingError: one is under way, or it cannot be begun.
        """
        with self._lock:
            if self._run and self._run.is_running:
                message = f"{self._run.by} is publishing already; wait until that has ended, then look whether anything is left."
                raise SettingError(message)
            try:
                process = self._begun()
            except OSError as error:
                message = f"{self._config.releases}: no release can be built there ({error.strerror}); make room, or mend the permissions."
                raise SettingError(message) from error
            self._run = _Run(process, by)
        _LOG.info("%s publishes", by)

    def _begun(self) -> "subprocess.Popen[bytes]":
        config = self._config
        folders = ["--data", str(config.data), "--releases", str(config.releases), "--base", config.base]
        with (config.releases / cache.PUBLISHING).open("wb") as lines:
            process = subprocess.Popen(  # noqa: S603  # our own command
                [sys.executable, "-P", "-m", "webapp.cli", "build", *folders],
                stdin=subprocess.DEVNULL, stdout=lines, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        with suppress(OSError):  # it may have ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        return process

    @property
    def latest(self) -> Publication | None:
        """The publication that runs, or the last one; None if there was none since the server began."""
        run = self._run
        return Publication(run.by, run.at, run.seconds, run.process.poll(), self._lines()) if run else None

    def close(self) -> None:
        """End what runs, as the server ends."""
        run = self._run
        if run and run.is_running:
            self._signal(run, signal.SIGTERM)
            try:
                run.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._signal(run, signal.SIGKILL)
                run.process.wait()

    def _signal(self, run: _Run, number: signal.Signals) -> None:
        """Tell the process and all that it has started, which are a group of their own."""
        with suppress(ProcessLookupError):
            os.killpg(run.process.pid, number)

    def _lines(self) -> list[str]:
        try:
            data = (self._config.releases / cache.PUBLISHING).read_bytes()
        except OSError:
            return []
        return data[-_MOST_BYTES:].decode("utf-8", "replace").splitlines()
