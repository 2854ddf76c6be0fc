"""Short forms with a noun and an article: "the Ministry", "this plan", led to what was named before."""

from collections.abc import Sequence

from graph.extraction.mentions import Mention, Read
from graph.extraction.names import NameFinder
from graph.extraction.registry import Entity, Registry
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import words_of

PRACTICE = "practice"


class ShortForms:
    """Leads short forms of one document to entities.

    Args:
        book: the rules of the language.
        finder: knows nouns and words that begin no name.
        registry: the things that the document names.
    """

    def __init__(self, book: Rulebook, finder: NameFinder, registry: Registry) -> None:
        """Remember nothing yet."""
        self._finder, self._registry = finder, registry
        self._kinds = {words_of(word): kinds for word, kinds in book["names"].lists("short_forms").items()}
        self._contractions = book["language"].word_set("contractions")
        self._goes_on = book["language"].word_set("connectors_of_full_names")
        self.topic: Entity | None = None
        self._bound: dict[str, tuple[int, int]] = {}

    def find(self, read: Read, at: int, seen: Sequence[int]) -> Mention | None:
        """The short form that begins with a determiner, None if there is none.

        Where the determiner has grown together with a preposition, the short form begins behind it: `del Ministerio`.

        Args:
            read: the sentence.
            at: the determiner.
            seen: numbers of the entities that were spoken of before, in order.
        """
        found = read.tokens
        for size in (3, 2, 1):
            end = at + 1 + size
            if end > len(found) or not self._is_short(read, at + 1, end):
                continue
            words = read.low(at + 1, end)
            kinds = self._kinds.get(words, ())
            if (number := self._meant(" ".join(words), kinds, seen, is_capital=found[end - 1].is_capital)) is not None:
                return Mention(at + (found[at].low in self._contractions), end, number, "short")
        return None

    def _is_short(self, read: Read, start: int, end: int) -> bool:
        """Whether words are a noun that may stand for something, and not the beginning of a full name."""
        found, words = read.tokens, read.low(start, end)
        kinds = self._kinds.get(words, ())
        if not kinds and words not in self._finder.nouns.heads:
            return False
        if not found[end - 1].is_capital and not kinds and self._finder.nouns.is_weak(" ".join(words)):
            return False
        if end >= len(found):
            return True
        if found[end].is_capital and found[end].is_word and found[end].low not in self._finder.openers:
            return False
        goes_on = end + 1 < len(found) and found[end].low in self._goes_on
        return not (goes_on and any(token.is_capital for token in found[end + 1 : end + 3]))

    def _meant(self, noun: str, kinds: Sequence[str], seen: Sequence[int], *, is_capital: bool) -> int | None:
        """The thing that a noun stands for.

        What the noun stood for before, unless something with this noun was introduced since; else the last thing named that
        has it; else the first that is named later; else the last one of a kind that it may stand for.
        """
        registry = self._registry
        exact = [number for number in seen if registry[number].head == noun]
        fitting = exact or [
            number
            for number in seen
            if registry[number].head.endswith(f" {noun}")
            or (noun in words_of(registry[number].name) and self._may_be(registry[number], kinds))
        ]
        newest = max(fitting, default=-1)
        bound = self._bound.get(noun)
        if bound is not None and newest <= bound[1]:
            return bound[0]
        if fitting:
            self._bound[noun] = (fitting[-1], max(fitting))
            return fitting[-1]
        later = next((entity.number for entity in registry if entity.head == noun and entity.is_sure), None) if is_capital else None
        if later is not None:
            return later
        last = next((number for number in reversed(seen) if registry[number].kind in kinds), None)
        return self._topic(kinds) if last is None else last

    def _may_be(self, entity: Entity, kinds: Sequence[str]) -> bool:
        """Whether an entity is of a kind for which a noun may stand; yes where either is open."""
        return not kinds or not entity.kind or entity.kind in kinds

    def _topic(self, kinds: Sequence[str]) -> int | None:
        """The thing that the page is about, where nothing else tells its kind: it is what the noun says."""
        if self.topic is None or self.topic.kind or PRACTICE not in kinds:
            return None
        self.topic.kind, self.topic.classname, self.topic.is_sure = PRACTICE, self._finder.nouns.concepts[PRACTICE], True
        return self.topic.number
