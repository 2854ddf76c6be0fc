"""Names that are no actors: persons, and places behind "in" and "at"."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from graph.extraction.candidates import Candidate
from graph.extraction.mentions import Read
from graph.extraction.names import NameFinder
from graph.extraction.registry import Registry
from graph.extraction.rulebook import Source
from graph.extraction.tokens import Token, words_of

_PAIR = 2
_LONGEST_LABEL = 6
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
        self._titles = names.word_set("titles")
        self._given = _folded(names.words("given_names"))
        self._particles = names.word_set("name_particles")
        self._generic = names.word_set("generic_words")
        self._before_persons = names.phrases("before_persons")
        self._said = names.word_set("said")
        self._places = names.word_set("place_prepositions")

    def hold(self, read: Read, name: Candidate) -> bool:
        """Whether a name is one of theirs.

        Args:
            read: the sentence.
            name: the name in it.
        """
        return self.is_person(read, name) or self._is_place(read, name)

    def is_person(self, read: Read, name: Candidate) -> bool:
        """Whether a name is a person's: a title or an office beside it, or a given name, and no institution's noun.

        Args:
            read: the sentence.
            name: the name in it.
        """
        found = read.tokens
        if name.is_title:
            return False
        if self._is_office_held(found, name) or self._goes_on_surname(found, name.start):
            return True
        if name.kind and not self._finder.nouns.is_weak(name.head):
            return False
        capitals = [token for token in found[name.start : name.end] if token.is_capital]
        after = found[name.end].low if name.end < len(found) else ""
        return (
            found[name.start].low in self._titles
            or self._has_initials(found[name.start : name.end])
            or (bool(capitals) and self._is_given(capitals[0].low) and not any(token.is_acronym for token in capitals))
            or self._is_titled(read, name.start, capitals)
            or (len(capitals) in _PERSON and (after in self._said or self._is_honoured(read, name.start) or self._is_labelled(read, name)))
        )

    @staticmethod
    def _has_initials(words: Sequence[Token]) -> bool:
        """Whether a name begins with an initial: `J. Exampleson`."""
        return len(words) > _PAIR and len(words[0].text) == 1 and words[0].is_capital and words[1].text == "." and words[-1].is_capital

    def _is_given(self, word: str) -> bool:
        """Whether a word is a given name, or two with a hyphen."""
        return any(_plain(part) in self._given for part in word.split("-"))

    def _is_office_held(self, found: Sequence[Token], name: Candidate) -> bool:
        """Whether an office is followed by who holds it, without a noun of an institution: `Deputy Minister Olena Vitkova`."""
        words = found[name.start : name.end]
        last = next((number for number in range(len(words) - 1, -1, -1) if words[number].low in self._titles), None)
        if last is None:
            return False
        held = words[last + 1 :]
        is_office = not name.kind or not self._titles.isdisjoint(name.head.split())
        return len(held) > (not is_office) and all(self._may_be_of_person(token) for token in held) and held[-1].is_capital

    def _may_be_of_person(self, token: Token) -> bool:
        """Whether a word may be part of a person's name: a particle, or a capital that no institution has."""
        if token.low in self._particles:
            return True
        return (
            token.is_capital and not token.is_acronym and token.low not in self._generic and not self._finder.nouns.head_of([token.low])[0]
        )

    def _goes_on_surname(self, found: Sequence[Token], start: int) -> bool:
        """Whether a name is what stands behind the particles of a person's: `Joris van den Eeckhout`."""
        at = start
        while at and not found[at - 1].is_capital and found[at - 1].low in self._particles:
            at -= 1
        before = found[at - 1] if at and at < start else None
        return before is not None and before.is_capital and self._may_be_of_person(before)

    def _is_honoured(self, read: Read, start: int) -> bool:
        """Whether words stand before a name that stand only before persons: `in memory of`."""
        return any(read.low(max(0, start - len(words)), start) == words for words in self._before_persons)

    def _is_labelled(self, read: Read, name: Candidate) -> bool:
        """Whether a label names the office of which a name is the holder: `Head of the Secretariat: Liesbeth Vandamme`."""
        at = name.start - 1
        if at < 1 or read.tokens[at].text != ":" or name.head:
            return False
        return not self._titles.isdisjoint(read.lows[max(0, at - _LONGEST_LABEL) : at])

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


@lru_cache(maxsize=16)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    """Words without accents and capitals; folded once for all documents of a language."""
    return frozenset(_plain(word.casefold()) for word in words)


def _plain(word: str) -> str:
    """A word without accents."""
    return (
        word if word.isascii() else "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    )
