"""Decisions in a build: what stands, what is open, what is withheld, and that every decision is accounted for."""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import authority, documents, profiles, retirement, vocabulary
from graph.build import build
from graph.decisions import events
from graph.decisions.events import Event, undo
from graph.decisions.records import ClaimRecord, End
from graph.errors import DecisionError
from graph.extraction.extractor import Extractor
from graph.inputs import ProfileInput
from graph.iris import term
from graph.profiles import Context
from graph.release import Releases
from graph.validation import validate_release
from graph.versions import VERSION
from tests.graph.decisions.desks import CLAIM, COOPERATES, DRIVES, EUROPOL, GROUP, IRIS, KEY, LEAS, NGOS, WORDS, Desk, claim
from tests.graph.decisions.making import INTERPOL, SPAIN, at
from tests.graph.decisions.reference import Reference


def test_what_nobody_has_looked_at_is_open_and_unpublished(desk: Desk) -> None:
    made = desk.assembled()
    assert made.claims() == {}
    found = made.claims(is_open=True)
    assert set(found.values()) == {"unreviewed"}
    assert "Spanish LEAs cooperates with NGOs against child sexual exploitation (named as a class)" in found
    assert not made.has_edge(LEAS.reference, "cooperatesWith", f"collective/{KEY}-ngos")
    published = {quad.subject for quad in made.assembly.quads}
    assert not [quad for quad in made.assembly.open if quad.subject in published]


def test_what_is_accepted_stands(desk: Desk) -> None:
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    made = desk.assembled()
    assert made.claims() == {WORDS: "accepted"}
    assert made.has_edge("country/ESP", "supports", "body/europol")
    assert made.evidence(WORDS)["quote"] == COOPERATES
    assert made.evidence(WORDS)["anchorState"] == "exact"
    assert made.assembly.books
    assert made.assembly.books.places == {"exact": 1}


def test_what_is_rejected_or_disputed_is_open(desk: Desk) -> None:
    desk.decide("reject", "ana", CLAIM, COOPERATES)
    made = desk.assembled()
    assert (made.claims(), made.claims(is_open=True)[WORDS]) == ({}, "rejected")
    desk.decide("accept", "ben", CLAIM, COOPERATES)
    made = desk.assembled()
    assert (made.claims(), made.claims(is_open=True)[WORDS]) == ({}, "disputed")
    assert not made.has_edge("country/ESP", "supports", "body/europol")


def test_who_rejects_what_the_side_car_holds_disputes_it(desk: Desk) -> None:
    drives = claim("coDrives", SPAIN, GROUP)
    before = desk.assembled()
    assert before.has_edge("country/ESP", "coDrives", "group/empact-cse")
    words = DRIVES.removesuffix(".")
    rejected = desk.decide("reject", "ana", drives, words)
    made = desk.assembled()
    assert not made.has_edge("country/ESP", "coDrives", "group/empact-cse")
    assert "disputed" in made.claims(is_open=True).values()
    desk.record(undo(rejected, "ana", at(99)))
    assert desk.assembled().has_edge("country/ESP", "coDrives", "group/empact-cse")


def test_a_correction_stands_and_says_what_it_corrects(desk: Desk) -> None:
    better = claim("reportsTo", SPAIN, EUROPOL)
    desk.decide("correct", "ana", CLAIM, COOPERATES, replacement=better)
    made = desk.assembled()
    assert made.claims() == {"Spain reports to Europol": "corrected"}
    assert made.claims(is_open=True)[WORDS] == "rejected"
    revision = ox.Quad(
        IRIS.thing(f"claim/{better.key}"), term("prov:wasRevisionOf"), IRIS.thing(f"claim/{CLAIM.key}"), IRIS.graph(f"profile/{KEY}")
    )
    assert revision in set(made.assembly.quads)
    assert made.evidence("Spain reports to Europol")["anchorState"] == "humanOnly"


def test_an_actor_that_only_decisions_name_is_named_in_the_graph(desk: Desk) -> None:
    desk.decide("add", "ana", claim("supports", LEAS, EUROPOL), NGOS)
    made = desk.assembled()
    assert made.claims() == {"Spanish LEAs supports Europol": "curated"}
    assert made.evidence("Spanish LEAs supports Europol")["anchorState"] == "humanOnly"
    assert made.has_edge(LEAS.reference, "supports", "body/europol")
    assert validate_release(made.view) == validate_release(desk.assembled().view)
    assert not [f for f in validate_release(made.view) if f.severity == "Violation"]


EDITS: dict[str, tuple[str, str, str]] = {
    "moved": ("Spain works in coordination", "A line.\n\nSpain works in coordination", "moved"),
    "changed": ("specialized working groups", "specialised working groups", "changed"),
    "denied": ("Spain works in", "Spain does not work in", "missing"),
    "removed": (COOPERATES, "", "missing"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_claim_stands_whatever_becomes_of_its_words_and_is_marked(name: str, desk: Desk) -> None:
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    accepted = desk.decide("accept", "ana", CLAIM, COOPERATES)
    old, new, state = EDITS[name]
    desk.edit(old, new)
    made = desk.assembled()
    assert made.claims() == {WORDS: "accepted"}
    assert made.has_edge("country/ESP", "supports", "body/europol")
    found = made.evidence(WORDS)
    assert found["anchorState"] == state
    assert accepted.evidence
    assert IRIS.thing(f"evidence/{accepted.evidence.key(CLAIM.key)}") in {quad.subject for quad in made.assembly.quads}
    if state == "missing":
        assert "start" not in found
        assert found["quote"] == COOPERATES
    else:
        assert desk.text[int(found["start"]) : int(found["end"])] == found["quote"]
    assert not [f for f in validate_release(made.view) if f.severity == "Violation"]


def test_a_decision_after_another_look_counts_for_the_words_of_then_as_well(desk: Desk) -> None:
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    accepted = desk.decide("accept", "ana", CLAIM, COOPERATES)
    desk.edit("Spain works in", "Spain does not work in")
    assert accepted.evidence
    desk.decide(
        "reject", "ana", CLAIM, COOPERATES.replace("Spain works in", "Spain does not work in"), rechecks=accepted.evidence.key(CLAIM.key)
    )
    made = desk.assembled()
    assert (made.claims(), made.claims(is_open=True)[WORDS]) == ({}, "rejected")


def test_a_merged_actor_is_the_other_one_everywhere_and_a_split_brings_it_back(desk: Desk) -> None:
    desk.decide("add", "ana", claim("supports", LEAS, INTERPOL), NGOS)
    desk.pair("merge", "ana", LEAS, EUROPOL)
    made = desk.assembled()
    assert made.has_edge("body/europol", "supports", "body/interpol")
    assert IRIS.thing(LEAS.reference) not in {quad.subject for quad in made.assembly.quads} | {quad.object for quad in made.assembly.quads}
    assert made.assembly.merged == {LEAS.reference: {"successor": "body/europol", "date": "2026-11-01", "reason": "the same as Europol"}}
    assert claim("supports", LEAS, INTERPOL).key in {quad.subject.value.rpartition("/")[2] for quad in made.assembly.quads}  # type: ignore[union-attr]
    desk.pair("split", "ana", LEAS, EUROPOL)
    made = desk.assembled()
    assert made.has_edge(LEAS.reference, "supports", "body/interpol")
    assert made.assembly.merged == {}


def test_actors_of_two_documents_are_one_after_a_merge(desk: Desk) -> None:
    other = "france-2018-cse"
    (desk.folder / "profiles" / f"{other}.txt").write_text("The Gendarmerie supports Europol.\n", encoding="utf-8")
    police = End(reference=f"body/{other}-gendarmerie", name="Gendarmerie", kind="police-force")
    desk.decide("add", "ana", claim("supports", LEAS, EUROPOL), NGOS)
    desk.pair("merge", "ana", LEAS, police)
    made = desk.assembled()
    assert made.has_edge(police.reference, "supports", "body/europol")
    assert not [f for f in validate_release(made.view) if f.severity == "Violation"]
    (desk.folder / "profiles" / f"{other}.txt").unlink()
    made = desk.assembled()
    assert made.has_edge(LEAS.reference, "supports", "body/europol")
    assert "neither in the authority files nor of a profile" in " ".join(map(str, made.assembly.aside))


def test_a_merge_of_what_the_authority_files_hold_is_told_and_not_done(desk: Desk) -> None:
    desk.pair("merge", "ana", EUROPOL, INTERPOL)
    made = desk.assembled()
    assert "body/europol is not merged; the authority files hold it" in " ".join(map(str, made.assembly.aside))
    assert made.has_edge("country/ESP", "cooperatesWith", "body/europol")


def test_a_declaration_of_completeness_holds_for_its_text(desk: Desk) -> None:
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    desk.record(events.new("complete", "ana", at(1), profile=KEY, text_hash=documents.read(desk.path).text_hash))
    complete = term("liaison:curationCompleteOn")
    assert [quad.object.value for quad in desk.assembled().assembly.quads if quad.predicate == complete] == ["2026-11-01"]  # type: ignore[union-attr]
    desk.edit("Spain works in coordination", "A line.\n\nSpain works in coordination")
    made = desk.assembled()
    assert not [quad for quad in made.assembly.quads if quad.predicate == complete]
    assert "has changed since" in " ".join(map(str, made.assembly.aside))


def test_words_that_are_withdrawn_are_shown_nowhere_though_somebody_decided_on_them(desk: Desk) -> None:
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    desk.decide("reject", "ana", claim("leads", SPAIN, EUROPOL), COOPERATES)
    desk.decide("accept", "ana", claim("supports", SPAIN, INTERPOL), NGOS)
    desk.decide(
        "accept", "ana", claim("supports", End(reference=f"body/{KEY}-most", name="most important", kind="public-agency"), EUROPOL), NGOS
    )
    start = desk.text.index("most important Law")
    row = {"reference": f"profile/{KEY}", "start": str(start), "end": str(start + 14), "text_hash": documents.read(desk.path).text_hash, "date": "2026-11-25", "reason": "a name"}  # fmt: skip
    retirement.record(desk.folder, row)
    made = desk.assembled()
    written = " ".join(str(quad) for quad in made.assembly.published())
    assert "most important" not in written
    assert made.claims() == {"Spain supports INTERPOL": "accepted"}
    assert made.assembly.books
    assert made.assembly.books.places == {"exact": 1, "withdrawn words": 3}


@pytest.mark.parametrize(
    ("record", "place"),
    [
        pytest.param(claim("isFondOf", SPAIN, EUROPOL), "relation unknown", id="a-relation-that-is-gone"),
        pytest.param(claim("supports", End(reference="body/gone", name="Gone"), EUROPOL), "actor unknown", id="an-actor-that-is-gone"),
        pytest.param(
            claim("supports", End(reference="body/fr-x", name="X", kind="body"), EUROPOL),
            "actor unknown",
            id="an-actor-of-another-document",
        ),
    ],
)
def test_what_cannot_be_shown_is_told_and_kept(record: ClaimRecord, place: str, desk: Desk) -> None:
    desk.decide("accept", "ana", record, COOPERATES)
    made = desk.assembled()
    assert made.claims() == {}
    assert made.assembly.books
    assert made.assembly.books.places == {place: 1}
    assert f"is not shown: {place}; " in " ".join(map(str, made.assembly.aside))


def test_decisions_on_a_document_that_is_not_here_are_kept(desk: Desk) -> None:
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    desk.path.rename(desk.folder / "gone.txt")
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    made = desk.assembled()
    assert made.assembly.books
    assert made.assembly.books.places == {"no document": 1}
    (desk.folder / "gone.txt").rename(desk.path)
    assert desk.assembled().claims() == {WORDS: "accepted"}


def test_a_spoilt_line_is_told_and_the_rest_counts(desk: Desk) -> None:
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    with (desk.folder / "decisions" / f"{KEY}.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"act":"acc')
    made = desk.assembled()
    assert made.claims() == {WORDS: "accepted"}
    assert f"decisions/{KEY}.jsonl:2: the line is no JSON" in " ".join(map(str, made.assembly.aside))


def test_reviewers_never_reach_the_graph(desk: Desk) -> None:
    desk.decide("accept", "reviewer-x", CLAIM, COOPERATES, note="as I know from Mr X")
    desk.decide("add", "reviewer-x", claim("supports", LEAS, EUROPOL), NGOS)
    desk.pair("merge", "reviewer-x", LEAS, EUROPOL)
    made = desk.assembled()
    assert not re.search("reviewer-x|Mr X", " ".join(str(quad) for quad in made.assembly.published()) + json.dumps(made.assembly.merged))


def test_a_decision_on_one_profile_leaves_the_others_as_they_are(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / "profiles" / "france-2018-cse.txt").write_text("France supports Europol.\n", encoding="utf-8")
    desk.assembled(tmp_path / "cache")
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    told: list[str] = []
    made = desk.assembled(tmp_path / "cache", told.append)
    assert [line.endswith("(unchanged)") for line in told if line.startswith("profile")] == [True, False]
    again = desk.assembled(tmp_path / "cache")
    assert sorted(map(str, again.assembly.published())) == sorted(map(str, made.assembly.published()))
    assert again.assembly.books == made.assembly.books


def test_rules_that_cannot_be_read_cost_the_proposals_and_nothing_else(desk: Desk) -> None:
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    path = desk.folder / "rules/en/relations.yaml"
    path.unlink()
    path.write_text("rules: [}\n", encoding="utf-8")
    made = desk.assembled()
    assert (made.claims(), made.claims(is_open=True)) == ({WORDS: "accepted"}, {})
    assert "so that nothing is proposed" in " ".join(map(str, made.assembly.aside))


def test_a_fault_of_the_extractor_costs_the_proposals_and_nothing_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.decide("accept", "ana", CLAIM, COOPERATES)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Extractor, "extract", fail)
    made = desk.assembled()
    assert (made.claims(), made.claims(is_open=True)) == ({WORDS: "accepted"}, {})
    assert "the rules fail on the document (ZeroDivisionError" in " ".join(map(str, made.assembly.aside))


def test_what_people_took_back_is_open_again_if_a_rule_proposes_it(desk: Desk) -> None:
    before = desk.assembled().claims(is_open=True)
    words = next(words for words in before if words.startswith("Spanish LEAs"))
    same = desk.proposal("cooperatesWith", LEAS.name)
    desk.decide("add", "ana", same, NGOS)
    made = desk.assembled()
    assert (made.claims()[words], words in made.claims(is_open=True)) == ("curated", False)
    assert made.evidence(words)["anchorState"] == "exact"
    desk.decide("retract", "ana", same, NGOS)
    assert desk.assembled().claims(is_open=True) == before


def test_a_build_with_decisions_accounts_for_them_and_lets_a_document_go(desk: Desk, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    desk.pair("merge", "ana", LEAS, EUROPOL)
    told: list[str] = []
    report = build(desk.folder, releases, tell=told.append)
    assert "decisions   2 lines: 2 count, 0 repeated, 0 set aside" in told
    assert "decisions   judgements: 1 accepted" in report.lines()
    manifest = Releases(releases).current().manifest
    assert manifest["decisions"] == ["2 lines: 2 count, 0 repeated, 0 set aside", "judgements: 1 accepted", "their words: 1 exact"]
    assert manifest["retired"][LEAS.reference]["successor"] == "body/europol"
    dump = (Releases(releases).current().folder / "liaison.nt").read_text(encoding="utf-8")
    assert CLAIM.key in dump
    assert "unreviewed" not in re.sub(r"<[^>]*/def/review#unreviewed> <[^>]*> [^\n]*", "", dump)
    with (desk.folder / "decisions" / f"{KEY}.jsonl").open("a", encoding="utf-8") as file:
        file.write("spoilt\n")
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    desk.path.unlink()
    build(desk.folder, releases, tell=told.append)
    assert Releases(releases).current().manifest["profiles"] == []
    assert "their words: 1 no document" in Releases(releases).current().manifest["decisions"]


def test_decisions_that_do_not_add_up_leave_the_former_release(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(desk.folder, tmp_path / "releases", tell=lambda _: None)
    before = Releases(tmp_path / "releases").current_id()
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    monkeypatch.setattr("graph.assembly._places", lambda *_: {})
    with pytest.raises(DecisionError, match="do not add up"):
        build(desk.folder, tmp_path / "releases", tell=lambda _: None)
    assert Releases(tmp_path / "releases").current_id() == before


@pytest.fixture(scope="session")
def given_facts(data: Path) -> Context:
    """What profiles are read with, without rules."""
    words = vocabulary.load()
    return profiles.context(authority.load(data / "authority", words), words, data / "rules", IRIS, VERSION)


SENTENCES = [
    f"Spain {verb} Europol and INTERPOL {word}." for verb in ("supports", "works with") for word in ("daily", "gladly", "at length")
]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_graph_is_what_the_reference_says_after_any_edits(
    seed: int, given_facts: Context, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)  # noqa: S311  # for tests
    folder = tmp_path_factory.mktemp("any") / "data"
    (folder / "profiles").mkdir(parents=True)
    desk = Desk(folder)
    made: list[Event] = []
    for _ in range(chance.randrange(1, 25)):
        kept = [line for line in SENTENCES if chance.random() < 0.8] or SENTENCES[:1]
        chance.shuffle(kept)
        desk.path.write_text("\n\n".join(kept), encoding="utf-8")
        record, relations = SPAIN, ["supports", "cooperatesWith", "leads"]
        by, act = chance.choice(("ana", "ben")), chance.choice(("accept", "reject", "correct", "add", "retract", "undo"))
        if act == "undo":
            if made:
                desk.minute += 1
                made.append(desk.record(undo(chance.choice(made), by, at(desk.minute))))
            continue
        one, other = chance.sample(relations, 2)
        more = {"replacement": claim(other, record, EUROPOL)} if act == "correct" else {}
        made.append(desk.decide(act, by, claim(one, record, EUROPOL), chance.choice(kept), **more))
    result = profiles.process(ProfileInput(desk.path, None), given_facts, (), made)
    assert supported(result.quads) == {
        key for (_, key), state in Reference(e.line for e in made).claims().items() if state in ("accepted", "corrected", "curated")
    }
    assert supported(result.open) == set()


def supported(quads: Sequence[ox.Quad]) -> set[str]:
    """Keys of the claims that may carry an edge."""
    return {quad.subject.value.rpartition("/")[2] for quad in quads if quad.object == term("liaison:SupportedClaim")}  # type: ignore[union-attr]
