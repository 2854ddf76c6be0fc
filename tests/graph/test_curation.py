"""Side-cars: whatever is wrong with one stops the build and is named with its line; text stays text."""

import csv
import shutil
from pathlib import Path

import pytest
import yaml

from graph import authority, profiles, vocabulary
from graph.curation import sidecar
from graph.errors import SidecarError
from graph.inputs import ProfileInput
from graph.iris import Iris, term
from graph.profiles import Context, ProfileResult
from graph.versions import VERSION

CASES = Path(__file__).parent / "cases"
IRIS = Iris()


@pytest.fixture(scope="session")
def given(data: Path) -> Context:
    """What profiles are read with."""
    words = vocabulary.load()
    return profiles.context(authority.load(data / "authority", words), words, data / "rules", IRIS, VERSION)


@pytest.fixture
def profile(data: Path, tmp_path: Path) -> ProfileInput:
    """A copy of the first profile without its side-car."""
    path = tmp_path / "spain-2018-cse.txt"
    shutil.copy(data / "profiles" / path.name, path)
    return ProfileInput(path, tmp_path / "spain-2018-cse.yaml")


def wrong() -> list[dict[str, str]]:
    """Side-cars that do not hold, and what is said of them."""
    with (CASES / "bad-sidecars.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", wrong(), ids=lambda case: case["name"])
def test_a_side_car_that_does_not_hold_stops_the_build_and_is_named(case: dict[str, str], profile: ProfileInput, given: Context) -> None:
    assert profile.sidecar
    profile.sidecar.write_text(case["side-car"].replace("\\n", "\n"), encoding="utf-8")
    with pytest.raises(SidecarError) as refused:
        profiles.process(profile, given)
    assert case["said"] in str(refused.value)
    assert str(refused.value).startswith(f"{profile.sidecar}:{case['line']}: ")
    assert refused.value.stops


EUROPOL = "body/spain-2018-cse-europol"
QUOTE = "Spain co-drives the CSE EMPACT Group in Europol"


@pytest.mark.parametrize(
    ("keys", "end", "told"),
    [
        (["body/europol"], "body/europol", ["is not scoped"]),
        ([EUROPOL, EUROPOL], EUROPOL, ["is taken"]),
        ([f"[{EUROPOL}]"], "body/europol", ["'key' is a list"]),
        ([f"[{EUROPOL}]"], EUROPOL, ["'key' is a list", "an actor that was set aside"]),
    ],
    ids=["of the authority files", "named twice", "a list", "only in a list"],
)
def test_a_bad_actor_hides_no_claim_on_a_good_one(
    keys: list[str], end: str, told: list[str], profile: ProfileInput, given: Context
) -> None:
    assert profile.sidecar
    actors = "".join(f"  - {{key: {key}, kind: body, label: Europol, quote: {QUOTE}}}\n" for key in keys)
    header = "profile: spain-2018-cse\ndocument: {title: Spain, publisher: unknown, terms: unknown, language: en}\n"
    claims = f"claims:\n  - claim: country/ESP cooperatesWith {end}\n    quote: {QUOTE}\n"
    profile.sidecar.write_text(f"{header}actors:\n{actors}{claims}", encoding="utf-8")
    read = profiles.read(profile, given, is_lenient=True)
    said = [str(fault) for fault in read.aside if isinstance(fault, SidecarError)]
    assert [part in one for part, one in zip(told, said, strict=True)] == [True] * len(told)
    assert [claim.object for claim in read.sheet.curated] == ([end] if len(told) == 1 else [])


def test_yaml_values_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("profile: 2018\ndocument: {publisher: no, year: 2018, language: on}\n", encoding="utf-8")
    read = sidecar.read(path)
    assert read.profile == "2018"
    assert {name: read.document.text(name) for name in ("publisher", "year", "language")} == {
        "publisher": "no",
        "year": "2018",
        "language": "on",
    }


def test_a_tower_of_yaml_aliases_is_no_side_car(tmp_path: Path) -> None:
    tower = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{n}: &{n} [{', '.join(['*' + m] * 9)}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    path = tmp_path / "a.yaml"
    path.write_text(tower, encoding="utf-8")
    with pytest.raises(SidecarError, match="the field 'a' is unknown"):
        sidecar.read(path)


def values(result: ProfileResult, predicate: str) -> list[str]:
    """The values of a property in a profile's graph."""
    return [quad.object.value for quad in result.quads if quad.predicate == term(predicate)]


def test_a_profile_without_a_side_car_is_read_all_the_same(profile: ProfileInput, given: Context) -> None:
    result = profiles.process(ProfileInput(profile.document, None), given)
    assert values(result, "liaison:statedIn") == []
    assert values(result, "liaison:year") == ["2018", "2018"]
    assert values(result, "dcterms:publisher") == ["unknown"]


def test_what_a_document_does_not_state_stays_open_and_is_reported(tmp_path: Path, given: Context) -> None:
    path = tmp_path / "open-2019.txt"
    path.write_text("## Objectives\nNothing more.\n", encoding="utf-8")
    result = profiles.process(ProfileInput(path, None), given)
    assert values(result, "dcterms:spatial") == []
    assert [error.problem for error in result.aside] == [
        f"the document does not state its {name}" for name in ("country", "year", "priority")
    ]
    assert len(values(result, "liaison:missingSection")) == len(given.vocabulary.parts) - 1


def test_every_quote_of_the_first_profile_stands_at_its_offsets(data: Path, given: Context) -> None:
    item = ProfileInput(data / "profiles" / "spain-2018-cse.txt", data / "claims" / "spain-2018-cse.yaml")
    text = item.document.read_bytes().decode()
    about: dict[str, dict[str, str]] = {}
    for quad in profiles.process(item, given).quads:
        about.setdefault(str(quad.subject), {})[quad.predicate.value.rsplit("#", 1)[-1]] = quad.object.value
    quoted = [fields for fields in about.values() if "quote" in fields]
    claims = yaml.safe_load((item.sidecar or item.document).read_text(encoding="utf-8"))["claims"]
    assert len(quoted) == len(claims)
    assert all(text[int(fields["start"]) : int(fields["end"])] == fields["quote"] for fields in quoted)


def test_a_result_is_the_same_after_it_was_kept(data: Path, given: Context) -> None:
    item = ProfileInput(data / "profiles" / "spain-2018-cse.txt", data / "claims" / "spain-2018-cse.yaml")
    result = profiles.process(item, given)
    again = profiles.loaded(profiles.dumped(result))
    assert (again.key, set(again.quads)) == (result.key, set(result.quads))
    assert [str(error) for error in again.aside] == [str(error) for error in result.aside]


def test_no_blank_node_is_in_a_profile(data: Path, given: Context) -> None:
    item = ProfileInput(data / "profiles" / "spain-2018-cse.txt", data / "claims" / "spain-2018-cse.yaml")
    assert not [quad for quad in profiles.process(item, given).quads if "_:" in (str(quad.subject)[:2], str(quad.object)[:2])]
