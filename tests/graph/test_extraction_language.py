"""A language is rules and data: no word of any language decides anything in code, and no code names a language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import authority, sections, sentences, vocabulary
from graph.curation.metadata import Metadata
from graph.dates import StatedDate
from graph.documents import Document
from graph.evaluation import evaluate, gold
from graph.extraction import language as languages
from graph.extraction import rulebook, trial
from graph.extraction.extractor import Extractor
from graph.extraction.results import Extraction

ROOT = Path(__file__).parents[2]
RULES = ROOT / "data/rules"
BOOKS = [rulebook.read(RULES, language) for language in rulebook.languages(RULES)]
VOCABULARY = vocabulary.load()
CONCEPTS = {name.rpartition("/")[2] for name in VOCABULARY.concepts}
EXTRACTOR = Extractor(RULES, authority.load(ROOT / "data/authority", VOCABULARY), VOCABULARY)
SPANISH = Path(__file__).parent / "practice/spanish"
KEY = "spain-2021-property-crime"
SPEAKING = {"analysis", "chat", "explanation", "plugins", "report", "results", "skeleton", "trial", "verification"}
"""Modules that read no text of a document, and speak to people."""
READING = [path for path in sorted((ROOT / "graph/extraction").glob("*.py")) if path.stem not in SPEAKING]
EXCEPTIONS = {
    "dates": {"last", "year"},  # groups of an expression
    "gazetteer": {"en"},  # the language of the authority files
    "language": {"da", "de", "el", "en", "es", "et", "is", "it", "no"},  # codes of languages that can be told apart
    "patterns": {"close"},  # parts of the language of the rules
    "plain": {"co", "cyber", "del", "ex", "mid", "non", "so", "sub", "well"},  # tags; halves of words, undone before a language is known
    "rules": {"perfect", "true", "was"},  # words of the language of the rules
}


def found_in(text: str, country: str | None = None) -> Extraction:
    """What is found in a text."""
    document = Document(KEY, Path(f"{KEY}.md"), text, "text/markdown", "", "")
    parts, front = sections.split(document, sections.Template(VOCABULARY.headings))
    about = Metadata("", country, StatedDate("2021"), "", (), "unknown", "unknown", "es", "", "")
    return EXTRACTOR.extract(document, parts, sentences.split(document, parts, front, frozenset()), about)


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
    found = {text for text in literals(path) if text.strip() in words - names and text.strip()[:2].isalpha() and text[1:]}
    assert found - EXCEPTIONS.get(path.stem, set()) == set()


def test_no_code_names_a_language_that_has_rules() -> None:
    codes = {*rulebook.languages(RULES)} - {"en"}
    named = {path.stem for path in (ROOT / "graph").rglob("*.py") if codes & set(literals(path))}
    assert named <= {"language"}  # which can tell far more languages than there are rules for


@pytest.mark.parametrize("language", sorted({*rulebook.languages(RULES)} - {"en"}))  # English: test_extraction.py
def test_the_tests_beside_the_rules_of_each_language_hold(language: str) -> None:
    result = trial.run(EXTRACTOR.reader(language), frozenset({"no"}), VOCABULARY.relations)
    assert [line for failure in result.failures for line in failure.lines()] == []


def test_each_rule_in_spanish_is_tested_both_ways() -> None:
    manners = {rule.id: [str(test["expect"]) for test in rule.tests] for rule in EXTRACTOR.reader("es").relations.rules.rules}
    said = ("negated", "planned", "past", "possible")
    assert [rule for rule, lines in manners.items() if not any(word in line for line in lines for word in said)] == []
    assert [rule for rule, lines in manners.items() if rule != "left" and all(any(word in line for word in said) for line in lines)] == []


def test_a_document_in_spanish_yields_its_claims_and_none_that_it_denies() -> None:
    text = (SPANISH / f"profiles/{KEY}.md").read_text(encoding="utf-8")
    extraction = found_in(text, "country/ESP")
    documents, aside = gold.load([SPANISH / f"gold/{KEY}.json"], "spanish")
    evaluation = evaluate({KEY: (extraction, text)}, documents, VOCABULARY)
    scores = evaluation.tiers[0]
    claims = scores.claims["grouped"]
    assert (aside, evaluation.aside, extraction.language) == ([], (), "es")
    assert (claims.precision.value or 0) >= 0.9
    assert (claims.recall.value or 0) >= 0.75
    assert (scores.actors.f1 or 0) >= 0.9
    assert scores.mistakes["wrongly_asserted"] == ()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("La Policía Nacional española participa en la Red Ibérica de Prevención.", "National Police (Spain)"),
        ("La Fundación Faro participa en el Plan contra las Drogas, que se basa en la Ley Orgánica 4/2015.", "Ley Orgánica 4/2015"),
        (
            "El Gobierno aprobó la Estrategia nacional contra la trata de seres humanos.",
            "Estrategia nacional contra la trata de seres humanos",
        ),
        ("La Fundación Faro participa en la Red europea de Prevención del Delito.", "Red europea de Prevención del Delito"),
        ("La Fundación Faro organiza la Campaña Cara a Cara para los jóvenes.", "Campaña Cara a Cara"),
        ("La Fundación Faro forma parte del Grupo de Expertos en Arte Robado.", "Grupo de Expertos en Arte Robado"),
        ("El Ministerio de Sanidad y Consumo colabora con la Fundación Faro.", "Ministerio de Sanidad y Consumo"),
    ],
)
def test_a_name_in_spanish_is_found_whole(sentence: str, name: str) -> None:
    assert name in {actor.name for actor in found_in(sentence).actors}


@pytest.mark.parametrize(
    "person", ["La comisaria Ana Robles", "El ministro, Julián Otero,", "Don Íñigo Prado", "Según explicó Elena Vidal,"]
)
def test_no_person_in_spanish_is_an_actor(person: str) -> None:
    names = {
        name
        for actor in found_in(f"{person} dirige desde 2015 la Red Ibérica de Prevención.").actors
        for name in (actor.name, *actor.aliases)
    }
    assert not [name for name in names for word in ("Robles", "Otero", "Prado", "Vidal") if word in name]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("La Policía Nacional participa en la Red Europea de Prevención de la Delincuencia desde 2004.", "es"),
        ("A Polícia Judiciária participa na Rede Europeia de Prevenção da Criminalidade desde 2004.", "pt"),
        ("The National Police has taken part in the European Crime Prevention Network since 2004.", "en"),
    ],
)
def test_the_language_of_a_sentence_is_told(sentence: str, language: str) -> None:
    assert languages.detect([sentence]) == language
