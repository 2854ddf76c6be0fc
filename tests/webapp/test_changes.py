"""The releases and what has changed between them, as pages, as a patch and as a feed."""

import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.difference import Difference
from graph.release import Releases
from webapp import create_app
from webapp.config import Config
from webapp.differences import Differences
from webapp.pages.changes import ATOM

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(two_releases: Releases) -> Iterator[FlaskClient]:
    """A client of a service over two releases."""
    app = create_app(Config(releases=two_releases.folder))
    yield app.test_client()
    app.extensions["live"].close()


@pytest.fixture(scope="module")
def pair(two_releases: Releases) -> tuple[str, str]:
    """The earlier and the later release."""
    later = two_releases.current()
    return two_releases.before(later).id, later.id


def test_the_releases_are_listed_with_what_leads_from_one_to_the_next(client: FlaskClient, pair: tuple[str, str]) -> None:
    text = client.get("/releases", headers=HTML).text
    old, new = pair
    assert text.index(f">{new} ") < text.index(f">{old}<")
    assert f'href="/releases/{old}/{new}"' in text
    assert "served now" in text.partition(f">{new} ")[2].partition("</tr>")[0]
    assert "the first that is here" in text


def test_a_difference_is_told_in_words(client: FlaskClient, pair: tuple[str, str]) -> None:
    text = client.get("/releases/{}/{}".format(*pair), headers=HTML).text
    for start, label in (("new claim", "Spain supports INTERPOL"), ("claim gone", "Europol succeeds Europol Drugs Unit")):
        assert re.search(rf'<li>{start}: <a href="/page/claim/[^"]+"><bdi>{label}</bdi></a></li>', text)
    assert "compared line by line" in text
    same = client.get(f"/releases/{pair[1]}/{pair[1]}", headers=HTML).text
    assert "Nothing that is claimed has changed." in same


def test_a_difference_is_a_patch_that_is_not_sent_twice(client: FlaskClient, pair: tuple[str, str], two_releases: Releases) -> None:
    with client.get("/releases/{}/{}.patch".format(*pair)) as first:
        assert first.mimetype == "application/rdf-patch"
        difference = Difference(*(two_releases.get(release) for release in pair))
        assert first.text.splitlines() == list(difference.patch())
    assert client.get(first.request.path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_feed_has_an_entry_for_each_release_with_what_is_new(
    client: FlaskClient, pair: tuple[str, str], two_releases: Releases
) -> None:
    response = client.get("/releases.atom")
    assert response.mimetype == "application/atom+xml"
    root = ET.fromstring(response.data)  # noqa: S314  # our own
    entries = root.findall(f"{{{ATOM}}}entry")
    ids = [entry.findtext(f"{{{ATOM}}}id") for entry in entries]
    assert ids == [two_releases.get(release).iris.thing(f"release/{release}").value for release in reversed(pair)]
    assert "new claim: Spain supports INTERPOL" in str(entries[0].findtext(f"{{{ATOM}}}summary"))
    for name in ("title", "id", "updated", "author"):
        assert root.find(f"{{{ATOM}}}{name}") is not None


@pytest.mark.parametrize("address", ["/releases/nothing/here", "/releases/nothing/here.patch", "/releases/..%2f..%2fetc/passwd"])
def test_a_release_that_is_not_here_is_not_found(address: str, client: FlaskClient) -> None:
    response = client.get(address, headers=HTML)
    assert response.status_code == 404


@pytest.fixture
def counted(client: FlaskClient, two_releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is worked out from now on, with nothing known before."""
    monkeypatch.setitem(client.application.extensions, "differences", Differences(two_releases.folder, tmp_path / "kept"))
    worked: list[object] = []
    lines = Difference.lines
    monkeypatch.setattr(Difference, "lines", lambda self: worked.append(self) or lines(self))  # type: ignore[func-returns-value]
    return worked


def test_a_difference_is_worked_out_once_and_not_at_all_for_who_has_it(
    client: FlaskClient, pair: tuple[str, str], counted: list[object]
) -> None:
    with client.get("/releases/{}/{}.patch".format(*pair)) as first:
        tag = first.headers["ETag"]
    worked = len(counted)
    assert worked
    for address in ("/releases/{}/{}.patch", "/releases/{}/{}", "/releases.atom"):
        with client.get(address.format(*pair), headers=HTML) as answer:
            assert answer.status_code == 200
    assert client.get("/releases/{}/{}.patch".format(*pair), headers={"If-None-Match": tag}).status_code == 304
    assert len(counted) == worked


def test_who_has_the_patch_starts_nothing(
    client: FlaskClient, pair: tuple[str, str], counted: list[object], two_releases: Releases, tmp_path: Path
) -> None:
    with client.head("/releases/{}/{}.patch".format(*pair)) as first:
        tag = first.headers["ETag"]
    counted.clear()
    client.application.extensions["differences"] = Differences(two_releases.folder, tmp_path / "empty")
    assert client.get("/releases/{}/{}.patch".format(*pair), headers={"If-None-Match": tag}).status_code == 304
    assert counted == []


def test_a_patch_can_be_fetched_in_ranges(client: FlaskClient, pair: tuple[str, str]) -> None:
    address = "/releases/{}/{}.patch".format(*pair)
    with client.get(address) as whole, client.get(address, headers={"Range": "bytes=0-9"}) as part:
        assert (part.status_code, part.data) == (206, whole.data[:10])
        assert part.headers["Access-Control-Allow-Origin"] == "*"


def test_the_feed_starts_no_more_than_one_difference(client: FlaskClient, counted: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.pages.changes.STARTED", 0)
    text = client.get("/releases.atom").text
    assert counted == []
    assert "what has changed is told at http://localhost/releases/" in text


def test_what_is_kept_has_bounds(two_releases: Releases, pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Differences(tmp_path)
    (tmp_path / "cache").mkdir()
    monkeypatch.setattr("webapp.differences.KEPT", 1)
    old, new = (two_releases.get(release) for release in pair)
    for first, second in ((old, new), (new, old)):
        kept.told(first, second, 5)
    assert len(list((tmp_path / "cache").glob("difference-*"))) == 2
    assert kept.is_known(new, old)


def test_a_spoilt_manifest_is_set_aside_and_told_in_the_log(
    two_releases: Releases, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(two_releases.folder, tmp_path / "releases")
    current, spoilt = two_releases.current().id, two_releases.before(two_releases.current()).id
    (tmp_path / "releases" / spoilt / "manifest.json").write_text("{")
    app = create_app(Config(releases=tmp_path / "releases"))
    for address in ("/releases", "/releases.atom"):
        answer = app.test_client().get(address, headers=HTML)
        assert (answer.status_code, current in answer.text, spoilt in answer.text) == (200, True, False)
    assert "manifest cannot be read" in caplog.text
    app.extensions["live"].close()


def test_the_public_hears_nothing_of_folders_and_commands(tmp_path: Path) -> None:
    app = create_app(Config(releases=tmp_path / "none"))
    for address in ("/", "/readyz", "/data/country/ESP.ttl", "/releases/a/b", "/downloads/a/b"):
        answer = app.test_client().get(address)
        assert answer.status_code in (404, 503)
        assert str(tmp_path) not in answer.text
        assert "liaison build" not in answer.text
    app.extensions["live"].close()
