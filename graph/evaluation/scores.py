"""Comparisons to figures: what was found of what is there, and what is true of what was found.

The figures are those of one tier, or of one document. Nothing here adds up two tiers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.evaluation import fields, mistakes
from graph.evaluation.figures import ActorScores, ClaimScores, RelationScores, Scores
from graph.evaluation.gold import MODALITIES
from graph.evaluation.matching import Comparison, Expected, Made, Pair
from graph.evaluation.mistakes import Mistake
from graph.evaluation.names import folded
from graph.ratios import Ratio


@dataclass(frozen=True)
class Measure:
    """What is asked of a pair.

    Args:
        name: its key.
        exact: whether the relation must be the same, not only of the same group.
        same_place: whether the quotes must overlap.
    """

    name: str
    exact: bool
    same_place: bool

    def accepts(self, pair: Pair) -> bool:
        """Whether a pair is good enough."""
        return (pair.exact or not self.exact) and (pair.same_place or not self.same_place)


EXACT, GROUPED = Measure("exact", exact=True, same_place=False), Measure("grouped", exact=False, same_place=False)
MEASURES = (EXACT, GROUPED, Measure("exact_strict", exact=True, same_place=True), Measure("grouped_strict", exact=False, same_place=True))


def score(name: str, compared: Sequence[Comparison]) -> Scores:
    """All figures of documents of one tier."""
    return Scores(
        name=name,
        tier=compared[0].gold.tier,
        documents=tuple(one.gold.key for one in compared),
        unread=tuple(one.gold.key for one in compared if not one.is_extracted),
        actors=_actors(compared),
        claims={measure.name: _claims(_Sides(compared, measure.accepts)) for measure in MEASURES},
        modalities=_modalities(compared),
        relations={measure.name: _relations(_Sides(compared, measure.accepts)) for measure in (EXACT, GROUPED)},
        repeated=sum(_repeated(one) for one in compared),
        fields={field: _outcomes(compared, field) for field in fields.NAMES},
        mistakes=_mistakes(compared),
        unlocated=tuple((one.gold.key, words) for one in compared for words in one.unlocated),
    )


@dataclass(frozen=True)
class _Sides:
    """Both sides of all comparisons under one measure."""

    compared: Sequence[Comparison]
    accepts: Callable[[Pair], bool]

    def precision(self, counts: Callable[[Made], bool], fits: Callable[[Pair], bool]) -> Ratio:
        """Those of the proposals that count which are in a pair that fits."""
        made = [(one, made) for one in self.compared for made in one.made if counts(made)]
        return Ratio(sum(one.has_expected(made, lambda pair: self.accepts(pair) and fits(pair)) for one, made in made), len(made))

    def recall(self, counts: Callable[[Expected], bool], fits: Callable[[Pair], bool]) -> Ratio:
        """Those of the gold relations that count which are in a pair that fits."""
        gold = [(one, item) for one in self.compared for item in one.expected if counts(item)]
        return Ratio(sum(one.has_made(item, lambda pair: self.accepts(pair) and fits(pair)) for one, item in gold), len(gold))


def _actors(compared: Sequence[Comparison]) -> ActorScores:
    taken = [(actor.generic, number in one.actors.taken) for one in compared for number, actor in enumerate(one.gold.actors)]
    found = sum(is_found for _, is_found in taken)
    generic = Ratio(sum(generic and is_found for generic, is_found in taken), sum(generic for generic, _ in taken))
    return ActorScores(
        Ratio(found, sum(len(one.actors.found) for one in compared)),
        Ratio(found, len(taken) - (generic.total - generic.hits)),
        Ratio(found, len(taken)),
        generic,
        sum(len(one.actors.duplicates) for one in compared),
    )


def _is_wanted(expected: Expected) -> bool:
    return expected.is_asserted and expected.gold.certain


def _claims(sides: _Sides) -> ClaimScores:
    return ClaimScores(
        sides.precision(lambda made: made.is_asserted, mistakes.is_right),
        sides.recall(_is_wanted, mistakes.is_right),
        sides.recall(lambda expected: _is_wanted(expected) and expected.gold.explicit, mistakes.is_right),
        sides.recall(lambda expected: expected.is_asserted and not expected.gold.certain, mistakes.is_right),
        sides.recall(_is_wanted, lambda pair: pair.made.is_asserted or pair.made.is_in_review),
    )


def _modalities(compared: Sequence[Comparison]) -> dict[str, tuple[Ratio, Ratio]]:
    sides = _Sides(compared, GROUPED.accepts)
    return {name: _modality(sides, name) for name in MODALITIES}


def _modality(sides: _Sides, name: str) -> tuple[Ratio, Ratio]:
    precision = sides.precision(lambda made: not made.is_in_review and made.modality == name, mistakes.is_same_class)
    return precision, sides.recall(lambda item: item.gold.certain and item.reading.modality == name, mistakes.is_same_class)


def _relations(sides: _Sides) -> tuple[RelationScores, ...]:
    ours = {made.proposal.relation for one in sides.compared for made in one.made if made.is_asserted}
    gold = {item.reading.relation.name for one in sides.compared for item in one.expected if _is_wanted(item)}
    return tuple(_relation(sides, name) for name in sorted(ours | gold))


def _relation(sides: _Sides, name: str) -> RelationScores:
    precision = sides.precision(lambda made: made.is_asserted and made.proposal.relation == name, mistakes.is_right)
    return RelationScores(
        name, precision, sides.recall(lambda item: _is_wanted(item) and item.reading.relation.name == name, mistakes.is_right)
    )


def _repeated(compared: Comparison) -> int:
    asserted = [made.proposal for made in compared.made if made.is_asserted]
    return len(asserted) - len({(folded(said.subject.name), said.relation, folded(said.object.name)) for said in asserted})


def _outcomes(compared: Iterable[Comparison], field: str) -> dict[str, int]:
    counted = Counter(one.fields[field] for one in compared if one.fields)
    return {outcome: counted[outcome] for outcome in fields.OUTCOMES}


def _mistakes(compared: Sequence[Comparison]) -> dict[str, tuple[Mistake, ...]]:
    false = tuple(mistake for one in compared for mistake in mistakes.false_positives(one))
    return {
        "actors_missed": tuple(mistake for one in compared for mistake in mistakes.missed_actors(one)),
        "actors_false": tuple(mistake for one in compared for mistake in mistakes.false_actors(one)),
        "misses": tuple(mistake for one in compared for mistake in mistakes.misses(one)),
        "false_positives": false,
        "wrongly_asserted": tuple(mistake for mistake in false if mistakes.is_wrongly_asserted(mistake)),
    }
