"""Claims: what their keys rest on, which of them carry an edge, and what follows from an edge."""

from dataclasses import replace
from datetime import date
from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import vocabulary
from graph.claims import Claim, Evidence, merged
from graph.dates import StatedDate
from graph.edges import edges, entailed
from graph.iris import DATA_KINDS, LISTS, Iris, is_key, term
from graph.rdf.claims import write_claim
from graph.rdf.writer import Writer

IRIS = Iris()
WORDS = vocabulary.load()
CLAIM = Claim("profile/a-2018", "country/ESP", "coDrives", "group/empact-cse", (Evidence(("sentence/a-1",), "stated"),), "curated")
LABELS = {"country/ESP": "Spain", "group/empact-cse": "EMPACT CSE", "body/europol": "Europol"}


@pytest.mark.parametrize(
    "change",
    [
        {"document": "profile/b-2018"},
        {"subject": "country/FRA"},
        {"relation": "leads"},
        {"object": "group/empact"},
        {"polarity": "negated"},
        {"modality": "planned"},
        {"valid_from": StatedDate("2017")},
        {"valid_until": StatedDate("2017-05")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_statement_has_another_key(change: dict) -> None:
    assert replace(CLAIM, **change).key != CLAIM.key


@pytest.mark.parametrize(
    "change", [{"review": "reference"}, {"evidence": (Evidence(("sentence/a-2",), "derived", rule="x"),)}], ids=["review", "evidence"]
)
def test_how_it_was_read_does_not_change_the_key(change: dict) -> None:
    assert replace(CLAIM, **change).key == CLAIM.key


def test_the_key_of_a_claim_is_for_ever() -> None:
    assert CLAIM.key == "0beb75cb843c4ed4b230"


@pytest.mark.parametrize(
    ("polarity", "modality", "review"),
    list(
        product(
            ["affirmed", "negated"],
            ["asserted", "past", "planned", "required", "possible"],
            ["reference", "curated", "accepted", "corrected", "rejected", "disputed", "unreviewed"],
        )
    ),
)
def test_an_edge_stands_if_and_only_if_the_claim_is_affirmed_asserted_or_past_and_vouched_for(
    polarity: str, modality: str, review: str
) -> None:
    expected = polarity == "affirmed" and modality in {"asserted", "past"} and review in {"reference", "curated", "accepted", "corrected"}
    claim = replace(CLAIM, polarity=polarity, modality=modality, review=review)
    writer = Writer(IRIS, "profile/a-2018")
    write_claim(writer, claim, WORDS, LABELS, "run/1")
    edge = ox.Quad(IRIS.thing("country/ESP"), term("liaison:coDrives"), IRIS.thing("group/empact-cse"), IRIS.graph("edges"))
    assert edges(writer.quads, IRIS) == ([edge] if expected else [])
    memberships = [quad for quad in writer.quads if quad.object == term("org:Membership")]
    assert bool(memberships) == expected


def test_a_claim_made_twice_carries_both_pieces_of_evidence() -> None:
    second = replace(CLAIM, evidence=(Evidence(("sentence/a-2",), "derived", rule="x"),))
    (claim,) = merged([CLAIM, second, CLAIM])
    assert [evidence.cites for evidence in claim.evidence] == [("sentence/a-1",), ("sentence/a-2",)]
    assert claim.certainty == "stated"


def test_evidence_that_moved_to_other_sentences_is_no_second_piece_of_the_same_node() -> None:
    moved = Evidence(("sentence/a-2",), "stated", quote="a", first_cites=("sentence/a-1",))
    other = Evidence(("sentence/a-2",), "stated", quote="b")
    (claim,) = merged([CLAIM, replace(CLAIM, evidence=(moved, other))])
    assert [CLAIM.evidence_key(evidence) for evidence in claim.evidence] == [CLAIM.evidence_key(one) for one in (*CLAIM.evidence, other)]


def follows(relation: str, target: str = "group/empact-cse") -> set[tuple[str, str, str]]:
    """What follows from Spain's edge with this relation, in short."""
    plain = [ox.Quad(IRIS.thing("country/ESP"), term(f"liaison:{relation}"), IRIS.thing(target), IRIS.graph("edges"))]
    found = entailed(plain, plain, WORDS, IRIS)
    assert not {quad.triple for quad in plain} & {quad.triple for quad in found}, "nothing is said twice"
    return {(str(q.subject.value).rsplit("/", 1)[1], q.predicate.value.rsplit("#", 1)[1], q.object.value.rsplit("/", 1)[1]) for q in found}


def test_from_a_relation_follow_those_above_it() -> None:
    assert follows("drives") == {("ESP", name, "empact-cse") for name in ("leads", "participatesIn", "memberOf")}


def test_from_cooperation_follows_its_second_direction() -> None:
    assert follows("cooperatesWith", "body/europol") == {
        ("europol", "cooperatesWith", "ESP"),
        ("ESP", "linkedTo", "europol"),
        ("europol", "linkedTo", "ESP"),
    }


def test_observers_are_no_members() -> None:
    assert follows("observerOf") == set()


@given(st.sampled_from(DATA_KINDS), st.from_regex(r"[A-Za-z0-9]+(-+[A-Za-z0-9]+){0,3}", fullmatch=True))
def test_a_reference_becomes_an_iri_and_comes_back(kind: str, key: str) -> None:
    assert IRIS.reference(IRIS.thing(f"{kind}/{key}").value) == f"{kind}/{key}"


@given(st.text(max_size=20).filter(lambda key: not is_key(key)))
def test_what_is_no_key_never_becomes_an_iri(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        IRIS.thing(f"country/{key}")


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ValueError, match=f"the kinds are {', '.join((*DATA_KINDS, *LISTS))}"):
        IRIS.thing("planet/mars")


@given(st.dates())
def test_a_day_means_itself(day: date) -> None:
    stated = StatedDate(day.isoformat())
    assert stated.earliest == stated.latest == day.isoformat()


@pytest.mark.parametrize(
    ("stated", "earliest", "latest", "datatype"),
    [
        ("2018", "2018-01-01", "2018-12-31", "gYear"),
        ("2016-02", "2016-02-01", "2016-02-29", "gYearMonth"),
        ("2018-10-15", "2018-10-15", "2018-10-15", "date"),
    ],
)
def test_a_date_is_kept_as_stated_with_the_days_it_can_mean(stated: str, earliest: str, latest: str, datatype: str) -> None:
    kept = StatedDate(stated)
    assert (kept.stated, kept.earliest, kept.latest, kept.datatype) == (stated, earliest, latest, datatype)


@pytest.mark.parametrize(
    "wrong", ["18", "2018-13", "2018-02-30", "2018-1", "10/2018", "0000", "2018-00", "2018-10-00", "circa 2018", " 2018"]
)
def test_what_is_no_date_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        StatedDate(wrong)
