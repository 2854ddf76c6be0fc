"""Figures: compared with cases worked out by hand, and with what must hold for any decisions."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions.events import Event
from graph.decisions.figures import (
    ENOUGH_REVIEWED,
    ENOUGH_SHARED,
    Agreement,
    Precision,
    agreements,
    counted,
    coverage,
    measured,
    precisions,
)
from graph.decisions.outcomes import fold
from graph.decisions.proposals import Proposed
from graph.decisions.records import ClaimRecord, End
from graph.ratios import Ratio
from graph.sections import Section
from graph.spans import Span
from tests.graph.decisions.making import HERE, PROFILE, TEXT, THERE, act, claim, unit

BARE = HERE.model_copy(update={"rule": "", "version": "", "confidence": None})


def about(number: int) -> ClaimRecord:
    """One of many claims."""
    return claim(target=End(reference=f"body/b-{number}", name="B"))


def judged(by: str, first: int, right: int, wrong: int) -> list[Event]:
    """Claims that a reviewer accepts, and then some that he or she rejects."""
    acts = ["accept"] * right + ["reject"] * wrong
    return [act(name, by, number, about(number)) for number, name in enumerate(acts, first)]  # type: ignore[arg-type]


def table(first: str, second: str, both: int, one: int, other: int, none: int) -> list[Event]:
    """The decisions of two reviewers that make a table of four cells."""
    return [*judged(first, 0, both + one, other + none), *judged(second, 0, both, one), *judged(second, both + one, other, none)]


def test_a_rule_keeps_its_prior_until_enough_is_reviewed() -> None:
    few, enough = (precisions(fold(judged("ana", 0, count - 2, 2))) for count in (ENOUGH_REVIEWED - 1, ENOUGH_REVIEWED))
    assert few == [Precision("member-of", 17, 2, 0, 0.9)]
    assert few[0].confidence == 0.9
    # 18 of 20, z = 1.96: (0.9 + z²/40 - z·√(0.9·0.1/20 + z²/1600)) / (1 + z²/20) = (0.99604 - 0.16304) / 1.19207
    assert enough[0].confidence == pytest.approx(0.6990, abs=5e-5)
    assert enough[0].share == Ratio(18, 20)


def test_what_is_disputed_says_nothing_of_the_rule() -> None:
    assert precisions(fold([*judged("ana", 0, 3, 0), act("reject", "ben", 9, about(0))])) == [Precision("member-of", 2, 0, 1, 0.9)]


def test_a_correction_is_a_mistake_of_the_rule_and_not_one_that_it_got_right() -> None:
    corrected = act("correct", "ana", 1, replacement=claim("supports"))
    assert precisions(fold([corrected])) == [Precision("member-of", 0, 1, 0, 0.9)]
    agreed = act("accept", "ben", 2, claim("supports"))
    assert precisions(fold([corrected, act("reject", "ben", 1), agreed])) == [Precision("member-of", 0, 1, 0, 0.9)]


def test_what_could_not_have_been_accepted_counts_for_nothing_when_it_is_rejected() -> None:
    rejected, corrected = judged("ana", 0, 1, 2)[1:], act("correct", "ana", 3, about(3), replacement=claim("supports"))
    refused = {unit(one) for one in (rejected[0], corrected, act("accept", "ana", 0, about(0)))}
    outcomes = fold([*judged("ana", 0, 1, 2), corrected])
    assert precisions(outcomes, refused=refused) == [Precision("member-of", 1, 2, 0, 0.9, 1)]
    assert precisions(outcomes) == [Precision("member-of", 1, 3, 0, 0.9)]


def test_a_rule_is_measured_by_what_several_documents_say_together() -> None:
    first, second = (counted(fold(judged("ana", 0, right, wrong))) for right, wrong in ((10, 0), (8, 2)))
    assert measured([first]) == measured([second]) == {}
    assert measured([first, second]) == {"member-of": 0.7}
    assert measured([first, second, counted(fold(judged("ana", 0, 0, 1)))]) == {"member-of": 0.65}


def test_what_people_add_is_no_proposal() -> None:
    assert precisions(fold([act("add", "ana", 1, on=BARE), act("accept", "ben", 2, claim("supports"), on=BARE)])) == []


def test_a_proposal_that_is_judged_again_counts_once() -> None:
    before = act("accept", "ana", 1)
    again = act("accept", "ana", 2, on=THERE, rechecks=unit(before).evidence)
    outcomes = fold([before, again])
    assert len(outcomes.judgements) == 2
    assert precisions(outcomes) == [Precision("member-of", 1, 0, 0, 0.9)]


def test_a_prior_that_is_given_wins_and_lists_rules_of_which_nothing_is_reviewed() -> None:
    found = precisions(fold([act("accept", "ana", 1)]), {"member-of": 0.7, "supports": 0.8})
    assert found == [Precision("member-of", 1, 0, 0, 0.7), Precision("supports", 0, 0, 0, 0.8)]
    assert found[1].confidence == 0.8
    assert found[1].share.value is None


def test_kappa_of_a_case_worked_out_by_hand() -> None:
    """Of 50, both say yes to 20 and no to 15: observed 0.7, expected 0.5 · 0.6 + 0.5 · 0.4 = 0.5, kappa 0.2 / 0.5."""
    (found,) = agreements(fold(table("ana", "ben", 20, 5, 10, 15)))
    assert found == Agreement("ana", "ben", 20, 5, 10, 15)
    assert (found.shared, found.observed, found.kappa, found.reason) == (50, Ratio(35, 50), pytest.approx(0.4), "")


def test_too_few_shared_judgements_have_no_kappa() -> None:
    (few,) = agreements(fold(table("ana", "ben", 4, 1, 0, ENOUGH_SHARED - 6)))
    assert (few.kappa, few.reason) == (None, "ana and ben share 9 judgements, and 10 are needed")


@pytest.mark.parametrize(("both", "none"), [(12, 0), (0, 12)])
def test_kappa_is_not_defined_where_only_agreement_is_expected(both: int, none: int) -> None:
    (found,) = agreements(fold(table("ana", "ben", both, 0, 0, none)))
    assert found.kappa is None
    assert found.reason.endswith("kappa is not defined")


def test_only_what_both_judged_counts() -> None:
    events = [*judged("ana", 0, 30, 0), *judged("ben", 29, 20, 0), *judged("cyd", 60, 1, 0)]
    assert agreements(fold(events)) == [Agreement("ana", "ben", 1, 0, 0, 0)]
    assert agreements(fold([act("accept", "ana", 1), act("accept", "ben", 2, on=THERE)])) == []


def test_what_was_taken_back_is_no_judgement() -> None:
    added, retracted = act("add", "ana", 1, on=BARE), act("retract", "ana", 2, on=BARE)
    assert agreements(fold([added, retracted, act("accept", "ben", 3, on=BARE)])) == []


COUNTS = st.integers(0, 30)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_kappa_is_the_same_for_either_order_and_at_most_1(both: int, one: int, other: int, none: int) -> None:
    found, turned = Agreement("a", "b", both, one, other, none), Agreement("a", "b", both, other, one, none)
    opposite = Agreement("a", "b", none, one, other, both)
    assert found.kappa == turned.kappa == opposite.kappa
    assert (found.kappa is None) == bool(found.reason)
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1
        assert (found.kappa == 1) == (one == other == 0)
        assert (found.kappa == 0) == (both * none == one * other)


ACTS = st.lists(st.tuples(st.sampled_from(["accept", "reject"]), st.sampled_from(["ana", "ben", "cyd"]), st.integers(0, 5)), max_size=30)


@given(ACTS)
def test_any_decisions_are_counted_as_a_slow_reading_counts_them(acts: list[tuple[str, str, int]]) -> None:
    made = [act(name, by, minute, about(number)) for minute, (name, by, number) in enumerate(acts)]  # type: ignore[arg-type]
    latest = {(number, by): name for name, by, number in acts}
    states = [{name for (number, _), name in latest.items() if number == wanted} for wanted in range(6)]
    right, wrong, disputed = (states.count(state) for state in ({"accept"}, {"reject"}, {"accept", "reject"}))
    outcomes = fold(made)
    assert precisions(outcomes) == ([Precision("member-of", right, wrong, disputed, pytest.approx(0.9))] if acts else [])
    for first, second in combinations(("ana", "ben", "cyd"), 2):
        shared = [(latest[n, first], latest[n, second]) for n in range(6) if (n, first) in latest and (n, second) in latest]
        cells = [shared.count((one, other)) for one in ("accept", "reject") for other in ("accept", "reject")]
        assert [found for found in agreements(outcomes) if (found.first, found.second) == (first, second)] == (
            [Agreement(first, second, *cells)] if shared else []
        )


SECTIONS = [
    Section("front", "", None, None, Span(0, 0)),
    Section("one", "One", None, None, Span(0, THERE.start)),
    Section("two", "Two", None, None, Span(THERE.start, len(TEXT))),
    Section("three", "Three", None, Span(len(TEXT), len(TEXT)), Span(len(TEXT), len(TEXT))),
]


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_coverage_is_the_share_of_proposals_that_somebody_judged(here: set[int], there: set[int]) -> None:
    proposals = [Proposed(about(number), on, "") for on, numbers in ((HERE, range(10)), (THERE, range(4, 10))) for number in numbers]
    made = [act("reject", "ana", number, about(number), on) for on, numbers in ((HERE, here), (THERE, there)) for number in numbers]
    found = coverage(PROFILE, proposals, SECTIONS, fold(made))
    second = len(there - {0, 1, 2, 3})
    assert found.document == Ratio(len(here) + second, 16)
    assert found.sections == {"front": Ratio(0, 0), "one": Ratio(len(here), 10), "two": Ratio(second, 6), "three": Ratio(0, 0)}


def test_coverage_of_nothing() -> None:
    found = coverage(PROFILE, [], [], fold([]))
    assert (found.document.value, found.sections) == (None, {})
    assert coverage(PROFILE, [Proposed(claim(), HERE, "")], [], fold([])).sections == {"": Ratio(0, 1)}


def test_what_was_added_and_taken_back_is_open_again() -> None:
    made = [act("add", "ana", 1), act("retract", "ana", 2)]
    proposals = [Proposed(claim(), HERE, "")]
    assert coverage(PROFILE, proposals, SECTIONS, fold(made[:1])).document == Ratio(1, 1)
    assert coverage(PROFILE, proposals, SECTIONS, fold(made)).document == Ratio(0, 1)
