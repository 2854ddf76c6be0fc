"""Merges on which reviewers disagree: they wait for a person as disputed claims do, and nothing is merged meanwhile."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.decisions.events import Event
from graph.decisions.records import End
from graph.decisions.redirects import owner
from webapp.review.office import Office


@dataclass(frozen=True)
class Dispute:
    """What reviewers say of an actor, where not all of it can be.

    Args:
        actor: the actor, as the latest merge names it.
        said: the decisions that count and contradict each other: a merge for each reviewer, and what is said against them.
    """

    actor: End
    said: Sequence[Event]

    @property
    def others(self) -> Sequence[End]:
        """What it would be; each once."""
        return tuple({event.other.reference: event.other for event in self.said if event.act == "merge" and event.other}.values())

    def is_about(self, *references: str) -> bool:
        """Whether it is about a merge of the one of two actors with the other one."""
        return any(_pair(event) == set(references) for event in self.said)


def disputes(office: Office, profile: str = "") -> list[Dispute]:
    """The merges on which reviewers disagree, by name; those that name withdrawn words are left out.

    Args:
        office: the data folder.
        profile: key of the profile of whose actors they are; empty for all.
    """
    disputed, fates = office.outcomes.redirects.disputed, office.outcomes.fates
    if not disputed:
        return []
    counting = [one for one in office.recorded.events if one.act in ("merge", "split") and fates[one.id].name == "counts"]
    merges: dict[str, list[Event]] = defaultdict(list)
    for event in counting:
        if event.act == "merge" and event.actor and event.actor.reference in disputed:
            merges[event.actor.reference].append(event)
    splits, joined = [one for one in counting if one.act == "split"], office.outcomes.redirects.joined
    found = [_dispute(held, splits, joined.get(source, frozenset())) for source, held in merges.items()]
    shown = [one for one in found if not any(map(office.is_withdrawn, one.said)) and _is_of(one, profile, office)]
    return sorted(shown, key=lambda one: (one.actor.name.casefold(), one.actor.reference))


def is_disputed(event: Event, office: Office) -> bool:
    """Whether a decision that counts is one side of a dispute.

    Args:
        event: any decision.
        office: the data folder.
    """
    if office.outcomes.redirects.disputed.isdisjoint(_pair(event)):
        return False
    return event.act in ("merge", "split") and any(event in one.said for one in disputes(office))


def _dispute(merges: Sequence[Event], splits: Sequence[Event], joined: Collection[frozenset[str]]) -> Dispute:
    """A dispute; `joined` are the two that a merge would make one together with others, though somebody holds them apart."""
    pairs = [*map(_pair, merges), *joined]
    actor = merges[-1].actor
    assert actor
    return Dispute(actor, [*merges, *(event for event in splits if _pair(event) in pairs)])


def _is_of(dispute: Dispute, profile: str, office: Office) -> bool:
    return not profile or any(owner(end.reference, office.profiles) == profile for end in (dispute.actor, *dispute.others))


def _pair(event: Event) -> set[str]:
    return {end.reference for end in (event.actor, event.other) if end}
