"""Quads to files, the same bytes each time, whatever the order in which they come.

Turtle and TriG are written by pyoxigraph from quads sorted by subject, with the class of each subject first, so
that a reader sees what a thing is before what is said of it.
"""

from collections.abc import Iterable
from pathlib import Path

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


def sort_key(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    """The order in which quads are written: graph, subject, class before the rest, predicate, object."""
    return (str(quad.graph_name), str(quad.subject), quad.predicate != TYPE, str(quad.predicate), str(quad.object))


def write(quads: Iterable[ox.Quad], folder: Path, iris: Iris) -> list[Path]:
    """Write the dumps of a release.

    Args:
        quads: the quads of all published named graphs.
        folder: where the files go; they are called `liaison.ttl` and so on.
        iris: gives the prefixes.
    """
    ordered = sorted(quads, key=sort_key)
    triples = [quad.triple for quad in sorted(ordered, key=lambda quad: sort_key(quad)[1:])]
    paths = []
    for ending, form in _FORMATS.items():
        path = folder / f"liaison.{ending}"
        content: Iterable[ox.Quad] | Iterable[ox.Triple] = ordered if ending == "trig" else triples
        ox.serialize(content, str(path), form, prefixes=None if ending == "nt" else iris.prefixes)
        paths.append(path)
    return paths
