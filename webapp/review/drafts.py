"""Documents that were sent and are not yet taken as profiles: a folder each, few of a reviewer, and none for longer than a day.

uploads/<handle>/<id>/document.md     as received
uploads/<handle>/<id>/texts/          its text, where it had to be converted
uploads/<handle>/<id>/draft.json      what it was called, and what was understood of it
"""

import re
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph import cache
from graph.errors import SettingError
from graph.reading import Converted, stored
from webapp.review.examination import Understood

STEM = "document"
MOST, SECONDS = 20, 24 * 3600
"""How many of one reviewer wait, and for how long."""
_RECORD, _TEXTS = "draft.json", "texts"
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class _Record:
    name: str
    suffix: str
    understood: Understood


_RECORDS = TypeAdapter(_Record)


@dataclass(frozen=True)
class Draft:
    """A document that waits to be taken.

    Args:
        folder: where it lies; the folder's name is its id.
        name: what it was called by who sent it.
        suffix: ending of its name.
        understood: what was understood of it.
    """

    folder: Path
    name: str
    suffix: str
    understood: Understood

    @property
    def id(self) -> str:
        """By which it is asked for."""
        return self.folder.name

    @property
    def document(self) -> bytes:
        """The document as received."""
        return (self.folder / f"{STEM}{self.suffix}").read_bytes()

    @property
    def converted(self) -> Converted | None:
        """Its text, where it had to be converted."""
        return stored.load(self.folder / _TEXTS, STEM, self.document) if self.understood.converter else None

    def remove(self) -> None:
        """Leave nothing of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Drafts:
    """The documents that wait.

    Args:
        releases: the folder of the releases, in which they have one of their own.
    """

    def __init__(self, releases: Path) -> None:
        """Make nothing yet."""
        self._folder = releases / cache.UPLOADS

    def begin(self, by: str, name: str, suffix: str, save: Callable[[Path], None], examine: Callable[[Path], Understood]) -> Draft:
        """Take a document in, if it can be understood.

        Args:
            by: the handle of who sends it.
            name: what it is called.
            suffix: ending of that.
            save: writes it to a file.
            examine: finds out what it is.

        Raises:
            LiaisonError: it cannot be understood, or cannot be written, so that nothing of it is left; or too many wait.
        """
        self.tidy()
        if len(self.waiting(by)) >= MOST:
            message = f"{MOST} documents that you have sent wait to be confirmed already; take or discard one of them, and send it again."
            raise SettingError(message)
        folder = self._folder / by / secrets.token_hex(16)
        try:
            folder.mkdir(mode=0o700, parents=True)
            save(folder / f"{STEM}{suffix}")
            understood = examine(folder / f"{STEM}{suffix}")
            record = _Record(name, suffix, understood)
            (folder / _RECORD).write_bytes(_RECORDS.dump_json(record))
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                message = f"the document cannot be kept until it is taken ({error.strerror}); see to it that the folder of releases can be written."
                raise SettingError(message) from error
            raise
        return Draft(folder, name, suffix, understood)

    def of(self, id_: str, by: str) -> Draft | None:
        """A document that somebody has sent; None where there is none, or it was somebody else.

        Args:
            id_: its id.
            by: the handle of who asks.
        """
        folder = self._folder / by / id_
        if not _ID.fullmatch(id_) or _age(folder) > SECONDS:
            return None
        try:
            record = _RECORDS.validate_json((folder / _RECORD).read_bytes())
        except (OSError, ValidationError):
            return None
        return Draft(folder, record.name, record.suffix, record.understood)

    def waiting(self, by: str) -> list[Draft]:
        """The documents that somebody has sent and not confirmed, the latest first.

        Args:
            by: his or her handle.
        """
        found = [self.of(path.name, by) for path in sorted((self._folder / by).glob("*"), key=_age)]
        return [draft for draft in found if draft]

    def tidy(self) -> None:
        """Leave none that is too old."""
        for path in self._folder.glob("*/*"):
            if _ID.fullmatch(path.name) and _age(path) > SECONDS:
                shutil.rmtree(path, ignore_errors=True)


def _age(folder: Path) -> float:
    """Seconds since a folder was last written to; of one that is gone, more than any."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return float("inf")
