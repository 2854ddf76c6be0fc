"""Claims to rows and cells: a row for each actor, practice or topic, a cell for what each thing compared says of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from webapp.pages.claims import End, Shown
from webapp.pages.comparison.asked import LEAST
from webapp.pages.comparison.columns import Column
from webapp.pages.comparison.states import OTHER_YEAR, STATES, State, of_claim
from webapp.pages.families import place_of

_SHOWN_TIMES = 3
"""Times that a line names; the rest is a number."""
_ALL, _SOME, _ONLY, _NONE = range(4)
_ORDER = {state.key: place for place, state in enumerate(STATES)}


@dataclass(frozen=True)
class Part:
    """A part of a comparison.

    Args:
        key: its name in addresses.
        title: for readers.
        kinds: kinds of things that have a row; without any, all that no other part has.
    """

    key: str
    title: str
    kinds: tuple[str, ...] = ()

    def has(self, end: End) -> bool:
        """Whether a thing has its row in this part."""
        return end.kind in self.kinds if self.kinds else end.kind not in _TAKEN


PARTS = (
    Part("networks", "Networks and bodies"),
    Part("practices", "Practices", ("practice",)),
    Part("topics", "Topics and channels", ("topic", "channel")),
)
"""The parts that are made of claims, in the order of the page."""
_TAKEN = frozenset(kind for part in PARTS for kind in part.kinds)


@dataclass(frozen=True)
class Line:
    """What several claims say alike of a row's thing.

    Args:
        says: the relation, read towards the row's thing; with whom it is, where that is not the thing compared.
        state: how it stands.
        certainty: of the claims.
        times: when, in words, each once.
        claims: their keys.
    """

    says: str
    state: State
    certainty: str
    times: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def words(self) -> str:
        """The whole in words, as pages and tables have it."""
        times = ", ".join(self.times[:_SHOWN_TIMES])
        if len(self.times) > _SHOWN_TIMES:
            times = f"{times} and {len(self.times) - _SHOWN_TIMES} more"
        told = "" if self.state.is_said else self.state.label
        return " · ".join(part for part in (self.says, times, self.certainty, told) if part)


@dataclass(frozen=True)
class Cell:
    """What one thing compared says of a row's thing; without lines, why nothing can be said.

    Args:
        lines: what is said.
        absence: what it means where nothing is said.
    """

    lines: tuple[Line, ...]
    absence: State

    @cached_property
    def state(self) -> State:
        """The state by which it is drawn."""
        return min((line.state for line in self.lines), key=lambda state: _ORDER[state.key], default=self.absence)

    @property
    def also(self) -> State | None:
        """What is true of the year asked for, where only other years speak."""
        return self.absence if self.lines and all(line.state is OTHER_YEAR for line in self.lines) else None

    @property
    def is_disputed(self) -> bool:
        """Whether one source denies what another says."""
        denied = {line.says for line in self.lines if line.state.key == "denied"}
        return any(line.says in denied for line in self.lines if line.state.is_said)

    @property
    def words(self) -> str:
        """The whole in words, as pages and tables have it."""
        told = [line.words for line in self.lines] or [self.absence.label]
        return "; ".join([*told, *([self.also.label] if self.also else []), *(["sources disagree"] if self.is_disputed else [])])


@dataclass(frozen=True)
class Row:
    """What all things compared say of one thing."""

    end: End
    cells: tuple[Cell, ...]

    @cached_property
    def said(self) -> tuple[int, ...]:
        """The places of the things compared of which a source says something for the time asked for."""
        return tuple(place for place, cell in enumerate(self.cells) if cell.state.is_said)


@dataclass(frozen=True)
class Group:
    """The rows that are shared by the same number of things, or that only one has.

    Args:
        key: its place on the page.
        title: for readers.
        rows: the rows.
    """

    key: str
    title: str
    rows: Sequence[Row]


def rows(columns: Sequence[Column]) -> list[Row]:
    """The rows of all parts, shared ones first, then by name."""
    wanted = {end.reference: end for column in columns for claim in column.claims for end in far_ends(claim, column)}
    there = [_by_end(column, wanted) for column in columns]
    made = [
        Row(
            end,
            tuple(
                Cell(lines(claims.get(reference, ()), reference, column), column.absence)
                for claims, column in zip(there, columns, strict=True)
            ),
        )
        for reference, end in wanted.items()
    ]
    return sorted(made, key=lambda row: (_rank(row, len(columns)), row.end.label.casefold(), row.end.reference))


def groups(made: Iterable[Row], columns: Sequence[Column]) -> list[Group]:
    """Sorted rows in groups: shared by all, shared by some, only of one, and what is said otherwise than for the time asked for."""
    grouped = ((place, list(members)) for place, members in groupby(made, key=lambda row: _rank(row, len(columns))))
    return [Group(*_heading(members[0], columns), members) for _, members in grouped]


def far_ends(claim: Shown, column: Column) -> list[End]:
    """The ends of a claim that are not the compared thing's own; where both are, that which it is said of less."""
    ends = [end for end in (claim.object, claim.subject) if end.reference not in column.own]
    if ends:
        return ends
    return [next((end for end in (claim.object, claim.subject) if end.reference != column.country and end.kind != "policy"), claim.object)]


def lines(claims: Iterable[Shown], reference: str, column: Column) -> tuple[Line, ...]:
    """What claims say of one thing, those that say the same as one line."""
    found: dict[tuple[int, int, str, str], _Gathered] = {}
    for claim in claims:
        says, state = _read(claim, reference, column), of_claim(claim, column.year)
        key = (_ORDER[state.key], place_of(claim.relation), says, claim.certainty)
        gathered = found.setdefault(key, _Gathered(state))
        gathered.times.add(claim.span.words)
        gathered.claims.append(claim.key)
    return tuple(
        Line(key[2], gathered.state, key[3], tuple(sorted(gathered.times)), tuple(sorted(gathered.claims)))
        for key, gathered in sorted(found.items(), key=lambda item: item[0])
    )


@dataclass
class _Gathered:
    state: State
    times: set[str] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)


def _by_end(column: Column, wanted: Iterable[str]) -> dict[str, list[Shown]]:
    """The claims of a thing compared, by the row's thing that they are about, whichever end that is.

    What a thing's own body has to do with others stands in the rows of these others, and in its own only if nothing else would.
    """
    there, found, outward = set(wanted), dict[str, list[Shown]](), dict[str, list[Shown]]()
    for claim in column.claims:
        ends = {claim.subject.reference, claim.object.reference}
        for reference in ends & there:
            is_outward = reference in column.own and not ends <= column.own
            (outward if is_outward else found).setdefault(reference, []).append(claim)
    return {**outward, **found}


def _read(claim: Shown, reference: str, column: Column) -> str:
    is_object = claim.object.reference == reference
    other = claim.subject if is_object else claim.object
    relation = claim.label if is_object else claim.inverse_label
    if other.reference in (column.country, column.wanted.reference):
        return relation
    is_its_policy = other.kind == "policy" and other.reference in column.own
    return f"{'the policy' if is_its_policy else other.label}: {relation}"


def _rank(row: Row, number: int) -> tuple[int, int]:
    """Shared by all, then by some, then only of the first, of the second and so on, then of none."""
    if len(row.said) == 1:
        return _ONLY, row.said[0]
    return (_ALL if len(row.said) == number else _SOME if row.said else _NONE), 0


def _heading(row: Row, columns: Sequence[Column]) -> tuple[str, str]:
    kind, place = _rank(row, len(columns))
    if kind == _ONLY:
        return f"only-{place + 1}", f"Only {columns[place].label}"
    both = "both" if len(columns) == LEAST else f"all {len(columns)}"
    return {_ALL: ("shared", f"Shared by {both}"), _SOME: ("some", "Shared by some")}.get(
        kind, ("not-then", "Ended, planned, denied or of another time")
    )
