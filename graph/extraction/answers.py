"""What plug-ins answered, kept in the data folder: nobody asks a plug-in again because a release is built.

    data/proposals/spain-2018-cse.jsonl    a line for each answer on this profile, to which lines are only ever added

What is kept is what the plug-in said, unverified; it is verified each time, against the text as it is then.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.disk import append
from graph.errors import ProposalError
from graph.extraction.plugins import Answer

ENDING = ".jsonl"
_LONGEST_LINE = 20_000_000


@dataclass(frozen=True)
class Given:
    """An answer with when it was given and to what.

    Args:
        answer: the answer.
        text_hash: SHA-256 of the text about which the plug-in was asked.
        at: when, in UTC.
    """

    answer: Answer
    text_hash: str
    at: str


_GIVEN = TypeAdapter(Given)


def read(path: Path) -> tuple[list[Answer], list[ProposalError]]:
    """The answers in a file, in order, each once, and what is wrong with lines that are none.

    Args:
        path: the file.

    Raises:
        ProposalError: it cannot be opened.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise ProposalError(path, f"the file cannot be opened ({error.strerror})", "mend its permissions") from error
    found: dict[Answer, None] = {}
    aside = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.setdefault(_parsed(line).answer)
        except ValueError as error:
            remedy = "ask the plug-in again with `liaison propose`, and take the line away"
            aside.append(ProposalError(path, f"the line is no answer of a plug-in: {_words(error)}", remedy, number, stops=False))
    return list(found), aside


def add(path: Path, given: Given) -> None:
    """Add an answer to a file, which is made where it is missing; whoever adds has read it, and knows what stands there.

    Args:
        path: the file.
        given: the answer.

    Raises:
        ProposalError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        append(path, f"{json.dumps(asdict(given), ensure_ascii=False)}\n")
    except OSError as error:
        raise ProposalError(path, f"the file cannot be written ({error.strerror})", "mend its permissions, or free some space") from error


def described(answers: Sequence[Answer]) -> list[str]:
    """Each answer in one line that is another if the answer is: for hashes of what went into a result.

    Args:
        answers: the answers.
    """
    return [json.dumps(asdict(answer), sort_keys=True) for answer in answers]


def _parsed(line: bytes) -> Given:
    if len(line) > _LONGEST_LINE:
        message = f"it has more than {_LONGEST_LINE:,} bytes"
        raise ValueError(message)
    return _GIVEN.validate_json(line, strict=True)


def _words(error: ValueError) -> str:
    """What is wrong, in one line."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}"
    return str(error)
