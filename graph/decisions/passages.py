"""A text by its sentences: to find the words of a decision in it, and to see what another wording would change.

A passage is one sentence, or several that follow each other. It is the unit that is looked for, never a quote by itself:
the same quote says something else once "it is not true that" stands before it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from graph.sentences import Sentence
from graph.spans import Span
from graph.text import fold, fold_words

_WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")
_UNLIKE = 0.5
"""Passages that share fewer of their words than this are not compared."""
_CLOSEST = 4
"""How many passages are compared letter by letter with one that is gone."""


@dataclass(frozen=True)
class Passage:
    """Some sentences that follow each other.

    Args:
        sentences: the sentences, in reading order.
        span: from the first one's beginning to the last one's end.
        text: the document's text there.
    """

    sentences: tuple[Sentence, ...]
    span: Span
    text: str

    @cached_property
    def folded(self) -> str:
        """The text as it is compared."""
        return fold(self.text)

    @cached_property
    def words(self) -> Counter[str]:
        """Its words, folded, with how often each stands there."""
        return Counter(fold_words(self.text).split())


@dataclass(frozen=True)
class Meaning:
    """What of a passage must stay, so that another wording may say the same.

    Args:
        names: words with a capital letter or a digit, in their order.
        cues: what denies, plans, ends, requires or doubts something, in order.
    """

    names: tuple[str, ...]
    cues: tuple[str, ...]


class Cues:
    """Recognises words that make a sentence say something else.

    Args:
        phrases: words that deny, plan, end, require or doubt something, in any language; `*ará` stands for all words with that ending.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Compile the phrases, the longest first, so that one inside another is not counted twice."""
        given = [(fold_words(phrase), phrase.startswith("*")) for phrase in phrases]
        ordered = sorted({one for one in given if one[0]}, key=lambda one: (-len(one[0]), one))
        parts = [rf"\w*{re.escape(words)}" if is_ending else re.escape(words) for words, is_ending in ordered]
        self._pattern = re.compile(rf"\b(?:{'|'.join(parts)})\b") if parts else None
        self.meaning = lru_cache(maxsize=4096)(self._meaning)

    def _meaning(self, text: str) -> Meaning:
        """What of a text must stay."""
        names = tuple(word.casefold() for word in _WORD.findall(text) if word != word.lower() or any(map(str.isdigit, word)))
        return Meaning(names, tuple(self._pattern.findall(fold_words(text))) if self._pattern else ())

    def agree(self, one: str, other: str) -> bool:
        """Whether two texts hold the same names, numbers and cues in the same order. The first word may be a name and counts as one."""
        return self.meaning(one) == self.meaning(other)


class Passages:
    """All passages of one text.

    Args:
        text: the document's text.
        sentences: its sentences, in reading order.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        """Nothing is indexed before it is asked for."""
        self.text = text
        self._sentences = tuple(sorted(sentences, key=lambda sentence: sentence.span.start))
        self._made: dict[int, tuple[Passage, ...]] = {}
        self._folded: dict[int, dict[str, list[Passage]]] = {}
        self._holding: dict[int, dict[str, list[int]]] = {}

    def same(self, words: str, size: int) -> list[Passage]:
        """The passages with the same words, white space and case not counted, however they are cut into sentences today.

        Args:
            words: the words of whole sentences.
            size: how many sentences they were.
        """
        wanted = fold(words)
        for count in dict.fromkeys((size, size + 1, max(1, size - 1))):
            if found := self._by_words(count).get(wanted):
                return found
        return []

    def near(self, words: str, size: int) -> list[Passage]:
        """The few passages of as many sentences that share the most words with these; none that share few."""
        wanted = Counter(fold_words(words).split())
        of_size, holding = self._of(size), self._words(size)
        shared: Counter[int] = Counter()
        for word, times in wanted.items():
            for place in holding.get(word, ()):
                shared[place] += min(times, of_size[place].words[word])
        likeness = {place: 2 * common / (wanted.total() + of_size[place].words.total()) for place, common in shared.items()}
        likely = sorted((place for place, like in likeness.items() if like >= _UNLIKE), key=lambda place: (-likeness[place], place))
        return [of_size[place] for place in likely[:_CLOSEST]]

    def _of(self, size: int) -> tuple[Passage, ...]:
        if size not in self._made:
            starts = range(max(0, len(self._sentences) - size + 1))
            self._made[size] = tuple(self._passage(self._sentences[start : start + size]) for start in starts)
        return self._made[size]

    def _passage(self, sentences: tuple[Sentence, ...]) -> Passage:
        span = Span(sentences[0].span.start, sentences[-1].span.end)
        return Passage(sentences, span, span.of(self.text))

    def _by_words(self, size: int) -> dict[str, list[Passage]]:
        if size not in self._folded:
            found: dict[str, list[Passage]] = defaultdict(list)
            for passage in self._of(size):
                found[passage.folded].append(passage)
            self._folded[size] = found
        return self._folded[size]

    def _words(self, size: int) -> dict[str, list[int]]:
        if size not in self._holding:
            found: dict[str, list[int]] = defaultdict(list)
            for place, passage in enumerate(self._of(size)):
                for word in passage.words:
                    found[word].append(place)
            self._holding[size] = found
        return self._holding[size]
