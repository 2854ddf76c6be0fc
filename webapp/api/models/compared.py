"""Things side by side."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_KEY = r"[A-Za-z0-9]+(-+[A-Za-z0-9]+)*"
Compared = Annotated[str, StringConstraints(max_length=200, pattern=rf"^(country/{_KEY}(@[1-9][0-9]{{3}})?|profile/{_KEY})$")]
"""A thing to compare, as addresses of pages have it."""


class CompareParameters(BaseModel):
    """Parameters of a comparison."""

    model_config = ConfigDict(extra="forbid")

    of: list[Compared] = Field(
        min_length=2,
        max_length=4,
        json_schema_extra={"uniqueItems": True},
        description="once for each of two to four things: `country/ESP`, `country/ESP@2018` for one year, `profile/…`",
    )
    year: int | None = Field(None, ge=1000, le=9999, description="of all countries that are given without a year")
    topic: str = Field("", max_length=200, pattern=rf"^({_KEY})?$", description="only what is on this topic, by its key: `cse`")


class ComparedThing(BaseModel):
    """A thing compared."""

    written: str = Field(description="as `of` has it")
    iri: str
    label: str = Field(description="what it is called in this comparison")
    documents: list[str] = Field(description="IRIs of its documents")
    absence: str = Field(
        description="what it means that nothing is found of it: `silent`, `not-analysed`, `missing` or `unknown`; never no"
    )
    claims: int = Field(description="number of claims about it")


class ComparedLine(BaseModel):
    """What one or more claims or sections say alike."""

    words: str
    state: str = Field(
        description="how it stands: `holds`, `as-of`, `undated`, `ended`, `later`, `other-year`, `planned`, `denied`, `open`, `there`, `empty`, `no-section`"
    )
    claims: list[str] = Field(description="IRIs of the claims; none for a section")


class ComparedCell(BaseModel):
    """What is said of one thing in one row."""

    state: str = Field(description="the state that weighs most of its lines; without lines, why nothing can be said")
    words: str = Field(description="the whole in words, as the page and the table have it")
    lines: list[ComparedLine]


class ComparedRow(BaseModel):
    """What is said of all things in respect of one thing."""

    part: str = Field(description="`sections`, `networks`, `practices` or `topics`")
    reference: str = Field(description="kind and key of the row's thing, or `section/` and the key of the template's section")
    label: str
    said_of: list[int] = Field(
        description="places in `things` of those of which a source says so for the time asked for; none for a section"
    )
    cells: list[ComparedCell] = Field(description="one for each thing, in their order")


class Comparison(BaseModel):
    """Two to four things side by side."""

    release: str
    things: list[ComparedThing]
    rows: list[ComparedRow]
    queries: list[str] = Field(description="the SPARQL behind the rows")
    page: str
    table: str = Field(description="address of the same as CSV")
    data: str = Field(description="address of the claims with their evidence, in Turtle")
