"""The house rules that a machine can hold: who may import whom, and that each room says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph

ROOT = Path(__file__).parents[1]
BELOW = {"ontology": set(), "shapes": set(), "graph": {"ontology", "shapes"}, "webapp": {"graph", "ontology", "shapes"}}
FILES = sorted(path for room in BELOW for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts)
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]


def imports(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: an import is relative"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_allowed(room: str, module: str) -> bool:
    """Whether a file in `room` may import `module`."""
    first = module.split(".", maxsplit=1)[0]
    return (first not in BELOW or first == room or first in BELOW[room]) and not (
        room == "graph" and first in {"flask", "werkzeug", "waitress"}
    )


def order() -> dict[str, int]:
    """Each module of `graph` and its place in the list of its docstring."""
    lines = [line.split() for line in (graph.__doc__ or "").splitlines() if line.startswith("    ")]
    return {words[0]: place for place, words in enumerate(lines)}


def is_downward(importer: str, imported: str, places: dict[str, int]) -> bool:
    """Whether a module of `graph` may import another one."""
    return importer == imported or places[imported] < places[importer]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    assert [module for module in imports(path) if not is_allowed(room, module)] == []


def test_the_rule_of_rooms_can_be_broken() -> None:
    assert not is_allowed("graph", "webapp.config")
    assert not is_allowed("graph", "flask")
    assert not is_allowed("ontology", "graph.iris")


def test_the_docstring_of_graph_lists_each_module_once() -> None:
    there = {
        path.stem if path.suffix else path.name
        for path in (ROOT / "graph").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert set(order()) == there - {"__init__"}


def test_a_module_of_graph_imports_only_what_stands_above_it() -> None:
    places = order()
    for path in (path for path in FILES if path.relative_to(ROOT).parts[0] == "graph" and path.parent.name + path.stem != "graph__init__"):
        importer = path.relative_to(ROOT / "graph").parts[0].removesuffix(".py")
        for module in imports(path):
            parts = module.split(".")
            if parts[0] == "graph" and len(parts) > 1 and parts[1] in places:
                assert is_downward(importer, parts[1], places), f"{path} imports {module}, which stands below it"


def test_the_rule_of_order_can_be_broken() -> None:
    assert not is_downward("claims", "build", order())


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_each_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
