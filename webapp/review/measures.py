"""What decisions say of rules, of reviewers, and of how far each document is reviewed: the same on the shell and in the browser."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any

from graph.decisions.figures import ENOUGH_REVIEWED, Agreement, Precision, agreements, coverage, precisions
from graph.decisions.outcomes import Outcomes
from graph.errors import RuleError
from graph.extraction import report, rulebook
from graph.extraction.rules import UNSTATED
from graph.ratios import Ratio
from webapp.review.disputes import Dispute, disputes
from webapp.review.office import Office
from webapp.review.table import Table


@dataclass(frozen=True)
class DocumentCoverage:
    """How far a document is reviewed.

    Args:
        key: its key.
        title: for people.
        judged: how many of its proposals somebody has judged.
        sections: title of each section, in reading order, with how many there; empty for what stands without a heading.
    """

    key: str
    title: str
    judged: Ratio
    sections: Sequence[tuple[str, Ratio]]


@dataclass(frozen=True)
class Measures:
    """All figures of a data folder.

    Args:
        rules: the rules of whose proposals something is reviewed, by name.
        unreviewed: the other rules, by name, with the confidence that each states.
        agreements: each two reviewers who judged something in common.
        documents: the documents that are read.
        unread: keys of those that are not read yet, or that cannot be.
        disputes: the merges of actors on which reviewers disagree.
        fault: why nobody knows what the rules state; empty if it is known.
    """

    rules: Sequence[Precision]
    unreviewed: Sequence[Precision]
    agreements: Sequence[Agreement]
    documents: Sequence[DocumentCoverage]
    unread: Sequence[str]
    disputes: Sequence[Dispute]
    fault: str


def is_measured(rule: Precision) -> bool:
    """Whether enough proposals of a rule are reviewed that its confidence is measured; until then it is a prior."""
    return rule.share.total >= ENOUGH_REVIEWED


def measures(office: Office, tables: Iterable[Table], rules: Path) -> Measures:
    """The figures of a data folder.

    Args:
        office: the data folder.
        tables: the profiles that are read.
        rules: the folder of its rules.
    """
    read = list(tables)
    heard = _heard(office.outcomes, read)
    try:
        priors, fault = stated(rules), ""
    except RuleError as error:
        priors, fault = {}, str(error)
    found = precisions(heard, priors, frozenset().union(*(table.refused for table in read)))
    shown = {table.key for table in read}
    return Measures(
        [one for one in found if _is_reviewed(one)],
        [one for one in found if not _is_reviewed(one)],
        agreements(heard),
        [_coverage(table) for table in read],
        [key for key in office.profiles if key not in shown],
        disputes(office),
        fault,
    )


def _is_reviewed(rule: Precision) -> bool:
    return bool(rule.share.total or rule.disputed or rule.refused)


def _heard(outcomes: Outcomes, tables: Iterable[Table]) -> Outcomes:
    """What follows from all decisions; of documents that are read, with their side-cars heard."""
    heard = {unit: judgement for table in tables for unit, judgement in table.laid.outcomes.judgements.items()}
    return replace(outcomes, judgements={**outcomes.judgements, **heard})


def _coverage(table: Table) -> DocumentCoverage:
    found = coverage(table.key, table.laid.proposals, table.sheet.sections, table.laid.outcomes)
    titles = {section.key: section.title for section in table.sheet.sections}
    sections = [(titles.get(key, ""), ratio) for key, ratio in found.sections.items()]
    return DocumentCoverage(table.key, table.laid.about.title, found.document, sections)


def stated(folder: Path) -> dict[str, float]:
    """Name of each rule to the confidence that it states: a prior; where languages differ, the mean.

    Args:
        folder: the folder of rules.

    Raises:
        RuleError: a file of rules cannot be read.
    """
    as_of = tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.glob("*/*.yaml")))
    return dict(_stated(folder, as_of))


@lru_cache(maxsize=2)
def _stated(folder: Path, _as_of: tuple[tuple[Path, int, int], ...]) -> Mapping[str, float]:
    found: dict[str, list[float]] = defaultdict(list)
    for language in rulebook.languages(folder):
        source = rulebook.read(folder, language)["relations"]
        for entry in source.values.get("rules", ()):
            if isinstance(entry, Mapping) and "id" in entry:
                found[str(entry["id"])].append(_confidence(entry, source.path))
    return {rule: fmean(values) for rule, values in found.items()}


def _confidence(entry: Mapping[str, Any], path: Path) -> float:
    try:
        return float(entry.get("confidence", UNSTATED))
    except (TypeError, ValueError) as error:
        problem = f"the rule {entry['id']!r} has the confidence {entry['confidence']!r}"
        raise RuleError(path, problem, "write a number from 0 to 1") from error


def as_dict(found: Measures) -> dict[str, Any]:
    """The figures for programs; a share of nothing is null."""
    return {
        "enough_reviewed": ENOUGH_REVIEWED,
        "rules": [_rule(one) for one in (*found.rules, *found.unreviewed)],
        "agreements": [_agreement(one) for one in found.agreements],
        "documents": [
            {
                "profile": one.key, **_share(one.judged, "judged", "proposed"),
                "sections": [{"title": title, **_share(ratio, "judged", "proposed")} for title, ratio in one.sections],
            }
            for one in found.documents
        ],
        "disputed_merges": [{"actor": one.actor.reference, "others": [end.reference for end in one.others]} for one in found.disputes],
        "unread": list(found.unread),
    }  # fmt: skip


def _rule(one: Precision) -> dict[str, Any]:
    measured = is_measured(one)
    return {
        "rule": one.rule, "right": one.right, "wrong": one.wrong, "disputed": one.disputed, "refused": one.refused, "precision": one.share.value,
        "interval": one.share.interval, "prior": one.prior, "confidence": one.confidence,
        "confidence_is": "measured" if measured else "prior",
    }  # fmt: skip


def _agreement(one: Agreement) -> dict[str, Any]:
    return {
        "reviewers": [one.first, one.second], "both_for": one.both_for, "only_first": one.only_first, "only_second": one.only_second,
        "both_against": one.both_against, "kappa": one.kappa, "reason": one.reason or None,
    }  # fmt: skip


def _share(ratio: Ratio, hits: str, total: str) -> dict[str, Any]:
    return {hits: ratio.hits, total: ratio.total, "share": ratio.value}


def lines(found: Measures) -> Iterator[str]:
    """The figures as tables for a terminal."""
    yield "rules"
    if found.rules:
        head = ("rule", "right", "wrong", "disputed", "refused", "precision (95 %)", "confidence")
        yield from report.table(head, (_rule_cells(one) for one in found.rules))
    else:
        yield "  nothing is reviewed that a rule proposed"
    if found.unreviewed:
        yield f"  {len(found.unreviewed)} rules of which nothing is reviewed have priors alone"
    if found.fault:
        yield f"  remark: {found.fault}"
    yield "reviewers"
    if found.agreements:
        yield from report.table(("reviewers", "shared", "alike", "kappa"), (_agreement_cells(one) for one in found.agreements))
    else:
        yield "  no two have judged the same"
    if found.disputes:
        yield f"  disputed merges: {len(found.disputes)}, of {', '.join(one.actor.reference for one in found.disputes)}"
    yield "documents"
    rows = [row for one in found.documents for row in _document_rows(one)]
    yield from report.table(("profile", "judged", "proposed", "section"), rows) if rows else ["  none is read"]


def _rule_cells(one: Precision) -> tuple[str, ...]:
    value, interval = one.share.value, one.share.interval
    share = f"{value:.2f} ({interval[0]:.2f} to {interval[1]:.2f})" if value is not None and interval else "none"
    confidence = "none" if one.confidence is None else f"{one.confidence:.2f}"
    numbers = map(str, (one.right, one.wrong, one.disputed, one.refused))
    return one.rule, *numbers, share, f"{confidence} {'measured' if is_measured(one) else 'prior'}"


def _agreement_cells(one: Agreement) -> tuple[str, ...]:
    kappa = f"none: {one.reason}" if one.kappa is None else f"{one.kappa:.2f}"
    return f"{one.first}, {one.second}", str(one.shared), str(one.observed.hits), kappa


def _document_rows(one: DocumentCoverage) -> Iterator[tuple[str, ...]]:
    yield one.key, str(one.judged.hits), str(one.judged.total), "all of it"
    yield from (("", str(ratio.hits), str(ratio.total), title or "without a heading") for title, ratio in one.sections if ratio.total)
