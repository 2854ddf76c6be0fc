"""What an evaluation tells: figures by tier and by document, and the lists of mistakes behind them.

`docs/evaluation.md` says what each figure means.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import InputError
from graph.evaluation.mistakes import Mistake
from graph.ratios import Ratio, f1

ENOUGH = 10
"""So many gold items a relation needs before its figures say anything."""


@dataclass(frozen=True)
class ActorScores:
    """Figures of actors.

    Args:
        precision: those of the gold, of those found.
        recall: those found, of those in the gold; generic ones that were missed are left out.
        recall_with_generic: the same, with them.
        generic: generic ones found, of all generic ones.
        duplicates: how many found are the second or third of one actor; they count against precision.
    """

    precision: Ratio
    recall: Ratio
    recall_with_generic: Ratio
    generic: Ratio
    duplicates: int

    @property
    def f1(self) -> float | None:
        """Of precision and recall."""
        return f1(self.precision, self.recall)


@dataclass(frozen=True)
class ClaimScores:
    """Figures of asserted claims under one measure.

    Args:
        precision: asserted proposals that are an asserted relation of the gold, of all asserted proposals.
        recall: certain asserted relations of the gold that an asserted proposal is, of all of these.
        recall_explicit: the same of those that are explicit.
        recall_uncertain: the same of the asserted ones that are not certain.
        recall_with_review: as `recall`, but a proposal that was sent to review counts as well.
    """

    precision: Ratio
    recall: Ratio
    recall_explicit: Ratio
    recall_uncertain: Ratio
    recall_with_review: Ratio

    @property
    def f1(self) -> float | None:
        """Of precision and recall."""
        return f1(self.precision, self.recall)


@dataclass(frozen=True)
class RelationScores:
    """Figures of one relation, asserted claims only.

    Args:
        relation: local name in the ontology.
        precision: as in `ClaimScores`, of the proposals with this relation.
        recall: as in `ClaimScores`, of the gold items with this relation.
    """

    relation: str
    precision: Ratio
    recall: Ratio

    @property
    def is_sufficient(self) -> bool:
        """Whether there are gold items enough for the figures to say anything."""
        return self.recall.total >= ENOUGH


@dataclass(frozen=True)
class Scores:
    """All figures of one tier, or of one document.

    Args:
        name: the tier's name, or the document's key.
        tier: the tier's name.
        documents: keys of the documents.
        unread: keys of those without an extraction.
        actors: figures of actors.
        claims: figures of asserted claims by name of the measure.
        modalities: precision and recall of each class of modality, `asserted` among them, grouped.
        relations: figures by relation, by name of the measure.
        repeated: how many asserted proposals say again what another one of the same document says.
        fields: for country, year and priority how many documents have it right, open or wrong.
        mistakes: lists of mistakes: `actors_missed`, `actors_false`, `misses`, `false_positives`, `wrongly_asserted`.
        unlocated: document and words of quotes of the gold that do not stand in our text and so cannot be the same place.
    """

    name: str
    tier: str
    documents: tuple[str, ...]
    unread: tuple[str, ...]
    actors: ActorScores
    claims: Mapping[str, ClaimScores]
    modalities: Mapping[str, tuple[Ratio, Ratio]]
    relations: Mapping[str, tuple[RelationScores, ...]]
    repeated: int
    fields: Mapping[str, Mapping[str, int]]
    mistakes: Mapping[str, tuple[Mistake, ...]]
    unlocated: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Evaluation:
    """All that an evaluation found.

    Args:
        tiers: figures by tier, in the order in which the gold names them; there is no figure over all.
        documents: figures by document.
        aside: what of the gold could not be compared, and why.
    """

    tiers: tuple[Scores, ...]
    documents: tuple[Scores, ...]
    aside: tuple[InputError, ...]
