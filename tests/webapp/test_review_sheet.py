"""What waits, in a spreadsheet: written, decided on row by row, and entered; what cannot be used is named, and costs no other row."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from graph.decisions import log
from graph.errors import DecisionError
from tests.webapp import test_review_cli
from tests.webapp.review.test_refusals import RULE, SAYS
from tests.webapp.test_review_cli import KEY, NGOS, QUOTE, Shell
from webapp.cli import cli
from webapp.review.sheets import COLUMNS

shell = test_review_cli.shell
Change = Callable[[dict[str, str]], Mapping[str, str]]


def sheet(shell: Shell) -> list[dict[str, str]]:
    """The rows of the sheet, as a spreadsheet reads them."""
    text = shell.run("sheet", KEY).stdout_bytes.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def saved(rows: list[dict[str, str]], path: Path, separator: str = ",") -> Path:
    """The sheet as a spreadsheet saves it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def enter(shell: Shell, path: Path) -> Result:
    """Enter it, however that ends."""
    return CliRunner().invoke(cli, ["review", "enter", str(path), "--data", str(shell.folder)])


def test_each_claim_that_waits_is_a_row_with_its_words_and_nothing_is_decided(shell: Shell, tmp_path: Path) -> None:
    rows = sheet(shell)
    assert [row["claim"] for row in rows] == [card["words"] for card in shell.queue()]
    assert {row["act"] for row in rows} == {row["note"] for row in rows} == {""}
    assert all(row["quote"] and row["line"].isdecimal() and row["waits"] == "uncertainty" for row in rows)
    assert enter(shell, saved(rows, tmp_path / "a.csv")).output.startswith("0 recorded, 0 said before, 0 set aside")
    assert shell.acts == []


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["commas", "semicolons", "tabs"])
def test_what_is_written_into_rows_is_recorded_once(separator: str, shell: Shell, tmp_path: Path) -> None:
    rows = sheet(shell)
    chosen = next(row for row in rows if row["claim"] == NGOS)
    other = next(row for row in rows if row is not chosen and not row["obstacles"])
    chosen |= {"act": " Accept ", "note": "clear; and simple"}
    other |= {"act": "reject"}
    path = saved(rows, tmp_path / "a.csv", separator)
    ended = enter(shell, path)
    assert (ended.exit_code, ended.stdout) == (0, "2 recorded, 0 said before, 0 set aside\n")
    assert {(event.act, event.note) for event in log.read(shell.folder / "decisions").events} == {
        ("accept", "clear; and simple"),
        ("reject", ""),
    }
    assert NGOS not in [row["claim"] for row in sheet(shell)]
    assert enter(shell, path).stdout == "0 recorded, 2 said before, 0 set aside\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(lambda _: {"act": "yes"}, "'yes' is no act of a sheet; write accept or reject", id="no-act"),
        pytest.param(
            lambda _: {"card": "5.3E+10"}, "the cell card has been changed; leave it as it was written", id="a-number-of-a-spreadsheet"
        ),
        pytest.param(lambda row: {"card": row["card"].replace("/", "/0", 1)}, "any more; write the sheet anew", id="another-claim"),
        pytest.param(lambda row: {"card": row["card"][:-1]}, "have changed since they were shown; load them again", id="other-words"),
        pytest.param(lambda row: {"card": "nothing" + row["card"]}, "there is no profile", id="another-profile"),
        pytest.param(lambda _: {"note": "a\u202eb"}, "a character that nobody can see", id="a-note-that-turns-round"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_goes_on(change: Change, told: str, shell: Shell, tmp_path: Path) -> None:
    rows = [row for row in sheet(shell) if not row["obstacles"]]
    rows[0] |= {"act": "reject"} | change(rows[0])
    rows[1] |= {"act": "reject"}
    path = saved(rows, tmp_path / "a.csv")
    ended = enter(shell, path)
    assert ended.exit_code == 1
    assert ended.stdout == "1 recorded, 0 said before, 1 set aside\n"
    assert f"{path}:2" in ended.stderr
    assert told in ended.stderr
    assert shell.acts == ["reject"]


def test_what_the_shapes_would_refuse_cannot_be_accepted_by_a_sheet_either(shell: Shell, tmp_path: Path) -> None:
    path = shell.folder / "rules/en/relations.yaml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**values, "rules": [*values["rules"], RULE]}, allow_unicode=True), encoding="utf-8")
    shell.edit(QUOTE, f"{QUOTE} Spain has signed Europol.")
    rows = sheet(shell)
    (refused,) = (row for row in rows if row["obstacles"])
    assert SAYS in refused["obstacles"]
    refused["act"] = "accept"
    ended = enter(shell, saved(rows, tmp_path / "a.csv"))
    assert ended.stdout == "0 recorded, 0 said before, 1 set aside\n"
    assert shell.acts == []


def test_a_claim_that_stands_twice_is_decided_on_once(shell: Shell, tmp_path: Path) -> None:
    row = next(row for row in sheet(shell) if not row["obstacles"])
    ended = enter(shell, saved([row | {"act": "accept"}, row | {"act": "reject"}], tmp_path / "a.csv"))
    assert ended.stdout == "1 recorded, 0 said before, 1 set aside\n"
    assert "stands in an earlier row as well" in ended.stderr
    assert shell.acts == ["accept"]


@pytest.mark.parametrize("text", ["", "id,act\n1,2\n", "act,act,note,card\n"], ids=["empty", "another-table", "a-column-twice"])
def test_what_is_no_sheet_is_refused(text: str, shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    ended = enter(shell, path)
    assert isinstance(ended.exception, DecisionError)
    assert "does not name the columns act, note and card" in str(ended.exception)
