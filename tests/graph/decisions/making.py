"""Makes documents and decisions for tests, short to write and whole."""

from collections.abc import Collection, Sequence
from pathlib import Path

from graph import sections, sentences
from graph.decisions import events
from graph.decisions.events import Act, Event
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.decisions.stances import Unit, units_of
from graph.documents import Document
from graph.sentences import Sentence
from graph.text import sha256

PROFILE = "spain-2018-cse"
CUES = ("not", "no longer", "plans to", "may", "must", "until")
EUROPOL, INTERPOL, SPAIN = (
    End(reference="body/europol", name="Europol"),
    End(reference="body/interpol", name="INTERPOL"),
    End(reference="country/ESP", name="Spain"),
)


def split(text: str, profile: str = PROFILE, known: Collection[str] = ()) -> list[Sentence]:
    """The sentences of a text; `known` are the abbreviations."""
    document = Document(profile, Path(f"{profile}.txt"), text, "text/plain", sha256(text.encode()), sha256(text.encode()))
    parts, front = sections.split(document, sections.Template({}))
    return sentences.split(document, parts, front, frozenset(known))


def claim(relation: str = "memberOf", subject: End = SPAIN, target: End = EUROPOL, profile: str = PROFILE, **more: str) -> ClaimRecord:
    """A claim with its key."""
    return ClaimRecord.of(profile, subject, relation, target, **more)


def evidence(text: str, words: str, occurrence: int = 1, profile: str = PROFILE, known: Sequence[Sentence] = ()) -> EvidenceRecord:
    """The evidence that these words of a text are, rule and all."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    touched = [s for s in known or split(text, profile) if s.span.start < start + len(words) and start < s.span.end]
    first, last = touched[0].span.start, touched[-1].span.end
    passage = text[first:last]
    return EvidenceRecord(
        quote=words, start=start, end=start + len(words), sentences=tuple(s.key for s in touched), passage="" if passage == words else passage,
        prefix=text[max(0, first - 32) : first], suffix=text[last : last + 32], rule="member-of", version="1", confidence=0.9,
    )  # fmt: skip


TEXT = "Spain is a member of Europol. It works with INTERPOL."
HERE = evidence(TEXT, "Spain is a member of Europol.")
THERE = evidence(TEXT, "It works with INTERPOL.")


def at(minute: int) -> str:
    """A time, so many minutes after the first one."""
    return f"2026-11-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00.000000Z"


def act(name: Act, by: str, minute: int, about: ClaimRecord | None = None, on: EvidenceRecord = HERE, **more: object) -> Event:
    """A decision on a claim."""
    return events.new(name, by, at(minute), profile=PROFILE, claim=about or claim(), evidence=on, **more)


def pair(name: Act, by: str, minute: int, actor: str, other: str) -> Event:
    """A merge or split."""
    ends = (End(reference=f"body/{key}", name=key.upper()) for key in (actor, other))
    return events.new(name, by, at(minute), **dict(zip(("actor", "other"), ends, strict=True)))


def unit(event: Event) -> Unit:
    """What a decision is about."""
    return next(units_of(event))
