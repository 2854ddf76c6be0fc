"""Who has said something already goes on; whose word is the last in a dispute waits; who comes second judges without seeing."""

import re
from collections.abc import Callable
from html import unescape

from graph.decisions import acting, events
from graph.decisions.records import ClaimRecord, End
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review.places import AGAIN, TEXT, after, is_for_again, key_of, place, waiting

SignIn = Callable[[str], Reviewer]


def test_who_accepts_again_is_told_and_goes_on(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    ana.decide("accept", card)
    answer = ana.decide("accept", card)
    following = after(ana.office.table(KEY), key_of(card))
    assert answer.location == f"/review/sentence/{KEY}/{following}?unchanged={card.id}"
    page = ana.page(answer.location)
    assert re.search(
        r'role="status" data-announce>\s*<div class="did"><p data-unchanged><bdi>You have accepted this already, and nothing', page
    )
    assert "Spain co-drives EMPACT" in page
    assert 'data-key="a"' in page
    assert [event.act for event in ana.events] == ["accept"]


def test_who_retracts_again_goes_on(ana: Reviewer) -> None:
    found = acting.quoted("Spain co-drives the CSE EMPACT Group in Europol.", ana.office.table(KEY).sheet)
    spain, interpol = End(reference="country/ESP", name="Spain"), End(reference="body/interpol", name="INTERPOL")
    claim = ClaimRecord.of(KEY, spain, "supports", interpol)
    ana.office.record([events.new("add", "ana", events.now(), profile=KEY, claim=claim, evidence=found)])
    card = next(one for one in ana.office.table(KEY).cards if one.unit.claim == claim.key)
    ana.decide("retract", card)
    answer = ana.decide("retract", card)
    assert answer.location.endswith(f"?unchanged={card.id}")
    assert [event.act for event in ana.events] == ["add", "retract"]


def test_nobody_is_told_of_what_he_or_she_has_not_said(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    card = ana.card("co-drives")
    ana.decide("accept", card)
    assert "data-unchanged" not in ben.page(f"/review/sentence/{KEY}/{key_of(card)}?unchanged={card.id}")
    assert "data-unchanged" not in ana.page(f"/review/profile/{KEY}?unchanged=nothing")


def test_a_dispute_comes_last_for_who_had_the_last_word_and_first_for_others(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    card = ana.card("co-drives")
    place_of = key_of(card)
    ana.decide("accept", card)
    ben.decide("reject", card)
    table = ana.office.table(KEY)
    assert waiting(table, "", "ana")[0] == place_of
    assert waiting(table, "", "ben")[-1] == waiting(table, TEXT, "ben")[-1] == place_of
    again = ben.decide("reject", card)
    assert f"/{place_of}?" not in again.location
    told = unescape(ben.page(again.location))
    assert "You have rejected this already" in told
    assert "It waits for somebody else." in told
    here = ben.page(f"/review/sentence/{KEY}/{place_of}")
    assert "<b>It waits for somebody else.</b>" in here
    assert "It waits for somebody else." not in ana.page(f"/review/sentence/{KEY}/{place_of}")


def test_who_holds_the_corrected_claim_right_had_the_last_word_on_what_it_was_corrected_to(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    card = ana.card("co-drives")
    ana.decide("correct", card, relation="supports")
    ben.decide("accept", card)
    corrected = next(one for one in ana.office.table(KEY).cards if one.claim.relation == "supports")
    assert (corrected.state, corrected.is_for_others("ana"), corrected.is_for_others("ben")) == ("disputed", False, True)


def test_one_may_skip_to_the_disputes_that_others_have_to_settle(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    while left := ana.office.table(KEY).waiting:
        ana.decide("accept", left[0])
    cards = ana.office.table(KEY).cards
    one, other = next((one, other) for one in cards for other in cards if key_of(one) != key_of(other))
    ben.decide("reject", one)
    last = ben.decide("reject", other)
    assert last.location.startswith(f"/review/profile/{KEY}?done=")
    assert "2 disputes wait for somebody else" in ben.page(last.location)
    table = ben.office.table(KEY)
    assert after(table, key_of(one), "", "ben") == ""
    assert after(table, key_of(one), "", "ben", is_skip=True) == key_of(other)


def test_who_comes_second_judges_without_seeing_what_others_decided(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    while left := ana.office.table(KEY).waiting:
        ana.decide("reject", left[0], note="surely not")
    number = len(ana.office.table(KEY).cards)
    profile = unescape(ben.page(f"/review/profile/{KEY}"))
    assert f"{number} claims were decided by others and not by you" in profile
    link = re.search(r'href="([^"]+order=again)">Judge them yourself', profile)
    assert link
    page = ben.page(link[1])
    for told in ("surely not", "<b>ana</b>", "against it", "st-rejected", ">rejected<"):
        assert told not in page.partition("<liaison-review")[2]
    assert "others have decided; how is shown once you have" in page
    assert 'data-key="a"' in page
    assert "decided by others and not by you" not in ana.page(f"/review/profile/{KEY}")


def test_who_comes_second_goes_from_one_to_the_next_and_agreement_is_told(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    while left := ana.office.table(KEY).waiting:
        ana.decide("accept", left[0])
    for _ in range(len(ana.office.table(KEY).cards)):
        table = ben.office.table(KEY)
        here = place(table, waiting(table, AGAIN, "ben")[0], by=AGAIN, reviewer="ben")
        assert here
        answer = ben.decide("accept", next(card for card in here.cards if card.id in here.hidden), order=AGAIN)
    assert answer.location.startswith(f"/review/profile/{KEY}?done=")
    assert "What others decided" not in ben.page(answer.location)
    agreed = re.search(r'<th scope="row">ana, ben</th><td class="number">(\d+)</td>', ben.page("/review/figures"))
    assert agreed
    assert int(agreed[1]) == len(ana.office.table(KEY).cards)
    assert {event.by for event in ben.events} == {"ana", "ben"}


def test_that_a_card_to_be_judged_again_was_accepted_shows_nowhere(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    card = ana.card("co-drives")
    assert card.adds_edge
    ana.decide("accept", card)
    assert not next(one for one in ben.office.table(KEY).cards if one.id == card.id).adds_edge
    page = ben.page(f"/review/sentence/{KEY}/{key_of(card)}?order={AGAIN}")
    assert "others have decided; how is shown once you have" in page
    assert "changes no edge" not in page


def test_what_was_taken_back_is_not_judged_again(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    quote = ana.card("co-drives").evidence.quote
    ana.post("/review/add", profile=KEY, quote=quote, subject="Spain", relation="supports", object="INTERPOL")
    (added,) = [card for card in ana.office.table(KEY).cards if card.claim.relation == "supports" and "ana" in card.stances]
    ana.decide("retract", added)
    card = next(card for card in ben.office.table(KEY).cards if card.id == added.id)
    assert not is_for_again(card, "ben")
