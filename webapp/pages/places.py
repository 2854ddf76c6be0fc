"""Where an IRI leads a reader: to a page of ours, to a word that is explained, to another site, or nowhere."""

from dataclasses import dataclass

from graph.iris import DEF, VOCABULARIES, Iris

_EXPLAINED = ("certainty", "modality", "polarity", "review")
"""Lists whose words the page about Liaison explains."""
_WEB = ("http://", "https://")


@dataclass(frozen=True)
class Place:
    """Where something leads.

    Args:
        address: the address, empty where there is none.
        is_outside: whether it leaves this site.
    """

    address: str
    is_outside: bool = False


NOWHERE = Place("")


def place(value: str, iris: Iris) -> Place:
    """Where an IRI leads; anything that is not http or https leads nowhere."""
    if value.startswith(f"{iris.base}id/"):
        return Place(f"/page/{value.removeprefix(f'{iris.base}id/').replace('#', '%23')}")
    if value.startswith(f"{DEF}/") and "#" in value:
        name, _, key = value.removeprefix(f"{DEF}/").partition("#")
        if name == "channel":
            return Place(f"/page/channel/{key}")
        return Place(f"/about#{name}-{key}" if name in _EXPLAINED else "/def")
    if value.startswith(f"{DEF}#"):
        return Place(f"/about#relation-{value.removeprefix(f'{DEF}#')}")
    return outside(value)


def outside(value: str) -> Place:
    """A place on another site, where the value is the address of one."""
    return Place(value, is_outside=True) if value.startswith(_WEB) and not any(sign in value for sign in ' "<>\\') else NOWHERE


def short(iri: str) -> str:
    """An IRI of a vocabulary with its prefix; any other as it is."""
    return next((f"{prefix}:{iri.removeprefix(start)}" for prefix, start in VOCABULARIES.items() if iri.startswith(start)), iri)
