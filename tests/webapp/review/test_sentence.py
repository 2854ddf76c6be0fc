"""One sentence a page: what it shows, what each act records, and where it leads."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from graph.decisions import log
from graph.iris import DEFAULT_BASE
from graph.withdrawal import Withdrawal, withdraw
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review.office import Office
from webapp.review.places import after, key_of, order

SignIn = Callable[[str], Reviewer]


def address(reviewer: Reviewer, words: str) -> str:
    """The page of the first card whose quote holds these words."""
    return f"/review/sentence/{KEY}/{key_of(reviewer.card(words))}"


def decided(reviewer: Reviewer) -> str:
    """What is recorded, in a line."""
    return ", ".join(f"{event.act} by {event.by}" for event in reviewer.events)


def test_a_page_shows_words_claims_state_rule_and_what_stands_around(ana: Reviewer) -> None:
    page = ana.page(address(ana, "co-drives"))
    assert "Do these words say this?" in page
    assert re.search(r"<mark class=\"named\">Spain<sup>1</sup></mark> co-drives the", page)
    assert "Rule <code>co-drives</code>" in page
    assert "as a prior" in page
    assert page.count('class="near"') == 2
    assert '<svg viewBox="0 0 640' in page


def test_accepting_records_leads_on_and_can_be_undone(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    following = after(ana.office.table(KEY), key_of(card))
    answer = ana.decide("accept", card)
    assert decided(ana) == "accept by ana"
    event = ana.events[0]
    assert answer.location == f"/review/sentence/{KEY}/{following}?done={event.id}"
    told = ana.page(answer.location)
    assert f'name="event" value="{event.id}"' in told
    assert "Spain co-drives EMPACT" in told
    back = ana.post("/review/undo", event=event.id)
    assert decided(ana) == "accept by ana, undo by ana"
    assert back.location.startswith(f"/review/sentence/{KEY}/{key_of(card)}?done=")
    assert ana.card("co-drives").waits


def test_a_sentence_with_more_claims_is_left_only_when_all_are_decided(ana: Reviewer) -> None:
    table = ana.office.table(KEY)
    key = next(key for key in order(table.waiting) if sum(key_of(card) == key for card in table.waiting) > 1)
    waiting = [card for card in table.waiting if key_of(card) == key]
    for card in waiting[:-1]:
        assert f"/{key}?" in ana.decide("reject", card).location
    assert f"/{key}?" not in ana.decide("reject", waiting[-1]).location


def test_the_last_decision_leads_to_the_profile(ana: Reviewer) -> None:
    while waiting := ana.office.table(KEY).waiting:
        answer = ana.decide("accept", waiting[0])
    assert answer.location.startswith(f"/review/profile/{KEY}?done=")
    page = ana.page(answer.location)
    assert "Nothing waits here." in page
    assert "Declare it complete" in page
    assert "has changed since the page was shown" in ana.post("/review/complete", 422, profile=KEY, text_hash="0" * 64).text
    done = ana.post("/review/complete", profile=KEY, text_hash=ana.office.table(KEY).sheet.text_hash)
    assert "is declared complete" in ana.page(done.location)


def test_a_correction_takes_what_the_form_says_and_leaves_the_rest(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    ana.decide("correct", card, object="Europol", relation="cooperatesWith", since="2017", note="it says so")
    event = ana.events[0]
    assert event.replacement
    assert (event.replacement.subject.reference, event.replacement.relation) == ("country/ESP", "cooperatesWith")
    assert (event.replacement.object.reference, event.replacement.valid_from) == ("body/europol", "2017")
    assert event.note == "it says so"
    page = ana.page(address(ana, "co-drives"))
    assert "st-corrected" in page
    assert "st-rejected" in page


def test_a_correction_may_name_an_actor_that_no_list_holds(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    ana.decide("correct", card, object="these officers", object_kind="network")
    assert ana.events[0].replacement
    end = ana.events[0].replacement.object
    assert (end.reference, end.name, end.kind) == ("group/spain-2018-cse-these-officers", "these officers", "network")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"object": "Nobody Knows"}, "no actor is called"),
        ({"object": "Nobody Knows", "object_kind": "network"}, "does not stand in"),
        ({"object": "Europol", "object_kind": "wizard"}, None),
        ({"object": "these officers", "object_kind": "wizard"}, "there is no kind of actors"),
        ({"relation": "loves"}, "there is no relation"),
        ({"since": "soon"}, "is no date"),
        ({"object": "Spain"}, "leads from"),
        ({}, "is the same as the claim"),
        ({"polarity": "perhaps", "object": "Europol"}, "polarity"),
    ],
)
def test_a_correction_that_cannot_be_made_is_refused_in_a_sentence(ana: Reviewer, fields: dict[str, str], problem: str | None) -> None:
    answer = ana.decide("correct", ana.card("co-drives"), 422 if problem else 303, **fields)
    assert not problem or problem in answer.text.lower()
    assert len(ana.events) == (not problem)


def test_what_is_decided_already_or_is_not_there_is_refused(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    ana.decide("accept", card)
    assert "is no act on a claim" in ana.decide("merge", card, 422).text
    assert "has the id" in ana.post("/review/decide", 422, act="accept", profile=KEY, card="0" * 20, seen="0").text
    assert "there is no profile" in ana.post("/review/decide", 422, act="accept", profile="atlantis", card=card.id, seen="0").text
    assert "letters; 2,000 are the most" in ana.decide("reject", card, 422, note="x" * 2001).text
    assert "Nothing is claimed" in ana.page(f"/review/sentence/{KEY}/nowhere", 404)
    assert decided(ana) == "accept by ana"


def test_a_form_that_does_not_repeat_what_was_shown_is_refused(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    about = {"act": "accept", "profile": KEY, "card": card.id}
    told = "does not say what was shown"
    assert told in ana.post("/review/decide", 400, **about).text
    assert told in ana.post("/review/decide", 400, **about, seen="").text
    assert told in ana.post("/review/batch", 400, act="accept", card=f"{KEY}/{card.id}").text
    assert told in ana.post("/review/complete", 400, profile=KEY).text
    assert ana.events == ()


def test_how_far_one_is_stays_true_when_claims_are_added_and_corrected(ana: Reviewer) -> None:
    number = len(ana.office.table(KEY).cards)
    assert f"0 of {number} decided, {number} wait" in ana.page(f"/review/profile/{KEY}")
    ana.decide("correct", ana.card("co-drives"), object="Europol", relation="cooperatesWith")
    ana.post("/review/add", profile=KEY, quote="Spain co-drives the CSE", subject="Spain", relation="memberOf", object="Europol")
    assert f"1 of {number} decided, 2 added, {number - 1} wait" in ana.page(f"/review/profile/{KEY}")
    while waiting := ana.office.table(KEY).waiting:
        ana.decide("reject", waiting[0])
    assert f"{number} of {number} decided, 2 added, 0 wait" in ana.page(f"/review/profile/{KEY}")


def test_no_page_names_a_command(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    ana.decide("accept", card)
    ana.decide("reject", card)
    first = ana.events[0]
    told = [
        ana.post("/review/undo", 422, event=first.id).text,
        ana.post("/review/undo", 422, event="f" * 20).text,
        ana.decide("retract", card, 422).text,
        ana.page("/review/profile/atlantis", 422),
    ]
    for page in told:
        assert "liaison " not in unescape(page.partition('role="alert"')[2].partition("</p>")[0])


def test_reviewers_who_disagree_make_a_dispute_that_waits_first(sign_in: SignIn) -> None:
    ana, ben = sign_in("ana"), sign_in("ben")
    card = ana.card("co-drives")
    ana.decide("accept", card)
    ben.decide("reject", card, note="only at Europol")
    assert ana.office.table(KEY).waiting[0].id == card.id
    page = ana.page(address(ana, "co-drives"))
    assert "waits: dispute" in page
    assert "<b>ben</b> against it" in page
    assert "only at Europol" in page
    assert "of ana, and only one" in ben.post("/review/undo", 422, event=ana.events[0].id).text


def test_words_that_changed_are_shown_as_they_were_and_wait(ana: Reviewer, folder: Path) -> None:
    ana.decide("accept", ana.card("co-drives"))
    path = folder / "profiles" / f"{KEY}.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("co-drives the CSE EMPACT", "co-drives the old CSE EMPACT"), encoding="utf-8")
    office = ana.office
    office.follow()
    page = ana.page(address(ana, "co-drives"))
    assert "waits: recheck" in page
    assert "words changed" in page
    assert "It read:" in page


def test_a_decision_on_words_that_are_not_those_of_today_is_refused(ana: Reviewer, folder: Path) -> None:
    card, page = ana.card("co-drives"), ana.page(address(ana, "co-drives"))
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    path = folder / "profiles" / f"{KEY}.txt"
    path.write_text(
        path.read_text(encoding="utf-8").replace("CSE EMPACT Group in Europol. At", "CSE EMPACT Group at Europol. At"), encoding="utf-8"
    )
    ana.office.follow()
    answer = ana.client.post("/review/decide", data={"form": ana.form, "act": "accept", "profile": KEY, "card": card.id, "seen": seen[1]})
    assert answer.status_code == 422
    assert ana.events == ()


def test_what_another_program_decides_meanwhile_is_seen(ana: Reviewer, folder: Path) -> None:
    card = ana.card("co-drives")
    ana.decide("accept", card)
    path = folder / "decisions" / f"{KEY}.jsonl"
    line = path.read_bytes()
    path.unlink()
    ana.office.follow()
    assert ana.card("co-drives").waits
    path.write_bytes(line)
    ana.office.follow()
    assert not ana.card("co-drives").waits
    assert log.read(folder / "decisions").events == ana.events


def test_no_mark_up_of_a_document_reaches_a_page(ana: Reviewer, folder: Path) -> None:
    path = folder / "profiles" / f"{KEY}.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Spain co-drives the CSE", 'Spain co-drives the <script>alert(1)</script><img src=x onerror="a"> CSE'),
        encoding="utf-8",
    )
    ana.office.follow()
    page = ana.page(address(ana, "co-drives"))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_a_note_goes_with_a_single_decision(act: str, ana: Reviewer) -> None:
    page = ana.page(address(ana, "co-drives"))
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="act" value="{act}"' in form)
    assert re.search(r'<details class="noted"><summary data-key="n">.*<textarea [^>]*name="note"', form, re.DOTALL)
    ana.decide(act, ana.card("co-drives"), note=" only at <b>Europol</b> ")
    assert [(event.act, event.note) for event in ana.events] == [(act, "only at <b>Europol</b>")]
    assert "only at &lt;b&gt;Europol&lt;/b&gt;" in ana.page(address(ana, "co-drives"))


def test_a_note_that_repeats_withdrawn_words_is_shown_to_nobody(ana: Reviewer, folder: Path, tmp_path: Path) -> None:
    words = "Spain co-drives the CSE EMPACT Group in Europol."
    leas = f"body/{KEY}-spanish-leas"
    ana.decide("accept", ana.card("On the other hand"), note=f"as in: {words}")
    ana.decide("reject", ana.card("relationships with a lot of NGOs"), note="clear")
    ana.post("/review/actors/pair", act="split", actor=leas, other="body/europol", note=f"says: {words}")
    pages = [address(ana, "On the other hand"), f"/review/actors/merge?actor={leas}&other=body/europol", "/review/log"]
    assert all(words in ana.page(page) for page in pages[1:])
    withdraw(Withdrawal(f"profile/{KEY}", "asked for", "2026-11-25", words), folder, tmp_path / "other", tell=lambda _: None)
    ana.office.follow()
    for page in pages:
        assert "co-drives the CSE" not in ana.page(page)


def test_a_decision_on_a_profile_that_has_vanished_is_undone_all_the_same(ana: Reviewer, folder: Path) -> None:
    ana.decide("accept", ana.card("co-drives"))
    (folder / "profiles" / f"{KEY}.txt").unlink()
    ana.office.follow()
    answer = ana.post("/review/undo", event=ana.events[0].id)
    assert decided(ana) == "accept by ana, undo by ana"
    assert answer.location == f"/review/log?done={ana.events[1].id}"
    page = ana.page(answer.location)
    assert "undo of accept" in page
    assert "<td>undone<br>" in page


@pytest.mark.parametrize("is_there", [True, False], ids=["a file in the place of its folder", "nothing may be kept"])
def test_a_cache_that_cannot_be_written_costs_speed_alone(is_there: bool, folder: Path, tmp_path: Path) -> None:  # noqa: FBT001  # one of two cases
    (tmp_path / "cache").write_text("no folder")
    kept = tmp_path / "cache" / "extractions" if is_there else None
    office, again = (Office(folder, DEFAULT_BASE, kept) for _ in range(2))
    assert office.table(KEY).waiting
    assert not again.is_quick(KEY)
    assert [card.id for card in again.table(KEY).cards] == [card.id for card in office.table(KEY).cards]
    assert (tmp_path / "cache").read_text() == "no folder"


def test_a_correction_that_cannot_be_made_is_shown_again_as_it_was_written(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    answer = ana.decide(
        "correct", card, 422, object="No <b>such</b> body", relation="supports", since="2017", note="look", object_kind="network"
    )
    page = answer.text
    form = page.partition('<details class="correct" open>')[2].partition("</details>\n</li>")[0]
    assert 'role="alert">' in form
    assert "does not stand in spain-2018-cse" in unescape(form)
    for name, value in (("object", "No &lt;b&gt;such&lt;/b&gt; body"), ("since", "2017"), ("note", "look")):
        assert re.search(rf'name="{name}"[^>]* value="{re.escape(value)}"', form)
    assert '<option value="supports" selected>' in form
    assert "<option selected>network</option>" in form
    assert page.count('<details class="correct" open>') == 1
    assert ana.events == ()
