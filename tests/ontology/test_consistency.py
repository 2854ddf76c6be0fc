"""A reasoner over ontology and data finds no contradiction, and finds one that was planted."""

import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import RDF, Graph, Namespace, URIRef

import ontology
import shapes
from graph.release import Release

LIAISON = Namespace("https://w3id.org/liaison/def#")
THING = Namespace("https://w3id.org/liaison/id/")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
"""The class of the messages that owlrl leaves in the graph where rules of OWL 2 RL derive a contradiction."""
PLANTED = {
    "a state that is a body": [(THING["country/ESP"], RDF.type, LIAISON.State), (THING["country/ESP"], RDF.type, LIAISON.Body)],
    "a ministry that is a company": [(THING["body/x"], RDF.type, LIAISON.Ministry), (THING["body/x"], RDF.type, LIAISON.Company)],
    "a topic that takes part": [
        (THING["topic/x"], RDF.type, LIAISON.Topic),
        (THING["topic/x"], LIAISON.coDrives, THING["group/x"]),
    ],
    "a treaty that is addressed": [
        (THING["group/x"], RDF.type, LIAISON.Treaty),
        (THING["policy/x"], LIAISON.addresses, THING["group/x"]),
    ],
    "a group that succeeds itself": [(THING["group/x"], LIAISON.succeeds, THING["group/x"])],
    "two groups that are part of each other": [
        (THING["group/x"], LIAISON.partOf, THING["group/y"]),
        (THING["group/y"], LIAISON.partOf, THING["group/x"]),
    ],
    "a topic in which somebody takes part, said the other way round": [
        (THING["topic/x"], RDF.type, LIAISON.Topic),
        (THING["topic/x"], LIAISON.hasParticipant, THING["body/x"]),
    ],
    "a sentence that is evidence": [
        (THING["sentence/x"], RDF.type, LIAISON.Sentence),
        (THING["sentence/x"], LIAISON.quote, THING["x"]),
    ],
}


def words() -> Graph:
    """The ontology without its lists, which hold nothing that could contradict."""
    graph = Graph()
    for module in ontology.modules():
        if module.parent.name != "vocabularies":
            graph.parse(module)
    return graph


def contradictions(graph: Graph) -> list[str]:
    """What the reasoner says cannot be."""
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return [str(text) for node in graph.subjects(RDF.type, ERROR) for text in graph.objects(node)]


def test_the_ontology_alone_contradicts_nothing() -> None:
    assert contradictions(words()) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_contradiction_is_found(name: str) -> None:
    graph = words()
    for triple in PLANTED[name]:
        graph.add(triple)
    assert contradictions(graph) != []


@pytest.mark.long
def test_the_data_contradict_nothing(release: Release) -> None:
    """Types and plain edges of all things, and all that is said of claims; names, rows and offsets prove nothing."""
    query = """CONSTRUCT { ?s ?p ?o } WHERE {
        ?s ?p ?o FILTER (STRSTARTS(STR(?p), "https://w3id.org/liaison/def#") || ?p = rdf:type)
        FILTER NOT EXISTS { ?s a liaison:Name } FILTER NOT EXISTS { ?s a liaison:Row } FILTER NOT EXISTS { ?s a liaison:Source }
    }"""
    triples = release.view.construct(release.iris.header() + query)
    graph = words()
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    assert contradictions(graph) == []


@pytest.mark.parametrize("path", [*ontology.modules(), *shapes.modules()], ids=lambda path: path.name)
def test_a_parser_that_is_not_python_reads_the_same_number_of_triples(path: Path) -> None:
    if (rapper := shutil.which("rapper")) is None:
        pytest.skip("there is no rapper; on Debian: apt-get install raptor2-utils")
    read = subprocess.run([rapper, "-q", "-i", "turtle", "-o", "ntriples", str(path)], capture_output=True, text=True, check=True)
    assert len(set(read.stdout.splitlines())) == len(Graph().parse(path)) == len(set(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)))
