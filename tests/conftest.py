"""What all tests share: the shipped data, releases that are made once, and the rule that nothing is skipped in CI."""

import fcntl
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from waitress import wasyncore
from waitress.server import BaseWSGIServer

from graph import inputs
from graph.assembly import release_id
from graph.build import build
from graph.iris import Iris
from graph.release import Release, Releases
from graph.text import digest, sha256
from tests.few_rules import one_profile
from webapp import create_app
from webapp.config import Config
from webapp.listening import listen, serving

ROOT = Path(__file__).parents[1]


ALONE = tuple(f"webapp/test_{name}.py" for name in ("http", "live", "pool", "protocol", "services"))
"""Tests that judge time, or load the machine with servers and processes of their own: beside others they would judge those."""

LONGEST = (
    "webapp/test_extract_cli.py",
    "browser/test_review.py",
    "browser/test_access.py",
    "browser/test_explore.py",
    "graph/test_build.py",
    "browser/test_answers.py",
    "browser/test_compare.py",
    "webapp/test_cli.py",
    "webapp/review/test_publishing.py",
    "webapp/review/test_actors.py",
    "webapp/review/test_text.py",
    "webapp/test_review_cli.py",
    "browser/test_marking.py",
    "webapp/review/test_upload.py",
    "webapp/review/test_sentence.py",
    "graph/test_validation.py",
    "webapp/review/test_log.py",
    "webapp/review/test_publishing_live.py",
    "graph/decisions/test_admissible.py",
    "graph/test_conversion_limits.py",
)
"""Files that take longest; begun last, they would keep one worker busy while the others have nothing left to do."""

Keep = Callable[[str, Callable[[Path], object]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that `make test` and CI give."""
    parser.addoption("--no-skips", action="store_true", help="fail if any test is skipped")
    parser.addoption(
        "--part",
        choices=("shared", "alone", "long"),
        help="tests that may share the machine with others, those that may not, or the long ones",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Where tests share the machine, how long an example of Hypothesis takes says nothing about our code."""
    if hasattr(config, "workerinput"):
        settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
        settings.load_profile("shared")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the part that is wanted, those that take longest first; without a part, all are wanted."""
    if not (part := config.getoption("--part")):
        return
    places = {item: item.path.relative_to(ROOT / "tests").as_posix() for item in items}
    parts = {item: "long" if item.get_closest_marker("long") else "alone" if places[item].startswith(ALONE) else "shared" for item in items}
    kept = [item for item in items if parts[item] == part]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = sorted(kept, key=lambda item: LONGEST.index(places[item]) if places[item] in LONGEST else len(LONGEST))


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
def keep(data: Path, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Keep:
    """Makes a folder that takes long to make, once for all processes and runs in which data and code are the same; each has its copy."""
    here = [Path(__file__), Path(__file__).with_name("few_rules.py")]
    state = digest("kept", release_id(inputs.find(data), Iris()), *(sha256(path.read_bytes()) for path in here))

    def made(name: str, make: Callable[[Path], object]) -> Path:
        copy = tmp_path_factory.mktemp(name)
        if not (cache := getattr(pytestconfig, "cache", None)):
            make(copy)
            return copy
        folder = cache.mkdir(f"liaison-{name}")
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / state).is_dir():
                for old in folder.glob("*/"):
                    shutil.rmtree(old)
                fresh = Path(tempfile.mkdtemp(prefix="making-", dir=folder))
                make(fresh)
                fresh.rename(folder / state)
            return shutil.copytree(folder / state, copy, dirs_exist_ok=True)

    return made


@pytest.fixture(scope="session")
def releases(data: Path, keep: Keep) -> Path:
    """A folder of releases with one of the shipped data."""
    return keep("releases", lambda folder: build(data, folder, tell=lambda _: None))


@pytest.fixture(scope="session")
def release(releases: Path) -> Release:
    """The release of the shipped data."""
    return Releases(releases).current()


def end(server: BaseWSGIServer) -> None:
    """End a server that runs in another thread. It closes its sockets there: it must not wait for what is closed under its hands."""
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # noqa: SLF001  # Waitress ends with its process, and has no other way


@contextmanager
def running(app: Flask) -> Iterator[int]:
    """The server that `liaison serve` runs, over an application; its port on loopback."""
    listening = listen("127.0.0.1", 0)
    server = serving(app, listening, app.extensions["config"])
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        end(server)
        thread.join()


@pytest.fixture(scope="session")
def site(releases: Path) -> Iterator[str]:
    """The address of the real server over the shipped data."""
    app = create_app(Config(releases=releases))
    with running(app) as port:
        yield f"http://127.0.0.1:{port}"
    app.extensions["live"].close()


NEW_CLAIM = """  - claim: country/ESP supports body/interpol
    quote: identification of the victims in cooperation with Europol and Interpol
    occurrence: 1
"""


@pytest.fixture(scope="session")
def one_release(data: Path, keep: Keep) -> Path:
    """A folder with small `data` and with `releases`, which holds one of them; tests that change something work on a copy."""

    def make(folder: Path) -> None:
        one_profile(data, folder / "data")
        build(folder / "data", folder / "releases", tell=lambda _: None)

    return keep("one", make)


@pytest.fixture(scope="module", params=["small", pytest.param("shipped", marks=pytest.mark.long)])
def small_or_shipped(request: pytest.FixtureRequest) -> Release:
    """The release of the small data, and in the long tests that of the shipped data too: for what looks at every node there is."""
    if request.param == "shipped":
        shipped: Release = request.getfixturevalue("release")
        return shipped
    return Releases(request.getfixturevalue("one_release") / "releases").current()


@pytest.fixture(scope="session")
def two_releases(data: Path, keep: Keep) -> Releases:
    """Two releases: in the later one a claim of the profile is new, one is gone, and one is less certain."""

    def make(folder: Path) -> None:
        gone, less = "body:europol,succeeds,body:europol-drugs-unit", "body:euda,succeeds,"
        one_profile(data, folder / "data", gone, less)
        build(folder / "data", folder / "releases", tell=lambda _: None)
        memberships = folder / "data/authority/memberships.csv"
        rows = memberships.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if not row.startswith(gone)]
        spoilt = [row.replace(",stated,", ",secondary,") if row.startswith(less) else row for row in kept]
        assert len(kept) == len(rows) - 1
        memberships.write_text("".join(spoilt), encoding="utf-8")
        sidecar = folder / "data/claims/spain-2018-cse.yaml"
        sidecar.write_text(sidecar.read_text(encoding="utf-8") + NEW_CLAIM, encoding="utf-8")
        build(folder / "data", folder / "releases", tell=lambda _: None)

    return Releases(keep("two", make) / "releases")
