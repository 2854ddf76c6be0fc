"""Dates that a sentence states: since when, until when, in which year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.dates import StatedDate
from graph.extraction.rulebook import Source

_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"


@dataclass(frozen=True)
class Dated:
    """A date in a sentence.

    Args:
        role: `from`, `until` or `at`.
        date: as stated.
        start: where it begins in the plain words.
    """

    role: str
    date: StatedDate
    start: int


class DateReader:
    """Reads dates in one language.

    Args:
        source: its file `language.yaml`, with the names of months and the words before dates.
    """

    def __init__(self, source: Source) -> None:
        """Compile one expression."""
        months = [name for name in source.words("months") if name]
        short = [name for name in source.words("month_short") if name]
        self._months = {name: number for number, name in enumerate(months, 1)} | {name: number for number, name in enumerate(short, 1)}
        names = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True))
        roles = {role: source.words("dates", role) for role in ("from", "until", "at")}
        self._roles = {word: role for role, words in roles.items() for word in words}
        self._during = frozenset(source.words("dates", "during"))
        self._before_ranges = frozenset(source.words("dates", "before_ranges"))
        before = "|".join(sorted((re.escape(word) for word in {*self._roles, *self._before_ranges, *self._during}), key=len, reverse=True))
        fill, endings, joins = ("|".join(map(re.escape, source.words("dates", name))) for name in ("fill", "ordinal_endings", "joins"))
        through = "|".join(map(re.escape, source.words("dates", "in_ranges")))
        self._date = re.compile(
            rf"\b(?P<role>{before})\s+(?:(?:{fill})\s+)*(?:(?:(?P<day>\d{{1,2}})(?:{endings})?\s+)?(?:(?:{joins})\s+)?(?P<month>{names})\.?\s+(?:(?:{joins})\s+)?|(?P<month2>{names})\s+(?P<day2>\d{{1,2}}),?\s+)?"
            rf"(?P<year>{_YEAR})\b(?:\s?[-\u2013/]\s?(?P<last>{_YEAR})\b)?",
            re.IGNORECASE,
        )
        self._range = re.compile(
            rf"\s+(?:{through})\s+(?:(?:{fill})\s+)*(?:\d{{1,2}}(?:{endings})?\s+)?(?:(?:{joins})\s+)?(?:(?P<month>{names})\.?\s+(?:(?:{joins})\s+)?)?(?P<year>{_YEAR})\b",
            re.IGNORECASE,
        )

    def find(self, text: str) -> Sequence[Dated]:
        """The dates in plain words, in order.

        Args:
            text: the plain words.
        """
        found: list[Dated] = []
        for match in self._date.finditer(text):
            month = self._months.get((match["month"] or match["month2"] or "").lower())
            day = match["day"] or match["day2"]
            stated = _stated(match["year"], month, day)
            word = match["role"].lower()
            last = self._last(text, match) if match["last"] or word in self._before_ranges else None
            if word in self._during:
                last = last or stated
            if last is not None or word in self._roles:
                found.append(Dated("from" if last else self._roles[word], stated, match.start()))
            if last is not None:
                found.append(Dated("until", last, match.start()))
        return found

    def _last(self, text: str, match: re.Match[str]) -> StatedDate | None:
        """The last date of a range: `2009-2015`, `from 2009 to March 2015`; None where it is no range."""
        if match["last"]:
            return StatedDate(match["last"])
        end = self._range.match(text, match.end())
        return _stated(end["year"], self._months.get((end["month"] or "").lower()), None) if end else None


def _stated(year: str, month: int | None, day: str | None) -> StatedDate:
    """The date as precisely as it is in the calendar: `31 June 2014` is June 2014."""
    if month and day:
        try:
            return StatedDate(f"{year}-{month:02}-{int(day):02}")
        except ValueError:
            return StatedDate(f"{year}-{month:02}")
    return StatedDate(f"{year}-{month:02}" if month else year)
