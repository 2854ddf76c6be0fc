"""Names: where one ends and the next begins, and which words are another name of the same actor."""

import csv
from pathlib import Path

import pytest

from tests.graph.test_extraction import EXTRACTOR, FILLER, found_in

ROWS = list(csv.DictReader((Path(__file__).parent / "extraction/names.csv").read_text(encoding="utf-8").splitlines()))


def actors(words: str) -> list[set[str]]:
    """The names of each actor: actors stand between semicolons, names of one actor between equals signs."""
    return [{name.strip() for name in actor.split(" = ")} for actor in words.split(";")]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_actor_is_found_by_its_names_and_no_other(row: dict[str, str]) -> None:
    expected = actors(row["names"])
    found = [{actor.name, *actor.aliases} for actor in found_in(row["sentence"].replace(r"\n", "\n") + FILLER).actors]
    assert [names for names in expected if not any(names <= other for other in found)] == []
    assert [other for other in found if not any(names <= other for names in expected)] == []


def test_each_row_shows_one_thing() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("name", "country", "candidate"),
    [
        ("European Anti-Fraud Agency", None, "body/olaf"),
        ("second Action Plan", None, ""),
        ("National Police of Portugal", "country/PRT", ""),
    ],
)
def test_an_actor_is_a_candidate_where_telling_words_are_shared(name: str, country: str | None, candidate: str) -> None:
    found = dict(EXTRACTOR.reader("en").gazetteer.similar(name, country))
    assert list(found)[:1] == ([candidate] if candidate else [])
    assert not candidate or found[candidate].startswith("its name shares “")
