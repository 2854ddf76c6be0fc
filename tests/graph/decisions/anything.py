"""Any event, for tests that hold for all of them: any text in its fields, any field of a later version."""

import json

from hypothesis import strategies as st

from graph.decisions import events
from graph.decisions.events import Event, undo
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from tests.graph.decisions.making import PROFILE, at

TEXT = st.text(max_size=20) | st.sampled_from(
    ["=1+1", "'=1+1", "''", "+", "-1", "@a", "\t=", "\r\n", "a;b,c\td", '"', "\0", "\ufeff", "😀é"]
)
WORDS = TEXT.filter(bool)
ABOUT_CLAIMS = ("accept", "reject", "correct", "add", "retract")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
LATER = st.dictionaries(TEXT.map(lambda name: f"x{name}"), JSON, max_size=2)
KINDS = st.sampled_from([{}, {"kind": ""}, {"kind": "police"}])


@st.composite
def ends(draw: st.DrawFn) -> End:
    """An actor."""
    reference = draw(st.sampled_from(["body/europol", "country/ESP", "group/empact-cse"]))
    return End(reference=reference, name=draw(WORDS), **draw(KINDS), **draw(LATER))


@st.composite
def claims(draw: st.DrawFn, relation: str) -> ClaimRecord:
    """A claim with this relation."""
    more = draw(st.sampled_from([{}, {"polarity": "affirmed"}, {"modality": "past", "from": "2018", "until": "2019-03"}]))
    return ClaimRecord.of(PROFILE, draw(ends()), relation, draw(ends()), **more)


@st.composite
def evidences(draw: st.DrawFn) -> EvidenceRecord:
    """Any words."""
    quote, start = draw(WORDS), draw(st.integers(0, 10**6))
    around = draw(st.sampled_from([{}, {"passage": ""}, {"passage": f"{draw(TEXT)}{quote}{draw(TEXT)}"}]))
    rule = draw(st.sampled_from([{}, {"rule": "", "version": "", "confidence": None}, {"rule": "r", "version": "=1", "confidence": 1.0}]))
    texts = {"prefix": draw(TEXT), "suffix": draw(TEXT)}
    return EvidenceRecord(
        quote=quote, start=start, end=start + len(quote), sentences=("s-1", "s-2"), **texts, **around, **rule, **draw(LATER)
    )


@st.composite
def on_claims(draw: st.DrawFn) -> Event:
    """A decision on a claim."""
    act = draw(st.sampled_from(ABOUT_CLAIMS))
    replacement = draw(claims("supports")) if act == "correct" else None
    about = {"claim": draw(claims("memberOf")), "evidence": draw(evidences()), "replacement": replacement}
    rechecks = draw(st.none() | st.just("a" * 20))
    return events.new(
        act, draw(st.sampled_from(["ana", "0-9"])), at(draw(st.integers(0, 99))), profile=PROFILE, **about, rechecks=rechecks, note=draw(TEXT),
        **draw(LATER),
    )  # fmt: skip


@st.composite
def anything(draw: st.DrawFn) -> Event:
    """Any event."""
    actor, other = End(reference="body/a", name=draw(WORDS)), End(reference="body/b", name=draw(WORDS))
    made = draw(
        on_claims()
        | st.just(events.new("merge", "ana", at(1), actor=actor, other=other))
        | st.just(events.new("complete", "ana", at(2), profile=PROFILE, text_hash="a" * 64)),
    )
    return undo(made, "ana", at(3), draw(TEXT)) if draw(st.booleans()) else made


def fields(event: Event) -> dict[str, object]:
    """The fields of an event."""
    read: dict[str, object] = json.loads(event.line)
    return read
