"""What is missed and what is wrong, item by item, each with its words and the kind of reason: what to look into first.

Judged with relations of one group taken as one and wherever in the document the quote stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.evaluation.gold import GoldActor
from graph.evaluation.matching import Comparison, Expected, Made, Pair
from graph.evaluation.places import overlap
from graph.text import fold_words

IN_REVIEW = "sent to review"
OTHER_MODALITY = "found with other modality"
OTHER_DIRECTION = "found in the other direction"
OTHER_PREDICATE = "found with other predicate"
NO_RULE = "both ends found, no rule fired"
NO_SUBJECT, NO_OBJECT, NO_END = "subject not found as an actor", "object not found as an actor", "neither end found as an actor"
MISSES = (IN_REVIEW, OTHER_MODALITY, OTHER_DIRECTION, OTHER_PREDICATE, NO_SUBJECT, NO_OBJECT, NO_END, NO_RULE)

MUST_NOT = "must not be said"
ASSERTED_ALTHOUGH = "asserted although "
STRANGE_SUBJECT, STRANGE_OBJECT, STRANGE_ENDS = "subject not in the gold", "object not in the gold", "neither end in the gold"
OTHERWISE_DIRECTED = "the gold has the other direction"
OTHERWISE_RELATED = "the gold has another predicate"
UNRELATED = "the gold relates the two ends in no way"

MISSED, MISSED_GENERIC = "missed", "missed, generic"
STRANGE, DUPLICATE = "not in the gold", "duplicate"


@dataclass(frozen=True)
class Mistake:
    """One thing that is missed or wrong.

    Args:
        document: key of the document.
        what: the relation in a line, or the actor's name.
        reason: the kind of reason; what is counted.
        quote: the words: of the gold where something is missed, else of ours.
        detail: what is there instead, if anything.
        rule: the rule that made it, empty where something is missed.
    """

    document: str
    what: str
    reason: str
    quote: str
    detail: str = ""
    rule: str = ""


def is_right(pair: Pair) -> bool:
    """Whether a pair says of both sides that the relation holds."""
    return pair.made.is_asserted and pair.expected.is_asserted


def is_same_class(pair: Pair) -> bool:
    """Whether both sides of a pair say the same of the relation: that it holds, is planned, is denied."""
    return not pair.made.is_in_review and pair.made.modality == pair.expected.reading.modality


def misses(compared: Comparison) -> Iterator[Mistake]:
    """The certain and asserted relations of the gold that no asserted proposal is."""
    for expected in compared.expected:
        if expected.is_asserted and expected.gold.certain and not compared.has_made(expected, is_right):
            reason, instead = _reason_of_miss(compared, expected)
            detail = f"we have: {_words(instead)} ({instead.modality}, {instead.proposal.state})" if instead else ""
            yield Mistake(compared.gold.key, expected.gold.words, reason, expected.gold.quote.shown, detail)


def _reason_of_miss(compared: Comparison, expected: Expected) -> tuple[str, Made | None]:
    spare = [made for made in compared.made if not compared.has_expected(made, is_same_class)]
    paired = [made for made in spare if any(pair.made is made and pair.expected is expected for pair in compared.pairs)]
    if paired:
        undecided = [made for made in paired if made.is_in_review]
        return (IN_REVIEW, undecided[0]) if undecided else (OTHER_MODALITY, paired[0])
    for made in spare:
        if set(made.ends) == set(expected.ends):
            is_swapped = made.proposal.relation == expected.reading.relation.name
            return (OTHER_DIRECTION if is_swapped else OTHER_PREDICATE), made
    found = [end in compared.actors.taken for end in expected.ends]
    return {(True, True): NO_RULE, (False, True): NO_SUBJECT, (True, False): NO_OBJECT, (False, False): NO_END}[found[0], found[1]], None


def false_positives(compared: Comparison) -> Iterator[Mistake]:
    """The asserted proposals that are no asserted relation of the gold, certain or not."""
    for made in compared.made:
        if made.is_asserted and not compared.has_expected(made, is_right):
            reason, detail = _reason_of_falsehood(compared, made)
            yield Mistake(compared.gold.key, _words(made), reason, made.proposal.quote, detail, made.proposal.rule)


def is_wrongly_asserted(mistake: Mistake) -> bool:
    """Whether a false positive says what the document denies, plans, recalls or holds possible, or only tempts one to say."""
    return mistake.reason == MUST_NOT or mistake.reason.startswith(ASSERTED_ALTHOUGH)


def _reason_of_falsehood(compared: Comparison, made: Made) -> tuple[str, str]:
    if otherwise := [pair for pair in compared.pairs if pair.made is made]:
        nearest = max(otherwise, key=lambda pair: pair.same_place).expected
        return ASSERTED_ALTHOUGH + nearest.reading.modality, f"gold: {_shown(nearest)}"
    for temptation, places in compared.temptations:
        is_there = overlap(made.proposal.span, places) if temptation.quote.words else True
        if is_there and all(_is_named(compared, made, number, temptation.words) for number in (0, 1)):
            return MUST_NOT, f"gold: {temptation.words}"
    if None in made.ends:
        return {(True, False): STRANGE_SUBJECT, (False, True): STRANGE_OBJECT, (True, True): STRANGE_ENDS}[
            made.ends[0] is None, made.ends[1] is None
        ], ""
    for expected in compared.expected:
        if set(made.ends) == set(expected.ends):
            is_swapped = made.proposal.relation == expected.reading.relation.name
            return (OTHERWISE_DIRECTED if is_swapped else OTHERWISE_RELATED), f"gold: {_shown(expected)}"
    return UNRELATED, ""


def _is_named(compared: Comparison, made: Made, number: int, sentence: str) -> bool:
    """Whether an end of a proposal stands in a sentence, by a name or by the last word of one."""
    end = (made.proposal.subject, made.proposal.object)[number]
    ours, gold = compared.actors.actor(end), made.ends[number]
    names = {end.name, *(ours.aliases if ours else ()), *(_names(compared.gold.actors[gold]) if gold is not None else ())}
    words = f" {fold_words(sentence)} "
    wanted = {part for name in map(fold_words, names) if name for part in (name, name.rsplit(" ", 1)[-1])}
    return any(f" {part} " in words for part in wanted)


def _names(actor: GoldActor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _words(made: Made) -> str:
    return f"{made.proposal.subject.name} {made.proposal.relation} {made.proposal.object.name}"


def _shown(expected: Expected) -> str:
    return f"{expected.gold.words} ({expected.reading.modality})"


def missed_actors(compared: Comparison) -> Iterator[Mistake]:
    """The actors of the gold that were not found."""
    for number, actor in enumerate(compared.gold.actors):
        if number not in compared.actors.taken:
            yield Mistake(compared.gold.key, actor.name, MISSED_GENERIC if actor.generic else MISSED, actor.quote.shown)


def false_actors(compared: Comparison) -> Iterator[Mistake]:
    """Our actors that are none of the gold, or one that another of ours already is."""
    actors = compared.actors
    for number, found in enumerate(actors.found):
        if number in actors.duplicates:
            other = actors.gold[actors.matches[number]].name
            yield Mistake(compared.gold.key, found.name, DUPLICATE, found.quote, f"gold: {other}")
        elif number not in actors.matches:
            yield Mistake(compared.gold.key, found.name, STRANGE, found.quote)
