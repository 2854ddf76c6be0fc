"""Decisions on claims as Web Annotations, and back (W3C Recommendation of 2017, as JSON-LD).

    target    the document, the words with what stands around them, and their place in code points
    body      the claim, and all else that the event says, as named values
    creator   the reviewer's handle, and nothing else

What comes in is checked as a line of our own files is. An annotation that states no claim, such as a remark on marked
words, is set aside: which actors and which relation it means is not guessed.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.decisions.events import Event, strict_json
from graph.decisions.incoming import REMEDY, Incoming, aside, checked
from graph.decisions.records import CONTEXT, EvidenceRecord
from graph.errors import DecisionError
from graph.iris import DEF, Iris

MOTIVATIONS = {"accept": "assessing", "reject": "assessing", "correct": "editing", "add": "linking", "retract": "editing"}
"""The acts that are annotations, each with what it is done for; the other acts are about no words."""
FIELDS = f"{DEF}/decision#"
"""The names of an event's fields as IRIs."""
_MARK = "decision-"
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"@version": 1.1, "Decision": f"{FIELDS}Decision", "decision": {"@id": f"{FIELDS}decision", "@context": [None, {"@vocab": FIELDS}]}},
]
_NO_CLAIM = "it states no claim, and which actors and relation its words mean is not guessed"
_DECIDE_HERE = "decide on these words in Liaison"


class _Fault(Exception):
    """Why an annotation is no decision, in words."""


def written(events: Iterable[Event], iris: Iris) -> str:
    """The decisions on claims among these events, as a JSON-LD document: an array with one annotation each.

    Args:
        events: the events; merges, splits, declarations and undos are left out.
        iris: makes the IRIs of documents.
    """
    made = [annotation(event, iris) for event in events if event.act in MOTIVATIONS]
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def annotation(event: Event, iris: Iris) -> dict[str, Any]:
    """A decision on a claim as an annotation.

    Args:
        event: the event.
        iris: makes the IRI of the document.
    """
    assert event.evidence
    document = iris.thing(f"profile/{event.profile}")
    record = json.loads(event.line)
    for name in ("id", "at", "by", "profile"):
        del record[name]
    record["evidence"] = {name: value for name, value in record["evidence"].items() if name not in ("quote", "start", "end")}
    return {
        "@context": _CONTEXT,
        "id": iris.part(document, f"{_MARK}{event.id}").value,
        "type": "Annotation",
        "motivation": MOTIVATIONS[event.act],
        "created": event.at,
        "creator": {"type": "Person", "nickname": event.by},
        "body": {"type": "Decision", "decision": record},
        "target": {"source": document.value, "selector": _selectors(event.evidence)},
    }


def read(data: bytes, path: Path, iris: Iris) -> Incoming:
    """The decisions in a file of annotations: one annotation, an array of them, or a page with its `items`.

    Args:
        data: the file's bytes.
        path: the file, for messages.
        iris: tells which documents are ours.

    Raises:
        DecisionError: it is no JSON that can be read.
    """
    try:
        given = strict_json(data)
    except (ValueError, RecursionError) as error:
        raise DecisionError(path, f"the file is no JSON that can be read ({error})", "export the annotations anew") from error
    if isinstance(given, dict):
        given = given.get("items", [given])
    found: list[Event] = []
    refused: list[DecisionError] = []
    for number, one in enumerate(given if isinstance(given, list) else [given], 1):
        try:
            found.append(_event(one, path, f"annotation {number}", iris))
        except DecisionError as error:
            refused.append(error)
    return Incoming(tuple(found), tuple(refused))


def _selectors(evidence: EvidenceRecord) -> list[dict[str, Any]]:
    """The words, and their place; what stands around them is left out where they stand in their passage twice."""
    around = {}
    if evidence.words.count(evidence.quote) == 1:
        before, _, behind = evidence.words.partition(evidence.quote)
        around = {"prefix": (evidence.prefix + before)[-CONTEXT:], "suffix": (behind + evidence.suffix)[:CONTEXT]}
    return [
        {"type": "TextQuoteSelector", "exact": evidence.quote, **around},
        {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end},
    ]


def _event(given: object, path: Path, place: str, iris: Iris) -> Event:
    """The event in an annotation, if it says nothing else than that event does.

    Raises:
        DecisionError: it is no decision of ours; it does not stop.
    """
    try:
        one = _object(given, "it")
        event = checked(_fields(one, _record(one), iris), path, place)
    except _Fault as error:
        remedy = _DECIDE_HERE if str(error) == _NO_CLAIM else REMEDY
        raise aside(path, f"{place}: {error}", remedy) from error
    if event.act not in MOTIVATIONS:
        raise aside(path, f"{place}: {event.act!r} is about no words and cannot be an annotation")
    made = annotation(event, iris)
    if other := sorted(name for name, value in made.items() if name != "@context" and one.get(name) != value):
        raise aside(path, f"{place}: {', '.join(other)} do not fit the decision, and have been changed since it was written")
    return event


def _record(one: dict[str, Any]) -> dict[str, Any]:
    body = one.get("body")
    if not isinstance(body, dict) or body.get("type") != "Decision":
        raise _Fault(_NO_CLAIM)
    return _object(body.get("decision"), "its body's decision")


def _fields(one: dict[str, Any], record: dict[str, Any], iris: Iris) -> dict[str, Any]:
    """The fields of the event: those of the body, and those that an annotation has elsewhere."""
    target = _object(one.get("target"), "its target")
    quote, position = (_selector(target, kind) for kind in ("TextQuoteSelector", "TextPositionSelector"))
    words = {"quote": quote.get("exact"), "start": position.get("start"), "end": position.get("end")}
    return {
        **record,
        "id": str(one.get("id")).rpartition(f"#{_MARK}")[2],
        "at": one.get("created"),
        "by": _object(one.get("creator"), "its creator").get("nickname"),
        "profile": _profile(target, iris),
        "evidence": {**_object(record.get("evidence"), "its evidence"), **words},
    }


def _profile(target: dict[str, Any], iris: Iris) -> str:
    source = target.get("source")
    kind, _, key = ((iris.reference(source) if isinstance(source, str) else "") or "").partition("/")
    if kind != "profile":
        raise _Fault(f"its target is no document under {iris.base}")
    return key


def _selector(target: dict[str, Any], kind: str) -> dict[str, Any]:
    selectors = target.get("selector")
    found = [
        one for one in (selectors if isinstance(selectors, list) else [selectors]) if isinstance(one, dict) and one.get("type") == kind
    ]
    if len(found) != 1:
        raise _Fault(f"its target has {len(found) or 'no'} {kind}, and one is needed")
    return found[0]


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Fault(f"{name} is no JSON object")
    return value
