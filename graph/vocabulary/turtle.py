"""The Turtle files of the ontology to relations, classes and lists."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

import ontology
from graph.errors import VocabularyError
from graph.iris import DEF, term
from graph.statements import Statement, links, named
from graph.vocabulary.model import Relation

_TERMS, _LISTS, _SECTIONS, _FIELDS = f"{DEF}#", f"{DEF}/", f"{DEF}/section#", f"{DEF}/front-field#"
_TYPE = term("rdf:type")
_WORDINGS = frozenset({term("skos:prefLabel"), term("skos:altLabel"), term("skos:hiddenLabel")})

Triples = Sequence[ox.Triple]


def parse(module: Path) -> list[ox.Triple]:
    """The triples of one file.

    Raises:
        VocabularyError: it is no valid Turtle.
    """
    try:
        return [quad.triple for quad in ox.parse(path=str(module), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise VocabularyError(module, f"no valid Turtle: {error.msg}", "mend the file", error.lineno) from error


def relations(triples: Triples) -> dict[str, Relation]:
    """Each relation by its local name.

    Raises:
        VocabularyError: a relation has no label, or is a kind of taking part and confers no role.
    """
    nodes = sorted((node for node, kind in links(triples, _TYPE) if kind == term("liaison:Relation")), key=str)
    above = closures(triples, term("rdfs:subPropertyOf"))
    return {node.value.removeprefix(_TERMS): _relation(node, above.get(node, ()), triples) for node in nodes}


def classes(triples: Triples) -> list[ox.NamedNode]:
    """All classes that the ontology declares."""
    return [node for node, kind in links(triples, _TYPE) if kind == term("owl:Class")]


def closures(triples: Triples, predicate: ox.NamedNode) -> dict[ox.NamedNode, tuple[ox.NamedNode, ...]]:
    """Each node to everything above it along `predicate`, itself not among it."""
    up: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for node, above in links(triples, predicate):
        up.setdefault(node, []).append(above)
    return {node: _all_above(node, up) for node in up}


def concepts(triples: Triples) -> frozenset[str]:
    """All concepts of the closed lists, as `list/concept`."""
    return frozenset(_reference(node) for node, kind in links(triples, _TYPE) if kind == term("skos:Concept"))


def labels(triples: Triples) -> dict[str, str]:
    """Reference of each concept of a list to its preferred English name."""
    preferred = (s for s in named(triples) if s.predicate == term("skos:prefLabel") and s.subject.value.startswith(_LISTS))
    return {_reference(statement.subject): statement.object.value for statement in preferred}


def headings(triples: Triples) -> dict[str, str]:
    """Each wording of a heading of the template, in any language, to the key of its section."""
    return _wordings(triples, _SECTIONS)


def front_labels(triples: Triples) -> dict[str, str]:
    """Each label of the front block, in any language, to the key of the field that it names."""
    return _wordings(triples, _FIELDS)


def parts(triples: Triples) -> frozenset[str]:
    """Keys of the template's sections that hold text of their own: those that no other section is a part of."""
    broader = links(triples, term("skos:broader"))
    parents = {above.value.removeprefix(_SECTIONS) for below, above in broader if below.value.startswith(_SECTIONS)}
    return frozenset(set(headings(triples).values()) - {"front"} - parents)


def _wordings(triples: Triples, within: str) -> dict[str, str]:
    """All names, in all languages, of the concepts of one list, to their keys."""
    spoken = (s for s in named(triples) if s.predicate in _WORDINGS and s.subject.value.startswith(within))
    return {statement.object.value: statement.subject.value.removeprefix(within) for statement in spoken}


def _reference(node: ox.NamedNode) -> str:
    return node.value.removeprefix(_LISTS).replace("#", "/", 1)


def _relation(node: ox.NamedNode, supers: tuple[ox.NamedNode, ...], triples: Triples) -> Relation:
    name = node.value.removeprefix(_TERMS)
    about = [statement for statement in named(triples) if statement.subject == node]
    texts = {statement.predicate: statement.object.value for statement in about if isinstance(statement.object, ox.Literal)}
    label, inverse = texts.get(term("rdfs:label")), texts.get(term("liaison:inverseLabel"))
    if label is None or inverse is None:
        raise VocabularyError(ontology.path("core.ttl"), f"the relation liaison:{name} has no label or no inverse label", "write it")
    roles = [role for subject, role in links(triples, term("liaison:confersRole")) if subject == node]
    participates = term("liaison:participatesIn")
    if (node == participates or participates in supers) != bool(roles):
        problem = f"liaison:{name} is a kind of participatesIn or confers a role, but not both"
        raise VocabularyError(ontology.path("core.ttl"), problem, "make it both or neither")
    symmetric = Statement(node, _TYPE, term("owl:SymmetricProperty")) in about
    return Relation(name, label, inverse, supers, symmetric, roles[0] if roles else None)


def _all_above(node: ox.NamedNode, up: dict[ox.NamedNode, list[ox.NamedNode]]) -> tuple[ox.NamedNode, ...]:
    found: set[ox.NamedNode] = set()
    waiting = list(up[node])
    while waiting:
        above = waiting.pop()
        if above != node and above not in found:
            found.add(above)
            waiting.extend(up.get(above, []))
    return tuple(sorted(found, key=str))
