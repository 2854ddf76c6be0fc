"""`liaison review`: what it lists, what it writes, what it refuses, and that it writes nothing but the log."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.decisions import log
from graph.errors import ActRefused, LiaisonError
from graph.text import sha256
from graph.withdrawal import Withdrawal, withdraw
from tests.few_rules import few_rules, keep_few_rows
from webapp.cli import cli
from webapp.review.office import Office
from webapp.telling import explain

KEY = "spain-2018-cse"
QUOTE = "Spain co-drives the CSE EMPACT Group in Europol."
NGOS = "Spanish LEAs cooperates with NGOs"


class Shell:
    """A data folder with one profile and no side-car, and a shell before it."""

    def __init__(self, folder: Path) -> None:
        """Begin without decisions."""
        self.folder = folder
        self.path = folder / "profiles" / f"{KEY}.txt"

    def run(self, *arguments: str) -> Result:
        """The command with these arguments, which must go well."""
        ended = CliRunner().invoke(cli, ["review", *arguments, "--data", str(self.folder)])
        assert ended.exit_code == 0, ended.output or ended.exception
        return ended

    def refused(self, *arguments: str) -> str:
        """The sentence with which the command is refused; the log stays as it was."""
        before = self.acts
        ended = CliRunner().invoke(cli, ["review", *arguments, "--data", str(self.folder)])
        assert isinstance(ended.exception, LiaisonError), ended.output
        assert self.acts == before
        told = str(ended.exception)
        assert re.search(r"[;,] .+\.$", told)
        assert "\n" not in told
        return told

    @property
    def acts(self) -> list[str]:
        """The acts in the log."""
        return [event.act for event in log.read(self.folder / "decisions").events]

    def queue(self) -> list[dict[str, str]]:
        """What waits."""
        found: list[dict[str, str]] = json.loads(self.run("queue", KEY, "--json").stdout)
        return found

    def id_of(self, words: str) -> str:
        """The id of what waits and is said so."""
        return next(card["id"] for card in self.queue() if card["words"] == words)

    def edit(self, old: str, new: str) -> None:
        """Change the document."""
        text = self.path.read_text(encoding="utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new), encoding="utf-8")


def event_in(result: Result) -> str:
    """The id of the event that a command printed."""
    found = re.search(r"event ([0-9a-f]{8}) ", result.stdout)
    assert found
    return found[1]


@pytest.fixture
def shell(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell of the reviewer ana."""
    monkeypatch.setenv("LIAISON_REVIEWER", "ana")
    folder = few_rules(data, tmp_path / "data")
    (folder / "profiles").mkdir()
    (folder / "profiles" / f"{KEY}.txt").write_bytes((data / "profiles" / f"{KEY}.txt").read_bytes())
    return Shell(folder)


def test_the_queue_shows_claim_state_anchor_confidence_rule_and_words_with_their_line(shell: Shell) -> None:
    told = shell.run("queue", KEY).stdout
    assert re.search(
        rf"^[0-9a-f]{{8}}  {NGOS}\n +uncertainty: unreviewed, exact, 0\.\d\d as a prior by cooperates-with\n +line 38: “On the",
        told,
        re.MULTILINE,
    )
    waiting = shell.queue()
    assert told.endswith(f"{len(waiting)} wait in {KEY}\n")
    doubts = [(1 - abs(float(card["confidence"]) - 0.5)) * (1 if card["adds_edge"] else 0.5) for card in waiting]
    assert doubts == sorted(doubts, reverse=True)
    assert {card["adds_edge"] for card in waiting} == {True, False}
    assert f"{len(waiting)} wait in {KEY}, 1 shown" in shell.run("queue", KEY, "--limit", "1").stdout


def test_a_claim_is_accepted_and_waits_no_more(shell: Shell) -> None:
    one = shell.id_of(NGOS)
    ended = shell.run("accept", one[:6], "--note", "clear")
    assert re.fullmatch(rf"accept  {KEY}: {NGOS}  event [0-9a-f]{{8}} by ana; now the claim is accepted\.\n", ended.stdout)
    assert "`liaison build` publishes" in ended.stderr
    assert one not in [card["id"] for card in shell.queue()]
    assert "is for" in shell.refused("accept", one)


def test_several_are_decided_at_once_or_none(shell: Shell) -> None:
    ids = [card["id"] for card in shell.queue()][:2]
    assert "there is no claim" in shell.refused("reject", *ids, "zzzz")
    ended = shell.run("reject", *ids, ids[0])
    assert ended.stdout.count("now the claim is rejected") == 2
    assert shell.acts == ["reject", "reject"]
    assert "has rejected" in shell.refused("reject", ids[0])


def test_who_disagrees_makes_a_dispute_which_comes_first_and_is_explained(shell: Shell) -> None:
    one = shell.id_of(NGOS)
    shell.run("accept", one)
    assert "now the claim is disputed" in shell.run("reject", one, "--by", "ben").stdout
    assert (shell.queue()[0]["id"], shell.queue()[0]["waits"]) == (one, "dispute")
    told = shell.run("explain", one).stdout
    for words in (
        f"{NGOS}: disputed",
        "for it: ana; against it: ben",
        "ana: for it, by accept",
        "ben: against it, by reject",
        "2 decisions",
    ):
        assert words in told


def test_a_correction_makes_another_claim_of_the_same_words(shell: Shell) -> None:
    one = shell.id_of(NGOS)
    ended = shell.run("correct", one, "--object", "Europol", "--relation", "supports", "--from", "2018")
    assert f"{NGOS} → Spanish LEAs supports Europol (from 2018)" in ended.stdout
    assert "now the claim is corrected (" in ended.stdout
    assert "so already" in shell.refused("correct", one, "--object", "body/europol", "--relation", "supports", "--from", "2018")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "the corrected claim is the same"),
        (["--relation", "leadz"], "there is no relation 'leadz'; use one of"),
        (["--object", "Europoll"], "such as body/europol (Europol)"),
        (["--object", "Spanish LEAs"], "to itself"),
        (["--from", "tomorrow"], "'tomorrow' is no date; write 2018"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(options: list[str], says: str, shell: Shell) -> None:
    assert says in shell.refused("correct", shell.id_of(NGOS), *options)


def test_what_no_rule_noticed_is_added_and_taken_back(shell: Shell) -> None:
    claim = ["--subject", "country/ESP", "--relation", "memberOf", "--object", "Europol"]
    ended = shell.run("add", KEY, "--quote", QUOTE, *claim)
    found = re.search(r"now the claim is curated \((\w{8})", ended.stdout)
    assert found
    assert "is there on these words, curated" in shell.refused("add", KEY, "--quote", QUOTE, *claim)
    assert "ben has not added" in shell.refused("retract", found[1], "--by", "ben")
    assert "now the claim is withdrawn" in shell.run("retract", found[1]).stdout
    assert "has retracted" in shell.refused("retract", found[1])


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        ("Spain leads the world.", "do not stand in spain-2018-cse; copy them"),
        ("Spain", "times in spain-2018-cse, on the lines 38, "),
        (" ", "do not stand in"),
    ],
)
def test_a_quote_stands_in_the_text_once(quote: str, says: str, shell: Shell) -> None:
    claim = ["--subject", "Spain", "--relation", "memberOf", "--object", "Europol"]
    assert says in shell.refused("add", KEY, "--quote", quote, *claim)


def test_one_undoes_what_is_ones_own_once(shell: Shell) -> None:
    one = shell.id_of(NGOS)
    event = event_in(shell.run("accept", one))
    assert "only one's own" in shell.refused("undo", event, "--by", "ben")
    assert "now the claim is unreviewed" in shell.run("undo", event).stdout
    assert "undone already; to have it back" in shell.refused("undo", event)
    assert f"the latest are {log.read(shell.folder / 'decisions').events[0].id}" in shell.refused("undo", "zzz")


def test_a_command_that_helps_stands_below_what_is_refused(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    event = event_in(shell.run("accept", shell.id_of(NGOS)))
    shell.run("undo", event)
    ended = CliRunner().invoke(cli, ["review", "undo", event, "--data", str(shell.folder)])
    assert isinstance(ended.exception, LiaisonError)
    assert "liaison review" not in str(ended.exception)
    explain(ended.exception)
    undo = log.read(shell.folder / "decisions").events[-1].id[:8]
    assert capsys.readouterr().err.splitlines()[1] == f"liaison: that is `liaison review undo {undo}`"


def test_such_a_command_stands_on_one_line_whatever_it_is_done_to(capsys: pytest.CaptureFixture[str]) -> None:
    explain(ActRefused("it is so", "look it up", ("log", "a\nliaison: all is well")))
    assert capsys.readouterr().err.splitlines()[1:] == ["liaison: that is `liaison review log a\\nliaison: all is well`"]


def test_what_a_later_decision_replaced_is_not_undone(shell: Shell) -> None:
    one = shell.id_of(NGOS)
    event = event_in(shell.run("accept", one))
    shell.run("reject", one)
    assert "a later decision of ana counts" in shell.refused("undo", event)


def test_actors_are_merged_and_split(shell: Shell) -> None:
    ended = shell.run("merge", "Spanish LEAs", "body/europol")
    assert f"now body/{KEY}-spanish-leas is merged into body/europol." in ended.stdout
    assert "said so already" in shell.refused("merge", "Spanish LEAs", "Europol")
    assert "the authority files hold it" in shell.refused("merge", "Europol", "body/interpol")
    assert "both are body/europol" in shell.refused("merge", "Europol", "body/europol")
    assert "disputed" in shell.run("split", "Spanish LEAs", "Europol", "--by", "ben").stdout
    shell.run("split", "Spanish LEAs", "Europol")
    assert "said so already" in shell.refused("split", "Spanish LEAs", "Europol")
    assert shell.acts == ["merge", "split", "split"]


def test_a_merge_is_undone(shell: Shell) -> None:
    ended = shell.run("merge", "Spanish LEAs", "Europol")
    assert "stands by itself" in shell.run("undo", event_in(ended)).stdout


def test_a_profile_is_declared_complete_once(shell: Shell) -> None:
    ended = shell.run("complete", KEY)
    assert f"{len(shell.queue())} still wait" in ended.stdout
    assert "declared spain-2018-cse complete" in shell.refused("complete", KEY)
    assert "is not complete" in shell.run("undo", event_in(ended)).stdout


def test_words_that_changed_are_looked_at_again(shell: Shell) -> None:
    one = shell.id_of(NGOS)
    shell.run("accept", one)
    shell.edit("relationships with a lot of NGOs", "relationships with lots of NGOs")
    card = next(card for card in shell.queue() if card["id"] == one)
    assert (card["waits"], card["anchor"]) == ("recheck", "changed")
    assert "lots of NGOs" in card["quote"]
    assert "it read: “On the other hand" in shell.run("queue", KEY).stdout
    assert "now the claim is accepted" in shell.run("accept", one).stdout
    assert "recheck" not in [card["waits"] for card in shell.queue()]


def test_words_that_are_gone_are_named_anew(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    one = shell.id_of(NGOS)
    shell.run("accept", one)
    shell.edit("On the other hand, Spanish LEAs has relationships with a lot of NGOs who collaborate actively", "Others collaborate")
    assert shell.queue()[0]["anchor"] == "missing"
    assert "are gone; name those that say so today, or reject it" in shell.refused("accept", one)
    ended = CliRunner().invoke(cli, ["review", "accept", one, "--data", str(shell.folder)])
    assert isinstance(ended.exception, LiaisonError)
    explain(ended.exception)
    assert f'review accept {one} --quote "…"`' in capsys.readouterr().err
    shell.run("accept", one, "--quote", QUOTE)
    assert "recheck" not in [card["waits"] for card in shell.queue()]


def test_the_log_tells_what_became_of_each_decision(shell: Shell) -> None:
    one = shell.id_of(NGOS)
    event = event_in(shell.run("accept", one, "--note", "two\nlines"))
    shell.run("undo", event)
    shell.run("reject", one, "--by", "ben")
    lines = shell.run("log", KEY).stdout.splitlines()
    assert re.fullmatch(rf"{event}  \S+ \S+  ana  accept  {KEY}: {NGOS}  \(undone\)  note: two lines", lines[0])
    assert f"undo {event}" in lines[1]
    assert lines[3] == "3 decisions"
    assert len(shell.run("log", "--limit", "1").stdout.splitlines()) == 2
    assert "there is no profile 'spain-2018-cs'; name one of spain-2018-cse." in shell.refused("log", "spain-2018-cs")


def test_whoever_decides_is_named(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    one = shell.id_of(NGOS)
    assert "is no handle; choose one of small letters" in shell.refused("accept", one, "--by", "Ana B")
    assert "2,000 are the most" in shell.refused("accept", one, "--note", "a" * 2001)
    monkeypatch.delenv("LIAISON_REVIEWER")
    assert "give your handle with --by" in shell.refused("accept", one)


def test_an_id_that_says_too_little_lists_those_that_it_could_be(shell: Shell) -> None:
    told = shell.refused("accept", "")
    assert "there is no claim with the id ''" in told
    ids = [card["id"] for card in shell.queue()]
    for length in (1, 2, 3):
        shared = [one for one in ids if sum(other[:length] == one[:length] for other in ids) > 1]
        if shared:
            assert "is of several claims; write more of it" in shell.refused("accept", shared[0][:length])


def test_what_a_side_car_holds_can_be_disputed(shell: Shell, data: Path) -> None:
    (shell.folder / "claims").mkdir()
    (shell.folder / "claims" / f"{KEY}.yaml").write_bytes((data / "claims" / f"{KEY}.yaml").read_bytes())
    assert "the side-car declares spain-2018-cse complete already" in shell.refused("complete", KEY)
    cards = Office(shell.folder, "https://example.org/").table(KEY).cards
    times = Counter(card.unit.claim for card in cards)
    card, twice = (next(card for card in cards if card.state == "curated" and times[card.unit.claim] == count) for count in (1, 2))
    assert "why: the side-car holds it" in shell.run("explain", card.id).stdout
    assert "now the claim is disputed" in shell.run("reject", card.id).stdout
    assert "now the claim is curated by other words, and disputed on these" in shell.run("reject", twice.id).stdout


def test_nothing_but_the_log_is_written(shell: Shell) -> None:
    def files() -> dict[str, str]:
        found = (path for path in shell.folder.rglob("*") if path.is_file())
        return {path.relative_to(shell.folder).as_posix(): sha256(path.read_bytes()) for path in found}

    before = files()
    one = shell.id_of(NGOS)
    assert files() == before
    shell.run("accept", one, "--profile", KEY)
    assert files().keys() - before.keys() == {f"decisions/{KEY}.jsonl"}
    assert before.items() <= files().items()


@pytest.mark.parametrize(
    "passage", ["", "On the other hand, Spanish LEAs has relationships with a lot of NGOs"], ids=["document", "passage"]
)
def test_words_that_are_withdrawn_are_shown_nowhere(passage: str, shell: Shell) -> None:
    keep_few_rows(shell.folder)
    one = shell.id_of(NGOS)
    shell.run("accept", one, "--note", "Spanish LEAs has relationships")
    withdraw(Withdrawal(f"profile/{KEY}", "asked for", "2026-11-25", passage), shell.folder, shell.folder / "releases", tell=lambda _: None)
    assert "there is no claim" in shell.refused("explain", one)
    told = shell.run("log").stdout
    assert f"accept  {KEY}: of words that are withdrawn" in told
    assert "LEAs" not in told
    if passage:
        assert NGOS not in [card["words"] for card in shell.queue()]
    else:
        assert "there is no profile" in shell.refused("queue", KEY)


def test_an_actor_that_no_file_holds_is_named_as_the_text_does_with_its_kind(shell: Shell) -> None:
    shell.run(
        "add", KEY, "--quote", QUOTE, "--subject", "Spain", "--relation", "participatesIn", "--object", "specialized working groups",
        "--object-kind", "working-group",
    )  # fmt: skip
    made = log.read(shell.folder / "decisions").events[-1]
    assert made.claim
    assert (made.claim.object.name, made.claim.object.kind) == ("specialized working groups", "working-group")
    assert "does not stand in" in shell.refused(
        "add", KEY, "--quote", QUOTE, "--subject", "Spain", "--relation", "participatesIn", "--object", "No Such Group",
        "--object-kind", "working-group",
    )  # fmt: skip


def test_words_that_stand_twice_are_added_in_the_sentence_that_is_meant(shell: Shell) -> None:
    shell.path.write_text(shell.path.read_text(encoding="utf-8") + f"\n\n{QUOTE}\n", encoding="utf-8")
    claim = ("--subject", "Spain", "--relation", "supports", "--object", "Europol")
    assert "stand 2 times" in shell.refused("add", KEY, "--quote", QUOTE, *claim)
    sheet = Office(shell.folder, "https://example.org/").table(KEY).sheet
    last = [sentence.key for sentence in sheet.sentences if sentence.text == QUOTE][-1]
    shell.run("add", KEY, "--quote", QUOTE, *claim, "--sentence", last)
    made = log.read(shell.folder / "decisions").events[-1]
    assert made.evidence
    assert made.evidence.sentences == (last,)
