"""A part of a release: what it says of one thing, with the evidence, as triples and as a network.

Of a country, that includes its bodies and the profiles about it; of a topic, its narrower topics and the profiles on
it; of a profile, the whole document. Each excerpt stands by itself: everything that it mentions has its name in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph import dumps, network
from graph.errors import SettingError
from graph.iris import Iris
from graph.store import View

CLAIMS = """SELECT DISTINCT ?claim WHERE {
  { ?claim liaison:involves $thing }
  UNION { ?claim liaison:statedIn $thing }
  UNION { ?body liaison:country $thing . ?claim liaison:involves ?body }
  UNION { ?profile dcterms:spatial|dcterms:subject $thing . ?claim liaison:statedIn ?profile }
  UNION { ?narrower skos:broader+ $thing . ?claim liaison:involves ?narrower }
  UNION { ?narrower skos:broader+ $thing . ?profile dcterms:subject ?narrower . ?claim liaison:statedIn ?profile }
} ORDER BY ?claim"""
"""The claims of an excerpt."""
STATEMENTS = """CONSTRUCT { ?node ?p ?o } WHERE {
  { VALUES ?node { #nodes } ?node ?p ?o }
  UNION { VALUES ?claim { #nodes } ?claim liaison:hasEvidence ?node . ?node ?p ?o }
  UNION { VALUES ?claim { #nodes } ?claim liaison:hasEvidence/liaison:cites ?node . ?node ?p ?o }
}"""
"""The claims, their evidence, and the sentences and rows that it rests on."""
EDGES = """CONSTRUCT { ?s ?p ?o } WHERE {
  VALUES ?claim { #nodes }
  ?claim a liaison:SupportedClaim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
}"""
"""The plain edges that the claims support."""
LABELS = """CONSTRUCT { ?node a ?type ; skos:prefLabel ?name ; rdfs:label ?label ; dcterms:title ?title ; liaison:text ?text } WHERE {
  { VALUES ?node { #nodes } ?node a ?type }
  UNION { VALUES ?node { #nodes } ?node skos:prefLabel ?name }
  UNION { VALUES ?node { #nodes } ?node rdfs:label ?label }
  UNION { VALUES ?node { #nodes } ?node dcterms:title ?title }
  UNION { VALUES ?node { #nodes } ?node liaison:text ?text }
}"""
"""What everything that is mentioned is, and is called."""
OF = """SELECT ?thing ?label WHERE {
  VALUES ?class { liaison:State liaison:Topic liaison:CountryProfile }
  ?thing a ?class ; skos:prefLabel|dcterms:title ?label
  FILTER (LANG(?label) IN ("en", ""))
} ORDER BY ?thing"""
"""The things of which a release brings excerpts ready-made."""
FOREMOST = """SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim a liaison:SupportedClaim ; liaison:involves|liaison:statedIn ?thing
  FILTER (STRSTARTS(STR(?thing), "#start"))
} GROUP BY ?thing ORDER BY DESC(?claims) ?thing LIMIT 1"""
"""The thing of one kind of which most is claimed."""
FOLDER = "parts"
"""Where they lie in a release."""
ENDINGS = ("ttl", "csv")
"""The formats in which they are ready-made."""

Triples = list[ox.Triple]


@dataclass(frozen=True)
class Excerpt:
    """What a release says of one thing.

    Args:
        view: the release's store.
        iris: makes the IRIs.
        reference: the thing, as `kind/key`.
    """

    view: View
    iris: Iris
    reference: str

    @cached_property
    def thing(self) -> ox.NamedNode:
        """The IRI of the thing.

        Raises:
            SettingError: the release holds no such thing.
        """
        try:
            node = self.iris.thing(self.reference)
        except ValueError as error:
            raise SettingError(f"{error}.") from error
        if not self.view.ask("ASK { $thing ?p ?o }", thing=node):
            message = f"the release holds nothing called {self.reference!r}; find its name with a search or a query."
            raise SettingError(message)
        return node

    @cached_property
    def claims(self) -> list[ox.NamedNode]:
        """The claims, in order of their IRIs."""
        rows = self.view.select(self.iris.header() + CLAIMS, thing=self.thing)
        return [row["claim"] for row in rows if isinstance(row["claim"], ox.NamedNode)]

    @property
    def network(self) -> network.Network:
        """The supported claims as nodes and edges."""
        return network.read(self.view, self.iris).of(self.claims)

    @property
    def triples(self) -> Triples:
        """What is said of the thing, the claims with their evidence, the plain edges, and the names of all that is mentioned."""
        found = set(self.view.construct("CONSTRUCT { $thing ?p ?o } WHERE { $thing ?p ?o }", thing=self.thing))
        if self.reference.startswith("profile/"):
            graph = self.iris.graph(self.reference)
            found.update(self.view.construct("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }", graph=graph))
        for query in (STATEMENTS, EDGES):
            found.update(about(self.view, self.iris, query, self.claims))
        return ordered(found | set(about(self.view, self.iris, LABELS, mentioned(found))))


def about(view: View, iris: Iris, query: str, nodes: Iterable[ox.NamedNode]) -> Triples:
    """What a CONSTRUCT query of this module finds about these nodes."""
    return view.construct(iris.header() + query.replace("#nodes", " ".join(sorted(map(str, nodes)))))


def mentioned(triples: Iterable[ox.Triple]) -> set[ox.NamedNode]:
    """The IRIs that stand as a predicate or an object."""
    return {term for triple in triples for term in (triple.predicate, triple.object) if isinstance(term, ox.NamedNode)}


def ordered(triples: Iterable[ox.Triple]) -> Triples:
    """Triples in the order in which files hold them."""
    return sorted(triples, key=lambda triple: dumps.sort_key(ox.Quad(triple.subject, triple.predicate, triple.object)))


def things(view: View, iris: Iris) -> dict[str, str]:
    """The references of the things of which a release brings excerpts, with their names."""
    rows = view.select(iris.header() + OF)
    return {reference: row["label"].value for row in rows if (reference := iris.reference(row["thing"].value))}


def foremost(view: View, iris: Iris) -> list[str]:
    """Examples: the country, the body and the profile of which most is claimed."""
    queries = (FOREMOST.replace("#start", f"{iris.base}id/{kind}/") for kind in ("country", "body", "profile"))
    rows = [row for query in queries for row in view.select(iris.header() + query)]
    return [iris.reference(row["thing"].value) or "" for row in rows if "thing" in row]


def stem(reference: str) -> str:
    """The name of an excerpt's files, without ending."""
    return reference.replace("/", "-", 1)


def write(view: View, folder: Path, iris: Iris) -> Sequence[Path]:
    """Write the excerpts of a release into its folder; a thing of which nothing is claimed has none."""
    (folder / FOLDER).mkdir()
    paths, whole = [], network.read(view, iris)
    for reference in things(view, iris):
        excerpt = Excerpt(view, iris, reference)
        if not excerpt.claims:
            continue
        turtle, table = (folder / FOLDER / f"{stem(reference)}.{ending}" for ending in ENDINGS)
        turtle.write_bytes(dumps.serialised(excerpt.triples, ox.RdfFormat.TURTLE, iris.prefixes))
        table.write_text(network.written(whole.of(excerpt.claims), "csv"), encoding="utf-8", newline="")
        paths += [turtle, table]
    return paths
