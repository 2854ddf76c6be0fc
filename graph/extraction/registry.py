"""The things that one document names: each once, with all its names in the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.extraction.tokens import words_of
from graph.spans import Span

_NUMBERED = re.compile(r"[ivx]+|\d+(?:[./-]\d+)*")
"""What tells one edition from another: `Night Watch II`, `Strategy 2020-2024`, folded."""


@dataclass
class Entity:
    """Something that a document names.

    Args:
        number: its place in the registry.
        name: its fullest name.
        kind: concept of its kind; empty where it is open.
        classname: local name of its class; empty where it is open.
        reference: where an authority file holds it.
        head: the noun of its name, folded.
        span: where it is first named.
        aliases: its other names.
        is_collective: whether it is named only as a class.
        is_people: whether it is a group of people and no body of any kind.
        is_sure: whether its name alone shows that it is an actor; others count only where something is said of them.
    """

    number: int
    name: str
    kind: str
    classname: str
    reference: str | None
    head: str
    span: Span
    aliases: list[str] = field(default_factory=list)
    is_collective: bool = False
    is_people: bool = False
    is_sure: bool = True


class Registry:
    """All entities of one document, found by any of their names."""

    def __init__(self) -> None:
        """Begin empty."""
        self.entities: list[Entity] = []
        self._names: dict[tuple[str, ...], int] = {}
        self._references: dict[str, int] = {}
        self._moved: dict[int, int] = {}

    def __iter__(self) -> Iterator[Entity]:
        """The entities in order of their registration, those that turned out to be another one left out."""
        return (entity for entity in self.entities if entity.number not in self._moved)

    def __getitem__(self, number: int) -> Entity:
        """An entity by its number; the one that it turned out to be, where it was absorbed."""
        while number in self._moved:
            number = self._moved[number]
        return self.entities[number]

    def identify(self, entity: Entity, reference: str, label: str) -> None:
        """Say that an entity is one of the authority files."""
        entity.reference = reference
        self._references[reference] = entity.number
        if entity.name != label:
            entity.aliases.append(entity.name)
            entity.name = label

    def by_words(self, words: tuple[str, ...]) -> Entity | None:
        """The entity with that name."""
        found = self._names.get(words)
        return None if found is None else self[found]

    def by_reference(self, reference: str) -> Entity | None:
        """The entity of the authority files, if the document names it."""
        found = self._references.get(reference)
        return None if found is None else self[found]

    def add(self, entity: Entity) -> Entity:
        """Keep a new entity; its number is set."""
        entity.number = len(self.entities)
        self.entities.append(entity)
        self._names.setdefault(words_of(entity.name), entity.number)
        if entity.reference:
            self._references[entity.reference] = entity.number
        return entity

    def also(self, entity: Entity, name: str, *, is_fuller: bool = False) -> None:
        """Give an entity another name, unless the name is taken by another one that is known for more than this name."""
        words = words_of(name)
        owner = self.by_words(words)
        if owner is not None and owner is not entity:
            if owner.reference or owner.is_sure:
                return
            self._moved[owner.number] = entity.number
        if not words:
            return
        self._names[words] = entity.number
        if name in (entity.name, *entity.aliases):
            return
        if is_fuller and not entity.reference:
            entity.aliases.append(entity.name)
            entity.name = name
        else:
            entity.aliases.append(name)

    def partial(self, words: tuple[str, ...], head: str) -> Entity | None:
        """The one entity whose name holds all these words and has the same noun; None if there is none, or more than one."""
        if len(words) <= 1 or not head:
            return None
        fitting = [
            entity
            for entity in self
            if entity.head == head and set(words) < set(words_of(entity.name)) and words[0] == words_of(entity.name)[0]
        ]
        return fitting[0] if len(fitting) == 1 else None

    def shorter(self, words: tuple[str, ...], head: str) -> Entity | None:
        """The one entity of no authority file whose name is the beginning of this one and has the same noun."""
        if not head:
            return None
        fitting = [
            entity
            for entity in self
            if not entity.reference
            and entity.head == head
            and len(own := words_of(entity.name)) > 1
            and own == words[: len(own)]
            and len(own) < len(words)
            and not _NUMBERED.fullmatch(words[len(own)])
        ]
        return fitting[0] if len(fitting) == 1 else None

    @property
    def acronyms(self) -> dict[tuple[str, ...], int]:
        """All names, by their words."""
        return self._names
