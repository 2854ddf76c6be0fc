"""The formats in which a query can be answered, by the kind of query."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True)
class Format:
    """One format.

    Args:
        name: the word for `?format=` and for file endings.
        media_type: what the answer is called in HTTP.
        writer: pyoxigraph's name of it.
        aliases: other media types by which clients ask for it.
    """

    name: str
    media_type: str
    writer: ox.QueryResultsFormat | ox.RdfFormat
    aliases: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types by which clients ask for it, its own first."""
        return (self.media_type, *self.aliases)


RESULTS: Mapping[str, Format] = {
    item.name: item
    for item in (
        Format("json", "application/sparql-results+json", ox.QueryResultsFormat.JSON, ("application/json",)),
        Format("xml", "application/sparql-results+xml", ox.QueryResultsFormat.XML, ("application/xml", "text/xml")),
        Format("csv", "text/csv", ox.QueryResultsFormat.CSV),
        Format("tsv", "text/tab-separated-values", ox.QueryResultsFormat.TSV),
    )
}
"""For SELECT and ASK."""

GRAPHS: Mapping[str, Format] = {
    item.name: item
    for item in (
        Format("ttl", "text/turtle", ox.RdfFormat.TURTLE, ("application/x-turtle", "text/n3")),
        Format("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES, ("text/plain",)),
        Format("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD, ("application/json",)),
        Format("rdf", "application/rdf+xml", ox.RdfFormat.RDF_XML, ("application/xml", "text/xml")),
        Format("trig", "application/trig", ox.RdfFormat.TRIG, ("application/x-trig",)),
        Format("nq", "application/n-quads", ox.RdfFormat.N_QUADS, ("text/x-nquads",)),
    )
}
"""For CONSTRUCT and DESCRIBE, and for the description of a thing."""
