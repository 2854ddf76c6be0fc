"""What an id means, or its beginning: a claim on its words, or a decision."""

import difflib
from collections.abc import Mapping, Sequence

from graph.decisions import queue
from graph.decisions.events import Event
from graph.decisions.queue import Card
from graph.errors import SettingError
from webapp.review.office import Office

_MOST = 10
"""How many candidates are listed."""
_CLOSE = 0.6


def card(start: str, office: Office, profile: str | None = None) -> Card:
    """The card whose id begins so.

    Args:
        start: the beginning of its id.
        office: the data folder.
        profile: the profile in which it is looked for; None for all.

    Raises:
        SettingError: there is none, or there are several.
    """
    found = [card for table in office.tables(profile) for card in table.cards]
    if len(hits := queue.matching(found, start.lower()) if start else []) == 1:
        return hits[0]
    short = queue.shortened([card.id for card in found])
    if hits:
        message = f"the id {start!r} is of several claims; write more of it: {_listed(hits, short, office)}."
    else:
        near = difflib.get_close_matches(start.lower(), sorted(set(short.values())), 3, _CLOSE)
        likely = [card for card in found if short[card.id] in near] or queue.waiting(found)[:3]
        begin = f"there is no claim with the id {start!r}; `liaison review queue PROFILE` lists those that wait"
        message = f"{begin}, for example {_listed(likely, short, office)}." if likely else f"{begin}."
    raise SettingError(message)


def card_of(id_: str, office: Office, profile: str) -> Card:
    """The card with this id in a profile, for an answer that must not wait until the profile is read.

    Args:
        id_: its id.
        office: the data folder.
        profile: the profile's key.

    Raises:
        LiaisonError: there is none, or the profile is not read yet, or cannot be.
    """
    found = next((card for card in office.ready(profile).cards if card.id == id_), None)
    if found is None:
        message = f"nothing in {profile} has the id {id_!r} any more; go on from the list of what waits."
        raise SettingError(message)
    return found


def _listed(cards: Sequence[Card], short: Mapping[str, str], office: Office) -> str:
    told = [f"{short[card.id]} ({card.unit.profile}: {queue.said(card.claim, office.vocabulary)})" for card in cards[:_MOST]]
    return ", ".join([*told, *([f"and {len(cards) - _MOST} more"] if len(cards) > _MOST else [])])


def event(start: str, office: Office) -> Event:
    """The event whose id begins so.

    Args:
        start: the beginning of its id.
        office: the data folder.

    Raises:
        SettingError: there is none, or there are several.
    """
    hits = [event for event in office.recorded.events if start and event.id.startswith(start.lower())]
    if len(hits) == 1:
        return hits[0]
    told = ", ".join(f"{event.id} ({event.act} by {event.by})" for event in (hits or office.recorded.events[-3:])[:_MOST])
    if hits:
        message = f"the id {start!r} is of several events; write more of it: {told}."
    else:
        latest = f"; the latest are {told}" if told else ""
        message = f"there is no event with the id {start!r}; the log lists them{latest}."
    raise SettingError(message)
