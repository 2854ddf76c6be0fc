"""Words to the thing that they name: a reference, an IRI, or a name; where several bear it, the reader chooses."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from werkzeug.exceptions import NotFound

from graph.iris import DATA_KINDS, is_key
from webapp.gone import Departed
from webapp.live import Serving
from webapp.pages import facts
from webapp.pages.asking import ask
from webapp.pages.callings import Called, callings
from webapp.pages.claims import End
from webapp.pages.things import SUBJECTS
from webapp.resources import subject

_MOST = 12


@dataclass(frozen=True)
class Named:
    """What words lead to.

    Args:
        words: as given.
        end: the thing, None where it is not known which.
        choices: things that may be meant, where it is not.
        more: how many more may be meant.
    """

    words: str
    end: End | None
    choices: Sequence[Called] = field(default=())
    more: int = 0


def named(serving: Serving, words: str) -> Named:
    """The thing that words name.

    Raises:
        Departed: it was here once.
        NotFound: nothing is called so.
    """
    text = words.strip()
    reference = serving.iris.reference(text) or text
    kind, _, key = reference.partition("/")
    if kind in (*DATA_KINDS, "channel") and is_key(key):
        return Named(words, _thing(serving, reference))
    found = callings(serving, text, SUBJECTS)
    if not found.alike:
        raise NotFound(f"Nothing here has a name like “{text}”. Try fewer letters or another language.")
    fitting = found.exact or found.alike
    if meant := found.only(fitting):
        return Named(words, End(meant.reference, meant.label))
    return Named(words, None, fitting[:_MOST], len(fitting[_MOST:]))


def _thing(serving: Serving, reference: str) -> End:
    rows = ask(serving, "thing", thing=subject(serving, reference)).rows
    return End(reference, facts.label_of(rows, reference))


def only(named: Named) -> End:
    """The thing that words lead to.

    Raises:
        NotFound: several bear the name; the message has their references.
    """
    if named.end is None:
        choices = ", ".join(hit.reference for hit in named.choices) + (f" and {named.more} more" if named.more else "")
        raise NotFound(f"No one thing is called “{named.words}”, but several are called like it: {choices}. Name one of these.")
    return named.end


def successor(error: Departed) -> str:
    """The reference of what has taken the place of something, empty where nothing has."""
    return error.parts.get("page", "").removeprefix("/page/")
