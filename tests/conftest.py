"""What all tests share: the shipped data, one release of it, and the rule that nothing is skipped in CI."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build import build
from graph.release import Release, Releases
from webapp import create_app
from webapp.config import Config
from webapp.listening import listen, serving

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that CI gives."""
    parser.addoption("--no-skips", action="store_true", help="fail if any test is skipped")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where `--no-skips` is given, a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def data() -> Path:
    """The shipped data folder; tests that change data work on a copy."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def releases(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases with one of the shipped data."""
    folder = tmp_path_factory.mktemp("releases")
    build(data, folder, tell=lambda _: None)
    return folder


@pytest.fixture(scope="session")
def release(releases: Path) -> Release:
    """The release of the shipped data."""
    return Releases(releases).current()


@pytest.fixture(scope="session")
def site(releases: Path) -> Iterator[str]:
    """The address of the real server over the shipped data."""
    config = Config(releases=releases)
    app = create_app(config)
    listening = listen("127.0.0.1", 0)
    server = serving(app, listening, config)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.close()
    thread.join()
    app.extensions["live"].close()


NEW_CLAIM = """  - claim: country/ESP supports body/interpol
    quote: identification of the victims in cooperation with Europol and Interpol
    occurrence: 1
"""


@pytest.fixture(scope="session")
def two_releases(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """Two releases: in the later one a claim of the profile is new, one is gone, and one is less certain."""
    folder = tmp_path_factory.mktemp("two")
    for room in ("authority", "rules"):
        shutil.copytree(data / room, folder / "data" / room)
    for path in ("profiles/spain-2018-cse.txt", "claims/spain-2018-cse.yaml"):
        (folder / "data" / path).parent.mkdir()
        shutil.copy(data / path, folder / "data" / path)
    build(folder / "data", folder / "releases", tell=lambda _: None)
    memberships = folder / "data/authority/memberships.csv"
    rows = memberships.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("body:europol,succeeds,body:europol-drugs-unit")]
    spoilt = [row.replace(",stated,", ",secondary,") if row.startswith("body:euda,succeeds,") else row for row in kept]
    assert len(kept) == len(rows) - 1
    memberships.write_text("".join(spoilt), encoding="utf-8")
    sidecar = folder / "data/claims/spain-2018-cse.yaml"
    sidecar.write_text(sidecar.read_text(encoding="utf-8") + NEW_CLAIM, encoding="utf-8")
    build(folder / "data", folder / "releases", tell=lambda _: None)
    return Releases(folder / "releases")
