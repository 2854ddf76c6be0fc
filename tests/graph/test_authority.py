"""Authority facts: each row is in the graph or in the report, with the reason; a bad row takes no good one with it."""

import csv
import shutil
from pathlib import Path

import pytest

from graph import authority, vocabulary
from graph.authority import FILES, Authority
from graph.errors import TableError

WORDS = vocabulary.load()
CASES = Path(__file__).parent / "cases"


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """A copy of the authority files, to be spoiled."""
    shutil.copytree(data / "authority", tmp_path / "authority")
    return tmp_path / "authority"


@pytest.fixture(scope="session")
def facts(data: Path) -> Authority:
    """The shipped authority facts."""
    return authority.load(data / "authority", WORDS)


def table(path: Path) -> list[dict[str, str]]:
    """A CSV file, read with nothing of ours."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [name for name in FILES if name != "aliases"])
def test_every_row_is_in_the_graph_or_in_the_report(name: str, facts: Authority, data: Path) -> None:
    loaded = sum(row.file == name for row in facts.rows.values())
    aside = sum(error.path.endswith(f"{name}.csv") for error in facts.aside)
    assert loaded + aside == len(table(data / "authority" / f"{name}.csv"))


def test_every_name_is_in_the_graph(facts: Authority, data: Path) -> None:
    aliases = table(data / "authority" / "aliases.csv")
    written = {(row["key"], row["alias"].strip(), row["lang"].strip()) for row in aliases}
    reference = {key: value for key, value in facts.keys.items() if ":" in key}
    loaded = {(name.of, name.text, name.language) for name in facts.names}
    assert {(reference[key], text, language) for key, text, language in written} == loaded


@pytest.mark.parametrize(("file", "column", "kind"), [("groups", "other_names", "group"), ("topics", "altLabels", "topic")])
def test_other_names_of_a_row_stand_among_the_aliases(file: str, column: str, kind: str, facts: Authority, data: Path) -> None:
    known = {(name.of, name.text) for name in facts.names}
    rows = table(data / "authority" / f"{file}.csv")
    missing = [
        (f"{kind}/{row['key']}", name)
        for row in rows
        for name in row[column].split("|")
        if name and (f"{kind}/{row['key']}", name) not in known
    ]
    assert missing == [], "add them to aliases.csv with their source"


def test_what_rests_on_the_first_profile_alone_comes_from_the_profile(facts: Authority) -> None:
    aside = [error for error in facts.aside if "first profile" in error.problem]
    assert [error.path.rsplit("/", 1)[1] for error in aside] == ["memberships.csv"] * 3
    assert all(error.line for error in aside)


def test_each_claim_leads_to_a_row_that_names_its_source(facts: Authority) -> None:
    for claim in facts.claims:
        for evidence in claim.evidence:
            (cited,) = evidence.cites
            assert facts.rows[cited].sources, cited
            assert evidence.certainty != "derived" or evidence.rule, cited


def test_a_relation_name_that_carries_tense_becomes_a_modality(facts: Authority) -> None:
    past = {(claim.subject, claim.relation, claim.object) for claim in facts.claims if claim.modality == "past"}
    assert ("country/RUS", "memberOf", "body/council-of-europe") in past
    assert ("country/BEL", "participatesIn", "group/vidtf-5") in past


def test_states_are_matched_never_identified(facts: Authority) -> None:
    spain = facts.actors["country/ESP"]
    assert {iri.rsplit("/", 1)[1]: relation for relation, iri in spain.matches} == {"ESP": "exactMatch", "Q29": "exactMatch"}


def spoiled() -> list[dict[str, str]]:
    """Rows and cells that are wrong, and what is said of them."""
    return table(CASES / "bad-rows.csv")


@pytest.mark.parametrize("case", spoiled(), ids=lambda case: case["name"])
def test_a_bad_row_is_set_aside_with_its_line_and_the_others_go_on(case: dict[str, str], folder: Path, facts: Authority) -> None:
    path = folder / f"{case['file']}.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write(case["row"] + "\n")
    line = path.read_text(encoding="utf-8").count("\n")
    found = authority.load(folder, WORDS)
    said = [str(error) for error in found.aside if error not in facts.aside and case["said"] in str(error)]
    assert len(said) == 1
    assert f"{case['file']}.csv:{line}: " in said[0]
    assert {claim.key for claim in found.claims} >= {claim.key for claim in facts.claims}


def test_a_missing_column_stops_the_build(folder: Path) -> None:
    path = folder / "groups.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("key,name", "key,nam", 1), encoding="utf-8")
    with pytest.raises(TableError, match=r"groups.csv:1: the column 'name' is missing; add the column"):
        authority.load(folder, WORDS)


def test_a_missing_file_stops_the_build(folder: Path) -> None:
    (folder / "topics.csv").unlink()
    with pytest.raises(TableError, match=r"topics.csv: the file cannot be opened"):
        authority.load(folder, WORDS)


def test_byte_order_mark_and_windows_line_ends_change_nothing(folder: Path, facts: Authority) -> None:
    for name in FILES:
        path = folder / f"{name}.csv"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert [claim.key for claim in authority.load(folder, WORDS).claims] == [claim.key for claim in facts.claims]
