"""A profile as quads: the document, the policy that it describes, its sections and its sentences."""

from collections.abc import Iterable, Sequence

from graph.curation.metadata import Metadata
from graph.documents import Document
from graph.rdf.writer import Writer, address, english, integer, text, typed
from graph.sections import Section
from graph.sentences import CONTEXT, Sentence

SUMMARY = "summary written by this project after {}; not an official EUCPN profile"
"""How a document that this project wrote is labelled, in the metadata and beside every quote."""


def write_document(writer: Writer, document: Document, metadata: Metadata, run: str, version: str) -> None:
    """The document, the policy that it describes, and the run that read it."""
    node, policy = writer.iris.thing(f"profile/{document.key}"), writer.iris.thing(f"policy/{document.key}")
    writer.types(node, "liaison:CountryProfile")
    writer.add(node, "dcterms:title", text(metadata.title, metadata.language))
    writer.refer(node, "dcterms:spatial", metadata.country)
    writer.refer(node, "dcterms:subject", *metadata.topics)
    writer.add(node, "dcterms:language", text(metadata.language))
    writer.add(node, "dcterms:publisher", text(metadata.publisher))
    writer.add(node, "dcterms:rights", text(metadata.terms))
    writer.add(node, "dcterms:format", text(document.media_type))
    writer.add(node, "dcterms:source", address(metadata.source))
    writer.add(node, "rdfs:comment", english(metadata.note))
    writer.add(node, "liaison:metadataBasis", english(metadata.basis))
    if metadata.summary_of:
        writer.add(node, "liaison:summaryOf", *map(address, metadata.summary_of))
        writer.add(node, "dcterms:description", english(SUMMARY.format(" and ".join(metadata.summary_of))))
    if metadata.complete:
        writer.add(node, "liaison:curationCompleteOn", typed(metadata.complete.stated, "date"))
    writer.add(node, "liaison:priorityAsStated", text(metadata.priority))
    writer.add(node, "liaison:documentHash", text(document.document_hash))
    writer.add(node, "liaison:textHash", text(document.text_hash))
    writer.add(node, "liaison:describes", policy)
    writer.types(policy, "liaison:Policy")
    writer.classify(policy, "org:classification", "actor-kind/policy")
    writer.refer(policy, "liaison:country", metadata.country)
    writer.refer(policy, "dcterms:subject", *metadata.topics)
    for about in (node, policy):
        writer.add(about, "liaison:year", typed(metadata.year.stated, "gYear") if metadata.year else None)
    reading = writer.iris.thing(run)
    writer.types(reading, "liaison:Run")
    writer.add(reading, "rdfs:label", english(f"Liaison {version} reads {document.key}"))
    writer.add(reading, "prov:used", node)


def write_sections(
    writer: Writer, document: Document, sections: Sequence[Section], sentences: Iterable[Sentence], parts: frozenset[str]
) -> None:
    """The sections, and which of the template's are missing or empty.

    Args:
        writer: the profile's graph.
        document: the document.
        sections: its sections in order.
        sentences: its sentences, to see which sections hold any.
        parts: keys of the template's sections that are to hold text of their own.
    """
    node, policy = writer.iris.thing(f"profile/{document.key}"), writer.iris.thing(f"policy/{document.key}")
    for position, section in enumerate(sections, 1):
        part = writer.iris.thing(f"section/{document.key}-{section.key}")
        writer.types(part, "liaison:Section")
        writer.add(part, "dcterms:title", text(section.title) or english("Front block"))
        writer.add(part, "liaison:position", integer(position))
        writer.classify(part, "liaison:templateSection", f"section/{section.template}" if section.template else None)
        writer.add(part, "dcterms:isPartOf", node)
        writer.add(policy, "dcterms:hasPart", part)
    filled = {sentence.section for sentence in sentences if sentence.form != "heading"}
    present = {section.template for section in sections if section.template}
    with_text = {section.template for section in sections if section.key in filled}
    for key in sorted(parts - present):
        writer.classify(node, "liaison:missingSection", f"section/{key}")
    for key in sorted((parts & present) - with_text):
        writer.classify(node, "liaison:emptySection", f"section/{key}")


def write_sentences(writer: Writer, document: Document, sentences: Iterable[Sentence]) -> None:
    """The sentences, each with its place and its words as Web Annotation selectors."""
    source = writer.iris.thing(f"profile/{document.key}")
    for sentence in sentences:
        node = writer.iris.thing(f"sentence/{sentence.key}")
        place, quote = (writer.iris.part(node, name) for name in ("position", "quote"))
        start, end = sentence.span.start, sentence.span.end
        writer.types(node, "liaison:Sentence")
        writer.add(node, "liaison:text", text(sentence.text))
        writer.add(node, "liaison:position", integer(sentence.position))
        writer.classify(node, "liaison:form", f"form/{sentence.form}")
        writer.refer(node, "dcterms:isPartOf", f"section/{document.key}-{sentence.section}")
        writer.add(node, "oa:hasSource", source)
        writer.add(node, "oa:hasSelector", place, quote)
        writer.types(place, "oa:TextPositionSelector")
        writer.add(place, "oa:start", integer(start))
        writer.add(place, "oa:end", integer(end))
        writer.types(quote, "oa:TextQuoteSelector")
        writer.add(quote, "oa:exact", text(sentence.text))
        writer.add(quote, "oa:prefix", text(document.text[max(0, start - CONTEXT) : start]))
        writer.add(quote, "oa:suffix", text(document.text[end : end + CONTEXT]))
