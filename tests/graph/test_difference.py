"""What has changed between two releases: told in words, and as a patch that makes the one of the other."""

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from graph.build import build
from graph.difference import CLASSES, THINGS, Difference, merged
from graph.dumps import TYPE
from graph.errors import StoreError
from graph.release import Releases
from webapp.cli import cli


@pytest.fixture(scope="module")
def difference(two_releases: Releases) -> Difference:
    """From the one to the other."""
    later = two_releases.current()
    return Difference(two_releases.before(later), later)


@pytest.fixture(scope="module")
def renamed(two_releases: Releases, tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """From the later one to a third, in which one body is called otherwise."""
    folder = tmp_path_factory.mktemp("renamed") / "copy"
    shutil.copytree(two_releases.folder.parent, folder)
    bodies = folder / "data/authority/bodies.csv"
    rows = bodies.read_text(encoding="utf-8").splitlines(keepends=True)
    bodies.write_text("".join(row.replace(",Europol,", ",European Police Office,", 1) for row in rows), encoding="utf-8")
    build(folder / "data", folder / "releases", tell=lambda _: None)
    kept = Releases(folder / "releases")
    return Difference(kept.get(two_releases.current().id), kept.current())


def test_it_is_told_in_words(difference: Difference) -> None:
    told = list(difference.words())
    assert "new claim: Spain supports INTERPOL" in told
    assert "claim gone: Europol succeeds Europol Drugs Unit" in told
    changed = [line for line in told if line.startswith("claim changed")]
    assert changed == [
        (
            "claim changed: European Union Drugs Agency succeeds European Monitoring Centre for Drugs and Drug Addiction: "
            "certainty stated -> secondary"
        )
    ]
    assert not [line for line in told if line.startswith(("new thing", "thing gone"))]


def test_the_patch_makes_the_later_graph_of_the_earlier_one(difference: Difference) -> None:
    store = ox.Store()
    store.load(path=str(difference.old.folder / "liaison.nt"), format=ox.RdfFormat.N_TRIPLES)
    for line in difference.patch():
        letter, _, statement = line.partition(" ")
        if letter in "AD":
            (quad,) = ox.parse(statement, format=ox.RdfFormat.N_TRIPLES)
            (store.add if letter == "A" else store.remove)(quad)
    later = {quad.triple for quad in ox.parse(path=str(difference.new.folder / "liaison.nt"), format=ox.RdfFormat.N_TRIPLES)}
    assert {quad.triple for quad in store} == later


def test_nothing_has_changed_between_a_release_and_itself(difference: Difference) -> None:
    same = Difference(difference.new, difference.new)
    assert list(same.words()) == [f"from {difference.new.id} (0 statements gone) to {difference.new.id} (0 statements new)"]


def dump(path: Path, *lines: str) -> Path:
    """A file with these lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ((), (), []),
        (("<a> <p> <o> .",), (), ["D <a> <p> <o> ."]),
        (("<a> <p> <o> .", "<c> <p> <o> ."), ("<b> <p> <o> .", "<c> <p> <o> ."), ["D <a> <p> <o> .", "A <b> <p> <o> ."]),
        ((f"<a> {TYPE} <Z> .", "<a> <p> <o> ."), (f"<a> {TYPE} <Z> .", "<a> <b> <o> .", "<a> <p> <o> ."), ["A <a> <b> <o> ."]),
        (('<a> <p> "one\u2028line" .',), ('<a> <p> "one\u2028line\u0085" .',), ["D", "A"]),
    ],
    ids=["nothing", "one is gone", "each has one", "the class comes first", "what Unicode calls the end of a line is none"],
)
def test_two_dumps_are_read_side_by_side(old: tuple[str, ...], new: tuple[str, ...], told: list[str], tmp_path: Path) -> None:
    found = [f"{letter} {line.decode()}" for letter, line in merged(dump(tmp_path / "old", *old), dump(tmp_path / "new", *new))]
    assert len(found) == len(told)
    assert all(line.startswith(start) for line, start in zip(found, told, strict=True))


def test_a_new_name_is_told_once_and_not_for_each_claim(renamed: Difference) -> None:
    told = list(renamed.words())
    changed = [line for line in told if " changed: " in line]
    assert len(changed) == 1
    assert changed[0].startswith("thing changed: European Police Office: was called Europol; ")
    assert changed[0].endswith(" claims are worded anew")
    assert not [line for line in told if line.startswith(("new claim", "claim gone"))]


def test_each_change_names_what_it_is_about(renamed: Difference) -> None:
    (change,) = renamed.changes()
    assert (change.how, change.what, change.reference) == ("changed", "thing", "body/europol")
    for query in renamed.queries():
        assert renamed.new.view.select(query)


def test_a_policy_counts_as_a_thing_and_so_does_all_that_the_sitemap_lists() -> None:
    assert {"liaison:Policy", "liaison:SharedResource", "liaison:Event", "liaison:Award"} <= set(CLASSES)
    assert all(name in THINGS for name in CLASSES)


def test_the_command_compares_the_current_release_with_the_one_before(two_releases: Releases, difference: Difference) -> None:
    told = CliRunner().invoke(cli, ["diff", "--releases", str(two_releases.folder)])
    assert told.output.splitlines() == list(difference.words())
    patch = CliRunner().invoke(cli, ["diff", difference.new.id, difference.old.id, "--patch", "--releases", str(two_releases.folder)])
    assert sum(line.startswith("D ") for line in patch.output.splitlines()) == difference.counts[1]


def test_without_a_release_before_there_is_nothing_to_compare(two_releases: Releases, difference: Difference) -> None:
    with pytest.raises(StoreError, match="no release before"):
        two_releases.before(difference.old)


def test_releases_are_ordered_by_when_they_were_made_and_not_by_their_files(two_releases: Releases, tmp_path: Path) -> None:
    shutil.copytree(two_releases.folder, tmp_path / "releases")
    kept = Releases(tmp_path / "releases")
    order = kept.ids()
    for place, day in ((0, "2026-02-01"), (1, "2026-01-01")):
        manifest = tmp_path / "releases" / order[place] / "manifest.json"
        manifest.write_text(re.sub(r'"built": "[^"]+"', f'"built": "{day}T00:00:00+00:00"', manifest.read_text()))
    assert kept.ids() == order
