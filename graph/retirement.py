"""What is no longer there, and why: IRIs that were retired, documents and passages that were withdrawn.

`data/decisions/retired.csv` is only ever added to. A row names a thing that answers 410 from now on, with its
successor where it has one. A row with `start` and `end` withdraws a passage of a document instead: its words are blotted
out before anything is read, and the row never holds them.
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from graph.authority import tables
from graph.authority.tables import Line
from graph.documents import Document
from graph.errors import InputError, SettingError
from graph.iris import DATA_KINDS, is_key
from graph.sections import Span
from graph.text import sha256

COLUMNS = ("reference", "successor", "start", "end", "text_hash", "date", "reason")
BLOT = "█"
_KEPT = re.compile(r"[^\r\n.!?]")
"""What a blot covers: everything but the ends of lines and sentences, so that offsets hold and other sentences keep their keys."""


@dataclass(frozen=True)
class Passage:
    """A passage that was withdrawn.

    Args:
        span: where it stands in the document's text.
        text_hash: SHA-256 of that text, so that the offsets are of no other.
        line: the row that says so.
    """

    span: Span
    text_hash: str
    line: Line


@dataclass(frozen=True)
class Retired:
    """A thing that is no longer there.

    Args:
        successor: what took its place, empty if nothing did.
        date: since when, as an ISO date.
        reason: why, in words.
        line: the row that says so.
    """

    successor: str
    date: str
    reason: str
    line: Line


@dataclass(frozen=True)
class Retirement:
    """All that is no longer there.

    Args:
        things: by reference.
        passages: by key of the profile.
    """

    things: Mapping[str, Retired]
    passages: Mapping[str, tuple[Passage, ...]]

    def told(self) -> dict[str, dict[str, str]]:
        """The things as the manifest holds them."""
        return {key: {"successor": it.successor, "date": it.date, "reason": it.reason} for key, it in sorted(self.things.items())}

    def is_withdrawn(self, profile: str) -> bool:
        """Whether a whole profile was withdrawn."""
        return f"profile/{profile}" in self.things

    def hold(self, references: Iterable[str]) -> None:
        """Check that what is retired is gone and what took its place is there.

        Raises:
            InputError: it is not so.
        """
        there = set(references)
        for reference, retired in self.things.items():
            if reference in there:
                raise retired.line.stop(f"{reference!r} is retired and still in the data", "take it out of the data, or remove the row")
            if retired.successor and retired.successor not in there:
                raise retired.line.stop(f"there is no {retired.successor!r} to succeed {reference!r}", "name a thing of the data, or none")


def read(path: Path) -> Retirement:
    """The rows of a file; none if there is no file.

    Raises:
        InputError: a row is not as it must be.
    """
    if not path.is_file():
        return Retirement({}, {})
    lines, aside = tables.read(path, COLUMNS)
    if aside:
        error = aside[0]
        raise InputError(
            path, error.problem, "mend the row; what was withdrawn must not come back because a row cannot be read", error.line
        )
    things: dict[str, Retired] = {}
    passages: dict[str, list[Passage]] = {}
    for line in lines:
        reference, successor = _reference(line, "reference"), _reference(line, "successor") if line["successor"] else ""
        day = _day(line)
        if line["start"] or line["end"]:
            passages.setdefault(reference.removeprefix("profile/"), []).append(_passage(line, reference))
        else:
            things[reference] = Retired(successor, day, line["reason"], line)
    return Retirement(things, {key: tuple(found) for key, found in passages.items()})


def blotted(document: Document, passages: Iterable[Passage]) -> Document:
    """A document without its withdrawn passages; every other character stands where it stood.

    Raises:
        InputError: a row is about another text than the one that lies there.
    """
    text = document.text
    for passage in passages:
        if passage.text_hash != document.text_hash or passage.span.end > len(text):
            raise passage.line.stop(
                f"the row withdraws a passage of another text than {document.path.name} holds now",
                "withdraw the passage of the text that lies there, then remove this row",
            )
        start, end = passage.span.start, passage.span.end
        text = text[:start] + _KEPT.sub(BLOT, text[start:end]) + text[end:]
    return replace(document, text=text, text_hash=sha256(text.encode())) if text != document.text else document


def add(path: Path, *, reference: str, reason: str, day: date, span: Span | None = None, text_hash: str = "") -> None:
    """Add a row, and see it on disk before anything else is done.

    Raises:
        SettingError: the file cannot be written.
    """
    row = io.StringIO(newline="")
    writer = csv.writer(row, lineterminator="\n")
    bounds = (span.start, span.end) if span else ("", "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            writer.writerow(COLUMNS)
        elif not path.read_bytes().endswith(b"\n"):
            row.write("\n")
        writer.writerow((reference, "", *bounds, text_hash, day.isoformat(), " ".join(reason.split())))
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(row.getvalue())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        message = f"{path}: the row cannot be written ({error.strerror}); choose a data folder that is writable with --data."
        raise SettingError(message) from error


def _reference(line: Line, column: str) -> str:
    kind, _, key = line[column].partition("/")
    if kind not in DATA_KINDS or not is_key(key):
        raise line.stop(f"{line[column]!r} in {column} is no reference", "write kind/key, body/old-key for example")
    return line[column]


def _day(line: Line) -> str:
    try:
        return date.fromisoformat(line["date"]).isoformat()
    except ValueError as error:
        raise line.stop(f"{line['date']!r} is no date", "write 2026-11-24 for example") from error


def _passage(line: Line, reference: str) -> Passage:
    if not reference.startswith("profile/"):
        raise line.stop(f"{reference!r} is no profile and has no passages", "leave start and end empty")
    if not (line["start"].isdecimal() and line["end"].isdecimal() and int(line["start"]) < int(line["end"])):
        raise line.stop(f"{line['start']!r} and {line['end']!r} are no place in a text", "write two numbers, the smaller one first")
    return Passage(Span(int(line["start"]), int(line["end"])), line["text_hash"], line)
