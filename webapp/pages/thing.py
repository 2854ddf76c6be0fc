"""A thing with its claims, grouped as its page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.iris import VOCABULARIES, Iris
from webapp.pages.claims import End, Shown
from webapp.pages.questions import Row, words

FEW = 12
"""Rows of a group that are shown at first; the rest is one click away, so that pages stay small."""
MANY = 100
"""Rows of a group on a page of its own."""

_HIDDEN = {"prefLabel", "altLabel", "hiddenLabel", "type", "primarySource"}
_WORDS = {
    "liaison:country": "country",
    "liaison:seat": "seat",
    "foaf:homepage": "website",
    "liaison:from": "since",
    "liaison:until": "until",
    "skos:notation": "code",
    "skos:broader": "broader topic",
    "liaison:priorityIn": "priority in",
    "liaison:year": "year",
    "skos:exactMatch": "same as",
    "skos:closeMatch": "nearly the same as",
    "skos:broadMatch": "narrower than",
    "skos:narrowMatch": "broader than",
    "skos:relatedMatch": "related to",
    "prov:hadPrimarySource": "recorded in",
}


@dataclass(frozen=True)
class Fact:
    """One attribute of a thing, in words; `link` is empty where the value leads nowhere."""

    name: str
    value: str
    link: str

    @property
    def is_outside(self) -> bool:
        """Whether the link leaves this site."""
        return self.link.startswith("http")


@dataclass(frozen=True)
class Group:
    """The claims of a thing with one relation in one direction.

    Args:
        relation: local name.
        side: `subject` or `object`: which end the thing is.
        heading: the relation as it is read from the thing.
        claims: the claims.
    """

    relation: str
    side: str
    heading: str
    claims: Sequence[Shown]

    def other(self, claim: Shown) -> End:
        """The other end of one of the claims."""
        return claim.object if self.side == "subject" else claim.subject


def facts(rows: Iterable[Row], iris: Iris) -> list[Fact]:
    """The attributes of a thing that a reader wants to see, in a fixed order."""
    found: dict[tuple[str, str], Fact] = {}
    for row in rows:
        iri = words(row, "property")
        name = next((f"{prefix}:{iri.removeprefix(start)}" for prefix, start in VOCABULARIES.items() if iri.startswith(start)), iri)
        if name in _WORDS:
            value = words(row, "value")
            reference = iris.reference(value)
            link = f"/page/{reference}" if reference else value if value.startswith(("http://", "https://")) else ""
            found[_WORDS[name], value] = Fact(_WORDS[name], words(row, "label") or reference or value, link)
    order = list(_WORDS.values())
    return sorted(found.values(), key=lambda fact: (order.index(fact.name), fact.value))


def kinds(rows: Iterable[Row], label: str) -> str:
    """The value with this property's local name, in words: what kind of thing it is."""
    return next((words(row, "label") for row in rows if words(row, "property").endswith(label)), "")


def groups(claims: Iterable[Shown], reference: str) -> list[Group]:
    """The claims by relation and direction: memberships and cooperation before what merely points at the thing."""
    found: dict[tuple[str, str], list[Shown]] = {}
    for claim in claims:
        side = "subject" if claim.subject.reference == reference else "object"
        found.setdefault((claim.relation, side), []).append(claim)
    made = [_group(relation, side, members) for (relation, side), members in found.items()]
    return sorted(made, key=lambda group: (group.side != "subject", group.heading))


def _group(relation: str, side: str, members: list[Shown]) -> Group:
    heading = members[0].label if side == "subject" else members[0].inverse_label
    other = "object" if side == "subject" else "subject"
    ordered = sorted(members, key=lambda claim: (getattr(claim, other).label.casefold(), claim.begins, claim.key))
    return Group(relation, side, heading, ordered)
