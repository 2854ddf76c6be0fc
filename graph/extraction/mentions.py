"""Where a sentence speaks of something, and a sentence that was read for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.extraction.plain import Plain
from graph.extraction.tokens import Token
from graph.sentences import Sentence
from graph.spans import Span

PENALTIES = {"name": 1.0, "short": 0.85, "pronoun": 0.7, "country": 0.9, "collective": 0.9, "carried": 0.8}
"""What a way of naming takes off the confidence."""


@dataclass(frozen=True)
class Mention:
    """A stretch of a sentence that speaks of an entity.

    Args:
        start: first token.
        end: last token, exclusive.
        entity: its number in the registry.
        method: `name`, `short`, `pronoun`, `country`, `collective` or `carried`.
        skip: tokens behind it that only give another name, in brackets.
    """

    start: int
    end: int
    entity: int
    method: str = "name"
    skip: int = 0

    @property
    def penalty(self) -> float:
        """What the way of naming takes off the confidence, as a factor."""
        return PENALTIES[self.method]


@dataclass
class Read:
    """A sentence that was read.

    Args:
        sentence: the sentence.
        plain: its plain words.
        tokens: its tokens.
        mentions: what it speaks of, in order, none inside another.
        opens: whether it opens a paragraph or list item.
        document_text: the text of the whole document.
        is_header: whether it is the first row of a table.
    """

    sentence: Sentence
    plain: Plain
    tokens: Sequence[Token]
    mentions: list[Mention] = field(default_factory=list)
    opens: bool = False
    document_text: str = ""
    is_header: bool = False

    def words(self, start: int, end: int) -> str:
        """The words from one token up to another."""
        return self.plain.text[self.tokens[start].start : self.tokens[end - 1].end] if end > start else ""

    def low(self, start: int, end: int) -> tuple[str, ...]:
        """The tokens from one up to another, folded in case."""
        return self.lows[start:end]

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """All tokens, folded in case."""
        return tuple(token.low for token in self.tokens)

    def span(self, start: int, end: int) -> Span:
        """Where these tokens stand in the document."""
        return self.plain.span(self.tokens[start].start, self.tokens[end - 1].end)

    def taken(self) -> set[int]:
        """The tokens that its mentions take."""
        return {number for mention in self.mentions for number in range(mention.start, mention.end + mention.skip)}
