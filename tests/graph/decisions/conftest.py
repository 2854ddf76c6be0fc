"""A data folder to decide on, for the tests that build."""

import shutil
from pathlib import Path

import pytest

from tests.few_rules import few_rules
from tests.graph.decisions.desks import KEY, Desk


@pytest.fixture(scope="session")
def few(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with few rules, few facts and one profile."""
    folder = few_rules(data, tmp_path_factory.mktemp("decided") / "data")
    (folder / "authority").unlink()
    shutil.copytree(data / "authority", folder / "authority")
    for name, rows in (("aliases", 200), ("memberships", 60)):
        path = folder / "authority" / f"{name}.csv"
        path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[: rows + 1]), encoding="utf-8")
    for room, ending in (("profiles", "txt"), ("claims", "yaml")):
        (folder / room).mkdir()
        shutil.copy(data / room / f"{KEY}.{ending}", folder / room)
    return folder


@pytest.fixture
def desk(few: Path, tmp_path: Path) -> Desk:
    """A copy of it, to be decided on."""
    shutil.copytree(few, tmp_path / "data", symlinks=True)
    return Desk(tmp_path / "data")
