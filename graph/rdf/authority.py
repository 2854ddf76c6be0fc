"""All authority facts as quads: one named graph a file, and one for the sources that the files share."""

import pyoxigraph as ox

from graph.authority import Authority
from graph.authority.records import Actor, Row, Topic
from graph.iris import Iris
from graph.rdf.actors import source_reference, write_actor, write_name, write_row, write_source, write_topic
from graph.rdf.claims import write_claim
from graph.rdf.writer import Writer, english, joined, text
from graph.text import digest
from graph.vocabulary import Vocabulary

PRIORITY = "PolicyCyclePriority"
"""The class of what a policy cycle concentrates on."""

RIGHTS = (
    "Facts from the sources named in each row. EU tables and EuroVoc: © European Union, reuse with credit to the Publications Office. "
    "See data/LICENSE.md."
)


def authority_run(authority: Authority, version: str) -> str:
    """Reference of the run that read these files with this version: a hash of both."""
    return f"run/{digest('run', version, *(f'{name}={authority.files[name]}' for name in sorted(authority.files)))}"


def write_authority(authority: Authority, vocabulary: Vocabulary, iris: Iris, version: str) -> list[ox.Quad]:
    """Every actor, topic, name, row, source and claim of the authority files."""
    writers = {name: Writer(iris, f"authority/{name}") for name in (*authority.files, "sources")}
    run = authority_run(authority, version)
    labels = labels_of(authority, vocabulary)
    for name, file_hash in authority.files.items():
        node = iris.thing(f"authority/{name}")
        writers[name].types(node, "liaison:AuthorityFile", *(["skos:ConceptScheme"] if name == "topics" else []))
        writers[name].add(node, "dcterms:title", english(f"Authority facts: {name}"))
        writers[name].add(node, "dcterms:rights", english(RIGHTS))
        writers[name].add(node, "liaison:documentHash", text(file_hash))
    for row in authority.rows.values():
        write_row(writers[row.file], row)
    for actor in authority.actors.values():
        write_actor(writers[_file(authority.rows, actor.row)], actor)
    for topic in authority.topics.values():
        write_topic(writers["topics"], topic, authority.actors.keys())
    _write_priorities(writers["groups"], authority)
    for item in authority.names:
        write_name(writers["aliases"], item, labels[item.of])
    for claim in authority.claims:
        write_claim(writers[claim.document.removeprefix("authority/")], claim, vocabulary, labels, run)
    _write_sources(writers["sources"], authority, run, version)
    return joined(writers.values())


def labels_of(authority: Authority, vocabulary: Vocabulary) -> dict[str, str]:
    """Preferred English names of everything that may be an end of a claim, by reference."""
    named: dict[str, Actor | Topic] = {**authority.actors, **authority.topics}
    return {reference: item.label for reference, item in named.items()} | {
        key: label for key, label in vocabulary.labels.items() if key.startswith("channel/")
    }


def _file(rows: dict[str, Row], reference: str | None) -> str:
    return rows[reference].file if reference else "bodies"


def _write_priorities(writer: Writer, authority: Authority) -> None:
    """The priorities of each policy cycle as concepts of a scheme of that cycle, with what their topics are in EuroVoc.

    A priority is a decision about a topic, so the two are related and never the same.
    """
    for claim in authority.claims:
        subject = authority.actors.get(claim.subject)
        if subject is None or subject.classname != PRIORITY:
            continue
        node = writer.iris.thing(claim.subject)
        if claim.relation == "partOf":
            cycle = authority.actors[claim.object]
            scheme = writer.iris.part(writer.iris.thing(cycle.reference), "priorities")
            writer.types(scheme, "skos:ConceptScheme")
            writer.add(scheme, "skos:prefLabel", english(f"Priorities of {cycle.label}"))
            writer.types(node, "skos:Concept")
            writer.add(node, "skos:inScheme", scheme)
            writer.add(node, "skos:topConceptOf", scheme)
        elif claim.relation == "addresses":
            for _, iri in authority.topics[claim.object].matches:
                writer.add(node, "skos:relatedMatch", ox.NamedNode(iri))


def _write_sources(writer: Writer, authority: Authority, run: str, version: str) -> None:
    given = {words for row in authority.rows.values() for words in row.sources} | {
        words for name in authority.names for words in name.sources
    }
    for words in sorted(given, key=source_reference):
        write_source(writer, words)
    node = writer.iris.thing(run)
    writer.types(node, "liaison:Run")
    writer.add(node, "rdfs:label", english(f"Liaison {version} reads the authority files"))
    writer.refer(node, "prov:used", *(f"authority/{name}" for name in authority.files))
