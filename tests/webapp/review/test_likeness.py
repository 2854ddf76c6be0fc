"""Which names of two actors make them candidates for one, and why: cases in `likeness.csv`, near misses among them."""

import csv
from functools import cache
from pathlib import Path

import pytest

from graph import authority, vocabulary
from webapp.review.lexis import Lexis
from webapp.review.likeness import Likely, Named, Names

CASES = list(csv.DictReader(Path(__file__).with_name("likeness.csv").read_text(encoding="utf-8").splitlines()))
LABELS = {"country/EST": "Estonia", "country/FIN": "Finland", "country/ITA": "Italy", "country/SMR": "San Marino"}


@cache
def lexis(data: Path) -> Lexis:
    """That of the shipped data."""
    return Lexis.of(authority.load(data / "authority", vocabulary.load()).names, data / "rules")


def likely(data: Path, case: dict[str, str]) -> list[Likely]:
    """What the first actor of a case may be, of two documents."""
    homes = [f"country/{case[name]}" if case[name] else "" for name in ("country_a", "country_b")]
    known = Names([Named(case["b"], "body/b-x", "b", home=homes[1])], lexis(data), LABELS)
    return known.like(Named(case["a"], "body/a-x", "a", home=homes[0]))


def named(name: str) -> dict[str, str]:
    """A case by its name."""
    return next(case for case in CASES if case["name"] == name)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_two_names_make_candidates_or_not(data: Path, case: dict[str, str]) -> None:
    assert bool(likely(data, case)) == (case["wanted"] == "yes")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_it_is_the_same_from_both_sides(data: Path, case: dict[str, str]) -> None:
    turned = case | {"a": case["b"], "b": case["a"], "country_a": case["country_b"], "country_b": case["country_a"]}
    assert bool(likely(data, turned)) == bool(likely(data, case))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("same", "the same name in b"),
        ("bracketed-addition", "the same name but for “online magazine” in brackets in b"),
        ("country-in-brackets", "the same name but for the country in b"),
        ("article-alone", "the same name but for small words such as an article in b"),
        ("acronym-in-brackets", "the same name but for “nca” in brackets in b"),
        ("acronym-alone", "“NCA”, which stands in brackets beside the other one in b"),
        ("word-order", "the same words in another order, but for small words such as an article in b"),
        ("spelling-plural", "nearly the same name, 98% of the letters in b"),
        ("same-name-across-countries", "the same name, though one is of Estonia and the other one of Finland in b"),
    ],
)
def test_the_reason_is_said_in_words(data: Path, name: str, reason: str) -> None:
    assert [one.reason for one in likely(data, named(name))] == [reason]


def test_one_document_spells_one_actor_in_one_way(data: Path) -> None:
    known = Names([Named("National Police Corp", "body/a-y", "a"), Named("National Police Corps (CNP)", "body/a-z", "a")], lexis(data))
    assert [one.reference for one in known.like(Named("National Police Corps", "body/a-x", "a"))] == ["body/a-z"]


def test_a_country_on_record_outweighs_where_a_name_was_read(data: Path) -> None:
    held = Named("Ministry of Justice (central)", "body/ee", "", country="country/EST")
    assert not Names([held], lexis(data)).like(Named("Ministry of Justice", "body/a-x", "a", home="country/FIN"))
    assert Names([held], lexis(data)).like(Named("Ministry of Justice", "body/a-x", "a", home="country/EST"))


def test_the_most_alike_comes_first_and_five_are_the_most(data: Path) -> None:
    many = [Named(f"Police Board (part {letter})", f"body/b-{letter}", "b") for letter in "abcdefgh"]
    found = Names([*many, Named("police board", "body/c", "c")], lexis(data)).like(Named("Police Board", "body/a-x", "a"))
    assert (len(found), found[0].reference) == (5, "body/c")
