"""A worker as the web process holds it: started, asked one question at a time, killed when it takes too long."""

import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from webapp.pool.channel import Channel, Closed, Late
from webapp.pool.question import Limits, Outcome, Question
from webapp.pool.spool import Spool

_LOG = logging.getLogger(__name__)
_START_SECONDS = 30.0
"""Opening a store takes a fraction of a second; longer means that the machine is out of order."""
_LOOK_SECONDS = 0.2
"""How often it is looked whether the client is still there."""
_OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGKILL)
"""How a process ends whose engine finds no memory, or which the kernel ends because nothing is left."""


class Worker:
    """One process.

    Args:
        store: folder of the store.
        limits: what a query may cost.
        spool: where results are counted.
        port: the one port that the process may connect to; 0 for none.
    """

    def __init__(self, store: Path, limits: Limits, spool: Spool, port: int = 0) -> None:
        """Start the process; whether it is ready is asked with the first question."""
        self._limits, self._spool, self._is_ready = limits, spool, False
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [str(theirs.fileno()), str(store), str(limits.megabytes), str(limits.result_bytes), str(port)]
            self._process = subprocess.Popen(  # noqa: S603  # our own module, no shell
                [sys.executable, "-m", "webapp.pool.worker", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": tempfile.gettempdir()},
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the server, which then ends its workers
            )
        self._channel = Channel(ours)

    @property
    def is_alive(self) -> bool:
        """Whether it can take another question."""
        return self._process.poll() is None

    @property
    def is_ready(self) -> bool:
        """Whether it has come up, which is known once it has been asked something."""
        return self._is_ready

    def ask(self, question: Question, seconds: float, is_gone: Callable[[], bool]) -> Outcome:
        """Run a query; the answer is whole, or there is none and the process may be gone.

        Args:
            question: the query.
            seconds: how long it may run.
            is_gone: whether nobody waits for the answer any more.
        """
        try:
            if not self._is_ready:
                self._channel.receive(_START_SECONDS)
                self._is_ready = True
            until = time.monotonic() + seconds
            self._channel.send(vars(question) | {"dataset": question.dataset and vars(question.dataset)})
            while not self._channel.is_waiting(min(_LOOK_SECONDS, until - time.monotonic())) and time.monotonic() < until:
                if is_gone():
                    self.end()
                    return Outcome("gone", "Nobody waits for the answer any more.")
            message, descriptor = self._channel.receive(until - time.monotonic())
        except Late:
            self.end()
            if not self._is_ready:
                return Outcome("failed", "No worker could be started.")
            words = f"The query took longer than {seconds:g} seconds (query_seconds) and was stopped; ask for less, or add a LIMIT."
            return Outcome("time", words)
        except Closed:
            return self._ended()
        return self._judged(message, descriptor)

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.wait()
        self._channel.close()

    def _ended(self) -> Outcome:
        self._channel.close()
        status = self._process.wait(_START_SECONDS)
        _LOG.warning("a worker ended with status %s", status)
        if not self._is_ready:
            return Outcome("failed", "No worker could be started; the store cannot be opened.")
        if status in _OUT_OF_MEMORY:
            return Outcome("memory", f"The query needs more than {self._limits.megabytes:,} MB (query_megabytes); ask for less.")
        return Outcome("ended", "The engine could not cope with this query and its process ended; write it more simply.")

    def _judged(self, message: dict[str, Any], descriptor: int | None) -> Outcome:
        match message.pop("outcome"):
            case "answered":
                assert descriptor is not None
                return Outcome("answered", file=self._spool.keep(descriptor), size=os.fstat(descriptor).st_size, **message)
            case "too large":
                size = self._limits.result_bytes / 2**20
                return Outcome(
                    "too large", f"The result is larger than {size:,.0f} MB (result_megabytes); ask for less, or download the release."
                )
            case "memory":
                self.end()
                return Outcome("memory", f"The query needs more than {self._limits.megabytes:,} MB (query_megabytes); ask for less.")
            case kind:
                return Outcome(kind, **message)
