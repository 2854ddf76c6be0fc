"""What a reader has asked the explorer to show: all of it stands in the address, so that an address is a picture."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple, Self
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from webapp.pages.ego.circle import KINDS
from webapp.years import Years, in_order, span

FIRST, MOST = 50, 400
"""Actors that are shown unless more are wanted, and the most that can be: as many as a drawing can hold."""
PENDING = ("unreviewed", "rejected", "disputed")
"""Review states of claims outside the published graph: shown only where they are asked for."""
_KEY = r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*"
_REFERENCE = rf"(?:{'|'.join(KINDS)})/{_KEY}"
_EXPANSION = rf"({_REFERENCE})(?:~([A-Za-z]+)~(subject|object))?"
_PIN = rf"({_REFERENCE})@(-?\d{{1,5}}),(-?\d{{1,5}})"
_SAFE = "/~@,"
_AT_ONCE = 60
_MOST_EXPANDED = 24
"""Actors whose relations can be shown at the same time: each costs a query, and more make no picture."""

_ONCE = {"from": "0001", "until": "9999"}
"""Names of parameters that there were once, each with the year that stood for none."""

Reference = Annotated[str, StringConstraints(pattern=f"^{_REFERENCE}$", max_length=200)]
Key = Annotated[str, StringConstraints(pattern=f"^{_KEY}$", max_length=200)]
Looked = Annotated[str, StringConstraints(pattern=rf"^(?:{_REFERENCE}|claim/{_KEY})?$", max_length=200)]
Expanded = Annotated[str, StringConstraints(pattern=f"^{_EXPANSION}$", max_length=300)]
Pinned = Annotated[str, StringConstraints(pattern=f"^{_PIN}$", max_length=220)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+$", max_length=80)]
Kind = Annotated[str, StringConstraints(pattern=f"^({'|'.join(KINDS)})$")]
Certainty = Annotated[str, StringConstraints(pattern=f"^({'|'.join(CERTAINTIES)})$")]
Review = Annotated[str, StringConstraints(pattern=f"^({'|'.join((*SUPPORTING_REVIEWS, *PENDING))})$")]
Year = Annotated[int, Field(ge=1, le=9999)]


class Reading(NamedTuple):
    """A relation as it is read from an actor: its local name, and which end the actor is."""

    relation: str
    side: str


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class State(BaseModel):
    """The parameters of an address of the explorer. Lists are given by repeating a parameter; an empty one is as good as none."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    actor: list[Reference] = Field(
        [], max_length=_AT_ONCE, description="where one begins: `country/ESP`; its relations are shown; repeat it for several"
    )
    expand: list[Expanded] = Field(
        [],
        max_length=4 * _AT_ONCE,
        description="an actor whose relations are shown as well: `body/europol`, or one kind of them: `body/europol~memberOf~object`",
    )
    collapse: list[Reference] = Field([], max_length=_AT_ONCE, description="an actor whose relations are not shown")
    hide: list[Reference] = Field([], max_length=MOST, description="an actor that is not shown")
    pin: list[Pinned] = Field([], max_length=MOST, description="where an actor is drawn: `body/europol@120,-40`")
    relation: list[Name] = Field([], max_length=_AT_ONCE, description="only these relations, by local name: `memberOf`")
    kind: list[Kind] = Field([], max_length=_AT_ONCE, description="only neighbours of these kinds: `country`, `body`, `group` …")
    country: list[Key] = Field([], max_length=_AT_ONCE, description="only these countries and their bodies as neighbours, by key: `ESP`")
    topic: list[Key] = Field(
        [], max_length=_AT_ONCE, description="only what documents on these topics say, and neighbours that address them, by key: `cse`"
    )
    certainty: list[Certainty] = Field([], max_length=len(CERTAINTIES), description="only claims of this certainty")
    review: list[Review] = Field(
        [],
        max_length=len((*SUPPORTING_REVIEWS, *PENDING)),
        description="only claims in these states of review; without it, those that support an edge",
    )
    year: Years = Field(
        "",
        description="only what held in this year, or in some year from one to another (`2014-2018`), as far as dates are stated; what has none stays in",
    )
    said: Year | None = Field(
        None, description="light what evidence of this year says, and dim what only later evidence says; nothing is left out"
    )
    universal: Literal["", "down"] = Field("", description="`down`: bodies in which all take part are drawn small, and come last")
    common: Literal["", "only"] = Field("", description="`only`: only neighbours that two of the expanded actors share")
    among: Literal["", "shown"] = Field("", description="`shown`: the relations of the neighbours among each other as well")
    look: Looked = Field("", description="an actor whose relations are offered, or a claim whose words are shown beside the drawing")
    most: int = Field(FIRST, ge=1, le=MOST, description="actors that are shown; the rest is counted")

    @classmethod
    def of(cls, given: Mapping[str, list[str]]) -> Self:
        """The state of an address.

        Args:
            given: the values of each parameter, empty ones left out.

        Raises:
            ValidationError: a parameter cannot be used.
        """
        lists = {field.alias or name for name, field in cls.model_fields.items() if field.default == []}
        made = cls.model_validate({name: list(dict.fromkeys(values)) if name in lists else values[-1] for name, values in given.items()})
        return made if made.actor or not made.expand else made.model_copy(update={"actor": [read(made.expand[0])[0]]})

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        """No more actors expanded than a picture holds."""
        if len(self.shown) > _MOST_EXPANDED:
            message = f"{len(self.shown)} actors are expanded, and {_MOST_EXPANDED} are the most; leave some out"
            raise ValueError(message)
        return self

    @property
    def canonical(self) -> Self:
        """The same picture in the fewest words: what is taken back or implied is not said."""
        whole = {item for item in self.expand if read(item)[1] is None}
        gone = {*self.collapse, *self.hide} - (set(self.actor) - set(self.collapse))
        return self.model_copy(
            update={
                "expand": [item for item in self.expand if _is_needed(item, whole, self.actor) and read(item)[0] not in gone],
                "collapse": [reference for reference in self.collapse if reference in self.actor],
                "hide": [reference for reference in self.hide if reference not in self.actor],
                "year": in_order(self.year),
            }
        )

    @property
    def shown(self) -> dict[str, frozenset[Reading] | None]:
        """The expanded actors in the order in which they were, each with the readings that are shown; None stands for all."""
        some: dict[str, set[Reading]] = {}
        for item in self.expand:
            reference, reading = read(item)
            some.setdefault(reference, set()).update([reading] if reading else [])
        expanded = dict.fromkeys([*self.actor, *some])
        return {name: frozenset(some.get(name, ())) or None for name in expanded if name not in self.collapse}

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year in which something has to hold; None where none is asked for."""
        return span(self.year)

    @property
    def pins(self) -> dict[str, Point]:
        """Where actors are drawn that the reader has moved."""
        found = (re.fullmatch(_PIN, item) for item in self.pin)
        return {match[1]: Point(int(match[2]), int(match[3])) for match in found if match}

    @property
    def countries(self) -> list[str]:
        """References of the countries to which neighbours are narrowed."""
        return [f"country/{key}" for key in self.country]

    @property
    def topics(self) -> list[str]:
        """References of the topics to which claims are narrowed."""
        return [f"topic/{key}" for key in self.topic]

    @property
    def reviews(self) -> tuple[str, ...]:
        """The states of review that are shown."""
        return tuple(self.review) or SUPPORTING_REVIEWS

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that differ from their defaults, in a fixed order."""
        found: list[tuple[str, str]] = []
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value != field.default:
                found += [(field.alias or name, str(each)) for each in (value if isinstance(value, list) else [value])]
        return found

    @property
    def given(self) -> dict[str, list[str]]:
        """The same as the values of each parameter: the way back to `of`."""
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found

    @property
    def query(self) -> str:
        """The part of the address after the question mark."""
        return "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in self.pairs)

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"/explore?{self.query}" if self.query else "/explore"

    def but(self, **changes: object) -> Self:
        """The same with some parameters changed, in canonical form."""
        return self.model_copy(update=changes).canonical


def as_written_now(given: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters of an address as they are written now.

    A country and a topic may be references. `from` and `until` were the years in which something holds, and `year` beside them the one in which it is said.

    Args:
        given: names and values.
    """
    keyed = [(name, value.removeprefix(f"{name}/") if name in ("country", "topic") else value) for name, value in given]
    once = {name: value for name, value in keyed if name in _ONCE}
    if not once:
        return keyed
    now = [("said" if name == "year" else name, value) for name, value in keyed if name not in _ONCE]
    years = "-".join((once.get(name) or none).zfill(4) for name, none in _ONCE.items())
    return [*now, ("year", years)] if any(once.values()) else now


def read(item: str) -> tuple[str, Reading | None]:
    """The actor of an expansion and the reading, None for all of them.

    Raises:
        ValueError: it is no expansion.
    """
    match = re.fullmatch(_EXPANSION, item)
    if match is None:
        message = f"{item!r} is no actor and no kind of relations of one"
        raise ValueError(message)
    return match[1], Reading(match[2], match[3]) if match[2] else None


def _is_needed(item: str, whole: Collection[str], actors: Collection[str]) -> bool:
    """Whether an expansion says more than the rest: all relations of where one begins are shown, and one kind is among all."""
    reference, reading = read(item)
    return reference not in actors if reading is None else reference not in whole
