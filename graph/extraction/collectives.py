"""Things that are named by a common noun alone: "NGOs", "young people in the region", "a working group on child trafficking"."""

from collections.abc import Sequence

from graph.extraction.mentions import Mention, Read
from graph.extraction.names import NameFinder
from graph.extraction.registry import Entity, Registry
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import Token, words_of

_CONCEPTS = {"offices": "office", "governments": "government"}
"""Lists of collectives that are no classes: the kind that their nouns tell."""
_WITH_AGES = ("targets", "heads")
_PAIR = 2
_LONGEST_COMPLEMENT = 4
_LONGEST_GROUP = 9
_DASH = ("-", "\u2013")


class Collectives:
    """Finds common nouns that stand for actors, by the lists of one language.

    Args:
        book: its rules.
        finder: knows the kinds, and words that begin no name.
        registry: the things that the document names.
    """

    def __init__(self, book: Rulebook, finder: NameFinder, registry: Registry) -> None:
        """Fold the lists once."""
        names, language = book["names"], book["language"]
        self._concepts, self._registry = finder.nouns.concepts, registry
        self._collectives = names.kinds("collectives")
        self._common = names.kinds("common_heads")
        self._small = language.word_set("opaque", "determiners") | finder.openers
        self._verbal = language.words("verbal_endings")
        self._complements = language.word_set("connectors_of_common_nouns")
        self._before_targets = names.phrases("before_targets")
        self._leads = frozenset(words[-1] for words in self._before_targets)
        self._firsts = frozenset(words[0] for words in self._collectives)
        self._no_targets = names.word_set("no_targets")
        self._nobody = names.word_set("no_actors_ever")
        self._adjectives = language.word_set("no_narrowing")
        self._of_groups = language.word_set("of_groups")
        self._in_groups = language.word_set("in_groups")
        self._articles = language.word_set("articles")
        self._before_employers = language.word_set("before_employers")
        self._before_ages = language.word_set("before_ages")
        self._in_ages = language.word_set("in_ages")
        self._before_regions = language.word_set("before_regions")

    def aimed_at(self, read: Read, at: int) -> Mention | None:
        """Whom something is meant for, whatever the noun: `aimed at older owners of weapons`, `Audience: citizens 65+`.

        Args:
            read: the sentence.
            at: the token at which the words would begin.
        """
        found = read.tokens
        before = at - 1 if at and found[at - 1].low in self._articles else at
        if not before or read.lows[before - 1] not in self._leads:
            return None
        if not any(read.low(before - len(words), before) == words for words in self._before_targets if len(words) <= before):
            return None
        end = self._group_end(found, at)
        if not self._nobody.isdisjoint(read.lows[at:end]):
            return None
        if end == at or found[at].low.endswith(self._verbal) or (end - at == 1 and found[at].low in self._no_targets):
            return None
        return Mention(at, end, self._entity(read, at, end, "collective", found[end - 1].low, is_people=True).number, "collective")

    def _group_end(self, found: Sequence[Token], at: int) -> int:
        """Where the words for a group of people end: small words, ages, and what narrows them with `of` or `with`."""
        end = at
        while end < len(found) and end - at < _LONGEST_GROUP:
            token = found[end]
            if not token.is_word and token.text not in _DASH and token.text != "+":
                break
            if token.is_capital or (token.low in self._small and (end == at or token.low not in self._in_groups)):
                break
            end += 1
        while end > at and (found[end - 1].low in self._small or found[end - 1].text in _DASH):
            end -= 1
        return end

    def named(self, read: Read, at: int) -> Mention | None:
        """The class of people or bodies, the office or the government that words from a token on mean, None if they mean none.

        Args:
            read: the sentence.
            at: the token.
        """
        if read.lows[at] not in self._firsts:
            return None
        for size in (3, 2, 1):
            words = read.low(at, at + size)
            kind = self._collectives.get(words) if len(words) == size else None
            if kind is None or (kind == "targets" and self._is_of_owner(read.tokens, at + size)):
                continue
            end = self._narrowed(read.tokens, at + size) if kind in _WITH_AGES else at + size
            if kind == "targets" and end == at + size:
                end = self._narrowed(read.tokens, self._of_what(read.tokens, end))
            start = self._with_modifiers(read.tokens, at) if kind == "targets" else at
            concept = _CONCEPTS.get(kind, "collective")
            entity = self._entity(read, start, end, concept, words[-1], is_collective=kind not in _CONCEPTS, is_people=kind == "targets")
            return Mention(start, end, entity.number, "collective")
        return None

    def described(self, read: Read, at: int) -> Mention | None:
        """A common noun behind an article, with what narrows it, where no name is given; None if there is none.

        Args:
            read: the sentence.
            at: the article.
        """
        found = read.tokens
        if found[at - 1].text == "," and any(mention.end + mention.skip == at - 1 for mention in read.mentions):
            return None  # it says what the name before it is
        for before in range(4):
            for size in (3, 2, 1):
                first = at + 1 + before
                words = read.low(first, first + size)
                kind = self._common.get(words) if len(words) == size else None
                if kind is None:
                    continue
                if any(not token.is_word or token.low in self._small or token.is_capital for token in found[at + 1 : first]):
                    return None
                end = self._complement(found, first + size)
                if any(mention.start == end or (mention.start == end + 1 and not found[end].is_word) for mention in read.mentions):
                    return None  # the name follows
                if end == first + size and self._adjectives.issuperset(read.lows[at + 1 : first]):
                    return None
                return Mention(at + 1, end, self._entity(read, at + 1, end, kind, " ".join(words)).number, "collective")
        return None

    def _entity(
        self, read: Read, start: int, end: int, kind: str, head: str, *, is_collective: bool = False, is_people: bool = False
    ) -> Entity:
        """What these words name, taken up where it is new."""
        name = read.words(start, end)
        classname, span = self._concepts.get(kind, ""), read.span(start, end)
        return self._registry.by_words(words_of(name)) or self._registry.add(
            Entity(0, name, kind, classname, None, head, span, is_collective=is_collective or is_people, is_people=is_people, is_sure=False)
        )

    def _is_of_owner(self, found: Sequence[Token], at: int) -> bool:
        """Whether a class turns out to be the staff of somebody: `officers from Belgium`."""
        if at + 1 >= len(found) or found[at].low not in self._before_employers:
            return False
        return found[at + 1].is_capital or (found[at + 1].low in self._articles and at + 2 < len(found) and found[at + 2].is_capital)

    def _narrowed(self, found: Sequence[Token], at: int) -> int:
        """Where a class ends with its ages or its region: `aged 12 to 15 years`, `in Flanders`."""
        if at < len(found) and found[at].text[0].isdigit():
            return next((end for end in range(at, len(found)) if not self._goes_on(found[end])), len(found))
        if at + 1 >= len(found):
            return at
        is_aged = found[at].low in self._before_ages and found[at + 1].text[0].isdigit()
        if not is_aged and not (found[at].low in self._before_regions and found[at + 1].is_capital):
            return at
        end = at + 2
        while end < len(found) and self._goes_on(found[end]):
            end += 1
        return end

    def _of_what(self, found: Sequence[Token], at: int) -> int:
        """Where a group of people ends with what it has or where it is: `pupils of the primary schools`, `owners of weapons`."""
        if at + 1 >= len(found) or found[at].low not in self._of_groups:
            return at
        after = at + 1 + (found[at + 1].low in self._articles)
        end = after
        while end < len(found) and end - after < _PAIR and self._narrows(found[end]):
            end += 1
        return end if end > after and not found[end - 1].low.endswith(self._verbal) else at

    def _narrows(self, token: Token) -> bool:
        """Whether a word may narrow a common noun: no name, and none of the small words."""
        return token.is_word and not token.is_capital and token.low not in self._small

    def _goes_on(self, token: Token) -> bool:
        return token.is_capital or token.text[0].isdigit() or token.low in self._in_ages or token.text in _DASH

    def _with_modifiers(self, found: Sequence[Token], at: int) -> int:
        """Where a class begins with the words that narrow it: `for livestock farmers`, `to older car owners`."""
        start = at
        while start and at - start < _PAIR and self._narrows(found[start - 1]):
            start -= 1
        before = found[start - 1] if start else None
        return start if before is None or not before.is_word or before.low in self._small else at

    def _complement(self, found: Sequence[Token], at: int) -> int:
        """Where the complement of a common noun ends: `of`, `on`, `for` or `against`, and up to four words."""
        if at + 1 >= len(found) or found[at].low not in self._complements:
            return at
        end = at + 1
        while (
            end < len(found) and end - at <= _LONGEST_COMPLEMENT and self._narrows(found[end]) and not found[end].low.endswith(self._verbal)
        ):
            end += 1
        return end if end > at + 1 else at
