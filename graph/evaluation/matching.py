"""Which proposals are which relations of the gold, in one document. What the figures count, and nothing is counted here.

A proposal and a gold relation are a pair if both their ends are the same actors (`names`) and their relation is the same or of
the same group (`predicates`). A pair may also be

    exact        the relation is the same, not only of the same group
    same place   our quote shares at least one code point with a place of the gold quote (`places`)

Pairs do not ask for polarity and modality; these are compared by class. The class of a proposal is `negated` whatever its
modality if its polarity is; else its modality. Only affirmed and asserted proposals that no doubt has sent to review say that
something is so, and only those can be right or wrong in the main figures.

A proposal may pair with several gold relations and a gold relation with several proposals: a document may say a thing twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.errors import InputError
from graph.evaluation import names, predicates
from graph.evaluation.fields import Fields, judge
from graph.evaluation.gold import ASSERTED, GoldDocument, GoldQuote, GoldRelation, Temptation
from graph.evaluation.names import ActorMatches
from graph.evaluation.places import Places, overlap
from graph.evaluation.predicates import Reading
from graph.extraction.results import REVIEW, Extraction, Proposal
from graph.spans import Span
from graph.vocabulary import Vocabulary

Ends = tuple[int | None, int | None]


@dataclass(frozen=True)
class Expected:
    """A gold relation, ready to be compared.

    Args:
        gold: as the file has it.
        reading: in the words of the ontology.
        ends: its subject and object, as numbers of gold actors.
        places: where its quote stands in our text.
    """

    gold: GoldRelation
    reading: Reading
    ends: tuple[int, int]
    places: tuple[Span, ...]

    @property
    def is_asserted(self) -> bool:
        """Whether it says that the relation holds."""
        return self.reading.modality == ASSERTED


@dataclass(frozen=True)
class Made:
    """A proposal, ready to be compared.

    Args:
        proposal: as the extraction has it.
        ends: its subject and object, as numbers of gold actors; None where it is none of them.
    """

    proposal: Proposal
    ends: Ends

    @property
    def modality(self) -> str:
        """Its class."""
        return "negated" if self.proposal.polarity == "negated" else self.proposal.modality

    @property
    def is_asserted(self) -> bool:
        """Whether it says that the relation holds."""
        return self.proposal.is_asserted

    @property
    def is_in_review(self) -> bool:
        """Whether it leaves the decision to people."""
        return self.proposal.state == REVIEW


@dataclass(frozen=True)
class Pair:
    """A proposal and a gold relation with the same ends and a relation of the same group.

    Args:
        made: the proposal.
        expected: the gold relation.
        exact: whether the relation is the same.
        same_place: whether the quotes overlap.
    """

    made: Made
    expected: Expected
    exact: bool
    same_place: bool


@dataclass(frozen=True)
class Comparison:
    """One document of the gold beside what was extracted from it.

    Args:
        gold: the document of the gold.
        is_extracted: whether there was an extraction at all; where there was none, all of the gold is missed.
        actors: which of our actors are which of the gold.
        made: all proposals.
        expected: all relations of the gold that can be compared.
        pairs: which proposals are which relations.
        temptations: what must not be claimed, each with the places of its quote.
        fields: for country, year and priority whether they are right, open or wrong; empty where the caller gave none.
        unlocated: quotes of the gold that do not stand in our text.
        aside: what of the gold could not be compared, and why.
    """

    gold: GoldDocument
    is_extracted: bool
    actors: ActorMatches
    made: tuple[Made, ...]
    expected: tuple[Expected, ...]
    pairs: tuple[Pair, ...]
    temptations: tuple[tuple[Temptation, tuple[Span, ...]], ...]
    fields: dict[str, str]
    unlocated: tuple[str, ...]
    aside: tuple[InputError, ...]

    def has_expected(self, made: Made, accepts: Callable[[Pair], bool]) -> bool:
        """Whether a proposal is in a pair that is accepted."""
        return any(pair.made is made and accepts(pair) for pair in self.pairs)

    def has_made(self, expected: Expected, accepts: Callable[[Pair], bool]) -> bool:
        """Whether a gold relation is in a pair that is accepted."""
        return any(pair.expected is expected and accepts(pair) for pair in self.pairs)


def compare(gold: GoldDocument, extracted: tuple[Extraction, str] | None, fields: Fields | None, vocabulary: Vocabulary) -> Comparison:
    """One document of the gold beside what was extracted from it.

    Args:
        gold: the document of the gold.
        extracted: what was extracted, and the text from which it was; None if nothing was.
        fields: its country, year and priority as we read them; None if they are not to be judged.
        vocabulary: the ontology.
    """
    extraction, text = extracted or (None, "")
    places = Places(text)
    aside: list[InputError] = []
    actors = names.match(extraction.actors if extraction else (), gold.actors)
    expected = tuple(_expected(gold, places, vocabulary, aside))
    proposals = extraction.proposals if extraction else ()
    made = tuple(Made(proposal, (actors.end(proposal.subject), actors.end(proposal.object))) for proposal in proposals)
    temptations = tuple((temptation, places.of(temptation.quote)) for temptation in gold.temptations)
    quoted = [(item.gold.quote, item.places) for item in expected] + [(words.quote, found) for words, found in temptations]
    return Comparison(
        gold, extraction is not None, actors, made, expected, tuple(_pairs(made, expected)), temptations,
        judge(fields, gold) if fields else {}, _unlocated(quoted), tuple(aside),
    )  # fmt: skip


def _expected(gold: GoldDocument, places: Places, vocabulary: Vocabulary, aside: list[InputError]) -> Iterator[Expected]:
    for relation in gold.relations:
        try:
            reading = predicates.read(relation, gold.path, vocabulary)
        except InputError as error:
            aside.append(error)
            continue
        subject, object_ = (names.named(name, gold.actors) for name in (reading.subject, reading.object))
        if subject is None or object_ is None:
            problem = f"{reading.subject if subject is None else reading.object!r} in {relation.words!r} is not among its actors"
            aside.append(InputError(gold.path, problem, "add it to `actors` or mend the relation", stops=False))
        else:
            yield Expected(relation, reading, (subject, object_), places.of(relation.quote))


def _pairs(made: Sequence[Made], expected: Sequence[Expected]) -> Iterator[Pair]:
    for ours in made:
        for theirs in expected:
            order = {"same": ours.ends == theirs.ends, "swapped": ours.ends == theirs.ends[::-1]}
            if predicates.grouped(ours.proposal.relation, theirs.reading).holds(**order):
                is_exact = predicates.exact(ours.proposal.relation, theirs.reading).holds(**order)
                yield Pair(ours, theirs, is_exact, overlap(ours.proposal.span, theirs.places))


def _unlocated(quoted: Sequence[tuple[GoldQuote, Sequence[Span]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quote.shown for quote, found in quoted if quote.words and not found))
