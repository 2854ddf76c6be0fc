"""Extraction by the shipped rules: what is found, what is never asserted, and that every quote stands where it says."""

import csv
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
EXTRACTOR = Extractor(ROOT / "data/rules", authority.load(ROOT / "data/authority", VOCABULARY), VOCABULARY)
CUES = list(csv.DictReader((HERE / "extraction/cues.csv").read_text(encoding="utf-8").splitlines()))
PERSONS = (HERE / "extraction/persons.txt").read_text(encoding="utf-8").splitlines()
FILLER = " This document describes the prevention of crime in the country and in its regions."


def found_in(text: str, country: str | None = None, year: str = "2020") -> Extraction:
    """What is found in a text."""
    document = Document("test-2020", Path("test-2020.md"), text, "text/markdown", "", "")
    parts, front = sections.split(document, sections.Template(VOCABULARY.headings))
    about = Metadata("", country, StatedDate(year), "", (), "unknown", "unknown", "en", "", "")
    return EXTRACTOR.extract(document, parts, sentences.split(document, parts, front, frozenset()), about)


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


def test_each_pattern_becomes_an_expression_that_compiles() -> None:
    """They are compiled when first needed, so that one which cannot be would else be found by some document."""
    for rule in EXTRACTOR.reader("en").relations.rules.rules:
        for frame in rule.frames:
            assert frame.pattern.regex.groupindex.keys() <= {"s", "o"}, frame.pattern.source


def test_the_tests_beside_the_rules_hold() -> None:
    result = trial.run(EXTRACTOR.reader("en"), frozenset({"no"}), VOCABULARY.relations)
    assert [line for failure in result.failures for line in failure.lines()] == []


@pytest.mark.parametrize("row", CUES, ids=[row["sentence"] for row in CUES])
def test_cues_decide_how_a_relation_is_meant(row: dict[str, str]) -> None:
    assert row["expected"] in told(found_in(row["sentence"] + FILLER))


@pytest.mark.parametrize("sentence", PERSONS)
def test_no_person_is_an_actor(sentence: str) -> None:
    names = {name for actor in found_in(sentence + FILLER).actors for name in (actor.name, *actor.aliases)}
    assert not [name for name in names for person in ("Quinn", "Zupan", "Kowalska", "Silva", "Gaughan") if person in name]


def test_a_text_in_a_language_without_rules_is_not_analysed() -> None:
    found = found_in("Vorbeugung gehört neben der Strafverfolgung zu den wichtigsten Aufgaben der deutschen Polizei in allen Ländern.")
    assert (found.actors, found.proposals, found.language) == ((), (), "de")
    assert "no rules" in found.remarks[0]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from([*(row["sentence"] for row in CUES), "*Safe Homes* &amp; **Police**\tEMPACT", "pre-\nvention", "\f", "(", "“"]),
        max_size=8,
    )
)
def test_every_quote_stands_where_it_says(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    found = found_in(text)
    assert all(text[item.span.start : item.span.end] == item.quote for item in (*found.actors, *found.proposals))
    assert found == found_in(text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_each_letter_of_the_plain_words_has_its_place(text: str) -> None:
    words = plain(text, Span(0, len(text)))
    assert len(words.text) == len(words.places)
    assert list(words.places) == sorted(words.places)
    assert all(0 <= place < len(text) for place in words.places)
