"""Which words of a sentence are marked as the actors of its claims: names, other names, short forms and pronouns."""

import re
from html import unescape
from pathlib import Path

import pytest

from graph.decisions.records import End
from tests.webapp.review.conftest import Reviewer
from webapp.review.places import key_of, marked

NET = "net-2019-cse"
TEXT = """The European Crime Prevention Network works on prevention.

It cooperates with Europol.

The EUCPN cooperates with INTERPOL.

Spain is a member of the European Crime Prevention Network. The network cooperates with Frontex.

Italy has many police forces.
"""


@pytest.fixture
def net(folder: Path, ana: Reviewer) -> Reviewer:
    """A text that names one network in several ways."""
    (folder / "profiles" / f"{NET}.txt").write_text(TEXT, encoding="utf-8")
    ana.office.follow()
    assert ana.office.table(NET)
    return ana


def marks(page: str) -> list[str]:
    """The marked words, each with its numbers."""
    words = page.partition('<blockquote id="said">')[2].partition("</blockquote>")[0]
    return [unescape(f"{text} {numbers}") for text, numbers in re.findall(r'<mark class="named">([^<]+)<sup>([\d ]+)</sup></mark>', words)]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("It cooperates", ["It 1", "Europol 2"]),
        ("The EUCPN", ["EUCPN 1", "INTERPOL 2"]),
        ("The network cooperates", ["The network 1", "Frontex 2"]),
        ("Spain is", ["Spain 1", "European Crime Prevention Network 2"]),
    ],
    ids=["a pronoun", "another name", "a short form", "names"],
)
def test_the_words_that_speak_of_an_actor_are_marked(words: str, marked: list[str], net: Reviewer) -> None:
    page = net.page(f"/review/sentence/{NET}/{key_of(net.card(words, NET))}")
    assert marks(page) == marked
    assert "These words do not name" not in page


def test_another_name_of_the_files_is_marked_where_no_rule_says_what_it_means(net: Reviewer) -> None:
    claim = {"subject": "European Crime Prevention Network", "relation": "supports", "object": "INTERPOL"}
    added = net.post("/review/add", profile=NET, quote="EUCPN cooperates with INTERPOL", **claim)
    table = net.office.table(NET)
    table.__dict__["mentions"] = {}
    assert marks(net.page(added.location)) == ["EUCPN 1", "INTERPOL 2"]


def test_an_actor_of_which_the_words_do_not_speak_is_told(net: Reviewer) -> None:
    added = net.post(
        "/review/add", profile=NET, quote="Italy has many police forces.", subject="Italy", relation="cooperatesWith", object="Europol"
    )
    page = net.page(added.location)
    assert marks(page) == ["Italy 1"]
    assert '<p class="unsaid">These words do not name, as far as is known: <b><bdi>Europol</bdi></b><sup>2</sup>.</p>' in page


def test_the_words_by_which_a_side_car_introduces_an_actor_are_marked(folder: Path, net: Reviewer) -> None:
    (folder / "claims").mkdir()
    actor = f"{{key: body/{NET}-police, kind: body, label: Police of Italy, quote: many police forces}}"
    claim = f"{{claim: body/{NET}-police partOf country/ITA, quote: Italy has many police forces}}"
    side_car = f"profile: {NET}\ndocument: {{title: Net, language: en}}\nactors:\n  - {actor}\nclaims:\n  - {claim}\n"
    (folder / "claims" / f"{NET}.yaml").write_text(side_car, encoding="utf-8")
    net.office.follow()
    page = net.page(f"/review/sentence/{NET}/{key_of(net.card('Italy has', NET))}")
    assert marks(page) == ["Italy 2", "many police forces 1"]


@pytest.mark.parametrize(("country", "words"), [("country/ITA", "it"), ("country/ISL", "is"), ("country/BEL", "be"), ("country/AUT", "at")])
def test_no_word_is_taken_for_the_code_of_a_country(country: str, words: str, net: Reviewer) -> None:
    office = net.office
    assert words.upper() not in office.aliases(country)
    end = End(reference=country, name=office.name_of(country))
    assert [piece.numbers for piece in marked(f"Europol said that {words} trains", [end], aliases=office.aliases)] == [()]


@pytest.mark.parametrize(("words", "is_meant"), [("The EU supports it.", True), ("The eu supports it.", False)])
def test_an_acronym_is_meant_in_capitals_only(words: str, is_meant: bool) -> None:  # noqa: FBT001  # a case
    end = End(reference="body/eu", name="European Union")
    found = marked(words, [end], aliases=lambda _: ["EU"])
    assert any(piece.numbers for piece in found) == is_meant


def test_a_policy_that_no_words_name_is_not_told(net: Reviewer) -> None:
    claim = {"subject": f"policy/{NET}", "relation": "addresses", "object": "topic/cse"}
    page = net.page(net.post("/review/add", profile=NET, quote="Italy has many police forces.", **claim).location)
    told = page.partition('<p class="unsaid">')[2].partition("</p>")[0]
    assert told
    assert "policy" not in told.casefold()
