"""What a reader does in the explorer: each act makes one state of another."""

from collections.abc import Callable

from webapp.pages.explorer.state import FIRST, MOST, State, read

ACT = "act"
"""The parameter by which a button of the page names an act: `expand body/europol`."""


def done(state: State, act: str) -> State | None:
    """The state after an act; None where there is no such act, or where it does not fit.

    Args:
        state: the state before.
        act: the verb, and what it is about: `hide body/europol`.
    """
    verb, _, about = act.partition(" ")
    if verb not in ACTS:
        return None
    try:
        return State.of(ACTS[verb](state, about).given).canonical
    except ValueError:
        return None


def _add(state: State, reference: str) -> State:
    return state.but(actor=[*_others(state.actor, reference), reference], hide=_others(state.hide, reference))


def _leave(state: State, reference: str) -> State:
    return state.but(
        actor=_others(state.actor, reference), expand=_elsewhere(state, reference), collapse=_others(state.collapse, reference)
    )


def _only(state: State, reference: str) -> State:
    return state.but(actor=[reference], expand=[], collapse=[], hide=[], pin=[])


def _expand(state: State, item: str) -> State:
    """Each expansion makes room for its neighbours, so that nobody who is there has to leave."""
    kept = state.expand if "~" in item else _elsewhere(state, item)
    collapsed = _others(state.collapse, item.partition("~")[0])
    return state.but(expand=[*_others(kept, item), item], collapse=collapsed, most=min(state.most + FIRST, MOST))


def _collapse(state: State, reference: str) -> State:
    return state.but(expand=_elsewhere(state, reference), collapse=[*_others(state.collapse, reference), reference])


def _hide(state: State, reference: str) -> State:
    return _leave(state, reference).but(hide=[*_others(state.hide, reference), reference])


def _show(state: State, reference: str) -> State:
    return state.but(hide=_others(state.hide, reference))


def _pin(state: State, item: str) -> State:
    return state.but(pin=[*_unpinned(state, item.partition("@")[0]), item])


def _unpin(state: State, reference: str) -> State:
    return state.but(pin=_unpinned(state, reference))


def _others(items: list[str], item: str) -> list[str]:
    return [other for other in items if other != item]


def _elsewhere(state: State, reference: str) -> list[str]:
    """The expansions of other actors."""
    return [item for item in state.expand if read(item)[0] != reference]


def _unpinned(state: State, reference: str) -> list[str]:
    return [item for item in state.pin if item.partition("@")[0] != reference]


ACTS: dict[str, Callable[[State, str], State]] = {
    "add": _add,
    "leave": _leave,
    "only": _only,
    "expand": _expand,
    "collapse": _collapse,
    "hide": _hide,
    "show": _show,
    "pin": _pin,
    "unpin": _unpin,
}
"""Each verb with what it does: begin at one more actor, begin there no longer, or there only; show an actor's relations or not; hide an actor or show it again; draw it where it was put or not."""
