"""What the filters offer, each with how many claims of the expanded actors have it: counted before anything is filtered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import vocabulary
from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from webapp.pages.claims import Shown
from webapp.pages.ego.circle import KIND_WORDS, KINDS
from webapp.pages.explorer.ground import Ground
from webapp.pages.explorer.seen import read_from, said_in
from webapp.pages.explorer.state import PENDING, State
from webapp.pages.families import family_of, place_of


@dataclass(frozen=True)
class Option:
    """Something that can be asked for.

    Args:
        value: as the address has it.
        label: in words.
        count: claims that have it.
        is_chosen: whether it is asked for.
        sign: the class of its colour.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    sign: str = ""


@dataclass(frozen=True)
class Facets:
    """The options of each filter, and the years between which there is something."""

    relations: Sequence[Option]
    kinds: Sequence[Option]
    countries: Sequence[Option]
    topics: Sequence[Option]
    certainties: Sequence[Option]
    reviews: Sequence[Option]
    years: Sequence[int]


def facets(state: State, given: Ground) -> Facets:
    """The options of the filters for a state."""
    every = {claim.key: claim for name, readings in state.shown.items() for claim in read_from(given.claims[name], name, readings)}
    claims = [claim for claim in every.values() if not claim.is_denied]
    others = [other for claim in claims for other in _neighbours(claim, state)]
    none = frozenset[str]()
    kinds = Counter(other.partition("/")[0] for other in others)
    lands = Counter(land for other in others for land in given.countries.get(other, none))
    about = Counter(topic for claim in claims for topic in _topics(claim, state, given))
    reviews = Counter(claim.review for claim in claims if claim.review not in PENDING) + Counter(given.pending.values())
    below = {each.reference: sum(about[topic] for topic in each.narrower) for each in given.topics}
    names = {each.reference: each.label for each in given.topics}
    return Facets(
        _relations(claims, state),
        [
            Option(kind, KIND_WORDS.get(kind, kind), kinds[kind], kind in state.kind, f"k-{kind}")
            for kind in KINDS
            if kinds[kind] or kind in state.kind
        ],
        _named(lands, {land: given.labels.get(land, land.partition("/")[2]) for land in [*lands, *state.countries]}, state.countries),
        _named(Counter(below), names, state.topics),
        _words(Counter(claim.certainty for claim in claims), CERTAINTIES, state.certainty),
        _words(reviews, (*SUPPORTING_REVIEWS, *PENDING), state.review),
        sorted({year for claim in claims if (year := said_in(claim))}),
    )


def _relations(claims: Iterable[Shown], state: State) -> list[Option]:
    counts, known = Counter(claim.relation for claim in claims), vocabulary.load().relations
    there = sorted({*counts, *(name for name in state.relation if name in known)}, key=place_of)
    return [Option(name, known[name].label, counts[name], name in state.relation, f"f-{family_of(name).key}") for name in there]


def _named(counts: Counter[str], names: dict[str, str], chosen: Sequence[str]) -> list[Option]:
    found = [
        Option(name.partition("/")[2], label, counts[name], name in chosen)
        for name, label in names.items()
        if counts[name] or name in chosen
    ]
    return sorted(found, key=lambda option: option.label.casefold())


def _words(counts: Counter[str], order: Sequence[str], chosen: Sequence[str]) -> list[Option]:
    return [Option(word, word, counts[word], word in chosen) for word in order if counts[word] or word in chosen]


def _neighbours(claim: Shown, state: State) -> set[str]:
    ends = (claim.subject.reference, claim.object.reference)
    return {other for end, other in (ends, ends[::-1]) if end in state.shown}


def _topics(claim: Shown, state: State, given: Ground) -> set[str]:
    things = [claim.stated_in.reference, *_neighbours(claim, state)]
    return {topic for thing in things for topic in (*given.addressed.get(thing, ()), *([thing] if thing.startswith("topic/") else []))}
