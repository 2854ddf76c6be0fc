"""That two actors are the same, or are not: checked before it is recorded, on the shell and in the browser."""

from collections.abc import Iterable, Sequence

from graph.decisions import events, queue
from graph.decisions.events import Act, Event
from graph.decisions.redirects import pair_of, redirects
from graph.errors import ActRefused, NothingNew, SettingError
from webapp.review import acts
from webapp.review.breaks import check_breaks
from webapp.review.disputes import pairings
from webapp.review.office import Office

_SHORT = queue.SHORTEST


def paired(act: Act, names: Sequence[str], by: str, office: Office, note: str = "") -> Event:
    """That two actors are the same (`merge`), or are not (`split`).

    Args:
        act: `merge` or `split`.
        names: the actor and the other one, which stays; each a reference or a name.
        by: the reviewer's handle.
        office: the data folder.
        note: a remark.

    Raises:
        SettingError: an actor is unknown, it would change nothing, or it cannot be applied.
    """
    actor, other = (office.end(name) for name in names)
    if actor.reference == other.reference:
        message = f"both are {actor.reference}; name two actors that are different."
        raise SettingError(message)
    made = events.new(act, by, events.now(), actor=actor, other=office.with_kind(other), note=note)
    _check(made, office)
    return made


def _check(made: Event, office: Office) -> None:
    """A merge or split that says nothing new, that its reviewer's own words contradict, or that cannot be applied, is refused.

    Raises:
        SettingError: it is one.
    """
    assert made.actor
    own = [one for one in pairings(office) if one.by == made.by]
    _check_new(made, own, office)
    _check_own(made, own, office)
    outcomes, _, refused = office.effect(made)
    is_merge = made.act == "merge"
    reason = (office.hindrance(made) if is_merge else "") or outcomes.fates[made.id].reason
    reason = reason or (refused.get(made.actor.reference, "") if is_merge else "")
    if reason:
        message = f"{made.actor.reference} cannot be merged: {reason}."
        raise SettingError(message)
    check_breaks(made, office)


def _check_new(made: Event, own: Iterable[Event], office: Office) -> None:
    """A merge or split that says what its reviewer says already is refused; a merge that was not applied may be now, by its kind.

    Raises:
        NothingNew: it is one.
    """
    assert made.actor
    source = made.actor.reference
    same = [one for one in own if one.act == made.act and pair_of(one) == pair_of(made)]
    if made.act == "merge":
        same = [one for one in same if one.actor and one.actor.reference == source and source not in office.refused]
    if same:
        raise NothingNew(f"{made.by} has said so already (event {same[-1].id[:_SHORT]}), and nothing would change", "go on to the next one")


def _check_own(made: Event, own: Sequence[Event], office: Office) -> None:
    """A merge or split that its reviewer's other words contradict is refused: there is nobody with whom to agree.

    Raises:
        ActRefused: it is one.
    """
    before, after = (redirects(said)[0].joined for said in (own, [*own, made]))
    pairs = frozenset().union(*after.values()).difference(*before.values())
    if not pairs:
        return
    joining = [source for source, joined in after.items() if joined & pairs]
    apart = [one for one in own if one.act == "split" and pair_of(one) in pairs]
    against = (apart or [one for one in own if one.act == "merge" and one.actor and one.actor.reference in joining])[-1]
    words = "" if office.is_withdrawn(against) else f": {acts.about(against, office)}"
    short = against.id[:_SHORT]
    raise ActRefused(f"{made.by} has said otherwise (event {short}{words})", "undo that first, if it does not hold", ("undo", short))
