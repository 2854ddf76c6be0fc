"""The claims of a thing, grouped as its page shows them: by family, relation and direction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from webapp.pages.claims import Shown
from webapp.pages.families import FAMILIES, OTHER, Family, place_of
from webapp.pages.shares import share

OPEN = 12
"""Rows of a group that are open at first; the others are folded."""
ROOM = 36
"""Rows that a thing's page holds in all; the rest of a group has pages of its own, so that pages stay small."""
MANY = 60
"""Rows on each of a group's own pages."""


@dataclass(frozen=True)
class Group:
    """The claims of a thing with one relation in one direction.

    Args:
        relation: local name.
        side: `subject` or `object`: which end the thing is.
        heading: the relation as it is read from the thing.
        claims: the claims.
        most: how many of them the thing's page shows.
    """

    relation: str
    side: str
    heading: str
    claims: Sequence[Shown]
    most: int

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.relation}-{self.side}"

    @property
    def open(self) -> Sequence[Shown]:
        """The rows that are open at first; a fold for one or two more would be a nuisance."""
        return self.claims[: self._open]

    @property
    def folded(self) -> Sequence[Shown]:
        """The rows under the fold."""
        return self.claims[self._open : self.most]

    @property
    def rest(self) -> int:
        """How many are on pages of their own only."""
        return max(len(self.claims) - self.most, 0)

    @property
    def _open(self) -> int:
        return self.most if self.most <= OPEN + 2 else OPEN


def groups(claims: Iterable[Shown], reference: str) -> list[Group]:
    """The claims by relation and direction, the most telling first.

    Args:
        claims: the claims that involve the thing.
        reference: the thing.
    """
    found: dict[tuple[str, str], list[Shown]] = {}
    for claim in claims:
        side = "subject" if claim.subject.reference == reference else "object"
        found.setdefault((claim.relation, side), []).append(claim)
    most = share([len(members) for members in found.values()], ROOM, least=4)
    made = [_group(relation, side, members, reference, most) for (relation, side), members in found.items()]
    return sorted(made, key=lambda group: (place_of(group.relation), group.side != "subject"))


def by_family(made: Iterable[Group]) -> list[tuple[Family, list[Group]]]:
    """The groups under their families, in the order of families."""
    order = [*FAMILIES, OTHER]
    ordered = sorted(made, key=lambda group: order.index(group.claims[0].family))
    return [(family, list(members)) for family, members in groupby(ordered, key=lambda group: group.claims[0].family)]


def _group(relation: str, side: str, members: list[Shown], reference: str, most: int) -> Group:
    heading = members[0].label if side == "subject" else members[0].inverse_label
    ordered = sorted(members, key=lambda claim: (claim.other(reference).label.casefold(), claim.span.begins, claim.key))
    return Group(relation, side, heading, ordered, most)
