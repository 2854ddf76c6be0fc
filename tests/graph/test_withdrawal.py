"""What is taken back is gone from everything that is served, and nothing else is."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import documents, ledger, retirement
from graph.build import build
from graph.curation import sidecar, withdrawn
from graph.documents import Document
from graph.errors import LiaisonError, ReleaseRefused, SettingError
from graph.release import Release, Releases
from graph.retirement import COLUMNS, Passage, blotted
from graph.sections import Span
from graph.text import sha256
from graph.withdrawal import Withdrawal, withdraw

CASES = Path(__file__).parent / "cases" / "retired.csv"
DAY = date(2026, 11, 24)
PASSAGE = "Spain is represented in the expert group of CSE in Interpol"
ELSEWHERE = "Spain co-drives the CSE EMPACT Group in Europol"
PROFILE = "profile/spain-2018-cse"


def silent(_: str) -> None:
    """Hears nothing."""


@pytest.fixture
def small(data: Path, tmp_path: Path) -> Path:
    """The authority facts with one profile."""
    for room in ("authority", "rules"):
        shutil.copytree(data / room, tmp_path / "data" / room)
    for path in ("profiles/spain-2018-cse.txt", "claims/spain-2018-cse.yaml"):
        (tmp_path / "data" / path).parent.mkdir()
        shutil.copy(data / path, tmp_path / "data" / path)
    return tmp_path / "data"


def subjects(release: Release) -> set[str]:
    """What a release describes."""
    rows = release.view.select("SELECT DISTINCT ?s { ?s ?p ?o }")
    return {row["s"].value for row in rows if isinstance(row["s"], ox.NamedNode)}


def holds(folder: Path, words: str) -> list[str]:
    """The files of a folder that hold these words."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def judge(path: Path, document: Document) -> None:
    """What a build does with the file."""
    found = retirement.read(path)
    blotted(document, found.passages.get(document.key, ()))
    found.hold(["body/europol", PROFILE])


def test_a_build_stops_at_such_a_row(small: Path, tmp_path: Path) -> None:
    (small / "decisions").mkdir()
    (small / "decisions/retired.csv").write_text(f"{','.join(COLUMNS)}\nbody/europol,,,,,2026-11-24,renamed\n", encoding="utf-8")
    with pytest.raises(LiaisonError, match="still in the data"):
        build(small, tmp_path / "releases", tell=silent)


@pytest.mark.parametrize("case", list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines())), ids=lambda case: case["name"])
def test_a_row_that_does_not_hold_is_refused_and_says_where(case: dict[str, str], data: Path, tmp_path: Path) -> None:
    (tmp_path / "retired.csv").write_text(f"{','.join(COLUMNS)}\n{case['rows']}\n", encoding="utf-8")
    document = documents.read(data / "profiles/spain-2018-cse.txt")
    with pytest.raises(LiaisonError) as raised:
        judge(tmp_path / "retired.csv", document)
    assert case["says"] in str(raised.value)
    assert "retired.csv:2" in str(raised.value)


def test_a_passage_is_gone_everywhere_and_all_other_claims_keep_their_iris(small: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    build(small, releases, tell=silent)
    before = Releases(releases).current()
    known = subjects(before)
    assert holds(releases, PASSAGE)
    told: list[str] = []
    report = withdraw(Withdrawal(PROFILE, "asked for by its author", DAY, PASSAGE), small, releases, tell=told.append)
    after = Releases(releases).current()
    assert holds(releases, PASSAGE) == []
    assert holds(small / "decisions", PASSAGE) == []
    assert PASSAGE not in "\n".join([*told, *report.lines()])
    assert any("touches a withdrawn passage" in line for line in report.manifest["aside"])
    lost = {iri.rpartition("/id/")[2].partition("/")[0] for iri in known - subjects(after)}
    assert lost <= {"claim", "evidence", "sentence", "run", "release"}
    claims = [release.view.select(release.iris.header() + "SELECT ?c { ?c a liaison:Claim }") for release in (before, after)]
    assert len(claims[0]) - len(claims[1]) == len([line for line in report.manifest["aside"] if "touches a withdrawn" in line])
    assert not before.folder.exists()
    assert ledger.read(releases / ledger.WITHDRAWN, "release")[before.id]["reason"] == "asked for by its author"
    gone = ledger.read(releases / ledger.GONE, "reference")
    assert {key for key in gone if key.startswith("claim/")}


def test_words_that_stand_elsewhere_as_well_are_named(small: Path, tmp_path: Path) -> None:
    told: list[str] = []
    withdraw(Withdrawal(PROFILE, "asked for", DAY, ELSEWHERE), small, tmp_path / "releases", tell=told.append)
    assert any("still stand in https://w3id.org/liaison/def#quote" in line for line in told)


def test_offsets_hold_in_the_text_that_is_left(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "releases", tell=silent)
    withdraw(Withdrawal(PROFILE, "asked for", DAY, PASSAGE), small, tmp_path / "releases", tell=silent)
    text = (small / "profiles/spain-2018-cse.txt").read_bytes().decode("utf-8")
    view, iris = Releases(tmp_path / "releases").current().view, Releases(tmp_path / "releases").current().iris
    rows = view.select(iris.header() + "SELECT ?quote ?start ?end { ?e liaison:quote ?quote ; oa:start ?start ; oa:end ?end }")
    rows += view.select(iris.header() + "SELECT ?quote ?start ?end { ?e liaison:quote ?quote ; liaison:start ?start ; liaison:end ?end }")
    assert all(text[int(row["start"].value) : int(row["end"].value)] == row["quote"].value for row in rows)


def test_a_whole_document_is_gone_and_its_file_stays(small: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    build(small, releases, tell=silent)
    received = (small / "profiles/spain-2018-cse.txt").read_bytes()
    withdraw(Withdrawal(PROFILE, "superseded", DAY), small, releases, tell=silent)
    after = Releases(releases).current()
    assert after.manifest["profiles"] == []
    assert after.manifest["retired"][PROFILE] == {"successor": "", "date": "2026-11-24", "reason": "superseded"}
    assert holds(releases, PASSAGE) == []
    assert (small / "profiles/spain-2018-cse.txt").read_bytes() == received


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Withdrawal("profile/nothing", "x", DAY), "profile/nothing"),
        (Withdrawal("body/europol", "x", DAY), "body/europol"),
        (Withdrawal(PROFILE, "  ", DAY), "reason"),
        (Withdrawal(PROFILE, "x", DAY, "words that nobody wrote"), "does not stand"),
        (Withdrawal(PROFILE, "x", DAY, "Europol"), "times"),
    ],
    ids=["no such profile", "no profile at all", "no reason", "no such passage", "a passage that stands there twice"],
)
def test_what_cannot_be_withdrawn_is_refused_and_nothing_is_written(wish: Withdrawal, says: str, small: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=says):
        withdraw(wish, small, tmp_path / "releases", tell=silent)
    assert not (small / "decisions").exists()


def test_a_withdrawal_that_cannot_be_built_says_that_the_old_release_is_still_served(small: Path, tmp_path: Path) -> None:
    (small / "authority/topics.csv").unlink()
    with pytest.raises(ReleaseRefused, match="still served"):
        withdraw(Withdrawal(PROFILE, "x", DAY), small, tmp_path / "releases", tell=silent)


@given(st.text(min_size=1), st.data())
def test_a_blot_moves_nothing_and_hides_every_letter(text: str, drawn: st.DataObject) -> None:
    start = drawn.draw(st.integers(0, len(text) - 1))
    end = drawn.draw(st.integers(start + 1, len(text)))
    hashed = sha256(text.encode("utf-8", "surrogatepass"))
    document = Document("key", Path("key.txt"), text, "text/plain", hashed, hashed)
    line = retirement.Line(Path("retired.csv"), 2, {})
    made = blotted(document, [Passage(Span(start, end), hashed, line)])
    assert len(made.text) == len(text)
    assert made.text[:start] + made.text[end:] == text[:start] + text[end:]
    assert not any(character.isalnum() for character in made.text[start:end])


SIDECAR = """profile: key
actors:
- {key: practice/key-a, kind: practice, label: A, quote: named here}
claims:
- {claim: country/ESP runsPractice practice/key-a, quote: runs}
- {claim: country/ESP supports body/europol, quote: twice, occurrence: 2}
- {claim: country/ESP supports body/interpol, quote: twice, occurrence: 1}
- {claim: country/ESP supports body/eurojust, quote: never there}
"""


def test_entries_that_rested_on_a_passage_are_set_aside_and_occurrences_are_counted_again(tmp_path: Path) -> None:
    path = tmp_path / "key.yaml"
    path.write_text(SIDECAR, encoding="utf-8")
    text = "It is named here. It runs. Said twice. Said twice."
    received = Document("key", Path("key.txt"), text, "text/plain", "", "x")
    line = retirement.Line(Path("retired.csv"), 2, {})
    spans = [Span(text.index("named"), text.index("named") + 5), Span(text.index("twice"), text.index("twice") + 5)]
    after = blotted(received, [Passage(span, "x", line) for span in spans])
    left, aside = withdrawn.without(sidecar.read(path), received, after)
    assert [entry.text("claim") for entry in left.claims] == ["country/ESP supports body/europol", "country/ESP supports body/eurojust"]
    assert left.claims[0].text("occurrence") == "1"
    assert (len(left.actors), len(aside)) == (0, 3)
    assert "named here" not in " ".join(map(str, aside))
