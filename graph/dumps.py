"""Quads to files, the same bytes each time, whatever the order in which they come.

Turtle and TriG are written by pyoxigraph from quads sorted by subject, with the class of each subject first, so
that a reader sees what a thing is before what is said of it. XML cannot hold every character; RDF/XML, and no other
format, has U+FFFD in the place of those.
"""

import re
from collections.abc import Iterable, Mapping
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from graph.iris import Iris, term

MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
"""Endings of the dumps and their media types. TriG keeps the named graphs; the others hold the published graph."""

TYPE = term("rdf:type")
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold, not even as references."""


def in_xml(text: str) -> str:
    """The text as XML can hold it: U+FFFD stands for each character that it cannot."""
    return _FORBIDDEN.sub("\ufffd", text)


def holdable(statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat) -> Iterable[ox.Quad] | Iterable[ox.Triple]:
    """The statements as a format can hold them: only in RDF/XML are characters replaced that XML cannot hold."""
    return map(_replaced, statements) if form == ox.RdfFormat.RDF_XML else statements


def serialised(statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, prefixes: Mapping[str, str] | None) -> bytes:
    """Triples or quads in one format."""
    return ox.serialize(holdable(statements, form), format=form, prefixes=dict(prefixes) if prefixes else None) or b""


def sort_key(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    """The order in which quads are written: graph, subject, class before the rest, predicate, object."""
    return (str(quad.graph_name), str(quad.subject), quad.predicate != TYPE, str(quad.predicate), str(quad.object))


class Ordered(NamedTuple):
    """Quads in the order in which they are written, and their triples in theirs."""

    quads: list[ox.Quad]
    triples: list[ox.Triple]


def ordered(quads: Iterable[ox.Quad]) -> Ordered:
    """The quads of all published named graphs in the order of the dumps."""
    keyed = sorted(((sort_key(quad), quad) for quad in quads), key=itemgetter(0))
    return Ordered([quad for _, quad in keyed], [quad.triple for _, quad in sorted(keyed, key=lambda pair: pair[0][1:])])


def write(quads: Iterable[ox.Quad] | Ordered, folder: Path, iris: Iris) -> list[Path]:
    """Write the dumps of a release.

    Args:
        quads: the quads of all published named graphs.
        folder: where the files go; they are called `liaison.ttl` and so on.
        iris: gives the prefixes.
    """
    given = quads if isinstance(quads, Ordered) else ordered(quads)
    paths = []
    for ending, form in _FORMATS.items():
        path = folder / f"liaison.{ending}"
        content: Iterable[ox.Quad] | Iterable[ox.Triple] = given.quads if ending == "trig" else given.triples
        ox.serialize(holdable(content, form), str(path), form, prefixes=None if ending == "nt" else iris.prefixes)
        paths.append(path)
    return paths


def _replaced(statement: ox.Quad | ox.Triple) -> ox.Triple:
    triple = statement.triple if isinstance(statement, ox.Quad) else statement
    value = triple.object
    if not isinstance(value, ox.Literal) or not _FORBIDDEN.search(value.value):
        return triple
    kind = {"language": value.language} if value.language else {"datatype": value.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(in_xml(value.value), **kind))
