"""Whose an actor is, where the key of one profile begins with that of another."""

import shutil
from collections.abc import Collection

import pytest

from graph import authority, profiles, retirement, vocabulary
from graph.decisions.minting import Minter
from graph.decisions.records import End
from graph.decisions.redirects import Redirects, applicable, owner, redirects
from graph.extraction import results
from graph.iris import term
from graph.profiles import Context
from graph.validation import validate_release
from graph.versions import VERSION
from tests.graph.decisions.desks import COOPERATES, EUROPOL, IRIS, KEY, LEAS, NGOS, Desk, Made, claim
from tests.graph.decisions.making import pair

SHORT = "spain-2018"
OTHERS = [
    ("body/spain-2018-cse-leas", ("spain-2018", "spain-2018-cse"), "spain-2018-cse"),
    ("body/spain-2018-cse-leas", ("spain-2018-cse", "spain-2018"), "spain-2018-cse"),
    ("body/spain-2018-csection", ("spain-2018", "spain-2018-cse"), "spain-2018"),
    ("body/spain-2018--cse-leas", ("spain-2018", "spain-2018-cse"), "spain-2018"),
    ("body/spain-2018-cse", ("spain-2018", "spain-2018-cse"), "spain-2018"),
    ("body/spain-2018-leas", ("spain-2018-cse",), None),
    ("body/europol", ("spain-2018",), None),
]
"""An actor, the keys of all profiles, and the one to which the actor is scoped."""


@pytest.mark.parametrize(("reference", "keys", "whose"), OTHERS)
def test_an_actor_is_of_the_profile_with_the_longest_key(reference: str, keys: Collection[str], whose: str | None) -> None:
    assert owner(reference, keys) == whose
    assert [key for key in keys if Redirects(profiles=frozenset(keys)).is_of(reference, key)] == [key for key in keys if key == whose]


def test_only_keys_that_begin_with_another_one_change_what_a_profile_becomes(desk: Desk) -> None:
    words = vocabulary.load()
    facts = authority.load(desk.folder / "authority", words)

    def context(*keys: str) -> Context:
        return profiles.context(facts, words, desk.folder / "rules", IRIS, VERSION, Redirects(profiles=frozenset(keys)))

    assert context("a", "b").hash == context("a", "b", "c", "ab").hash != context("a", "b", "a-c").hash


def test_a_merge_into_an_actor_of_a_withdrawn_document_is_told_whatever_other_key_it_begins_with() -> None:
    found, _ = redirects([pair("merge", "ana", 1, "x", f"{KEY}-leas")])
    assert applicable(found, (), [SHORT, KEY], ["body"])[0].profiles == {SHORT, KEY}
    _, reasons = applicable(found, (), [SHORT], ["body"], [KEY])
    assert "neither in the authority files nor of a profile" in reasons["body/x"]


def named_in(made: Made, reference: str) -> set[str]:
    """The named graphs that name an actor."""
    label = term("skos:prefLabel")
    return {
        quad.graph_name.value.rpartition("profile/")[2]  # type: ignore[union-attr]
        for quad in [*made.assembly.quads, *made.assembly.open]
        if quad.subject == IRIS.thing(reference) and quad.predicate == label
    }


def with_shorter(desk: Desk) -> None:
    """Put a second profile in, whose key is the beginning of the first one's."""
    shutil.copy(desk.path, desk.file(SHORT))


def test_an_actor_of_another_profile_is_none_of_this_one(desk: Desk) -> None:
    with_shorter(desk)
    desk.decide("add", "ana", claim("supports", LEAS, EUROPOL, SHORT), NGOS, SHORT)
    desk.decide("add", "ana", claim("supports", LEAS, EUROPOL), NGOS)
    made = desk.assembled()
    assert made.assembly.books
    assert made.assembly.books.places == {"actor unknown": 1, "humanOnly": 1}
    assert named_in(made, LEAS.reference) == {KEY}
    assert not [finding for finding in validate_release(made.view) if finding.is_violation]


def test_an_actor_that_only_a_merge_names_is_named_by_its_own_profile_alone(desk: Desk) -> None:
    with_shorter(desk)
    police = End(reference=f"body/{KEY}-policia", name="Policía", kind="police-force")
    desk.pair("merge", "ana", End(reference=f"body/{SHORT}-police", name="Police", kind="police-force"), police)
    made = desk.assembled()
    assert named_in(made, police.reference) == {KEY}
    assert not [finding for finding in validate_release(made.view) if finding.is_violation]


def test_a_withdrawn_document_leaves_its_actors_to_no_other_one(desk: Desk) -> None:
    with_shorter(desk)
    desk.decide("add", "ana", claim("supports", LEAS, EUROPOL, SHORT), COOPERATES, SHORT)
    (desk.folder / "claims" / f"{KEY}.yaml").unlink()
    retirement.record(desk.folder, {"reference": f"profile/{KEY}", "date": "2026-11-25", "reason": "the publisher asked"})
    made = desk.assembled()
    assert made.assembly.books
    assert made.assembly.books.places == {"actor unknown": 1}


@pytest.mark.parametrize(
    ("name", "keys", "reference"),
    [
        ("CSE Unit", (), "body/spain-2018-cse-unit"),
        ("CSE Unit", (SHORT, KEY), "body/spain-2018--cse-unit"),
        ("Unit", (SHORT, KEY), "body/spain-2018-unit"),
        ("CSE", (SHORT, KEY), "body/spain-2018-cse"),
    ],
)
def test_a_name_gets_no_reference_that_another_profile_would_take_for_its_own(name: str, keys: Collection[str], reference: str) -> None:
    minter = Minter(SHORT, vocabulary.load(), (), {}, keys)
    assert minter.end(results.End(name, None)).reference == reference
