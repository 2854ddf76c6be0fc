"""A part of a release: what it says of one thing, with the evidence, as triples and as a network.

Of a country, that includes its bodies and the profiles about it; of a topic, its narrower topics and the profiles on
it; of a profile, the whole document. Each excerpt stands by itself: everything that it mentions has its name in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph import dumps, network
from graph.errors import SettingError
from graph.iris import Iris, term
from graph.store import View

_ABOUT = """WHERE {
  { ?claim liaison:involves $thing }
  UNION { ?claim liaison:statedIn $thing }
  UNION { ?body liaison:country $thing . ?claim liaison:involves ?body }
  UNION { ?profile dcterms:spatial|dcterms:subject $thing . ?claim liaison:statedIn ?profile }
  UNION { ?narrower skos:broader+ $thing . ?claim liaison:involves ?narrower }
  UNION { ?narrower skos:broader+ $thing . ?profile dcterms:subject ?narrower . ?claim liaison:statedIn ?profile }
}"""
CLAIMS = f"SELECT DISTINCT ?claim {_ABOUT} ORDER BY ?claim"
"""The claims of an excerpt."""
CLAIMS_OF_ALL = f"SELECT DISTINCT ?thing ?claim {_ABOUT} ORDER BY ?thing ?claim"
"""The same of all things at once."""
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

_NAMES = frozenset(term(name) for name in ("rdf:type", "skos:prefLabel", "rdfs:label", "dcterms:title", "liaison:text"))
"""The properties of `LABELS`."""

Triples = list[ox.Triple]


class Said:
    """What a release says of its things, each looked up once, so that hundreds of excerpts can be cut from it.

    Args:
        view: the release's store.
        order: all its triples in the order of files, where that is known already.
    """

    def __init__(self, view: View, order: Iterable[ox.Triple] = ()) -> None:
        """Look nothing up yet."""
        places = {triple: place for place, triple in enumerate(order)}
        self._key: Callable[[ox.Triple], Any] = places.__getitem__ if places else _key
        self._of = cache(view.about)
        self._names, self._whole = cache(self._named), cache(self._complete)

    def about(self, own: Iterable[ox.Triple], claims: Iterable[ox.NamedNode]) -> Triples:
        """Triples with those of claims, of their evidence, of the sentences and rows that it rests on, with the plain edges, and with the names of all that is mentioned.

        Args:
            own: what is said beside the claims.
            claims: the claims.
        """
        found = self._with_names(own).union(*map(self._whole, claims))
        return sorted(found, key=self._key)

    def _complete(self, claim: ox.NamedNode) -> frozenset[ox.Triple]:
        own = self._of(claim)
        evidence = [triple for node in _objects(own, "liaison:hasEvidence") for triple in self._of(node)]
        cited = [triple for node in _objects(evidence, "liaison:cites") for triple in self._of(node)]
        return self._with_names([*own, *evidence, *cited, *_edge(own)])

    def _with_names(self, triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
        found = frozenset(triples)
        return found.union(*map(self._names, mentioned(found)))

    def _named(self, node: ox.NamedNode) -> Triples:
        return [triple for triple in self._of(node) if triple.predicate in _NAMES]


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
        if not self.view.holds(node):
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
        return Said(self.view).about(own(self.view, self.iris, self.reference), self.claims)


def own(view: View, iris: Iris, reference: str) -> Triples:
    """What is said of a thing beside the claims; of a profile, its whole graph."""
    thing = iris.thing(reference)
    if not reference.startswith("profile/"):
        return view.about(thing)
    return [*view.about(thing), *view.construct("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }", graph=iris.graph(reference))]


def about(view: View, iris: Iris, query: str, nodes: Iterable[ox.NamedNode]) -> Triples:
    """What a CONSTRUCT query of this module finds about these nodes."""
    return view.construct(iris.header() + query.replace("#nodes", " ".join(sorted(map(str, nodes)))))


def mentioned(triples: Iterable[ox.Triple]) -> set[ox.NamedNode]:
    """The IRIs that stand as a predicate or an object."""
    return {term for triple in triples for term in (triple.predicate, triple.object) if isinstance(term, ox.NamedNode)}


def ordered(triples: Iterable[ox.Triple]) -> Triples:
    """Triples in the order in which files hold them."""
    return sorted(triples, key=_key)


def _key(triple: ox.Triple) -> tuple[str, str, bool, str, str]:
    return dumps.sort_key(ox.Quad(triple.subject, triple.predicate, triple.object))


def _objects(triples: Iterable[ox.Triple], predicate: str) -> Iterator[ox.NamedNode]:
    wanted = term(predicate)
    return (triple.object for triple in triples if triple.predicate == wanted and isinstance(triple.object, ox.NamedNode))


def _edge(claim: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The plain edge that a claim supports, if it supports one."""
    if term("liaison:SupportedClaim") in _objects(claim, "rdf:type"):
        ends = (_objects(claim, f"rdf:{part}") for part in ("subject", "predicate", "object"))
        yield from (ox.Triple(*link) for link in product(*ends))


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


def write(view: View, triples: Iterable[ox.Triple], folder: Path, iris: Iris) -> Sequence[Path]:
    """Write the excerpts of a release into its folder; a thing of which nothing is claimed has none.

    Args:
        view: the release's store.
        triples: all that it publishes, in the order of files.
        folder: where to.
        iris: makes the IRIs.
    """
    (folder / FOLDER).mkdir()
    paths, whole, said, claims = [], network.read(view, iris), Said(view, triples), _claims_of_all(view, iris)
    for reference in things(view, iris):
        if not (about := claims[iris.thing(reference).value]):
            continue
        turtle, table = (folder / FOLDER / f"{stem(reference)}.{ending}" for ending in ENDINGS)
        turtle.write_bytes(dumps.serialised(said.about(own(view, iris, reference), about), ox.RdfFormat.TURTLE, iris.prefixes))
        table.write_text(network.written(whole.of(about), "csv"), encoding="utf-8", newline="")
        paths += [turtle, table]
    return paths


def _claims_of_all(view: View, iris: Iris) -> Mapping[str, list[ox.NamedNode]]:
    """IRI of each thing to the claims of its excerpt."""
    found: Mapping[str, list[ox.NamedNode]] = defaultdict(list)
    for row in view.select(iris.header() + CLAIMS_OF_ALL):
        if isinstance(row["claim"], ox.NamedNode):
            found[row["thing"].value].append(row["claim"])
    return found
