"""What the addresses of comparisons take: the parameters, each with what it may be."""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from werkzeug.datastructures import MultiDict

from webapp import parameters

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Number = Annotated[int, Field(ge=1, le=999_999_999)]
"""The number of a part."""


class Compared(BaseModel):
    """What is compared."""

    model_config = ConfigDict(extra="forbid")

    of: list[Text] = Field([], max_length=100)
    year: Text = ""
    topic: Text = ""


class OnPage(Compared):
    """A page of it."""

    part: Text = ""
    page: Number = 1


class InCell(Compared):
    """One cell of it."""

    on: Text = ""
    section: Text = ""
    page: Number = 1


class InTable(Compared):
    """It as a table."""

    raw: Literal["0", "1"] = "0"


Given = TypeVar("Given", bound=Compared)


def given(kind: type[Given], args: MultiDict[str, str]) -> Given:
    """The parameters of a request; a form sends its empty fields as well, which say nothing. 400 in words for what cannot be used."""
    return parameters.read(kind, MultiDict((name, value) for name, value in args.items(multi=True) if value.strip()))
