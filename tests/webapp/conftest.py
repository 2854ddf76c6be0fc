"""The service over one release of the shipped data, its limits small enough that breaking them takes no time."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.release import Release
from webapp import create_app
from webapp.config import Config
from webapp.pool import Limits, Pool

CASES = Path(__file__).parent / "cases"
LOOSE = Limits(
    seconds=1,
    slice_seconds=1,
    megabytes=200,
    query_bytes=200_000,
    depth=100_000,
    terms=100_000,
    result_bytes=2_000_000,
    spool_bytes=10_000_000,
    queue=4,
    share=100,
)
"""Limits of a pool whose guard lets hostile queries through, so that they reach a worker."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of cases; `«text»*9` stands for the text nine times."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: re.sub(r"«(.*?)»\*(\d+)", _repeated, value) for key, value in row.items()} for row in csv.DictReader(file)]


def _repeated(found: re.Match[str]) -> str:
    return found[1] * int(found[2])


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker that names a table."""
    config.addinivalue_line("markers", "cases(table): run the test with each row of a table as `case`")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that is marked `cases("table")` one row after the other, named by the row's first column."""
    if marker := metafunc.definition.get_closest_marker("cases"):
        table = rows(marker.args[0])
        metafunc.parametrize("case", table, ids=[next(iter(row.values())) for row in table])


@pytest.fixture(scope="session")
def config(releases: Path) -> Config:
    """Settings with small limits of size, and a limit of time that no honest query reaches."""
    return Config(releases=releases, query_seconds=60, query_megabytes=400, result_megabytes=5, spool_megabytes=20)


@pytest.fixture(scope="session")
def app(config: Config) -> Iterator[Flask]:
    """The application."""
    made = create_app(config)
    yield made
    made.extensions["live"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()


@pytest.fixture
def pools(release: Release) -> Iterator[Callable[..., Pool]]:
    """Makes pools on the release, and closes them."""
    made: list[Pool] = []

    def make(size: int = 1, **changes: float) -> Pool:
        made.append(Pool(release.store, size, replace(LOOSE, **changes)))
        return made[-1]

    yield make
    for pool in made:
        pool.close()
