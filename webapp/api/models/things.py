"""A thing, apart from its edges."""

from pydantic import BaseModel, Field


class Attribute(BaseModel):
    """One thing that is said of something, in words."""

    name: str
    values: list[str]


class Elsewhere(BaseModel):
    """What another list has for the same thing."""

    site: str
    code: str
    how: str = Field(description="how close the match is, in words")
    address: str


class Thing(BaseModel):
    """What the release says of a thing, apart from its edges."""

    release: str
    iri: str
    reference: str
    kind: str
    label: str
    attributes: list[Attribute]
    names: dict[str, list[str]] = Field(description="names by language; the empty key is for those without one")
    elsewhere: list[Elsewhere]
    claims: dict[str, int] = Field(description="number of claims by certainty, and of all")
    edges: str = Field(description="address of its edges")
    page: str
    data: str
