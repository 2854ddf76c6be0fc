"""The network as files: what the graph says, the same bytes each time, and readable by other programs."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pandas as pd
import pyoxigraph as ox
import pytest
import rustworkx
from hypothesis import given
from hypothesis import strategies as st

from graph import network
from graph.network import Row
from graph.release import Release

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.fixture(scope="module")
def folder(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The network of the shipped data, written once more."""
    made = tmp_path_factory.mktemp("network")
    network.write(release.view, made, release.iris)
    return made


@pytest.fixture(scope="module")
def size(release: Release) -> tuple[int, int]:
    """Nodes and edges as the graph counts them."""
    query = "SELECT (COUNT(DISTINCT ?end) AS ?nodes) (COUNT(DISTINCT ?claim) AS ?edges) { ?claim a liaison:SupportedClaim ; liaison:involves ?end }"
    (row,) = release.view.select(release.iris.header() + query)
    return int(row["nodes"].value), int(row["edges"].value)


def node(label: str) -> Row:
    """A node with this name."""
    return {"Id": "https://example.org/a", "Label": label, "kind": "", "country": "", "from": "", "until": "", "universal": ""}


def test_it_is_written_the_same_each_time(folder: Path, release: Release) -> None:
    for path in folder.iterdir():
        assert path.read_bytes() == (release.folder / path.name).read_bytes(), path.name


def test_networkx_opens_both_formats(folder: Path, size: tuple[int, int]) -> None:
    for read in (nx.read_graphml(folder / "network.graphml", force_multigraph=True), nx.read_gexf(folder / "network.gexf")):
        assert (len(read.nodes), len(read.edges)) == size
        europol = read.nodes["https://w3id.org/liaison/id/body/europol"]
        assert (europol["label"], europol["kind"], europol["universal"]) == ("Europol", "EU agency", "true")


def test_other_readers_open_them_too(folder: Path, size: tuple[int, int]) -> None:
    (graph,) = rustworkx.read_graphml(str(folder / "network.graphml"))
    assert (graph.num_nodes(), graph.num_edges()) == size
    root = ET.parse(folder / "network.gexf").getroot()  # noqa: S314  # our own file
    assert (len(root.findall(f".//{GEXF}node")), len(root.findall(f".//{GEXF}edge"))) == size


def test_tables_open_in_pandas_and_an_edge_has_its_words(folder: Path, size: tuple[int, int]) -> None:
    nodes, edges = (pd.read_csv(folder / name, dtype=str) for name in ("nodes.csv", "edges.csv"))
    assert (len(nodes), len(edges)) == size
    assert list(nodes.columns[:2]) == ["Id", "Label"]
    assert set(edges["Source"]) | set(edges["Target"]) == set(nodes["Id"])
    drives = edges[(edges["relation"] == "liaison:coDrives") & (edges["Source"].str.endswith("country/ESP"))]
    assert drives["words"].str.contains("Spain co-drives the CSE EMPACT Group in Europol").all()
    assert set(drives["certainty"]) == {"stated"}


@pytest.mark.parametrize("label", ["=1+1", "+41", "-x", "@sum", "\tx"])
def test_no_cell_is_a_formula(label: str) -> None:
    (_, row) = csv.reader(io.StringIO(network.table([node(label)], ["Id", "Label"]).removeprefix("\ufeff"), newline=""))
    assert row[1] == f"'{label}"


@given(WORDS)
def test_any_name_survives_each_format(label: str) -> None:
    (_, row) = csv.reader(io.StringIO(network.table([node(label)], ["Id", "Label"]).removeprefix("\ufeff"), newline=""))
    assert row[1].removeprefix("'") == label.removeprefix("'")
    graph = network.graph_of(network.Network([node(label)], []))
    (given_name,) = nx.get_node_attributes(graph, "label").values()
    read = nx.parse_graphml("\n".join(nx.generate_graphml(graph)))
    assert read.nodes["https://example.org/a"].get("label", "") == given_name.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("label", ["Министерство внутренних дел", 'the "Group", of <experts> & others', "Ämter; für 'alles'", "Δίκτυο"])
def test_names_in_any_script_and_with_quotes_are_kept(label: str) -> None:
    graph = network.graph_of(network.Network([node(label)], []))
    assert nx.parse_graphml("\n".join(nx.generate_graphml(graph))).nodes["https://example.org/a"]["label"] == label
    root = ET.fromstring("\n".join(nx.generate_gexf(graph)))  # noqa: S314  # made here
    assert [found.get("label") for found in root.iter(f"{GEXF}node")] == [label]


def test_the_gexf_is_built_as_its_specification_says(folder: Path) -> None:
    """Read with the standard library: every id once, every end there, every value declared, nothing but what GEXF 1.2 knows."""
    root = ET.parse(folder / "network.gexf").getroot()  # noqa: S314  # our own file
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    (graph,) = root.findall(f"{GEXF}graph")
    assert graph.get("defaultedgetype") == "directed"
    assert {child.tag.removeprefix(GEXF) for child in graph} == {"attributes", "nodes", "edges"}
    declared = {
        group.get("class"): {item.get("id"): item.get("type") for item in group.iter(f"{GEXF}attribute")}
        for group in graph.findall(f"{GEXF}attributes")
    }
    assert {kind for kinds in declared.values() for kind in kinds.values()} <= {"string", "integer", "boolean", "double", "long"}
    ids = [item.get("id") for item in graph.iter(f"{GEXF}node")]
    edges = list(graph.iter(f"{GEXF}edge"))
    assert len(set(ids)) == len(ids)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(ids)
    for name in ("node", "edge"):
        used = {value.get("for") for item in graph.iter(f"{GEXF}{name}") for value in item.iter(f"{GEXF}attvalue")}
        assert used <= declared[name].keys()


def test_a_part_is_the_same_as_that_of_the_whole(release: Release) -> None:
    query = "SELECT ?claim { ?claim liaison:involves body:europol }"
    claims = [row["claim"] for row in release.view.select(release.iris.header() + query)]
    named = [claim for claim in claims if isinstance(claim, ox.NamedNode)]
    whole = network.read(release.view, release.iris).of(named)
    assert network.part(release.view, release.iris, named) == whole
    assert len(whole.edges) > 50
