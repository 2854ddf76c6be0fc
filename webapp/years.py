"""The years that a reader asks for: one (`2018`), or those from one to another (`2014-2018`)."""

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

_WRITTEN = re.compile(r"^([0-9]{4}(-[0-9]{4})?)?$")


def _checked(text: str) -> str:
    if not _WRITTEN.fullmatch(text):
        message = "it is a year (2018), or two (2014-2018)"
        raise ValueError(message)
    return text


Years = Annotated[str, AfterValidator(_checked), WithJsonSchema({"type": "string", "pattern": _WRITTEN.pattern})]
"""A parameter that takes them; empty for none."""


def in_order(written: str) -> str:
    """The years as they are written with the first one first, and one alone where both are the same.

    Args:
        written: as a parameter has them.
    """
    return "-".join(dict.fromkeys(sorted(written.split("-"))))


def span(written: str) -> tuple[int, int] | None:
    """The first and the last year; None where none is asked for.

    Args:
        written: as a parameter has them.
    """
    if not written:
        return None
    given = [int(year) for year in in_order(written).split("-")]
    return given[0], given[-1]
