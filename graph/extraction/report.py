"""An analysis as one JSON object for programs, and as lines for people. The same analysis gives the same bytes."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from graph.dates import StatedDate
from graph.extraction.analysis import Analysis
from graph.extraction.plain import plain
from graph.extraction.results import REVIEW, End, FoundActor, Proposal
from graph.iris import Iris
from graph.sections import Section
from graph.spans import Span

_WIDTH = 100
_WIDEST_CELL = 48


def as_json(analysis: Analysis, iris: Iris, labels: Mapping[str, str]) -> str:
    """The analysis as JSON on one line, in UTF-8 letters.

    Args:
        analysis: what was read from a document.
        iris: makes the IRIs.
        labels: reference to preferred name.
    """
    return json.dumps(as_dict(analysis, iris, labels), ensure_ascii=False, separators=(", ", ": "))


def as_dict(analysis: Analysis, iris: Iris, labels: Mapping[str, str]) -> dict[str, object]:
    """The analysis in lists, dicts, texts and numbers; `docs/extraction.md` says what each is.

    Args:
        analysis: what was read from a document.
        iris: makes the IRIs.
        labels: reference to preferred name.
    """
    text = analysis.document.text
    return {
        "document": _document(analysis, iris, labels),
        "actors": [_actor(actor, iris) for actor in analysis.extraction.actors],
        "claims": [_claim(proposal, text, iris) for proposal in analysis.extraction.proposals],
        "remarks": remarks(analysis),
    }


def remarks(analysis: Analysis) -> list[str]:
    """What was left out and what stays open, in sentences."""
    return [*analysis.extraction.remarks, *(f"{error.problem[:1].upper()}{error.problem[1:]}." for error in analysis.open)]


def _document(analysis: Analysis, iris: Iris, labels: Mapping[str, str]) -> dict[str, object]:
    document, about = analysis.document, analysis.about
    return {
        "key": document.key,
        "country": {"name": labels[about.country], "iri": iris.thing(about.country).value} if about.country else None,
        "year": int(about.year.stated[:4]) if about.year else None,
        "priority": about.priority or None,
        "language": analysis.extraction.language,
        "is_template": analysis.extraction.is_template,
        "media_type": document.media_type,
        "sha256": document.document_hash,
        "text_sha256": document.text_hash,
        "converter": document.converter or None,
        "sections": [_section(section) for section in analysis.sections],
        "text": document.text if document.converter else None,
    }


def _section(section: Section) -> dict[str, object]:
    start = section.heading.start if section.heading else section.body.start
    return {"key": section.key, "title": section.title, "start": start, "end": section.body.end}


def _actor(actor: FoundActor, iris: Iris) -> dict[str, object]:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "iri": _iri(actor.reference, iris),
        "quote": actor.quote,
        "start": actor.span.start,
        "end": actor.span.end,
        "aliases": list(actor.aliases),
        "generic": actor.generic,
        "suggestions": [{"iri": _iri(reference, iris), "reason": reason} for reference, reason in actor.suggestions],
    }


def _claim(proposal: Proposal, text: str, iris: Iris) -> dict[str, object]:
    return {
        "subject": _end(proposal.subject, iris),
        "predicate": proposal.relation,
        "object": _end(proposal.object, iris),
        "quote": proposal.quote,
        "quote_text": cleaned(text, proposal.span),
        "start": proposal.span.start,
        "end": proposal.span.end,
        "polarity": proposal.polarity,
        "modality": proposal.modality,
        "confidence": proposal.confidence,
        "rule": proposal.rule,
        "state": proposal.state,
        "reason": proposal.reason or None,
        "valid_from": _stated(proposal.valid_from),
        "valid_to": _stated(proposal.valid_until),
    }


def _end(end: End, iris: Iris) -> dict[str, object]:
    return {"name": end.name, "iri": _iri(end.reference, iris)}


def _iri(reference: str | None, iris: Iris) -> str | None:
    return iris.thing(reference).value if reference else None


def _stated(date: StatedDate | None) -> str | None:
    return date.stated if date else None


def cleaned(text: str, span: Span) -> str:
    """The words of a stretch without markup and line breaks."""
    return " ".join(plain(text, span).text.split())


def lines(analysis: Analysis, labels: Mapping[str, str]) -> Iterator[str]:
    """The analysis for people: what the document says of itself, its actors, and its sentences with their claims.

    Args:
        analysis: what was read from a document.
        labels: reference to preferred name.
    """
    extraction = analysis.extraction
    yield from _head(analysis, labels)
    if extraction.actors:
        yield ""
        yield f"Actors ({len(extraction.actors)})"
        yield from table(("name", "kind", "known as", "also"), map(_actor_row, extraction.actors))
    if extraction.proposals:
        yield ""
        yield f"Claims ({len(extraction.proposals)})"
        for span, proposals in groupby(extraction.proposals, key=lambda proposal: proposal.span):
            yield from _sentence(analysis, span, list(proposals))
    said = remarks(analysis)
    if said:
        yield ""
        yield from (line for remark in said for line in textwrap.wrap(remark, _WIDTH, initial_indent="Remark: ", subsequent_indent="  "))


def _head(analysis: Analysis, labels: Mapping[str, str]) -> Iterator[str]:
    document, about = analysis.document, analysis.about
    yield document.key
    rows = (
        ("country", labels[about.country] if about.country else "not stated"),
        ("year", about.year.stated if about.year else "not stated"),
        ("priority", about.priority or "not stated"),
        ("language", analysis.extraction.language or "not told"),
        ("template", "yes" if analysis.extraction.is_template else "no"),
        ("converted by", document.converter),
    )
    yield from (f"  {name:<13} {value}" for name, value in rows if value)


def _actor_row(actor: FoundActor) -> tuple[str, ...]:
    known = actor.reference or ("a collective" if actor.generic else "new" + _perhaps(actor))
    return actor.name, actor.kind, known, ", ".join(actor.aliases)


def _perhaps(actor: FoundActor) -> str:
    return f", perhaps {actor.suggestions[0][0]}" if actor.suggestions else ""


def _sentence(analysis: Analysis, span: Span, proposals: Sequence[Proposal]) -> Iterator[str]:
    document = analysis.document
    yield ""
    words = f"“{cleaned(document.text, span)}” (line {document.line_of(span.start)})"
    yield from textwrap.wrap(words, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
    for proposal in proposals:
        yield f"    {proposal.subject.name} {proposal.relation} {proposal.object.name}: {reading(proposal)} [{proposal.rule}]"
        if proposal.reason:
            yield from textwrap.wrap(proposal.reason, _WIDTH, initial_indent="      ", subsequent_indent="      ")


def reading(proposal: Proposal) -> str:
    """How a proposal is meant, in words: `asserted, 0.90`, `not asserted`, `for review`."""
    said = [
        "negated" if proposal.polarity == "negated" else "",
        proposal.modality if proposal.polarity != "negated" or proposal.modality != "asserted" else "",
        f"from {proposal.valid_from.stated}" if proposal.valid_from else "",
        f"until {proposal.valid_until.stated}" if proposal.valid_until else "",
        "for review" if proposal.state == REVIEW else "",
        f"{proposal.confidence:.2f}",
    ]
    return ", ".join(part for part in said if part)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines with columns; long cells are cut, but for the last one of a row.

    Args:
        head: names of the columns.
        rows: the cells.
    """
    cells = [[*map(_cut, row[:-1]), row[-1]] for row in (head, *rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()


def _cut(cell: str) -> str:
    return cell if len(cell) <= _WIDEST_CELL else f"{cell[: _WIDEST_CELL - 1]}…"
