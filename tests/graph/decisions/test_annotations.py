"""Decisions as Web Annotations: what goes out comes in as it was, and nothing is guessed from what states no claim."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import events
from graph.decisions.annotations import FIELDS, MOTIVATIONS, annotation, read, written
from graph.decisions.events import Event, undo
from graph.errors import DecisionError
from graph.iris import VOCABULARIES, Iris
from tests.graph.decisions.anything import anything, fields, on_claims
from tests.graph.decisions.making import HERE, PROFILE, TEXT, THERE, act, at, claim, evidence, pair

FILE, IRIS = Path("decisions.jsonld"), Iris()
DOCUMENT = f"https://w3id.org/liaison/id/profile/{PROFILE}"
ACCEPT = act("accept", "ana", 1)
MADE = annotation(ACCEPT, IRIS)
OA, DCTERMS, FOAF = (VOCABULARIES[name] for name in ("oa", "dcterms", "foaf"))
ANNO = {
    "oa": OA, "id": "@id", "type": "@type", "Annotation": "oa:Annotation", "body": {"@id": "oa:hasBody", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "assessing": "oa:assessing", "exact": "oa:exact", "prefix": "oa:prefix",
    "target": {"@id": "oa:hasTarget", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "creator": {"@id": f"{DCTERMS}creator", "@type": "@id"}, "nickname": f"{FOAF}nick",
}  # fmt: skip
"""The part of the W3C's context that is needed here; tests fetch nothing."""


def text_of(*annotations: object) -> bytes:
    return json.dumps(annotations).encode()


def refused(given_one: object) -> str:
    """Why an annotation is set aside; the one behind it is not."""
    found = read(text_of(given_one, MADE), FILE, IRIS)
    assert found.events == (ACCEPT,)
    (error,) = found.aside
    assert not error.stops
    assert str(error).startswith("decisions.jsonld: annotation 1")
    return str(error)


@given(st.lists(anything() | on_claims(), max_size=4))
def test_what_goes_out_comes_in_as_it_was(given_ones: list[Event]) -> None:
    found = read(written(given_ones, IRIS).encode(), FILE, IRIS)
    assert found.aside == ()
    assert [event.line for event in found.events] == [event.line for event in given_ones if event.act in MOTIVATIONS]


@given(on_claims())
def test_the_position_and_the_quote_are_those_of_the_event_in_code_points(event: Event) -> None:
    quote, position = annotation(event, IRIS)["target"]["selector"]
    assert event.evidence
    assert quote["exact"] == event.evidence.quote
    assert position["end"] - position["start"] == len(quote["exact"])


def test_an_annotation_has_what_the_recommendation_asks_for() -> None:
    assert MADE["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    wanted = {
        "id": f"{DOCUMENT}#decision-{ACCEPT.id}", "type": "Annotation", "motivation": "assessing", "created": ACCEPT.at,
        "creator": {"type": "Person", "nickname": "ana"},
    }  # fmt: skip
    assert MADE.items() >= wanted.items()
    assert MADE["target"] == {
        "source": DOCUMENT,
        "selector": [
            {"type": "TextQuoteSelector", "exact": HERE.quote, "prefix": "", "suffix": TEXT[HERE.end : HERE.end + 32]},
            {"type": "TextPositionSelector", "start": 0, "end": HERE.end},
        ],
    }
    assert MADE["body"]["decision"]["claim"] == fields(ACCEPT)["claim"]


def test_what_stands_around_is_what_stands_around_the_words_themselves() -> None:
    part = evidence(TEXT, "member of Europol")
    quote = annotation(act("add", "ana", 1, on=part), IRIS)["target"]["selector"][0]
    assert TEXT[: part.start].endswith("Spain is a ")
    assert (quote["prefix"], quote["suffix"]) == ("Spain is a ", TEXT[part.end : part.end + 32])


def test_what_stands_around_words_that_stand_twice_in_their_passage_is_left_out() -> None:
    twice = evidence("He met Ann and Ann again.", "Ann", occurrence=2)
    assert annotation(act("add", "ana", 1, on=twice), IRIS)["target"]["selector"][0] == {"type": "TextQuoteSelector", "exact": "Ann"}


@pytest.mark.parametrize(("name", "motivation"), MOTIVATIONS.items())
def test_each_act_on_a_claim_has_its_motivation(name: events.Act, motivation: str) -> None:
    more = {"replacement": claim("supports")} if name == "correct" else {}
    assert annotation(act(name, "ana", 1, **more), IRIS)["motivation"] == motivation


def test_acts_that_are_about_no_words_are_left_out() -> None:
    complete = events.new("complete", "ana", at(2), profile=PROFILE, text_hash="a" * 64)
    assert json.loads(written([pair("merge", "ana", 1, "a", "b"), complete, undo(ACCEPT, "ana", at(3))], IRIS)) == []


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by rdflib, of its own
def test_other_programs_read_it_as_json_ld() -> None:
    offline = copy.deepcopy(MADE)
    offline["@context"][0] = ANNO
    graph = rdflib.Graph().parse(data=json.dumps(offline), format="json-ld")
    (decision,) = graph.objects(predicate=rdflib.URIRef(f"{FIELDS}decision"))
    (judged,) = graph.objects(decision, rdflib.URIRef(f"{FIELDS}claim"))
    assert str(graph.value(judged, rdflib.URIRef(f"{FIELDS}relation"))) == "memberOf"
    assert graph.value(predicate=rdflib.URIRef(f"{OA}motivatedBy"), object=rdflib.URIRef(f"{OA}assessing")) == rdflib.URIRef(MADE["id"])
    assert [str(text) for text in graph.objects(predicate=rdflib.URIRef(f"{OA}exact"))] == [HERE.quote]
    assert [str(text) for text in graph.objects(predicate=rdflib.URIRef(f"{FOAF}nick"))] == ["ana"]


def test_one_annotation_and_a_page_of_them_are_read_as_well() -> None:
    for given_one in (MADE, {"type": "AnnotationPage", "items": [MADE]}, {**MADE, "generator": "another program"}):
        assert read(json.dumps(given_one).encode(), FILE, IRIS).events == (ACCEPT,)


REMARK = {
    "@context": "http://www.w3.org/ns/anno.jsonld", "id": "#a88b22d0", "type": "Annotation",
    "body": [{"type": "TextualBody", "value": "Spain memberOf Europol", "purpose": "commenting"}],
    "target": {"selector": [{"type": "TextQuoteSelector", "exact": HERE.quote}, {"type": "TextPositionSelector", "start": 0, "end": 30}]},
}  # fmt: skip
"""As Recogito exports it."""
ROW = {
    "id": "x",
    "user": "acct:ana@hypothes.is",
    "text": "!",
    "target": [{"source": DOCUMENT, "selector": [{"type": "TextQuoteSelector"}]}],
}
"""As Hypothesis does."""


@pytest.mark.parametrize("remark", [REMARK, ROW, {**REMARK, "body": REMARK["body"][0]}, {}], ids=["recogito", "hypothesis", "one", "empty"])  # type: ignore[index]
def test_what_states_no_claim_is_refused_and_not_guessed(remark: dict[str, object]) -> None:
    assert "it states no claim, and which actors and relation its words mean is not guessed; decide on these words" in refused(remark)


def with_(**changed: object) -> dict[str, Any]:
    return {**MADE, **changed}


def decision(**changed: object) -> dict[str, Any]:
    return with_(body={"type": "Decision", "decision": {**MADE["body"]["decision"], **changed}})


QUOTE, POSITION = MADE["target"]["selector"]
BAD: dict[str, tuple[object, str]] = {
    "no-object": (1, "it is no JSON object"),
    "no-decision": (with_(body={"type": "Decision"}), "its body's decision is no JSON object"),
    "no-target": (with_(target=DOCUMENT), "its target is no JSON object"),
    "no-position": (with_(target={"source": DOCUMENT, "selector": QUOTE}), "no TextPositionSelector"),
    "two-quotes": (with_(target={"source": DOCUMENT, "selector": [QUOTE, QUOTE, POSITION]}), "2 TextQuoteSelector"),
    "another-document": (with_(target={**MADE["target"], "source": "https://example.org/a"}), "no document under"),
    "another-profile": (with_(target={**MADE["target"], "source": DOCUMENT[:-3] + "thb"}), "is not that of the claim"),
    "a-hostile-profile": (with_(target={**MADE["target"], "source": DOCUMENT + "/../x"}), "profile"),
    "other-words": (with_(target={"source": DOCUMENT, "selector": [{**QUOTE, "exact": "x"}, POSITION]}), "not as long"),
    "other-words-around": (with_(target={"source": DOCUMENT, "selector": [{**QUOTE, "suffix": "x"}, POSITION]}), "target do not fit"),
    "another-place": (with_(target={"source": DOCUMENT, "selector": [QUOTE, {**POSITION, "start": 1, "end": 30}]}), "been changed"),
    "another-reviewer": (with_(creator={"type": "Person", "nickname": "ben"}), "has been changed"),
    "a-name": (with_(creator={"type": "Person", "nickname": "ana", "name": "Ana García"}), "creator do not fit"),
    "no-creator": (with_(creator="ana"), "its creator is no JSON object"),
    "another-time": (with_(created="2026-11-25"), "at: "),
    "another-motivation": (with_(motivation="editing"), "motivation do not fit"),
    "no-id": (with_(id=None), "has been changed"),
    "another-act": (decision(act="reject"), "has been changed"),
    "an-undo": (decision(act="undo"), "needs undoes"),
    "no-evidence": (decision(evidence=None), "its evidence is no JSON object"),
    "another-claim": (decision(claim={**MADE["body"]["decision"]["claim"], "relation": "leads"}), "is not that of the claim"),
    "a-lone-surrogate": (decision(note="\ud800"), "no decision"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_malformed_is_set_aside_with_its_place(name: str) -> None:
    one, told = BAD[name]
    assert told in refused(one)


def test_an_undo_in_the_form_of_an_annotation_is_refused() -> None:
    event = undo(ACCEPT, "ana", at(3))
    made = annotation(ACCEPT, IRIS)
    record = {name: value for name, value in fields(event).items() if name not in ("id", "at", "by", "profile")}
    one = {**made, "id": f"{DOCUMENT}#decision-{event.id}", "created": event.at, "body": {"type": "Decision", "decision": record}}
    assert "'undo' is about no words" in refused(one)


@pytest.mark.parametrize("data", [b"", b"{", b'[{"a":1,"a":2}]', b"[NaN]", b"\xff", b"[" * 90_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(DecisionError, match="the file is no JSON that can be read") as found:
        read(data, FILE, IRIS)
    assert found.value.stops


@given(st.recursive(st.none() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.sampled_from(list(MADE)), one)))
def test_any_json_is_set_aside_or_holds_nothing(given_one: object) -> None:
    assert read(json.dumps(given_one).encode(), FILE, IRIS).events == ()


@given(st.sampled_from([name for name in MADE if name != "@context"]), st.none() | st.text() | st.lists(st.text()))
def test_nothing_can_be_changed_without_being_noticed(name: str, value: object) -> None:
    if value != MADE[name]:
        refused({**MADE, name: value})


def test_the_other_words_are_kept_apart() -> None:
    assert annotation(act("accept", "ana", 1, on=THERE), IRIS)["target"]["selector"][1]["start"] == THERE.start
