"""Invented profiles are the same for the same seed, say that they are invented, and build without a finding."""

from pathlib import Path

import pytest

from bench.synthetic import NOTICE, entries, write
from graph.build import build
from graph.errors import SettingError
from tests.few_rules import keep_few_rows

AUTHORITY = Path(__file__).parents[2] / "data" / "authority"


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        write(tmp_path / name, 5, seed, AUTHORITY)
    assert content(tmp_path / "one") == content(tmp_path / "two") != content(tmp_path / "three")


def test_each_document_says_that_it_is_invented_and_all_build_without_a_finding(tmp_path: Path) -> None:
    write(tmp_path / "data", 3, 1, AUTHORITY)
    keep_few_rows(tmp_path / "data")
    documents = list((tmp_path / "data" / "profiles").iterdir())
    assert len(documents) == 3
    assert all(NOTICE in path.read_text(encoding="utf-8") and path.name.startswith("invented-") for path in documents)
    report = build(tmp_path / "data", tmp_path / "releases", tell=lambda _: None)
    assert not report.findings


def test_entries_of_the_search_are_as_many_as_wanted_and_the_same_for_the_same_seed() -> None:
    one, two, three = (list(entries(300, seed, AUTHORITY)) for seed in (7, 7, 8))
    assert one == two != three
    assert len({entry.reference for entry in one}) == 300
    assert {entry.kind for entry in one} == {"body", "sentence"}


def test_more_than_there_can_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="are wanted; there are"):
        write(tmp_path / "data", 100_000, 1, AUTHORITY)
