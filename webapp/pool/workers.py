"""The pool: who runs, who waits, who is turned away."""

import queue
import threading
from pathlib import Path

from webapp.pool.guard import refusal
from webapp.pool.process import Worker
from webapp.pool.question import Limits, Outcome, Question
from webapp.pool.spool import Spool

_BUSY = Outcome("busy", "Too many queries are waiting; ask again in some seconds.")
_UNFETCHED = Outcome("busy", "Too many results wait to be fetched; ask again in some seconds.")


class Pool:
    """Workers on one store.

    Args:
        store: folder of the store.
        size: how many workers there are at most.
        limits: what a query may cost.
    """

    def __init__(self, store: Path, size: int, limits: Limits) -> None:
        """Start no worker yet: the first question starts the first one."""
        self._store, self._limits = store, limits
        self._spool = Spool(limits.spool_bytes)
        self._idle: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)
        self._asking, self._most = 0, size + limits.queue
        self._lock = threading.Lock()
        self._is_closed = False

    def ask(self, question: Question) -> Outcome:
        """Run a query; the answer is whole, or there is none."""
        if reason := refusal(question.query, self._limits):
            return Outcome("refused", reason)
        with self._lock:
            if self._asking >= self._most:
                return _BUSY
            self._asking += 1
        try:
            return self._when_idle(question)
        finally:
            with self._lock:
                self._asking -= 1

    def is_ready(self) -> bool:
        """Whether a worker answers, or all are at work, which they are for a limited time only."""
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            return True
        outcome = self._asked(worker, Question("ASK {}"))
        if outcome.file:
            outcome.file.close()
        return outcome.kind == "answered"

    def close(self) -> None:
        """End all workers; those that are busy end when their query has ended."""
        with self._lock:
            self._is_closed = True
        ended = 0
        while not self._idle.empty():
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                break
            ended += 1
            if worker:
                worker.end()
        for _ in range(ended):
            self._idle.put(None)

    def _when_idle(self, question: Question) -> Outcome:
        try:
            worker = self._idle.get(timeout=self._limits.seconds)
        except queue.Empty:
            return _BUSY
        return self._asked(worker, question)

    def _asked(self, worker: Worker | None, question: Question) -> Outcome:
        """Ask an idle worker, or a new one in its place, and give it back."""
        size = self._limits.result_bytes
        if not self._spool.reserve(size):
            self._idle.put(worker)
            return _UNFETCHED
        try:
            worker = worker if worker and worker.is_alive else self._new(worker)
            return worker.ask(question)
        finally:
            self._spool.release(size)
            self._give_back(worker)

    def _give_back(self, worker: Worker | None) -> None:
        """Put a worker back; one that is gone is replaced at once, so that the next question does not wait for it."""
        if worker and self._is_closed:
            worker.end()
            worker = None
        elif worker and not worker.is_alive:
            worker = self._new(worker)
        self._idle.put(worker)

    def _new(self, former: Worker | None) -> Worker:
        if former:
            former.end()
        return Worker(self._store, self._limits, self._spool)
