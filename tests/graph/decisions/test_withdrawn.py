"""What is withdrawn is repeated by no decision that goes on: neither in a build, nor out to others."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from graph import documents, inputs, retirement
from graph.decisions import events, withdrawn
from graph.decisions.events import Event, undo
from graph.decisions.records import End
from graph.validation import validate_release
from tests.graph.decisions.desks import COOPERATES, EUROPOL, IRIS, KEY, NGOS, Desk, claim
from tests.graph.decisions.making import INTERPOL, SPAIN, at

CASES = yaml.safe_load((Path(__file__).parent / "withdrawn-words.yaml").read_text(encoding="utf-8"))
HIDDEN = "most important Law"
"""The words that are withdrawn; they stand in the document once."""


def withdraw(desk: Desk, words: str = HIDDEN) -> None:
    """Withdraw words of the document, and take away the side-car that quotes them."""
    (desk.folder / "claims" / f"{KEY}.yaml").unlink(missing_ok=True)
    start = desk.text.index(words)
    text_hash = documents.read(desk.path).text_hash
    row = {"reference": f"profile/{KEY}", "start": str(start), "end": str(start + len(words)), "text_hash": text_hash, "date": "2026-11-25", "reason": "a name"}  # fmt: skip
    retirement.record(desk.folder, row)


def event(desk: Desk, given: Mapping[str, str]) -> Event:
    """An event as a case describes it; what it leaves out is harmless."""
    subject = End(reference=given.get("subject", "country/ESP"), name=given.get("name", "Spain"), kind=given.get("kind", ""))
    if "other" in given:
        other = End(reference=given["other"], name=given.get("other_name", "Europol"))
        return events.new("merge", "ana", at(1), actor=subject, other=other, note=given.get("note", ""))
    evidence = desk.evidence(given.get("quote", NGOS))
    if remark := given.get("remark"):
        evidence = type(evidence).model_validate({**evidence.model_dump(exclude_unset=True), "later": {"remark": [remark]}})
    more = {"replacement": claim("leads", subject, EUROPOL)} if "replaced" in given else {}
    about = claim("supports", SPAIN if more else subject, EUROPOL)
    return events.new(
        "correct" if more else "accept", "ana", at(1), profile=KEY, claim=about, evidence=evidence, note=given.get("note", ""), **more
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_event_that_repeats_withdrawn_words_is_found(case: Mapping[str, Mapping[str, str]], desk: Desk) -> None:
    made = event(desk, case["event"])
    withdraw(desk)
    found, aside = withdrawn.load(inputs.find(desk.folder), retirement.load(desk.folder))
    assert not aside
    assert found.has(made) is bool(case["hidden"])
    assert found.has(undo(made, "ana", at(2))) is bool(case["hidden"] and "note" not in case["event"])


def test_a_document_that_cannot_be_read_hides_what_was_decided_on_it_and_nothing_else(desk: Desk) -> None:
    made, other = event(desk, {}), events.new("complete", "ana", at(1), profile="france-2018-cse", text_hash="0" * 64)
    withdraw(desk)
    desk.path.write_bytes(b"\xff\xfe\x00")
    found, aside = withdrawn.load(inputs.find(desk.folder), retirement.load(desk.folder))
    assert [Path(error.path) for error in aside] == [desk.path]
    assert (found.has(made), found.has(other)) == (True, False)


@pytest.mark.parametrize("turned", [False, True], ids=["into-it", "of-it"])
def test_an_actor_whose_name_is_withdrawn_is_named_nowhere_although_a_merge_names_it(turned: bool, desk: Desk) -> None:  # noqa: FBT001
    hidden = End(reference=f"body/{KEY}-hidden", name=HIDDEN, kind="public-agency")
    other = End(reference=f"body/{KEY}-ngos", name="NGOs", kind="public-agency")
    desk.decide("add", "ana", claim("supports", other, INTERPOL), NGOS)
    desk.pair("merge", "ana", *((hidden, other) if turned else (other, hidden)))
    named = desk.assembled()
    assert (HIDDEN in written(desk)) is not turned
    assert named.has_edge(hidden.reference if not turned else other.reference, "supports", "body/interpol")
    withdraw(desk)
    made = desk.assembled()
    assert made.has_edge(other.reference, "supports", "body/interpol")
    assert HIDDEN not in written(desk)
    assert "hidden" not in " ".join(map(str, made.assembly.aside)) + str(made.assembly.merged)
    assert "names an actor by words of a withdrawn passage" in " ".join(map(str, made.assembly.aside))
    assert not [finding for finding in validate_release(made.view) if finding.is_violation]


def written(desk: Desk) -> str:
    """Names and labels of a build of the folder, and what whoever asks for a merged actor is told."""
    made = desk.assembled()
    wanted = (IRIS.graph(f"profile/{KEY}"), IRIS.graph(f"profile/{KEY}/proposed"))
    quads = [quad for quad in made.assembly.published() if quad.graph_name in wanted and not quad.subject.value.count("/sentence/")]  # type: ignore[union-attr]
    labels = [quad.object.value for quad in quads if quad.predicate.value.endswith(("abel",))]  # type: ignore[union-attr]
    return " ".join([*labels, str(made.assembly.merged)])


def test_a_merge_is_applied_again_once_nothing_is_withdrawn(desk: Desk) -> None:
    hidden = End(reference=f"body/{KEY}-hidden", name=HIDDEN, kind="public-agency")
    desk.pair("merge", "ana", End(reference=f"body/{KEY}-ngos", name="NGOs", kind="public-agency"), hidden)
    desk.decide("add", "ana", claim("supports", EUROPOL, INTERPOL), COOPERATES)
    withdraw(desk)
    assert desk.assembled().assembly.merged == {}
    (desk.folder / retirement.PLACE).unlink()
    assert list(desk.assembled().assembly.merged) == [f"body/{KEY}-ngos"]
