"""A release described for catalogues and crawlers: VoID, DCAT-AP 3, and the competency questions as executable queries.

The description is a file of the release and no named graph, as it counts what the store holds. Addresses begin with
the release's base, which is where it is published.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph import excerpt
from graph.iris import DEF, Iris
from graph.questions import Question
from graph.rdf.catalogue import LICENCE
from graph.store import View

FILE = "void.ttl"
NAMESPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sh": "http://www.w3.org/ns/shacl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TITLE = "Liaison: who works with whom in crime prevention, and which sentence says so"
ABOUT = "Actors, networks and policies in crime prevention, as country policy profiles and public sources name them; each connection with its evidence."
RIGHTS = (
    'What this project adds (ontology, shapes, curated claims, summaries) is under CC BY 4.0, "Liaison". '
    "Documents and the facts of other publishers keep their publishers' terms, which are recorded with each source."
)
"""Under which terms the data are, in words (data/LICENSE.md); no one licence holds for all of them."""
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_FILE_TYPES = {
    "ttl": "RDF_TURTLE",
    "nt": "RDF_N_TRIPLES",
    "trig": "RDF_TRIG",
    "jsonld": "JSON_LD",
    "rdf": "RDF_XML",
    "csv": "CSV",
    "gexf": "XML",
    "graphml": "XML",
}
_RANGES = {
    "dcterms:license": "dcterms:LicenseDocument",
    "dcterms:language": "dcterms:LinguisticSystem",
    "dcterms:format": "dcterms:MediaTypeOrExtent",
    "dcterms:conformsTo": "dcterms:Standard",
    "dcat:mediaType": "dcterms:MediaType",
    "dcat:theme": "skos:Concept",
    "dcat:landingPage": "foaf:Document",
    "spdx:algorithm": "spdx:ChecksumAlgorithm",
}
"""What DCAT-AP expects the values of these properties to be; said here, as a validator does not fetch them."""
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_COUNTS = {
    "void:triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "void:distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "void:distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "void:properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "void:classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "void:entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }",
}
_CLASSES = "SELECT ?term (COUNT(DISTINCT ?s) AS ?n) { ?s a ?term } GROUP BY ?term ORDER BY ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?n) { ?s ?term ?o } GROUP BY ?term ORDER BY ?term"

Node = ox.NamedNode | ox.Literal


class Names(Iris):
    """Makes the IRIs of a base, and knows the prefixes of the vocabularies in which a release is described."""

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """All prefixes."""
        return NAMESPACES | super().prefixes


class _Description:
    def __init__(self, about: ox.NamedNode) -> None:
        self.about, self.triples = about, list[ox.Triple]()

    def part(self, name: str) -> ox.NamedNode:
        """A part of the description, by a name after a hash."""
        return ox.NamedNode(f"{self.about.value}#{name}")

    def say(self, node: ox.NamedNode, **values: Node | Iterable[Node]) -> None:
        """Say of a node `prefix_name`, with one value or several."""
        for name, given in values.items():
            for value in [given] if isinstance(given, ox.NamedNode | ox.Literal) else given:
                self.triples.append(ox.Triple(node, _term(name.replace("_", ":", 1)), value))


def write(
    view: View, release: str, version: str, files: Mapping[str, Mapping[str, Any]], asked: Sequence[Question], iris: Iris, folder: Path
) -> Path:
    """Write the description of a release into its folder.

    Args:
        view: its store.
        release: its id.
        version: version of Liaison that made it.
        files: its files, each with bytes, media type and hash.
        asked: the competency questions.
        iris: makes the IRIs.
        folder: where to.
    """
    given = _Description(iris.thing(f"release/{release}"))
    _dataset(given, version, excerpt.foremost(view, iris), iris)
    _statistics(given, view, iris)
    for name, file in files.items():
        if not name.startswith(f"{excerpt.FOLDER}/"):
            _distribution(given, release, name, file, iris)
    _subsets(given, release, files, excerpt.things(view, iris), iris)
    _questions(given, asked, iris)
    ranges = {_term(name): _term(kind) for name, kind in _RANGES.items()}
    typed = {ox.Triple(it.object, _term("rdf:type"), ranges[it.predicate]) for it in given.triples if it.predicate in ranges}  # type: ignore[arg-type]
    ordered = sorted(
        [*given.triples, *typed],
        key=lambda triple: (
            str(triple.subject),
            str(triple.predicate) != str(_term("rdf:type")),
            str(triple.predicate),
            str(triple.object),
        ),
    )
    path = folder / FILE
    ox.serialize(ordered, str(path), ox.RdfFormat.TURTLE, prefixes=NAMESPACES | iris.prefixes)
    return path


def _dataset(given: _Description, version: str, told: Sequence[str], iris: Iris) -> None:
    catalogue, publisher, service, rights = (given.part(name) for name in ("catalogue", "publisher", "service", "rights"))
    endpoint = ox.NamedNode(f"{iris.base}sparql")
    given.say(rights, rdf_type=_term("dcterms:RightsStatement"), rdfs_label=_english(RIGHTS))
    english = ox.NamedNode(f"{_AUTHORITY}language/ENG")
    given.say(publisher, rdf_type=_term("foaf:Agent"), foaf_name=ox.Literal("Liaison", language="en"))
    given.say(
        catalogue, rdf_type=_term("dcat:Catalog"), dcterms_title=_english("Liaison"), dcterms_description=_english(ABOUT),
        dcterms_publisher=publisher, dcterms_license=LICENCE, dcterms_language=english, dcat_dataset=given.about, dcat_service=service,
    )  # fmt: skip
    given.say(
        given.about, rdf_type=[_term("dcat:Dataset"), _term("void:Dataset")], dcterms_title=_english(TITLE), dcterms_description=_english(ABOUT),
        dcterms_publisher=publisher, dcterms_rights=rights, dcterms_language=english, dcat_version=ox.Literal(version),
        dcat_theme=ox.NamedNode(f"{_AUTHORITY}data-theme/JUST"),
        dcat_keyword=[_english(word) for word in ("crime prevention", "police cooperation", "European Union", "networks")],
        dcat_landingPage=ox.NamedNode(iris.base), void_sparqlEndpoint=endpoint, void_uriSpace=ox.Literal(f"{iris.base}id/"),
        void_vocabulary=[ox.NamedNode(f"{DEF}#"), *(ox.NamedNode(iri) for iri in NAMESPACES.values() if iri.startswith("http://purl.org/dc"))],
        void_exampleResource=[iris.thing(reference) for reference in told],
    )  # fmt: skip
    given.say(
        service, rdf_type=_term("dcat:DataService"), dcterms_title=_english("SPARQL endpoint"), dcterms_publisher=publisher, dcterms_rights=rights,
        dcat_endpointURL=endpoint, dcat_endpointDescription=endpoint, dcat_servesDataset=given.about,
        dcterms_conformsTo=ox.NamedNode("http://www.w3.org/TR/sparql11-protocol/"),
    )  # fmt: skip


def _statistics(given: _Description, view: View, iris: Iris) -> None:
    for name, query in _COUNTS.items():
        (row,) = view.select(query)
        given.triples.append(ox.Triple(given.about, _term(name), _number(row["n"].value)))
    for kind, query, count in (("class", _CLASSES, "void:entities"), ("property", _PROPERTIES, "void:triples")):
        for row in view.select(query):
            assert isinstance(row["term"], ox.NamedNode)
            part = given.part(f"{kind}-{_NO_NAME.sub('-', iris.short(row['term'].value))}")
            given.triples += [
                ox.Triple(given.about, _term(f"void:{kind}Partition"), part),
                ox.Triple(part, _term(f"void:{kind}"), row["term"]),
                ox.Triple(part, _term(count), _number(row["n"].value)),
            ]


def _distribution(given: _Description, release: str, name: str, file: Mapping[str, Any], iris: Iris) -> None:
    part, checksum = given.part(name), given.part(f"{name}-sha256")
    address, ending = ox.NamedNode(f"{iris.base}downloads/{release}/{name}"), name.rpartition(".")[2]
    given.say(given.about, dcat_distribution=part)
    if name.startswith("liaison."):
        given.say(given.about, void_dataDump=address)
    given.say(
        part, rdf_type=_term("dcat:Distribution"), dcterms_title=_english(name), dcat_accessURL=address, dcat_downloadURL=address,
        dcat_mediaType=ox.NamedNode(_MEDIA_TYPES + str(file["media_type"])), dcterms_format=ox.NamedNode(f"{_AUTHORITY}file-type/{_FILE_TYPES[ending]}"),
        dcat_byteSize=ox.Literal(str(file["bytes"]), datatype=_term("xsd:nonNegativeInteger")), dcterms_rights=given.part("rights"), spdx_checksum=checksum,
    )  # fmt: skip
    given.say(
        checksum, rdf_type=_term("spdx:Checksum"), spdx_algorithm=_term("spdx:checksumAlgorithm_sha256"),
        spdx_checksumValue=ox.Literal(str(file["sha256"]), datatype=_term("xsd:hexBinary")),
    )  # fmt: skip


def _subsets(given: _Description, release: str, files: Mapping[str, Mapping[str, Any]], things: Mapping[str, str], iris: Iris) -> None:
    """The excerpts, each as a part of the dataset that is about one thing."""
    for reference, label in things.items():
        names = [f"{excerpt.FOLDER}/{excerpt.stem(reference)}.{ending}" for ending in excerpt.ENDINGS]
        addresses = [ox.NamedNode(f"{iris.base}downloads/{release}/{name}") for name in names if name in files]
        if addresses:
            part = given.part(excerpt.stem(reference))
            given.say(given.about, void_subset=part)
            given.say(
                part,
                rdf_type=_term("void:Dataset"),
                dcterms_title=_english(label),
                dcterms_subject=iris.thing(reference),
                dcterms_rights=given.part("rights"),
                void_dataDump=addresses,
            )


def _questions(given: _Description, asked: Sequence[Question], iris: Iris) -> None:
    prefixes = given.part("prefixes")
    given.say(prefixes, rdf_type=_term("owl:Ontology"))
    for name, iri in iris.prefixes.items():
        declared = given.part(f"prefix-{name}")
        given.say(prefixes, sh_declare=declared)
        given.say(declared, sh_prefix=ox.Literal(name), sh_namespace=ox.Literal(iri, datatype=_term("xsd:anyURI")))
    for question in asked:
        part = given.part(f"question-{question.name}")
        given.say(
            part, rdf_type=[_term("sh:SPARQLExecutable"), _term("sh:SPARQLSelectExecutable")], rdfs_label=_english(question.title),
            sh_prefixes=prefixes, sh_select=ox.Literal(question.query),
        )  # fmt: skip


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + local)


def _english(words: str) -> ox.Literal:
    return ox.Literal(words, language="en")


def _number(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=_term("xsd:integer"))
