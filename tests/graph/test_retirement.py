"""What people take back: rows that do not hold stop the build, and withdrawn words stand nowhere afterwards."""

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import ledger, retirement
from graph.authority.tables import Line
from graph.build import build
from graph.documents import Document, read
from graph.errors import LiaisonError, ReleaseRefused, SettingError, TableError
from graph.iris import Iris
from graph.release import Releases
from graph.retirement import COLUMNS, Notice, Passage, Retirement, blanked, load, record
from graph.spans import Span
from graph.text import BLANK, sha256
from graph.withdrawal import Withdrawal, withdraw

CASES = Path(__file__).parent / "cases"
IRIS = Iris()
KEY = "spain-2018-cse"
REFERENCE = f"profile/{KEY}"
WORDS = "Spanish LEAs has relationships with a lot of NGOs who collaborate actively in the prevention and prosecution of CSE crimes"
DAY = "2026-03-01"
ROW = Line(Path("retired.csv"), 2, {})


def quiet(_: str) -> None:
    """Hear of the stations and say nothing."""


@pytest.fixture
def small(one_release: Path, tmp_path: Path) -> Path:
    """Data with one profile and few names, memberships and rules, to be changed."""
    return shutil.copytree(one_release / "data", tmp_path / "data")


@pytest.fixture
def former(one_release: Path, tmp_path: Path) -> Releases:
    """A folder of releases with one release of the small data."""
    return Releases(shutil.copytree(one_release / "releases", tmp_path / "releases"))


def decide(folder: Path, *rows: str) -> Path:
    """Write a table of decisions with these rows."""
    path = folder / retirement.PLACE
    path.parent.mkdir()
    path.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return path


def holding(folder: Path, words: str) -> list[Path]:
    """Files anywhere below a folder that hold these words."""
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def subjects(releases: Releases) -> set[str]:
    """References of all that the current release says something of."""
    rows = releases.current().view.select("SELECT DISTINCT ?s WHERE { ?s ?p ?o }")
    return {reference for row in rows if (reference := IRIS.reference(row["s"].value))}


def wrong() -> list[dict[str, str]]:
    """Rows that do not hold, and what is said of them."""
    with (CASES / "bad-retired.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", wrong(), ids=lambda case: case["name"])
def test_a_row_that_does_not_hold_is_refused_with_its_line(case: dict[str, str], tmp_path: Path) -> None:
    path = decide(tmp_path, "body/first,,,,,2026-03-01,a reason", case["row"].replace("HASH", "0" * 64))
    with pytest.raises(TableError) as refused:
        load(tmp_path)
    assert str(refused.value).startswith(f"{path}:3: {case['said']}")
    assert refused.value.stops


def test_no_table_retires_nothing(tmp_path: Path) -> None:
    assert load(tmp_path) == Retirement()


def test_a_column_that_is_missing_is_refused(tmp_path: Path) -> None:
    path = decide(tmp_path)
    path.write_text("reference,successor\n", encoding="utf-8")
    with pytest.raises(TableError, match="the column 'start' is missing"):
        load(tmp_path)


def test_a_successor_that_is_retired_itself_is_followed() -> None:
    after = {"body/a": "body/b", "body/b": "body/c"}
    found = Retirement({reference: Notice(ROW, reference, successor, DAY, "x") for reference, successor in after.items()})
    found.hold({"body/c"})
    assert {reference: notice["successor"] for reference, notice in found.described().items()} == {"body/a": "body/c", "body/b": "body/c"}
    with pytest.raises(TableError, match="the successor body/c of body/a is not in the graph"):
        found.hold({"body/x"})


def test_two_that_succeed_each_other_are_refused() -> None:
    after = {"body/a": "body/b", "body/b": "body/a"}
    found = Retirement({reference: Notice(ROW, reference, successor, DAY, "x") for reference, successor in after.items()})
    with pytest.raises(TableError, match="is not in the graph"):
        found.hold({"body/c"})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param("body/europol,,,,,2026-03-01,a test", "body/europol is retired and the graph still holds it", id="still there"),
        pytest.param("body/old,body/no-such,,,,2026-03-01,a test", "the successor body/no-such of body/old", id="no such successor"),
        pytest.param(f"{REFERENCE},,3,9,{'0' * 64},2026-03-01,a test", "withdrawn from another text", id="another text"),
    ],
)
def test_a_decision_that_the_data_contradict_stops_the_build(row: str, said: str, small: Path, former: Releases) -> None:
    before = former.current_id()
    path = decide(small, row)
    with pytest.raises(LiaisonError) as refused:
        build(small, former.folder, tell=quiet)
    assert str(refused.value).startswith(f"{path}:2: ")
    assert said in str(refused.value)
    assert former.current_id() == before
    assert not (former.folder / ledger.GONE).exists()


def test_what_a_release_lacks_is_written_down_with_the_last_one_that_held_it(small: Path, former: Releases) -> None:
    before = former.current()
    path = small / "authority" / "topics.csv"
    rows = path.read_bytes().splitlines(keepends=True)
    key = rows[-1].partition(b",")[0].decode()
    path.write_bytes(b"".join(rows[:-1]))
    decide(small, f"topic/{key},topic/cybercrime,,,,{DAY},two rows for one topic")
    there = subjects(former)
    build(small, former.folder, tell=quiet)
    gone = {entry["reference"]: entry for entry in ledger.entries(former.folder / ledger.GONE)}
    assert set(gone) == {reference for reference in there - subjects(former) if "#" not in reference}
    assert gone[f"topic/{key}"] == {"reference": f"topic/{key}", "release": before.id, "date": before.manifest["built"][:10]}
    assert former.current().manifest["retired"] == {
        f"topic/{key}": {"successor": "topic/cybercrime", "date": DAY, "reason": "two rows for one topic"}
    }
    shutil.rmtree(small / "decisions")
    path.write_bytes(b"".join(rows))
    assert build(small, former.folder, tell=quiet).release == before.id
    assert f"topic/{key}" in subjects(former)


def test_a_line_that_was_cut_off_spoils_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / ledger.GONE
    path.write_bytes(b'{"reference": "body/a"}\n{"refer')
    ledger.append(path, [{"reference": "body/ü"}])
    assert ledger.entries(path) == [{"reference": "body/a"}, {"reference": "body/ü"}]


@given(st.text(min_size=1), st.data())
def test_blanks_move_nothing(text: str, drawn: st.DataObject) -> None:
    start = drawn.draw(st.integers(0, len(text) - 1))
    end = drawn.draw(st.integers(start + 1, len(text)))
    whole = text.encode("utf-8", "surrogatepass")
    document = Document("a", Path("a.txt"), text, "text/plain", sha256(whole), sha256(whole))
    hidden = retirement._HIDDEN.sub(lambda found: found[1] or BLANK, text[start:end])  # noqa: SLF001  # surrogates cannot be hashed
    assert len(hidden) == end - start
    assert [place for place, sign in enumerate(hidden) if sign in "\r\n"] == [
        place for place, sign in enumerate(text[start:end]) if sign in "\r\n"
    ]
    assert not any(sign.isalnum() for sign in hidden)
    assert blanked(document, ()) is document


def test_withdrawn_words_stand_nowhere_and_the_rest_stays(small: Path, former: Releases) -> None:
    before, there = former.current(), subjects(former)
    assert holding(former.folder, WORDS)
    text = read(small / "profiles" / f"{KEY}.txt").text
    touched = {row["key"].value for row in before.view.select(
        IRIS.header() + "SELECT ?key WHERE { ?key liaison:hasEvidence/liaison:quote ?q FILTER(CONTAINS(?q, 'NGOs') || CONTAINS(?q, 'Spanish LEAs')) }"
    )}  # fmt: skip
    heard: list[str] = []
    report = withdraw(Withdrawal(REFERENCE, "names  a person", DAY, f" {WORDS}\n"), small, former.folder, tell=heard.append)
    said = "\n".join([*heard, *report.lines()])
    for place in (former.folder, small / "decisions"):
        assert holding(place, WORDS) == []
        assert holding(place, "a lot of NGOs") == []
    assert "NGOs" not in said
    assert said.count("quotes or repeats a withdrawn passage") == 2
    assert said.count("an end of the claim is an actor that was set aside") == 3
    now = former.current()
    shown = {row["t"].value for row in now.view.select(IRIS.header() + "SELECT ?t WHERE { ?s liaison:text ?t }")}
    hidden = blanked(read(small / "profiles" / f"{KEY}.txt"), load(small).passages_of(KEY))
    assert len(hidden.text) == len(text)
    assert any(BLANK * 20 in sentence and sentence in hidden.text for sentence in shown)
    hashes = now.view.select(IRIS.header() + "SELECT ?h WHERE { $profile liaison:textHash ?h }", profile=IRIS.thing(REFERENCE))
    assert [row["h"].value for row in hashes] == [sha256(hidden.text.encode())]
    kept = {reference for reference in there if reference.startswith("claim/")} - {
        reference for iri in touched if (reference := IRIS.reference(iri))
    }
    assert len(kept) > 100
    assert kept <= subjects(former)
    sentences = {reference for reference in there - subjects(former) if reference.startswith("sentence/") and "#" not in reference}
    assert len(sentences) == 1, "no other sentence has changed its key"
    assert now.manifest["retired"] == {}
    assert former.ids() == [now.id]
    assert not [path for path in former.folder.glob("cache/**/*") if path.is_file()]
    assert ledger.entries(former.folder / ledger.WITHDRAWN) == [
        {"release": before.id, "reference": REFERENCE, "date": DAY, "reason": "names a person"}
    ]
    again = withdraw(Withdrawal(REFERENCE, "names a person", DAY, WORDS), small, former.folder, tell=quiet)
    assert again.unchanged
    assert len(load(small).passages) == 1


def test_a_withdrawn_document_is_left_out_and_its_file_stays(small: Path, former: Releases) -> None:
    before, there = former.current(), subjects(former)
    bytes_before = (small / "profiles" / f"{KEY}.txt").read_bytes()
    heard: list[str] = []
    withdraw(Withdrawal(REFERENCE, "the publisher asked", DAY), small, former.folder, tell=heard.append)
    assert f"profile     {KEY}: withdrawn" in heard
    assert f"removed     release {before.id}, which held {REFERENCE}" in heard
    assert (small / "profiles" / f"{KEY}.txt").read_bytes() == bytes_before
    now = former.current()
    assert now.manifest["profiles"] == []
    assert now.manifest["retired"] == {REFERENCE: {"successor": "", "date": DAY, "reason": "the publisher asked"}}
    assert holding(former.folder, WORDS) == []
    gone = {entry["reference"] for entry in ledger.entries(former.folder / ledger.GONE)}
    assert {reference for reference in there if reference.startswith(f"sentence/{KEY}") and "#" not in reference} <= gone
    assert withdraw(Withdrawal(REFERENCE, "again", DAY), small, former.folder, tell=quiet).unchanged
    assert len(load(small).notices) == 1


def test_a_refused_build_says_that_the_old_release_is_still_served_and_the_next_try_ends_it(small: Path, former: Releases) -> None:
    before = former.current_id()
    sidecar = small / "claims" / f"{KEY}.yaml"
    good = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(good.replace("  terms: unknown", f"  terms: {WORDS}"), encoding="utf-8")
    wanted = Withdrawal(REFERENCE, "names a person", DAY, WORDS)
    with pytest.raises(ReleaseRefused) as refused:
        withdraw(wanted, small, former.folder, tell=quiet)
    assert "'terms' repeats a withdrawn passage" in str(refused.value)
    assert "is recorded in" in str(refused.value)
    assert "the old release is still served" in str(refused.value)
    assert "NGOs" not in str(refused.value)
    assert former.current_id() == before
    sidecar.write_text(good, encoding="utf-8")
    withdraw(wanted, small, former.folder, tell=quiet)
    assert len(load(small).passages) == 1
    assert holding(former.folder, WORDS) == []


@pytest.mark.parametrize(
    ("reference", "reason", "passage", "said"),
    [
        ("body/europol", "x", "", "is no document"),
        ("profile/no key", "x", "", "is no document"),
        ("profile/no-such", "x", "", "there is no profile/no-such"),
        ("profile/no-such", "x", "words", "there is no document of the key"),
        (REFERENCE, " ", "", "the reason is empty"),
        (REFERENCE, "x", "Some other words", "stands nowhere"),
        (REFERENCE, "x", "Europol", "stands more than once"),
        (REFERENCE, "x", "...", "holds no word"),
        (REFERENCE, f"it says {WORDS.upper()}", WORDS, "the reason repeats the withdrawn words"),
    ],
)
def test_what_cannot_be_withdrawn_is_not_recorded(
    reference: str, reason: str, passage: str, said: str, small: Path, tmp_path: Path
) -> None:
    with pytest.raises(SettingError, match=said) as refused:
        withdraw(Withdrawal(reference, reason, DAY, passage), small, tmp_path / "releases", tell=quiet)
    assert not passage or passage not in str(refused.value)
    assert not (small / "decisions").exists()


def test_a_row_is_added_behind_what_is_there(tmp_path: Path) -> None:
    path = decide(tmp_path, "body/a,,,,,2026-03-01,a reason")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    before = path.read_bytes()
    record(tmp_path, {"reference": "body/b", "date": DAY, "reason": 'one, "two"'})
    assert path.read_bytes().startswith(before)
    assert load(tmp_path).notices["body/b"].reason == 'one, "two"'


def test_a_passage_behind_the_end_is_refused() -> None:
    document = Document("a", Path("a.txt"), "words", "text/plain", sha256(b"words"), sha256(b"words"))
    with pytest.raises(TableError, match="ends behind the text"):
        blanked(document, [Passage(ROW, "profile/a", Span(2, 9), sha256(b"words"))])
