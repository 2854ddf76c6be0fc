"""The nouns of institutions, plans and laws: what kind of thing a name names ("Ministry", "Network", "Convention")."""

from collections.abc import Sequence

from graph.extraction.endings import Endings
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import words_of
from graph.vocabulary import Vocabulary

TITLED = ("treaty", "legal-act", "national-strategy", "action-plan", "declaration", "programme", "campaign", "conference")
"""Kinds whose names go on behind an `in` or a `to`, as titles do."""
_TREATY = "treaty"
_PAIR = 2
_DIGITS = tuple("0123456789")


class Nouns:
    """The nouns of one language.

    Args:
        book: its rules.
        vocabulary: the kinds that there are.
    """

    def __init__(self, book: Rulebook, vocabulary: Vocabulary) -> None:
        """Fold the lists once."""
        language, names = book["language"], book["names"]
        self.complements = language.word_set("connectors_that_begin_a_complement")
        self.concepts = {kind.concept: kind.classname for kind in vocabulary.kinds.values()}
        self.heads: dict[tuple[str, ...], str] = {
            words_of(head): kind for kind, heads in names.lists("heads").items() for head in heads if kind in self.concepts
        }
        plural = Endings(language).plural
        self.heads |= {words_of(several): kind for words, kind in list(self.heads.items()) if (several := plural(" ".join(words)))}
        self._weak = names.word_set("weak_heads")
        self._common = {
            words_of(head): kind for kind, heads in names.lists("common_heads").items() for head in heads if kind in self.concepts
        }

    def is_weak(self, noun: str) -> bool:
        """Whether a noun alone does not make a name the name of an actor."""
        return noun in self._weak

    def common(self, noun: str) -> str:
        """The kind that a common noun, of one word or two, tells when it ends a name in small letters; empty where it is none."""
        return self._common.get(tuple(noun.split()), "")

    def head_of(self, words: Sequence[str]) -> tuple[str, str]:
        """The noun of a name, and the kind that it tells; both empty where it has none.

        The noun stands before the first complement ("Ministry of …") or at the end; a longer noun counts before a shorter one.
        """
        stop = next((number for number, word in enumerate(words) if number and word in self.complements), len(words))
        whole = next((tuple(words[:end]) for end in (4, 3) if tuple(words[:end]) in self.heads), None)
        if whole is not None and tuple(words[:stop][-2:]) not in self.heads:
            return " ".join(whole), self.heads[whole]
        return self._titled(words, stop) or self._last(words[:stop]) or self._first(words)

    def _titled(self, words: Sequence[str], stop: int) -> tuple[str, str] | None:
        """The noun of a title behind a complement, where the one before it is none: `Council of Europe Convention on …`."""
        after = next((number for number, word in enumerate(words) if number > stop and word in self.complements), len(words))
        own = self.heads.get((words[stop - 1],), "") if stop else ""
        kind = self.heads.get((words[after - 1],), "")
        if after - stop > _PAIR and own not in TITLED and kind in TITLED and (not own or kind == _TREATY):
            return words[after - 1], kind
        return None

    def _last(self, words: Sequence[str]) -> tuple[str, str] | None:
        """The noun at the end, or before one word or numbers at the end."""
        for last in range(len(words), 0, -1):
            for first in range(max(0, last - 4), last):
                if kind := self.heads.get(tuple(words[first:last])):
                    return " ".join(words[first:last]), kind
            if last < len(words) and not words[last].startswith(_DIGITS):
                break
        return None

    def _first(self, words: Sequence[str]) -> tuple[str, str]:
        """The noun at the beginning."""
        return next(((" ".join(words[:end]), kind) for end in (3, 2, 1) if (kind := self.heads.get(tuple(words[:end])))), ("", ""))
