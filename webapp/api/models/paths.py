"""Paths between two things."""

from typing import Literal

from pydantic import BaseModel, Field

from webapp.api.models.edges import Edge, End


class Hop(BaseModel):
    """One step of a path."""

    source: End = Field(description="where it begins, along the path; each claim says which way it runs itself")
    target: End
    claims: list[Edge] = Field(description="the claims that allow it, the first the one to which it is put down")


class Path(BaseModel):
    """A path between two things."""

    length: int = Field(description="number of its hops")
    hops: list[Hop]


class Paths(BaseModel):
    """The shortest paths between two things."""

    release: str
    source: End
    target: End
    end: Literal["enough", "length", "apart", "budget", "same"] = Field(
        description="why there are no more: as many as were wanted, no other is that short, nothing connects the two, "
        "the search has cost as much as it may, both ends are the same"
    )
    words: str = Field(description="the same in words")
    paths: list[Path]
    page: str = Field(description="address of the page that shows them")
