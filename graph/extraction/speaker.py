"""Whom a document speaks for when it says "we"."""

from collections import Counter
from collections.abc import Sequence

from graph.extraction.mentions import Read
from graph.extraction.registry import Entity, Registry
from graph.extraction.tokens import words_of

_TITLES = 3
_TITLE_COUNTS = 10
"""How many times being named in a title counts."""


def speaker(reads: Sequence[Read], registry: Registry) -> Entity | None:
    """The thing that a page without a country names most often, and before it one that a title names; None if it names nothing.

    Args:
        reads: the sentences with their mentions.
        registry: what they mean.
    """
    counts: Counter[int] = Counter()
    for read in reads:
        for mention in read.mentions:
            entity = registry[mention.entity]
            if entity.classname not in ("State", "") and entity.kind != "office":
                counts[mention.entity] += 1
    titles = [words_of(read.plain.text) for read in reads if read.sentence.form == "heading"][:_TITLES]
    for number in counts:
        names = [words_of(name) for name in (registry[number].name, *registry[number].aliases)]
        if any(_holds(title, name) for name in names if name for title in titles):
            counts[number] += _TITLE_COUNTS
    return registry[max(counts, key=lambda number: (counts[number], -number))] if counts else None


def _holds(title: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(name == title[at : at + len(name)] for at in range(len(title)))
