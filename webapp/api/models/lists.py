"""What every list takes and gives."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
"""What a person may type: no control characters."""
MOST = 500


class Paged(BaseModel):
    """Parameters of every list."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MOST, description="items in one answer")
    offset: int = Field(0, ge=0, le=10_000_000, description="items to pass over; `next` has it for the next answer")


class Listed(BaseModel):
    """A page of a list; each kind of list says what its items are."""

    release: str
    total: int = Field(description="items in the whole list")
    next: str | None = Field(description="address of the next page; null on the last")
