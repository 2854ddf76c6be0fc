"""One profile judged by pySHACL, the reference implementation, as a check on the compiled queries.

A slice is the profile's graph with the classes of everything that it mentions. Only shapes of local reach are judged on
it, and only on the things that the profile itself describes; there they find what they find on the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDF, SH, Graph, Literal, URIRef

from graph.store import View
from graph.validation.constraints import SHAPE, graph_of_shapes
from graph.validation.findings import Finding

_OWN = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }"
_CLASSES = "CONSTRUCT { ?node a ?class } WHERE { GRAPH $graph { { ?node ?p ?o } UNION { ?s ?p ?node } } ?node a ?class }"


@dataclass(frozen=True)
class Slice:
    """What pySHACL is given.

    Args:
        own: the triples of the profile's graph.
        classes: the classes of everything that they mention.
    """

    own: Sequence[ox.Triple]
    classes: Sequence[ox.Triple]


def slice_of(view: View, profile: ox.NamedNode) -> Slice:
    """The slice of a profile, given as its named graph."""
    return Slice(view.construct(_OWN, graph=profile), view.construct(_CLASSES, graph=profile))


def validate_slice(given: Slice) -> list[Finding]:
    """Everything in a slice that breaks a rule of local reach, as pySHACL sees it."""
    import pyshacl  # noqa: PLC0415  # it takes longer to load than a build takes to judge everything, and builds do without it

    own = {str(getattr(triple.subject, "value", "")) for triple in given.own}
    _, report, text = pyshacl.validate(_copied([*given.own, *given.classes]), shacl_graph=_local_shapes(), allow_warnings=True)
    assert isinstance(report, Graph), text
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
        messages = list(report.objects(result, SH.resultMessage))
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        shape = str(source).removeprefix(str(SHAPE))
        found.add(Finding(severity, shape, str(focus), str(messages[0]) if messages else "", value=str(value) if value else ""))
    return sorted(finding for finding in found if finding.focus in own)


def _local_shapes() -> Graph:
    graph = graph_of_shapes()
    for node in list(graph.subjects(SHAPE.reach, SHAPE.Release)):
        for part in list(graph.objects(node, SH.sparql)):
            graph.remove((part, None, None))
        graph.remove((node, None, None))
    return graph


def _copied(triples: list[ox.Triple]) -> Graph:
    """The triples as an rdflib graph; a bridge over the store would cost pySHACL its speed."""
    graph = Graph()
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _term(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | Literal:
    if isinstance(node, ox.NamedNode):
        return URIRef(node.value)
    assert isinstance(node, ox.Literal), "instance data holds no blank nodes"
    return Literal(node.value, lang=node.language, datatype=None if node.language else URIRef(node.datatype.value))


def disagreements(view: View, profile: ox.NamedNode, found: Sequence[Finding]) -> list[Finding]:
    """Where pySHACL and the compiled queries judge a profile differently; each is a fault of ours, not of the data.

    Args:
        view: the release.
        profile: the profile's named graph.
        found: what the compiled queries found in the release.
    """
    given = slice_of(view, profile)
    own = {str(getattr(triple.subject, "value", "")) for triple in given.own}
    local = {str(name).removeprefix(str(SHAPE)) for name in _local_shapes().subjects()}
    ours = {(finding.shape, finding.focus) for finding in found if finding.focus in own and finding.shape in local}
    theirs = {(finding.shape, finding.focus) for finding in validate_slice(given)}
    return [Finding("Violation", shape, focus, _verdict((shape, focus) in ours)) for shape, focus in sorted(ours ^ theirs)]


def _verdict(ours: bool) -> str:  # noqa: FBT001  # which of two
    finder, other = ("the compiled query", "pySHACL") if ours else ("pySHACL", "the compiled query")
    return f"{finder} finds this broken and {other} does not; mend graph/validation/compiler.py or the shape."
