"""Who may review: tokens are shown once, kept as hashes, and taken back at once."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import SettingError
from webapp.cli import cli
from webapp.review.reviewers import Reviewers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file will be."""
    return tmp_path / "reviewers.json"


def test_a_token_is_known_by_its_hash_alone(path: Path) -> None:
    reviewers = Reviewers(path)
    token = reviewers.add("ana")
    assert token not in path.read_text(encoding="utf-8")
    found = reviewers.of(token)
    assert found
    assert found.handle == "ana"
    assert reviewers.of(f"{token}x") is None
    assert reviewers.of(found.token_hash) is None


def test_only_its_owner_reads_the_file(path: Path) -> None:
    Reviewers(path).add("ana")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_who_has_a_token_keeps_it(path: Path) -> None:
    reviewers = Reviewers(path)
    token = reviewers.add("ana")
    with pytest.raises(SettingError, match=r"^ana has a token since .*`liaison reviewers add ana --replace` gives a new one.*\.$"):
        reviewers.add("ana")
    assert reviewers.of(token)


def test_a_token_in_the_place_of_another_ends_it_and_leaves_the_others(path: Path) -> None:
    reviewers = Reviewers(path)
    old, other = reviewers.add("ana"), reviewers.add("ben")
    fresh = reviewers.replace("ana")
    assert reviewers.of(old) is None
    assert [one.handle for token in (fresh, other) if (one := reviewers.of(token))] == ["ana", "ben"]


def test_who_lost_a_token_gets_a_new_one(path: Path) -> None:
    reviewers = Reviewers(path)
    old = reviewers.add("ana")
    reviewers.revoke("ana")
    fresh = reviewers.add("ana")
    assert (reviewers.of(old), bool(reviewers.of(fresh))) == (None, True)


def test_the_secret_that_signs_sessions_stays(path: Path) -> None:
    reviewers = Reviewers(path)
    assert reviewers.secret == b""
    reviewers.add("ana")
    secret = reviewers.secret
    reviewers.add("ben")
    reviewers.revoke("ana")
    assert reviewers.secret == secret
    assert len(secret) == 64


@pytest.mark.parametrize("name", ["", "Ana", "ana b", "a" * 41, "../ana", "ána"])
def test_a_handle_is_small_letters_digits_and_hyphens(path: Path, name: str) -> None:
    with pytest.raises(SettingError, match="is no handle"):
        Reviewers(path).add(name)
    assert not path.exists()


def test_who_has_no_token_cannot_lose_one(path: Path) -> None:
    Reviewers(path).add("ana")
    for act in (Reviewers(path).revoke, Reviewers(path).replace):
        with pytest.raises(SettingError, match=r"there is no reviewer 'ben'; those that have a token: ana\."):
            act("ben")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"secret": 1}', '{"reviewers": {"ana": {}}}', "\udcff"])
def test_a_file_that_is_not_ours_lets_nobody_in_and_is_not_written_over(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    before = path.read_bytes()
    with pytest.raises(SettingError, match="is not as it was written; restore it"):
        Reviewers(path).of("anything")
    with pytest.raises(SettingError, match="is not as it was written; restore it"):
        Reviewers(path).add("ana")
    assert path.read_bytes() == before


def test_the_command_prints_a_token_lists_and_takes_back(path: Path) -> None:
    def run(*arguments: str) -> str:
        ended = CliRunner().invoke(cli, ["reviewers", *arguments, "--reviewers", str(path)])
        assert ended.exit_code == 0, ended.output
        return ended.stdout

    token = run("add", "ana").strip()
    assert Reviewers(path).of(token)
    assert run("list").endswith("1 reviewer\n")
    refused = CliRunner().invoke(cli, ["reviewers", "add", "ana", "--reviewers", str(path)])
    assert "add ana --replace" in str(refused.exception)
    assert Reviewers(path).of(token)
    fresh = run("add", "ana", "--replace").strip()
    assert (Reviewers(path).of(token), bool(Reviewers(path).of(fresh))) == (None, True)
    assert run("revoke", "ana") == "ana can no longer sign in.\n"
    assert Reviewers(path).of(fresh) is None
