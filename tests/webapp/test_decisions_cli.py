"""`liaison decisions`: what goes out comes in, once, and what cannot be used is said in a sentence."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.decisions import events, spreadsheet
from graph.decisions.events import undo
from graph.decisions.log import read, record
from graph.decisions.records import End
from graph.errors import LiaisonError
from graph.text import sha256
from tests.graph.decisions.making import HERE, PROFILE, TEXT, act, at, claim, pair
from webapp import config
from webapp.cli import cli
from webapp.commands import decisions

DATA = Path(__file__).parents[2] / "data"
REJECT = act("reject", "ana", 2, claim("supports"))
EVENTS = (act("accept", "ana", 1), REJECT, pair("merge", "ben", 3, "a", "b"), undo(REJECT, "ana", at(4)))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A data folder with decisions."""
    record(tmp_path / "here/decisions", EVENTS)
    return tmp_path / "here"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """One without any."""
    (tmp_path / "there").mkdir()
    return tmp_path / "there"


def liaison(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["decisions", *map(str, arguments)])


def refusal(*arguments: object) -> str:
    error = liaison(*arguments).exception
    assert isinstance(error, LiaisonError)
    assert str(error).count("\n") == 0
    return str(error)


def test_a_table_takes_every_decision_to_another_folder_once(here: Path, there: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert liaison("export", "--format", "csv", "--data", here, "--output", file).exit_code == 0
    assert liaison("import", file, "--data", there).output == "4 recorded, 0 there already, 0 set aside\n"
    assert read(there / "decisions") == read(here / "decisions")
    assert liaison("import", file, "--data", there).output == "0 recorded, 4 there already, 0 set aside\n"
    assert read(there / "decisions").lines == 4


def test_annotations_take_what_stands_on_words(here: Path, there: Path, tmp_path: Path) -> None:
    ended = liaison("export", "--data", here)
    assert "3 of 4 decisions are undone or about no words" in ended.stderr
    file = tmp_path / "all.jsonld"
    file.write_text(ended.stdout, encoding="utf-8")
    assert liaison("import", file, "--data", there).output == "1 recorded, 0 there already, 0 set aside\n"
    assert read(there / "decisions").events == EVENTS[:1]


def test_the_decisions_on_one_profile(here: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    liaison("export", PROFILE, "--format", "csv", "--data", here, "--output", file)
    assert {event.profile for event in spreadsheet.read(file.read_bytes(), file).events} == {PROFILE}
    assert "there are no decisions on this profile" in refusal("export", "france-2018-cse", "--data", here)


def test_what_is_set_aside_is_told_and_the_rest_is_recorded(here: Path, there: Path, tmp_path: Path) -> None:
    made = json.loads(liaison("export", "--data", here).stdout)
    file = tmp_path / "some.jsonld"
    file.write_text(json.dumps([{**made[0], "created": EVENTS[1].at}, {"body": {"type": "TextualBody"}}, *made]), encoding="utf-8")
    ended = liaison("import", file, "--data", there)
    assert (ended.exit_code, ended.stdout) == (1, "1 recorded, 0 there already, 2 set aside\n")
    told = ended.stderr.splitlines()
    assert [line.startswith(f"liaison: {file}: annotation {number}: ") for number, line in enumerate(told, 1)] == [True, True]


def retired(data: Path, span: str) -> None:
    (data / "profiles").mkdir()
    text = data / f"profiles/{PROFILE}.txt"
    text.write_text(TEXT, encoding="utf-8")
    row = f"profile/{PROFILE},,{span},2026-03-01,names a person\n"
    (data / "decisions/retired.csv").write_text("reference,successor,start,end,text_hash,date,reason\n" + row, encoding="utf-8")


@pytest.mark.parametrize(("span", "left"), [(f"0,5,{sha256(TEXT.encode())}", 2), (f"32,40,{sha256(TEXT.encode())}", 2), (",,", 1)])
def test_words_that_are_withdrawn_do_not_go_out(here: Path, span: str, left: int) -> None:
    far = act("accept", "ana", 9, claim("leads"), on=HERE.model_copy(update={"quote": "Far", "start": 900, "end": 903, "suffix": ""}))
    record(here / "decisions", [far])
    shutil.copytree(DATA / "authority", here / "authority")
    retired(here, span)
    ended = liaison("export", "--format", "csv", "--data", here)
    kept = spreadsheet.read(ended.stdout_bytes, Path("a.csv")).events
    assert len(kept) == left
    assert "decisions hold words that are withdrawn, and are left out." in ended.stderr
    assert "Spain is" not in ended.stdout


def test_a_document_that_cannot_be_read_is_told_and_the_rest_goes_out(here: Path) -> None:
    other = events.new("complete", "ana", at(9), profile="france-2018-cse", text_hash="0" * 64)
    record(here / "decisions", [other])
    shutil.copytree(DATA / "authority", here / "authority")
    retired(here, f"0,5,{sha256(TEXT.encode())}")
    (here / f"profiles/{PROFILE}.txt").write_bytes(b"\xff\xfe\x00")
    ended = liaison("export", "--format", "csv", "--data", here)
    assert ended.exit_code == 1
    assert f"profiles/{PROFILE}.txt:1: byte 0 is not UTF-8" in ended.stderr
    assert "3 of 5 decisions hold words that are withdrawn" in ended.stderr
    assert spreadsheet.read(ended.stdout_bytes, Path("a.csv")).events == (EVENTS[2], other)


def test_a_merge_that_names_an_actor_by_withdrawn_words_does_not_go_out(here: Path) -> None:
    hidden = End(reference=f"body/{PROFILE}-spain", name="Spain", kind="body")
    record(here / "decisions", [events.new("merge", "ana", at(9), actor=hidden, other=End(reference="body/b", name="B"))])
    shutil.copytree(DATA / "authority", here / "authority")
    retired(here, f"0,5,{sha256(TEXT.encode())}")
    ended = liaison("export", "--format", "csv", "--data", here)
    assert spreadsheet.read(ended.stdout_bytes, Path("a.csv")).events == (EVENTS[2],)


def test_a_line_that_is_no_event_is_told_when_the_rest_is_exported(here: Path) -> None:
    with (here / f"decisions/{PROFILE}.jsonl").open("a", encoding="utf-8") as file:
        file.write("cut off")
    ended = liaison("export", "--format", "csv", "--data", here)
    assert ended.exit_code == 1
    assert f"{PROFILE}.jsonl:4: the line is no JSON" in ended.stderr
    assert spreadsheet.read(ended.stdout_bytes, Path("a.csv")).events == read(here / "decisions").events


def test_what_cannot_be_done_is_said_in_a_sentence(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there is no such file" in refusal("import", tmp_path / "none.csv", "--data", here)
    assert "this is a folder" in refusal("import", tmp_path, "--data", here)
    assert "there is no such folder" in refusal("import", tmp_path / "none.csv", "--data", tmp_path / "none")
    assert "the file cannot be written" in refusal("export", "--data", here, "--output", tmp_path / "none/a")
    file = tmp_path / "a.csv"
    file.write_text("a,b\n")
    assert "does not name the columns" in refusal("import", file, "--data", here)
    assert "no JSON that can be read" in refusal("import", file.rename(tmp_path / "a.json"), "--data", here)
    monkeypatch.setattr(decisions, "_MOST_BYTES", 1)
    assert "export the profiles one by one" in refusal("import", tmp_path / "a.json", "--data", here)


def test_the_copy_that_came_with_liaison_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config, "shipped_data", lambda: tmp_path / "shipped")
    assert "name a data folder of your own" in refusal("import", "a.csv", "--data", tmp_path / "shipped")
