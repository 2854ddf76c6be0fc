"""Which claims the shapes would refuse: asked once, of many at a time, and kept as long as nothing changes on which it depends."""

from collections.abc import Iterable, Sequence

from graph.decisions.records import ClaimRecord
from graph.validation.admissible import Known, obstacles
from graph.vocabulary import Vocabulary

_MOST = 300_000
"""Answers that are kept; if there are more, all are asked for again."""
_Question = tuple[ClaimRecord, tuple[object, ...]]
"""A claim, and what is known of its ends."""


class Admission:
    """What the shapes say of claims. Several threads may ask.

    Args:
        vocabulary: relations, classes and kinds.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Know nothing yet."""
        self._vocabulary = vocabulary
        self._kept: dict[_Question, tuple[str, ...]] = {}

    def obstacles(self, claims: Iterable[ClaimRecord], known: Known) -> list[Sequence[str]]:
        """Why a release with a claim would be refused, for each of many claims of a profile; nothing where it would not.

        Args:
            claims: the claims.
            known: what their ends are.
        """
        questions = [(claim, known.of_ends(claim)) for claim in claims]
        kept = self._kept
        fresh = list(dict.fromkeys(one for one in questions if one not in kept))
        if fresh:
            if len(kept) + len(fresh) > _MOST:
                kept = self._kept = {}
                fresh = list(dict.fromkeys(questions))
            kept.update(zip(fresh, map(tuple, obstacles([claim for claim, _ in fresh], self._vocabulary, known)), strict=True))
        return [kept[one] for one in questions]
