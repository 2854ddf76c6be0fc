"""Triples whose ends have names. Instance data holds no others; lists in the ontology do, and are passed over here."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox


class Statement(NamedTuple):
    """A triple without blank nodes and without triples inside it."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: ox.NamedNode | ox.Literal


def named(triples: Iterable[ox.Triple | ox.Quad]) -> Iterator[Statement]:
    """The triples, or quads without their graph, both ends of which have names."""
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            yield Statement(triple.subject, triple.predicate, triple.object)


def links(triples: Iterable[ox.Triple | ox.Quad], predicate: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    """Subject and object of each statement with this predicate whose object is a thing."""
    for subject, found, target in named(triples):
        if found == predicate and isinstance(target, ox.NamedNode):
            yield subject, target
