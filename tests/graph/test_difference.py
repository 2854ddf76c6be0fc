"""What has changed between two releases: told in words, and as a patch that makes the one of the other."""

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from graph.difference import Difference
from graph.errors import StoreError
from graph.release import Releases
from webapp.cli import cli


@pytest.fixture(scope="module")
def difference(two_releases: Releases) -> Difference:
    """From the one to the other."""
    later = two_releases.current()
    return Difference(two_releases.before(later), later)


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


def test_the_command_compares_the_current_release_with_the_one_before(two_releases: Releases, difference: Difference) -> None:
    told = CliRunner().invoke(cli, ["diff", "--releases", str(two_releases.folder)])
    assert told.output.splitlines() == list(difference.words())
    patch = CliRunner().invoke(cli, ["diff", difference.new.id, difference.old.id, "--patch", "--releases", str(two_releases.folder)])
    assert sum(line.startswith("D ") for line in patch.output.splitlines()) == len(difference.added)


def test_without_a_release_before_there_is_nothing_to_compare(two_releases: Releases, difference: Difference) -> None:
    with pytest.raises(StoreError, match="no release before"):
        two_releases.before(difference.old)
