"""What a reader may ask of paths, for the page and for programs, and the words for it."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from graph.paths import AVOIDABLE, Wanted
from webapp.pages.families import FAMILIES
from webapp.years import Years, in_order, span

Certainty = Literal["stated", "secondary", "derived"]
Review = Literal["reference", "curated", "accepted", "corrected"]
Avoidable = Literal["universal", "topics", "undated"]
Words = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]*$")]

MOST_PATHS, MOST_HOPS = 10, 6
LISTS = ("relation", "certainty", "review", "avoid")
"""Parameters that may be repeated."""
AVOIDED = {
    "universal": "bodies in which by their own rules all take part",
    "topics": "topics and channels",
    "undated": "claims without any date",
}
"""What can be avoided, in words."""
_NAMES = {family.key: family.relations for family in FAMILIES}
RELATIONS = tuple(sorted({*_NAMES, *(name for names in _NAMES.values() for name in names)}))
"""What the parameter `relation` may be: a family of relations, or one relation."""


def _known(name: str) -> str:
    if name not in RELATIONS:
        message = f"there is no relation and no family of relations called {name}"
        raise ValueError(message)
    return name


def _in_schema(schema: dict[str, Any]) -> None:
    schema["items"] = {"type": "string", "enum": list(RELATIONS)}


class PathsParameters(BaseModel):
    """Parameters of paths."""

    model_config = ConfigDict(extra="forbid")

    source: Words = Field(alias="from", description="where the paths begin: `country/ESP`, or a name that one thing bears")
    target: Words = Field(alias="to", description="where they end: `body/europol`, or a name that one thing bears")
    relation: list[Annotated[str, AfterValidator(_known)]] = Field(
        [],
        json_schema_extra=_in_schema,
        max_length=len(RELATIONS),
        description="only hops of these relations or families: `memberOf`, `cooperation` …; may be repeated",
    )
    year: Years = Field(
        "",
        description="only what held in this year, or in some year from one to another (`2014-2018`), as far as dates are stated; what has none stays in",
    )
    certainty: list[Certainty] = Field([], max_length=len(CERTAINTIES), description="only claims of this certainty; may be repeated")
    review: list[Review] = Field(
        [], max_length=len(SUPPORTING_REVIEWS), description="only claims for which people vouch in this way; may be repeated"
    )
    avoid: list[Avoidable] = Field(
        [],
        max_length=len(AVOIDABLE),
        description="leave out universal bodies, topics and channels, or claims without any date; may be repeated",
    )
    limit: int = Field(5, ge=1, le=MOST_PATHS, description="paths at most")
    length: int = Field(4, ge=1, le=MOST_HOPS, description="hops of a path at most")

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year; None where none is asked for."""
        return span(self.year)

    @property
    def in_years(self) -> str:
        """The years as they are written, the first one first."""
        return in_order(self.year)

    @property
    def wanted(self) -> Wanted:
        """The same for the search."""
        names = {name for given in self.relation for name in _NAMES.get(given, (given,))}
        return Wanted(frozenset(names), frozenset(self.certainty), frozenset(self.review), self.years, frozenset(self.avoid))

    @property
    def conditions(self) -> list[str]:
        """What the paths are held to, in words."""
        labels = {family.key: family.label.casefold() for family in FAMILIES}
        found = [f"only {_listed([labels.get(name, name) for name in self.relation])}"] if self.relation else []
        found += [f"in {self.in_years}, as far as dates are stated"] if self.year else []
        found += [f"only {_listed(self.certainty)}"] if self.certainty else []
        found += [f"only {_listed(self.review)}"] if self.review else []
        return [*found, *(f"without {AVOIDED[name]}" for name in self.avoid)]

    def address(self, ending: str = "", **changes: object) -> str:
        """The address that asks for this, in another form or with other values.

        Args:
            ending: `.ttl` and so on, empty for the page.
            **changes: values that take the place of those given, by the names that the address has.
        """
        given = {**self.model_dump(by_alias=True, exclude_defaults=True), **changes}
        return f"/paths{ending}?{urlencode(given, doseq=True)}"


def _listed(words: Sequence[str]) -> str:
    return " or ".join(words)
