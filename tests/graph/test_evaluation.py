"""Evaluation: each rule of `docs/evaluation.md` shown both ways, by small cases made by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import vocabulary
from graph.errors import InputError
from graph.evaluation import Evaluation, Fields, evaluate, gold, predicates, report
from graph.extraction.results import End, Extraction, FoundActor, Proposal
from graph.ratios import Ratio, f1, wilson
from graph.spans import Span

CASES = Path(__file__).parent / "evaluation"
VOCABULARY = vocabulary.load()
Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """The rows of a file of cases."""
    rows: list[Case] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return rows


def written(case: Case, path: Path) -> Path:
    """The gold of a case as a gold file."""
    short = case["gold"]
    names = ("name", "aliases", "short_forms", "generic")
    content = {name: value for name, value in short.items() if name not in {"actors", "relations"}}
    content["document"] = "profiles/case.txt"
    content["actors"] = [dict(zip(names, row, strict=False), kind="ngo", quote=row[0]) for row in short["actors"]]
    content["relations"] = [
        {"subject": subject, "predicate": predicate, "object": object_, "quote": quote} | (more[0] if more else {})
        for subject, predicate, object_, quote, *more in short.get("relations", [])
    ]
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def extraction(case: Case) -> tuple[Extraction, str]:
    """What a case says that was extracted."""
    text = case["text"]
    found = tuple(actor(*row) for row in case.get("actors", []))
    return Extraction(found, tuple(proposal(row, text) for row in case.get("proposals", [])), "en", is_template=True), text


def actor(name: str, aliases: list[str] | None = None, reference: str | None = None) -> FoundActor:
    """An actor of a case."""
    return FoundActor(name, "ngo", reference, Span(0, 1), name[:1], tuple(aliases or ()))


def proposal(row: list[Any], text: str) -> Proposal:
    """A proposal of a case."""
    subject, relation, object_, quote, *more = row
    given = {"polarity": "affirmed", "modality": "asserted", "state": "proposed"} | (more[0] if more else {})
    span = Span(text.index(quote), text.index(quote) + len(quote))
    return Proposal(End(subject, None), relation, End(object_, None), span, quote, confidence=0.5, rule="by hand", **given)


def evaluated(case: Case, folder: Path, tier: str = "fit") -> Evaluation:
    """The evaluation of a case."""
    document, aside = gold.read(written(case, folder / "gold.json"), tier)
    assert not aside
    fields = {"case": Fields(tuple(case["fields"][0]), *case["fields"][1:])} if "fields" in case else None
    return evaluate({"case": extraction(case)}, [document], VOCABULARY, fields)


def value(told: Any, path: str) -> Any:  # noqa: ANN401
    """What a report says at a path, a share as `hits/total`."""
    for name in path.split("."):
        told = told[name]
    return f"{told['hits']}/{told['total']}" if isinstance(told, dict) and "hits" in told else told


@pytest.mark.parametrize("case", cases("cases.json"), ids=lambda case: case["name"])
def test_a_rule_holds(case: Case, tmp_path: Path) -> None:
    evaluation = evaluated(case, tmp_path)
    (told,) = json.loads(json.dumps(report.as_dict(evaluation)))["tiers"]
    assert {path: value(told, path) for path in case["expected"]} == case["expected"]
    assert evaluation.aside == ()


@pytest.mark.parametrize("case", cases("bad-gold.json"), ids=lambda case: case["name"])
def test_bad_gold_is_set_aside_and_named(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes((case["file"] * case.get("deep", 1)).encode("utf-8", "surrogateescape"))
    documents, (error,) = gold.load([path], "fit")
    assert str(error).startswith(str(path))
    assert all(words in str(error) for words in case["said"])
    assert not error.stops
    assert [[actor.name for actor in document.actors] for document in documents] == ([] if case["whole"] else [["A"]])


def test_a_gold_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check that it exists"):
        gold.read(tmp_path / "gold.json", "fit")


def test_a_folder_that_is_called_like_a_gold_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.json").mkdir()
    documents, (error,) = gold.load([tmp_path / "gold.json"], "fit")
    assert not documents
    assert str(error).startswith(f"{tmp_path / 'gold.json'}: this is a folder; ")


def test_of_two_gold_files_for_one_document_the_second_is_set_aside(tmp_path: Path) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, name in zip(files, ("A", "B"), strict=True):
        path.write_text(json.dumps({"document": "profiles/x-2018.md", "actors": [{"name": name}], "relations": []}), encoding="utf-8")
    (document,), (error,) = gold.load(files, "fit")
    assert [actor.name for actor in document.actors] == ["A"]
    assert str(error).startswith(f"{files[1]}: the document 'x-2018' has a gold file already, {files[0]}; keep one of the two")
    assert not error.stops


@pytest.mark.parametrize(
    ("predicate", "object_", "said"),
    [
        ("sitsOn", "B", "stands in no row of relation-map.csv"),
        ("memberOfSchengenWith", "B", "carries an object of its own"),
        ("memberOf", "C", "'C' in 'A memberOf C' is not among its actors"),
    ],
)
def test_a_gold_relation_that_cannot_be_compared_is_set_aside(predicate: str, object_: str, said: str, tmp_path: Path) -> None:
    relations = [["A", predicate, object_, "x"], ["A", "memberOf", "B", "x"]]
    evaluation = evaluated({"text": "x", "gold": {"actors": [["A"], ["B"]], "relations": relations}}, tmp_path)
    (error,) = evaluation.aside
    assert said in str(error)
    assert evaluation.tiers[0].claims["exact"].recall == Ratio(0, 1)


def test_tiers_are_kept_apart_and_documents_told_by_themselves(tmp_path: Path) -> None:
    case = next(case for case in cases("cases.json") if case["name"] == "the same relation at the same place")
    documents = []
    for key, tier in (("a", "fit"), ("b", "held-out"), ("c", "fit")):
        (tmp_path / key).mkdir()
        document, _ = gold.read(written(case, tmp_path / key / "gold.json"), tier)
        documents.append(gold.GoldDocument(**(vars(document) | {"key": key})))
    evaluation = evaluate({"a": extraction(case), "c": extraction(case)}, documents, VOCABULARY)
    assert [(tier.name, tier.documents, tier.unread) for tier in evaluation.tiers] == [
        ("fit", ("a", "c"), ()),
        ("held-out", ("b",), ("b",)),
    ]
    assert [tier.claims["exact"].recall for tier in evaluation.tiers] == [Ratio(2, 2), Ratio(0, 1)]
    assert [(one.name, one.tier, one.claims["exact"].recall.hits) for one in evaluation.documents] == [
        ("a", "fit", 1),
        ("b", "held-out", 0),
        ("c", "fit", 1),
    ]


@pytest.mark.parametrize(("items", "shown"), [(9, "insufficient"), (10, "1.000 (10/10")])
def test_a_relation_with_few_items_is_insufficient(items: int, shown: str, tmp_path: Path) -> None:
    names = [f"N{number}" for number in range(items + 1)]
    rows = [[names[0], "funds", name, "x"] for name in names[1:]]
    case = {
        "text": "x",
        "gold": {"actors": [[name] for name in names], "relations": rows},
        "actors": [[name] for name in names],
        "proposals": rows,
    }
    evaluation = evaluated(case, tmp_path)
    assert evaluation.tiers[0].relations["grouped"][0].is_sufficient == (items >= 10)
    (line,) = (line for line in report.lines(evaluation) if line.startswith("  funds"))
    assert shown in line


def test_the_tables_list_each_mistake_with_its_words_once_or_only_count_it(tmp_path: Path) -> None:
    case = next(case for case in cases("cases.json") if case["name"] == "what is planned and asserted by us is wrongly asserted")
    evaluation = evaluated(case, tmp_path)
    whole, short = list(report.lines(evaluation)), list(report.lines(evaluation, mistakes=False))
    assert whole.count("      'A will fund B.'") == 1
    assert "    - case: A funds B: asserted although planned [by hand]; gold: A funds B (planned)" in whole
    assert set(short) < set(whole)
    assert "    1 x asserted although planned" in short
    assert "      'A will fund B.'" not in short


def test_the_groups_are_those_of_names_that_files_may_use_and_of_one_direction() -> None:
    assert set(predicates.groups()) <= set(VOCABULARY.names)
    assert not any(VOCABULARY.names[name].inverse for name in predicates.groups())
    assert predicates.either_direction() == {"place"}


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (1, 1, 0.2065, 1.0)],
)
def test_wilson_gives_what_the_textbooks_give(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-5)


shares = st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(shares)
def test_wilson_holds_the_share_within_0_and_1_and_has_a_width(share: tuple[int, int]) -> None:
    hits, total = share
    low, high = wilson(hits, total)
    assert 0 <= low <= hits / total <= high <= 1
    assert low < high


@given(shares)
def test_wilson_is_the_same_for_misses_turned_round(share: tuple[int, int]) -> None:
    hits, total = share
    low, high = wilson(hits, total)
    assert wilson(total - hits, total) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(shares)
def test_wilson_narrows_with_more_items(share: tuple[int, int]) -> None:
    hits, total = share
    few, many = wilson(hits, total), wilson(4 * hits, 4 * total)
    assert many[1] - many[0] < few[1] - few[0]


def test_nothing_of_nothing_is_no_share() -> None:
    assert Ratio(0, 0).value is None
    assert Ratio(0, 0).interval is None
    assert f1(Ratio(0, 0), Ratio(1, 1)) is None
    assert f1(Ratio(0, 1), Ratio(0, 1)) == 0
    assert f1(Ratio(1, 2), Ratio(1, 1)) == pytest.approx(2 / 3)
