"""`liaison propose`: what a plug-in answered is kept, waits for people, is verified anew each time, and is asked for once."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from graph.build import build
from graph.errors import LiaisonError
from graph.extraction import answers
from graph.extraction.answers import Given
from graph.extraction.plugins import Answer, ProposedQuote
from graph.inputs import find
from graph.iris import Iris
from graph.release import Releases
from graph.store import View
from graph.text import sha256
from graph.withdrawal import Withdrawal, withdraw
from tests.few_rules import few_rules, one_profile
from tests.graph.plugins.FAKE_chat_server import FakeServer, fake_server
from webapp.cli import cli

KEY = "spain-2018-cse"
QUOTE = "Spain co-drives the CSE EMPACT Group in Europol."
CLAIM = {
    "subject": "Spain", "relation": "funds", "object": "Europol", "quote": QUOTE, "polarity": "affirmed", "modality": "asserted", "score": 0.4,
}  # fmt: skip
WORDS = "Spain funds Europol"


class Shell:
    """A data folder with one profile, a FAKE endpoint, and a shell before both."""

    def __init__(self, folder: Path, server: FakeServer) -> None:
        """Begin without answers."""
        self.folder, self.server = folder, server
        self.place = folder / "proposals" / f"{KEY}.jsonl"
        self.profile = folder / "profiles" / f"{KEY}.txt"

    def run(self, *arguments: str) -> Result:
        """A command on this folder."""
        return CliRunner().invoke(cli, [*arguments, "--data", str(self.folder)])

    def propose(self, *keys: str) -> Result:
        """Ask the FAKE endpoint."""
        address = f"http://127.0.0.1:{self.server.server_port}"
        return self.run("propose", *(keys or (KEY,)), "--with", "chat", "--chat-url", address, "--chat-model", "fake")

    def waiting(self) -> list[str]:
        """What waits that a plug-in proposed."""
        found = json.loads(self.run("review", "queue", KEY, "--json").stdout)
        return [card["words"] for card in found if (card.get("rule") or "").startswith("plugin:chat@")]


@pytest.fixture
def server() -> FakeServer:
    """The FAKE endpoint, which proposes one claim that holds and one that does not."""
    with fake_server() as started:
        started.claims = [CLAIM, CLAIM | {"quote": "Spain funds Europol."}]
        yield started


@pytest.fixture
def shell(data: Path, tmp_path: Path, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell of the reviewer ana."""
    monkeypatch.setenv("LIAISON_REVIEWER", "ana")
    folder = few_rules(data, tmp_path / "data")
    (folder / "profiles").mkdir()
    (folder / "profiles" / f"{KEY}.txt").write_bytes((data / "profiles" / f"{KEY}.txt").read_bytes())
    return Shell(folder, server)


def test_what_a_plug_in_answers_waits_for_people_and_is_asked_for_once(shell: Shell) -> None:
    ended = shell.propose()
    assert ended.exit_code == 0, ended.output
    assert f"{KEY}: plugin:chat@1/fake proposed 2 quotes: 1 for review, 1 refused." in ended.stdout
    asked = len(shell.server.asked)
    assert shell.waiting() == [WORDS]
    assert shell.waiting() == [WORDS]
    assert len(shell.server.asked) == asked


def test_an_answer_is_kept_as_it_was_given_with_the_text_it_was_given_to(shell: Shell) -> None:
    shell.propose()
    kept = json.loads(shell.place.read_text(encoding="utf-8"))
    assert [quote["quote"] for quote in kept["answer"]["quotes"]] == [QUOTE, "Spain funds Europol."]
    assert kept["text_hash"] == sha256(shell.profile.read_bytes())


def test_the_same_answer_is_kept_once_and_another_one_beside_it(shell: Shell) -> None:
    shell.propose()
    assert "It answered the same before." in shell.propose().stdout
    shell.server.claims = [CLAIM | {"relation": "hosts"}]
    shell.propose()
    assert len(shell.place.read_text(encoding="utf-8").splitlines()) == 2
    assert sorted(shell.waiting()) == [WORDS, "Spain hosts Europol"]


def test_the_answers_on_a_profile_are_read_once_however_many_are_added(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.propose()
    shell.server.claims = [CLAIM | {"relation": "hosts"}]
    reads: list[Path] = []
    read = answers.read
    monkeypatch.setattr(answers, "read", lambda path: (reads.append(path), read(path))[1])
    shell.propose()
    assert reads == [shell.place]


def test_words_that_no_longer_stand_are_proposed_no_more(shell: Shell) -> None:
    shell.propose()
    shell.profile.write_text(shell.profile.read_text(encoding="utf-8").replace(QUOTE, "Spain drives nothing."), encoding="utf-8")
    assert shell.waiting() == []


def test_a_decision_on_it_is_one_like_any_other(data: Path, tmp_path: Path, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_REVIEWER", "ana")
    shell, releases = Shell(one_profile(data, tmp_path / "data"), server), tmp_path / "releases"
    assert shell.propose().exit_code == 0
    found = json.loads(shell.run("review", "queue", KEY, "--json").stdout)
    one = next(card["id"] for card in found if card["words"] == WORDS)
    build(shell.folder, releases, tell=lambda _: None)
    assert states(releases) == {("unreviewed", "plugin:chat@1/fake")}
    assert shell.run("review", "accept", one).exit_code == 0
    build(shell.folder, releases, tell=lambda _: None)
    assert states(releases) == {("accepted", "plugin:chat@1/fake")}


def states(releases: Path) -> set[tuple[str, str]]:
    """The states of the claim in the current release, proposed ones among them, with what proposed each."""
    release = Releases(releases).current()
    query = """SELECT ?state ?rule { GRAPH ?graph { ?claim rdf:predicate liaison:funds ; liaison:reviewState ?state ; liaison:hasEvidence ?one .
               ?one liaison:proposedBy ?rule } }"""
    view = View.open(release.store)
    rows = view.select(Iris().header() + query)
    return {(row["state"].value.partition("#")[2], row["rule"].value) for row in rows}


def test_a_line_that_is_no_answer_is_said_with_its_number_and_costs_nothing_else(shell: Shell) -> None:
    shell.propose()
    good = shell.place.read_text(encoding="utf-8")
    shell.place.write_text(f'{{"answer": 3}}\n{good}not even JSON\n', encoding="utf-8")
    assert shell.waiting() == [WORDS]
    _, aside = answers.read(shell.place)
    assert [error.line for error in aside] == [1, 3]
    assert all("liaison propose" in str(error) for error in aside)


def test_answers_on_no_profile_are_set_aside(shell: Shell) -> None:
    shell.propose()
    shell.place.rename(shell.place.with_stem("spain-2099"))
    assert any("there is no profile 'spain-2099'" in str(error) for error in find(shell.folder).aside)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nobody", "--with", "chat"), "there is no profile 'nobody'"),
        ((KEY, "--with", "nobody"), "there is no plug-in 'nobody'"),
        ((KEY, "--with", "chat"), "no endpoint is named; name one with --chat-url"),
        ((KEY, "--with", "chat", "--chat-url", "here"), "'here' is no address of an endpoint"),
        ((KEY, "--with", "chat", "--chat-url", "http://127.0.0.1:9"), "no model is named; name one with --chat-model"),
    ],
    ids=["no profile", "no plug-in", "no endpoint", "no address", "no model"],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_written(arguments: tuple[str, ...], says: str, shell: Shell) -> None:
    ended = shell.run("propose", *arguments)
    assert isinstance(ended.exception, LiaisonError)
    assert says in str(ended.exception)
    assert not shell.place.exists()


def test_a_plug_in_that_fails_costs_nothing_that_was_answered(shell: Shell) -> None:
    shell.propose()
    shell.server.mode = "500"
    ended = shell.propose()
    assert ended.exit_code == 1
    assert "was set aside for this document" in ended.stderr
    assert shell.waiting() == [WORDS]


def test_no_plug_in_is_shown_what_was_withdrawn(data: Path, tmp_path: Path, server: FakeServer) -> None:
    shell, releases = Shell(one_profile(data, tmp_path / "data"), server), tmp_path / "releases"
    claims = shell.folder / "claims" / f"{KEY}.yaml"
    claims.unlink()
    build(shell.folder, releases, tell=lambda _: None)
    shell.propose()
    withdraw(Withdrawal(f"profile/{KEY}", "asked for", "2026-11-25", QUOTE), shell.folder, releases, tell=lambda _: None)
    before = len(server.asked)
    assert "1 for review" not in shell.propose().stdout
    assert QUOTE not in json.dumps([asked[2] for asked in server.asked[before:]])
    assert shell.waiting() == []


TEXTS = st.text(max_size=20)
QUOTES = st.builds(ProposedQuote, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.floats(0, 1))


@given(st.lists(st.builds(Answer, TEXTS, st.booleans(), st.lists(QUOTES, max_size=3).map(tuple)), unique=True, max_size=4))
def test_answers_come_back_as_they_were_given(tmp_path_factory: pytest.TempPathFactory, given_before: list[Answer]) -> None:
    place = tmp_path_factory.mktemp("answers") / "a.jsonl"
    for answer in given_before:
        answers.add(place, Given(answer, "0" * 64, "2026-11-25T10:00:00+00:00"))
        answers.add(place, Given(answer, "1" * 64, "2026-11-26T10:00:00+00:00"))
    assert answers.read(place) == (given_before, []) if given_before else not place.exists()
