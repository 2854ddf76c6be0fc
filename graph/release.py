"""A release: an immutable folder with everything, published at once or not at all.

    releases/
      CURRENT                 the id of the release that is served; replaced in one step
      3f9a1c…/                one release, never changed once it is there
        manifest.json         what went in, what came out, with sizes and hashes
        store/                the Oxigraph store
        adjacency.bin         who is next to whom, for finding paths
        search/               the index for the search
        liaison.ttl …         the dumps
      .building-…/            a release that is being made, or was when its build ended early; the next build removes it
      cache/                  profiles by a hash of their inputs
      GONE.jsonl              what a later release lacks (see `ledger`)
      WITHDRAWN.jsonl         releases that were removed, and why

A build writes to `.building-…`, makes it durable, renames it and only then moves CURRENT. A build that ends early,
at whatever point, therefore leaves the former release as it was.
"""

import fcntl
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.disk import sync
from graph.errors import ReleaseBusy, SettingError, StoreError
from graph.iris import Iris, is_key
from graph.once import Once
from graph.search import FOLDER, Index
from graph.store import View

_LOG = logging.getLogger(__name__)
_CURRENT, _MANIFEST, _BUILDING = "CURRENT", "manifest.json", ".building-"
_SYNCS = 8


@dataclass(frozen=True)
class Release:
    """One release, ready to be read.

    Args:
        id: hash of its inputs and of the version that made it.
        folder: where it lies.
        manifest: what went in and what came out.
    """

    id: str
    folder: Path
    manifest: Mapping[str, Any]

    @Once
    def view(self) -> View:
        """Its store, opened read-only on first use."""
        return View.open(self.store)

    @property
    def store(self) -> Path:
        """The folder of its store, for processes that open it themselves."""
        return self.folder / "store"

    @Once
    def index(self) -> Index:
        """The index of its things and sentences; of a release that has none that can be read, one that is made in memory."""
        try:
            return Index.open(self.folder / FOLDER)
        except StoreError as error:
            _LOG.warning("%s; one is made in memory", error)
            return Index.of(self.view, self.iris)

    @Once
    def iris(self) -> Iris:
        """Makes the IRIs of its base."""
        return Iris(self.manifest["base"])


class Releases:
    """All releases in one folder.

    Args:
        folder: the folder; `prepare` makes it.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is read or written yet."""
        self.folder = folder

    def current_id(self) -> str | None:
        """The id of the current release, None while there is none."""
        try:
            found = (self.folder / _CURRENT).read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(self.folder / _CURRENT, "the pointer to the current release cannot be read", "run `liaison build`") from error
        return found or None

    def current(self) -> Release:
        """The current release.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        found = self.current_id()
        if found is None:
            raise StoreError(self.folder, "there is no release yet", "run `liaison build`")
        return self.get(found)

    def get(self, release: str) -> Release:
        """The release with this id.

        Raises:
            StoreError: there is none, or its manifest cannot be read.
        """
        folder = self.folder / release
        if not is_key(release) or not (folder / _MANIFEST).is_file():
            raise StoreError(self.folder, f"there is no release {release!r}", "run `liaison build`")
        try:
            return Release(release, folder, _read(folder / _MANIFEST, (folder / _MANIFEST).stat().st_mtime_ns))
        except (OSError, ValueError) as error:
            raise StoreError(folder / _MANIFEST, "the manifest cannot be read", "remove the folder and run `liaison build`") from error

    def ids(self) -> list[str]:
        """The ids of all releases, the latest first; those whose manifest cannot be read are the last."""
        manifests = [path for path in self.folder.glob(f"*/{_MANIFEST}") if is_key(path.parent.name)]
        return [path.parent.name for path in sorted(manifests, key=_made, reverse=True)]

    def readable(self) -> list[Release]:
        """All releases that can be read, the latest first; of the others the log tells."""
        found = []
        for release in self.ids():
            try:
                found.append(self.get(release))
            except StoreError as error:
                _LOG.warning("%s", error)
        return found

    def before(self, release: Release) -> Release:
        """The release that was made before another one.

        Raises:
            StoreError: there is none.
        """
        ids = self.ids()
        place = ids.index(release.id) + 1
        if place == len(ids):
            raise StoreError(self.folder, f"there is no release before {release.id}", "name two releases that are there")
        return self.get(ids[place])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who builds into this folder; what an earlier build left half done is removed.

        Raises:
            ReleaseBusy: somebody else is building.
            SettingError: the folder cannot be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            message = f"{self.folder}: releases cannot be written there ({error.strerror}); choose another folder with --releases."
            raise SettingError(message) from error
        try:
            self._lock(handle)
            for left in self.folder.glob(f"{_BUILDING}*"):
                shutil.rmtree(left)
            yield
        finally:
            os.close(handle)

    def _lock(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"{self.folder}: another build is writing there; wait until it has ended."
            raise ReleaseBusy(message) from error

    @contextmanager
    def new(self) -> Iterator[Path]:
        """A folder to make a release in; it is gone afterwards unless `publish` has moved it."""
        folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self.folder))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, folder: Path, release: str, manifest: Mapping[str, Any]) -> Release:
        """Make the folder the release of this id, and the current one.

        A release of the same id has the same content; the one that is there stays.
        """
        (folder / _MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        if not (self.folder / release / _MANIFEST).is_file():
            _make_durable(folder)
            shutil.rmtree(self.folder / release, ignore_errors=True)
            folder.rename(self.folder / release)
            sync(self.folder)
        self.point_to(release)
        return self.get(release)

    def remove(self, release: str) -> None:
        """Remove a release that is not the current one: at once for readers, and from the disk with its last byte."""
        left = self.folder / f"{_BUILDING}removed-{release}"
        (self.folder / release).rename(left)
        sync(self.folder)
        shutil.rmtree(left)

    def point_to(self, release: str) -> None:
        """Make a release the current one, in one step."""
        self.get(release)
        fresh = self.folder / f"{_BUILDING}current"
        fresh.mkdir(exist_ok=True)
        (fresh / _CURRENT).write_text(release + "\n", encoding="ascii")
        _make_durable(fresh)
        (fresh / _CURRENT).replace(self.folder / _CURRENT)
        sync(self.folder)
        fresh.rmdir()


@lru_cache(maxsize=64)
def _read(manifest: Path, _changed: int) -> Mapping[str, Any]:
    """A manifest, read once until it changes.

    Raises:
        ValueError: it is spoilt.
    """
    found = json.loads(manifest.read_bytes())
    if not isinstance(found, dict) or not {"base", "built"} <= found.keys():
        message = f"{manifest} is no manifest"
        raise ValueError(message)
    return found


def _made(manifest: Path) -> tuple[str, int, str]:
    """When a release was made: by its manifest and, within a second, by its file."""
    try:
        changed = manifest.stat().st_mtime_ns
        return (str(_read(manifest, changed)["built"]), changed, manifest.parent.name)
    except (OSError, ValueError):
        return ("", 0, manifest.parent.name)


def _make_durable(folder: Path) -> None:
    """Everything in the folder is on disk when this returns; several files at once, which the disk then writes in one go."""
    with ThreadPoolExecutor(_SYNCS) as pool:
        list(pool.map(sync, folder.rglob("*")))
    sync(folder)
