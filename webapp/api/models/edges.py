"""Edges with the words that they rest on."""

from typing import Literal

from pydantic import BaseModel, Field

from webapp.api.models.lists import Listed, Paged
from webapp.years import Years


class EdgesParameters(Paged):
    """Parameters of the edges of a thing."""

    relation: str = Field("", max_length=80, pattern=r"^[A-Za-z]*$", description="only this relation, by its local name: `memberOf`")
    year: Years = Field(
        "",
        description="only what held in this year, or in some year from one to another (`2014-2018`), as far as dates are stated; what has none stays in",
    )
    certainty: Literal["", "stated", "secondary", "derived"] = Field("", description="only claims of this certainty")


class End(BaseModel):
    """One end of an edge."""

    iri: str
    label: str


class Evidence(BaseModel):
    """The words that a claim rests on."""

    iri: str
    words: str = Field(description="the quote, or for an authority fact its row in words")
    certainty: str
    cited: str = Field(description="IRI of the sentence or row")
    start: int | None = Field(description="where the quote begins in the document's text, in code points; null for a row")
    end: int | None = Field(description="where it ends")
    sources: list[str] = Field(description="for a row, where it was read")
    rule: str = Field(description="for what is derived, by which rule")


class Relation(BaseModel):
    """What an edge says."""

    iri: str
    name: str = Field(description="local name: `memberOf`")
    label: str


class Edge(BaseModel):
    """A supported claim with its evidence."""

    claim: str = Field(description="IRI of the claim")
    sentence: str = Field(description="the claim in words")
    subject: End
    relation: Relation
    object: End
    modality: str
    certainty: str
    dated: bool = Field(description="whether a beginning or an end is stated")
    valid_from: str = Field(description="as stated; empty if it is not")
    valid_until: str = Field(description="as stated; empty if it is not")
    as_of: str = Field(description="when the source said it")
    document: End = Field(description="where it is stated: a profile or an authority file")
    evidence: list[Evidence]


class Edges(Listed):
    """Edges of a thing."""

    items: list[Edge]
