"""What people decide, and take back, while a build runs."""

from pathlib import Path

import pytest

from graph import inputs, retirement
from graph.assembly import release_id
from graph.build import build
from graph.errors import DecisionError, ReleaseRefused
from graph.release import Releases
from tests.graph.decisions.desks import CLAIM, COOPERATES, IRIS, KEY, Desk, claim

HAS_EDGE = "ASK { country:ESP liaison:supports body:europol }"
HALF = '{"format": 1, "id": "cut'


def quiet(_: str) -> None:
    """Hear of the stations and say nothing."""


def has_edge(releases: Path) -> bool:
    """Whether the current release holds the edge that is decided on."""
    release = Releases(releases).current()
    return release.view.ask(release.iris.header() + HAS_EDGE)


def test_a_decision_made_meanwhile_neither_stops_the_build_nor_is_half_taken_in(desk: Desk, tmp_path: Path) -> None:
    releases, first = tmp_path / "releases", desk.decide("accept", "ana", claim("supports"), COOPERATES)
    without = release_id(inputs.find(desk.folder), IRIS)
    stations = iter(("authority", "decisions", "shapes", "dumps"))
    awaited = [next(stations)]

    def meddle(line: str) -> None:
        if line.startswith(awaited[0]):
            made = desk.decide("accept", f"ben-{awaited[0]}", CLAIM, COOPERATES)
            awaited[0] = next(stations, "nothing")
            assert made.id != first.id

    report = build(desk.folder, releases, tell=meddle)
    assert awaited == ["nothing"], "it was decided at each station"
    assert report.release == without == Releases(releases).current_id()
    assert report.manifest["decisions"][0].startswith("1 lines: 1 count,")
    assert not has_edge(releases)
    assert list(releases.glob(".building-*")) == []
    again = build(desk.folder, releases, tell=quiet)
    assert again.release == release_id(inputs.find(desk.folder), IRIS) != without
    assert again.manifest["decisions"][0].startswith("5 lines: 5 count,")
    assert again.manifest["inputs"] == inputs.find(desk.folder).hashes
    assert has_edge(releases)
    assert build(desk.folder, releases, tell=quiet).unchanged


@pytest.mark.parametrize("reference", [f"profile/{KEY}", "body/nobody"])
def test_what_is_taken_back_meanwhile_is_not_published(reference: str, desk: Desk, tmp_path: Path) -> None:
    def withdraw(line: str) -> None:
        if line.startswith("shapes"):
            retirement.record(desk.folder, {"reference": reference, "date": "2026-03-01", "reason": "the publisher asked"})

    with pytest.raises(ReleaseRefused, match="the data changed while they were being read"):
        build(desk.folder, tmp_path / "releases", tell=withdraw)
    assert Releases(tmp_path / "releases").ids() == []


def test_messages_name_the_files_of_the_data_folder(desk: Desk, tmp_path: Path) -> None:
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    path = desk.folder / "decisions" / f"{KEY}.jsonl"
    path.write_text(f"{HALF}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    report = build(desk.folder, tmp_path / "releases", tell=quiet)
    (told,) = (line for line in report.manifest["aside"] if "jsonl" in line)
    assert told.startswith(f"data/decisions/{KEY}.jsonl:1: ")
    (desk.folder / "decisions" / "folder.jsonl").mkdir()
    with pytest.raises(DecisionError) as stopped:
        build(desk.folder, tmp_path / "releases", tell=quiet)
    assert str(stopped.value).startswith(f"{desk.folder}/decisions/folder.jsonl: ")


def test_a_line_that_is_being_written_is_taken_whole(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = desk.decide("accept", "ana", CLAIM, COOPERATES).line
    path = desk.folder / "decisions" / f"{KEY}.jsonl"
    path.write_bytes(line[:100])
    monkeypatch.setattr(inputs, "sleep", lambda _: path.write_bytes(line))  # the writer goes on meanwhile
    found = inputs.taken(inputs.find(desk.folder), tmp_path)
    assert (found.decisions / path.name).read_bytes() == line


def test_a_line_that_was_cut_off_long_ago_keeps_nobody_waiting(desk: Desk, tmp_path: Path) -> None:
    path = desk.folder / "decisions" / f"{KEY}.jsonl"
    path.parent.mkdir()
    path.write_text(HALF, encoding="utf-8")
    found = inputs.taken(inputs.find(desk.folder), tmp_path)
    assert found.hashes == inputs.find(desk.folder).hashes
    assert (found.decisions / path.name).read_text(encoding="utf-8") == HALF


def test_only_the_decisions_are_copied(desk: Desk, tmp_path: Path) -> None:
    desk.decide("accept", "ana", CLAIM, COOPERATES)
    retirement.record(desk.folder, {"reference": "body/nobody", "date": "2026-03-01", "reason": "there is none"})
    (desk.folder / "decisions" / "README.md").write_text("Decisions.\n", encoding="utf-8")
    lying = inputs.find(desk.folder)
    found = inputs.taken(lying, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [f"{KEY}.jsonl"]
    assert list(found.hashes.items()) == list(lying.hashes.items())
    (desk.folder / "decisions" / "README.md").write_text("Decided.\n", encoding="utf-8")
    assert inputs.taken(inputs.find(desk.folder), tmp_path).hashes != found.hashes
