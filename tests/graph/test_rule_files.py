"""A slip in the rules of a language is told with its file and line; none is taken for said and does nothing."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph import vocabulary
from graph.errors import RuleError
from graph.extraction.names import NameFinder
from graph.extraction.relations import RelationFinder
from graph.extraction.rulebook import languages, read
from graph.extraction.tables import TableReader
from tests.few_rules import few_rules

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "extraction/bad-rules.yaml").read_text(encoding="utf-8"))
WORDS = vocabulary.load()


@pytest.fixture(scope="module")
def few(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with few rules, which no test changes."""
    return few_rules(data, tmp_path_factory.mktemp("few"))


def compile_rules(rules: Path, language: str) -> None:
    """Everything of a language that a document is read with, names of the authority files apart."""
    book = read(rules, language)
    NameFinder(book, WORDS)
    RelationFinder(book, WORDS)
    TableReader(book, WORDS)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_slip_is_told_with_its_file_and_line(case: dict[str, Any], few: Path, tmp_path: Path) -> None:
    shutil.copytree(few / "rules", tmp_path / "rules")
    path = tmp_path / "rules/en" / f"{case['file']}.yaml"
    text = path.read_text(encoding="utf-8")
    assert case["old"] in text
    changed = text.replace(case["old"], case["new"], 1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(RuleError) as found:
        compile_rules(tmp_path / "rules", "en")
    error = found.value
    assert (error.path, case["told"] in str(error)) == (str(path), True), str(error)
    assert error.line
    assert changed.splitlines()[error.line - 1].startswith(case["line"])


def test_the_shipped_rules_have_none(data: Path) -> None:
    found = languages(data / "rules")
    assert found
    for language in found:
        compile_rules(data / "rules", language)


def test_where_the_file_is_gone_a_slip_is_told_without_its_line(few: Path, tmp_path: Path) -> None:
    shutil.copytree(few / "rules", tmp_path / "rules")
    source = read(tmp_path / "rules", "en")["tables"]
    assert source.wrong("it is wrong", "mend it", "roles", "drives").line
    source.path.unlink()
    assert source.wrong("it is wrong", "mend it", "roles", "drives").line is None
