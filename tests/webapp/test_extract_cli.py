"""The commands that read documents: what they print, what they refuse, what they write, and how they end."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import ClassVar, cast

import pytest
from click.testing import CliRunner, Result

from graph import documents
from graph.curation import sidecar
from graph.errors import LiaisonError
from graph.extraction import explanation
from graph.inputs import find
from graph.reading import stored
from tests.few_rules import RULES, few_rules
from tests.graph.plugins.FAKE_chat_server import fake_server
from webapp.cli import cli
from webapp.commands import reading
from webapp.commands.reading import Desk, Outcome, Task

ROOT = Path(__file__).parents[2]
SPAIN = ROOT / "data/profiles/spain-2018-cse.txt"
PRACTICE = ROOT / "tests/graph/practice/inside"
OF = cache(Desk.of)
HYPERTEXT = PRACTICE / "profiles/netherlands-2020-drugs.html"


@pytest.fixture(scope="module")
def few(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with few rules, which no test changes."""
    return few_rules(data, tmp_path_factory.mktemp("few"))


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this process read the facts and rules of a folder once."""
    monkeypatch.setattr(Desk, "of", OF)


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A data folder with few rules, to be changed."""
    return few_rules(data, tmp_path / "own")


def liaison(*arguments: object) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def refusal(result: Result) -> str:
    """The sentence with which a command ended."""
    assert isinstance(result.exception, LiaisonError)
    return str(result.exception)


def replace_rules(own: Path, rules: str) -> None:
    """Put other rules into a data folder."""
    path = own / "rules/en/relations.yaml"
    head, _, _ = path.read_text(encoding="utf-8").partition("\nrules:")
    path.write_text(f"{head}\nrules:\n{rules}", encoding="utf-8")


def test_one_file_gives_one_object(few: Path) -> None:
    ended = liaison("extract", SPAIN, "--json", "--data", few)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert set(json.loads(ended.stdout)) == {"document", "actors", "claims", "remarks"}


def test_the_base_is_a_setting(few: Path) -> None:
    ended = liaison("extract", SPAIN, "--json", "--data", few, "--base", "https://example.org/")
    assert json.loads(ended.stdout)["document"]["country"]["iri"] == "https://example.org/id/country/ESP"


def test_several_files_give_a_line_each_and_what_cannot_be_read_is_said(few: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "sheet.xlsx").write_bytes(b"")
    ended = liaison(
        "extract", tmp_path / "picture.txt", SPAIN, tmp_path / "none.md", HYPERTEXT, tmp_path / "sheet.xlsx", "--json", "--data", few
    )
    assert ended.exit_code == 1
    assert [json.loads(line)["document"]["key"] for line in ended.stdout.splitlines()] == ["spain-2018-cse", "netherlands-2020-drugs"]
    for name in ("picture.txt", "none.md", "sheet.xlsx"):
        assert re.search(rf"liaison: .*{name}: .+; .+\.", ended.stderr)
    assert "3 of 5 files could not be read" in ended.stderr


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.md", "there is no such file; check that it exists and how its name is spelt."),
        ("none", "there is no such file; check that it exists and how its name is spelt."),
        ("folder", "this is a folder; name the files in it."),
        ("folder.txt", "this is a folder; name the files in it."),
        ("sheet.xlsx", "files ending in .xlsx cannot be read; save it as one of .md, .txt, .html, .htm, .pdf, .docx."),
    ],
)
def test_what_is_no_document_is_said_with_what_to_do(name: str, says: str, few: Path, tmp_path: Path) -> None:
    for folder in ("folder", "folder.txt"):
        (tmp_path / folder).mkdir()
    (tmp_path / "sheet.xlsx").write_bytes(b"")
    ended = liaison("extract", tmp_path / name, "--data", few)
    assert (ended.exit_code, ended.stderr) == (1, f"liaison: {tmp_path / name}: {says}\n")


@pytest.mark.parametrize("letter", ["\n", "\r", "\x1b", "\x85", "\u2028", "\u202e"], ids=ascii)
@pytest.mark.parametrize("command", ["extract", "add", "evaluate"])
def test_the_name_of_a_file_forges_no_line(command: str, letter: str, own: Path, tmp_path: Path) -> None:
    path = tmp_path / f"a{letter}liaison: all is well.json"
    path.write_text("{", encoding="utf-8")
    arguments = ["--gold", tmp_path, "--profiles", tmp_path] if command == "evaluate" else [path]
    ended = liaison(command, *arguments, "--data", own)
    told = ended.stderr + (str(ended.exception) if isinstance(ended.exception, LiaisonError) else "")
    written = letter.encode("unicode_escape").decode()
    assert f"a{written}liaison: all is well.json" in told
    assert f"a{letter}" not in told


def test_two_files_of_one_name_are_told_apart_by_their_paths(few: Path, tmp_path: Path) -> None:
    paths = [tmp_path / folder / "spain-2018-cse.txt" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        shutil.copy(SPAIN, path)
    told = [json.loads(line)["document"] for line in liaison("extract", *paths, "--json", "--data", few).stdout.splitlines()]
    assert [document["path"] for document in told] == list(map(str, paths))
    assert len({document["key"] for document in told}) == 1


def test_a_path_that_is_no_utf_8_is_written_out(few: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"spain-\xff.txt")
    shutil.copy(SPAIN, path)
    document = json.loads(liaison("extract", path, "--json", "--data", few).stdout)["document"]
    assert (document["path"], document["key"]) == (f"{tmp_path}/spain-\\xff.txt", "spain")


class Pool(ThreadPoolExecutor):
    """Stands for processes, and writes down how it was shut down."""

    waited: ClassVar[list[bool]] = []

    def __init__(self, jobs: int, _: object, begin: Callable[..., None], given: tuple[object, ...]) -> None:
        """As many threads as there would be processes."""
        super().__init__(jobs, "", begin, given)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as in the class above
        """Ends as it is told to."""
        self.waited.append(wait)
        super().shutdown(wait, cancel_futures=cancel_futures)


@pytest.mark.parametrize(("is_read", "waited"), [(True, True), (False, False)], ids=["all is read", "stopped before"])
def test_processes_are_waited_for_once_all_is_read(*, is_read: bool, waited: bool, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(reading, "_begin", lambda _: None)
    monkeypatch.setattr(reading, "_do", lambda path: Outcome(str(path)))
    monkeypatch.setattr(Pool, "waited", [])
    found = reading.outcomes([SPAIN, HYPERTEXT, SPAIN], Task(few, "https://example.org/", as_json=True), 2)
    assert next(iter(found)).text == str(SPAIN)
    if is_read:
        assert len(list(found)) == 2
    else:
        cast("Generator[Outcome]", found).close()
    assert Pool.waited[0] is waited


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--with-seconds", "nan"], "nan is no number of seconds"),
        (["--with-seconds", "inf"], "inf is no number of seconds"),
        (["--chat-url", "http://127.0.0.1:9"], "--chat-url is for the plug-in chat"),
        (["--chat-model", "fake", "--with", "other"], "--chat-model is for the plug-in chat"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(options: list[str], says: str, few: Path) -> None:
    ended = liaison("extract", SPAIN, "--data", few, *options)
    assert ended.exit_code == 2
    assert says in ended.stderr


def test_people_read_one_document_after_the_other(few: Path) -> None:
    ended = liaison("extract", SPAIN, HYPERTEXT, "--data", few)
    assert ended.stdout.startswith("spain-2018-cse\n")
    assert "\n\nnetherlands-2020-drugs\n" in ended.stdout


def test_several_processes_give_the_same_bytes_in_the_same_order(few: Path) -> None:
    files = sorted((PRACTICE / "profiles").iterdir())
    alone = liaison("extract", *files, "--json", "--data", few)
    together = liaison("extract", *files, "--json", "--data", few, "--jobs", 2)
    assert (alone.exit_code, together.exit_code) == (0, 0)
    assert alone.stdout == together.stdout
    assert len(alone.stdout.splitlines()) == len(files)


def test_a_bug_that_one_document_meets_does_not_cost_the_others(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, texts: Path | None = None) -> documents.Document:
        if path == HYPERTEXT:
            raise ZeroDivisionError
        return real(path, texts)

    real = documents.read
    monkeypatch.setattr("graph.documents.read", read)
    ended = liaison("extract", HYPERTEXT, SPAIN, "--json", "--data", few)
    assert ended.exit_code == 1
    assert json.loads(ended.stdout)["document"]["key"] == "spain-2018-cse"
    assert "cannot be analysed (ZeroDivisionError" in ended.stderr


HEEDING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
"""As at a terminal: whoever runs the tests in the background has Ctrl-C ignored, and its children with it."""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_control_c_loses_nothing_that_was_printed(jobs: str, few: Path, tmp_path: Path) -> None:
    files = []
    for number in range(400):
        files.append(tmp_path / f"spain-{number}.txt")
        files[-1].symlink_to(SPAIN)
    command = [sys.executable, "-c", HEEDING, "-m", "webapp.cli", "extract", *map(str, files), "--json", "--data", str(few), "--jobs", jobs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout
        first = process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        rest, told = process.communicate(timeout=120)
        assert process.returncode == 130
    keys = [json.loads(line)["document"]["key"] for line in (first + rest).splitlines()]
    assert keys == [f"spain-{number}" for number in range(len(keys))]
    assert f"stopped after {len(keys)} of 400 files" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_plug_in_that_is_not_there_is_said_before_anything_is_read(jobs: str, few: Path) -> None:
    ended = liaison("extract", SPAIN, HYPERTEXT, "--with", "nobody", "--data", few, "--jobs", jobs)
    assert "there is no plug-in 'nobody'" in refusal(ended)
    assert ended.stdout == ""


def test_the_key_of_the_endpoint_comes_from_the_environment_only(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_CHAT_KEY", "FAKE-key")
    seen = []
    monkeypatch.setattr("webapp.commands.extract.outcomes", lambda _, task, __: seen.extend(task.plugins) or iter(()))
    liaison(
        "extract", SPAIN, "--with", "chat", "--with", "other", "--chat-url", "http://127.0.0.1:9", "--chat-model", "fake", "--data", few
    )
    assert [wanted.name for wanted in seen] == ["chat", "other"]
    assert (seen[0].settings["key"], seen[1].settings) == ("FAKE-key", {})
    assert "--chat-key" not in liaison("extract", "--help").stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_plug_in_adds_claims_for_review(jobs: str, few: Path) -> None:
    claim = {
        "subject": "Spain", "relation": "funds", "object": "Europol", "quote": "Spain co-drives the CSE EMPACT Group in Europol.",
        "polarity": "affirmed", "modality": "asserted", "score": 1,
    }  # fmt: skip
    with fake_server() as server:
        server.claims = [claim, claim | {"quote": "Spain funds Europol."}]
        chat = ("--with", "chat", "--chat-url", f"http://127.0.0.1:{server.server_port}", "--chat-model", "fake")
        ended = liaison("extract", SPAIN, SPAIN, "--json", *chat, "--data", few, "--jobs", jobs)
    for line in ended.stdout.splitlines():
        told = json.loads(line)
        found = [(claim["predicate"], claim["state"]) for claim in told["claims"] if claim["rule"] == "plugin:chat@1/fake"]
        assert found == [("funds", "review")]
        assert any("2 quotes: 1 for review, 1 refused" in remark for remark in told["remarks"])
    assert len(ended.stdout.splitlines()) == 2


@pytest.mark.parametrize(("file", "key"), [(SPAIN, "atlantis-2018-cse"), (HYPERTEXT, "atlantis-2020")], ids=["text", "hypertext"])
def test_a_document_is_added_byte_for_byte(file: Path, key: str, own: Path) -> None:
    ended = liaison("add", file, "--key", key, "--data", own)
    assert ended.exit_code == 0
    target = own / f"profiles/{key}{file.suffix}"
    assert target.read_bytes() == file.read_bytes()
    assert sidecar.read(own / f"claims/{key}.yaml").profile == key
    assert stored.is_kept(own / "texts", key) == (file is HYPERTEXT)
    assert documents.read(target, own / "texts").key == key
    assert [item.key for item in find(own).profiles] == [key]
    assert "liaison check" in ended.stdout


def test_a_file_of_any_name_gets_a_key(own: Path, tmp_path: Path) -> None:
    shutil.copy(SPAIN, tmp_path / "España 2018.TXT")
    assert liaison("add", tmp_path / "España 2018.TXT", "--data", own).exit_code == 0
    assert (own / "profiles/espana-2018.txt").is_file()


@pytest.mark.parametrize("taken", ["profiles/spain-2018-cse.md", "claims/spain-2018-cse.yaml", "texts/spain-2018-cse.json"])
def test_nothing_is_overwritten(taken: str, own: Path) -> None:
    (own / taken).parent.mkdir()
    (own / taken).write_text("there before")
    assert "nothing is overwritten" in refusal(liaison("add", SPAIN, "--data", own))
    assert (own / taken).read_text() == "there before"
    assert [path.name for path in own.rglob("spain*")] == [Path(taken).name]


def test_what_cannot_be_written_leaves_nothing_behind(own: Path) -> None:
    (own / "claims").write_text("no folder")
    assert "cannot be written" in refusal(liaison("add", SPAIN, "--data", own))
    assert list((own / "profiles").iterdir()) == []


def test_a_file_in_capitals_gets_a_key_in_small_letters(own: Path, tmp_path: Path) -> None:
    shutil.copy(SPAIN, tmp_path / "Spain-2018.txt")
    assert liaison("add", tmp_path / "Spain-2018.txt", "--data", own).exit_code == 0
    assert [item.key for item in find(own).profiles] == ["spain-2018"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--key", "a b"], "'a b' is no key"),
        (["--key", ""], "'' is no key; with --key write small letters a to z, digits and hyphens between them, such as spain-2018-cse."),
        (["--key", "Spain"], "'Spain' is no key; with --key write small letters"),
        (["--data", "no-such-folder"], "no data folder"),
    ],
)
def test_a_document_that_cannot_be_added_is_refused(arguments: list[str], says: str, own: Path) -> None:
    assert says in refusal(liaison("add", SPAIN, "--data", own, *arguments))
    assert not (own / "profiles").exists()


def test_a_file_that_cannot_be_read_is_not_added(own: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert "the file is empty" in refusal(liaison("add", tmp_path / "empty.txt", "--data", own))
    assert not (own / "profiles").exists()


def test_the_shipped_copy_is_not_added_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "the copy that came with Liaison" in refusal(liaison("add", SPAIN))


def test_what_is_extracted_is_compared_with_gold(few: Path) -> None:
    arguments = ("evaluate", "--profiles", PRACTICE / "profiles", "--gold", PRACTICE / "gold", "--data", few)
    words, listed, fields = liaison(*arguments), liaison(*arguments, "--mistakes"), liaison(*arguments, "--json", "--tier", "fit")
    assert (words.exit_code, listed.exit_code, fields.exit_code) == (0, 0, 0)
    assert words.stdout.startswith("Tier inside: documents: 8\n")
    assert len(listed.stdout) > len(words.stdout)
    told = json.loads(fields.stdout)
    assert ([tier["name"] for tier in told["tiers"]], len(told["documents"]), told["aside"]) == (["fit"], 8, [])
    assert all(told["tiers"][0]["fields"][name]["wrong"] == 0 for name in ("country", "year"))


def test_a_document_that_is_missing_counts_as_unread(few: Path, tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    shutil.copytree(PRACTICE / "gold", tmp_path / "gold")
    (tmp_path / "gold/broken.json").write_text("{")
    (tmp_path / "profiles/austria-2010-thb.txt").write_bytes(b"")
    for name in ("profiles/croatia-2016-firearms.md", "profiles/denmark-2022-cybercrime.md"):
        shutil.copy(PRACTICE / name, tmp_path / name)
    ended = liaison("evaluate", "--profiles", tmp_path / "profiles", "--gold", tmp_path / "gold", "--data", few, "--json")
    tier = json.loads(ended.stdout)["tiers"][0]
    assert len(tier["unread"]) == 6
    for words in ("broken.json", "no document 'ireland-2013-property-crime'", "austria-2010-thb.txt"):
        assert words in ended.stderr


def test_a_folder_without_gold_is_refused(few: Path, tmp_path: Path) -> None:
    assert "no gold file" in refusal(liaison("evaluate", "--profiles", tmp_path, "--gold", tmp_path, "--data", few))


def test_what_is_wrong_with_gold_is_said_also_where_none_is_left(few: Path, tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "folder.json").mkdir()
    ended = liaison("evaluate", "--profiles", tmp_path, "--gold", tmp_path, "--data", few)
    assert "no gold file that can be read" in refusal(ended)
    for words in ("deep.json: the file holds lists or objects too deep", "folder.json: this is a folder; "):
        assert f"liaison: {tmp_path}/{words}" in ended.stderr


def test_the_tests_of_the_rules_are_run(few: Path) -> None:
    ended = liaison("rules", "test", "--data", few)
    assert ended.exit_code == 0
    assert re.search(r"^[1-9]\d* tests, 0 do not hold, 0 rules without one$", ended.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("test", "says"),
    [
        ('{text: "Spain co-drives EMPACT CSE.", expect: ["Spain leads EMPACT"]}', "expected, not found: Spain leads EMPACT"),
        ('{text: "Spain co-drives EMPACT CSE.", expect: []}', "found, not expected: Spain coDrives EMPACT"),
        (
            '{text: "Spain co-drives EMPACT CSE.", expect: ["Spain coDrives EMPACT planned"]}',
            "expected, not found: Spain coDrives EMPACT planned",
        ),
    ],
    ids=["missing", "surplus", "meant otherwise"],
)
def test_a_test_that_does_not_hold_is_shown_and_rules_without_one_are_named(test: str, says: str, own: Path) -> None:
    replace_rules(
        own,
        f"- {{id: co-drives, relation: coDrives, verbs: [co-drive], tests: [{test}]}}\n- {{id: bare, relation: leads, verbs: [lead]}}\n",
    )
    ended = liaison("rules", "test", "--data", own)
    assert ended.exit_code == 1
    for words in ("co-drives: “Spain co-drives EMPACT CSE.”", says, "without a test: bare", "1 tests, 1 do not hold, 1 rules without one"):
        assert words in ended.stdout


@pytest.mark.parametrize(
    "test", ["words", "{text: Spain, expects: []}", "{text: Spain, expect: [Spain leads]}", "{text: Spain, expect: [nothing]}"]
)
def test_a_test_that_is_none_is_refused(test: str, own: Path) -> None:
    replace_rules(own, f"- {{id: bare, relation: leads, verbs: [lead], tests: [{test}]}}\n")
    assert "the rule 'bare' has a test" in refusal(liaison("rules", "test", "--data", own))


def test_a_sentence_is_explained(few: Path) -> None:
    ended = liaison("rules", "explain", "We will not co-drive the CSE EMPACT Group. It is a partner.", "--country", "esp", "--data", few)
    assert ended.exit_code == 0
    for words in (
        "“We”: Spain, state, found as",
        "“CSE EMPACT Group”: EMPACT project on child sexual exploitation",
        "“not”: negated",
        "co-drives: Spain coDrives EMPACT project on child sexual exploitation",
        "[0 Spain: State] will not co-drive",
        "rules that nearly fired",
        "“It is a partner.”",
    ):
        assert words in ended.stdout


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("", "there are no words in it"),
        (" \n", "there are no words in it"),
        ("===", "there is no sentence in it"),
        ("a" * (explanation.MOST + 1), "it has 20,001 letters, and 20,000 are the most"),
        ("Spain \udcff leads.", "it holds bytes that are no text in UTF-8"),
    ],
    ids=["nothing", "spaces", "a line", "too much", "no UTF-8"],
)
def test_what_is_no_sentence_is_not_explained(sentence: str, says: str, few: Path) -> None:
    ended = liaison("rules", "explain", sentence, "--data", few)
    assert ended.exit_code == 2
    assert says in ended.stderr


BARE = "id: bare, relation: leads, verbs: [lead]"


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (f"- {{{BARE}}}\n- {{{BARE}}}\n", "two rules have the id 'bare'; give each rule an id of its own."),
        (f"- {{{BARE}, patern: []}}\n", "the rule 'bare' has a field 'patern', which is unknown; use one of confidence, "),
        (
            f'- {{{BARE}, patterns: [{{pattern: "{{s}} heads {{o}}", modal: planned}}]}}\n',
            "the rule 'bare': the pattern '{s} heads {o}' has a field 'modal', which is unknown; use one of apposed, ",
        ),
        (f"- {{{BARE}, patterns: [{{object: $group}}]}}\n", "the rule 'bare': {'object': '$group'} is no pattern"),
        (f"- {{{BARE}, object: Wizard}}\n", "the rule 'bare' names the class 'Wizard', which is not in the ontology; use a class"),
        (f"- {{{BARE}, subject: [State, =Wizard]}}\n", "the rule 'bare' names the class '=Wizard', which is not in the ontology"),
        (
            f'- {{{BARE}, patterns: ["{{s:Wizard}} heads {{o}}"]}}\n',
            "the rule 'bare' names the class 'Wizard', which is not in the ontology",
        ),
        (f"- {{{BARE}, confidence: high}}\n", "the rule 'bare' has the confidence 'high'; write a number from 0 to 1."),
        ("- bare\n", "'bare' is no rule; give each rule an id and a relation."),
    ],
    ids=[
        "an id twice",
        "a field",
        "a field of a pattern",
        "no pattern",
        "a class",
        "a class alone",
        "a class in a pattern",
        "words",
        "none",
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_with_file_line_and_reason(rules: str, says: str, own: Path) -> None:
    replace_rules(own, rules)
    place = re.escape(str(own / "rules/en/relations.yaml"))
    assert re.search(rf"{place}:\d+: {re.escape(says)}", refusal(liaison("rules", "list", "--data", own)))


def test_the_rules_are_listed(few: Path) -> None:
    lines = liaison("rules", "list", "--data", few).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["rule", *sorted(RULES, key=[line.split()[0] for line in lines].index)]
    assert re.search(r"co-drives +coDrives +0\.90 +\d+ +\d+", "\n".join(lines))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rules", "test", "--language", "xx"], "no rules for the language 'xx'; there are rules for: en"),
        (["rules", "explain", "Spain.", "--country", "XXX"], "there is no country 'XXX'"),
    ],
)
def test_what_rules_cannot_do_is_said(arguments: list[str], says: str, few: Path) -> None:
    assert says in refusal(liaison(*arguments, "--data", few))
