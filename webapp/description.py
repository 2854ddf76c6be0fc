"""What the SPARQL endpoint says of itself, in the words of the SPARQL Service Description."""

import pyoxigraph as ox

from graph.iris import Iris, term

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "TriG",
    "N-Quads",
)


def described(endpoint: str, iris: Iris, counts: dict[str, int]) -> list[ox.Triple]:
    """The description.

    Args:
        endpoint: where it is, as the client knows it.
        iris: makes the IRIs of the release.
        counts: each named graph with the number of its triples.

    Raises:
        ValueError: the address is no IRI.
    """
    service, dataset, published = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#dataset"), iris.graph("published")
    found: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (service, term("rdf:type"), _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *((service, _sd("resultFormat"), ox.NamedNode(f"http://www.w3.org/ns/formats/{name}")) for name in _FORMATS),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (service, _sd("defaultDataset"), dataset),
        (dataset, term("rdf:type"), _sd("Dataset")),
        (dataset, _sd("defaultGraph"), published),
        (published, term("rdf:type"), _sd("Graph")),
        (published, term("rdfs:label"), ox.Literal("the published graph: the sum of the named graphs", language="en")),
    ]
    for name in sorted(counts):
        graph, node = ox.NamedNode(name), ox.NamedNode(f"{endpoint}#{name.removeprefix(iris.base)}")
        found += [(dataset, _sd("namedGraph"), node), (node, term("rdf:type"), _sd("NamedGraph")), (node, _sd("name"), graph)]
    return [ox.Triple(*parts) for parts in found]


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_SD}{name}")
