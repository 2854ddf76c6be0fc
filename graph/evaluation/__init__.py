"""Evaluation: what was extracted beside what a careful reader found, in figures.

    items       objects of a JSON file, asked by name and type
    gold        gold files to what a careful reader found
    names       which actors are the same
    fields      country, year and priority against the gold
    predicates  when two relations are the same; `groups.csv` holds those that are taken as one
    places      where the words of the gold stand in our text
    matching    one document beside its extraction: which proposals are which relations
    mistakes    what is missed, what is wrong, and the kind of reason
    figures     what is told, by tier and by document
    scores      comparisons to figures
    report      figures to JSON and to tables

The gold is read from files; all else is pure. Tiers are kept apart: there is no figure over all of them.
"""

from collections.abc import Mapping, Sequence

from graph.evaluation.fields import Fields
from graph.evaluation.figures import Evaluation
from graph.evaluation.gold import GoldDocument
from graph.evaluation.matching import compare
from graph.evaluation.scores import score
from graph.extraction.results import Extraction
from graph.vocabulary import Vocabulary

__all__ = ["Evaluation", "Fields", "GoldDocument", "evaluate"]


def evaluate(
    extractions: Mapping[str, tuple[Extraction, str]],
    gold: Sequence[GoldDocument],
    vocabulary: Vocabulary,
    fields: Mapping[str, Fields] | None = None,
) -> Evaluation:
    """What was extracted beside the gold.

    Args:
        extractions: by the document's key what was extracted, and the text from which it was; all of the gold of a document that
            is not here is missed.
        gold: the gold, each document with its tier.
        vocabulary: the ontology.
        fields: by the document's key its country, year and priority as read; a document that is not here is not judged for them.
    """
    compared = [compare(one, extractions.get(one.key), (fields or {}).get(one.key), vocabulary) for one in gold]
    tiers = dict.fromkeys(document.tier for document in gold)
    return Evaluation(
        tuple(score(tier, [one for one in compared if one.gold.tier == tier]) for tier in tiers),
        tuple(score(one.gold.key, [one]) for one in compared),
        tuple(error for one in compared for error in one.aside),
    )
