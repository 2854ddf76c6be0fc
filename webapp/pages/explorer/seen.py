"""A state and what a release says to what is seen: which actors, which claims, and how much is not shown and why. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph import vocabulary
from graph.claims import CERTAINTIES
from webapp.pages.claims import Shown
from webapp.pages.ego.circle import KINDS
from webapp.pages.explorer.ground import Ground
from webapp.pages.explorer.state import Reading, State


@dataclass(frozen=True)
class Actor:
    """An actor that is shown.

    Args:
        reference: `kind/key`.
        label: its name.
        is_start: whether the reader began there.
        is_expanded: whether its relations are shown.
        is_small: whether it is drawn small, as all take part in it.
        shared: with how many expanded actors it is tied.
    """

    reference: str
    label: str
    is_start: bool
    is_expanded: bool
    is_small: bool
    shared: int

    @property
    def kind(self) -> str:
        """The first part of the reference."""
        return self.reference.partition("/")[0]


@dataclass(frozen=True)
class Seen:
    """What is seen, and what is not.

    Args:
        state: what was asked for.
        actors: those that are shown, where one began first.
        claims: the claims between them, in the order of the table.
        fitting: the claims that pass the filters, before the budget.
        all_actors: how many actors pass, those that are not shown included.
        denied: claims that a source denies, which are never drawn.
        filtered: claims that the filters leave out.
        hidden: claims that are not shown because an end of them is hidden.
        uncommon: claims that are not shown because only common neighbours are.
        unread: for each actor how many of its claims are not shown because they are not expanded.
        pending: claims outside the published graph that are not shown because they were not asked for.
    """

    state: State
    actors: Sequence[Actor]
    claims: Sequence[Shown]
    fitting: Sequence[Shown]
    all_actors: int
    denied: int
    filtered: int
    hidden: int
    uncommon: int
    unread: Mapping[str, int]
    pending: int

    @property
    def beyond(self) -> int:
        """How many claims are not shown because an end of them is beyond the budget."""
        there = {claim.key for claim in self.claims}
        return sum(claim.key not in there for claim in self.fitting)

    @cached_property
    def common(self) -> list[Actor]:
        """The neighbours that at least two expanded actors share."""
        return [actor for actor in self.actors if actor.shared > 1 and not actor.is_expanded]

    @cached_property
    def years(self) -> list[int]:
        """The years in which something of this was said."""
        return sorted({year for claim in self.claims if (year := said_in(claim))})


def seen(state: State, given: Ground, ties: Iterable[Shown] = ()) -> Seen:
    """What is seen.

    Args:
        state: what is asked for, in canonical form.
        given: what the release says of the expanded actors.
        ties: claims of the neighbours among each other, which are shown where both ends are.
    """
    wanted = Filter(state, given)
    every = {
        claim.key: claim for reference, readings in state.shown.items() for claim in read_from(given.claims[reference], reference, readings)
    }
    drawn = [claim for claim in every.values() if not claim.is_denied and claim.subject.reference != claim.object.reference]
    passing = [claim for claim in drawn if wanted.passes(claim)]
    unhidden = [claim for claim in passing if not {claim.subject.reference, claim.object.reference} & set(state.hide)]
    shared = _shared(unhidden, state.shown)
    fitting = [claim for claim in unhidden if state.common != "only" or _is_common(claim, shared, state)]
    ranked = _ranked(fitting, shared, state, given)
    there = ranked[: max(state.most, len(state.actor))]
    kept = {reference: place for place, reference in enumerate(there)}
    among = [claim for claim in ties if claim.key not in every and wanted.states(claim) and not claim.is_denied]
    claims = {claim.key: claim for claim in [*fitting, *among] if claim.subject.reference in kept and claim.object.reference in kept}
    return Seen(
        state,
        [_actor(reference, shared, state, given) for reference in there],
        sorted(claims.values(), key=lambda claim: _place(claim, kept)),
        fitting,
        len(ranked),
        len(every) - len(drawn),
        len(drawn) - len(passing),
        len(passing) - len(unhidden),
        len(unhidden) - len(fitting),
        {reference: count for reference, all_ in given.claims.items() if (count := sum(claim.key not in every for claim in all_))},
        sum(review not in state.reviews for review in given.pending.values()),
    )


def read_from(claims: Iterable[Shown], reference: str, readings: frozenset[Reading] | None) -> list[Shown]:
    """The claims that are read from an actor in one of these ways; None stands for all."""
    return [claim for claim in claims if readings is None or reading_of(claim, reference) in readings]


def reading_of(claim: Shown, reference: str) -> Reading:
    """How a claim is read from one of its ends."""
    return Reading(claim.relation, "subject" if claim.subject.reference == reference else "object")


def reading_label(reading: Reading) -> str:
    """A reading in words."""
    relation = vocabulary.load().relations[reading.relation]
    return relation.label if reading.side == "subject" else relation.inverse_label


@dataclass(frozen=True)
class Filter:
    """What passes.

    Args:
        state: what is asked for.
        given: what the release says of the neighbours.
    """

    state: State
    given: Ground

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics that are asked for, with the narrower ones."""
        return frozenset(topic for each in self.given.topics if each.reference in self.state.topics for topic in each.narrower)

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset(self.state.countries)

    @cached_property
    def _shown(self) -> dict[str, frozenset[Reading] | None]:
        return self.state.shown

    @cached_property
    def _years(self) -> tuple[int, int] | None:
        return self.state.years

    def passes(self, claim: Shown) -> bool:
        """Whether a claim passes: by what it says, and by at least one neighbour of an expanded actor."""
        ends = (claim.subject.reference, claim.object.reference)
        others = [other for end, other in (ends, ends[::-1]) if end in self._shown and read_from([claim], end, self._shown[end])]
        return self.states(claim) and any(self._is_wanted(other, claim.stated_in.reference) for other in others)

    def states(self, claim: Shown) -> bool:
        """Whether what a claim says of itself passes."""
        state, years, begins, ends = self.state, self._years, _year(claim.span.begins), _year(claim.span.ends)
        return (
            (not state.relation or claim.relation in state.relation)
            and (not state.certainty or claim.certainty in state.certainty)
            and claim.review in state.reviews
            and (years is None or begins is None or begins <= years[1])
            and (years is None or ends is None or ends >= years[0])
        )

    def _is_wanted(self, other: str, document: str) -> bool:
        state, none = self.state, frozenset[str]()
        is_kind = not state.kind or other.partition("/")[0] in state.kind
        is_there = not state.country or bool(self.given.countries.get(other, none) & self._countries)
        about = {other, *self.given.addressed.get(other, none), *self.given.addressed.get(document, none)}
        return is_kind and is_there and (not state.topic or bool(about & self.topics))


def said_in(claim: Shown) -> int | None:
    """The year of the evidence: as of when the source says it, which for a document is its own year; None where that is not stated."""
    return _year(claim.span.as_of)


def over_after(claim: Shown) -> int | None:
    """The last year in which it held, where an end is stated."""
    return _year(claim.span.ends)


def _shared(claims: Iterable[Shown], expanded: Mapping[str, object]) -> dict[str, frozenset[str]]:
    """With which expanded actors each actor is tied."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        ends = (claim.subject.reference, claim.object.reference)
        for end, other in (ends, ends[::-1]):
            found.setdefault(other, set()).update([end] if end in expanded else [])
    return {reference: frozenset(ends) for reference, ends in found.items()}


def _is_common(claim: Shown, shared: Mapping[str, frozenset[str]], state: State) -> bool:
    return all(end in state.shown or len(shared[end]) > 1 for end in (claim.subject.reference, claim.object.reference))


def _ranked(claims: Sequence[Shown], shared: Mapping[str, frozenset[str]], state: State, given: Ground) -> list[str]:
    """All actors, the most telling first: where one began, what is expanded, what is shared, then in turn the neighbours of where one began, and those of each later step."""
    first = list(dict.fromkeys([*state.actor, *(reference for reference in state.shown if reference in shared)]))
    by_actor: dict[str, dict[str, list[Shown]]] = {reference: {} for reference in state.shown}
    for claim in claims:
        ends = (claim.subject.reference, claim.object.reference)
        for end, other in (ends, ends[::-1]):
            if end in by_actor and other not in first:
                by_actor[end].setdefault(other, []).append(claim)
    best: dict[str, tuple[bool, bool, int, int, int, str]] = {}
    for turn, (_, others) in enumerate(by_actor.items()):
        for place, other in enumerate(sorted(others, key=lambda other: _telling(others[other], given.labels[other]))):
            is_late = state.universal == "down" and other in given.universal
            step = max(turn - len(state.actor) + 1, 0)
            rank = (is_late, len(shared[other]) < 2, step, place, turn, other)  # noqa: PLR2004  # shared by two
            best[other] = min(best.get(other, rank), rank)
    return [*first, *sorted(best, key=best.__getitem__)]


def _telling(claims: Sequence[Shown], label: str) -> tuple[bool, int, str]:
    """What a profile says comes first, then what is most certain."""
    is_said = any(claim.stated_in.reference.startswith("profile/") for claim in claims)
    return (not is_said, min(CERTAINTIES.index(claim.certainty) for claim in claims), label.casefold())


def _actor(reference: str, shared: Mapping[str, frozenset[str]], state: State, given: Ground) -> Actor:
    return Actor(
        reference,
        given.labels[reference],
        reference in state.actor,
        reference in state.shown,
        state.universal == "down" and reference in given.universal and reference not in state.shown,
        len(shared.get(reference, ())),
    )


def _place(claim: Shown, places: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Where a claim stands in the table: by its nearer end, then by the other, so that parallel ones stand together."""
    near, far = sorted((claim.subject.reference, claim.object.reference), key=places.__getitem__)
    return (places[near], KINDS.index(far.partition("/")[0]), places[far], claim.key)


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdecimal() else None
