"""A language is rules and data: no word of any language decides anything in code, and no code names a language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import vocabulary
from graph.extraction import rulebook

ROOT = Path(__file__).parents[2]
RULES = ROOT / "data/rules"
BOOKS = [rulebook.read(RULES, language) for language in rulebook.languages(RULES)]
CONCEPTS = {name.rpartition("/")[2] for name in vocabulary.load().concepts}
SPEAKING = {"analysis", "chat", "explanation", "plugins", "report", "results", "skeleton", "trial", "verification"}
"""Modules that read no text of a document, and speak to people."""
READING = [path for path in sorted((ROOT / "graph/extraction").glob("*.py")) if path.stem not in SPEAKING]
EXCEPTIONS = {
    "dates": {"last", "year"},  # groups of an expression
    "gazetteer": {"en"},  # the language of the authority files
    "language": {"da", "de", "el", "en", "es", "et", "is", "it", "no"},  # codes of languages that can be told apart
    "patterns": {"close", "s"},  # parts of the language of the rules
    "plain": {"co", "e", "i", "in", "mid", "non", "s", "so", "well"},  # tags; halves of words, undone before a language is known
    "relations": {"s"},  # the subject of a pattern
    "rules": {"s", "true", "was"},  # words of the language of the rules
}


def words_in(value: object) -> Iterator[str]:
    """The texts that a file of rules holds, wherever they stand in it."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from words_in(part)


def keys_in(value: object) -> Iterator[str]:
    """The names under which a file of rules holds them."""
    if isinstance(value, dict):
        yield from value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_in(part)


def literals(path: Path) -> Iterator[str]:
    """The texts in a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", READING, ids=[path.stem for path in READING])
def test_no_word_of_a_language_stands_in_code(path: Path) -> None:
    words = {word for book in BOOKS for name in ("language", "cues") for word in words_in(book[name].values)}
    names = {key for book in BOOKS for name in rulebook.FILES for key in keys_in(book[name].values)} | CONCEPTS
    found = {text for text in literals(path) if text.strip() in words - names and text.strip()[:1].isalpha()}
    assert found - EXCEPTIONS.get(path.stem, set()) == set()


def test_no_code_names_a_language_that_has_rules() -> None:
    codes = {*rulebook.languages(RULES)} - {"en"}
    named = {path.stem for path in (ROOT / "graph").rglob("*.py") if codes & set(literals(path))}
    assert named <= {"language"}  # which can tell far more languages than there are rules for
