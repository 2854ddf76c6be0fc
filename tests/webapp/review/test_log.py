"""The decisions as a page: what each says, what became of it, who may undo it, and that ten thousand take no time."""

import random
import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from graph.decisions import events, log
from graph.decisions.events import Event
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.withdrawal import Withdrawal, withdraw
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review.places import key_of

SignIn = Callable[[str], Reviewer]
LEAS = f"body/{KEY}-spanish-leas"


def many(count: int) -> list[Event]:
    """Decisions of two reviewers on claims of many profiles, the same ones now and then."""
    chance = random.Random(7)  # noqa: S311  # no secret
    made = []
    for number in range(count):
        profile, about = f"document-{number % 40}", number % 3000
        target = End(reference=f"body/{profile}-{about}", name=f"Agency {about}", kind="public-agency")
        claim = ClaimRecord.of(profile, End(reference="country/ESP", name="Spain"), "memberOf", target)
        found = EvidenceRecord(quote="so", start=0, end=2, sentences=(f"{profile}-{about}",), rule="member-of", version="1", confidence=0.9)
        at = f"2026-11-{1 + number // 1000:02}T09:00:00.{number:06}Z"
        made.append(
            events.new(chance.choice(["accept", "reject"]), chance.choice(["ana", "ben"]), at, profile=profile, claim=claim, evidence=found)
        )
    return made


def rows(page: str) -> list[str]:
    """The rows of decisions."""
    return [unescape(found) for found in re.findall(r'<tr id="event-.*?</tr>', page, re.DOTALL)]


def test_where_nothing_is_decided_the_page_says_so(ana: Reviewer) -> None:
    assert "Nobody has decided anything yet." in ana.page("/review/log")
    assert "Nobody has decided anything on it yet." in ana.page(f"/review/log?profile={KEY}")


def test_decisions_stand_latest_first_with_what_became_of_them(sign_in: SignIn, ana: Reviewer) -> None:
    card, ben = ana.card("co-drives"), sign_in("ben")
    ana.decide("accept", card, note="clear <b>")
    ana.decide("reject", card)
    ben.decide("accept", card)
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other="body/europol")
    page = ana.page("/review/log")
    assert "4 decisions, the latest first" in page
    assert "clear <b>" not in page
    found = rows(page)
    assert [re.findall(r"<td>(\w+)</td>", row)[:2] for row in found] == [
        ["ana", "merge"],
        ["ben", "accept"],
        ["ana", "reject"],
        ["ana", "accept"],
    ]
    assert f"{LEAS} (Spanish LEAs) is body/europol (Europol)" in found[0]
    assert f'href="/review/actors/merge?actor={LEAS}&other=body/europol"' in found[0]
    assert "<td>superseded by a later one<br>" in found[3]
    assert "note: <bdi>clear <b></bdi>" in found[3]
    assert f"<bdi>{KEY}: Spain co-drives" in found[1]
    assert f'href="/review/sentence/{KEY}/{key_of(card)}"' in found[1]


def test_one_undoes_what_is_ones_own_and_counts(sign_in: SignIn, ana: Reviewer) -> None:
    card = ana.card("co-drives")
    sign_in("ben").decide("accept", card)
    ana.decide("accept", card)
    ana.decide("reject", card)
    ana.post("/review/complete", profile=KEY, text_hash=ana.office.table(KEY).sheet.text_hash)
    assert ['action="/review/undo"' in row for row in rows(ana.page("/review/log"))] == [True, True, False, False]
    answer = ana.post("/review/undo", event=ana.events[-1].id)
    page = ana.page(answer.location)
    assert f'<div class="did act-undo"><p><b>undo of complete</b> <bdi>{KEY}</bdi>' in page
    assert rows(page)[0].count('action="/review/undo"') == 1
    assert "<td>undone<br>" in rows(page)[1]
    assert 'action="/review/undo"' not in rows(page)[1]


def test_the_log_is_of_one_profile_or_of_all(ana: Reviewer) -> None:
    ana.decide("accept", ana.card("co-drives"))
    ana.post("/review/actors/pair", act="split", actor=LEAS, other="body/europol")
    assert len(rows(ana.page("/review/log"))) == 2
    page = ana.page(f"/review/log?profile={KEY}")
    assert len(rows(page)) == 1
    assert f"<option selected>{KEY}</option>" in page
    assert "there is no profile" in ana.page("/review/log?profile=%3Cscript%3E", 422)


def test_ten_thousand_decisions_take_no_time(folder: Path, ana: Reviewer) -> None:
    made = many(10_000)
    log.record(folder / "decisions", made)
    ana.office.follow()
    page = ana.page("/review/log")
    assert "10,000 decisions" in page
    assert "1 to 100 of 10,000" in page
    assert [made[-1 - number].id in row for number, row in enumerate(rows(page))] == [True] * 100
    assert made[0].id in rows(ana.page("/review/log?page=100"))[-1]
    assert "9,901 to 10,000 of 10,000" in ana.page("/review/log?page=101")
    assert "1 to 100 of 250" in ana.page("/review/log?profile=document-7")
    took = []
    for _ in range(5):
        begun = time.thread_time()
        ana.page("/review/log")
        took.append(time.thread_time() - begun)
    assert min(took) < 0.3


@pytest.mark.parametrize(
    "passage", ["", "On the other hand, Spanish LEAs has relationships with a lot of NGOs"], ids=["document", "passage"]
)
def test_words_that_are_withdrawn_are_not_shown(passage: str, folder: Path, ana: Reviewer, tmp_path: Path) -> None:
    ana.decide("accept", ana.card("On the other hand"), note="Spanish LEAs has relationships")
    withdraw(Withdrawal(f"profile/{KEY}", "asked for", "2026-11-25", passage), folder, tmp_path / "other", tell=lambda _: None)
    ana.office.follow()
    for page in (ana.page(f"/review/log?done={ana.events[0].id}"), ana.page(f"/review/log?profile={KEY}")):
        assert f"<bdi>{KEY}: of words that are withdrawn</bdi>" in page
        assert "LEAs" not in page
        assert 'action="/review/undo"' not in page


def test_an_actor_of_withdrawn_words_is_not_shown_where_it_was_merged(folder: Path, ana: Reviewer, tmp_path: Path) -> None:
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other="body/europol")
    withdraw(Withdrawal(f"profile/{KEY}", "asked for", "2026-11-25"), folder, tmp_path / "other", tell=lambda _: None)
    ana.office.follow()
    for page in (ana.page("/review/log"), ana.page("/review/actors")):
        assert "Spanish LEAs" not in page


def test_lines_that_are_set_aside_are_told(folder: Path, ana: Reviewer) -> None:
    (folder / "decisions").mkdir()
    (folder / "decisions" / f"{KEY}.jsonl").write_text("<script>\n", encoding="utf-8")
    ana.office.follow()
    page = ana.page("/review/log")
    assert "1 line of the files of decisions set aside" in page
    assert "<script>\n" not in page


def test_nobody_reads_it_without_a_session(desk: Flask) -> None:
    assert Reviewer(desk).client.get("/review/log?page=2").location == "/review?next=/review/log%3Fpage%3D2"
