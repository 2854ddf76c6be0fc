"""The whole text of a profile: what is claimed of each sentence, and what reviewers add to it."""

import random
import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from graph.decisions import log
from graph.withdrawal import Withdrawal, withdraw
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review.places import key_of
from webapp.review.text import named, written

QUOTE = "Spain co-drives the CSE EMPACT Group in Europol."
CLAIM = {"profile": KEY, "quote": QUOTE, "subject": "Spain", "relation": "memberOf", "object": "Europol"}
ADDRESS = f"/review/text/{KEY}"


def value(page: str, name: str) -> str:
    """What a field of the form holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page) or re.search(
        rf'<textarea [^>]*name="{name}"[^>]*>\n?([^<]*)</textarea>', page
    )
    assert found, name
    return unescape(found[1])


def test_the_text_is_whole_and_says_of_each_sentence_how_many_claims_there_are_and_wait(ana: Reviewer) -> None:
    page, table = ana.page(ADDRESS), ana.office.table(KEY)
    shown = [unescape(words) for words in re.findall(r"<span data-words>(.*?)</span>", page, re.DOTALL)]
    assert shown == [sentence.text for sentence in table.sheet.sentences]
    assert re.findall(r'id="sentence-([^"]+)"', page) == [sentence.key for sentence in table.sheet.sentences]
    places = {key_of(card) for card in table.cards}
    assert set(re.findall(rf'class="here[^"]*" href="/review/sentence/{KEY}/([^"]+)"', page)) == places
    assert ">1 claim, 1 waits</a>" in page
    before = page.count(", 1 waits</a>")
    ana.decide("accept", ana.card("relationships with a lot of NGOs"))
    after = ana.page(ADDRESS)
    assert (after.count(", 1 waits</a>"), after.count(">1 claim</a>")) == (before - 1, page.count(">1 claim</a>") + 1)


def test_a_sentence_leads_to_the_form_and_the_form_back(ana: Reviewer) -> None:
    sentence = next(one for one in ana.office.table(KEY).sheet.sentences if one.text == QUOTE)
    assert f'href="{ADDRESS}?sentence={sentence.key}#add" aria-label="Add here: sentence {sentence.position}"' in ana.page(ADDRESS)
    page = ana.page(f"{ADDRESS}?sentence={sentence.key}")
    assert (value(page, "quote"), value(page, "subject"), value(page, "object")) == (QUOTE, "Spain", "Europol")
    assert f'<a href="#sentence-{sentence.key}" data-back>Back to the sentence</a>' in page
    assert value(ana.page(f"{ADDRESS}?quote=Europol%20and"), "quote") == "Europol and"
    assert value(ana.page(f"{ADDRESS}?sentence=no-such-key"), "quote") == ""


def test_a_claim_is_added_and_shown_at_its_sentence(ana: Reviewer) -> None:
    answer = ana.post("/review/add", **CLAIM, note="as the text says")
    event = ana.events[-1]
    assert (event.act, event.by, event.note, event.claim and event.claim.relation) == ("add", "ana", "as the text says", "memberOf")
    assert event.evidence
    assert answer.headers["Location"] == f"/review/sentence/{KEY}/{event.evidence.sentences[0]}?done={event.id}"
    assert "Spain is a member of Europol" in ana.page(answer.headers["Location"])


def test_an_actor_that_no_list_holds_is_added_with_its_kind(ana: Reviewer) -> None:
    name = "CSE EMPACT Group in Europol"
    assert "<option>public-agency</option>" in ana.page(ADDRESS).partition("add-ok")[2]
    ana.post("/review/add", **CLAIM | {"object": name, "object_kind": "public-agency"})
    claim = ana.events[-1].claim
    assert claim
    assert (claim.object.name, claim.object.kind) == (name, "public-agency")


REFUSED = [
    ({"quote": "Spain"}, "times in spain-2018-cse"),
    ({"quote": "Spain leads the world."}, "do not stand in spain-2018-cse"),
    ({"quote": ""}, "Write the words that say so"),
    ({"quote": "a" * 6001}, "6,001 letters; 6,000 are the most"),
    ({"relation": "leadz"}, "There is no such relation"),
    ({"relation": ""}, "Choose a relation"),
    ({"object": "Europoll"}, "such as body/europol (Europol)"),
    ({"object": "Spain"}, "to itself"),
    ({"since": "tomorrow"}, "is no date"),
    ({"since": "2" * 11}, "11 letters; 10 are the most"),
    ({"polarity": "perhaps"}, "Choose one of affirmed, negated"),
    ({"object": "a" * 301}, "301 letters; 300 are the most"),
    ({"object_kind": "wizard"}, "There is no such kind of actors"),
    ({"note": "a" * 2001}, "2,001 letters; 2,000 are the most"),
    ({"object": "Nowhere Board", "object_kind": "ministry"}, "does not stand in"),
]


def test_what_cannot_be_added_is_said_and_the_form_keeps_what_was_written(ana: Reviewer) -> None:
    for change, says in REFUSED:
        page = ana.post("/review/add", 422, **CLAIM | change).text
        problem = re.search(r'<p class="problem" role="alert">(.*?)</p>', page)
        assert problem
        assert says in unescape(problem[1])
        wanted = CLAIM | change
        assert [value(page, name) for name in ("quote", "subject", "object")] == [wanted[name] for name in ("quote", "subject", "object")]
    assert ana.events == ()


def test_all_that_is_wrong_is_told_at_once_each_at_its_field(ana: Reviewer) -> None:
    sent = {"profile": KEY, "quote": "", "subject": "", "relation": "", "object": "x" * 301, "since": "soon", "note": "y" * 2001}
    page = ana.post("/review/add", 422, **sent).text
    for field, id_ in {
        "quote": "add-quote",
        "subject": "add-s",
        "relation": "add-r",
        "object": "add-o",
        "since": "add-f",
        "note": "add-note",
    }.items():
        assert re.search(rf'id="{id_}" name="{field}"[^>]*aria-invalid="true" aria-describedby="{id_}-not"', page), field
        assert f'<span class="fault" id="{id_}-not">' in page
        assert f'<a href="#{id_}">' in page
    assert page.count("aria-invalid") == 6
    assert "aria-invalid" not in ana.page(ADDRESS)
    assert ana.events == ()


def test_no_relation_is_chosen_for_who_adds(ana: Reviewer) -> None:
    assert re.search(r'name="relation" required><option value="">choose one</option>', ana.page(ADDRESS))


def test_the_same_claim_on_the_same_words_is_added_once(ana: Reviewer) -> None:
    ana.post("/review/add", **CLAIM)
    assert "is there on these words" in ana.post("/review/add", 422, **CLAIM).text
    assert len(ana.events) == 1


def test_nobody_adds_without_a_session_without_the_form_or_from_another_site(ana: Reviewer, desk: Flask) -> None:
    assert desk.test_client().post("/review/add", data=CLAIM).status_code == 403
    assert desk.test_client().get(ADDRESS).status_code == 303
    assert ana.client.post("/review/add", data=CLAIM).status_code == 403
    assert ana.client.post("/review/add", data={"form": "x" * 32, **CLAIM}).status_code == 403
    for headers in ({"Origin": "https://example.org"}, {"Sec-Fetch-Site": "cross-site"}):
        assert ana.client.post("/review/add", data={"form": ana.form, **CLAIM}, headers=headers).status_code == 403
    assert ana.events == ()


def test_a_profile_that_is_not_there_is_said_to_be_not_there(ana: Reviewer) -> None:
    assert "there is no profile &#39;spain-2018&#39;" in ana.client.get("/review/text/spain-2018", headers={"Accept": "text/html"}).text
    ana.page("/review/text/spain-2018", 422)
    ana.post("/review/add", 422, **CLAIM | {"profile": "spain-2018"})


def test_no_script_of_a_text_or_an_address_is_run(ana: Reviewer, folder: Path) -> None:
    path = folder / "profiles" / f"{KEY}.txt"
    path.write_text(
        path.read_text(encoding="utf-8") + "\n\nSpain is a member of <script>alert(1)</script> and </textarea> Europol.\n", encoding="utf-8"
    )
    time.sleep(1.1)  # the folder is looked at once a second
    assert ana.office.table(KEY)
    sentence = ana.office.table(KEY).sheet.sentences[-1]
    assert "<script>" in sentence.text
    for address in (ADDRESS, f"{ADDRESS}?sentence={sentence.key}", f"{ADDRESS}?quote=</textarea><script>alert(2)</script>"):
        page = ana.page(address)
        assert "<script>alert" not in page
        assert page.count("</textarea>") == 1
    assert "<script>" not in ana.post("/review/add", 422, **CLAIM | {"subject": '"><script>alert(3)</script>'}).text.partition("</main>")[0]


def test_words_that_are_gone_are_listed_apart(ana: Reviewer, folder: Path) -> None:
    card = ana.card("relationships with a lot of NGOs")
    ana.decide("accept", card)
    path = folder / "profiles" / f"{KEY}.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("On the other hand, Spanish LEAs has relationships with a lot of NGOs", "Others work"), encoding="utf-8")
    time.sleep(1.1)
    assert written(ana.office.table(KEY)).gone == [card.evidence.sentences[0]]
    assert f'<li><a href="/review/sentence/{KEY}/{card.evidence.sentences[0]}">' in ana.page(ADDRESS)


NAMES = [
    ("Europol", "body/europol"),
    ("EMPACT", "group/empact"),
    ("EMPACT CSE", "group/empact-cse"),
    ("Spain", "country/ESP"),
    ("pol", "body/pol"),
    ("drives", "topic/drives"),
    ("Working  Party", "group/party"),
]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("In Europol, spain\ndrives EMPACT  CSE.", ["Europol", "Spain", "EMPACT CSE"]),
        ("Spaniards", []),
        ("", []),
        ("Spaniards of Spain", ["Spain"]),
        ("EMPACT CSE is a part of EMPACT.", ["EMPACT CSE", "EMPACT"]),
        ("EMPACT and EMPACT CSE", ["EMPACT", "EMPACT CSE"]),
        ("Spain and Spain", ["Spain"]),
        ("the Working Party", ["Working  Party"]),
    ],
    ids=[
        "the longest first", "a part of a word", "nothing", "behind a part of a word", "alone behind a longer one", "before a longer one",
        "twice", "whatever the spaces",
    ],
)  # fmt: skip
def test_names_are_found_as_whole_words_wherever_they_stand(quote: str, found: list[str]) -> None:
    assert named(quote, NAMES) == found


def test_the_time_of_a_long_text_grows_with_its_length(folder: Path, sign_in: Callable[[str], Reviewer]) -> None:
    choose = random.Random(1)  # noqa: S311  # for tests
    words = (folder / "profiles" / f"{KEY}.txt").read_text(encoding="utf-8").split()
    reviewer, seconds = sign_in("ana"), {}
    for size in (950, 3_800):
        sentences = [f"{' '.join(choose.choices(words, k=12)).strip('.').capitalize()}. " for _ in range(size)]
        text = "".join(f"{sentence}\n\n" if number % 6 == 0 else sentence for number, sentence in enumerate(sentences))
        (folder / "profiles" / f"long-{size}.md").write_text(text, encoding="utf-8")
        reviewer.office.follow()
        assert reviewer.office.table(f"long-{size}")
        begin = time.thread_time()
        page = reviewer.page(f"/review/text/long-{size}")
        seconds[size] = time.thread_time() - begin
        assert page.count("data-words") > size / 4
    assert seconds[3_800] < 9 * seconds[950]  # four times as long; what compares all with all would take sixteen times


def test_the_log_holds_what_was_added_and_nothing_else_is_written(ana: Reviewer, folder: Path) -> None:
    before = {path for path in folder.rglob("*") if path.is_file()}
    ana.post("/review/add", **CLAIM)
    assert {path.name for path in folder.rglob("*") if path.is_file() and path not in before} == {f"{KEY}.jsonl"}
    assert [event.act for event in log.read(folder / "decisions").events] == ["add"]


def test_names_of_withdrawn_words_are_offered_to_nobody(ana: Reviewer, folder: Path, tmp_path: Path) -> None:
    name = "CSE EMPACT Group in Europol"
    ana.post("/review/add", **CLAIM | {"object": name, "object_kind": "public-agency"})
    other = f"/review/sentence/{KEY}/{key_of(ana.card('relationships with a lot of NGOs'))}"
    for address in (ADDRESS, other):
        assert f'<option value="{name}">' in ana.page(address)
    withdraw(Withdrawal(f"profile/{KEY}", "asked for", "2026-11-25", QUOTE), folder, tmp_path / "other", tell=lambda _: None)
    ana.office.follow()
    for address in (ADDRESS, other):
        page = ana.page(address)
        assert '<option value="Europol">' in page
        assert name not in page


def test_a_claim_is_added_on_the_sentence_that_was_chosen_though_its_words_stand_twice(ana: Reviewer, folder: Path) -> None:
    path = folder / "profiles" / f"{KEY}.txt"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\nOnce more: it is so.\n\n{QUOTE}\n", encoding="utf-8")
    ana.office.follow()
    first, second = (one for one in ana.office.table(KEY).sheet.sentences if one.text == QUOTE)
    page = ana.page(f"{ADDRESS}?sentence={second.key}")
    assert value(page, "sentence") == second.key
    assert "stand 2 times" in ana.post("/review/add", 422, **CLAIM).text
    assert "quote more of the sentence" in ana.post("/review/add", 422, **CLAIM, sentence="no-such-key").text
    for sentence in (second, first):
        answer = ana.post("/review/add", **CLAIM, sentence=sentence.key)
        event = ana.events[-1]
        assert event.evidence
        assert (event.evidence.start, event.evidence.sentences) == (sentence.span.start, (sentence.key,))
        assert answer.headers["Location"] == f"/review/sentence/{KEY}/{sentence.key}?done={event.id}"
        assert "is a member of" in ana.page(answer.headers["Location"])
    assert "is there on these words" in ana.post("/review/add", 422, **CLAIM, sentence=second.key).text
