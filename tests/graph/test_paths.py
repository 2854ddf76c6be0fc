"""Paths: the same as an enumeration of all simple paths finds, in the same order, whatever is asked for."""

import json
import random
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import adjacency
from graph.adjacency import Adjacency, Node, Tie
from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from graph.errors import StoreError
from graph.paths import AVOIDABLE, Found, Hop, Wanted, shortest
from graph.release import Release

RELATIONS = ("memberOf", "cooperatesWith", "addresses")
COUNT = 7
NODES = tuple(
    Node(f"{'topic' if place == COUNT - 1 else 'body'}/n{place}", f"Name {(place * 3) % COUNT}", is_universal=place == 2)
    for place in range(COUNT)
)
YEAR = st.sampled_from((0, 2010, 2015, 2020))


@st.composite
def ties(draw: st.DrawFn) -> list[Tie]:
    """Some claims between a few things, several between the same two among them."""
    found = []
    for number in range(draw(st.integers(0, 22))):
        one, other = draw(st.sampled_from(NODES)), draw(st.sampled_from(NODES))
        first, last = draw(YEAR), draw(YEAR)
        first, last = (min(first, last), max(first, last)) if first and last else (first, last)
        words = (
            draw(st.sampled_from(RELATIONS)),
            other.reference,
            draw(st.sampled_from(CERTAINTIES)),
            draw(st.sampled_from(SUPPORTING_REVIEWS)),
        )
        found.append(Tie(f"c{number}", one.reference, *words, first, last))
    return found


def some(values: Iterable[str]) -> st.SearchStrategy[frozenset[str]]:
    """A few of these, or none."""
    return st.frozensets(st.sampled_from(sorted(values)), max_size=2)


WANTED = st.builds(
    Wanted,
    some(RELATIONS),
    some(CERTAINTIES),
    some(SUPPORTING_REVIEWS),
    st.sampled_from((None, (2012, 2012), (2011, 2016), (2021, 2025))),
    some(AVOIDABLE),
)


def is_wanted(tie: Tie, wanted: Wanted) -> bool:
    """Whether a path may rest on a claim, as the documentation says it."""
    holds = wanted.years is None or (tie.first <= wanted.years[1] and (not tie.last or wanted.years[0] <= tie.last))
    named = (
        (not wanted.relations or tie.relation in wanted.relations)
        and (not wanted.certainties or tie.certainty in wanted.certainties)
        and (not wanted.reviews or tie.review in wanted.reviews)
    )
    return holds and named and not ("undated" in wanted.avoid and not tie.first and not tie.last)


class Peer:
    """All simple paths, as networkx finds them, put in order here."""

    def __init__(self, claims: list[Tie], wanted: Wanted, source: str, target: str) -> None:
        """Keep what is wanted."""
        avoided = {node.reference for node in NODES if node.is_universal and "universal" in wanted.avoid}
        avoided |= {node.reference for node in NODES if node.reference.startswith("topic/") and "topics" in wanted.avoid}
        self.whole: nx.Graph[str] = nx.Graph((tie.subject, tie.object) for tie in claims if tie.subject != tie.object)
        self.graph: nx.Graph[str] = nx.Graph()
        self.graph.add_nodes_from([source, target])
        self.wanted, self.doubts = wanted, dict[frozenset[str], int]()
        for tie in claims:
            if tie.subject != tie.object and is_wanted(tie, wanted) and not {tie.subject, tie.object} & (avoided - {source, target}):
                pair = frozenset({tie.subject, tie.object})
                doubt = CERTAINTIES.index(tie.certainty) + (3 if wanted.years and not tie.first and not tie.last else 0)
                self.doubts[pair] = min(doubt, self.doubts.get(pair, doubt))
                self.graph.add_edge(tie.subject, tie.object)

    def paths(self, source: str, target: str, length: int) -> list[list[str]]:
        """The paths in their order: hops, what all share, crowds, doubt, names."""
        found = [path for path in nx.all_simple_paths(self.graph, source, target, cutoff=length) if len(path) > 1]
        return sorted(found, key=self._order)

    def _order(self, path: list[str]) -> tuple[int, int, int, int, list[tuple[str, str]]]:
        by_reference = {node.reference: node for node in NODES}
        inner = [by_reference[reference] for reference in path[1:-1]]
        shared = sum(node.is_universal or node.reference.startswith("topic/") for node in inner)
        crowd = sum(self.whole.degree[node.reference].bit_length() // 2 for node in inner)
        doubt = sum(self.doubts[frozenset(pair)] for pair in pairwise(path))
        return len(path), shared, crowd, doubt, [(by_reference[reference].label.casefold(), reference) for reference in path]


def stops(hops: tuple[Hop, ...]) -> list[str]:
    """What a path passes, both ends included."""
    return [hops[0].source, *(hop.target for hop in hops)]


@settings(deadline=None)
@given(ties(), WANTED, st.integers(1, 12), st.integers(1, 6))
def test_paths_are_those_of_networkx_in_the_order_that_is_promised(claims: list[Tie], wanted: Wanted, limit: int, length: int) -> None:
    source, target = "body/n0", "body/n1"
    graph = Adjacency.of(adjacency.written(NODES, claims))
    found = shortest(graph, source, target, wanted, limit=limit, length=length)
    expected = Peer(claims, wanted, source, target).paths(source, target, length)
    assert [stops(path) for path in found.paths] == expected[:limit]
    assert found.end == "enough" if len(expected) >= limit else found.end in ("length", "apart")
    if found.end == "apart":
        assert not expected


@settings(deadline=None)
@given(ties(), WANTED)
def test_each_hop_rests_on_all_claims_that_are_wanted_and_on_no_other(claims: list[Tie], wanted: Wanted) -> None:
    graph = Adjacency.of(adjacency.written(NODES, claims))
    for path in shortest(graph, "body/n0", "body/n1", wanted, limit=10, length=4).paths:
        assert len(set(stops(path))) == len(path) + 1, "a thing is passed twice"
        assert [hop.source for hop in path[1:]] == [hop.target for hop in path[:-1]]
        for hop in path:
            between = {tie.claim for tie in claims if {tie.subject, tie.object} == {hop.source, hop.target} and is_wanted(tie, wanted)}
            assert hop.claims
            assert set(hop.claims) == between


@settings(deadline=None)
@given(ties())
def test_lengths_are_those_of_the_shortest_simple_paths_of_networkx(claims: list[Tie]) -> None:
    peer = Peer(claims, Wanted(), "body/n0", "body/n1")
    found = shortest(Adjacency.of(adjacency.written(NODES, claims)), "body/n0", "body/n1", Wanted(), limit=10, length=6)
    theirs = nx.shortest_simple_paths(peer.graph, "body/n0", "body/n1") if nx.has_path(peer.graph, "body/n0", "body/n1") else iter(())
    assert [len(path) for path in found.paths] == [len(path) - 1 for path, _ in zip(theirs, range(10), strict=False)]


@settings(deadline=None)
@given(ties(), st.randoms())
def test_the_same_claims_give_the_same_bytes_in_whatever_order(claims: list[Tie], chance: random.Random) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert adjacency.written(NODES, shuffled) == adjacency.written(reversed(NODES), claims)


@settings(deadline=None)
@given(ties())
def test_what_is_written_is_read_again(claims: list[Tie]) -> None:
    graph = Adjacency.of(adjacency.written(NODES, claims))
    assert [graph.number(node.reference) is not None for node in NODES] == [True] * len(NODES)
    assert {graph.reference(number) for number in range(len(graph))} == {node.reference for node in NODES}
    assert graph.number("body/nowhere") is None
    kept = {graph.claim(number) for number in range(len(graph.relation))}
    assert kept == {tie.claim for tie in claims if tie.subject != tie.object}


def ladder(rungs: int) -> Adjacency:
    """Two rails that every rung crosses: as many ways as there are subsets of rungs."""
    nodes = [Node(f"body/{rail}{place}", f"{rail}{place}") for rail in "ab" for place in range(rungs)]
    pairs = [(f"body/{rail}{place}", f"body/{rail}{place + 1}") for rail in "ab" for place in range(rungs - 1)]
    pairs += [(f"body/a{place}", f"body/b{place}") for place in range(rungs)]
    return Adjacency.of(adjacency.written(nodes, [Tie(f"c{n}", a, "partOf", b, "stated", "reference") for n, (a, b) in enumerate(pairs)]))


def test_a_search_that_costs_too_much_ends_and_says_so() -> None:
    graph = ladder(8)
    whole = shortest(graph, "body/a0", "body/b7", Wanted(), limit=500, length=20)
    assert (whole.end, len(whole.paths)) == ("length", len(list(nx.all_simple_paths(nx.ladder_graph(8), 0, 15))))
    cut = shortest(graph, "body/a0", "body/b7", Wanted(), limit=500, length=20, budget=200)
    assert cut.end == "budget"
    assert cut.paths == whole.paths[: len(cut.paths)], "those that were found are still the best"


@pytest.mark.parametrize("target", ["body/a7", "body/nowhere"])
def test_what_is_too_far_or_unknown_is_told_apart(target: str) -> None:
    found = shortest(ladder(8), "body/a0", target, Wanted(), limit=5, length=3)
    assert found == Found((), "length" if target == "body/a7" else "apart", found.looked)


def test_the_file_of_a_release_holds_each_supported_claim_and_is_the_same_each_time(release: Release) -> None:
    path = release.folder / adjacency.FILE
    assert path.read_bytes() == adjacency.read(release.view, release.iris)
    graph = Adjacency.open(path)
    query = "SELECT ?claim { ?claim a liaison:SupportedClaim ; rdf:subject ?a ; rdf:object ?b FILTER (?a != ?b) }"
    there = {release.iris.reference(row["claim"].value) for row in release.view.select(release.iris.header() + query)}
    assert {f"claim/{graph.claim(number)}" for number in range(len(graph.relation))} == there


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b'{"adjacency":1,"relations":[],"parts":{"starts":["I",9]}}\n'])
def test_a_file_that_is_none_is_refused_with_its_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / adjacency.FILE
    path.write_bytes(content)
    with pytest.raises(StoreError, match=adjacency.FILE):
        Adjacency.open(path)


@pytest.mark.parametrize(("version", "told"), [(0, "an older version of Liaison"), (99, "a newer version of Liaison")])
def test_a_file_of_another_version_is_not_called_damaged(version: int, told: str, tmp_path: Path) -> None:
    path = tmp_path / adjacency.FILE
    path.write_bytes(json.dumps({"adjacency": version, "relations": [], "parts": {}}).encode() + b"\n")
    with pytest.raises(StoreError, match=f"the release was made by {told}; run `liaison build`"):
        Adjacency.open(path)


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="liaison build"):
        Adjacency.open(tmp_path / adjacency.FILE)
