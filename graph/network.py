"""The claims as a network, for programs that draw and count: nodes and edges as CSV, GraphML and GEXF.

A node is anything that a supported claim connects, an edge is one such claim, with its relation, years, certainty and
the words that it rests on. The same release gives the same bytes.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import pyoxigraph as ox

from graph.dumps import in_xml
from graph.iris import Iris
from graph.sheets import spreadsheet
from graph.store import View

MEDIA_TYPES = {"csv": "text/csv", "graphml": "application/graphml+xml", "gexf": "application/gexf+xml"}
"""Endings of the files and their media types."""
NODES = """SELECT ?id ?label ?kind ?country ?from ?until ?universal WHERE {
  { SELECT DISTINCT ?id WHERE { ?claim a liaison:SupportedClaim ; liaison:involves ?id } }
  ?id skos:prefLabel ?label FILTER (LANG(?label) = "en")
  OPTIONAL { ?id org:classification/skos:prefLabel ?kind }
  OPTIONAL { ?id liaison:country/skos:prefLabel ?country FILTER (LANG(?country) = "en") }
  OPTIONAL { ?id liaison:from ?from } OPTIONAL { ?id liaison:until ?until } OPTIONAL { ?id liaison:isUniversal ?universal }
} ORDER BY ?id ?label ?kind ?country ?from ?until ?universal"""
EDGES = """SELECT ?claim ?source ?target ?relation ?label ?modality ?certainty ?from ?until ?asOf ?statedIn ?words ?caveat WHERE {
  ?claim a liaison:SupportedClaim ; rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target ;
    liaison:modality/skos:prefLabel ?modality ; liaison:certainty/skos:prefLabel ?certainty ; liaison:statedIn ?statedIn .
  ?relation rdfs:label ?label .
  OPTIONAL { ?claim liaison:from ?from } OPTIONAL { ?claim liaison:until ?until } OPTIONAL { ?claim liaison:asOf ?asOf }
  ?claim liaison:hasEvidence ?evidence .
  ?evidence liaison:cites ?cited .
  OPTIONAL { ?evidence liaison:quote ?quote } OPTIONAL { ?cited liaison:text ?text }
  BIND (COALESCE(?quote, ?text, "") AS ?words)
  OPTIONAL { ?statedIn dcterms:description ?caveat FILTER EXISTS { ?statedIn liaison:summaryOf ?page } }
} ORDER BY ?claim ?words ?label ?modality ?certainty ?from ?until ?asOf ?statedIn ?source ?target ?relation"""
_COLUMNS = {
    "nodes": ("Id", "Label", "kind", "country", "from", "until", "universal"),
    "edges": (
        "Source",
        "Target",
        "Type",
        "source_label",
        "Label",
        "target_label",
        "relation",
        "modality",
        "certainty",
        "from",
        "until",
        "as_of",
        "stated_in",
        "words",
        "caveat",
        "claim",
    ),
}
_BETWEEN = " | "
_WRITTEN = re.compile(r' lastmodifieddate="[^"]*"')

Row = Mapping[str, str]


class Network(NamedTuple):
    """Nodes and edges, each with its columns by name."""

    nodes: list[Row]
    edges: list[Row]

    def of(self, claims: Iterable[ox.NamedNode]) -> "Network":
        """The part of it that rests on these claims."""
        wanted = {claim.value for claim in claims}
        edges = [edge for edge in self.edges if edge["claim"] in wanted]
        ends = {edge[end] for edge in edges for end in ("Source", "Target")}
        return Network([node for node in self.nodes if node["Id"] in ends], edges)


def read(view: View, iris: Iris) -> Network:
    """The network of a release; its part about thousands of claims is `of` it, that about some hundred a `part`."""
    return _read(view, iris, NODES, EDGES)


def part(view: View, iris: Iris, claims: Iterable[ox.NamedNode]) -> Network:
    """The part of a release's network that rests on these claims."""
    wanted = "VALUES ?claim { " + " ".join(map(str, claims)) + " }"
    return _read(view, iris, NODES.replace("?claim a ", f"{wanted} ?claim a "), EDGES.replace("?claim a ", f"{wanted} ?claim a "))


def _read(view: View, iris: Iris, every_node: str, every_edge: str) -> Network:
    nodes: dict[str, Row] = {}
    for row in _texts(view, iris, every_node):
        nodes.setdefault(row["id"], {"Id": row["id"], "Label": row["label"], **{name: row.get(name, "") for name in _COLUMNS["nodes"][2:]}})
    edges: dict[str, dict[str, str]] = {}
    for row in _texts(view, iris, every_edge):
        if (claim := row["claim"]) in edges:
            edges[claim]["words"] += _BETWEEN + row["words"]
            continue
        edges[claim] = {
            "Source": row["source"], "Target": row["target"], "Type": "Directed", "Label": row["label"],
            "relation": iris.short(row["relation"]), "as_of": row.get("asOf", ""), "stated_in": row["statedIn"],
            **{name: row.get(name, "") for name in ("modality", "certainty", "from", "until", "words", "caveat", "claim")},
        }  # fmt: skip
    return Network(list(nodes.values()), list(edges.values()))


def write(view: View, folder: Path, iris: Iris) -> list[Path]:
    """Write the network of a release into its folder, as `nodes.csv`, `edges.csv`, `network.graphml` and `network.gexf`."""
    network = read(view, iris)
    texts = {
        "nodes.csv": table(network.nodes, _COLUMNS["nodes"]),
        "edges.csv": written(network, "csv"),
        "network.graphml": written(network, "graphml"),
        "network.gexf": written(network, "gexf"),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return [folder / name for name in texts]


def written(network: Network, ending: str) -> str:
    """A network in one format: `csv` holds its edges, `graphml` and `gexf` its nodes as well."""
    if ending == "csv":
        names = {node["Id"]: node["Label"] for node in network.nodes}
        ends = (
            {"source_label": names.get(edge["Source"], ""), "target_label": names.get(edge["Target"], ""), **edge} for edge in network.edges
        )
        return table(ends, _COLUMNS["edges"])
    graph = graph_of(network)
    if ending == "graphml":
        return "\n".join(nx.generate_graphml(graph)) + "\n"
    return _WRITTEN.sub("", "\n".join(nx.generate_gexf(graph))) + "\n"


def table(rows: Iterable[Row], columns: Iterable[str]) -> str:
    """Rows as CSV that a spreadsheet opens as it is meant: with a mark of its encoding, and no cell taken for a formula."""
    names = list(columns)
    return "".join(spreadsheet(chain([names], ([row[name] for name in names] for row in rows))))


def graph_of(given: Network) -> "nx.MultiDiGraph[str]":
    """Nodes and edges as a graph of networkx, its edges keyed by their claims."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in given.nodes:
        network.add_node(node["Id"], label=in_xml(node["Label"]), **_given(node, _COLUMNS["nodes"][2:]))
    for edge in given.edges:
        if edge["Source"] in network and edge["Target"] in network:
            about = _given(edge, _COLUMNS["edges"][6:])
            network.add_edge(edge["Source"], edge["Target"], key=edge["claim"], label=in_xml(edge["Label"]), **about)
    return network


def _texts(view: View, iris: Iris, query: str) -> list[dict[str, str]]:
    return [{name: value.value for name, value in row.items()} for row in view.select(iris.header() + query)]


def _given(row: Row, names: Iterable[str]) -> dict[str, str]:
    return {name: in_xml(row[name]) for name in names if row[name]}
