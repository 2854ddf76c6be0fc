"""The files that a new profile takes up in a data folder: all of them are written, or none, and nothing is overwritten."""

import os
import tempfile
from pathlib import Path

from graph import disk, retirement
from graph.errors import LiaisonError, SettingError
from graph.iris import is_key
from graph.reading import Converted, stored

LONGEST_KEY = 100


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
        """Nothing is there yet, and nothing of this key was withdrawn.

        Raises:
            SettingError: something is, or was.
            TableError: what was withdrawn cannot be read.
        """
        taken = [*self.document.parent.glob(f"{self.key}.*"), *(path for path in (self.sidecar, *stored.files(self.texts, self.key)))]
        for path in taken:
            if path.exists():
                message = f"{path.relative_to(self._data)}: the file is there already, and nothing is overwritten; choose another key."
                raise SettingError(message)
        if self.key in retirement.load(self._data).documents:
            message = f"a document with the key {self.key} was withdrawn, and is not taken in again; choose another key for another one."
            raise SettingError(message)

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
