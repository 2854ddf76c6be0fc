"""Dates as sources state them: a year, a month or a day, kept as stated, with the days it can mean."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_STATED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = range(1, 13)
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


@dataclass(frozen=True, order=True)
class StatedDate:
    """A year, month or day, as a source states it.

    Comparing a year with a day is an error in SPARQL and in SHACL; `earliest` and `latest` are what is compared.

    Args:
        stated: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Raises:
        ValueError: `stated` is none of these, or not a day of the calendar.
    """

    stated: str

    def __post_init__(self) -> None:
        """Refuse what is no date at once, not when it is first compared."""
        if not _STATED.fullmatch(self.stated):
            message = f"{self.stated!r} is not a date of the form 2018, 2018-10 or 2018-10-15"
            raise ValueError(message)
        try:
            date.fromisoformat(self._day(first=True)), date.fromisoformat(self._day(first=False))
        except ValueError as error:
            message = f"{self.stated!r} is not in the calendar"
            raise ValueError(message) from error

    @property
    def datatype(self) -> str:
        """Local name of the XML Schema datatype: gYear, gYearMonth or date."""
        return _DATATYPES[len(self.stated)]

    @cached_property
    def earliest(self) -> str:
        """The first day that it can mean, as `YYYY-MM-DD`."""
        return self._day(first=True)

    @cached_property
    def latest(self) -> str:
        """The last day that it can mean, as `YYYY-MM-DD`."""
        return self._day(first=False)

    def _day(self, *, first: bool) -> str:
        year, month, day = (int(part) if part else None for part in _STATED.fullmatch(self.stated).groups())  # type: ignore[union-attr]
        if month is None:
            month = 1 if first else 12
        if not year or month not in _MONTHS:
            return self.stated
        if day is None:
            day = 1 if first else calendar.monthrange(year, month)[1]
        return f"{year:04}-{month:02}-{day:02}"


def is_within(first: int, last: int, years: tuple[int, int]) -> bool:
    """Whether something held in some year from one to another, as far as its dates are stated.

    Args:
        first: the year in which it begins, 0 where none is stated.
        last: the year in which it ends, 0 where none is stated.
        years: the first and the last year that are asked for.
    """
    return first <= years[1] and (not last or years[0] <= last)


def stated(cell: str) -> StatedDate | None:
    """The date in a cell of a file, None for an empty cell."""
    return StatedDate(cell) if cell else None
