"""A small data folder with a release of itself, for what publishes."""

import shutil
from pathlib import Path

from graph.build import build
from tests.few_rules import few_rules
from tests.webapp.review.conftest import KEY


def with_release(data: Path, folder: Path) -> None:
    """Make `data`, with few rules and one profile, and `releases` in a folder.

    Args:
        data: the shipped data.
        folder: where to.
    """
    few_rules(data, folder / "data")
    (folder / "data/profiles").mkdir()
    shutil.copy(data / "profiles" / f"{KEY}.txt", folder / "data/profiles")
    build(folder / "data", folder / "releases", tell=lambda _: None)
