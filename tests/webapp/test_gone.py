"""What is gone: 410 in words for people and programs, with what has taken its place or why it was withdrawn."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from graph import ledger
from graph.build import build
from graph.iris import Iris
from graph.release import Release, Releases
from graph.retirement import COLUMNS
from webapp import create_app
from webapp.cli import cli
from webapp.config import Config

HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}
OLD, NEW = "topic/judicial-cooperation", "topic/police-cooperation"
PROFILE = "profile/spain-2018-cse"
WORDS = "Spain is represented in the expert group of CSE in Interpol"
SUCCESSOR = Iris().thing(NEW).value


@pytest.fixture(scope="module")
def folder(two_releases: Releases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the two releases and their data, and a third release in which a topic is retired."""
    made = tmp_path_factory.mktemp("gone") / "copy"
    shutil.copytree(two_releases.folder.parent, made)
    topics = made / "data/authority/topics.csv"
    rows = topics.read_bytes().splitlines(keepends=True)
    topics.write_bytes(b"".join(row for row in rows if not row.startswith(b"judicial-cooperation,")))
    (made / "data/decisions").mkdir()
    row = f"{OLD},{NEW},,,,2026-03-01,two rows for one topic"
    (made / "data/decisions/retired.csv").write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    build(made / "data", made / "releases", tell=lambda _: None)
    return made


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    """A client of a service over these releases."""
    app = create_app(Config(releases=folder / "releases"))
    yield app.test_client()
    app.extensions["live"].close()


@pytest.fixture(scope="module")
def withdrawn(folder: Path) -> Iterator[tuple[FlaskClient, Release, str, Path]]:
    """A client after a passage and then the document were withdrawn, the release before, what the command said, and its folder."""
    copy = folder.with_name("withdrawn")
    shutil.copytree(folder, copy)
    before = Releases(copy / "releases").current()
    said = ""
    for more in (["--passage", WORDS], []):
        folders = ["--data", str(copy / "data"), "--releases", str(copy / "releases")]
        arguments = ["withdraw", PROFILE, "--reason", "the publisher asked", "--date", "2026-03-02", *more, *folders]
        ended = CliRunner().invoke(cli, arguments)
        assert ended.exit_code == 0, ended.output
        said += ended.output
    app = create_app(Config(releases=copy / "releases"))
    yield app.test_client(), before, said, copy
    app.extensions["live"].close()


@pytest.mark.parametrize("address", [f"/id/{OLD}", f"/data/{OLD}.ttl", f"/data/{OLD}.csv", f"/page/{OLD}"])
def test_a_retired_iri_leads_to_its_successor(address: str, client: FlaskClient) -> None:
    answer = client.get(address, headers=JSON)
    assert answer.status_code == 410
    assert answer.headers["Link"] == f'<{SUCCESSOR}>; rel="successor-version"'
    assert answer.json == {
        "status": 410,
        "message": f"{OLD} was retired on 2026-03-01: two rows for one topic. Its place is taken by {SUCCESSOR}.",
        "successor": SUCCESSOR,
        "page": f"/page/{NEW}",
    }
    page = client.get(address, headers=HTML)
    assert page.status_code == 410
    assert "This is here no longer" in page.text
    assert f'<a href="/page/{NEW}">{SUCCESSOR}</a>' in page.text
    assert client.get(f"/page/{NEW}", headers=HTML).status_code == 200


def test_a_path_from_what_is_retired_is_offered_from_its_successor(client: FlaskClient) -> None:
    page = client.get(f"/paths?from={OLD}&to=body/europol&length=3", headers=HTML)
    assert page.status_code == 410
    assert page.headers["Link"] == f'<{SUCCESSOR}>; rel="successor-version"'
    (offered,) = re.findall(r'<a href="([^"]+)">Find paths with what has taken its place</a>', page.text)
    assert unescape(offered) == "/paths?from=topic%2Fpolice-cooperation&to=body%2Feuropol&length=3"
    assert client.get(unescape(offered), headers=HTML).status_code == 200
    told = client.get(f"/api/paths?from={OLD}&to=body/europol").get_json()
    assert (told["status"], told["successor"]) == (410, SUCCESSOR)


def test_what_merely_vanished_names_the_release_in_which_it_last_stood(client: FlaskClient, folder: Path) -> None:
    entry = next(entry for entry in ledger.entries(folder / "releases" / ledger.GONE) if entry["reference"].startswith("claim/"))
    answer = client.get(f"/id/{entry['reference']}", headers=JSON)
    assert answer.status_code == 410
    assert answer.json
    assert f"it last stood in release {entry['release']} of {entry['date']}" in answer.json["message"]
    assert "Link" not in answer.headers
    assert "In its place" not in client.get(f"/page/{entry['reference']}", headers=HTML).text
    with client.get(f"/downloads/{entry['release']}/manifest.json") as manifest:
        assert manifest.status_code == 200


@pytest.mark.parametrize("reference", ["body/no-such", "body/no such", "nothing/here"])
def test_what_never_was_is_not_found(reference: str, client: FlaskClient) -> None:
    assert client.get(f"/page/{reference}", headers=HTML).status_code == 404


def test_the_ledger_is_read_again_when_it_has_changed(client: FlaskClient, folder: Path) -> None:
    assert client.get("/id/body/fresh").status_code == 404
    ledger.append(folder / "releases" / ledger.GONE, [{"reference": "body/fresh", "release": "abc", "date": "2026-03-01"}])
    assert client.get("/id/body/fresh").status_code == 410


def test_the_withdrawn_words_are_neither_said_nor_kept(withdrawn: tuple[FlaskClient, Release, str, Path]) -> None:
    _, _, said, folder = withdrawn
    assert WORDS not in said
    assert f"recorded    {PROFILE}" in said
    for place in (folder / "releases", folder / "data/decisions"):
        assert [path for path in place.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()] == []


def test_all_of_a_withdrawn_document_is_gone_with_its_reason(withdrawn: tuple[FlaskClient, Release, str, Path]) -> None:
    client, before, _, _ = withdrawn
    profile = client.get(f"/page/{PROFILE}", headers=JSON)
    assert profile.status_code == 410
    assert profile.json
    assert profile.json["message"] == f"{PROFILE} was withdrawn on 2026-03-02: the publisher asked. Nothing has taken its place."
    assert client.get(f"/graph/{PROFILE}").status_code == 410
    there = [entry["reference"] for entry in ledger.entries(before.folder.parent / ledger.GONE)]
    for kind in ("sentence", "section", "policy", "evidence", "claim"):
        reference = next(reference for reference in there if reference.startswith(f"{kind}/"))
        answer = client.get(f"/id/{reference}", headers=JSON)
        assert answer.status_code == 410


@pytest.mark.parametrize("ending", ["ttl", "csv"])
def test_the_excerpt_of_a_withdrawn_document_is_gone_as_well(ending: str, withdrawn: tuple[FlaskClient, Release, str, Path]) -> None:
    answer = withdrawn[0].get(f"/downloads/parts/{PROFILE.replace('/', '-')}.{ending}", headers=JSON)
    assert answer.status_code == 410
    assert answer.json
    assert "the publisher asked" in answer.json["message"]


def test_the_examples_are_about_what_is_left(withdrawn: tuple[FlaskClient, Release, str, Path]) -> None:
    client = withdrawn[0]
    described = ox.parse(client.get("/void.ttl").data, format=ox.RdfFormat.TURTLE)
    told = [quad.object for quad in described if quad.predicate.value.endswith("#exampleResource")]
    assert len(told) >= 2
    for node in told:
        assert isinstance(node, ox.NamedNode)
        assert client.get(f"/{node.value.removeprefix(Iris().base)}").status_code == 303, node
    page = client.get("/docs", headers=HTML).text
    for address in re.findall(r'For example <a href="([^"]+)"', page):
        answer = client.get(unescape(address))
        assert (answer.status_code, PROFILE.partition("/")[2] in address) == (200, False)


@pytest.mark.parametrize("address", ["/downloads/{}/liaison.ttl", "/downloads/{}/manifest.json", "/releases/{}/x", "/releases/x/{}.patch"])
def test_a_removed_release_says_why(address: str, withdrawn: tuple[FlaskClient, Release, str, Path]) -> None:
    client, before, _, _ = withdrawn
    answer = client.get(address.format(before.id), headers=JSON)
    assert answer.status_code == 410
    assert answer.json
    assert answer.json["message"] == f"Release {before.id} was removed on 2026-03-02, since {PROFILE} was withdrawn: the publisher asked."
    assert client.get(address.format("no-such"), headers=JSON).status_code == 404


def test_pages_of_releases_still_work_after_a_withdrawal(withdrawn: tuple[FlaskClient, Release, str, Path]) -> None:
    client = withdrawn[0]
    for address in ("/", "/releases", "/releases.atom", "/downloads", "/sitemap.xml"):
        assert client.get(address, headers=HTML).status_code == 200


def again(folder: Path, *more: str) -> Result:
    """The command once more, on what is withdrawn already."""
    folders = ["--data", str(folder / "data"), "--releases", str(folder / "releases")]
    return CliRunner().invoke(cli, ["withdraw", PROFILE, "--reason", "another reason", *more, *folders])


def test_a_second_withdrawal_says_that_the_first_one_stands(withdrawn: tuple[FlaskClient, Release, str, Path]) -> None:
    ended = again(withdrawn[3])
    assert ended.exit_code == 0
    assert f"{PROFILE} was recorded before, of 2026-03-02: the publisher asked; that stands" in ended.output


def test_a_withdrawal_in_the_future_is_refused_and_not_recorded(folder: Path) -> None:
    before = (folder / "data/decisions/retired.csv").read_bytes()
    ended = again(folder, "--date", "2999-01-01")
    assert (ended.exit_code, "still to come" in str(ended.exception)) == (1, True)
    assert (folder / "data/decisions/retired.csv").read_bytes() == before


def test_a_refused_withdrawal_ends_with_1(folder: Path) -> None:
    ended = CliRunner().invoke(
        cli,
        [
            "withdraw",
            PROFILE,
            "--reason",
            "x",
            "--passage",
            "No such",
            "--data",
            str(folder / "data"),
            "--releases",
            str(folder / "releases"),
        ],
    )
    assert ended.exit_code == 1
    assert "stands nowhere" in str(ended.exception)
