"""The pool: who runs, who waits, who is turned away.

There are two lanes. A query gets a worker of the main lane if one is idle, and then all of its time. While the main
lane is full, a query is first tried in the quick lane for a slice of time, so that short queries are answered however
many long ones run; what the slice does not suffice for waits for the main lane and begins anew there.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from webapp.pool.guard import excess, refusal, relayed
from webapp.pool.process import Worker
from webapp.pool.question import Limits, Outcome, Question
from webapp.pool.spool import Spool

_BUSY = Outcome("busy", "Too many queries are waiting (query_queue); ask again in some seconds.")
_UNFETCHED = Outcome("busy", "Too many results wait to be fetched (spool_megabytes); ask again in some seconds.")
_SHARE = "{share} queries of yours run, wait or are being sent (query_share); ask again when one of them has been answered."
_GONE = Outcome("gone", "Nobody waits for the answer any more.")
_DOWN = Outcome("failed", "No worker could be started just now; ask again in some seconds.")
_LOOK_SECONDS = 0.2
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
"""Seconds until the next attempt when a worker could not be started: doubled each time, up to the longest."""


@dataclass(frozen=True)
class Load:
    """How busy a pool is.

    Args:
        running: workers at work.
        waiting: queries that wait for one.
        kept_bytes: disk that results take which are not sent yet.
    """

    running: int
    waiting: int
    kept_bytes: int


class Lane:
    """Workers of one kind.

    Args:
        size: how many.
        seconds: how long a query may run.
        port: the one port that its workers may connect to; 0 for none.
    """

    def __init__(self, size: int, seconds: float, port: int = 0) -> None:
        """None is started yet: the first question starts the first one."""
        self.size, self.seconds, self.port = size, seconds, port
        self.idle: list[Worker | None] = [None] * size


class Pool:
    """Workers on one store.

    Args:
        store: folder of the store.
        size: how many workers the main lane has; the quick lane has one.
        limits: what a query may cost.
        services: addresses that queries may ask with SERVICE, and what stands for each; all behind `port`.
        port: the one port that a worker for such queries may connect to.
    """

    def __init__(self, store: Path, size: int, limits: Limits, services: Mapping[str, str] | None = None, port: int = 0) -> None:
        """Start no worker yet."""
        self._store, self._limits, self._services = store, limits, services or {}
        self._spool = Spool(limits.spool_bytes)
        self._main, self._quick = Lane(size, limits.seconds), Lane(1, min(limits.slice_seconds, limits.seconds))
        self._outward = Lane(1, limits.seconds, port)
        self._changed = threading.Condition()
        self._waiting = 0
        self._clients: Counter[str] = Counter()
        self._failures, self._not_before = 0, 0.0
        self._is_closed = False

    @property
    def load(self) -> Load:
        """How busy it is."""
        with self._changed:
            lanes = (self._main, self._quick, self._outward)
            return Load(sum(lane.size - len(lane.idle) for lane in lanes), self._waiting, self._limits.spool_bytes - self._spool.left)

    def ask(self, question: Question, is_gone: Callable[[], bool] = lambda: False) -> Outcome:
        """Run a query; the answer is whole, or there is none.

        Args:
            question: the query.
            is_gone: whether nobody waits for the answer any more.
        """
        if reason := excess(question.query, self._limits):
            return Outcome("too long", reason)
        if reason := refusal(question.query, self._limits, self._services):
            return Outcome("refused", reason)
        with self._changed:
            if question.client and self._clients[question.client] >= self._limits.share:
                return Outcome("share", _SHARE.format(share=self._limits.share))
            self._clients[question.client] += 1
        outcome = None
        try:
            outcome = self._tried(question, is_gone)
        finally:
            if outcome and outcome.file:
                outcome.file.then = lambda: self._forget(question.client)
            else:
                self._forget(question.client)
        return outcome

    def is_ready(self) -> bool:
        """Whether a worker answers, or all are at work, which they are for a limited time only."""
        with self._changed:
            if not self._main.idle:
                return True
            worker = self._main.idle.pop()
        outcome = self._asked(self._main, worker, Question("ASK {}"), lambda: False)
        if outcome.file:
            outcome.file.close()
        return outcome.kind == "answered"

    def close(self) -> None:
        """End all workers; those that are busy end when their query has ended."""
        with self._changed:
            self._is_closed = True
            for lane in (self._main, self._quick, self._outward):
                for worker in filter(None, lane.idle):
                    worker.end()
                lane.idle = [None] * len(lane.idle)

    def _forget(self, client: str) -> None:
        """A query of this client has ended, and its result was sent."""
        with self._changed:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    def _tried(self, question: Question, is_gone: Callable[[], bool]) -> Outcome:
        waited, ran, lanes = 0.0, 0.0, [self._main, self._quick]
        if self._services and (query := relayed(question.query, self._services)) != question.query:
            question, lanes = replace(question, query=query), [self._outward]
        while True:
            begun = time.monotonic()
            taken = self._take(lanes, self._limits.seconds - waited, is_gone)
            waited += time.monotonic() - begun
            if isinstance(taken, Outcome):
                return replace(taken, waited=waited, ran=ran)
            lane, worker = taken
            begun = time.monotonic()
            outcome = self._asked(lane, worker, question, is_gone)
            ran += time.monotonic() - begun
            if outcome.kind != "time" or lane.seconds >= self._limits.seconds:
                return replace(outcome, waited=waited, ran=ran)
            lanes = [self._main]

    def _take(self, lanes: list[Lane], seconds: float, is_gone: Callable[[], bool]) -> tuple[Lane, Worker | None] | Outcome:
        """An idle worker of the first lane that has one, waiting for it if need be."""
        until = time.monotonic() + seconds
        with self._changed:
            if not (free := next((lane for lane in lanes if lane.idle), None)):
                if self._waiting >= self._limits.queue:
                    return _BUSY
                self._waiting += 1
                try:
                    while not (free := next((lane for lane in lanes if lane.idle), None)):
                        if is_gone():
                            return _GONE
                        if time.monotonic() >= until:
                            return _BUSY
                        self._changed.wait(min(_LOOK_SECONDS, max(until - time.monotonic(), 0)))
                finally:
                    self._waiting -= 1
            return free, free.idle.pop()

    def _asked(self, lane: Lane, worker: Worker | None, question: Question, is_gone: Callable[[], bool]) -> Outcome:
        """Ask a worker that was taken, or a new one in its place, and give it back."""
        size = self._limits.result_bytes
        is_reserved = self._spool.reserve(size)
        try:
            if not is_reserved:
                return _UNFETCHED
            worker = worker if worker and worker.is_alive else self._new(lane, worker)
            if worker is None:
                return _DOWN
            outcome = worker.ask(question, lane.seconds, is_gone)
            self._note_start(worker)
            return outcome
        finally:
            if is_reserved:
                self._spool.release(size)
            self._give_back(lane, worker)

    def _give_back(self, lane: Lane, worker: Worker | None) -> None:
        """Put a worker back; one that is gone is replaced at once, so that the next question does not wait for it."""
        if worker and not worker.is_alive:
            worker = None if self._is_closed else self._new(lane, worker)
        with self._changed:
            if worker and self._is_closed:
                worker.end()
                worker = None
            lane.idle.append(worker)
            self._changed.notify_all()

    def _new(self, lane: Lane, former: Worker | None) -> Worker | None:
        """A new worker, None while workers fail to start and the pause is not over."""
        if former:
            former.end()
        with self._changed:
            if time.monotonic() < self._not_before:
                return None
        return Worker(self._store, self._limits, self._spool, lane.port)

    def _note_start(self, worker: Worker) -> None:
        """Wait longer after each worker that does not come up, so that a broken store makes no storm of processes."""
        with self._changed:
            if worker.is_ready:
                self._failures = 0
            else:
                self._not_before = time.monotonic() + min(_FIRST_PAUSE * 2**self._failures, _LONGEST_PAUSE)
                self._failures += 1
