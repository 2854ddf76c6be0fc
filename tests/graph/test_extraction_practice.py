"""Practice documents: nothing is asserted that a careful reader says the document denies, plans, recalls or only suggests.

What is missed costs recall and breaks nothing here; `liaison evaluate` counts it.
"""

import csv
from pathlib import Path

import pytest

from graph.evaluation import evaluate, gold
from graph.evaluation.gold import GoldDocument
from graph.iris import Iris
from webapp.commands.reading import Desk

HERE = Path(__file__).parent
KNOWN = list(csv.DictReader((HERE / "extraction/known-mistakes.csv").read_text(encoding="utf-8").splitlines()))
"""Claims that are asserted against their document until somebody mends it, each with the reason. A mended one has to leave the file."""
FOLDERS = [HERE / "practice" / name for name in ("inside", "outside", "later/inside", "later/outside", "last/inside", "last/outside")]
DOCUMENTS = [path for folder in FOLDERS for path in sorted((folder / "profiles").iterdir())]


@pytest.fixture(scope="module")
def desk(data: Path) -> Desk:
    """Reads documents by the shipped rules."""
    return Desk.of(data, Iris().base)


def gold_of(path: Path) -> GoldDocument:
    """What a careful reader finds in a practice document."""
    document, aside = gold.read(path.parents[1] / "gold" / f"{path.stem}.json", "practice")
    assert not aside
    return document


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_nothing_is_asserted_against_the_text(path: Path, desk: Desk) -> None:
    analysis = desk.analyst.analyse(path)
    (scores,) = evaluate({path.stem: (analysis.extraction, analysis.document.text)}, [gold_of(path)], desk.vocabulary).documents
    wrong = {mistake.what: f"{mistake.reason}: {mistake.quote!r}" for mistake in scores.mistakes["wrongly_asserted"]}
    known = {row["claim"] for row in KNOWN if row["document"] == path.stem}
    assert {claim: reason for claim, reason in wrong.items() if claim not in known} == {}
    assert known - wrong.keys() == set(), "mended: take it out of known-mistakes.csv"


def test_each_practice_document_tempts_one_to_say_something_false() -> None:
    """Without temptations and relations that do not hold, the gate would guard nothing."""
    for path in DOCUMENTS:
        document = gold_of(path)
        assert document.temptations, path
        assert any(relation.modality != "asserted" for relation in document.relations), path


def test_each_known_mistake_is_of_a_practice_document_and_has_a_reason() -> None:
    assert {row["document"] for row in KNOWN} <= {path.stem for path in DOCUMENTS}
    assert all(row["claim"] and row["reason"] for row in KNOWN)
