"""A decision as an event: one line of JSON, and back.

    {"act":"accept","at":"2026-11-25T09:12:03.120000Z","by":"ana","claim":{…},"evidence":{…},"format":1,"id":"9f…","profile":"spain-2018-cse"}

An event is never changed. Its id is a hash of its content, so that the same event written twice is one event, and an
edited line is noticed.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, StringConstraints, ValidationError, model_validator

from graph.decisions.records import LONGEST_NOTE, ClaimRecord, End, EvidenceRecord, Hash, Key, Record
from graph.errors import DecisionError
from graph.text import digest

FORMAT: Final = 1
LONGEST_LINE = 2**16
"""Bytes of a line with its end; a longer one is set aside unread."""
ACTORS = "_actors.jsonl"
"""The file of merges and splits; no profile can have its name."""
ENDING = ".jsonl"

Act = Literal["accept", "reject", "correct", "add", "retract", "merge", "split", "complete", "undo"]
_ABOUT = frozenset({"profile", "claim", "evidence"})
_PAIR = frozenset({"actor", "other"})
NEEDED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("accept", "reject", "add", "retract"), _ABOUT),
    "correct": _ABOUT | {"replacement"},
    **dict.fromkeys(("merge", "split"), _PAIR),
    "complete": frozenset({"profile", "text_hash"}),
    "undo": frozenset({"undoes", "undone"}),
}
"""What an act cannot do without, beside its format, act, time and reviewer."""
_SUBJECT = _ABOUT | _PAIR | {"replacement", "text_hash"}
"""What an event is about; an undo repeats it."""
POSSIBLE: Mapping[str, frozenset[str]] = {
    **{act: needed | ({"rechecks"} if "claim" in needed else set()) for act, needed in NEEDED.items()},
    "undo": NEEDED["undo"] | _SUBJECT,
}
"""What it may have, beside a note."""
_REMEDY = "restore the line from a copy, or remove it once nothing in it is needed"


def _time(value: str) -> str:
    datetime.fromisoformat(value)
    return value


Time = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"), AfterValidator(_time)]
"""UTC with six decimals, so that the order of the texts is the order of the times."""
Handle = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""By which a reviewer is known; chosen, and neither a name nor an address."""
TextHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Event(Record):
    """One act of one reviewer.

    Args:
        format: version of this format.
        act: what was done.
        at: when.
        by: the reviewer's handle.
        profile: key of the profile; empty for acts on actors.
        claim: what was judged.
        evidence: on which words.
        replacement: for `correct`, what the words say instead.
        rechecks: key of an earlier piece of evidence of the same claim, which this act judges as well: the words of it
            are gone or have changed, and a person has looked at what stands there now.
        actor: for `merge` and `split`, the actor that is, or is not, another one.
        other: the other one, into which the first is merged.
        text_hash: for `complete`, SHA-256 of the text of which it is said.
        undoes: for `undo`, the id of the event that is undone; what that was about is repeated.
        undone: the act of that event.
        note: a remark for the next reader.
    """

    format: Literal[1] = FORMAT
    act: Act
    at: Time
    by: Handle
    profile: Key | None = None
    claim: ClaimRecord | None = None
    evidence: EvidenceRecord | None = None
    replacement: ClaimRecord | None = None
    rechecks: Hash | None = None
    actor: End | None = None
    other: End | None = None
    text_hash: TextHash | None = None
    undoes: Hash | None = None
    undone: Act | None = None
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        given = {name for name in _SUBJECT | {"rechecks", "undoes", "undone"} if getattr(self, name) is not None}
        if missing := sorted(NEEDED[self.act] - given):
            message = f"{self.act!r} needs {', '.join(missing)}"
            raise ValueError(message)
        if excess := sorted(given - POSSIBLE[self.act]):
            message = f"{self.act!r} cannot have {', '.join(excess)}"
            raise ValueError(message)
        self._check_claims()
        if self.actor and self.other and self.actor.reference == self.other.reference:
            message = f"{self.actor.reference} cannot be merged with itself or split from itself"
            raise ValueError(message)
        return self

    def _check_claims(self) -> None:
        """What is derived is what it says: keys, length and place of the quote."""
        for record in (self.claim, self.replacement):
            if record and record.key != record.claim(self.profile or "").key:
                message = (
                    f"the key {record.key} is not that of the claim {record.subject.reference} {record.relation} {record.object.reference}"
                )
                raise ValueError(message)
        if self.claim and self.replacement and self.claim.key == self.replacement.key:
            message = "the corrected claim is the same as the claim"
            raise ValueError(message)
        if self.evidence and (
            self.evidence.end - self.evidence.start != len(self.evidence.quote) or self.evidence.quote not in self.evidence.words
        ):
            message = "the quote is not as long as its place, or does not stand in its passage"
            raise ValueError(message)

    @cached_property
    def id(self) -> str:
        """Hash of the content."""
        return digest("decision", _written(self._fields))

    @property
    def order(self) -> tuple[str, str]:
        """By time, then by id: the same order whatever file a line stands in."""
        return self.at, self.id

    @property
    def file(self) -> str:
        """Name of the file in which it belongs."""
        return f"{self.profile}{ENDING}" if self.profile else ACTORS

    @property
    def line(self) -> bytes:
        """The event as a line of its file, with the line's end."""
        return _written(self._fields | {"id": self.id}).encode() + b"\n"

    @property
    def _fields(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


def now() -> str:
    """The present time as events have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new(act: Act, by: str, at: str, **about: Any) -> Event:  # noqa: ANN401  # the fields of an event, which are checked
    """A new event.

    Args:
        act: what is done.
        by: the reviewer's handle.
        at: when, as `now` gives it.
        about: the other fields of `Event`; None and the empty text leave a field out.

    Raises:
        ValueError: a field is missing, does not belong to the act, or is not as it must be.
    """
    given = {name: value for name, value in about.items() if value is not None and value != ""}
    return Event(format=FORMAT, act=act, at=at, by=by, **given)


def undo(event: Event, by: str, at: str, note: str = "") -> Event:
    """An event that undoes another one, and says what that was about.

    Args:
        event: the event; it may be an undo itself.
        by: the reviewer's handle; only one's own acts can be undone.
        at: when.
        note: a remark.
    """
    about = {name: getattr(event, name) for name in _SUBJECT}
    return new("undo", by, at, undoes=event.id, undone=event.act, note=note, **about)


def parse(line: bytes, path: Path, number: int) -> Event:
    """The event in a line.

    Args:
        line: the line's bytes.
        path: its file, for messages.
        number: its number there, from 1.

    Raises:
        DecisionError: it is no event as this version knows them; it sets the line aside and does not stop.
    """
    if len(line) > LONGEST_LINE:
        raise _aside(path, number, f"the line has more than {LONGEST_LINE:,} bytes")
    try:
        fields = strict_json(line)
        if not isinstance(fields, dict):
            raise _aside(path, number, "the line is no JSON object")
        claimed = fields.pop("id", None)
        event = Event.model_validate(fields)
        actual = event.id if event.line else ""
    except ValidationError as error:
        raise _aside(path, number, f"the line is no decision: {_told(error)}") from error
    except (ValueError, RecursionError) as error:
        raise _aside(path, number, f"the line is no JSON that can be read ({error}), perhaps cut off while it was written") from error
    if claimed != actual:
        raise _aside(path, number, f"the id {claimed!r} is not that of the content, which has been changed since it was written")
    if event.file != path.name:
        raise _aside(path, number, f"the decision belongs into {event.file}", "move the line there")
    return event


def strict_json(data: bytes) -> Any:  # noqa: ANN401  # any JSON
    """JSON in UTF-8, without numbers that are none and with each field once.

    Raises:
        ValueError: it is no such JSON.
        RecursionError: it is nested too deep.
    """
    return json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)


def _written(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a field stands twice"
        raise ValueError(message)
    return found


def _refuse(constant: str) -> None:
    message = f"{constant} is no JSON"
    raise ValueError(message)


def _told(error: ValidationError) -> str:
    """What is wrong with the fields, in words; values are left out, since they may be long."""
    told = []
    for fault in error.errors(include_url=False, include_input=False, include_context=False)[:3]:
        place = ".".join(str(part) for part in fault["loc"])
        told.append(f"{place}: {fault['msg']}" if place else fault["msg"].removeprefix("Value error, "))
    return "; ".join(told)


def _aside(path: Path, number: int, problem: str, remedy: str = _REMEDY) -> DecisionError:
    return DecisionError(path, problem, remedy, number, stops=False)


def ends_of(event: Event) -> tuple[End, ...]:
    """All actors that an event names."""
    claims = [end for record in (event.claim, event.replacement) if record for end in (record.subject, record.object)]
    return (*claims, *(end for end in (event.actor, event.other) if end))


def texts_of(event: Event) -> Iterator[str]:
    """All texts of an event in which words of a document may stand, names of actors apart.

    Those are its note, its evidence with what stands around it, and whatever fields of a later version hold.
    """
    if event.note:
        yield event.note
    if found := event.evidence:
        yield from (found.quote, found.words, found.prefix + found.words, found.words + found.suffix)
    yield from _unknown(event)


def _unknown(record: Record) -> Iterator[str]:
    """The texts in fields that this version does not know."""
    yield from _strings(record.model_extra)
    for name in type(record).model_fields:
        if isinstance(part := getattr(record, name), Record):
            yield from _unknown(part)


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for part in value.values():
                yield from _strings(part)
        case list():
            for part in value:
                yield from _strings(part)


def by_reviewer(found: Iterable[Event]) -> dict[str, list[Event]]:
    """Each reviewer's handle to what he or she did, in the order in which it is given."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in found:
        groups[event.by].append(event)
    return groups
