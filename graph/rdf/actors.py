"""Actors, topics, names, rows and sources as quads."""

from collections.abc import Collection, Iterable

import pyoxigraph as ox

from graph.authority.records import Actor, Name, Row, Topic
from graph.rdf.writer import Writer, address, english, text, typed
from graph.text import digest

_HIDDEN = frozenset({"adjective", "code"})


def write_actor(writer: Writer, actor: Actor) -> None:
    """An actor with its class, kind, preferred name, attributes and matches."""
    node = writer.iris.thing(actor.reference)
    writer.types(node, f"liaison:{actor.classname}")
    writer.add(node, "skos:prefLabel", english(actor.label))
    writer.classify(node, "org:classification", f"actor-kind/{actor.kind}")
    writer.refer(node, "liaison:country", actor.country)
    writer.refer(node, "prov:hadPrimarySource", actor.row)
    writer.add(node, "liaison:seat", text(actor.seat))
    writer.add(node, "foaf:homepage", address(actor.homepage))
    writer.add(node, "liaison:isUniversal", typed("true", "boolean") if actor.is_universal else None)
    writer.date(node, "from", actor.begins)
    writer.date(node, "until", actor.ends)
    writer.add(node, "skos:notation", *(text(code) for code in actor.notation))
    write_matches(writer, node, actor.matches)


def write_topic(writer: Writer, topic: Topic, cycles: Collection[str]) -> None:
    """A topic with its place in the scheme; `cycles` are the policy cycles that exist."""
    node = writer.iris.thing(topic.reference)
    writer.types(node, "liaison:Topic", "skos:Concept")
    writer.add(node, "skos:prefLabel", english(topic.label))
    writer.refer(node, "skos:inScheme", "authority/topics")
    writer.refer(node, "skos:broader", topic.broader)
    writer.refer(node, "prov:hadPrimarySource", topic.row)
    writer.refer(node, "liaison:priorityIn", *(cycle for cycle in topic.priority_in if cycle in cycles))
    write_matches(writer, node, topic.matches)


def write_matches(writer: Writer, node: ox.NamedNode, matches: Iterable[tuple[str, str]]) -> None:
    """SKOS mappings to other authority lists."""
    for relation, iri in matches:
        writer.add(node, f"skos:{relation}", ox.NamedNode(iri))


def write_name(writer: Writer, name: Name, label: str) -> None:
    """A name as a SKOS-XL label; `label` is the preferred English name, which no alternative name may repeat."""
    node, named = writer.iris.thing(name.reference), writer.iris.thing(name.of)
    literal = text(name.text, name.language.lower())
    writer.types(node, "liaison:Name")
    writer.add(node, "skosxl:literalForm", literal)
    writer.classify(node, "liaison:nameKind", f"name-kind/{name.kind}")
    writer.refer(node, "prov:hadPrimarySource", *map(source_reference, name.sources))
    if name.language == "en" and name.text == label:
        writer.add(named, "skosxl:prefLabel", node)
    elif name.kind in _HIDDEN:
        writer.add(named, "skosxl:hiddenLabel", node)
        if name.kind != "code":
            writer.add(named, "skos:hiddenLabel", literal)
    else:
        writer.add(named, "skosxl:altLabel", node)
        writer.add(named, "skos:altLabel", literal)


def write_row(writer: Writer, row: Row) -> None:
    """A row as something that can be cited."""
    node = writer.iris.thing(row.reference)
    writer.types(node, "liaison:Row")
    writer.add(node, "liaison:text", text(row.text))
    writer.refer(node, "dcterms:isPartOf", row.document)
    writer.refer(node, "prov:hadPrimarySource", *map(source_reference, row.sources))


def source_reference(words: str) -> str:
    """`source/{hash}` of a source as given."""
    return f"source/{digest('source', words, length=12)}"


def write_source(writer: Writer, words: str) -> None:
    """A source as given, and its address where it is one."""
    node = writer.iris.thing(source_reference(words))
    writer.types(node, "liaison:Source")
    writer.add(node, "rdfs:label", text(words))
    writer.add(node, "foaf:page", address(words))
