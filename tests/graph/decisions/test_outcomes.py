"""What events lead to: the rules of docs/decisions.md, one case each, and against the reference on any events at all."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import events
from graph.decisions import outcomes as outcomes_module
from graph.decisions.events import Act, Event, undo
from graph.decisions.outcomes import Folding, fold
from graph.decisions.stances import Unit
from tests.graph.decisions.making import EUROPOL, HERE, INTERPOL, PROFILE, THERE, act, at, claim, pair, unit
from tests.graph.decisions.reference import Reference

MEMBER, WORKS = claim(), claim("cooperatesWith")
ACCEPTED, REJECTED = act("accept", "ana", 1), act("reject", "ben", 2)
CORRECTED = act("correct", "ana", 3, replacement=WORKS)
ADDED = act("add", "ana", 4, claim("supports"))
UNDONE = undo(ACCEPTED, "ana", at(10))


def states(given: Sequence[Event], curated: Sequence[Unit] = ()) -> dict[str, str]:
    """Relation to the state of its claim, where each claim has a relation of its own."""
    outcomes = fold(given, curated)
    names = {judgement.unit.claim: judgement.claim.relation for judgement in outcomes.judgements.values()}
    return {names[key]: state for (_, key), state in outcomes.claims.items()}


CASES: dict[str, tuple[Sequence[Event], dict[str, str]]] = {
    "accepted": ([ACCEPTED], {"memberOf": "accepted"}),
    "rejected": ([REJECTED], {"memberOf": "rejected"}),
    "two-agree": ([ACCEPTED, act("accept", "ben", 2)], {"memberOf": "accepted"}),
    "two-disagree": ([ACCEPTED, REJECTED], {"memberOf": "disputed"}),
    "three-against-one-are-still-a-dispute": ([ACCEPTED, REJECTED, act("reject", "cyd", 3), act("reject", "dan", 4)], {"memberOf": "disputed"}),
    "a-dispute-is-settled-by-those-who-have-it": ([ACCEPTED, REJECTED, act("accept", "ben", 3)], {"memberOf": "accepted"}),
    "the-latest-act-counts": ([ACCEPTED, act("reject", "ana", 5)], {"memberOf": "rejected"}),
    "undone": ([ACCEPTED, UNDONE], {}),
    "an-undo-undone": ([ACCEPTED, UNDONE, undo(UNDONE, "ana", at(11))], {"memberOf": "accepted"}),
    "an-undo-brings-the-former-act-back": ([act("reject", "ana", 0), ACCEPTED, UNDONE], {"memberOf": "rejected"}),
    "an-undo-of-another-one": ([ACCEPTED, undo(ACCEPTED, "ben", at(10))], {"memberOf": "accepted"}),
    "an-undo-of-what-is-not-there": ([UNDONE], {}),
    "corrected": ([CORRECTED], {"memberOf": "rejected", "cooperatesWith": "corrected"}),
    "a-correction-is-undone-as-a-whole": ([CORRECTED, undo(CORRECTED, "ana", at(9))], {}),
    "a-correction-is-taken-back-as-a-whole": ([CORRECTED, act("accept", "ana", 5)], {"memberOf": "accepted"}),
    "a-correction-is-corrected": (
        [CORRECTED, act("correct", "ana", 5, WORKS, replacement=claim("supports"))],
        {"memberOf": "rejected", "cooperatesWith": "rejected", "supports": "corrected"},
    ),
    "a-correction-is-corrected-back": ([CORRECTED, act("correct", "ana", 5, WORKS, replacement=MEMBER)], {"memberOf": "corrected", "cooperatesWith": "rejected"}),
    "a-correction-that-is-rejected-leaves-nothing": ([CORRECTED, act("reject", "ana", 5, WORKS)], {"memberOf": "rejected", "cooperatesWith": "rejected"}),
    "two-correct-alike": ([CORRECTED, act("correct", "ben", 5, replacement=WORKS)], {"memberOf": "rejected", "cooperatesWith": "corrected"}),
    "two-correct-otherwise": (
        [CORRECTED, act("correct", "ben", 5, replacement=claim("supports"))],
        {"memberOf": "rejected", "cooperatesWith": "disputed", "supports": "disputed"},
    ),
    "two-correct-otherwise-and-one-accepts-both": (
        [CORRECTED, act("correct", "ben", 5, replacement=claim("supports")), act("accept", "ana", 6, claim("supports")), act("accept", "ben", 6, WORKS)],
        {"memberOf": "rejected", "cooperatesWith": "corrected", "supports": "corrected"},
    ),
    "corrected-by-one-and-accepted-by-another": ([CORRECTED, act("accept", "ben", 5)], {"memberOf": "disputed", "cooperatesWith": "disputed"}),
    "corrected-by-one-and-rejected-by-another": ([CORRECTED, act("reject", "ben", 5)], {"memberOf": "rejected", "cooperatesWith": "corrected"}),
    "added": ([ADDED], {"supports": "curated"}),
    "added-and-retracted": ([ADDED, act("retract", "ana", 5, claim("supports"))], {"supports": "withdrawn"}),
    "added-and-retracted-by-another-one": ([ADDED, act("retract", "ben", 5, claim("supports"))], {"supports": "curated"}),
    "retracted-and-added-again": ([ADDED, act("retract", "ana", 5, claim("supports")), act("add", "ana", 6, claim("supports"))], {"supports": "curated"}),
    "added-by-two-and-retracted-by-one": ([ADDED, act("add", "ben", 4, claim("supports")), act("retract", "ana", 5, claim("supports"))], {"supports": "curated"}),
    "added-and-accepted": ([ADDED, act("accept", "ben", 5, claim("supports"))], {"supports": "accepted"}),
    "added-and-rejected": ([ADDED, act("reject", "ben", 5, claim("supports"))], {"supports": "disputed"}),
    "what-was-not-added-is-not-retracted": ([ACCEPTED, act("retract", "ana", 5)], {"memberOf": "accepted"}),
    "rejected-on-one-sentence-and-accepted-on-another": ([REJECTED, act("accept", "ana", 3, on=THERE)], {"memberOf": "accepted"}),
    "rechecked": ([ACCEPTED, act("reject", "ana", 5, on=THERE, rechecks=unit(ACCEPTED).evidence)], {"memberOf": "rejected"}),
    "rechecked-by-another-one": ([ACCEPTED, act("reject", "ben", 5, on=THERE, rechecks=unit(ACCEPTED).evidence)], {"memberOf": "disputed"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_rule_of_outcome(name: str) -> None:
    given, expected = CASES[name]
    assert states(given) == expected
    reference = Reference(event.line for event in given)
    assert reference.claims() == fold(given).claims


def test_who_rejects_what_a_side_car_holds_makes_a_dispute() -> None:
    curated = [unit(ACCEPTED)]
    assert states([act("reject", "ana", 1)], curated) == {"memberOf": "disputed"}
    assert states([ACCEPTED], curated) == {"memberOf": "curated"}
    assert states([CORRECTED], curated) == {"memberOf": "disputed", "cooperatesWith": "corrected"}


def test_a_correction_is_linked_to_what_it_corrects() -> None:
    outcomes = fold([CORRECTED])
    revises = {judgement.claim.relation: judgement.revises for judgement in outcomes.judgements.values()}
    assert revises == {"memberOf": (), "cooperatesWith": (MEMBER.key,)}


def test_an_event_without_effect_says_why() -> None:
    given = [undo(ACCEPTED, "ben", at(10)), UNDONE, act("retract", "cyd", 5)]
    fates = fold([ACCEPTED, *given]).fates
    assert [fates[event.id].name for event in given] == ["void", "counts", "void"]
    assert fates[given[0].id].reason == "it undoes a decision of somebody else; only one's own can be undone"
    assert fates[given[2].id].reason == "its reviewer has added nothing that it would retract"
    assert fold(given).fates[UNDONE.id].reason.endswith("is not there")


def test_a_long_chain_of_undos_is_followed_to_its_end() -> None:
    chain = [ACCEPTED]
    for minute in range(20, 3_021):
        chain.append(undo(chain[-1], "ana", at(minute)))
    assert states(chain) == {}
    assert states(chain[:-1]) == {"memberOf": "accepted"}


def test_a_declaration_holds_for_the_text_of_which_it_was_made() -> None:
    first, second = (events.new("complete", by, at(minute), profile=PROFILE, text_hash="a" * 64) for by, minute in (("ana", 1), ("ben", 2)))
    outcomes = fold([second, first])
    assert outcomes.completed(PROFILE, "a" * 64) == second
    assert outcomes.completed(PROFILE, "b" * 64) is None
    assert outcomes.completed("france-2018-cse", "a" * 64) is None
    assert fold([first, undo(first, "ana", at(3))]).completed(PROFILE, "a" * 64) is None


def redirects(*given: Event) -> dict[str, str]:
    merged = fold(given).redirects
    return {source.removeprefix("body/"): merged[source].removeprefix("body/") for source in merged.targets}


AB, BC, CA = pair("merge", "ana", 1, "a", "b"), pair("merge", "ana", 2, "b", "c"), pair("merge", "ana", 3, "c", "a")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([AB], {"a": "b"}, id="merged"),
        pytest.param([AB, BC], {"a": "c", "b": "c"}, id="a-chain-is-followed"),
        pytest.param([AB, BC, CA], {"a": "c", "b": "c"}, id="a-circle-is-refused"),
        pytest.param([AB, pair("split", "ana", 2, "a", "b")], {}, id="split"),
        pytest.param([AB, pair("split", "ana", 2, "b", "a")], {}, id="split-the-other-way-round"),
        pytest.param([AB, BC, pair("split", "ana", 3, "b", "c")], {"a": "b"}, id="split-in-a-chain"),
        pytest.param([AB, pair("split", "ana", 2, "a", "c")], {"a": "b"}, id="split-from-a-third-one"),
        pytest.param([AB, pair("split", "ben", 2, "a", "b")], {}, id="disputed"),
        pytest.param(
            [AB, pair("merge", "ben", 2, "c", "b"), pair("split", "cyd", 3, "a", "c")], {}, id="both-the-same-third-one-and-apart"
        ),
        pytest.param([AB, BC, pair("merge", "ana", 3, "c", "d"), pair("split", "ben", 4, "a", "c")], {"c": "d"}, id="apart-along-a-chain"),
        pytest.param([AB, BC, pair("split", "ana", 3, "a", "c")], {}, id="one-who-contradicts-herself"),
        pytest.param([AB, pair("merge", "ana", 2, "a", "c")], {"a": "c"}, id="merged-elsewhere"),
        pytest.param(
            [AB, pair("merge", "ana", 2, "a", "c"), pair("split", "ana", 3, "a", "c")], {"a": "b"}, id="merged-elsewhere-and-split"
        ),
        pytest.param([AB, pair("merge", "ben", 2, "a", "c")], {}, id="merged-with-two-by-two"),
        pytest.param([AB, pair("merge", "ana", 2, "b", "a")], {"b": "a"}, id="turned-round"),
        pytest.param([AB, undo(AB, "ana", at(5))], {}, id="undone"),
        pytest.param([AB, pair("split", "ana", 2, "a", "b"), pair("merge", "ana", 3, "a", "b")], {"a": "b"}, id="merged-again"),
    ],
)
def test_a_merge_leads_to_the_other_actor(given: list[Event], expected: dict[str, str]) -> None:
    assert redirects(*given) == expected
    assert redirects(*reversed(given)) == expected
    assert Reference(event.line for event in given).redirects() == {f"body/{key}": f"body/{value}" for key, value in expected.items()}


def test_a_merge_that_would_lead_in_a_circle_says_so() -> None:
    outcomes = fold([AB, BC, CA])
    assert outcomes.fates[CA.id].reason == "it would lead in a circle, since body/a is merged into body/c already"
    assert fold([AB, pair("split", "ben", 2, "a", "b")]).redirects.disputed == {"body/a"}
    assert fold([pair("split", "ben", 2, "a", "b")]).redirects.apart == {frozenset(("body/a", "body/b"))}


REVIEWERS = st.sampled_from(("ana", "ben", "cyd"))
CLAIMS = st.sampled_from((MEMBER, WORKS, claim("supports"), claim(target=INTERPOL)))
PLACES = st.sampled_from((HERE, THERE))
MINUTES = st.integers(0, 30)
KEYS = st.sampled_from(("a", "b", "c", "d"))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Any decisions at all, in any order."""
    made: list[Event] = []
    for _ in range(draw(st.integers(1, 14))):
        kind: Act = draw(st.sampled_from(("accept", "reject", "correct", "add", "retract", "undo", "merge", "split")))
        by, minute = draw(REVIEWERS), draw(MINUTES)
        if kind == "undo":
            if made:
                target = draw(st.sampled_from(made))
                made.append(undo(target, draw(st.sampled_from((target.by, by))), at(minute)))
        elif kind in ("merge", "split"):
            source, target = draw(st.lists(KEYS, min_size=2, max_size=2, unique=True))
            made.append(pair(kind, by, minute, source, target))
        else:
            about, on = draw(CLAIMS), draw(PLACES)
            more: dict[str, object] = {}
            if kind == "correct":
                more["replacement"] = draw(CLAIMS.filter(lambda other: other != about))  # noqa: B023  # drawn at once
            if draw(st.integers(0, 5)) == 0:
                more["rechecks"] = (HERE if on is THERE else THERE).key(about.key)
            made.append(act(kind, by, minute, about, on, **more))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_any_history_leads_to_what_the_reference_says(history: list[Event], chance: random.Random) -> None:
    outcomes, reference = fold(history), Reference(event.line for event in history)
    assert {tuple(key): judgement.state for key, judgement in outcomes.judgements.items()} == {
        key: reference.state(key) for key in reference.units()
    }
    assert {tuple(key): set(judgement.revises) for key, judgement in outcomes.judgements.items()} == {
        key: reference.revisions(key) for key in reference.units()
    }
    assert outcomes.claims == reference.claims()
    assert {source: outcomes.redirects[source] for source in outcomes.redirects.targets} == reference.redirects()
    assert outcomes.fates.keys() == {event.id for event in history}
    shuffled = history + chance.sample(history, chance.randrange(len(history) + 1))
    chance.shuffle(shuffled)
    assert fold(shuffled) == outcomes


@given(histories())
def test_no_merge_is_applied_that_reviewers_dispute(history: list[Event]) -> None:
    outcomes = fold(history)
    counting = [event for event in history if event.act in ("merge", "split") and outcomes.fates[event.id].counts]
    said = {(event.act, frozenset((event.actor.reference, event.other.reference))) for event in counting if event.actor and event.other}
    for source, event in outcomes.redirects.merges.items():
        assert event.other
        assert ("split", frozenset((source, event.other.reference))) not in said
        assert source not in outcomes.redirects.disputed
    assert outcomes.redirects.targets.keys() == outcomes.redirects.merges.keys()
    for source in outcomes.redirects.disputed:
        reviewers = {event.by for event in counting if event.actor and source in {event.actor.reference, event.other.reference}}  # type: ignore[union-attr]
        assert len(reviewers) > 1 or outcomes.redirects.joined[source]


@given(histories())
def test_no_two_are_made_one_of_which_somebody_says_that_they_are_not(history: list[Event]) -> None:
    merged = (outcomes := fold(history)).redirects
    for event in history:
        if event.act == "split" and outcomes.fates[event.id].counts:
            assert event.actor
            assert event.other
            assert merged[event.actor.reference] != merged[event.other.reference]


@given(histories())
def test_what_is_undone_is_as_if_it_had_never_been(history: list[Event]) -> None:
    last = max((event for event in history if event.act != "undo"), key=lambda event: event.order, default=None)
    if last is None:
        return
    others = [event for event in history if last.id not in (event.id, event.undoes)]
    without = fold(others)
    undone = fold([*others, last, undo(last, last.by, at(99))])
    assert undone.claims == without.claims
    assert undone.redirects == without.redirects


def test_what_one_reviewer_does_never_touches_another_claim() -> None:
    outcomes = fold(
        [act("accept", "ana", 1, claim(target=target)) for target in (EUROPOL, INTERPOL)] + [act("reject", "ana", 2, claim(target=EUROPOL))]
    )
    assert {judgement.claim.object.reference: judgement.state for judgement in outcomes.judgements.values()} == {
        "body/europol": "rejected",
        "body/interpol": "accepted",
    }


@given(histories(), st.integers(0, 14))
def test_what_is_folded_file_by_file_is_as_if_folded_at_once(history: list[Event], place: int) -> None:
    folding = Folding()
    for held in (history[:place], history, history[place:]):
        given = tuple(sorted({event.id: event for event in held}.values(), key=lambda event: event.order))
        assert folding.of(given) == fold(given)


def test_only_a_file_with_something_new_is_folded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[int] = []
    monkeypatch.setattr(outcomes_module, "fold", lambda events: (folded.append(len(list(events))), fold(events))[1])
    folding, first = Folding(), [act("accept", "ana", minute) for minute in range(3)]
    folded.clear()
    folding.of((*first, AB))
    folding.of((*first, AB, BC))
    assert folded == [1, 3, 2]


def test_an_undo_that_lies_in_another_file_counts() -> None:
    accepted = act("accept", "ana", 1)
    moved = undo(accepted, "ana", at(2)).model_copy(update={"profile": None, "actor": AB.actor, "other": AB.other})
    assert Folding().of((accepted, moved)) == fold([accepted, moved])
