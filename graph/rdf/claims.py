"""Claims and their evidence as quads: the reification spine, and the ORG facet of memberships."""

from collections.abc import Mapping

from graph.claims import Claim, Evidence
from graph.iris import term
from graph.rdf.writer import Writer, decimal, english, integer, text
from graph.vocabulary import Vocabulary

_HOW = {"planned": " (planned)", "past": " (past)", "required": " (required)", "possible": " (possible)", "asserted": ""}


def write_claim(writer: Writer, claim: Claim, vocabulary: Vocabulary, labels: Mapping[str, str], run: str) -> None:
    """One claim with all its evidence.

    Args:
        writer: the graph of the document or authority file that makes the claim.
        claim: the claim.
        vocabulary: says whether the relation is a kind of taking part.
        labels: preferred English names by reference.
        run: reference of the run that read it.
    """
    relation = vocabulary.relations[claim.relation]
    node = writer.iris.thing(f"claim/{claim.key}")
    writer.types(node, "liaison:Claim", *(["liaison:SupportedClaim"] if claim.supports_edge else []))
    writer.refer(node, "rdf:subject", claim.subject)
    writer.add(node, "rdf:predicate", relation.iri)
    writer.refer(node, "rdf:object", claim.object)
    writer.refer(node, "liaison:involves", claim.subject, claim.object)
    writer.classify(node, "liaison:polarity", f"polarity/{claim.polarity}")
    writer.classify(node, "liaison:modality", f"modality/{claim.modality}")
    writer.classify(node, "liaison:certainty", f"certainty/{claim.certainty}")
    writer.classify(node, "liaison:reviewState", f"review/{claim.review}")
    writer.refer(node, "liaison:statedIn", claim.document)
    writer.refer(node, "prov:wasRevisionOf", *claim.revises)
    writer.add(node, "rdfs:label", english(words(claim, vocabulary, labels)))
    writer.date(node, "asOf", claim.as_of)
    writer.date(node, "from", claim.valid_from)
    writer.date(node, "until", claim.valid_until)
    if relation.role and claim.supports_edge:
        writer.add(node, "rdf:type", term("org:Membership"))
        writer.refer(node, "org:member", claim.subject)
        writer.refer(node, "org:organization", claim.object)
        writer.add(node, "org:role", relation.role)
    for evidence in claim.evidence:
        key = f"evidence/{claim.evidence_key(evidence)}"
        writer.refer(node, "liaison:hasEvidence", key)
        _write_evidence(writer, key, evidence, run)


def words(claim: Claim, vocabulary: Vocabulary, labels: Mapping[str, str]) -> str:
    """The claim as a sentence: "Spain co-drives EMPACT project on child sexual exploitation"."""
    relation = vocabulary.relations[claim.relation].label
    negation = "does not hold: " if claim.polarity == "negated" else ""
    return f"{negation}{labels[claim.subject]} {relation} {labels[claim.object]}{_HOW[claim.modality]}"


def _write_evidence(writer: Writer, key: str, evidence: Evidence, run: str) -> None:
    node = writer.iris.thing(key)
    writer.types(node, "liaison:Evidence")
    writer.refer(node, "liaison:cites", *evidence.cites)
    writer.classify(node, "liaison:certainty", f"certainty/{evidence.certainty}")
    writer.classify(node, "liaison:anchorState", f"anchor/{evidence.anchor}")
    writer.date(node, "asOf", evidence.as_of)
    if evidence.quote is not None:
        writer.add(node, "liaison:quote", text(evidence.quote))
    if evidence.start is not None and evidence.end is not None:
        writer.add(node, "liaison:start", integer(evidence.start))
        writer.add(node, "liaison:end", integer(evidence.end))
    writer.add(node, "liaison:rule", english(evidence.rule))
    writer.add(node, "liaison:proposedBy", text(evidence.proposed_by))
    if evidence.proposed_by and evidence.confidence is not None:
        writer.add(node, "liaison:confidence", decimal(evidence.confidence))
    writer.add(node, "rdfs:comment", english(evidence.note))
    writer.refer(node, "prov:wasGeneratedBy", run)
