"""The things compared: a country, a country at one year, a document; each with its claims and its documents."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.claims import Shown, shown
from webapp.pages.comparison.asked import Wanted
from webapp.pages.comparison.held import Edition, Held, absence_in
from webapp.pages.comparison.states import State


@dataclass(frozen=True)
class Column:
    """A thing compared.

    Args:
        wanted: what was asked for.
        label: what it is called here; no two are called the same.
        country: reference of its country, empty for a document that states none.
        own: references of what is its own: the country, its bodies, its policies, its practices.
        editions: its documents.
        absence: what it means that nothing is found.
        claims: what is claimed of it.
    """

    wanted: Wanted
    label: str
    country: str
    own: frozenset[str]
    editions: tuple[Edition, ...]
    absence: State
    claims: Sequence[Shown]

    @property
    def year(self) -> int | None:
        """The year at which its claims are read: that asked for, or that of the document; None for the day of the release."""
        return self.editions[0].year if self.wanted.kind == "profile" else self.wanted.year

    @property
    def link(self) -> str:
        """Where its page is."""
        return f"/page/{self.wanted.reference}"

    @property
    def documents(self) -> str:
        """How many documents are held of it, and how far they were read, in words."""
        if not self.editions:
            return f"{self.absence.label}: no document is held"
        read = sum(edition.is_complete for edition in self.editions)
        held = f"{len(self.editions)} document{'s' if len(self.editions) != 1 else ''}"
        if read == len(self.editions):
            return f"{held}, read to the end"
        return f"{held}, {read} of them read to the end" if read else f"{held}, not yet read to the end"


def columns(
    things: Sequence[Wanted], names: Mapping[str, str], held: Held, claims: Mapping[str, Sequence[Shown]], own: Mapping[str, set[str]]
) -> list[Column]:
    """The things compared, in the order asked for.

    Args:
        things: what was asked for.
        names: what countries are called, by reference.
        held: the documents.
        claims: the claims of each thing, by reference.
        own: what is its own, by reference.
    """
    made = [_column(wanted, names, held, claims.get(wanted.reference, ()), own.get(wanted.reference, set())) for wanted in things]
    count = Counter(column.label for column in made)
    return [replace(column, label=_told_apart(column)) if count[column.label] > 1 else column for column in made]


def claims_by_thing(rows: Iterable[Row], iris: Iris, today: str) -> dict[str, Sequence[Shown]]:
    """The claims of each thing, by its reference."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(iris.reference(words(row, "of")) or "", []).append(row)
    return {reference: shown(members, (), iris, today) for reference, members in found.items()}


def own_by_thing(rows: Iterable[Row], iris: Iris) -> dict[str, set[str]]:
    """What is each thing's own, by its reference."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(iris.reference(words(row, "of")) or "", set()).add(iris.reference(words(row, "own")) or "")
    return found


def _column(wanted: Wanted, names: Mapping[str, str], held: Held, claims: Sequence[Shown], own: set[str]) -> Column:
    if wanted.kind == "country":
        name = names.get(wanted.reference, wanted.reference)
        label = f"{name} {wanted.year}" if wanted.year else name
        editions, absence = held.of(wanted.reference, wanted.year), held.absence(wanted.reference, wanted.year)
        return Column(wanted, label, wanted.reference, frozenset({wanted.reference, *own}), editions, absence, claims)
    edition = next(edition for edition in held.editions if edition.reference == wanted.reference)
    told = [names.get(edition.country, ""), str(edition.year or "")]
    label = " ".join(filter(None, told)) if all(told) else edition.title
    mine = frozenset({wanted.reference, *own, *filter(None, (edition.country, edition.policy))})
    return Column(wanted, label, edition.country, mine, (edition,), absence_in((edition,)), claims)


def _told_apart(column: Column) -> str:
    """A name that no other thing has: a document's title, or that all years are meant."""
    if column.wanted.kind == "profile":
        edition = column.editions[0]
        return f"{edition.title} ({edition.reference.removeprefix('profile/')})"
    return column.label
