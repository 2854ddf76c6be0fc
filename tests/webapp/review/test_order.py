"""In which order what waits is shown: by urgency, with what is measured of the rules, or as the text has it."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import log
from graph.decisions.queue import Card, Rank
from tests.webapp.review.conftest import KEY, Reviewer
from tests.webapp.review.test_figures import judged
from webapp.paging import PAGE, Part
from webapp.review.places import TEXT, after, before, key_of, order, waiting
from webapp.review.queue_table import urgent

OTHER = "Spain is a member of Europol.\n\nSpain cooperates with INTERPOL.\n"
RANKS = st.lists(st.tuples(st.tuples(st.integers(0, 2), st.sampled_from([-1.0, -0.5, 0.0])), st.integers(0, 250)), max_size=12)


@given(RANKS, st.integers(1, 40))
def test_a_part_of_several_profiles_is_that_of_all_put_in_order(sizes: list[tuple[Rank, int]], number: int) -> None:
    ranks = [(rank, [f"{place}/{one}" for one in range(size)]) for place, (rank, size) in enumerate(sizes)]
    whole = [card for _, cards in sorted(ranks, key=lambda found: found[0]) for card in cards]
    part = Part.of(str(number), len(whole))
    assert urgent(ranks, part) == whole[part.begin : part.end]  # type: ignore[arg-type, comparison-overlap]  # words stand for cards
    assert len(urgent(ranks, part)) <= PAGE  # type: ignore[arg-type]


def lines(cards: list[Card]) -> list[int]:
    """Where cards stand in the text."""
    return [card.evidence.start for card in cards]


def test_a_measured_precision_takes_the_place_of_the_prior_and_changes_the_order(folder: Path, ana: Reviewer) -> None:
    card = ana.card("relationships with a lot of NGOs")
    rule, address = card.evidence.rule, f"/review/sentence/{KEY}/{key_of(card)}"
    assert f"{card.evidence.confidence:.2f} as a prior" in ana.page(address)
    others = [one for one in ana.office.table(KEY).waiting if one.evidence.rule != rule]
    log.record(folder / "decisions", judged("ana", 18, 2, rule)[:19])
    ana.office.follow()
    assert "as a prior" in ana.page(address)
    log.record(folder / "decisions", judged("ana", 18, 2, rule)[19:])
    ana.office.follow()
    assert ana.office.table(KEY).measured == {rule: 0.7}
    assert "0.70 measured" in ana.page(address)
    row = next(row for row in ana.page("/review/queue").split("<tr>") if card.id in row)
    assert f'<code>{rule}</code> 0.70 <span class="quiet">measured</span>' in row
    waiting_now = ana.office.table(KEY).waiting
    sure = [one for one in others if one.adds_edge and one.evidence.confidence == 0.9]
    assert card.adds_edge
    assert all(waiting_now.index(card) < waiting_now.index(one) for one in sure)
    assert sure


def test_what_is_measured_in_one_profile_counts_in_those_that_were_read_before(folder: Path, ana: Reviewer) -> None:
    (folder / "profiles" / "other-2018-cse.txt").write_text(OTHER, encoding="utf-8")
    ana.office.follow()
    before_it = ana.office.table("other-2018-cse")
    assert (before_it.measured, len(before_it.waiting)) == ({}, 2)
    log.record(folder / "decisions", judged("ana", 18, 2, before_it.cards[0].evidence.rule))
    ana.office.follow()
    now = ana.office.laid_out("other-2018-cse")
    assert now
    assert (now.confidence(now.cards[0]), now.sureness(now.cards[0]), now.laid) == (0.7, "measured", before_it.laid)


def test_the_order_of_the_text_goes_through_it_and_comes_back_to_what_was_skipped(ana: Reviewer) -> None:
    table = ana.office.table(KEY)
    places = waiting(table, TEXT)
    assert places == [key for key in order(table.cards) if key in places]
    assert lines(list(table.in_text)) == sorted(lines(list(table.in_text)))
    assert sorted(places) == sorted(waiting(table)) != []
    assert places != waiting(table)
    assert [after(table, key, TEXT) for key in places] == [*places[1:], places[0]]
    assert [before(table, key, TEXT) for key in places] == ["", *places[:-1]]


def test_who_has_decided_goes_on_behind_it_in_the_text(ana: Reviewer) -> None:
    places = waiting(ana.office.table(KEY), TEXT)
    here = places[2]
    for card in [card for card in ana.office.table(KEY).cards if key_of(card) == here]:
        ana.decide("reject", card)
    assert after(ana.office.table(KEY), here, TEXT) == places[3]


def test_the_order_is_chosen_by_a_link_and_kept(ana: Reviewer) -> None:
    table = ana.office.table(KEY)
    places = waiting(table, TEXT)
    first = f"/review/sentence/{KEY}/{places[0]}"
    assert f'<a href="{first}?order=text">In the order of the text</a>' in ana.page(f"/review/profile/{KEY}")
    assert f'the most urgent first · <a href="{first}?order=text">in the order of the text</a>' in ana.page(first)
    page = unescape(ana.page(f"{first}?order=text"))
    assert f'in the order of the text · <a href="{first}">the most urgent first</a>' in page
    assert f'href="/review/sentence/{KEY}/{places[1]}?order=text" data-key="s"' in page
    forms = re.findall(r'<form method="post" action="/review/decide">.*?</form>', page, re.DOTALL)
    assert forms
    assert all('name="order" value="text"' in form for form in forms)
    second = f'href="/review/sentence/{KEY}/{places[0]}?order=text" data-key="p"'
    assert second in unescape(ana.page(f"/review/sentence/{KEY}/{places[1]}?order=text"))


@pytest.mark.parametrize("way", ["", TEXT])
def test_a_decision_and_its_undo_keep_the_order(way: str, ana: Reviewer) -> None:
    table = ana.office.table(KEY)
    place = next(key for key in waiting(table) if sum(key_of(card) == key for card in table.cards) == 1)
    card = next(card for card in table.cards if key_of(card) == place)
    kept = f"order={way}&" if way else ""
    answer = ana.decide("accept", card, order=way)
    event = ana.events[0]
    assert answer.location == f"/review/sentence/{KEY}/{after(table, place, way)}?{kept}done={event.id}"
    form = re.search(r'<form method="post" action="/review/undo">.*?</form>', ana.page(answer.location), re.DOTALL)
    assert form
    assert ('name="order" value="text"' in form[0]) == bool(way)
    assert f"/{place}?{kept}done=" in ana.post("/review/undo", event=event.id, order=way).location


def test_an_order_that_is_none_is_that_of_urgency(ana: Reviewer) -> None:
    place = waiting(ana.office.table(KEY))[0]
    page = ana.page(f"/review/sentence/{KEY}/{place}?order=<script>")
    assert "<script>" not in page.replace("<script type", "")
    assert "?order=text" in page
