"""What all tests share: the shipped data, one release of it, and the rule that nothing is skipped in CI."""

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
