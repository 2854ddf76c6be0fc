"""What a document that somebody sends seems to be: found out in a process of its own, which may take no long time and no more memory."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph import documents
from graph.errors import DocumentError, LiaisonError, SettingError, visible
from graph.reading import Limits, kinds

_LOG = logging.getLogger("liaison.review")
SECONDS = 60
"""The longest that an examination may take."""
LIMITS = Limits(cpu_seconds=SECONDS, wall_seconds=SECONDS)
CONVERSION = Limits(cpu_seconds=30, wall_seconds=40.0)
"""What the conversion of a document may cost, which is a part of it."""
_PLACES, _TURN = BoundedSemaphore(4), BoundedSemaphore(1)
_LONGEST_ANSWER = 2**20
_AGAIN = "send it again; if that does not help, cut it into one document a profile, or put its text into a .txt file"


class Busy(LiaisonError):
    """Too many documents are being examined at once."""


@dataclass(frozen=True)
class Understood:
    """What was understood of a document.

    Args:
        title: what it would be called.
        country: reference of the country that its front block states; empty where it states none.
        country_name: the name of that.
        year: the year that it states, or empty.
        priority: the priority that it states, or empty.
        language: language code; empty where it could not be told.
        is_template: whether it follows the template of the policy profiles.
        sections: the titles of its sections.
        letters: length of its text.
        sentences: how many sentences it has.
        actors: how many actors it names.
        claims: how many claims the rules propose.
        remarks: what was left out and what stays open.
        converter: what made text of it; empty where it is text.
        countries: reference and name of each country that is known.
    """

    title: str
    country: str
    country_name: str
    year: str
    priority: str
    language: str
    is_template: bool
    sections: tuple[str, ...]
    letters: int
    sentences: int
    actors: int
    claims: int
    remarks: tuple[str, ...]
    converter: str
    countries: tuple[tuple[str, str], ...]


UNDERSTOOD = TypeAdapter(Understood)


def examine(document: Path, name: str, data: Path, base: str) -> Understood:
    """What is understood of a document; where it had to be converted, its text lies beside it in `texts` afterwards.

    Args:
        document: the file.
        name: what it was called by who sent it, for messages.
        data: the data folder, for its rules and names.
        base: IRI under which the data live.

    Raises:
        SettingError: it cannot be read.
        Busy: too many others are being examined.
        LiaisonError: the rules or the facts cannot be read.
    """
    _look(document, name)
    task = {"document": str(document.resolve()), "data": str(data.resolve()), "base": base, "limits": asdict(LIMITS)}
    with _turn():
        status, output = _run(json.dumps(task).encode())
    answer = _read(output, status)
    match answer.pop("outcome"):
        case "examined":
            try:
                return UNDERSTOOD.validate_json(json.dumps(answer))
            except ValidationError as error:
                raise _refusal(name, "what was understood of it cannot be used", _AGAIN) from error
        case "refused":
            raise _refusal(name, answer["problem"], answer["remedy"], answer["line"])
        case "memory":
            raise _refusal(name, f"examining it needs more than {LIMITS.memory // 2**20:,} MB of memory", _AGAIN)
        case "failed":
            _LOG.error("an upload cannot be examined: %s", answer["reason"])
            message = f"{visible(name)} cannot be examined: rules or facts cannot be read, or fail on it; the server's log has the reason."
            raise LiaisonError(message)
        case ended:
            raise _refusal(name, f"its examination {ended} in the middle", _AGAIN)


def _look(document: Path, name: str) -> None:
    """Refuse at once what is plainly wrong: by its size, by how it begins, and where text is expected, by what can be no text.

    Raises:
        SettingError: it is; no process was started.
    """
    try:
        if kinds.kind_of(document).reader:
            kinds.received(document)
        else:
            documents.read(document)
    except DocumentError as error:
        raise _refusal(name, error.problem, error.remedy, error.line) from error


def _read(output: bytes, status: int) -> dict[str, Any]:
    """What the process wrote, or how it ended where that is nothing."""
    try:
        answer: dict[str, Any] = json.loads(output) if len(output) <= _LONGEST_ANSWER else {}
    except ValueError:
        answer = {}
    return answer or {"outcome": f"ended ({status})"}


@contextmanager
def _turn() -> Iterator[None]:
    """One is examined at a time, and few wait for it."""
    if not _PLACES.acquire(blocking=False):
        message = "several documents are being examined at the moment; wait a minute, and send it again."
        raise Busy(message)
    try:
        with _TURN:
            yield
    finally:
        _PLACES.release()


def _run(task: bytes) -> tuple[int, bytes]:
    """The status with which the process ended, and what it wrote.

    Raises:
        SettingError: it took too long.
    """
    paths = os.pathsep.join(str(Path(path).resolve()) for path in sys.path if path)
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-s", "-B", "-m", "webapp.review.examiner"],
            input=task,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "PYTHONPATH": paths, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TMPDIR": tempfile.gettempdir()},
            cwd="/",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"the document could not be examined within {SECONDS} seconds; {_AGAIN}."
        raise SettingError(message) from error
    return ended.returncode, ended.stdout


def _refusal(name: str, problem: str, remedy: str, line: int | None = None) -> SettingError:
    return SettingError(f"{visible(name)}{f', line {line}' if line else ''}: {problem}; {remedy}.")
