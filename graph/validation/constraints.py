"""The shapes as a list of constraints: what is judged, on which things, how gravely.

Only what the compiler can turn into a query is let in; any other word of SHACL stops the build, so that no rule is
passed over in silence.
"""

from dataclasses import dataclass
from functools import cache

from rdflib import RDF, RDFS, SH, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

import shapes
from graph.errors import VocabularyError

SHAPE = Namespace("https://w3id.org/liaison/shape#")
_WORDS = {SH.path, SH.severity, SH.message, SH.name, RDF.type, RDFS.comment}
KINDS = frozenset({"minCount", "maxCount", "class", "datatype", "nodeKind", "in", "pattern", "lessThan", "lessThanOrEquals"})
"""Constraint components that the compiler knows, besides SPARQL."""


@dataclass(frozen=True)
class Constraint:
    """One rule.

    Args:
        shape: local name of the property shape or SPARQL constraint.
        target: IRI of the class whose members are judged; None where the query itself finds them.
        severity: `Violation`, `Warning` or `Info`.
        message: what is wrong, and what to do.
        kind: the SHACL component, or `sparql`.
        path: IRI of the property that is judged, None for `sparql`.
        parameters: the component's values as SPARQL terms, or the query.
    """

    shape: str
    target: str | None
    severity: str
    message: str
    kind: str
    path: str | None
    parameters: tuple[str, ...]


def graph_of_shapes() -> Graph:
    """All shapes as one graph, as pySHACL takes it.

    Raises:
        VocabularyError: a file is no valid Turtle.
    """
    graph = Graph()
    for module in shapes.modules():
        try:
            graph.parse(module)
        except (BadSyntax, ParserError) as error:
            raise VocabularyError(module, f"no valid Turtle: {error}", "mend the file") from error
    return graph


@cache
def constraints() -> tuple[Constraint, ...]:
    """Every constraint of the shipped shapes, in order of name.

    Raises:
        VocabularyError: a shape uses a word of SHACL that the compiler does not know.
    """
    return read(graph_of_shapes())


def read(graph: Graph) -> tuple[Constraint, ...]:
    """Every constraint of a graph of shapes."""
    found: list[Constraint] = []
    for node in graph.subjects(RDF.type, SH.NodeShape):
        _refuse_unknown(graph, node, {RDF.type, RDFS.comment, SH.targetClass, SH.property, SH.sparql, SHAPE.reach})
        target = graph.value(node, SH.targetClass)
        for part in graph.objects(node, SH.property):
            found += _of_property(graph, part, target)
        for part in graph.objects(node, SH.sparql):
            query = " ".join(str(graph.value(part, SH.select)).split())
            found.append(_constraint(graph, part, target, "sparql", (query,)))
    return tuple(sorted(found, key=lambda constraint: (constraint.shape, constraint.kind)))


def _of_property(graph: Graph, node: Node, target: Node | None) -> list[Constraint]:
    if not isinstance(graph.value(node, SH.path), URIRef):
        raise _unknown(node, "a path that is not one property")
    _refuse_unknown(graph, node, _WORDS | {SH[kind] for kind in KINDS})
    found = []
    for predicate, value in graph.predicate_objects(node):
        if predicate not in _WORDS:
            kind = str(predicate).removeprefix(str(SH))
            values = tuple(member.n3() for member in Collection(graph, value)) if kind == "in" else (value.n3(),)
            found.append(_constraint(graph, node, target, kind, values))
    return found


def _constraint(graph: Graph, node: Node, target: Node | None, kind: str, parameters: tuple[str, ...]) -> Constraint:
    message, path = graph.value(node, SH.message), graph.value(node, SH.path)
    if message is None:
        raise _unknown(node, "no message")
    severity = str(graph.value(node, SH.severity) or SH.Violation).removeprefix(str(SH))
    return Constraint(_name(node), str(target) if target else None, severity, str(message), kind, str(path) if path else None, parameters)


def _refuse_unknown(graph: Graph, node: Node, known: set[URIRef]) -> None:
    if unknown := sorted({str(predicate) for predicate in graph.predicates(node)} - {str(word) for word in known}):
        raise _unknown(node, unknown[0])


def _unknown(node: Node, what: str) -> VocabularyError:
    return VocabularyError(
        "shapes", f"the shape {_name(node)} has {what}, which the compiler does not know", "use another word, or teach the compiler"
    )


def _name(node: Node) -> str:
    return str(node).removeprefix(str(SHAPE))
