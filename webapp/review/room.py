"""The office of a running server: one for all requests, followed as the folder changes, its profiles read in the background.

What the rules propose takes seconds for a document that nobody has read before. That is worked out in a process of its own,
which ends when nothing is left to read, so that pages never wait for it and its memory is given back.
"""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import cast

from flask import current_app
from jinja2 import Environment

from graph.errors import InputError, LiaisonError
from webapp.config import Config
from webapp.review import acts, session
from webapp.review.office import Office
from webapp.review.publisher import Publisher
from webapp.review.reviewers import Reviewers

_LOG = logging.getLogger("liaison.review")
_LOOK_SECONDS = 1.0
_REST_SECONDS = 0.25


class Room:
    """The office and what the server knows beside it.

    Args:
        config: the settings.
        pages: the environment of the pages, whose templates are compiled in the background as well.
    """

    def __init__(self, config: Config, pages: Environment) -> None:
        """Read nothing yet."""
        self.config, self.reviewers, self.publisher = config, Reviewers(config.reviewers), Publisher(config)
        self.tries, self.ended = session.Tries(), session.Ended()
        self._pages = pages
        self._lock = threading.RLock()
        self._office: Office | None = None
        self._looked = float("-inf")
        self._reader: threading.Thread | None = None
        self._ended = threading.Event()

    @contextmanager
    def office(self) -> Iterator[Office]:
        """The data folder as it is now, for one request at a time.

        Raises:
            LiaisonError: the folder cannot be read.
        """
        with self._lock:
            now = time.monotonic()
            if self._office is None:
                self._office, self._looked = Office(self.config.data, self.config.base, self.config.kept), now
            elif now - self._looked >= _LOOK_SECONDS:
                self._office.follow()
                self._looked = now
            if self._office.unread:
                self._begin_reading()
            yield self._office

    def snapshot(self) -> Office:
        """The data folder as it is now, for what only looks and takes long: others need not wait for it.

        Raises:
            LiaisonError: the folder cannot be read.
        """
        with self.office() as office:
            return office.snapshot()

    def close(self) -> None:
        """End the reading, and a publication that is under way."""
        self._ended.set()
        self.publisher.close()
        if self._reader:
            self._reader.join()

    def _begin_reading(self) -> None:
        if not self._ended.is_set() and (self._reader is None or not self._reader.is_alive()):
            self._reader = threading.Thread(target=self._read_all, name="review-reader", daemon=True)
            self._reader.start()

    def _read_all(self) -> None:
        """Lay out every profile, the quick ones first, the others once another process has worked out what the rules propose."""
        assert self._office
        self.compile()
        _ = self._office.outcomes  # folded before anybody asks; no other request waits for it
        with self._lock:
            _ = self._office.lexis
        try:
            slow = [key for key in self._unread() if not self._ended.is_set() and not self._try(key)]
            if slow:
                self._read_elsewhere(slow)
        except (LiaisonError, OSError) as error:
            _LOG.error("profiles cannot be read for review: %s", error)  # the sentence says all

    def compile(self) -> None:
        """Compile the templates of reviewers and what they take in, so that whoever asks first for a page does not wait for it."""
        for name in self._pages.list_templates(filter_func=lambda name: name.startswith("review/") or "/" not in name):
            self._pages.get_template(name)  # once; from then on it is kept

    def _unread(self) -> list[str]:
        with self._lock:
            assert self._office
            return list(self._office.unread)

    def _try(self, key: str, *, even_if_slow: bool = False) -> bool:
        """Lay out a profile if that is quick; whether it is done with."""
        with self._lock:
            office = self._office
            assert office
            if key not in office.profiles:
                return True
            try:
                if not even_if_slow and not office.is_quick(key):
                    return False
                table, now = office.table(key), office.snapshot()
            except InputError as error:
                _LOG.warning("%s", error)
                return True
        acts.obstacles(table.waiting, now)  # what the shapes say is known then, and no page has to ask
        return True

    def _read_elsewhere(self, keys: list[str]) -> None:
        kept = self.config.kept
        if kept is None:  # nothing could be handed over
            for key in keys:
                self._try(key, even_if_slow=True)
            return
        pool = self._pool(kept)
        try:
            for key in keys:
                try:
                    waiting = pool.submit(_propose, key)
                    while not waiting.done() and not self._ended.wait(_REST_SECONDS):
                        pass
                    if self._ended.is_set():
                        return
                    waiting.result()
                except BrokenExecutor as error:  # what is wrong with one profile costs the others no process
                    _LOG.warning("the process that read %s has ended: %s", key, error)
                    pool.shutdown(wait=False, cancel_futures=True)
                    pool = self._pool(kept)
                except Exception as error:  # noqa: BLE001  # a bug that one profile meets must not keep the others from being read
                    _LOG.warning("%s is read in the server itself, since another process could not: %s", key, error)
                self._try(key, even_if_slow=True)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _pool(self, kept: Path) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, get_context("spawn"), _begin, (self.config.data, self.config.base, kept))


_offices: list[Office] = []
"""The office of a process that reads for others."""


def _begin(data: Path, base: str, kept: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when to end
    _offices[:] = [Office(data, base, kept)]


def _propose(key: str) -> None:
    """Work out what the rules propose for a profile; it is kept where the server finds it."""
    office = _offices[0]
    office.follow()  # what is withdrawn meanwhile must not be kept
    if key in office.profiles:
        office.table(key)


def room() -> Room:
    """The room of the running application."""
    return cast("Room", current_app.extensions["room"])
