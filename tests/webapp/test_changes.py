"""The releases and what has changed between them, as pages, as a patch and as a feed."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from graph.difference import Difference
from graph.release import Releases
from webapp import create_app
from webapp.config import Config
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
    assert "<li>new claim: Spain supports INTERPOL</li>" in text
    assert "<li>claim gone: Europol succeeds Europol Drugs Unit</li>" in text
    same = client.get(f"/releases/{pair[1]}/{pair[1]}", headers=HTML).text
    assert "Nothing that is claimed has changed." in same


def test_a_difference_is_a_patch_that_is_not_sent_twice(client: FlaskClient, pair: tuple[str, str], two_releases: Releases) -> None:
    first = client.get("/releases/{}/{}.patch".format(*pair))
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
