"""A profile in the template is one, in whatever language its headings and its front block are; their wordings are data."""

import ast
import csv
from dataclasses import astuple
from pathlib import Path

import pytest

from graph import authority, sections, vocabulary
from graph.extraction.analysis import Analysis, Analyst
from graph.extraction.extractor import Extractor
from graph.iris import DEFAULT_BASE, Iris
from graph.profiles import context
from graph.text import fold_words

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
KEY = "spain-2021-property-crime"
ENGLISH = (HERE / f"practice/spanish/profiles/{KEY}.md").read_text(encoding="utf-8")
with (HERE / "cases/template-in-spanish.csv").open(encoding="utf-8", newline="") as file:
    LINES = {row["english"]: row["spanish"] for row in csv.DictReader(file)}
SPANISH = "\n".join(LINES.get(line, line) for line in ENGLISH.split("\n"))
WORDS = vocabulary.load()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Analysis, Analysis]:
    """The same profile read twice: with the template in English, and with all of the template in Spanish."""
    facts, rules = authority.load(ROOT / "data/authority", WORDS), ROOT / "data/rules"
    given = context(facts, WORDS, rules, Iris(DEFAULT_BASE), "test")
    analyst = Analyst(Extractor(rules, facts, WORDS), given.lexicon, WORDS.headings, given.abbreviations)
    files = [tmp_path_factory.mktemp(language) / f"{KEY}.md" for language in ("english", "spanish")]
    for path, text in zip(files, (ENGLISH, SPANISH), strict=True):
        path.write_text(text, encoding="utf-8")
    return analyst.analyse(files[0]), analyst.analyse(files[1])


def claims(analysis: Analysis) -> list[tuple[object, ...]]:
    """What a document seems to say, wherever it stands in it."""
    return [
        (
            *((end.name, end.reference) for end in (claim.subject, claim.object)),
            *(claim.relation, claim.quote, claim.polarity, claim.modality, claim.confidence, claim.rule, claim.state),
            *(claim.valid_from, claim.valid_until),
        )
        for claim in analysis.extraction.proposals
    ]


def test_all_of_the_template_is_in_spanish() -> None:
    left = [line for line in SPANISH.split("\n") if line.startswith("#") or "**:" in line]
    assert left == list(LINES.values())


def test_a_template_in_spanish_has_the_same_sections(read: tuple[Analysis, Analysis]) -> None:
    english, spanish = ([(part.key, part.template) for part in analysis.sections] for analysis in read)
    assert spanish == english
    assert set(WORDS.parts) - {key for key, _ in spanish} == {"recent-good-practices"}
    assert all(analysis.extraction.is_template for analysis in read)


def test_a_template_in_spanish_states_the_same_of_itself(read: tuple[Analysis, Analysis]) -> None:
    english, spanish = read
    assert (spanish.about.country, spanish.about.year, spanish.about.priority) == (
        "country/ESP", english.about.year, "Property crime",
    )  # fmt: skip
    assert astuple(spanish.about) == astuple(english.about)
    assert spanish.open == english.open == ()


def test_a_template_in_spanish_yields_the_same_claims(read: tuple[Analysis, Analysis]) -> None:
    english, spanish = read
    assert claims(spanish) == claims(english)
    assert len(claims(spanish)) > 30
    assert {actor.name for actor in spanish.extraction.actors} == {actor.name for actor in english.extraction.actors}


def test_only_headings_and_the_title_have_other_keys(read: tuple[Analysis, Analysis]) -> None:
    english, spanish = ([(sentence.key, sentence.section) for sentence in analysis.sentences] for analysis in read)
    assert len(spanish) == len(english)
    other = [sentence for sentence, key in zip(read[1].sentences, english, strict=True) if (sentence.key, sentence.section) != key]
    assert [sentence.text for sentence in other if sentence.form != "heading"] == ["Política de prevención de la delincuencia"]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Country", "country"), ("País", "country"), ("PAIS", "country"), ("Pays", "country"), ("Mitgliedstaat", "country"),
        ("**Año**", "year"), ("Année", "year"), ("Jahr", "year"),
        ("EU - priority", "priority"), ("Priorité de l'UE", "priority"), ("EU-Priorität", "priority"),
        ("Crime prevention policy", "policy"), ("Política de prevención de la delincuencia", "policy"),
        ("País Vasco", None), ("Weather", None),
    ],
)  # fmt: skip
def test_a_label_of_the_front_block_is_known_in_each_language(label: str, field: str | None) -> None:
    assert sections.Template({}).field_named(label) == field
    assert sections.Template({}).field_of(f"{label}: 2018") == field


def test_a_template_knows_no_label_but_those_that_it_is_given() -> None:
    template = sections.Template({}, {"Wetter": "year"})
    assert [template.field_of(line) for line in ("Year: 2018", "Wetter: 2018")] == [None, "year"]


def test_no_heading_and_no_label_stands_in_code() -> None:
    tree = ast.parse(Path(sections.__file__).read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    keys = {*WORDS.headings.values(), *WORDS.front_labels.values()}
    wordings = {fold_words(wording) for wording in (*WORDS.headings, *WORDS.front_labels)}
    assert {text for text in texts - keys if fold_words(text) in wordings} == set()
