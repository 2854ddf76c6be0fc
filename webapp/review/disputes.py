"""Merges on which reviewers disagree: they wait for a person as disputed claims do, and nothing is merged meanwhile."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graph.decisions.events import Event, ends_of
from graph.decisions.records import End
from graph.decisions.redirects import owner, pair_of
from webapp.review.office import Office


@dataclass(frozen=True)
class Dispute:
    """What reviewers say of an actor, where not all of it can be.

    Args:
        actor: the actor, as the latest of what is shown names it.
        said: the decisions that count and contradict each other: a merge for each reviewer, and what is said against them;
            without those that name withdrawn words.
    """

    actor: End
    said: Sequence[Event]

    @property
    def others(self) -> Sequence[End]:
        """What it would be; each once."""
        return tuple({event.other.reference: event.other for event in self.said if event.act == "merge" and event.other}.values())

    def is_about(self, *references: str) -> bool:
        """Whether it is about a merge of the one of two actors with the other one."""
        return any(pair_of(event) == set(references) for event in self.said)


def pairings(office: Office) -> list[Event]:
    """The merges and splits that count, in order of time.

    Args:
        office: the data folder.
    """
    fates = office.on_actors.fates
    return [one for one in office.recorded.events if one.act in ("merge", "split") and fates[one.id].counts]


def disputes(office: Office, profile: str = "") -> list[Dispute]:
    """The merges on which reviewers disagree, by name; one of which nothing that names the actor may be shown is left out.

    Args:
        office: the data folder.
        profile: key of the profile of whose actors they are; empty for all.
    """
    disputed, joined = office.on_actors.redirects.disputed, office.on_actors.redirects.joined
    if not disputed:
        return []
    counting = pairings(office)
    merges: dict[str, list[Event]] = defaultdict(list)
    for event in counting:
        if event.act == "merge" and event.actor and event.actor.reference in disputed:
            merges[event.actor.reference].append(event)
    splits = [one for one in counting if one.act == "split"]
    found: list[Dispute] = []
    for source, held in merges.items():
        pairs = {*map(pair_of, held), *joined.get(source, frozenset())}
        said = [one for one in (*held, *(split for split in splits if pair_of(split) in pairs)) if not office.is_withdrawn(one)]
        if actor := next((end for event in reversed(said) for end in ends_of(event) if end.reference == source), None):
            found.append(Dispute(actor, said))
    return sorted((one for one in found if _is_of(one, profile, office)), key=lambda one: (one.actor.name.casefold(), one.actor.reference))


def is_disputed(event: Event, office: Office) -> bool:
    """Whether a decision that counts is one side of a dispute, be it shown or not.

    Args:
        event: any decision.
        office: the data folder.
    """
    found = office.on_actors.redirects
    match event.act:
        case "merge":
            is_side = event.actor is not None and event.actor.reference in found.disputed
        case "split":
            is_side = pair_of(event) in found.contested
        case _:
            is_side = False
    return is_side and office.on_actors.fates[event.id].counts


def _is_of(dispute: Dispute, profile: str, office: Office) -> bool:
    return not profile or any(owner(end.reference, office.profiles) == profile for end in (dispute.actor, *dispute.others))
