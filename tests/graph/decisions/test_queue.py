"""What waits, in which order, and by which ids."""

from dataclasses import replace

import pytest

from graph import vocabulary
from graph.decisions import queue
from graph.decisions.events import Event
from graph.decisions.outcomes import fold
from graph.decisions.queue import Card, explained, matching, said, shortened, state_of, waiting
from graph.decisions.stances import Unit, replaced
from tests.graph.decisions.making import HERE, PROFILE, THERE, act, claim, unit


def card(state: str = "unreviewed", anchor: str = "exact", confidence: float | None = 0.9, relation: str = "memberOf") -> Card:
    """A card of a claim with this relation."""
    about = claim(relation)
    words = HERE.model_copy(update={"confidence": confidence})
    return Card(Unit(PROFILE, about.key, words.key(about.key)), about, words, state, anchor, words, 1)


def test_disputes_come_first_then_words_to_look_at_then_what_is_least_sure() -> None:
    wanted = [
        card("disputed", relation="leads"),
        card("accepted", "changed", relation="supports"),
        card(confidence=0.55, relation="partOf"),
        card(confidence=0.3, relation="funds"),
        card(confidence=0.9, relation="hosts"),
    ]
    others = [card("accepted"), card("rejected", "missing"), card("withdrawn"), card("curated")]
    assert waiting([*reversed(wanted), *others]) == wanted


def test_what_is_measured_of_a_rule_counts_instead_of_what_it_states() -> None:
    first, second = card(confidence=0.6, relation="leads"), card(confidence=0.9, relation="funds")
    second = replace(second, evidence=second.evidence.model_copy(update={"rule": "funds"}))
    assert waiting([second, first]) == [first, second]
    assert waiting([second, first], {"funds": 0.5}) == [second, first]
    assert (queue.confidence(second), queue.confidence(second, {"funds": 0.5})) == (0.9, 0.5)


def test_the_order_is_that_of_urgency() -> None:
    found = [
        card(state, confidence=sure, relation=one)
        for one in ("leads", "funds")
        for sure in (0.2, 0.9)
        for state in ("unreviewed", "disputed")
    ]
    assert waiting(found) == sorted(found, key=queue.urgency)


@pytest.mark.parametrize(
    ("state", "anchor", "waits"),
    [
        ("disputed", "missing", "dispute"),
        ("corrected", "missing", "recheck"),
        ("curated", "changed", "recheck"),
        ("rejected", "changed", None),
        ("accepted", "moved", None),
        ("curated", "humanOnly", None),
        ("unreviewed", "exact", "uncertainty"),
    ],
)
def test_why_a_card_waits(state: str, anchor: str, waits: str | None) -> None:
    assert card(state, anchor).waits == waits


def test_what_no_rule_is_sure_of_comes_behind_what_one_doubts() -> None:
    doubtful, unknown = card(confidence=0.6, relation="leads"), card(confidence=None)
    assert waiting([unknown, doubtful]) == [doubtful, unknown]


def test_ids_are_as_short_as_they_can_be_and_eight_letters_at_least() -> None:
    ids = ["0123456789ab", "0123456789cd", "ffffffff0000"]
    assert shortened(ids) == {"0123456789ab": "0123456789a", "0123456789cd": "0123456789c", "ffffffff0000": "ffffffff"}
    assert shortened([]) == {}


def test_a_beginning_finds_what_begins_so() -> None:
    one, other = card(), card(relation="leads")
    assert matching([one, other], one.id[:8]) == [one]
    assert matching([one, other], "") == [one, other]


def test_the_strongest_evidence_decides_on_a_claim() -> None:
    one, other = card("rejected"), replace(card("accepted"), evidence=THERE)
    assert state_of(one.unit.claim, [one, other]) == "accepted"
    assert state_of("0" * 20, [one, other]) == ""


def test_a_claim_is_told_with_its_dates_whatever_its_relation() -> None:
    words = vocabulary.load()
    assert said(claim(**{"from": "2018", "modality": "planned"}), words) == "Spain is a member of Europol (planned) (from 2018)"
    assert said(claim("unheardOf"), words) == "Spain unheardOf Europol"


def test_a_state_is_explained_by_who_is_for_it_and_who_against() -> None:
    made = [act("accept", "ana", 1), act("reject", "ben", 2)]
    judgement = fold(made).judgements[unit(made[0])]
    told = explained(replace(card("disputed"), stances=judgement.stances))
    assert told.startswith("for it: ana; against it: ben; ")
    assert explained(card()) == "a rule proposes it, and nobody has decided"
    assert explained(card("curated")) == "the side-car holds it"


def test_who_holds_a_corrected_claim_right_had_the_last_word_on_what_it_was_corrected_to() -> None:
    made = act("correct", "ana", 1, replacement=claim("leads"))
    corrected = replaced(made)

    def asked(*events: Event) -> Card:
        judgement = fold(events).judgements[corrected]
        return replace(card(judgement.state), stances=judgement.stances, doubts=judgement.doubts)

    after = asked(made, act("accept", "ben", 2))
    assert (after.state, after.is_for_others("ana"), after.is_for_others("ben")) == ("disputed", False, True)
    before = asked(act("accept", "ben", 0), made)
    assert (before.state, before.is_for_others("ana"), before.is_for_others("ben")) == ("disputed", True, False)


def test_the_ends_of_cards_are_known_by_their_references() -> None:
    assert [end.reference for end in queue.ends_of([card()])] == ["country/ESP", "body/europol"]
