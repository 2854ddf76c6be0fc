"""The release as quads: what it is called, what it holds, under which terms."""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.iris import Iris
from graph.rdf.writer import Writer, english, text

LICENCE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
"""For what this project adds; documents and facts keep the terms that their publishers gave them (data/LICENSE.md)."""


def write_catalogue(release: str, version: str, parts: Iterable[str], iris: Iris) -> list[ox.Quad]:
    """The release and its parts.

    Args:
        release: the release's id.
        version: version of Liaison that made it.
        parts: references of the profiles and authority files that it holds.
        iris: makes the IRIs.
    """
    writer = Writer(iris, "catalogue")
    node = iris.thing(f"release/{release}")
    writer.types(node, "liaison:Release")
    writer.add(node, "rdfs:label", english(f"Liaison release {release}"))
    writer.add(node, "owl:versionInfo", text(version))
    writer.add(node, "dcterms:license", LICENCE)
    writer.refer(node, "dcterms:hasPart", *parts)
    return writer.quads
