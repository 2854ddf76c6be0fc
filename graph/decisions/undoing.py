"""Events that undo others: what is left to count.

An undo can be undone, and that undo too. Each reviewer undoes only what is his or her own: whoever disagrees with
another one says so by a decision, which makes a dispute.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.decisions.events import Event
from graph.decisions.fates import COUNTS, UNDONE, Fate, void


def left(events: Iterable[Event]) -> tuple[list[Event], dict[str, Fate]]:
    """The events other than undos that stand, in their order, and the fate of each of the others.

    Args:
        events: each once.
    """
    known = {event.id: event for event in events}
    fates = {event.id: _blunt(event, known) for event in known.values() if event.act == "undo"}
    undoers: dict[str, list[str]] = defaultdict(list)
    for event in known.values():
        if event.undoes and fates[event.id] is COUNTS:
            undoers[event.undoes].append(event.id)
    undone = _undone(known, undoers)
    fates |= dict.fromkeys(undone, UNDONE)
    return [event for event in known.values() if event.act != "undo" and event.id not in undone], fates


def _blunt(undo: Event, known: Mapping[str, Event]) -> Fate:
    """Whether an undo has something to undo, leaving aside whether it is undone itself."""
    target = known.get(undo.undoes or "")
    if target is None:
        return void(f"the decision {undo.undoes}, which it undoes, is not there")
    if target.by != undo.by:
        return void("it undoes a decision of somebody else; only one's own can be undone")
    if target.file != undo.file:
        return void("it stands with another document than the decision which it undoes")
    return COUNTS


def _undone(known: Mapping[str, Event], undoers: Mapping[str, list[str]]) -> set[str]:
    """Ids of the events that at least one undo undoes that is not undone itself.

    An id is a hash that covers the id of what is undone, so that chains have no loops; they may be long.
    """
    settled: dict[str, bool] = {}
    for first in known:
        stack = [first]
        while stack:
            current = stack[-1]
            above = undoers.get(current, [])
            if waiting := [undo for undo in above if undo not in settled]:
                stack += waiting
                continue
            settled[stack.pop()] = any(not settled[undo] for undo in above)
    return {event for event, is_undone in settled.items() if is_undone}
