"""The whole way: what is published, what is refused, and that a refused or killed build leaves the former release whole."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import build as whole_way
from graph import vocabulary
from graph.assembly import Assembly
from graph.build import Report, build, check
from graph.errors import InputError, LiaisonError, ReleaseBusy, ReleaseRefused, SettingError
from graph.iris import Iris, term
from graph.release import Release, Releases
from graph.text import sha256

IRIS = Iris()
_PUBLISHING = 11
"""File operations at the end of a build, by which it becomes the current release."""
FAULTS = Path(__file__).parent / "faults.py"


def quiet(_: str) -> None:
    """Hear of the stations and say nothing."""


def is_whole(releases: Path) -> bool:
    """Whether the current release is all there: its dumps as its manifest says, its store readable."""
    release = Releases(releases).current()
    hashes = all(sha256((release.folder / name).read_bytes()) == file["sha256"] for name, file in release.manifest["files"].items())
    return hashes and len(release.view) > 0


@pytest.fixture
def small(one_release: Path, tmp_path: Path) -> Path:
    """Data with one profile and few names, memberships and rules, to be spoiled."""
    return shutil.copytree(one_release / "data", tmp_path / "data")


@pytest.fixture
def former(one_release: Path, tmp_path: Path) -> Path:
    """A folder of releases with one release of the small data."""
    return shutil.copytree(one_release / "releases", tmp_path / "releases")


def spoil(monkeypatch: pytest.MonkeyPatch, change: Callable[[list[ox.Quad]], list[ox.Quad]]) -> None:
    """Let a fault into the quads after they were made, as a bug would."""
    assemble = whole_way.assemble

    def spoiled(*given: object) -> Assembly:
        made = assemble(*given)  # type: ignore[arg-type]
        return Assembly(made.release, change(list(made.quads)), made.profiles, made.aside)

    monkeypatch.setattr(whole_way, "assemble", spoiled)


def co_driving(quads: list[ox.Quad]) -> ox.NamedNode:
    """The claim that Spain co-drives the EMPACT group."""
    return next(
        q.subject
        for q in quads
        if q.predicate == term("rdf:predicate") and q.object == term("liaison:coDrives") and "profile" in q.graph_name.value
    )


def without_evidence(quads: list[ox.Quad]) -> list[ox.Quad]:
    claim = co_driving(quads)
    return [quad for quad in quads if not (quad.subject == claim and quad.predicate == term("liaison:hasEvidence"))]


def of_a_wrong_class(quads: list[ox.Quad]) -> list[ox.Quad]:
    group = IRIS.thing("group/empact-cse")
    kept = [quad for quad in quads if not (quad.subject == group and quad.predicate == term("rdf:type"))]
    return [*kept, ox.Quad(group, term("rdf:type"), term("liaison:Topic"), IRIS.graph("authority/groups"))]


def edge_without_a_claim(quads: list[ox.Quad]) -> list[ox.Quad]:
    return [*quads, ox.Quad(IRIS.thing("country/ESP"), term("liaison:leads"), IRIS.thing("group/isg-cac"), IRIS.graph("edges"))]


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        pytest.param(without_evidence, "Spain co-drives", id="a-claim-without-evidence"),
        pytest.param(of_a_wrong_class, "Spain co-drives the CSE EMPACT Group in Europol", id="a-wrong-class"),
        pytest.param(edge_without_a_claim, "group/isg-cac", id="a-plain-edge-without-a-claim"),
    ],
)
def test_a_planted_fault_stops_the_release_and_is_named(
    fault: Callable[[list[ox.Quad]], list[ox.Quad]], named: str, small: Path, former: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Releases(former).current_id()
    spoil(monkeypatch, fault)
    (small / "rules" / "abbreviations.yaml").write_text("en: [approx]\n", encoding="utf-8")
    with pytest.raises(ReleaseRefused, match=named):
        build(small, former, tell=quiet)
    assert Releases(former).current_id() == before
    assert is_whole(former)


@pytest.mark.parametrize(("is_spoilt", "stopped"), [(True, ReleaseRefused), (False, KeyError)])
def test_what_cannot_even_be_written_is_judged_all_the_same(
    is_spoilt: bool,  # noqa: FBT001  # a case
    stopped: type[Exception],
    small: Path,
    former: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise KeyError

    before = Releases(former).current_id()
    if is_spoilt:
        spoil(monkeypatch, edge_without_a_claim)
    monkeypatch.setattr(whole_way, "_write_files", fail)
    (small / "rules" / "abbreviations.yaml").write_text("en: [approx]\n", encoding="utf-8")
    with pytest.raises(stopped):
        build(small, former, tell=quiet)
    assert Releases(former).current_id() == before
    assert list(former.glob(".building-*")) == []


def test_a_quote_that_is_not_in_the_text_stops_the_release(small: Path, former: Path) -> None:
    before = Releases(former).current_id()
    path = small / "claims" / "spain-2018-cse.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if "quote: Spain co-drives" in line)
    lines[number] = "    quote: Spain leads the CSE EMPACT Group in Europol"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        build(small, former, tell=quiet)
    assert f"{path}:{number}" in str(refused.value)
    assert "'Spain co-drives the CSE EMPACT Group in Europol.'" in str(refused.value), "the nearest sentence is named"
    assert Releases(former).current_id() == before
    assert is_whole(former)


@contextmanager
def faults(small: Path) -> Iterator[Callable[[Path, int], tuple[int, list[str]]]]:
    """Makes builds that are killed just before a file operation: how the process ended, and the kinds of all operations."""
    command = [sys.executable, str(FAULTS), str(small)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:

        def faulty(releases: Path, point: int) -> tuple[int, list[str]]:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{releases}\t{point}\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
            return told["status"], told["kinds"]

        yield faulty


@pytest.mark.parametrize("where", ["while-it-publishes", pytest.param("anywhere", marks=pytest.mark.long)])
def test_a_kill_at_any_point_leaves_the_former_release_whole(where: str, small: Path, former: Path, tmp_path: Path) -> None:
    before = Releases(former).current_id()
    (small / "rules" / "abbreviations.yaml").write_text("en: [approx]\n", encoding="utf-8")
    shutil.copytree(former, tmp_path / "rehearsal")
    with faults(small) as faulty:
        _, kinds = faulty(tmp_path / "rehearsal", 0)
        first = {kind: number for number, kind in reversed(list(enumerate(kinds, 1)))}
        # Hundreds of excerpts are written in the same way: the first of each kind stands for all, and the end is where it is published.
        publishing = set(range(max(1, len(kinds) - _PUBLISHING), len(kinds)))
        points = sorted(publishing | set(first.values()) if where == "anywhere" else publishing)
        killed = 0
        for point in points:
            status, _ = faulty(former, point)
            assert status in {-9, 0}
            killed += status == -9  # what an earlier build left in the cache spares the last points
            assert is_whole(former)
            assert Releases(former).current_id() in {before, whole_way.release_id(whole_way.inputs.find(small), IRIS)}
            if Releases(former).current_id() != before:
                Releases(former).point_to(str(before))
                shutil.rmtree(former / whole_way.release_id(whole_way.inputs.find(small), IRIS))
        assert killed > (20 if where == "anywhere" else _PUBLISHING // 2), "a build touches the folder in many ways"
        assert faulty(former, 0)[0] == 0
    assert Releases(former).current_id() != before
    assert list(former.glob(".building-*")) == []


def test_the_same_input_gives_the_same_bytes_anywhere(small: Path, former: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere, with ünusual name"
    shutil.copytree(small, elsewhere / "data")
    script = "import sys; from pathlib import Path; from graph.build import build; build(Path(sys.argv[1]), Path(sys.argv[2]), tell=lambda _: None)"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    command = [sys.executable, "-c", script, str(elsewhere / "data"), str(elsewhere / "releases")]
    subprocess.run(command, check=True, env=environment, cwd=Path(__file__).parents[2])
    here, there = Releases(former).current(), Releases(elsewhere / "releases").current()
    assert here.id == there.id
    assert {name: file["sha256"] for name, file in here.manifest["files"].items()} == {
        name: file["sha256"] for name, file in there.manifest["files"].items()
    }


def test_a_second_build_changes_nothing(small: Path, former: Path) -> None:
    before = Releases(former).current()
    heard: list[str] = []
    report = build(small, former, tell=heard.append)
    assert report.unchanged
    assert Releases(former).current().manifest == before.manifest
    assert heard == [f"release     {before.id} is there already, nothing has changed"]


def test_an_unchanged_profile_is_used_again(small: Path, former: Path) -> None:
    shutil.copy(small / "profiles" / "spain-2018-cse.txt", small / "profiles" / "second.txt")
    heard: list[str] = []
    build(small, former, tell=heard.append)
    profiles = [line.split()[1:] for line in heard if line.startswith("profile")]
    assert profiles[0][0] == "second:"
    assert profiles[0][-1] == "triples"
    assert profiles[1][0] == "spain-2018-cse:"
    assert profiles[1][-1] == "(unchanged)"


def test_a_check_publishes_nothing(small: Path, tmp_path: Path) -> None:
    report = check(small, tell=quiet)
    assert not [finding for finding in report.findings if finding.is_violation]
    assert not (tmp_path / "releases").exists()


def test_sentences_of_each_form_can_be_published(small: Path, tmp_path: Path) -> None:
    words = "Country: Spain\n\n## Objectives\n\nOne aim.\n\n- an item\n\n| Body | Role |\n|---|---|\n| Europol | partner |\n"
    (small / "profiles/table-2019.md").write_text(words, encoding="utf-8")
    build(small, tmp_path / "releases", tell=quiet)
    rows = (
        Releases(tmp_path / "releases")
        .current()
        .view.select(
            "SELECT DISTINCT ?form { ?sentence $source $profile; $has ?form }",
            source=term("oa:hasSource"),
            has=term("liaison:form"),
            profile=IRIS.thing("profile/table-2019"),
        )
    )
    forms = {name for name in vocabulary.load().concepts if name.startswith("form/")}
    assert {row["form"] for row in rows} == {IRIS.concept(form) for form in forms}


def test_two_builds_at_once_do_not_meet(former: Path, small: Path) -> None:
    with Releases(former).writing(), pytest.raises(ReleaseBusy):
        build(small, former, tell=quiet)


def test_a_folder_without_authority_facts_is_no_data_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no data folder"):
        build(tmp_path, tmp_path / "releases", tell=quiet)


def aside(report: Report, words: str) -> list[str]:
    """The lines of the report about what was set aside that hold these words."""
    return [line for line in report.lines() if line.startswith("set aside") and words in line]


def test_bad_documents_are_set_aside_and_the_rest_is_published(small: Path, tmp_path: Path) -> None:
    profiles = small / "profiles"
    (profiles / "latin-2019.txt").write_bytes("Políticas\n".encode("latin-1"))
    (profiles / "empty-2019.txt").write_bytes(b"")
    (profiles / "twin-2019.txt").write_text("one", encoding="utf-8")
    (profiles / "twin-2019.md").write_text("two", encoding="utf-8")
    (profiles / "word-2019.docx").write_bytes(b"PK")
    (profiles / "open-2019.txt").write_text("A text without a front block.", encoding="utf-8")
    with (profiles / "huge-2019.txt").open("wb") as file:
        file.truncate(50 * 2**20)
    (small / "claims" / "nowhere-2019.yaml").write_text("profile: nowhere-2019\n", encoding="utf-8")
    report = build(small, tmp_path / "releases", tell=quiet)
    assert Releases(tmp_path / "releases").current().manifest["profiles"] == ["open-2019", "spain-2018-cse"]
    assert aside(report, "latin-2019.txt:1: byte 3 is not UTF-8")
    assert aside(report, "empty-2019.txt: the file is empty")
    assert len(aside(report, "the same key 'twin-2019'")) == 2
    assert aside(report, "word-2019.docx")
    assert aside(report, "52,428,800 bytes")
    assert aside(report, "there is no profile 'nowhere-2019'")
    assert aside(report, "the document does not state its country")


def test_a_profile_that_people_can_see_does_not_vanish_because_its_file_was_spoiled(small: Path, former: Path) -> None:
    before = Releases(former).current_id()
    (small / "profiles" / "spain-2018-cse.txt").write_bytes(b"\xff\xfe")
    (small / "claims" / "spain-2018-cse.yaml").unlink()
    with pytest.raises(ReleaseRefused, match="spain-2018-cse"):
        build(small, former, tell=quiet)
    assert Releases(former).current_id() == before


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        pytest.param("memberships", "relation", "relaton", "memberships.csv:1: the column 'relation' is missing", id="a-missing-column"),
        pytest.param(
            "memberships", ",memberOf,", ",isPalOf,", "'isPalOf' has no row in ontology/relation-map.csv", id="a-relation-without-a-row"
        ),
    ],
)
def test_a_table_that_cannot_be_understood_stops_the_build(
    file: str, before: str, after: str, said: str, small: Path, former: Path
) -> None:
    path = small / "authority" / f"{file}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(LiaisonError) as stopped:
        build(small, former, tell=quiet)
    assert said in str(stopped.value)
    assert is_whole(former)


def test_a_dangling_key_is_set_aside_with_its_line(small: Path, tmp_path: Path) -> None:
    path = small / "authority" / "memberships.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("country:ES,memberOf,group:atlantis,,,https://example.org/,2018,stated,,,\n")
    line = len(path.read_text(encoding="utf-8").splitlines())
    report = build(small, tmp_path / "releases", tell=quiet)
    assert aside(report, f"memberships.csv:{line}: the object 'group:atlantis' stands in no other file")


def test_the_manifest_says_what_went_in_and_what_came_out(release: Release) -> None:
    manifest = json.loads((release.folder / "manifest.json").read_bytes())
    assert manifest["inputs"]["profiles/spain-2018-cse.txt"] == "1f746f824f3b64141cb9e25a9927e0c39bb63c4dfeb7db7cb796e623d2436442"
    dumps = {f"liaison.{ending}" for ending in ("ttl", "nt", "trig", "jsonld", "rdf")}
    whole = {name for name in manifest["files"] if not name.startswith("parts/")}
    assert whole == dumps | {
        "nodes.csv",
        "edges.csv",
        "affiliations.csv",
        "network.graphml",
        "network.gexf",
        "void.ttl",
        "adjacency.bin",
        "SHA256SUMS",
    }
    assert {"parts/country-ESP.ttl", "parts/profile-spain-2018-cse.csv"} <= set(manifest["files"])
    assert manifest["counts"]["classes"]["liaison:State"] == 83
    assert manifest["profiles"] == sorted(path.stem for path in Path("data/profiles").iterdir())


def test_going_back_to_a_release_never_drops_a_profile_that_is_merely_spoiled(small: Path, tmp_path: Path) -> None:
    releases, path = tmp_path / "releases", small / "profiles" / "spain-2018-cse.txt"
    sidecar = small / "claims" / "spain-2018-cse.yaml"
    good, curated = path.read_bytes(), sidecar.read_bytes()
    path.write_bytes(b"\xff\xfe")
    build(small, releases, tell=quiet)
    path.write_bytes(good)
    whole = build(small, releases, tell=quiet).release
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ReleaseRefused, match="spain-2018-cse"):
        build(small, releases, tell=quiet)
    assert Releases(releases).current_id() == whole
    assert sidecar.read_bytes() == curated


def test_a_current_release_that_is_gone_does_not_stop_the_next_build(small: Path, former: Path) -> None:
    shutil.rmtree(former / str(Releases(former).current_id()))
    (small / "rules" / "abbreviations.yaml").write_text("en: [approx]\n", encoding="utf-8")
    build(small, former, tell=quiet)
    assert is_whole(former)


def test_data_that_change_during_a_build_are_not_published(small: Path, former: Path) -> None:
    before = Releases(former).current_id()
    rules = small / "rules" / "abbreviations.yaml"
    rules.write_text("en: [approx]\n", encoding="utf-8")

    def meddle(line: str) -> None:
        if line.startswith("shapes"):
            rules.write_text("en: [ca]\n", encoding="utf-8")

    with pytest.raises(ReleaseRefused, match="the data changed while they were being read"):
        build(small, former, tell=meddle)
    assert Releases(former).current_id() == before
