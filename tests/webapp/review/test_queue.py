"""All that waits as one table, and deciding on several at once."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bench.review import reviewer, write
from graph.decisions import queue
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review import queue_table
from webapp.review.acts import seen
from webapp.review.places import Piece
from webapp.review.queue_table import shortened
from webapp.review.room import Room

NUMBER = 1_200


def boxes(page: str) -> list[str]:
    """What the boxes of a page send."""
    return re.findall(r'<input type="checkbox" name="card" value="([^"]+)"', page)


def told(page: str) -> str:
    """What a page says of what was just done."""
    found = re.search(r'<div class="done" role="status" data-announce>(.*?)</div>(<ul.*?</ul>)?', page, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[0]))


def send(who: Reviewer, act: str, cards: list[str], status: int = 303, **fields: str) -> str:
    """Send what is selected; the page that follows, or the answer's text."""
    office = who.office
    tables = [table for key in office.profiles if (table := office.shown(key))]
    known = {f"{table.key}/{card.id}": seen(card) for table in tables for card in table.cards}
    shown = {f"seen:{one}": known.get(one, "0" * 20) for one in cards}
    answer = who.client.post("/review/batch", data={"form": who.form, "act": act, "card": cards, **shown, **fields})
    assert answer.status_code == status, answer.text
    return who.page(answer.headers["Location"]) if status == 303 else answer.text


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Room]]:
    """A reviewer before many invented proposals in several profiles."""
    with reviewer(write(tmp_path_factory.mktemp("many") / "data", NUMBER)) as found:
        yield found


def test_all_that_waits_is_there_in_the_order_of_urgency_whatever_its_profile(many: tuple[FlaskClient, Room]) -> None:
    client, room = many
    with room.office() as office:
        cards = sorted((card for table in office.tables() for card in table.waiting), key=queue.urgency)
    assert len(cards) == NUMBER
    assert len({card.unit.profile for card in cards[:100]}) == 3
    pages = [client.get(f"/review/queue?page={page}").text for page in range(1, 13)]
    assert [box for page in pages for box in boxes(page)] == [f"{card.unit.profile}/{card.id}" for card in cards]
    assert "1,200 claims wait, the most urgent first" in pages[0]
    assert "1,101 to 1,200 of 1,200" in pages[-1]
    assert boxes(client.get("/review/queue?page=99").text) == boxes(pages[-1])
    assert boxes(client.get("/review/queue?page=-1").text) == boxes(client.get("/review/queue?page=x").text) == boxes(pages[0])


def test_no_box_is_ticked_and_each_has_a_name(many: tuple[FlaskClient, Room]) -> None:
    page = many[0].get("/review/queue").text
    assert "checked" not in page
    assert len(re.findall(r'name="card" value="[^"]+" aria-label="Select: Spain [^"]+"', page)) == 100
    assert "<label hidden><input" in page
    first = re.search(r"<button[^>]*>", page.partition('action="/review/batch"')[2])
    assert first
    assert first[0] == '<button name="act" value="" hidden>'  # what the key Enter presses


def test_what_is_shown_is_chosen_by_profile_rule_and_reason(many: tuple[FlaskClient, Room]) -> None:
    client, room = many
    page = client.get("/review/queue?profile=invented-0002").text
    assert "200 claims wait of what is chosen below" in page
    assert {box.partition("/")[0] for box in boxes(page)} == {"invented-0002"}
    page = client.get("/review/queue?rule=invented-memberof&page=2").text
    assert "240 claims wait of" in page
    assert set(re.findall(r"<td><code>([^<]+)</code>", page)) == {"invented-memberof"}
    assert "rule=invented-memberof&amp;page=3" in page
    assert "Nothing of this kind waits" in client.get("/review/queue?reason=dispute").text
    assert "Nothing of this kind waits" in client.get("/review/queue?rule=none-such").text
    assert len(boxes(client.get("/review/queue?reason=uncertainty").text)) == 100
    assert client.get("/review/queue?profile=invented-9").status_code == 422
    with room.office() as office:
        assert office.profiles == ("invented-0000", "invented-0001", "invented-0002")


def test_a_row_says_what_is_claimed_on_which_words_by_which_rule_and_leads_to_its_sentence(ana: Reviewer) -> None:
    card, page = ana.card("relationships with a lot of NGOs"), ana.page("/review/queue")
    row = next(row for row in page.split("<tr>") if f"{KEY}/{card.id}" in row)
    assert '<th scope="row"><bdi>Spanish LEAs cooperates with NGOs</bdi>' in row
    assert "<q>On the other hand, <b>Spanish LEAs</b> has relationships with a lot of <b>NGOs</b> " in row
    assert "<code>cooperates-with</code> 0." in row
    assert '<span class="state uncertainty">uncertainty</span> <span class="state unreviewed">unreviewed</span>' in row
    assert f'href="/review/sentence/{KEY}/{card.evidence.sentences[0]}"' in row


def test_several_are_accepted_at_once_counted_and_can_be_undone(ana: Reviewer) -> None:
    before = boxes(ana.page("/review/queue"))
    page = send(ana, "accept", before[:3], note="clear")
    assert told(page) == "3 accepted."
    assert boxes(page) == before[3:]
    assert [(event.act, event.by, event.note) for event in ana.events] == [("accept", "ana", "clear")] * 3
    assert page.count('action="/review/undo"') == 3
    ana.post("/review/undo", event=ana.events[0].id)
    assert len(boxes(ana.page("/review/queue"))) == len(before) - 2


def test_what_cannot_be_decided_is_told_with_its_reason_and_the_rest_goes_on(ana: Reviewer) -> None:
    first, second, *_ = boxes(ana.page("/review/queue"))
    send(ana, "reject", [first])
    page = send(ana, "reject", [first, second, f"{KEY}/nosuchcard", "nosuchprofile/0", "nothing", second])
    assert "1 rejected. 4 could not be decided:" in told(page)
    for reason in (
        "ana has rejected",
        f"nothing in {KEY} has the id 'nosuchcard' any more",
        "there is no profile 'nosuchprofile'",
        "there is no profile ''",
    ):
        assert reason in told(page)
    assert [event.act for event in ana.events] == ["reject", "reject"]
    assert "Nothing was decided. 1 could not be decided:" in told(send(ana, "reject", [first]))


def test_where_one_is_chosen_is_where_one_goes_on(ana: Reviewer) -> None:
    page = ana.page("/review/queue")
    chosen = boxes(page)[0]
    shown = dict(re.findall(r'name="(seen:[^"]+)" value="(\w+)"', page))[f"seen:{chosen}"]
    fields = {"profile": KEY, "rule": "cooperates-with", "page": "1", f"seen:{chosen}": shown}
    answer = ana.post("/review/batch", act="accept", card=chosen, **fields)
    assert re.fullmatch(
        rf"/review/queue\?profile={KEY}&rule=cooperates-with&page=1&done=[0-9a-f]{{20}}&act=accept", answer.headers["Location"]
    )


def test_who_disagrees_makes_a_dispute_which_comes_first(ana: Reviewer, sign_in: Callable[[str], Reviewer]) -> None:
    last = boxes(ana.page("/review/queue"))[-1]
    send(ana, "accept", [last])
    page = send(sign_in("ben"), "reject", [last])
    assert boxes(page)[0] == last
    assert "for it: ana; against it: ben" in page
    assert boxes(ana.page("/review/queue?reason=dispute")) == [last]


@pytest.mark.parametrize(
    ("act", "number", "note", "says"),
    [
        ("accept", 0, "", "no claim is selected"),
        ("accept", 101, "", "101 claims are selected; 100 are the most at once"),
        ("retract", 1, "", "'retract' is no act on several claims; it is accept or reject"),
        ("", 1, "", "the key Enter alone decides nothing"),
        ("reject", 1, "a" * 2001, "2,000 are the most"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_as_a_whole(act: str, number: int, note: str, says: str, ana: Reviewer) -> None:
    assert says in send(ana, act, [f"{KEY}/{one}" for one in range(number)], 422, note=note)
    assert ana.events == ()


def test_nobody_decides_without_a_session_without_the_form_or_from_another_site(ana: Reviewer, desk: Flask) -> None:
    data = {"act": "accept", "card": boxes(ana.page("/review/queue"))[0]}
    assert desk.test_client().post("/review/batch", data=data).status_code == 403
    assert desk.test_client().get("/review/queue").status_code == 303
    assert ana.client.post("/review/batch", data=data).status_code == 403
    foreign = {"Origin": "https://example.org"}
    assert ana.client.post("/review/batch", data={"form": ana.form, **data}, headers=foreign).status_code == 403
    assert ana.events == ()


def test_an_address_puts_no_words_of_its_own_on_the_page(ana: Reviewer) -> None:
    page = ana.page("/review/queue?act=reject&refused=<script>alert(1)</script>&done=no-such-event&rule=<b>&reason=<i>")
    assert "<script>alert" not in page
    assert "<option selected><b>" not in page
    assert "<i>" not in page
    waits = boxes(ana.page("/review/queue"))[0]
    assert "was not decided; try again" in ana.page(f"/review/queue?act=accept&refused={waits}")
    assert "could not be decided" not in ana.page(f"/review/queue?act=retract&refused={waits}")


def test_reasons_are_looked_for_so_long_and_the_rest_is_counted(ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_table, "_REASONS_SECONDS", -1.0)
    page = ana.page("/review/queue?act=accept&refused=no/such,no/other")
    assert "2 more could not be decided; look at the sentence of each" in page
    assert "no/such" not in page[page.index("data-announce") : page.index("<form")]
    assert ana.events == ()


def test_nothing_that_the_text_says_is_run(ana: Reviewer, folder: Path) -> None:
    path = folder / "profiles" / "hostile-2018.md"
    path.write_text("Spain is a member of Europol <script>alert(1)</script> and is represented in EMPACT.\n", encoding="utf-8")
    with ana.app.extensions["room"].office() as office:
        office.follow()
        assert office.table("hostile-2018").waiting
    page = ana.page("/review/queue?profile=hostile-2018")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_words_are_cut_between_the_names() -> None:
    filling = "and so on with many words that say nothing of it " * 5
    pieces = [Piece(filling, ()), Piece("Spain", (1,)), Piece(filling, ()), Piece("Europol", (2,)), Piece(filling, ())]
    cut = "".join(piece.text for piece in shortened(pieces))
    assert re.fullmatch(r"… [a-z ]{20,50}Spainand [a-z ]{20,50} … [a-z ]{20,50}Europoland [a-z ]{20,50} …", cut)
    short = [Piece("In 2018 ", ()), Piece("Spain", (1,)), Piece(" joined ", ()), Piece("Europol", (2,)), Piece(".", ())]
    assert shortened(short) == short
    alone = shortened([Piece(filling, ())])
    assert re.fullmatch(r"and so [a-z ]+ … [a-z ]+", alone[0].text)
    assert len(shortened([Piece("a" * 3000, ())])[0].text) < 150
    assert shortened([]) == []
