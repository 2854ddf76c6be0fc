"""Extraction by the shipped rules: what is found, what is never asserted, and which words are no actors."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import authority, sections, sentences, vocabulary
from graph.curation.metadata import Metadata
from graph.dates import StatedDate
from graph.documents import Document
from graph.extraction import trial
from graph.extraction.extractor import Extractor
from graph.extraction.plain import plain
from graph.extraction.results import Extraction
from graph.spans import Span

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
VOCABULARY = vocabulary.load()
AUTHORITY = authority.load(ROOT / "data/authority", VOCABULARY)
EXTRACTOR = Extractor(ROOT / "data/rules", AUTHORITY, VOCABULARY)
CUES = list(csv.DictReader((HERE / "extraction/cues.csv").read_text(encoding="utf-8").splitlines()))
PERSONS = (HERE / "extraction/persons.txt").read_text(encoding="utf-8").splitlines()
MANNERS = ("negated", "planned", "past", "possible", "required", "review")
PERSON, WORD = re.compile(r"\{(.*?)\}"), re.compile(r"[\w'\u2019-]+")
ABBREVIATIONS = frozenset({"no"})
FILLER = " This document describes the prevention of crime in the country and in its regions."


def found_in(text: str, country: str | None = None, year: str = "2020", by: Extractor = EXTRACTOR) -> Extraction:
    """What is found in a text."""
    document = Document("test-2020", Path("test-2020.md"), text, "text/markdown", "", "")
    parts, front = sections.split(document, sections.Template(VOCABULARY.headings))
    about = Metadata("", country, StatedDate(year), "", (), "unknown", "unknown", "en", "", "")
    return by.extract(document, parts, sentences.split(document, parts, front, ABBREVIATIONS), about)


def told(extraction: Extraction) -> set[str]:
    """Each claim in words, with each name of its ends."""
    names = {actor.name: [actor.name, *actor.aliases] for actor in extraction.actors}
    return {
        " ".join(
            (subject, item.relation, object_, *([] if item.is_asserted else ["negated" if item.polarity == "negated" else item.modality]))
        )
        for item in extraction.proposals
        for subject in names.get(item.subject.name, [item.subject.name])
        for object_ in names.get(item.object.name, [item.object.name])
    }


@pytest.mark.parametrize("frames", [pytest.param(1, id="first-of-each-rule"), pytest.param(None, id="all", marks=pytest.mark.long)])
def test_each_pattern_becomes_an_expression_that_compiles(frames: int | None) -> None:
    """They are compiled when first needed, so that one which cannot be would else be found by some document."""
    for rule in EXTRACTOR.reader("en").relations.rules.rules:
        for frame in rule.frames[:frames]:
            assert frame.pattern.regex.groupindex.keys() <= {"s", "o"}, frame.pattern.source


def test_each_rule_has_a_test_that_asserts_and_one_that_does_not() -> None:
    """What a rule finds, and what it must not assert; a word behind an object says that the relation is not asserted."""
    rules = EXTRACTOR.reader("en").relations.rules.rules
    expected = {rule.id: [test.get("expect", []) for test in rule.tests] for rule in rules}
    asserting = {rule for rule, tests in expected.items() if any(not line.endswith(MANNERS) for lines in tests for line in lines)}
    denying = {rule for rule, tests in expected.items() if any(all(line.endswith(MANNERS) for line in lines) for lines in tests)}
    assert expected.keys() - asserting == set()
    assert expected.keys() - denying == set()


def test_no_two_relations_give_way_to_each_other() -> None:
    """Where both are found between the same two, neither would be left."""
    weaker = EXTRACTOR.reader("en").relations.rules.weaker
    mutual = {name for name, others in weaker.items() if any(name in weaker.get(other, ()) for other in others)}
    assert mutual == set()


def test_the_tests_beside_the_rules_hold() -> None:
    result = trial.run(EXTRACTOR.reader("en"), ABBREVIATIONS, VOCABULARY.relations)
    assert [line for failure in result.failures for line in failure.lines()] == []


@pytest.mark.parametrize("row", CUES, ids=[row["sentence"] for row in CUES])
def test_cues_decide_how_a_relation_is_meant(row: dict[str, str]) -> None:
    """Where careful readers may differ on the manner, the row says "not asserted": any manner will do, or none, but not that it holds."""
    expected, is_open = row["expected"].removesuffix(" not asserted"), row["expected"].endswith(" not asserted")
    holds = next((expected.removesuffix(f" {manner}") for manner in MANNERS if expected.endswith(f" {manner}")), expected)
    said = told(found_in(row["sentence"] + FILLER))
    assert is_open or expected in said
    assert (holds in said) == (holds == expected and not is_open)


@pytest.mark.parametrize("line", PERSONS)
def test_no_person_is_an_actor(line: str) -> None:
    """Braces stand around each person's name; no word of one may stand in the name of an actor."""
    persons = {word for name in PERSON.findall(line) for word in WORD.findall(name) if word[0].isupper() and len(word) > 2}
    found = found_in(line.replace("{", "").replace("}", "") + FILLER)
    names = {name for actor in found.actors for name in (actor.name, *actor.aliases)}
    assert persons
    assert not [name for name in names if persons & set(WORD.findall(name))]


def test_a_text_in_a_language_without_rules_is_not_analysed() -> None:
    found = found_in("Vorbeugung gehört neben der Strafverfolgung zu den wichtigsten Aufgaben der deutschen Polizei in allen Ländern.")
    assert (found.actors, found.proposals, found.language) == ((), (), "de")
    assert "no rules" in found.remarks[0]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_each_letter_of_the_plain_words_has_its_place(text: str) -> None:
    words = plain(text, Span(0, len(text)))
    assert len(words.text) == len(words.places)
    assert list(words.places) == sorted(words.places)
    assert all(0 <= place < len(text) for place in words.places)
