"""What somebody looks for. Whatever is typed is words and phrases: no sign of it has a meaning but quotation marks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from graph.search.words import plain, words

FACETS = ("kind", "country", "topic", "said", "certainty")
"""What results can be narrowed by; `said` is the year of the documents that speak of it."""
MOST_LETTERS, MOST_WORDS = 200, 12
"""What is typed beyond that is not looked for."""
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")


class Part(NamedTuple):
    """Words that belong together: one word, or those of a phrase."""

    words: tuple[str, ...]

    @property
    def is_phrase(self) -> bool:
        """Whether it is more than one word."""
        return len(self.words) > 1


@dataclass(frozen=True)
class Wish:
    """What somebody looks for.

    Args:
        typed: what was typed.
        chosen: what the results are narrowed by: facets to the keys that they must have.
    """

    typed: str
    chosen: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The words and phrases, each once, as they are compared."""
        found: list[Part] = []
        text, end = self.typed[:MOST_LETTERS], 0
        for phrase in _PHRASE.finditer(text):
            found += [Part((word.text,)) for word in words(text[end : phrase.start()])]
            found += [Part(together)] if (together := tuple(word.text for word in words(phrase[1]))) else []
            end = phrase.end()
        found += [Part((word.text,)) for word in words(text[end:])]
        return tuple(dict.fromkeys(found))[:MOST_WORDS]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words of the parts, each once."""
        return tuple(dict.fromkeys(word for part in self.parts for word in part.words))

    @cached_property
    def whole(self) -> str:
        """All that was typed, as whole names are compared."""
        return plain(self.typed[:MOST_LETTERS])

    @property
    def is_cut(self) -> bool:
        """Whether more was typed than is looked for."""
        return len(self.typed) > MOST_LETTERS or len(words(self.typed[:MOST_LETTERS])) > MOST_WORDS
