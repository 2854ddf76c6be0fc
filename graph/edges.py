"""Claims to plain edges, and what follows from edges and classes.

The store does no inference; what a query should find is written down: super-properties, the second direction of
symmetric relations, super-classes. Edges and what follows stand in two graphs of their own, so that no triple
stands in two graphs.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.iris import Iris, term
from graph.vocabulary import Vocabulary

_TYPE = term("rdf:type")
_NOT_ENTAILED = frozenset(
    term(f"liaison:{name}") for name in ("Name", "Row", "Source", "Section", "Sentence", "Evidence", "AuthorityFile", "Run")
)
"""Classes of which there are many and whose super-classes nobody asks for."""


def edges(quads: Iterable[ox.Quad], iris: Iris) -> list[ox.Quad]:
    """The plain edges: one for each subject, relation and object of a supported claim."""
    parts: dict[ox.NamedNode, dict[ox.NamedNode, ox.NamedNode]] = {}
    supported: set[ox.NamedNode] = set()
    spine = {term("rdf:subject"), term("rdf:predicate"), term("rdf:object")}
    for quad in quads:
        if quad.predicate in spine:
            parts.setdefault(quad.subject, {})[quad.predicate] = quad.object
        elif quad.predicate == _TYPE and quad.object == term("liaison:SupportedClaim"):
            supported.add(quad.subject)
    triples = {(parts[c][term("rdf:subject")], parts[c][term("rdf:predicate")], parts[c][term("rdf:object")]) for c in supported}
    return [ox.Quad(s, p, o, iris.graph("edges")) for s, p, o in sorted(triples, key=str)]


def entailed(quads: Iterable[ox.Quad], plain: Iterable[ox.Quad], vocabulary: Vocabulary, iris: Iris) -> list[ox.Quad]:
    """What follows from the plain edges and from the classes, without what is said already."""
    supers = {relation.iri: relation for relation in vocabulary.relations.values()}
    said = {(quad.subject, quad.predicate, quad.object) for quad in plain}
    found: set[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]] = set()
    for subject, predicate, target in said:
        relation = supers[predicate]
        for above in (predicate, *relation.supers):
            found.add((subject, above, target))
            if relation.symmetric:
                found.add((target, above, subject))
    types = [(quad.subject, quad.object) for quad in quads if quad.predicate == _TYPE]
    said |= {(subject, _TYPE, classname) for subject, classname in types}
    for subject, classname in types:
        if classname not in _NOT_ENTAILED:
            found |= {(subject, _TYPE, above) for above in vocabulary.superclasses.get(classname, ())}
    return [ox.Quad(s, p, o, iris.graph("entailed")) for s, p, o in sorted(found - said, key=str)]
