"""What an address asks to compare: `of=country/ESP&of=country/FIN@2010&topic=cse`, checked, in one written form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from graph.errors import SettingError
from graph.iris import DATA_KINDS, is_key

LEAST, MOST = 2, 4
"""How many things stand side by side."""
KINDS = {"country": "a country", "profile": "a document"}
"""What can be compared, in words."""
_YEAR = re.compile(r"[1-9][0-9]{3}")


@dataclass(frozen=True)
class Wanted:
    """One thing to compare.

    Args:
        reference: of a country or a profile.
        year: the year at which a country is asked for; None for all that is known of it, and for a document.
    """

    reference: str
    year: int | None = None

    @property
    def kind(self) -> str:
        """`country` or `profile`."""
        return self.reference.partition("/")[0]

    @property
    def written(self) -> str:
        """As addresses have it: `country/ESP@2018`."""
        return f"{self.reference}@{self.year}" if self.year else self.reference


@dataclass(frozen=True)
class Asked:
    """What is to be compared.

    Args:
        things: each once, in the order given.
        topic: reference of the topic to which all is narrowed, empty for none.
        twice: what was named more than once, as written.
    """

    things: Sequence[Wanted]
    topic: str = ""
    twice: Sequence[str] = ()

    @property
    def query(self) -> str:
        """The one way to write it, as the query of an address."""
        return written([thing.written for thing in self.things], self.topic)

    def with_things(self, *things: str) -> str:
        """The same question about other things, as the query of an address."""
        return written(things, self.topic)


def written(things: Sequence[str], topic: str = "", **others: str | int) -> str:
    """The query of an address that compares these things."""
    pairs: list[tuple[str, str | int]] = [("of", thing) for thing in things]
    pairs += [("topic", topic.removeprefix("topic/"))] if topic else []
    return urlencode(pairs + list(others.items()), safe="/@")


def read(things: Sequence[str], year: str, topic: str, named: Callable[[str], str]) -> Asked:
    """What an address or a form asks for. Empty fields of a form count as none.

    Args:
        things: references, with `@year` for a country at one year; or names, as a person types them.
        year: of all countries that have none of their own.
        topic: reference or key of a topic.
        named: the reference of what is called so; empty if nothing is.

    Raises:
        SettingError: something cannot be compared, or is no year or no topic.
    """
    shared = _year(year.strip()) if year.strip() else None
    found = [_wanted(thing.strip(), shared, named) for thing in things if thing.strip()]
    key = topic.strip().removeprefix("topic/")
    if key and not is_key(key):
        message = f"{topic.strip()!r} is no topic; topic= takes the key of one, such as cse, and /topics lists them all."
        raise SettingError(message)
    once = tuple(dict.fromkeys(found))
    if len(once) > MOST:
        message = f"{len(once)} things are too many to stand side by side; {MOST} are the most. Leave some out."
        raise SettingError(message)
    twice = tuple(thing.written for thing in once if found.count(thing) > 1)
    return Asked(once, f"topic/{key}" if key else "", twice)


def without_year(text: str) -> tuple[str, str]:
    """A thing as written, and the year that stands behind it with its sign, empty without one."""
    start, at, end = text.rpartition("@")
    return (start.strip(), at + end.strip()) if at else (text.strip(), "")


def is_reference(text: str) -> bool:
    """Whether this is a kind of thing with a key, and no name."""
    kind, _, key = text.partition("/")
    return kind in DATA_KINDS and is_key(key)


def _wanted(text: str, shared: int | None, named: Callable[[str], str]) -> Wanted:
    thing, at = without_year(text)
    reference = thing if is_reference(thing) else named(thing)
    kind = reference.partition("/")[0]
    if kind not in KINDS or not is_reference(reference):
        message = (
            f"{thing!r} cannot be compared: of= takes a country (country/ESP, country/ESP@2018, or a name of it) "
            "or a document (profile/spain-2018-cse)."
        )
        raise SettingError(message)
    if kind == "profile":
        if at:
            message = f"{text!r}: a document has a year of its own; write {reference}."
            raise SettingError(message)
        return Wanted(reference)
    return Wanted(reference, _year(at[1:]) if at else shared)


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        message = f"{text!r} is no year; write one of four digits, such as 2018."
        raise SettingError(message)
    return int(text)
