"""The competency questions: each is asked for people, answered by the shipped data, and together they use every relation."""

import csv
import io
import re
from pathlib import Path

import pytest

from graph import questions
from graph.questions import Question
from graph.release import Release

ASKED = questions.load()
FINDINGS = {"contradictions", "unreviewed"}
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
