"""Paths as files: Turtle with every claim and its evidence, a table of hops, and a list to cite."""

from collections.abc import Iterator
from textwrap import indent, wrap

import pyoxigraph as ox

from graph import dumps, network
from graph.excerpt import Said
from graph.rdf.profile import SUMMARY
from webapp.live import Serving
from webapp.pages.claims import Shown
from webapp.pages.paths.finding import Answer, label
from webapp.pages.paths.steps import Step, Way, standing
from webapp.pages.proofs import Proof

COLUMNS = (
    "path", "hop", "from", "to", "subject", "relation", "object", "valid_from", "valid_until", "as_of", "certainty", "review", "stated_in",
    "words", "source", "note", "from_iri", "to_iri", "claim_iri", "evidence_iri",
)  # fmt: skip
"""Columns of the table; each piece of evidence has a row."""
_WIDE = 100


def turtle(serving: Serving, answer: Answer) -> bytes:
    """The claims of the paths with their evidence, plain edges and names, as Turtle."""
    keys = dict.fromkeys(claim.key for way in answer.ways for step in way.steps for claim in step.claims)
    triples = Said(serving.view).about((), (serving.iris.thing(f"claim/{key}") for key in keys))
    return dumps.serialised(triples, ox.RdfFormat.TURTLE, serving.iris.prefixes)


def table(serving: Serving, answer: Answer) -> bytes:
    """The hops as a table for spreadsheets, a row for each piece of evidence."""
    rows = (
        _row(serving, way, place, step, claim, proof)
        for way in answer.ways
        for place, step in enumerate(way.steps, 1)
        for claim in step.claims
        for proof in claim.proofs
    )
    return network.table(rows, COLUMNS).encode()


def listing(serving: Serving, answer: Answer) -> str:
    """The paths as a list to cite: each hop with its sentence or row, its document, release and IRIs."""
    release, base = serving.release, serving.iris.base
    lines = [
        f"How {label(answer.source)} and {label(answer.target)} are connected",
        f"Liaison, release {release.id} of {serving.day}, {base}id/release/{release.id}",
        *(f"Condition: {condition}" for condition in answer.given.conditions),
        answer.words,
        "",
    ]
    for way in answer.ways:
        lines += [f"{way.number}. {' - '.join(stop.label for stop in way.stops)}"]
        for place, step in enumerate(way.steps, 1):
            lines += [f"   {way.number}.{place} {step.source.label} to {step.target.label}"]
            lines += [line for claim in step.claims for line in _cited(serving, claim, answer.given.years)]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def citation(serving: Serving, answer: Answer) -> str:
    """How to cite the paths as a whole, in one sentence."""
    names = f"{label(answer.source)} and {label(answer.target)}"
    return f"Paths between {names}. Liaison, release {serving.release.id} of {serving.day}, {serving.iris.base}id/release/{serving.release.id}."


def _cited(serving: Serving, claim: Shown, years: tuple[int, int] | None) -> Iterator[str]:
    about = [claim.span.words, claim.certainty, claim.review, *claim.remarks, standing(claim, years)]
    told = [f"{claim.sentence} ({'; '.join(filter(None, about))}).", serving.iris.thing(f"claim/{claim.key}").value]
    for proof in claim.proofs:
        said = f"“{proof.quote or proof.text}”" if proof.is_sentence else f"Row: {proof.text}"
        told += [said, f"{claim.stated_in.label}. {serving.iris.thing(proof.cited).value}"]
        told += [source] if (source := _source(proof)) else []
        told += [f"Derived: {proof.rule}"] if proof.rule else []
        told += [_summary(proof)] if proof.summarised else []
    for number, part in enumerate(told):
        lines = wrap(part, _WIDE, break_long_words=False, break_on_hyphens=False)
        yield indent("\n".join(lines), "       " if number == 0 else "         ")


def _source(proof: Proof) -> str:
    return "Source: " + "; ".join(origin.label for origin in proof.origins) if proof.origins else ""


def _summary(proof: Proof) -> str:
    """What is said of a sentence that this project wrote, as a sentence of its own."""
    words = SUMMARY.format(" and ".join(page.label for page in proof.summarised))
    return f"{words[0].upper()}{words[1:]}."


def _row(serving: Serving, way: Way, place: int, step: Step, claim: Shown, proof: Proof) -> dict[str, str]:
    iris = serving.iris
    return {
        "path": str(way.number),
        "hop": str(place),
        "from": step.source.label,
        "to": step.target.label,
        "subject": claim.subject.label,
        "relation": claim.label,
        "object": claim.object.label,
        "valid_from": claim.span.begins,
        "valid_until": claim.span.ends,
        "as_of": claim.span.as_of,
        "certainty": claim.certainty,
        "review": claim.review,
        "stated_in": claim.stated_in.label,
        "words": proof.quote or proof.text,
        "source": "; ".join(origin.label for origin in proof.origins),
        "note": _summary(proof) if proof.summarised else proof.rule,
        "from_iri": iris.thing(step.source.reference).value,
        "to_iri": iris.thing(step.target.reference).value,
        "claim_iri": iris.thing(f"claim/{claim.key}").value,
        "evidence_iri": iris.thing(f"evidence/{proof.key}").value,
    }
