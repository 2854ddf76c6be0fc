"""The page for viewers names every choice, parameter, value, bound and address, and none that is not there."""

import re
from pathlib import Path

import pytest
from flask import Flask

from graph.adjacency import FILE
from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from graph.paths import AVOIDABLE, BUDGET
from graph.search import FACETS, KINDS, MOST_LETTERS, MOST_WORDS
from webapp import create_app
from webapp.config import Config
from webapp.pages.explorer.exports import MEDIA_TYPES
from webapp.pages.explorer.state import FIRST, MOST, State
from webapp.pages.families import FAMILIES
from webapp.pages.paths.finding import MOST_SHOWN
from webapp.pages.paths.wanted import AVOIDED, MOST_HOPS, MOST_PATHS, PathsParameters

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/viewer.md").read_text(encoding="utf-8")
TOOLS = (ROOT / "webapp/frontend/src/explorer/tools.ts").read_text(encoding="utf-8")


def section(title: str) -> str:
    """A section of the page."""
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


SEARCH, EXPLORER, PATHS = section("Search"), section("Explorer"), section("Paths")
ROWS = dict(re.findall(r"^\| (`[^|]+) \| (.+) \|$", PATHS, re.MULTILINE))


def test_every_parameter_has_a_row_and_no_row_is_of_another() -> None:
    named = [name.strip("` ") for cell in ROWS for name in cell.split(",")]
    assert sorted(named) == sorted(field.alias or name for name, field in PathsParameters.model_fields.items())


@pytest.mark.parametrize(
    ("parameter", "values"),
    [("relation", [family.key for family in FAMILIES]), ("certainty", CERTAINTIES), ("review", SUPPORTING_REVIEWS), ("avoid", AVOIDABLE)],
)
def test_every_value_of_a_parameter_is_named(parameter: str, values: list[str]) -> None:
    assert [value for value in values if f"`{value}`" not in ROWS[f"`{parameter}`"]] == []


def test_what_can_be_avoided_is_the_same_on_the_page_and_in_the_search() -> None:
    assert tuple(AVOIDED) == AVOIDABLE


@pytest.mark.parametrize(("parameter", "most"), [("limit", MOST_PATHS), ("length", MOST_HOPS)])
def test_defaults_and_bounds_are_those_of_the_parameters(parameter: str, most: int) -> None:
    default = PathsParameters.model_fields[parameter].default
    assert f"{default} unless said, {most} at most" in ROWS[f"`{parameter}`"]


def test_the_file_the_budget_and_the_room_of_a_page_are_as_they_are() -> None:
    assert f"(`{FILE}`)" in PATHS
    assert f"after looking at {BUDGET:,} neighbours" in PATHS
    assert f"at most {MOST_SHOWN} hops" in PATHS


def test_every_choice_of_the_search_is_explained() -> None:
    assert set(FACETS) <= set(re.findall(r"^\| `(\w+)` \|", SEARCH, re.MULTILINE))
    (kinds,) = re.findall(r"^\| `kind` \| one kind: (.*) \|$", SEARCH, re.MULTILINE)
    assert re.findall(r"`(\w+)`", kinds) == list(KINDS)


def test_the_bounds_are_those_that_hold() -> None:
    assert f"{MOST_LETTERS} letters and {MOST_WORDS} words are looked for" in SEARCH


def test_every_address_that_it_names_exists(tmp_path: Path) -> None:
    app: Flask = create_app(Config(releases=tmp_path))
    addresses = app.url_map.bind("localhost")
    named = set(re.findall(r"`(/[a-z][a-z/]*)`", PAGE))
    assert named
    assert [address for address in named if not addresses.test(address)] == []


def test_every_parameter_of_the_explorer_is_explained_and_no_other() -> None:
    told = re.findall(r"^\| (`[a-z]+`(?:, `[a-z]+`)?) \|", EXPLORER.partition("| parameter |")[2].partition("`act` is")[0], re.MULTILINE)
    named = {name for cell in told for name in re.findall(r"`([a-z]+)`", cell)}
    assert named == {field.alias or name for name, field in State.model_fields.items()}


def test_limits_of_the_explorer_are_those_of_the_code() -> None:
    assert f"{FIRST} unless it says otherwise, {MOST} at most" in EXPLORER


def test_every_file_is_named() -> None:
    assert set(re.findall(r"`/explore\.([a-z]+)`", EXPLORER)) == set(MEDIA_TYPES)


def test_every_single_key_is_explained() -> None:
    keys = set(re.findall(r'key: "([^"]+)"', TOOLS)) | set(
        re.findall(r'toLowerCase\(\) === "(\w)"', (ROOT / "webapp/frontend/src/explorer.ts").read_text(encoding="utf-8"))
    )
    assert {key for key in keys if f"`{key.upper()}`" not in EXPLORER} == set()
    assert len(keys) >= 9
