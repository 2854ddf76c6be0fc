"""Actors that no file holds, two actors beside each other, and what merges and splits record and change."""

import os
import re
import shutil
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

import pytest
from flask import Flask

from graph.decisions import acting, events, log
from graph.decisions.events import Act, Event
from graph.decisions.records import ClaimRecord, End
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.paging import PAGE, Part
from webapp.review.likeness import Named, Names
from webapp.review.office import Office
from webapp.review.room import Room

SignIn = Callable[[str], Reviewer]
LATER = "spain-2019-cse"
LEAS, NGOS = f"body/{KEY}-spanish-leas", f"collective/{KEY}-ngos"
LATER_LEAS = f"body/{LATER}-spanish-leas"
EUROPOL = "body/europol"
QUOTE = "Spain co-drives the CSE EMPACT Group in Europol."
HOSTILE = ["<script>alert(1)</script>", "\u202egnp.exe\u202c \u0633\u064a\u0627\u0633\u0629", "x" * 300, "\"'><img src=x onerror=alert(1)>"]


@pytest.fixture
def two(folder: Path, ana: Reviewer) -> Reviewer:
    """Two profiles that name the same actors."""
    shutil.copy(folder / "profiles" / f"{KEY}.txt", folder / "profiles" / f"{LATER}.txt")
    ana.office.follow()
    assert ana.office.table(LATER)
    return ana


def link(actor: str, other: str) -> str:
    """The address of two actors beside each other."""
    return f"/review/actors/merge?actor={actor}&other={other}"


def named(office: Office, names: list[str], prefix: str = "made") -> list[Event]:
    """Decisions that add a claim on an actor of each of these names."""
    found = acting.quoted(QUOTE, office.table(KEY).sheet)
    spain = End(reference="country/ESP", name="Spain")
    ends = [End(reference=f"body/{KEY}-{prefix}-{number}", name=name, kind="public-agency") for number, name in enumerate(names)]
    claims = [ClaimRecord.of(KEY, spain, "cooperatesWith", end) for end in ends]
    return [events.new("add", "ana", events.now(), profile=KEY, claim=claim, evidence=found) for claim in claims]


def listed(reviewer: Reviewer, query: str = "") -> str:
    """The list of actors, when all profiles are read."""
    assert all(reviewer.office.table(key) for key in reviewer.office.profiles)
    return reviewer.page(f"/review/actors{query}")


def row(page: str, reference: str) -> str:
    """The first row of a table that names a reference in its head."""
    found = re.search(rf"<tr><th scope=\"row\">(?:(?!</th>).)*<code>{re.escape(reference)}</code></th>.*?</tr>", page, re.DOTALL)
    assert found, page
    return unescape(found[0])


def test_what_no_file_holds_is_listed_with_its_kind_profile_and_claims(ana: Reviewer) -> None:
    page = listed(ana)
    assert "3 actors that documents name" in page
    assert "<bdi>Spanish LEAs</bdi>" in row(page, LEAS)
    assert f'<td>body</td><td><a href="/review/profile/{KEY}">' in row(page, LEAS)
    assert '<td class="number">0</td><td class="number">1</td>' in row(page, LEAS)
    assert EUROPOL not in page
    ana.decide("accept", ana.card("On the other hand"))
    assert '<td class="number">1</td><td class="number">0</td>' in row(listed(ana), LEAS)
    ana.decide("reject", ana.card("On the other hand"))
    assert LEAS not in listed(ana)


def test_an_actor_is_found_by_name_reference_and_kind(ana: Reviewer) -> None:
    assert LEAS in listed(ana, "?q=spanish+LEAS")
    assert LEAS not in listed(ana, "?q=collective")
    assert NGOS in listed(ana, "?q=collective")
    page = listed(ana, "?q=%3Cscript%3E")
    assert "No such actor has anything like" in page
    assert "<script>" not in page


def test_where_nothing_is_read_or_decided_the_page_says_so(folder: Path, ana: Reviewer) -> None:
    (folder / "profiles" / f"{KEY}.txt").write_text("Nothing is said here.\n", encoding="utf-8")
    ana.office.follow()
    assert ana.office.table(KEY)
    page = listed(ana)
    assert "files hold all actors" in page
    assert "Nobody has said of any two" in page


def test_the_same_name_in_another_profile_is_a_candidate_and_never_merged(two: Reviewer) -> None:
    found = row(listed(two), LEAS)
    assert f'href="{link(LEAS, LATER_LEAS)}"' in found
    assert f"the same name in {LATER}" in found
    assert not two.office.redirects.targets


def test_what_somebody_decided_on_is_no_candidate_any_more(two: Reviewer) -> None:
    two.post("/review/actors/pair", act="split", actor=LEAS, other=LATER_LEAS)
    page = listed(two)
    assert link(LEAS, LATER_LEAS) not in row(page, LEAS)
    decided = page[page.index('id="pairs"') :]
    assert ">apart</span>" in decided
    assert "ana: split" in decided


def test_what_is_merged_leads_others_of_its_name_to_the_same(two: Reviewer) -> None:
    two.post("/review/actors/pair", act="merge", actor=LATER_LEAS, other=EUROPOL)
    page = listed(two)
    assert f"<code>{LATER_LEAS}</code></th><td>body" not in page
    assert f"“Spanish LEAs” of {LATER} has the same name and is merged into it" in row(page, LEAS)
    assert link(LEAS, EUROPOL) in row(page, LEAS)


@pytest.mark.parametrize(
    ("name", "other", "reason"),
    [
        ("Guardia Civil", "GUARDIA  civil", "the same name in b"),
        ("National Police Corps", "National Police Corp", "nearly the same name, 98% of the letters in b"),
        ("National Police Corps", "Border Guard", None),
        ("Police", "Policy", None),
    ],
)
def test_names_are_alike_or_not(name: str, other: str, reason: str | None) -> None:
    found = Names([Named(other, "body/b-x", "b")]).like(Named(name, "body/a-x", "a"))
    assert [likely.reason for likely in found] == ([reason] if reason else [])


def test_the_same_name_is_found_among_very_many_that_begin_like_it() -> None:
    many = [Named(f"Police of {number}", f"body/b-{number}", "b") for number in range(500)]
    found = Names([*many, Named("Police", "body/c-police", "c")]).like(Named("Police", "body/a-police", "a"))
    assert found[0].reference == "body/c-police"


def test_suggestions_come_with_their_reasons(folder: Path, ana: Reviewer) -> None:
    path, agency = folder / "profiles" / f"{KEY}.txt", f"body/{KEY}-european-anti-fraud-agency"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(QUOTE, f"{QUOTE} The European Anti-Fraud Agency cooperates with Europol."), encoding="utf-8")
    ana.office.follow()
    found = row(listed(ana), agency)
    assert link(agency, "body/olaf") in found
    assert "with European Anti-Fraud Office" in found


def test_long_lists_come_a_hundred_at_a_time(folder: Path, ana: Reviewer) -> None:
    log.record(folder / "decisions", named(ana.office, [f"Agency {number:03}" for number in range(150)]))
    ana.office.follow()
    first, second = listed(ana, "?q=agency"), listed(ana, "?q=agency&page=2")
    assert ("1 to 100 of 150" in first, "101 to 150 of 150" in second) == (True, True)
    assert 'href="/review/actors?q=agency&amp;page=2"' in first
    assert ("Agency 149" in first, "Agency 149" in second) == (False, True)
    assert listed(ana, "?q=agency&page=99999999") == second
    assert listed(ana, "?q=agency&page=-1%27") == first


@pytest.mark.parametrize(
    ("asked", "total", "number"), [("", 0, 1), ("2", 101, 2), ("3", 101, 2), ("0", 5, 1), ("\u0663", 500, 1), ("9" * 5000, 500, 1)]
)
def test_a_part_of_a_list_is_always_there(asked: str, total: int, number: int) -> None:
    part = Part.of(asked, total)
    assert part.number == number
    assert 0 <= part.begin <= part.end <= min(total, part.begin + PAGE)


def test_hostile_names_are_words_and_nothing_else(folder: Path, ana: Reviewer) -> None:
    log.record(folder / "decisions", named(ana.office, HOSTILE))
    ana.office.follow()
    pages = [listed(ana), *(ana.page(link(f"body/{KEY}-made-{number}", EUROPOL)) for number in range(4))]
    for number in range(4):
        ana.post("/review/actors/pair", act="merge", actor=f"body/{KEY}-made-{number}", other=EUROPOL, note=HOSTILE[0])
        pages.append(ana.page(link(f"body/{KEY}-made-{number}", EUROPOL)))
    pages.append(listed(ana))
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    for name in HOSTILE:
        assert any(f"<bdi>{escape(name, quote=False)}</bdi>" in page.replace("&#34;", '"').replace("&#39;", "'") for page in pages), name


def test_two_actors_stand_beside_each_other_with_what_is_claimed_of_each(ana: Reviewer) -> None:
    page = ana.page(link(LEAS, EUROPOL))
    assert "Are these two the same?" in page
    sides = re.findall(r'<section class="card" aria-labelledby="side-[^"]*">.*?</section>', page, re.DOTALL)
    assert f">{LEAS}</code>" in sides[0]
    assert "1 claim in profiles" in sides[0]
    assert "<mark>Spanish LEAs</mark> has relationships with a lot of NGOs" in sides[0]
    assert "files of the project" in sides[1]
    assert "2 claims in profiles" not in sides[0]
    assert "<mark>Europol</mark>" in sides[1]
    assert "Nobody has said anything of these two yet." in page


def test_many_claims_are_bounded_and_counted(folder: Path, ana: Reviewer) -> None:
    made = named(ana.office, [f"Agency {number}" for number in range(40)])
    log.record(folder / "decisions", made)
    ana.office.follow()
    page = ana.page(link("country/ESP", LEAS))
    side = page[page.index('aria-labelledby="side-1 ') : page.index('aria-labelledby="side-2 ')]
    total = len(
        {
            card.unit.claim
            for card in ana.office.table(KEY).cards
            if "country/ESP" in (card.claim.subject.reference, card.claim.object.reference)
        }
    )
    assert total > 40
    assert side.count("<blockquote>") >= 25
    assert f"{total} claims in profiles" in side
    assert f"And {total - 25} more." in side


def test_a_merge_tells_what_it_would_change(two: Reviewer) -> None:
    page = two.page(link(LEAS, LATER_LEAS))
    assert page.count("1 claim gets another end") == 2
    page = two.page(link(NGOS, LEAS))
    assert page.count("1 claim gets another end") == 2
    assert page.count("1 would lead from an actor to itself, and would not be shown") == 2


def test_a_merge_tells_which_claims_would_say_the_same(two: Reviewer) -> None:
    agencies = f"collective/{KEY}-law-enforcement-agencies"
    page = two.page(link(agencies, EUROPOL))
    assert "1 claim gets another end" in page
    assert "2 would say the same in one profile" in page


def test_actors_of_the_authority_files_are_not_merged_into_others(ana: Reviewer) -> None:
    page = ana.page(link(LEAS, EUROPOL))
    ways = re.findall(r'<section class="card"><h3>.*?</section>', page, re.DOTALL)
    assert ["the authority files hold it" in way for way in ways] == [False, True, False]
    assert ['action="/review/actors/pair"' in way for way in ways] == [True, False, True]
    assert "the authority files hold it" in ana.post("/review/actors/pair", 422, act="merge", actor=EUROPOL, other=LEAS).text
    assert ana.events == ()


def test_a_merge_is_recorded_shown_and_undone(ana: Reviewer) -> None:
    answer = ana.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL, note=" the same people ")
    (event,) = ana.events
    assert (event.act, event.by, event.note) == ("merge", "ana", "the same people")
    assert answer.location == f"/review/actors/merge?actor={LEAS}&other={EUROPOL}&done={event.id}"
    page = ana.page(answer.location)
    assert f'name="event" value="{event.id}"' in page
    assert "“<bdi>the same people</bdi>”" in page
    assert f"<dd><bdi>Europol ({EUROPOL})</bdi></dd>" in page
    assert "has said so already" in page
    assert ">merged</span>" in listed(ana)
    back = ana.post("/review/undo", event=event.id)
    assert back.location == f"/review/log?done={ana.events[1].id}"
    assert not ana.office.redirects.targets
    assert "(undone)" in ana.page(link(LEAS, EUROPOL))


@pytest.mark.parametrize(("act", "word"), [("merge", "is"), ("split", "is not")])
def test_who_says_it_again_is_told_and_nothing_is_recorded(act: Act, word: str, sign_in: SignIn, ana: Reviewer) -> None:
    ends = End(reference=LEAS, name="LEAs of Spain"), End(reference=EUROPOL, name="EUROPOL", kind="body")
    ana.office.record([events.new(act, "ana", events.now(), actor=ends[0], other=ends[1])])  # as a file of elsewhere names them
    answer = ana.post("/review/actors/pair", act=act, actor=LEAS, other=EUROPOL)
    assert answer.location == f"{link(LEAS, EUROPOL)}&unchanged={act}"
    told = f"You have said this already, and nothing was changed: {LEAS} (LEAs of Spain) {word} {EUROPOL} (EUROPOL)."
    assert re.search(
        rf'role="status" data-announce>\s*<div class="did"><p data-unchanged><bdi>{re.escape(told)}', ana.page(answer.location)
    )
    assert len(ana.events) == 1
    assert "data-unchanged" not in sign_in("ben").page(answer.location)


def test_an_actor_of_a_side_car_is_a_candidate_and_others_are_merged_into_it(data: Path, folder: Path, ana: Reviewer) -> None:
    (folder / "claims").mkdir(exist_ok=True)
    shutil.copy(data / "claims" / f"{KEY}.yaml", folder / "claims")
    ana.office.follow()
    log.record(folder / "decisions", named(ana.office, ["Spanish law enforcement agencies (all)"]))
    ana.office.follow()
    agencies, held = f"body/{KEY}-made-0", f"collective/{KEY}-spanish-law-enforcement-agencies"
    found = row(listed(ana), agencies)
    assert link(agencies, held) in found
    assert f"the same name but for “all” in brackets in {KEY}" in found
    ana.post("/review/actors/pair", act="merge", actor=agencies, other=held)
    assert ana.office.redirects[agencies] == held


def test_who_disagrees_makes_a_dispute_and_can_end_it(sign_in: SignIn, ana: Reviewer) -> None:
    ben = sign_in("ben")
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL)
    assert "Somebody says otherwise" not in ben.page(link(LEAS, EUROPOL))
    ben.post("/review/actors/pair", act="split", actor=LEAS, other=EUROPOL)
    found = listed(ana)
    decided = found[found.index('id="pairs"') :]
    assert ">disputed</span>" in decided
    assert "ana: merge, ben: split" in decided
    assert (">Split</button>" in decided, ">Merge</button>" in decided) == (True, False)
    found = listed(ben)
    assert (">Split</button>" in found, ">Merge</button>" in found) == (False, True)
    assert "Somebody says otherwise" in sign_in("cyd").page(link(LEAS, EUROPOL))
    ben.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL)
    assert ana.office.redirects[LEAS] == EUROPOL


@pytest.mark.parametrize("said", [("merge", "merge", "split"), ("merge", "split", "merge"), ("split", "merge", "merge")], ids="-".join)
def test_what_own_words_contradict_is_refused_with_the_decision_that_does(said: tuple[str, str, str], ana: Reviewer) -> None:
    merges = [(LEAS, EUROPOL), (NGOS, EUROPOL)]
    pairs = [(LEAS, NGOS) if act == "split" else merges.pop() for act in said]
    for act, (actor, other) in zip(said[:2], pairs, strict=False):
        ana.post("/review/actors/pair", act=act, actor=actor, other=other)
    actor, other = pairs[2]
    refused = ana.post("/review/actors/pair", 422, act=said[2], actor=actor, other=other).text
    against = next((one for one in ana.events if one.act == "split"), ana.events[-1])
    assert f"ana has said otherwise (event {against.id[:8]}: " in refused
    assert "undo that first" in refused
    assert [event.act for event in ana.events] == list(said[:2])
    ana.post("/review/undo", event=against.id)
    ana.post("/review/actors/pair", act=said[2], actor=actor, other=other)


def test_who_splits_ends_an_own_merge(ana: Reviewer) -> None:
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL)
    ana.post("/review/actors/pair", act="split", actor=LEAS, other=EUROPOL)
    assert not ana.office.redirects.targets
    page = ana.page(link(LEAS, EUROPOL))
    assert "Not possible: ana has said so already" in page
    assert "(superseded by a later one)" in page


@pytest.mark.parametrize("is_read", [True, False], ids=["laid out", "not laid out yet"])
@pytest.mark.parametrize("way", ["split", "undo"])
def test_what_would_break_a_claim_that_stands_is_refused(way: str, is_read: bool, folder: Path, ana: Reviewer) -> None:  # noqa: FBT001
    officers = f"group/{KEY}-these-officers"
    ana.decide("correct", ana.card("co-drives"), relation="cooperatesWith", object="these officers", object_kind="network")
    ana.post("/review/actors/pair", act="merge", actor=officers, other=EUROPOL)
    signed = {"profile": KEY, "quote": QUOTE, "subject": officers, "relation": "signed", "object": "group/ets-185"}
    ana.post("/review/add", **signed)
    merge = next(event for event in ana.events if event.act == "merge")
    if not is_read:
        office = ana.office  # nothing is read in the background any more
        os.utime(folder / "profiles" / f"{KEY}.txt", times=(1, 1))
        office.follow()
        assert office.laid_out(KEY) is None
    before = len(ana.events)
    fields = {"act": "split", "actor": officers, "other": EUROPOL} if way == "split" else {"event": merge.id}
    told = unescape(ana.post("/review/actors/pair" if way == "split" else "/review/undo", 422, **fields).text)
    assert "stands and could not any more" in told
    assert "Only a state or a body can bind itself" in told
    assert "Correct or reject that claim first." in told
    assert len(ana.events) == before
    ana.decide("reject", next(card for card in ana.office.table(KEY).cards if card.claim.relation == "signed"))
    ana.post("/review/actors/pair" if way == "split" else "/review/undo", **fields)
    assert not ana.office.redirects.targets


def test_a_merge_that_cannot_be_applied_says_why(folder: Path, ana: Reviewer) -> None:
    ends = (End(reference="country/ESP", name="Spain"), End(reference=EUROPOL, name="Europol"))
    log.record(folder / "decisions", [events.new("merge", "ben", events.now(), actor=ends[0], other=ends[1])])
    ana.office.follow()
    decided = row(listed(ana), "country/ESP")
    assert ">not applied</span>" in decided
    assert "it is no actor of a document" in decided


def test_for_one_actor_alone_the_page_asks_for_the_other(two: Reviewer) -> None:
    page = two.page(f"/review/actors/merge?actor={LEAS}")
    assert "Which other one may <bdi>Spanish LEAs</bdi> be?" in page
    assert link(LEAS, LATER_LEAS).replace("&", "&amp;") in page
    assert f'<option value="Europol">{EUROPOL}</option>' in page
    assert "Are these two the same?" in two.page(f"/review/actors/merge?actor={LEAS}&other=Interpol")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"act": "merge", "actor": "body/nobody", "other": EUROPOL}, "no actor is called 'body/nobody'"),
        ({"act": "merge", "actor": LEAS, "other": "<script>"}, "no actor is called"),
        ({"act": "merge", "actor": LEAS, "other": LEAS}, "name two actors that are different"),
        ({"act": "accept", "actor": LEAS, "other": EUROPOL}, "'accept' is no act on two actors"),
        ({"actor": LEAS, "other": EUROPOL}, "is no act on two actors"),
        ({"act": "split"}, "no actor is called ''"),
        ({"act": "split", "actor": LEAS, "other": EUROPOL, "note": "n" * 2001}, "2,000 are the most"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(fields: dict[str, str], says: str, ana: Reviewer) -> None:
    answer = ana.client.post("/review/actors/pair", data={"form": ana.form, **fields}, headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert says in unescape(answer.text)
    assert "<script>" not in answer.text
    assert ana.events == ()


@pytest.mark.parametrize("query", ["", "actor=", "actor=body/nobody", f"actor={LEAS}&other=body/nobody", f"actor={LEAS}&other={LEAS}"])
def test_unknown_actors_are_told_in_a_sentence(query: str, ana: Reviewer) -> None:
    assert re.search(r"(no actor is called|name two actors)", ana.page(f"/review/actors/merge?{query}", 422))


def test_nothing_is_written_without_a_session_and_a_form_of_ours(desk: Flask, ana: Reviewer) -> None:
    fields = {"act": "merge", "actor": LEAS, "other": EUROPOL}
    stranger = Reviewer(desk)
    assert stranger.client.get("/review/actors").location == "/review?next=/review/actors"
    stranger.post("/review/actors/pair", 403, **fields)
    assert ana.client.post("/review/actors/pair", data=fields).status_code == 403
    foreign = {"form": ana.form, **fields}
    assert ana.client.post("/review/actors/pair", data=foreign, headers={"Origin": "https://evil.example"}).status_code == 403
    assert ana.events == ()


def test_actors_of_a_profile_that_is_being_read_are_not_told_of(folder: Path, ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "_begin_reading", lambda _: None)
    monkeypatch.setattr(Office, "is_quick", lambda *_: False)
    shutil.copy(folder / "profiles" / f"{KEY}.txt", folder / "profiles" / f"{LATER}.txt")
    ana.office.follow()
    assert "1 profile is still being read" in ana.page("/review/actors")
    for query in (f"actor={LATER_LEAS}&other={EUROPOL}", "actor=Somebody"):
        assert f"The rules are reading <bdi>{LATER}</bdi>" in ana.page(f"/review/actors/merge?{query}")
    assert "Without 1 profile that is still being read." in ana.page(link(LEAS, EUROPOL))
    assert "is still being read; send it again" in ana.post("/review/actors/pair", 422, act="merge", actor=LATER_LEAS, other=EUROPOL).text
    assert ana.office.laid_out(LATER) is None
