"""The files that a new profile takes up in a data folder: all of them are written, or none, and nothing is overwritten."""

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from graph import authority, disk, retirement, vocabulary
from graph.curation import sidecar as sidecars
from graph.decisions import log
from graph.decisions.events import ENDING, ends_of
from graph.decisions.redirects import ACTORS
from graph.errors import LiaisonError, SettingError
from graph.inputs import PROPOSALS
from graph.iris import is_key
from graph.reading import Converted, stored

LONGEST_KEY = 100
_DEVICES = frozenset({"aux", "con", "nul", "prn", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))})
"""Names that stand for a device on some systems, whatever ending a file adds to them."""


def checked(key: str, how: str = "") -> str:
    """A key that a new profile can have.

    Args:
        key: the key.
        how: how another one is given, for the message: `with --key `.

    Raises:
        SettingError: it can be none.
    """
    if not is_key(key) or key != key.casefold():
        message = f"{key!r} is no key; {how}write small letters a to z, digits and hyphens between them, such as spain-2018-cse."
        raise SettingError(message)
    if len(key) > LONGEST_KEY:
        message = f"the key has {len(key):,} letters; {LONGEST_KEY} are the most, so choose a shorter one."
        raise SettingError(message)
    if key in _DEVICES:
        message = (
            f"{key!r} is the name of a device on some systems, where no file can have it; {how}choose another key, such as {key}-2018."
        )
        raise SettingError(message)
    return key


class Targets:
    """The files that a new profile takes up.

    Args:
        data: the data folder.
        key: the profile's key.
        suffix: ending of the document's name.
    """

    def __init__(self, data: Path, key: str, suffix: str) -> None:
        """Name the files."""
        self._data, self.key, self.texts = data, key, data / "texts"
        self.document = data / "profiles" / f"{key}{suffix}"
        self.sidecar = data / "claims" / f"{key}.yaml"

    def check(self) -> None:
        """Nothing is there yet, nothing of this key was withdrawn, and no actor would pass to the new profile.

        Raises:
            SettingError: something is, or was, or would.
            LiaisonError: what was withdrawn, decided or recorded cannot be read.
        """
        if path := next(self._taken(), None):
            message = f"{path.relative_to(self._data)}: the file is there already, and nothing is overwritten; choose another key."
            raise SettingError(message)
        if self.key in {key.casefold() for key in retirement.load(self._data).documents}:
            message = f"a document with the key {self.key} was withdrawn, and is not taken in again; choose another key for another one."
            raise SettingError(message)
        actors = list(self._actors())
        if whose := next((whose for whose, reference in actors if _is_within(reference, self.key)), ""):
            others = (f"{self.key}-{number}" for number in count(2))
            better = next(key for key in others if not any(_is_within(reference, key) for _, reference in actors))
            message = (
                f"{whose} has a key that begins with {self.key}, and a profile of this key would take it over; "
                f"choose another one, such as {better}."
            )
            raise SettingError(message)

    def _taken(self) -> Iterator[Path]:
        """The files of this key, also those that only some systems tell apart from ours by capitals."""
        answers = self._data / PROPOSALS / f"{self.key}{ENDING}"
        own = {path.name for path in (self.sidecar, answers, *stored.files(self.texts, self.key))}
        folders = (self.document.parent, self.sidecar.parent, self.texts, answers.parent)
        for path in sorted(path for folder in folders for path in folder.glob("*")):
            name = path.name.casefold()
            if name in own or (path.parent == self.document.parent and name.startswith(f"{self.key}.")):
                yield path
        decided = f"{self.key}{ENDING}"
        yield from (path for path in (self._data / "decisions").glob("*") if path.name != decided and path.name.casefold() == decided)

    def _actors(self) -> Iterator[tuple[str, str]]:
        """Whose each actor is that somebody has named, in words, and its reference; those of a former profile of this key apart."""
        facts = authority.load(self._data / "authority", vocabulary.load())
        yield from (("an actor of the authority files", reference) for reference in facts.actors)
        recorded = log.read(self._data / "decisions")
        own = {end.reference for event in recorded.of(self.key) for end in ends_of(event)}
        for event in recorded.events:
            whose = f"an actor of the profile {event.profile}" if event.profile else "an actor that was merged or split"
            yield from ((whose, end.reference) for end in ends_of(event) if end.reference not in own)
        parts = self.key.split("-")
        for shorter in ("-".join(parts[:size]) for size in range(1, len(parts))):
            if (path := self.sidecar.with_name(f"{shorter}.yaml")).is_file():
                yield from ((f"an actor of the profile {shorter}", entry.text("key")) for entry in sidecars.read(path).actors)

    def write(self, document: bytes, sidecar: str, converted: Converted | None = None) -> None:
        """Write them all, or none. The side-car is first, so that of two who take a key one gets it; the document appears whole.

        Args:
            document: the document as received.
            sidecar: the side-car.
            converted: its text, where it had to be converted.

        Raises:
            SettingError: a file cannot be written, or is there already.
        """
        written: list[Path] = []
        try:
            for path in (self.document, self.sidecar):
                path.parent.mkdir(parents=True, exist_ok=True)
            with self.sidecar.open("xb") as target:
                written.append(self.sidecar)
                target.write(sidecar.encode())
            disk.sync(self.sidecar)
            if converted:
                written += stored.files(self.texts, self.key)
                stored.keep(self.texts, self.key, document, converted)
            self._put(document)
        except (OSError, LiaisonError) as error:
            for path in written:
                path.unlink(missing_ok=True)
            reason = error.strerror if isinstance(error, OSError) else str(error)
            message = f"the profile {self.key} cannot be written ({reason}); see to it that the data folder can be, or choose another key."
            raise SettingError(message) from error

    def _put(self, document: bytes) -> None:
        """Let the document appear in one step, where there is none of its name."""
        handle, fresh = tempfile.mkstemp(dir=self.document.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(document)
                file.flush()
                os.fsync(file.fileno())
            Path(fresh).chmod(self.sidecar.stat().st_mode)
            self.document.hardlink_to(fresh)
        finally:
            Path(fresh).unlink(missing_ok=True)
        disk.sync(self.document.parent)


def _is_within(reference: str, key: str) -> bool:
    """Whether an actor would be one of the profile with this key."""
    return reference.startswith(ACTORS) and reference.partition("/")[2].startswith(f"{key}-")
