"""Words to the country or the document that they name: a national name, an acronym, a code, or a name with a mistake in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.errors import SettingError
from webapp.live import Serving
from webapp.pages.callings import Called, callings
from webapp.pages.comparison.asked import KINDS

_MOST = 12
"""Things that are offered where it is not known which is meant."""


@dataclass(frozen=True)
class Named:
    """What words lead to.

    Args:
        words: as given.
        reference: of the thing, empty where it is not known which.
        choices: things that may be meant, where it is not.
        more: how many more may be meant.
    """

    words: str
    reference: str = ""
    choices: Sequence[Called] = field(default=())
    more: int = 0


def named(serving: Serving, words: str) -> Named:
    """The country or document that words name; of both, the country."""
    if reference := serving.iris.reference(words):
        return Named(words, reference)
    found = callings(serving, words, KINDS)
    countries = [one for one in found.exact if _is_country(one)]
    fitting = countries or found.exact or tuple(sorted(found.alike, key=lambda one: not _is_country(one)))
    if meant := found.only(fitting):
        return Named(words, meant.reference)
    return Named(words, "", fitting[:_MOST], max(len(fitting) - _MOST, 0))


def reference_of(serving: Serving, words: str) -> str:
    """The reference of what words name, empty where nothing is called like it.

    Raises:
        SettingError: it is not known which of several things is meant.
    """
    found = named(serving, words)
    if found.choices:
        offered = ", ".join(f"{one.label} ({one.reference})" for one in found.choices)
        more = f" and {found.more} more" if found.more else ""
        message = f"No one country or document is called “{words}”. Did you mean {offered}{more}?"
        raise SettingError(message)
    return found.reference


def _is_country(one: Called) -> bool:
    return one.reference.startswith("country/")
