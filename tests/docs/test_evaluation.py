"""The page on evaluation: its example is a gold file, and each field that is read is told."""

import ast
import json
import re
from pathlib import Path

from graph import vocabulary
from graph.evaluation import gold, predicates

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/evaluation.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0]
TABLE = PAGE.partition("| field | needed | means |")[2].partition("\n\n")[0]


def test_the_example_is_a_gold_file_whose_relations_can_be_compared(tmp_path: Path) -> None:
    path = tmp_path / "example.json"
    path.write_text(EXAMPLE, encoding="utf-8")
    (document,), aside = gold.load([path], "fit")
    assert not aside
    assert (document.key, document.country, document.year, document.stated) == (
        "atlantis-2020-drugs", "Atlantis", "2020", {"country", "year"},
    )  # fmt: skip
    names = {actor.name for actor in document.actors}
    for relation in document.relations:
        assert {relation.subject, relation.object} <= names
        assert predicates.read(relation, path, vocabulary.load()).relation.name == relation.predicate
    assert document.temptations


def test_every_field_that_is_read_is_documented() -> None:
    tree = ast.parse(Path(gold.__file__).read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    asked = [
        call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in ("text", "texts", "flag", "items", "stated")
    ]
    read = {argument.value for call in asked for argument in call.args[:1] if isinstance(argument, ast.Constant)}
    assert {"document", "actors", "quote", "short_forms"} < read
    assert {name for name in read if f"`{name}`" not in TABLE} == set()
    assert set(json.loads(EXAMPLE)) <= set(re.findall(r"`(\w+)`", TABLE))
