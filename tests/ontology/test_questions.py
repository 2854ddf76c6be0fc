"""The competency questions: each is asked for people, answered by the shipped data, and together they use every relation."""

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import questions
from graph.iris import Iris
from graph.questions import Question
from graph.release import Release
from graph.store import View

ASKED = questions.load()
FINDINGS = {"contradictions", "editions", "unreviewed"}
"""Questions whose empty answer is the finding, which their notes say."""
ROOT = Path(__file__).parents[2]


def key(question: Question) -> str:
    """The name of a question without its number."""
    return question.name.partition("-")[2]


@pytest.mark.parametrize("question", ASKED, ids=key)
def test_a_question_is_answered_as_expected(question: Question, release: Release) -> None:
    assert questions.answer(question, release.view, release.iris) == question.expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("question", ASKED, ids=key)
def test_an_answer_says_something_or_its_emptiness_is_the_finding(question: Question) -> None:
    rows = list(csv.reader(io.StringIO(question.expected.read_text(encoding="utf-8"))))[1:]
    assert bool(rows) != (key(question) in FINDINGS)
    assert bool(rows) != any("empty answer is the finding" in note for note in question.notes)


@pytest.mark.parametrize("question", ASKED, ids=key)
def test_a_question_is_asked_in_words_and_its_answer_has_an_order(question: Question) -> None:
    assert question.title.endswith("?")
    assert all(note.endswith((".", "?")) for note in question.notes)
    assert "ORDER BY" in question.query
    assert "NOW()" not in question.query


def test_each_relation_with_a_claim_is_used_by_a_question(release: Release) -> None:
    found = release.view.select(
        release.iris.header() + "SELECT DISTINCT ?relation WHERE { ?claim a liaison:Claim ; rdf:predicate ?relation }"
    )
    used = set(re.findall(r"liaison:(\w+)", " ".join(question.query for question in ASKED)))
    assert {row["relation"].value.rpartition("#")[2] for row in found} - used == set()


def test_each_answer_belongs_to_a_question_and_the_numbers_have_no_gap() -> None:
    folder = ROOT / "ontology" / "questions"
    assert sorted(path.stem for path in folder.glob("*.csv")) == [question.name for question in ASKED]
    assert [int(question.name[:2]) for question in ASKED] == list(range(1, len(ASKED) + 1))


def test_the_page_holds_every_question_with_its_answer(release: Release) -> None:
    assert (ROOT / "docs" / "queries.md").read_text(encoding="utf-8") == questions.page(release.view, release.iris)


EDITIONS = """
profile:a a liaison:CountryProfile ; dcterms:spatial country:ESP ; dcterms:subject topic:cse ; liaison:year "2018"^^xsd:gYear .
profile:b a liaison:CountryProfile ; dcterms:spatial country:ESP ; dcterms:subject topic:cse ; liaison:year "2022"^^xsd:gYear .
country:ESP skos:prefLabel "Spain"@en . topic:cse skos:prefLabel "CSE"@en .
body:x skos:prefLabel "X"@en . body:y skos:prefLabel "Y"@en . body:z skos:prefLabel "Z"@en .
liaison:memberOf rdfs:label "is a member of"@en .
<x:1> a liaison:SupportedClaim ; liaison:statedIn profile:a ; rdf:subject country:ESP ; rdf:predicate liaison:memberOf ; rdf:object body:x .
<x:2> a liaison:SupportedClaim ; liaison:statedIn profile:a ; rdf:subject country:ESP ; rdf:predicate liaison:memberOf ; rdf:object body:y .
<x:3> a liaison:SupportedClaim ; liaison:statedIn profile:b ; rdf:subject country:ESP ; rdf:predicate liaison:memberOf ; rdf:object body:y .
<x:4> a liaison:SupportedClaim ; liaison:statedIn profile:b ; rdf:subject country:ESP ; rdf:predicate liaison:memberOf ; rdf:object body:z .
"""


def test_two_editions_are_compared_once_there_are_two() -> None:
    """No second edition is held yet, so the question is shown on an invented pair."""
    iris = Iris()
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in iris.prefixes.items())
    view = View.of(ox.parse(header + EDITIONS, format=ox.RdfFormat.TURTLE))
    (question,) = (question for question in ASKED if key(question) == "editions")
    assert list(csv.reader(io.StringIO(questions.answer(question, view, iris))))[1:] == [
        ["Spain", "CSE", "2018", "2022", "new", "is a member of", "Z"],
        ["Spain", "CSE", "2018", "2022", "no longer named", "is a member of", "X"],
    ]
