"""Whom a document speaks for when it says "we"."""

from collections import Counter
from collections.abc import Sequence

from graph.extraction.mentions import Read
from graph.extraction.registry import Entity, Registry
from graph.extraction.tokens import words_of

_TITLES = 3
_OFTEN = 2
"""How often something whose kind is open must be named, so that it may be an institution."""
_TITLE_COUNTS = 10
"""How many times being named in a title counts."""


def speaker(reads: Sequence[Read], registry: Registry) -> Entity | None:
    """The thing that a page without a country speaks of most often, and before it one that a title names; None if it names nothing.

    Args:
        reads: the sentences with their mentions.
        registry: what they mean.
    """
    counts: Counter[int] = Counter()
    for read in reads:
        for mention in read.mentions:
            entity = registry[mention.entity]
            if entity.classname != "State" and entity.kind != "office" and not entity.is_collective:
                counts[entity.number] += 1
    counts = Counter({number: times for number, times in counts.items() if registry[number].classname or times >= _OFTEN})
    nouns = {registry[number].head: number for number in reversed(counts) if registry[number].head}
    for read in reads:
        taken = read.taken()
        counts.update(
            nouns[token.low] for at, token in enumerate(read.tokens) if token.is_capital and token.low in nouns and at not in taken
        )
    titles = _titles(reads)
    for number in counts:
        if any(_is_named(registry[number], title) for title in titles):
            counts[number] += _TITLE_COUNTS
    return registry[max(counts, key=lambda number: (counts[number], -number))] if counts else None


def topic(reads: Sequence[Read], registry: Registry) -> Entity | None:
    """The thing that a title names and whose kind nothing tells: what "the project" may mean on a page about it."""
    titles = _titles(reads)
    return next((entity for entity in registry if not entity.kind and any(_is_named(entity, title) for title in titles)), None)


def _titles(reads: Sequence[Read]) -> list[tuple[str, ...]]:
    return [words_of(read.plain.text) for read in reads if read.sentence.form == "heading"][:_TITLES]


def _is_named(entity: Entity, title: tuple[str, ...]) -> bool:
    return any(name and _holds(title, name) for name in map(words_of, (entity.name, *entity.aliases)))


def _holds(title: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(name == title[at : at + len(name)] for at in range(len(title)))
