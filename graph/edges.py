"""Claims to plain edges, and what follows from edges and classes.

The store does no inference; what a query should find is written down: super-properties, the second direction of
symmetric relations, super-classes. Edges and what follows stand in two graphs of their own, so that no triple
stands in two graphs.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.iris import Iris, term
from graph.statements import links, named
from graph.vocabulary import Vocabulary

_TYPE = term("rdf:type")
_NOT_ENTAILED = frozenset(
    term(f"liaison:{name}") for name in ("Name", "Row", "Source", "Section", "Sentence", "Evidence", "AuthorityFile", "Run")
)
"""Classes of which there are many and whose super-classes nobody asks for."""

Link = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


def edges(quads: Iterable[ox.Quad], iris: Iris) -> list[ox.Quad]:
    """The plain edges: one for each subject, relation and object of a supported claim."""
    spine = {term(f"rdf:{part}") for part in ("subject", "predicate", "object", "type")}
    about = [quad for quad in quads if quad.predicate in spine]
    subjects, predicates, objects = (dict(links(about, term(f"rdf:{part}"))) for part in ("subject", "predicate", "object"))
    supported = {claim for claim, kind in links(about, _TYPE) if kind == term("liaison:SupportedClaim")}
    found = {(subjects[claim], predicates[claim], objects[claim]) for claim in supported}
    return _quads(found, iris.graph("edges"))


def entailed(quads: Iterable[ox.Quad], plain: Iterable[ox.Quad], vocabulary: Vocabulary, iris: Iris) -> list[ox.Quad]:
    """What follows from the plain edges and from the classes, without what is said already."""
    supers = {relation.iri: relation.supers for relation in vocabulary.relations.values()}
    symmetric = {relation.iri for relation in vocabulary.relations.values() if relation.symmetric}
    edge_set = {(s.subject, s.predicate, s.object) for s in named(plain) if isinstance(s.object, ox.NamedNode)}
    types = {(subject, _TYPE, kind) for subject, kind in links(quads, _TYPE)}
    found: set[Link] = set()
    for subject, predicate, target in edge_set:
        for above in (predicate, *supers[predicate]):
            found.add((subject, above, target))
            if above in symmetric:
                found |= {(target, back, subject) for back in (above, *supers[above])}
    for subject, _, kind in types:
        if kind not in _NOT_ENTAILED:
            found |= {(subject, _TYPE, above) for above in vocabulary.superclasses.get(kind, ())}
    return _quads(found - edge_set - types, iris.graph("entailed"))


def _quads(found: Iterable[Link], graph: ox.NamedNode) -> list[ox.Quad]:
    return [ox.Quad(*link, graph) for link in sorted(found, key=str)]
