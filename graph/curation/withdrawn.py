"""A side-car without what rested on a withdrawn passage: each such entry is set aside, and its words are not repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.curation.sidecar import Entry, Sidecar
from graph.documents import Document
from graph.errors import InputError, SidecarError


def without(recorded: Sidecar, received: Document, blotted: Document) -> tuple[Sidecar, list[InputError]]:
    """The entries whose quotes are still there, and a report of the others.

    Args:
        recorded: the side-car.
        received: the document with all its words.
        blotted: the same without the withdrawn passages.
    """
    aside: list[InputError] = []
    actors = list(_standing(recorded.actors, received.text, blotted.text, aside))
    lost = {entry.text("key") for entry in recorded.actors} - {entry.text("key") for entry in actors}
    claims = []
    for entry in _standing(recorded.claims, received.text, blotted.text, aside):
        if lost & set(entry.text("claim").split()):
            aside.append(_aside(entry, "it is about an actor that only a withdrawn passage names"))
        else:
            claims.append(entry)
    return replace(recorded, actors=tuple(actors), claims=tuple(claims)), aside


def _standing(entries: Sequence[Entry], before: str, after: str, aside: list[InputError]) -> Iterator[Entry]:
    for entry in entries:
        quote = entry.text("quote")
        there = [at for at in _places(quote, before) if after.startswith(quote, at)]
        number = entry.text("occurrence")
        if not number.isdecimal():
            if there or not _places(quote, before):
                yield entry  # a quote that never stood there is for the curator to refuse
            else:
                aside.append(_aside(entry, "its quote touches a withdrawn passage"))
            continue
        wanted = dict(enumerate(_places(quote, before), 1)).get(int(number))
        if wanted in there:
            yield replace(entry, values={**entry.values, "occurrence": str(there.index(wanted) + 1)})
        elif wanted is None:
            yield entry
        else:
            aside.append(_aside(entry, "its quote touches a withdrawn passage"))


def _places(words: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _aside(entry: Entry, problem: str) -> SidecarError:
    return SidecarError(entry.path, problem, "nothing to do; the row in data/decisions/retired.csv says why", entry.line, stops=False)
