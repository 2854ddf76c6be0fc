"""Names that are no actors: persons, and places behind "in" and "at"."""

from graph.extraction.candidates import Candidate
from graph.extraction.mentions import Read
from graph.extraction.names import NameFinder
from graph.extraction.registry import Registry
from graph.extraction.rulebook import Source
from graph.extraction.tokens import Token, words_of

_PAIR = 2
_PERSON = (2, 3)
"""How many capitals the name of a person has."""


class Bystanders:
    """Tells names of persons and places from names of actors.

    Args:
        names: the file `names.yaml`.
        finder: knows nouns and articles.
        registry: the things that the document names.
    """

    def __init__(self, names: Source, finder: NameFinder, registry: Registry) -> None:
        """Fold the lists once."""
        self._finder, self._registry = finder, registry
        self._titles = frozenset(names.words("titles"))
        self._given = frozenset(word.casefold() for word in names.words("given_names"))
        self._said = frozenset(names.words("said"))
        self._places = frozenset(names.words("place_prepositions"))

    def hold(self, read: Read, name: Candidate) -> bool:
        """Whether a name is one of theirs.

        Args:
            read: the sentence.
            name: the name in it.
        """
        return self._is_person(read, name) or self._is_place(read, name)

    def _is_person(self, read: Read, name: Candidate) -> bool:
        """Whether a name is a person's: a title or an office beside it, or a given name, and no institution's noun."""
        found = read.tokens
        if name.is_title or (name.kind and not self._finder.nouns.is_weak(name.head)):
            return False
        capitals = [token for token in found[name.start : name.end] if token.is_capital]
        after = found[name.end].low if name.end < len(found) else ""
        return (
            found[name.start].low in self._titles
            or (len(capitals) > 1 and capitals[0].low in self._given and not any(token.is_acronym for token in capitals))
            or self._is_titled(read, name.start, capitals)
            or (len(capitals) in _PERSON and after in self._said)
        )

    def _is_titled(self, read: Read, start: int, capitals: list[Token]) -> bool:
        """Whether a title stands before a name: `Dr. Silva`, `the director, Maria Silva`."""
        found = read.tokens
        before = found[start - 1] if start else None
        if before is not None and before.text == "." and start > 1:
            before = found[start - 2]
        if before is None:
            return False
        if before.low in self._titles and not (capitals and capitals[0].is_acronym):
            return True
        return before.text == "," and start > 1 and found[start - 2].low in self._titles and len(capitals) == _PAIR

    def _is_place(self, read: Read, name: Candidate) -> bool:
        """Whether a name without a noun stands where places stand: one or two words behind `in`, `at`, `near`, `from`."""
        start, end = name.start, name.end
        if name.kind or name.is_title or end - start > _PAIR or any(token.is_acronym for token in read.tokens[start:end]):
            return False
        before = start - 1 if start and read.tokens[start - 1].low not in self._finder.articles else start - 2
        return before >= 0 and read.tokens[before].low in self._places and self._registry.by_words(words_of(read.words(start, end))) is None
