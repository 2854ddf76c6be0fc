"""The claims of a thing without their evidence, which is asked for only where it is shown."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from graph.iris import term
from graph.store import View
from webapp.live import Serving
from webapp.pages.asking import ask_some, written
from webapp.pages.claims import Shown, newly, shown
from webapp.pages.proofs import proofs

_MANY, _HUBS_KEPT = 500, 16
"""Claims from which on those of a thing are kept, as to read them takes long; and for how many things at most."""
_HUBS: WeakKeyDictionary[View, dict[str, Sequence[Shown]]] = WeakKeyDictionary()
"""The claims of things of which there are many, by release; a release never changes."""


def outline(serving: Serving, node: ox.NamedNode) -> tuple[Sequence[Shown], str]:
    """The published claims of a thing, and the query for them.

    Args:
        serving: the release.
        node: the thing.
    """
    query = written("claims", serving.iris, role=term("liaison:involves"), thing=node)
    kept = _HUBS.setdefault(serving.view, {})
    if (known := kept.get(node.value)) is None:
        known = shown(serving.view.select(query), (), serving.iris, serving.day)
        if len(known) > _MANY:
            for oldest in list(kept)[: len(kept) - _HUBS_KEPT + 1]:
                kept.pop(oldest, None)
            kept[node.value] = known
    return known, query


def proved(serving: Serving, claims: Sequence[Shown]) -> list[Shown]:
    """These published claims with their evidence."""
    rows = ask_some(serving, "evidence", (serving.iris.thing(f"claim/{claim.key}") for claim in claims))
    return newly(claims, proofs(rows, serving.iris))
