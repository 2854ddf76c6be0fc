"""Events: whole in themselves, the same however they are written, and set aside with file and line if they are not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import Claim, Evidence
from graph.decisions.events import LONGEST_LINE, Event, new, now, parse, undo
from graph.errors import DecisionError
from graph.text import digest
from tests.graph.decisions.making import HERE, PROFILE, act, at, claim, pair

FILE = Path("data/decisions/spain-2018-cse.jsonl")


def line_of(event: Event, **changed: object) -> bytes:
    """The line of an event with some fields changed and the id made anew."""
    fields = {key: value for key, value in (json.loads(event.line) | changed).items() if value is not None and key != "id"}
    written = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return json.dumps(fields | {"id": digest("decision", written)}).encode() + b"\n"


def test_an_event_is_read_back_as_it_was_written() -> None:
    for event in (
        act("accept", "ana", 1),
        act("correct", "ana", 2, replacement=claim("cooperatesWith"), note="“con” is not “in”"),
        act("add", "ben", 3, claim("supports", **{"from": "2018", "until": "2019-03"})),
        pair("merge", "ana", 4, "spanish-police", "es-cnp"),
        new("complete", "ana", at(5), profile=PROFILE, text_hash="a" * 64),
        undo(act("reject", "ana", 6), "ana", at(7)),
    ):
        path = FILE.with_name(event.file)
        again = parse(event.line, path, 1)
        assert (again, again.id, again.line) == (event, event.id, event.line)


def test_keys_are_those_of_the_graph() -> None:
    event = act("accept", "ana", 1)
    assert event.claim
    assert event.evidence
    sentence = f"sentence/{event.evidence.sentences[0]}"
    evidence = Evidence((sentence,), "stated", event.evidence.quote, event.evidence.start, event.evidence.end)
    published = Claim(f"profile/{PROFILE}", "country/ESP", "memberOf", "body/europol", (evidence,), "accepted")
    assert event.claim.key == published.key
    assert event.evidence.key(event.claim.key) == published.evidence_key(evidence)


def test_the_order_of_fields_and_spaces_do_not_matter() -> None:
    event = act("accept", "ana", 1)
    shuffled = json.dumps(dict(reversed(json.loads(event.line).items())), indent=None).encode()
    assert parse(shuffled, FILE, 1).id == event.id
    assert parse(event.line.replace(b"\n", b"\r\n"), FILE, 1).id == event.id


def test_fields_of_a_later_version_are_kept_at_any_depth() -> None:
    event = act("accept", "ana", 1)
    fields = json.loads(event.line)
    later = line_of(event, mood="sure", evidence=fields["evidence"] | {"colour": {"hue": 12}})
    again = parse(later, FILE, 1)
    assert json.loads(again.line)["mood"] == "sure"
    assert json.loads(again.line)["evidence"]["colour"] == {"hue": 12}
    assert parse(again.line, FILE, 1).id == again.id != event.id


def test_an_undo_says_what_it_undoes() -> None:
    event = act("reject", "ana", 1)
    twice = undo(undo(event, "ana", at(2)), "ana", at(3))
    assert (twice.claim, twice.evidence, twice.undone) == (event.claim, event.evidence, "undo")


ACCEPT = act("accept", "ana", 1)
FIELDS = json.loads(ACCEPT.line)
BAD = {
    "no-json": (b'{"act":"accept"', "no JSON"),
    "cut-off": (ACCEPT.line[:-20], "cut off"),
    "no-object": (b"[1]\n", "no JSON object"),
    "zeros": (b"\0" * 100, "no JSON"),
    "no-utf-8": (b'{"by":"\xff"}', "no JSON"),
    "a-lone-surrogate": (line_of(ACCEPT, note="\ud800"), "unicode"),
    "a-lone-surrogate-in-an-unknown-field": (line_of(ACCEPT, mood="\ud800"), "no JSON"),
    "too-deep": (b"[" * 60_000, "no JSON"),
    "not-a-number": (b'{"format":NaN}', "no JSON"),
    "a-field-twice": (b'{"format":1,"format":1}', "twice"),
    "too-long": (b" " * (LONGEST_LINE + 1), "bytes"),
    "edited": (ACCEPT.line.replace(b'"by":"ana"', b'"by":"ben"'), "has been changed"),
    "without-an-id": (json.dumps({k: v for k, v in FIELDS.items() if k != "id"}).encode(), "has been changed"),
    "a-later-format": (line_of(ACCEPT, format=2), "format"),
    "an-unknown-act": (line_of(ACCEPT, act="bless"), "act"),
    "an-address-for-a-handle": (line_of(ACCEPT, by="ana@example.org"), "by"),
    "a-name-for-a-handle": (line_of(ACCEPT, by="Ana García"), "by"),
    "local-time": (line_of(ACCEPT, at="2026-11-25T10:00:00+01:00"), "at"),
    "no-day": (line_of(ACCEPT, at="2026-02-30T10:00:00.000000Z"), "at"),
    "without-evidence": (line_of(ACCEPT, evidence=None), "'accept' needs evidence"),
    "with-too-much": (line_of(ACCEPT, text_hash="a" * 64), "'accept' cannot have text_hash"),
    "a-number-as-text": (line_of(ACCEPT, evidence=FIELDS["evidence"] | {"start": "0"}), "evidence.start"),
    "a-foreign-key": (line_of(ACCEPT, claim=FIELDS["claim"] | {"relation": "leads"}), "is not that of the claim"),
    "another-profile": (line_of(ACCEPT, profile="france-2018-cse"), "is not that of the claim"),
    "no-reference": (line_of(ACCEPT, claim=FIELDS["claim"] | {"subject": {"reference": "Spain", "name": "Spain"}}), "claim.subject.reference"),
    "a-quote-of-another-length": (line_of(ACCEPT, evidence=FIELDS["evidence"] | {"end": 3}), "the quote is not as long"),
    "a-quote-that-is-not-there": (line_of(ACCEPT, evidence=FIELDS["evidence"] | {"passage": "Something else"}), "does not stand in its passage"),
    "the-wrong-file": (ACCEPT.line, "belongs into"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_event_is_set_aside_with_its_place(name: str) -> None:
    line, told = BAD[name]
    path = FILE.with_name("other.jsonl") if name == "the-wrong-file" else FILE
    with pytest.raises(DecisionError) as found:
        parse(line, path, 7)
    assert not found.value.stops
    assert (found.value.path, found.value.line) == (str(path), 7)
    assert told in str(found.value)
    assert len(str(found.value)) < 1_000


@pytest.mark.parametrize(
    ("name", "about"),
    [
        pytest.param("accept", {}, id="about-nothing"),
        pytest.param("correct", {"claim": claim(), "evidence": HERE, "replacement": claim()}, id="corrected-to-the-same"),
        pytest.param("merge", {}, id="merged-with-nothing"),
        pytest.param("complete", {"text_hash": "abc"}, id="complete-without-a-hash"),
    ],
)
def test_what_is_no_decision_is_not_made(name: str, about: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"needs|same|pattern"):
        new(name, "ana", at(1), profile=PROFILE, **about)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="itself"):
        pair("merge", "ana", 1, "europol", "europol")


def test_the_present_is_a_time_of_events() -> None:
    assert new("complete", "ana", now(), profile=PROFILE, text_hash="a" * 64).at <= now()


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_an_event_or_are_set_aside(line: bytes) -> None:
    with pytest.raises(DecisionError):
        parse(line, FILE, 1)


@given(st.integers(0, len(ACCEPT.line) - 2))
def test_a_line_that_is_cut_off_anywhere_is_no_event(end: int) -> None:
    with pytest.raises(DecisionError):
        parse(ACCEPT.line[:end], FILE, 1)
