"""Claims that stand, and could not once an act on actors counts."""

from collections.abc import Collection

from graph.decisions import queue
from graph.decisions.events import Event
from graph.decisions.queue import Card
from graph.decisions.redirects import Redirects, owner
from graph.decisions.reviewed import STANDS
from graph.errors import SettingError
from webapp.review.office import Office


def check_breaks(made: Event, office: Office) -> None:
    """An act on actors after which no release could be made is refused.

    Args:
        made: a merge, a split, or an undo of one.
        office: the data folder.

    Raises:
        SettingError: it is one.
    """
    if broken := _broken(made, office):
        message = f"it cannot be recorded. {broken} Correct or reject that claim first."
        raise SettingError(message)


def _broken(event: Event, office: Office) -> str:
    """A claim that stands and could not once an act on actors counts, with the reason, in a sentence; empty if there is none.

    Args:
        event: a merge, a split, or an undo of one; it need not be recorded.
        office: the data folder; the profiles that are read are looked at, and those whose actors it is about.

    Raises:
        LiaisonError: a profile whose actor it is about cannot be read.
    """
    _, after, _ = office.effect(event)
    before = office.redirects
    moved = {one for one in {*after.targets, *before.targets} if after[one] != before[one]}
    owners = {key for one in moved if (key := owner(one, office.profiles))}
    for key in sorted({*owners, *(key for key in office.profiles if office.laid_out(key))}):
        standing = [card for card in office.table(key).cards if card.state in STANDS and _is_moved(card, moved, after)]
        told = office.obstacles([card.claim for card in standing], key, after) if standing else []
        for card, found in zip(standing, told, strict=True):
            if found:
                return f"{key}: “{queue.said(card.claim, office.vocabulary)}” stands and could not any more: {' '.join(found)}"
    return ""


def _is_moved(card: Card, moved: Collection[str], after: Redirects) -> bool:
    """Whether a claim gets another end, and would not lead from an actor to itself, which is not shown."""
    ends = {card.claim.subject.reference, card.claim.object.reference}
    return not ends.isdisjoint(moved) and len({after[one] for one in ends}) > 1
