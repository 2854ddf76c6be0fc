"""What is said of a claim before it is recorded is what a build says of it afterwards."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import authority, vocabulary
from graph.decisions.records import ClaimRecord, End
from graph.decisions.redirects import Redirects
from graph.iris import term
from graph.validation import Finding, Known, disagreements, obstacles, validate_release
from graph.validation.constraints import constraints
from tests.graph.decisions.desks import COOPERATES, IRIS, KEY, Desk, Made, claim

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "admissible.yaml").read_text(encoding="utf-8"))
MERGED = End(reference=f"body/{KEY}-merged", name=f"body/{KEY}-merged", kind="police-force")
EMPACT = End(reference="group/empact", name="EMPACT")
WORDS = vocabulary.load()


def record(case: Mapping[str, Any]) -> ClaimRecord:
    """The claim of a case; an end is called by its reference."""
    subject, relation, target = case["claim"]
    ends = [End(reference=one, name=one, kind=case.get(side, "")) for side, one in (("subject", subject), ("object", target))]
    more = {name: str(case[name]) for name in ("from", "until", "polarity", "modality") if name in case}
    return claim(relation, *ends, **more)


@pytest.fixture(scope="session")
def built(few: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, list[Finding], Redirects]:
    """A build in which all the claims stand."""
    desk = Desk(tmp_path_factory.mktemp("admissible") / "data")
    shutil.copytree(few, desk.folder, symlinks=True)
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    desk.path.write_text(COOPERATES, encoding="utf-8")
    for case in CASES:
        desk.decide("add", "ana", record(case), COOPERATES)
    event = desk.pair("merge", "ana", MERGED, EMPACT)
    made = desk.assembled()
    redirects = Redirects({MERGED.reference: EMPACT.reference}, merges={MERGED.reference: event})
    return made, validate_release(made.view), redirects


@pytest.fixture(scope="session")
def alone(known: Known) -> dict[str, list[str]]:
    """What is said of each case where nothing else is asked of."""
    return {case["name"]: obstacles([record(case)], WORDS, known)[0] for case in CASES}


@pytest.fixture(scope="session")
def known(few: Path, built: tuple[Made, list[Finding], Redirects]) -> Known:
    """What is known of the ends."""
    return Known.of(authority.load(few / "authority", WORDS), (), built[2])


def names(case: Mapping[str, Any]) -> set[str]:
    """The names of the ends of a case, and that of the actor into which one was merged."""
    return {case["claim"][0], case["claim"][2], EMPACT.name}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_claim_is_judged_as_a_build_judges_it(
    case: Mapping[str, Any], built: tuple[Made, list[Finding], Redirects], known: Known
) -> None:
    made, findings, _ = built
    (told,) = obstacles([record(case)], WORDS, known)
    bare = {next((line.removeprefix(f"{name}: ") for name in names(case) if line.startswith(f"{name}: ")), line) for line in told}
    wanted = case.get("says", [])
    assert len(bare) == len(wanted)
    assert all(any(line.startswith(beginning) for line in bare) for beginning in wanted)
    focus = {IRIS.thing(f"claim/{record(case).key}").value, *(IRIS.thing(one).value for one in case["claim"][::2] if KEY in one)}
    if case.get("shown", True):
        assert bare == {finding.message for finding in findings if finding.focus in focus and finding.is_violation}
    else:
        assert not [quad for quad in made.assembly.quads if str(quad.subject).strip("<>") in focus]


def test_pyshacl_judges_the_build_alike(built: tuple[Made, list[Finding], Redirects]) -> None:
    made, findings, _ = built
    assert disagreements(made.view, IRIS.graph(f"profile/{KEY}"), findings) == []


def test_each_rule_that_one_claim_can_break_is_broken_by_a_case(built: tuple[Made, list[Finding], Redirects]) -> None:
    written_so = {"Claim-involves", "Claim-surest", "SecondHand-certainty"}
    rules = {
        rule.shape for rule in constraints() if rule.target == term("liaison:Claim").value and rule.kind in ("sparql", "lessThanOrEquals")
    }
    assert {finding.shape for finding in built[1]} >= rules - written_so


def test_an_actor_to_blame_is_named(known: Known) -> None:
    case = next(case for case in CASES if case["name"] == "a state takes part in a topic")
    ((told,),) = obstacles([record(case)], WORDS, known)
    assert told.startswith("topic/cse: One takes part in a body or a collaboration; this object is neither.")


@given(st.lists(st.sampled_from(CASES), max_size=30))
@settings(max_examples=15)
def test_many_claims_are_judged_at_once_as_each_by_itself(
    known: Known, alone: Mapping[str, list[str]], cases: list[Mapping[str, Any]]
) -> None:
    assert obstacles([record(case) for case in cases], WORDS, known) == [alone[case["name"]] for case in cases]


def test_two_that_name_the_same_actor_differently_are_no_fault_of_either(known: Known) -> None:
    ends = [End(reference=f"body/{KEY}-unit", name=name, kind=kind) for name, kind in (("Unit", "police-force"), ("the Unit", "ministry"))]
    relations = ("supports", "supports", "funds")
    claims = [claim(relation, end, End(reference="body/europol", name="Europol")) for relation in relations for end in ends]
    assert obstacles(claims, WORDS, known) == [[]] * len(claims)
