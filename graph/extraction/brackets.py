"""Other names that stand right behind a name: in brackets, after "known as", before "for short"."""

from collections.abc import Sequence

from graph.extraction.gazetteer import Gazetteer
from graph.extraction.mentions import Read
from graph.extraction.names import NameFinder
from graph.extraction.naming import PRACTICES
from graph.extraction.registry import Entity, Registry
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import Token, words_of

_OPENERS = {"(": ")", "[": "]"}
_BETWEEN = (",", ";", "/", "|")
_QUOTES = "\u201c\u2018\"'\u201e"
_LONGEST = 16
_PAIR = 2


class Brackets:
    """Registers other names of an entity.

    Args:
        book: the rules of the language.
        finder: knows nouns and words that begin no name.
        gazetteer: finds names of the authority files.
        country: reference of the document's country, None where it is open.
        registry: the things that the document names.
    """

    def __init__(self, book: Rulebook, finder: NameFinder, gazetteer: Gazetteer, country: str | None, registry: Registry) -> None:
        """Fold the lists once."""
        self._finder, self._gazetteer, self._country, self._registry = finder, gazetteer, country, registry
        self._determiners = book["language"].word_set("determiners")
        self._also_known = book["names"].phrases("also_known")

    def length(self, read: Read, start: int, end: int, entity: Entity) -> int:
        """Registers the other names behind a name; how many tokens they take, 0 if they say more than names.

        Args:
            read: the sentence.
            start: first token of the name.
            end: its last token, exclusive.
            entity: what it names.
        """
        found = read.tokens
        if entity.classname == "State" or end >= len(found):
            return 0
        closing = _OPENERS.get(found[end].text)
        if closing is None:
            return self._for_short(read, end, entity)
        close = next((number for number in range(end + 1, min(end + _LONGEST, len(found))) if found[number].text == closing), None)
        if close is None or close == end + 1:
            return 0
        parts = [stripped for part in _parts(found, end + 1, close) if (stripped := self._without_lead(read, part))]
        if entity.kind in PRACTICES and found[end + 1].is_capital and len(parts) > 1:
            parts = [(end + 1, close)]
        names = [part for part in parts if self._is_other_name(read, part, entity, words_of(read.words(start, end)))]
        for part in names:
            self._take(read, part, entity)
        return close + 1 - end if names and len(names) == len(parts) else 0

    def _take(self, read: Read, part: tuple[int, int], entity: Entity) -> None:
        """Give an entity another name; a full name behind an acronym tells what it is."""
        first, last = part
        name = read.words(first, last)
        words = words_of(name)
        self._adopt(entity, name)
        head, kind = self._finder.nouns.head_of(words)
        is_fuller = len(words) > _PAIR and len(words_of(entity.name)) == 1 and bool(head)
        if is_fuller and not entity.reference:
            entity.head, entity.kind, entity.classname, entity.is_sure = head, kind, self._finder.nouns.concepts.get(kind, ""), True
        self._registry.also(entity, name, is_fuller=is_fuller)
        if read.tokens[first].is_acronym and last - first == 1 and entity.classname and not entity.is_sure:
            entity.is_sure = True

    def _adopt(self, entity: Entity, name: str) -> None:
        """A name in brackets that an authority file holds, for the document's country or under the same full name, tells who is meant."""
        if entity.reference:
            return
        hits = self._gazetteer.find(name, self._country)
        if len(hits) != 1 or len(name) != hits[0].end - hits[0].start:
            return
        is_own = self._country is not None and hits[0].entry.country == self._country
        if is_own or words_of(hits[0].entry.label) == words_of(entity.name):
            entry = hits[0].entry
            if self._registry.by_reference(entry.reference) is None:
                self._registry.identify(entity, entry.reference, entry.label)
                entity.kind, entity.classname, entity.is_sure = entry.kind, entry.classname, True

    def _for_short(self, read: Read, end: int, entity: Entity) -> int:
        """`X, Y for short,` and `X, known as Y`."""
        found = read.tokens
        if end + 2 >= len(found) or found[end].text != ",":
            return 0
        for words in self._also_known:
            size = len(words)
            if read.low(end + 2, end + 2 + size) == words and found[end + 1].is_capital:
                self._registry.also(entity, found[end + 1].text)
                return 2 + size
            if read.low(end + 1, end + 1 + size) == words and end + 1 + size < len(found):
                at = end + 1 + size + (found[end + 1 + size].text in _QUOTES)
                if at < len(found) and found[at].is_capital:
                    self._registry.also(entity, found[at].text)
                    return at + 1 - end
        return 0

    def _without_lead(self, read: Read, part: tuple[int, int]) -> tuple[int, int] | None:
        """A part of a bracket without `hereinafter`, `also known as` and quotation marks."""
        found = read.tokens
        first, last = part
        first += next((len(words) for words in self._also_known if read.low(first, first + len(words)) == words), 0)
        while first < last and (not found[first].is_word or found[first].low in self._determiners):
            first += 1
        while first < last and not found[last - 1].is_word:
            last -= 1
        return (first, last) if first < last else None

    def _is_other_name(self, read: Read, part: tuple[int, int], entity: Entity, outer: tuple[str, ...]) -> bool:
        """Whether a part of a bracket may be another name of what stands before it."""
        found, name = read.tokens[part[0] : part[1]], read.words(*part)
        if not found[0].is_word or found[0].text[0].isdigit() or self._is_of_another(name, entity):
            return False
        if len(found) == 1:
            return found[0].is_acronym or found[0].is_capital
        if not found[0].is_capital or found[0].low in self._finder.openers:
            return False
        head, kind = self._finder.nouns.head_of(words_of(name))
        return not head or len(outer) == 1 or kind == entity.kind or not entity.kind

    def _is_of_another(self, name: str, entity: Entity) -> bool:
        """Whether a name is known to be that of something else."""
        known = self._registry.by_words(words_of(name))
        if known is not None and known is not entity and (known.reference or known.is_sure):
            return True
        hits = self._gazetteer.find(name, self._country)
        if not hits or hits[0].end - hits[0].start != len(name) or hits[0].entry.reference == entity.reference:
            return False
        return bool(entity.reference) or not self._country or hits[0].entry.country != self._country


def _parts(found: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a bracket between commas, semicolons, slashes."""
    parts: list[tuple[int, int]] = []
    first = start
    for number in range(start, end + 1):
        if number == end or found[number].text in _BETWEEN:
            if number > first:
                parts.append((first, number))
            first = number + 1
    return parts
