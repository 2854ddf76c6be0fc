"""Who may review in the browser: handles, and hashes of their tokens. A token is shown once, when it is made, and kept nowhere.

The file is JSON, readable by its owner alone. It holds a secret with which sessions are signed as well, so that a server
that is started again knows its reviewers.
"""

import fcntl
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.decisions.acting import handle
from graph.errors import SettingError

_SECRET_BYTES = 32
_MEND = "restore it from a copy, or remove it and give new tokens with `liaison reviewers add`."


class _StoredReviewer(BaseModel):
    model_config = ConfigDict(strict=True)

    token_sha256: str
    since: str


class _Content(BaseModel):
    """What the file holds."""

    model_config = ConfigDict(strict=True)

    secret: str = ""
    reviewers: dict[str, _StoredReviewer] = {}


@dataclass(frozen=True)
class Reviewer:
    """One reviewer.

    Args:
        handle: by which decisions are signed.
        token_hash: SHA-256 of the token, in hexadecimal. A token has 256 bits of chance, so that no slower hash is needed.
        since: the day on which the token was made.
    """

    handle: str
    token_hash: str
    since: str


class Reviewers:
    """The file of reviewers, read again at each question, so that a token that is taken back is taken back at once.

    Args:
        path: the file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._path = path

    def all(self) -> list[Reviewer]:
        """All reviewers, by handle.

        Raises:
            SettingError: the file cannot be read.
        """
        return [Reviewer(name, row.token_sha256, row.since) for name, row in sorted(self._read().reviewers.items())]

    @property
    def secret(self) -> bytes:
        """With which sessions are signed; empty where there are no reviewers.

        Raises:
            SettingError: the file cannot be read.
        """
        return self._read().secret.encode()

    def add(self, name: str) -> str:
        """A token for a new handle.

        Args:
            name: the handle.

        Raises:
            SettingError: it is no handle, has a token already, or the file cannot be read or written.
        """
        with self._alone(handle(name)) as content:
            if row := content.reviewers.get(name):
                message = (
                    f"{name} has a token since {row.since}, and it stays good; if it is lost, "
                    f"`liaison reviewers add {name} --replace` gives a new one, and for somebody else choose another handle."
                )
                raise SettingError(message)
            return self._given(name, content)

    def replace(self, name: str) -> str:
        """A new token for a handle that has one; the earlier one is good no longer, and sessions that began with it end.

        Args:
            name: the handle.

        Raises:
            SettingError: nobody has it, or the file cannot be read or written.
        """
        with self._alone(name) as content:
            _check_known(name, content)
            return self._given(name, content)

    def revoke(self, name: str) -> None:
        """Take a token back; sessions that began with it end with the next request.

        Raises:
            SettingError: there is no such reviewer, or the file cannot be read or written.
        """
        with self._alone(name) as content:
            _check_known(name, content)
            del content.reviewers[name]
            self._write(content)

    def of(self, token: str) -> Reviewer | None:
        """The reviewer with this token, None if it is nobody's. All hashes are compared, each in constant time."""
        wanted = _hash(token)
        return next(iter([one for one in self.all() if hmac.compare_digest(one.token_hash, wanted)]), None)

    def _given(self, name: str, content: _Content) -> str:
        """A token for a handle, written into the file."""
        token = secrets.token_urlsafe(_SECRET_BYTES)
        content.secret = content.secret or secrets.token_hex(_SECRET_BYTES)
        content.reviewers[name] = _StoredReviewer(token_sha256=_hash(token), since=datetime.now(UTC).date().isoformat())
        self._write(content)
        return token

    def _read(self) -> _Content:
        try:
            return _Content.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return _Content()
        except OSError as error:
            message = f"{self._path}: the file of reviewers cannot be opened ({error.strerror}); mend its permissions."
            raise SettingError(message) from error
        except ValidationError as error:
            message = f"{self._path}: the file of reviewers is not as it was written; {_MEND}"
            raise SettingError(message) from error

    @contextmanager
    def _alone(self, name: str) -> Iterator[_Content]:
        """What the file holds, for one who changes it at a time, so that no token that was taken back comes back.

        Args:
            name: whose token is changed, for the message.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_name(f".{self._path.name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield self._read()
        except OSError as error:
            message = f"{self._path}: the token of {name} cannot be written ({error.strerror}); name another file with --reviewers."
            raise SettingError(message) from error

    def _write(self, content: _Content) -> None:
        """Put a new file in the place of the old one, so that nobody reads half of it."""
        number, fresh = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")  # for its owner alone
        try:
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(content.model_dump_json(indent=1))
                file.flush()
                os.fsync(file.fileno())
            Path(fresh).replace(self._path)
        finally:
            Path(fresh).unlink(missing_ok=True)


def _check_known(name: str, content: _Content) -> None:
    if name not in content.reviewers:
        known = ", ".join(sorted(content.reviewers)) or "none"
        message = f"there is no reviewer {name!r}; those that have a token: {known}."
        raise SettingError(message)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
