"""What a query is asked of: FROM, the protocol's parameters, and the published graph that has no named graph of its own."""

import pyoxigraph as ox
import pytest

from webapp.pool.dataset import ForeignGraphError, from_clauses, graphs
from webapp.pool.question import Dataset

PUBLISHED = "a:published"
STORE = ox.Store()
for name in ("a:x", "a:y", "a:x/proposed"):
    STORE.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("1"), ox.NamedNode(name)))


@pytest.mark.cases("from")
def test_the_data_set_is_read_from_the_query(case: dict[str, str]) -> None:
    found = from_clauses(case["query"], {"given": "a:given/"})
    expected = None if case["default"] == "-" else Dataset(tuple(case["default"].split()), tuple(case["named"].split()))
    assert found == expected


def test_the_published_graph_is_the_default_graph_of_the_store() -> None:
    assert graphs(STORE, Dataset((PUBLISHED,)), PUBLISHED) == ([ox.DefaultGraph()], [])


def test_a_published_graph_beside_the_published_graph_adds_nothing() -> None:
    default, named = graphs(STORE, Dataset((PUBLISHED, "a:x"), ("a:y", PUBLISHED)), PUBLISHED)
    assert default == [ox.DefaultGraph()]
    assert named == [ox.NamedNode("a:y")]


def test_proposals_are_added_to_the_published_graph() -> None:
    assert graphs(STORE, Dataset(("a:x/proposed", PUBLISHED)), PUBLISHED)[0] == [ox.DefaultGraph(), ox.NamedNode("a:x/proposed")]


def test_a_graph_from_elsewhere_is_not_fetched() -> None:
    with pytest.raises(ForeignGraphError, match="http://127"):
        graphs(STORE, Dataset((), ("http://127.0.0.1:9/",)), PUBLISHED)
