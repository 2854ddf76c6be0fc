"""Why there is no answer."""

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """Why there is no answer."""

    status: int
    message: str = Field(description="what was wrong, and what to do")


class Departure(Problem):
    """Why something is here no longer."""

    successor: str = Field("", description="IRI of what has taken its place, where something has")
    page: str = Field("", description="address of the successor's page")
