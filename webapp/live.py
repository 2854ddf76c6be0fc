"""The release that is being served, and the move to the next one.

A request sees one release from beginning to end. When the pointer moves, new requests get the new release; the old
one is closed when the last request that holds it has ended.
"""

import logging
import threading
import time
from dataclasses import dataclass
from typing import cast

from flask import current_app, g

from graph import adjacency
from graph.adjacency import Adjacency
from graph.errors import SettingError, StoreError
from graph.iris import Iris
from graph.once import Once
from graph.release import Release, Releases
from graph.search import Index
from graph.store import View
from webapp.config import Config
from webapp.incidences import Incidences
from webapp.pool import Limits, Pool
from webapp.pool.cage import can_allow_port
from webapp.relay import Relay

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Serving:
    """A release with all that serves it.

    Args:
        release: the release.
        pool: workers on its store.
    """

    release: Release
    pool: Pool

    @property
    def view(self) -> View:
        """Its store, for the pages' own queries, which are known to be quick."""
        return self.release.view

    @property
    def iris(self) -> Iris:
        """Makes the IRIs of its base."""
        return self.release.iris

    @property
    def day(self) -> str:
        """The day of the release, on which its pages call claims ended: the same release always shows the same page."""
        return str(self.release.manifest["built"])[:10]

    @Once
    def adjacency(self) -> Adjacency | None:
        """Who is next to whom, for finding paths; None where an earlier Liaison made the release without it."""
        path = self.release.folder / adjacency.FILE
        return Adjacency.open(path) if path.is_file() else None

    @Once
    def index(self) -> Index:
        """Its things and sentences, for the search."""
        return self.release.index

    @Once
    def incidences(self) -> Incidences:
        """What touches each thing, for data in parts."""
        return Incidences(self.view, self.iris)


class Live:
    """Follows the pointer to the current release.

    Args:
        config: the settings.
    """

    def __init__(self, config: Config) -> None:
        """Open nothing yet."""
        self._config = config
        self._releases = Releases(config.releases)
        self._lock = threading.Lock()
        self._serving: Serving | None = None
        self._looked = float("-inf")
        self._relay = relay(config)

    def serving(self) -> Serving:
        """The current release.

        Raises:
            StoreError: there is none.
        """
        with self._lock:
            now = time.monotonic()
            if self._serving is None or now - self._looked >= _LOOK_SECONDS:
                self._follow()
                self._looked = now
            assert self._serving is not None
            return self._serving

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            if self._serving:
                self._serving.pool.close()
                self._serving = None
            if self._relay:
                self._relay.close()
                self._relay = None

    def _follow(self) -> None:
        old = self._serving
        try:
            release = self._releases.current_id()
            if old and release == old.release.id:
                return
            fresh = self._releases.current()
            assert len(fresh.view) >= 0
        except StoreError:
            if old:
                _LOG.warning("the pointer to the current release leads nowhere; %s stays", old.release.id)
                return
            raise
        services, port = (self._relay.services, self._relay.port) if self._relay else ({}, 0)
        self._serving = Serving(fresh, Pool(fresh.store, self._config.workers, limits(self._config), services, port))
        if old:
            old.pool.close()


def relay(config: Config) -> Relay | None:
    """The way out to the endpoints that the settings allow, None if they allow none.

    Raises:
        SettingError: they allow some, and this kernel cannot hold a worker to them.
    """
    if not (allowed := config.services.split()):
        return None
    if not can_allow_port():
        message = "services is set; it needs Linux 6.7 or later with Landlock, which keeps a query from asking any other address."
        raise SettingError(message)
    return Relay(allowed, config.query_seconds, config.result_megabytes * 2**20)


def limits(config: Config) -> Limits:
    """What a query may cost, from the settings."""
    return Limits(
        config.query_seconds,
        config.query_slice_seconds,
        config.query_megabytes,
        config.query_bytes,
        config.query_depth,
        config.query_terms,
        config.result_megabytes * 2**20,
        config.spool_megabytes * 2**20,
        config.query_queue,
        config.query_share,
    )


def current() -> Serving:
    """The release that this request sees.

    Raises:
        StoreError: there is none.
    """
    if "serving" not in g:
        g.serving = cast("Live", current_app.extensions["live"]).serving()
    return cast("Serving", g.serving)


def settings() -> Config:
    """The settings of the running application."""
    return cast("Config", current_app.extensions["config"])
