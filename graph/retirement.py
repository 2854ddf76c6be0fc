"""data/decisions/retired.csv: what people have taken back, and since when it holds no longer.

    reference,successor,start,end,text_hash,date,reason
    body/old-key,body/new-key,,,,2026-03-01,two rows for one body      an IRI, with what takes its place
    profile/spain-2018-cse,,,,,2026-03-01,the publisher asked          a whole document
    profile/spain-2018-cse,,120,164,9f…,2026-03-01,names a person      a passage of it

Rows are only ever added. A passage is given by its place and by the hash of the text in which it stands, never by
its words.
"""

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from graph import disk
from graph.authority.tables import Line, read
from graph.documents import Document
from graph.errors import SettingError, TableError
from graph.iris import DATA_KINDS, is_key
from graph.spans import Span
from graph.text import BLANK, sha256

PLACE = Path("decisions") / "retired.csv"
"""Where the table lies in a data folder."""
COLUMNS = ("reference", "successor", "start", "end", "text_hash", "date", "reason")
PROFILE = "profile/"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HASH = re.compile(r"[0-9a-f]{64}")
_HIDDEN = re.compile(r"([.!?\u2026]+[\"'\u2019\u201d\u00bb)\]*_]*|[\r\n])|.", re.DOTALL)
"""What stays of a passage, as the first group, so that lines and sentences end where they did; and what does not."""


@dataclass(frozen=True)
class Notice:
    """That an IRI, or a whole document, is retired.

    Args:
        line: the row that says so.
        reference: what is retired.
        successor: what takes its place, empty if nothing does.
        date: since when.
        reason: why, in words.
    """

    line: Line
    reference: str
    successor: str
    date: str
    reason: str


@dataclass(frozen=True)
class Passage:
    """A stretch of a document that is withdrawn.

    Args:
        line: the row that says so.
        reference: the document, as `profile/KEY`.
        span: where it stands.
        text_hash: SHA-256 of the text in which it stands there.
    """

    line: Line
    reference: str
    span: Span
    text_hash: str


@dataclass(frozen=True)
class Retirement:
    """All that is taken back.

    Args:
        notices: reference to its notice.
        passages: withdrawn stretches of documents, in order of rows.
    """

    notices: Mapping[str, Notice] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    @cached_property
    def documents(self) -> frozenset[str]:
        """Keys of the documents that are withdrawn as a whole."""
        return frozenset(reference.removeprefix(PROFILE) for reference in self.notices if reference.startswith(PROFILE))

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """The withdrawn passages of one document."""
        return tuple(passage for passage in self.passages if passage.reference == PROFILE + key)

    def successor(self, notice: Notice) -> str:
        """What takes the place of something today: a successor that is retired itself is followed to its own one."""
        seen = {notice.reference}
        while notice.successor in self.notices and notice.successor not in seen:
            seen.add(notice.successor)
            notice = self.notices[notice.successor]
        return notice.successor

    def described(self) -> dict[str, dict[str, str]]:
        """Each retired reference with successor, date and reason, as the manifest has it."""
        return {
            reference: {"successor": self.successor(notice), "date": notice.date, "reason": notice.reason}
            for reference, notice in sorted(self.notices.items())
        }

    def hold(self, present: Collection[str]) -> None:
        """Nothing that is retired is still there, and each successor is.

        Args:
            present: references of all that the graph holds.

        Raises:
            TableError: otherwise, with the row.
        """
        for reference, notice in self.notices.items():
            if reference in present:
                problem = f"{reference} is retired and the graph still holds it"
                raise notice.line.stop(problem, "remove it from the data, or take the row back")
            if (after := self.successor(notice)) and after not in present:
                problem = f"the successor {after} of {reference} is not in the graph"
                raise notice.line.stop(problem, "name one that is, or leave the cell empty")


def load(data: Path) -> Retirement:
    """What the data folder `data` takes back; nothing where it has no such table.

    Raises:
        TableError: the table cannot be read, or a row is not as it must be.
    """
    path = data / PLACE
    if not path.exists():
        return Retirement()
    lines, aside = read(path, COLUMNS)
    for error in aside:
        raise TableError(error.path, error.problem, error.remedy, error.line)
    notices: dict[str, Notice] = {}
    passages: list[Passage] = []
    for line in lines:
        _check(line)
        if line["start"] or line["end"]:
            passages.append(_passage(line))
            continue
        if line["text_hash"]:
            raise line.stop("the row has a text_hash and no start", "give start and end of the passage, or empty the cell")
        if before := notices.get(line["reference"]):
            raise line.stop(f"{line['reference']} is retired on line {before.line.number} already", "remove one of the two rows")
        notices[line["reference"]] = Notice(line, *(line[column] for column in ("reference", "successor", "date", "reason")))
    return Retirement(notices, tuple(passages))


def blanked(document: Document, passages: Sequence[Passage]) -> Document:
    """The document without the words of these passages: each code point of them is a block, so that offsets hold.

    Raises:
        TableError: a passage was withdrawn from another text.
    """
    text = document.text
    for passage in passages:
        if passage.text_hash != document.text_hash:
            problem = f"the passage was withdrawn from another text than that of {document.path.name}"
            remedy = "put the document back as it was, or, where the words are gone from it, remove the row and withdraw what is left again"
            raise passage.line.stop(problem, remedy)
        if passage.span.end > len(text):
            raise passage.line.stop(
                f"the passage ends behind the text of {document.path.name}", "mend the row, or withdraw the passage again"
            )
        start, end = passage.span.start, passage.span.end
        text = text[:start] + _HIDDEN.sub(lambda found: found[1] or BLANK, text[start:end]) + text[end:]
    return replace(document, text=text, text_hash=sha256(text.encode())) if passages else document


def record(data: Path, cells: Mapping[str, str]) -> Path:
    """Add a row to the table, which is made where it is missing; it is on disk when this returns.

    Args:
        data: the data folder.
        cells: column to cell.

    Raises:
        SettingError: the table cannot be written.
    """
    path = data / PLACE
    try:
        path.parent.mkdir(exist_ok=True)
        there = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        header = next(csv.reader([there.partition("\n")[0]])) if there.strip() else list(COLUMNS)
        row = io.StringIO()
        writer = csv.DictWriter(row, [name.strip() for name in header], lineterminator="\n")
        if not there.strip():
            writer.writeheader()
        writer.writerow(cells)
        disk.append(path, row.getvalue())
    except OSError as error:
        message = f"{path}: the row cannot be written ({error.strerror}); mend its permissions, or name another folder with --data."
        raise SettingError(message) from error
    return path


def is_reference(reference: str) -> bool:
    """Whether it is `kind/key` of a thing of the data."""
    kind, _, key = reference.partition("/")
    return kind in DATA_KINDS and is_key(key)


def _check(line: Line) -> None:
    for column in ("reference", "successor"):
        if (column == "reference" or line[column]) and not is_reference(line[column]):
            raise line.stop(f"the {column} {line[column]!r} is no reference", f"write kind/key; the kinds are {', '.join(DATA_KINDS)}")
    if not _is_day(line["date"]):
        raise line.stop(f"the date {line['date']!r} is no day", "write the day since which it holds, such as 2026-11-24")
    if not line["reason"]:
        raise line.stop("the row gives no reason", "say why in a few words; people who look for it will read them")


def _passage(line: Line) -> Passage:
    if not line["reference"].startswith(PROFILE) or line["successor"]:
        raise line.stop("a passage belongs to a profile and has no successor", "write profile/KEY, and leave the successor empty")
    if not line["start"].isdecimal() or not line["end"].isdecimal() or int(line["start"]) >= int(line["end"]):
        raise line.stop("start and end are no place of a passage", "give both as numbers of code points, the end behind the start")
    if not _HASH.fullmatch(line["text_hash"]):
        raise line.stop("the text_hash is no SHA-256", "give that of the document's text, in 64 hexadecimal digits")
    return Passage(line, line["reference"], Span(int(line["start"]), int(line["end"])), line["text_hash"])


def _is_day(cell: str) -> bool:
    try:
        return bool(_DAY.fullmatch(cell)) and date.fromisoformat(cell) is not None
    except ValueError:
        return False
