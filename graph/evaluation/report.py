"""An evaluation as a dict that can be written as JSON, and as plain tables for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from graph.evaluation.figures import ActorScores, ClaimScores, Evaluation, RelationScores, Scores
from graph.evaluation.mistakes import Mistake
from graph.ratios import Ratio

_MEASURES = {
    "grouped": "grouped",
    "exact": "exact",
    "grouped_strict": "grouped, same place",
    "exact_strict": "exact, same place",
}
_LISTS = {
    "wrongly_asserted": "asserted against the text",
    "misses": "missed claims",
    "false_positives": "false claims",
    "actors_missed": "missed actors",
    "actors_false": "false actors",
}
_PLACES = 4


def as_dict(evaluation: Evaluation) -> dict[str, object]:
    """The evaluation in lists, dicts, texts and numbers; shares are rounded to four places."""
    return {
        "tiers": [_scores(scores) for scores in evaluation.tiers],
        "documents": [_scores(scores) for scores in evaluation.documents],
        "aside": [str(error) for error in evaluation.aside],
    }


def _scores(scores: Scores) -> dict[str, object]:
    return {
        "name": scores.name,
        "tier": scores.tier,
        "documents": list(scores.documents),
        "unread": list(scores.unread),
        "actors": _actors(scores.actors),
        "claims": {name: _claims(claims) for name, claims in scores.claims.items()},
        "modalities": {name: {"precision": _ratio(p), "recall": _ratio(r)} for name, (p, r) in scores.modalities.items()},
        "relations": {name: {row.relation: _relation(row) for row in rows} for name, rows in scores.relations.items()},
        "repeated": scores.repeated,
        "fields": {name: dict(outcomes) for name, outcomes in scores.fields.items()},
        "reasons": {name: _reasons(found) for name, found in scores.mistakes.items()},
        "mistakes": {name: [asdict(mistake) for mistake in found] for name, found in scores.mistakes.items()},
        "unlocated": [list(pair) for pair in scores.unlocated],
    }


def _ratio(ratio: Ratio) -> dict[str, object]:
    value, interval = ratio.value, ratio.interval
    return {
        "hits": ratio.hits,
        "total": ratio.total,
        "value": None if value is None else round(value, _PLACES),
        "interval": None if interval is None else [round(bound, _PLACES) for bound in interval],
    }


def _actors(scores: ActorScores) -> dict[str, object]:
    return {
        "precision": _ratio(scores.precision),
        "recall": _ratio(scores.recall),
        "f1": _rounded(scores.f1),
        "recall_with_generic": _ratio(scores.recall_with_generic),
        "generic": _ratio(scores.generic),
        "duplicates": scores.duplicates,
    }


def _claims(scores: ClaimScores) -> dict[str, object]:
    return {
        "precision": _ratio(scores.precision),
        "recall": _ratio(scores.recall),
        "f1": _rounded(scores.f1),
        "recall_explicit": _ratio(scores.recall_explicit),
        "recall_uncertain": _ratio(scores.recall_uncertain),
        "recall_with_review": _ratio(scores.recall_with_review),
    }


def _relation(row: RelationScores) -> dict[str, object]:
    return {
        "true_positives": row.recall.hits,
        "false_negatives": row.recall.total - row.recall.hits,
        "false_positives": row.precision.total - row.precision.hits,
        "precision": _ratio(row.precision),
        "recall": _ratio(row.recall),
        "sufficient": row.is_sufficient,
    }


def _reasons(found: Iterable[Mistake]) -> dict[str, int]:
    return dict(Counter(mistake.reason for mistake in found).most_common())


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)


def lines(evaluation: Evaluation, *, mistakes: bool = True) -> Iterator[str]:
    """The evaluation as lines of text, tier by tier; with the lists of mistakes or only their kinds."""
    for scores in evaluation.tiers:
        yield from _tier(scores)
        yield from _documents([document for document in evaluation.documents if document.tier == scores.tier])
        for name, title in _LISTS.items():
            shown = scores.mistakes["wrongly_asserted"] if name == "false_positives" else ()
            yield from _list(title, scores.mistakes[name], shown if mistakes else scores.mistakes[name])
        yield from (f"  not found in our text, so at no place: {key}: {words!r}" for key, words in scores.unlocated)
        yield ""
    yield from (f"set aside: {error}" for error in evaluation.aside)


def _tier(scores: Scores) -> Iterator[str]:
    unread = f", without an extraction: {', '.join(scores.unread)}" if scores.unread else ""
    yield f"Tier {scores.name}: documents: {len(scores.documents)}{unread}"
    actors = scores.actors
    rows = [["actors", *map(_shown, (actors.precision, actors.recall)), _f1(actors.f1)]]
    rows += [
        [f"claims, {title}", _shown(claims.precision), _shown(claims.recall), _f1(claims.f1)]
        for claims, title in ((scores.claims[name], title) for name, title in _MEASURES.items())
    ]
    yield from _table(["", "precision", "recall", "F1"], rows)
    yield from _apart(scores)
    rows = [[name, _shown(precision), _shown(recall)] for name, (precision, recall) in scores.modalities.items()]
    yield from _table(["said as (grouped)", "precision", "recall"], rows)
    yield from _table(["relation (grouped)", "TP", "FP", "FN", "precision", "recall"], map(_relation_row, scores.relations["grouped"]))
    outcomes = [[name, *map(str, counts.values())] for name, counts in scores.fields.items()]
    yield from _table(["field", "right", "open", "wrong"], outcomes)


def _apart(scores: Scores) -> Iterator[str]:
    actors, claims = scores.actors, scores.claims["grouped"]
    rows = [
        ["actors, generic ones found", _shown(actors.generic)],
        ["actors, recall with generic ones", _shown(actors.recall_with_generic)],
        ["actors, duplicates", str(actors.duplicates)],
        ["claims, recall of explicit ones", _shown(claims.recall_explicit)],
        ["claims, recall of uncertain ones", _shown(claims.recall_uncertain)],
        ["claims, recall with those sent to review", _shown(claims.recall_with_review)],
        ["claims, said again", str(scores.repeated)],
        ["claims, asserted against the text", str(len(scores.mistakes["wrongly_asserted"]))],
    ]
    yield from _table(["apart (claims grouped)", ""], rows)


def _relation_row(row: RelationScores) -> list[str]:
    counts = [row.recall.hits, row.precision.total - row.precision.hits, row.recall.total - row.recall.hits]
    shares = [_shown(row.precision), _shown(row.recall)] if row.is_sufficient else ["insufficient", "insufficient"]
    return [row.relation, *map(str, counts), *shares]


def _documents(documents: Sequence[Scores]) -> Iterator[str]:
    rows = [
        [one.name, *map(_shown, (one.actors.precision, one.actors.recall, one.claims["grouped"].precision, one.claims["grouped"].recall))]
        for one in documents
    ]
    yield from _table(["document", "actors precision", "actors recall", "claims precision", "claims recall (grouped)"], rows)


def _list(title: str, found: Sequence[Mistake], shown: Sequence[Mistake]) -> Iterator[str]:
    """The kinds of mistakes with their number, and those that are not shown elsewhere."""
    if found:
        yield f"  {title}: {len(found)}"
        yield from (f"    {count} x {reason}" for reason, count in _reasons(found).items())
    for mistake in (mistake for mistake in found if mistake not in shown):
        rule = f" [{mistake.rule}]" if mistake.rule else ""
        yield f"    - {mistake.document}: {mistake.what}: {mistake.reason}{rule}{f'; {mistake.detail}' if mistake.detail else ''}"
        yield f"      {' '.join(mistake.quote.split())!r}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    cells = [list(head), *map(list, rows)]
    if len(cells) > 1:
        widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
        yield from (("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip() for row in cells)
        yield ""


def _shown(ratio: Ratio) -> str:
    value, interval = ratio.value, ratio.interval
    if value is None or interval is None:
        return "none"
    return f"{value:.3f} ({ratio.hits}/{ratio.total}; {interval[0]:.2f}-{interval[1]:.2f})"


def _f1(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"
