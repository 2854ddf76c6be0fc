"""What is told of a document: quotes that stand where they say, nothing guessed, the same bytes each time, a side-car to begin with."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph import profiles
from graph.curation import sidecar
from graph.extraction import report
from graph.extraction.skeleton import Skeleton
from graph.inputs import ProfileInput
from graph.iris import Iris
from graph.text import sha256
from tests.few_rules import few_rules
from webapp.commands.reading import Desk

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCUMENTS = sorted([*(ROOT / "data/profiles").iterdir(), *HERE.glob("practice/*/profiles/*")])
NAMES = [path.stem for path in DOCUMENTS]
SPAIN = ROOT / "data/profiles/spain-2018-cse.txt"
HYPERTEXT = HERE / "practice/inside/profiles/netherlands-2020-drugs.html"


@pytest.fixture(scope="module")
def desk(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Reads documents by few rules."""
    return Desk.of(few_rules(data, tmp_path_factory.mktemp("few")), Iris().base)


def told(desk: Desk, path: Path) -> dict[str, Any]:
    """What is told of a document, as a program reads it."""
    fields: dict[str, Any] = json.loads(report.as_json(desk.analyst.analyse(path), desk.iris, desk.labels))
    return fields


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_each_quote_stands_where_it_says(path: Path, desk: Desk) -> None:
    fields = told(desk, path)
    document = fields["document"]
    text = document["text"] if document["converter"] else path.read_bytes().decode()
    assert document["sha256"] == sha256(path.read_bytes())
    assert document["text_sha256"] == sha256(text.encode())
    assert (document["text"] is None) == (document["converter"] is None)
    for item in (*fields["actors"], *fields["claims"]):
        assert text[item["start"] : item["end"]] == item["quote"]
    for claim in fields["claims"]:
        assert not re.search(r"[\n\t*]|\s\s", claim["quote_text"])
    places = [(section["start"], section["end"]) for section in document["sections"]]
    assert places == sorted(places)
    assert places[-1][1] <= len(text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_side_car_holds_as_it_is_and_with_every_proposal_taken(path: Path, desk: Desk, tmp_path: Path) -> None:
    analysis = desk.analyst.analyse(path)
    written = Skeleton(analysis, desk.vocabulary).text
    given = profiles.context(desk.authority, desk.vocabulary, ROOT / "data/rules", desk.iris, "0")
    target = tmp_path / f"{path.stem}.yaml"
    shutil.copy(path, tmp_path)
    target.write_text(written, encoding="utf-8")
    assert not sidecar.read(target).claims
    taken = re.sub(r"^  # (?=- |  )", "  ", written, flags=re.MULTILINE)
    target.write_text(taken, encoding="utf-8")
    assert len(sidecar.read(target).claims) == len(taken.split("- claim: ")) - 1
    profiles.process(ProfileInput(tmp_path / path.name, target), given)


def test_a_profile_is_told_with_iris_and_words(desk: Desk) -> None:
    fields = told(desk, SPAIN)
    document = fields["document"]
    assert (document["key"], document["year"], document["language"], document["is_template"]) == ("spain-2018-cse", 2018, "en", True)
    assert document["country"] == {"name": "Spain", "iri": "https://w3id.org/liaison/id/country/ESP"}
    claim = next(claim for claim in fields["claims"] if claim["predicate"] == "coDrives")
    assert claim["subject"] == document["country"]
    assert claim["object"]["iri"] == "https://w3id.org/liaison/id/group/empact-cse"
    assert claim["quote_text"].startswith("Spain co-drives the CSE EMPACT Group")
    assert (claim["polarity"], claim["modality"], claim["state"], claim["rule"]) == ("affirmed", "asserted", "proposed", "co-drives")
    assert (claim["reason"], claim["valid_from"], claim["valid_to"]) == (None, None, None)


def test_what_is_not_stated_is_null_and_remarked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "about-us.md"
    path.write_text("Our network of police officers meets in the spring and in the autumn of every year.")
    fields = told(desk, path)
    assert [fields["document"][name] for name in ("country", "year", "priority")] == [None, None, None]
    assert [remark for remark in fields["remarks"] if "does not state its year" in remark]


def test_iris_have_the_base_of_the_configuration(desk: Desk) -> None:
    fields = report.as_dict(desk.analyst.analyse(SPAIN), Iris("https://example.org/"), desk.labels)
    assert '"https://example.org/id/country/ESP"' in json.dumps(fields)
    assert "w3id.org/liaison/id" not in json.dumps(fields)


@pytest.mark.parametrize("path", [SPAIN, HYPERTEXT], ids=["as received", "converted"])
def test_the_same_document_gives_the_same_bytes(path: Path, desk: Desk) -> None:
    first, second = (report.as_json(desk.analyst.analyse(path), desk.iris, desk.labels) for _ in range(2))
    assert first == second
    assert "\n" not in first


def test_a_file_of_any_name_has_a_key(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Perfil España 2018 (final).TXT"
    shutil.copy(SPAIN, path)
    assert desk.analyst.analyse(path).document.key == "perfil-espana-2018-final"


def test_people_read_actors_and_sentences_with_their_claims(desk: Desk) -> None:
    lines = list(report.lines(desk.analyst.analyse(SPAIN), desk.labels))
    assert lines[:3] == ["spain-2018-cse", "  country       Spain", "  year          2018"]
    assert "    Spain coDrives EMPACT project on child sexual exploitation: asserted, 0.90 [co-drives]" in lines
    assert any(re.search(r"Europol +eu-agency +body/europol", line) for line in lines)
    assert any("“Spain co-drives the CSE EMPACT Group in Europol.” (line 42)" in line for line in lines)
