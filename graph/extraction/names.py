"""Names that no list holds: runs of capitals with an institution's noun, acronyms, names that the document sets off.

What kind of thing a name names is told by its noun. A name without such a noun is found too, but its kind is open; whether
it names an actor is decided by what is said of it.
"""

from collections.abc import Sequence

from graph.extraction.candidates import Candidate
from graph.extraction.joints import Joints
from graph.extraction.nouns import Nouns
from graph.extraction.plain import Plain
from graph.extraction.rulebook import Rulebook
from graph.extraction.titles import Titles
from graph.extraction.tokens import Token, words_of
from graph.vocabulary import Vocabulary

_LONGEST = 16
_OPEN = ("(", ",")
_GOES_ON = ("(", ",", "/", "'", "\u2019")
"""Marks behind which no new sentence begins."""


class NameFinder:
    """Finds names by the rules of one language.

    Args:
        book: its rules.
        vocabulary: the kinds that there are.
    """

    def __init__(self, book: Rulebook, vocabulary: Vocabulary) -> None:
        """Fold the lists once."""
        language, names = book["language"], book["names"]
        self.nouns = Nouns(book, vocabulary)
        self.articles = language.word_set("articles")
        self.openers = language.word_set("openers") | self.articles
        self._titles = Titles(self.nouns)
        self._joints = Joints(language, names.words("leading_heads"), self.nouns)
        self._adjectives = language.word_set("opening_adjectives")
        self._calendar = language.word_set("months", "days")
        self._connectors = language.word_set("connectors")
        self._leading_adjectives = language.word_set("ordinals", "adjectives_of_names")
        self._place_nouns, self._before_places = language.word_set("places"), language.word_set("before_places")
        self._alone = names.word_set("names_by_themselves")
        self._none = frozenset(words_of(name) for name in names.words("no_actors"))

    def find(self, plain: Plain, found: Sequence[Token]) -> list[Candidate]:
        """The names in a sentence, leftmost first, none inside another.

        Args:
            plain: the sentence.
            found: its tokens.
        """
        titles = self._titles.find(plain, found)
        out: list[Candidate] = []
        at = 0
        while at < len(found):
            name = titles.get(at) or self._name(found, at)
            if name is None:
                at += 1
                continue
            if words_of(" ".join(token.text for token in found[name.start : name.end])) not in self._none:
                out.append(name)
            at = name.end
        return out

    def _name(self, found: Sequence[Token], start: int) -> Candidate | None:
        if not self._begins(found, start):
            return None
        end = self._joints.extent(found, start, _LONGEST)
        if start and found[start - 1].low in self._leading_adjectives and self._head(found, start, end)[0]:
            start -= 1
        if (place := self._place(found, start)) is not None:
            return Candidate(start - 2, end, found[start - 2].low, place)
        head, kind = self._head(found, start, end)
        narrows = end - start > 1 or found[start].is_acronym or start > 0
        if not head and narrows:
            for size in (2, 1):
                noun = " ".join(token.low for token in found[end : end + size])
                if common := self.nouns.common(noun):
                    return Candidate(start, end + size, noun, common)
        return Candidate(start, end, head, kind) if end - start > 1 else self._of_one_word(found, start, head, kind)

    def _place(self, found: Sequence[Token], start: int) -> str | None:
        """The kind that the noun of a place before a name tells, where it belongs to the name: `the city of Cologne`."""
        if start <= 1 or found[start - 1].low not in self._before_places or found[start - 2].low not in self._place_nouns:
            return None
        return self.nouns.heads.get((found[start - 2].low,))

    def _head(self, found: Sequence[Token], start: int, end: int) -> tuple[str, str]:
        return self.nouns.head_of([token.low for token in found[start:end]])

    def _of_one_word(self, found: Sequence[Token], start: int, head: str, kind: str) -> Candidate | None:
        """A name of one word: no noun alone, and at the beginning of a sentence only what is written as no other word is."""
        word = found[start]
        if word.is_acronym or (kind == "government" and head in self._alone):
            return Candidate(start, start + 1, head, kind)
        if head:
            return None
        opens = start == 0 or (not found[start - 1].is_word and found[start - 1].text not in _OPEN)
        is_odd = "." in word.text or any(letter.isdigit() for letter in word.text)
        return None if opens and not is_odd else Candidate(start, start + 1, head, kind)

    def _begins(self, found: Sequence[Token], start: int) -> bool:
        """Whether a name may begin with a token."""
        token = found[start]
        if not token.is_word or not token.is_capital or token.text[0].isdigit() or token.low in self._calendar:
            return False
        if token.low in self.openers and not (token.is_acronym and len(token.text) > 1):
            return False
        after = found[start + 1] if start + 1 < len(found) else None
        goes_on = after is not None and after.is_word and after.is_capital
        if token.low in self._adjectives and not goes_on:
            return False
        is_first = start == 0 or (not found[start - 1].is_word and found[start - 1].text not in _GOES_ON)
        if is_first and after is not None and after.low in self._connectors and not token.is_acronym:
            kind = self.nouns.heads.get((token.low,), "")
            return kind == "government" or (bool(kind) and not self.nouns.is_weak(token.low))
        return len(token.text) > 1
