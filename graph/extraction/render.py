"""A sentence as the rules see it: small letters, a space behind each token, and each mention as one sign with its class.

    Spain co-drives the CSE EMPACT Group in Europol.   ->   ⟦S0⟧ co-drives ⟦C1⟧ in ⟦B2⟧ .

Mentions that are coordinated ("A, B and C") are one sign, so that a rule sees one subject and yields a claim for each.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.extraction.mentions import Mention, Read
from graph.extraction.registry import Registry
from graph.extraction.rulebook import Rulebook

OPEN, CLOSE = "\u27e6", "\u27e7"
UNKNOWN = "?"
_PAIR = 2
_LONGEST_DESCRIPTION = 3
_FIRST = 2
"""Tokens that may stand before the subject of a sentence."""
_COMMAS = (",",)


@dataclass(frozen=True)
class Piece:
    """One piece of a rendered sentence.

    Args:
        text: as the rules see it, without the space.
        start: first token that it stands for.
        end: last token, exclusive.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Rendered:
    """A sentence for the rules.

    Args:
        text: the pieces, each with a space behind it.
        pieces: the pieces.
        offsets: where each piece begins in `text`.
        groups: the mentions that each sign stands for, by the number in the sign.
    """

    text: str
    pieces: Sequence[Piece]
    offsets: Sequence[int]
    groups: Sequence[Sequence[Mention]]

    def offset_of(self, number: int) -> int:
        """Where the sign with a number begins in `text`; the end of the text if there is none."""
        sign = f"{number}{CLOSE}"
        return next(
            (at for at, piece in zip(self.offsets, self.pieces, strict=True) if piece.text[0] == OPEN and piece.text[2:] == sign),
            len(self.text),
        )

    def piece_at(self, offset: int) -> int:
        """The piece at a place of `text`."""
        return max(0, bisect_right(self.offsets, offset) - 1)


class Renderer:
    """Renders sentences of one language.

    Args:
        book: its rules.
        letters: local name of each class to the letter that stands for it.
        verbs: verbs of the rules; behind one of them, or a helping verb, the mentions before it are its subject.
    """

    def __init__(self, book: Rulebook, letters: Mapping[str, str], verbs: Collection[str]) -> None:
        """Split coordinators of several words once."""
        language = book["language"]
        self._coordinators = sorted((tuple(words.split()) for words in language.words("coordinators")), key=len, reverse=True)
        self._simple = frozenset(words for words in self._coordinators if len(words) == 1)
        self._articles, self._prepositions = language.word_set("determiners"), language.word_set("repeated_prepositions")
        self._descriptors = frozenset(words[-1] for words in book["names"].kinds("descriptors"))
        self._verbs = language.word_set("helping") | frozenset(verbs)
        self._in_dates = language.word_set("months", "repeated_prepositions")
        self._letters = letters

    def render(self, read: Read, registry: Registry) -> Rendered:
        """The sentence for the rules.

        Args:
            read: the sentence with its mentions.
            registry: the entities of the document.
        """
        groups = self._grouped(read, registry)
        first = {group[0].start: number for number, group in enumerate(groups)}
        pieces: list[Piece] = []
        at = 0
        while at < len(read.tokens):
            number = first.get(at)
            if number is None:
                token = read.tokens[at]
                pieces.append(Piece(":" if token.text == "|" else token.low, at, at + 1))
                at += 1
                continue
            group = groups[number]
            start = at
            while pieces and pieces[-1].text in self._articles:
                start = pieces.pop().start
            last = group[-1]
            letter = self._letters.get(registry[group[0].entity].classname, UNKNOWN)
            at = last.end + last.skip + self._closing(read, group)
            pieces.append(Piece(f"{OPEN}{letter}{number}{CLOSE}", start, at))
        return joined(pieces, groups)

    def _grouped(self, read: Read, registry: Registry) -> list[list[Mention]]:
        groups: list[list[Mention]] = []
        for mention in read.mentions:
            if groups and self._is_joined(read, groups[-1], mention, registry):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        return [part for group in groups for part in self._split(read, group)]

    def _split(self, read: Read, group: list[Mention]) -> list[list[Mention]]:
        """A list that is joined by nothing but one comma is no list: `Child Focus, a foundation`."""
        if len(group) == _PAIR and not self._coordinator(read, group[0].end + group[0].skip, group[1].start):
            return [[group[0]], [group[1]]]
        for number in range(1, len(group)):
            if self._begins_clause(read, group[number - 1], group[number], group[-1]):
                return [*self._split(read, group[:number]), group[number:]]
        return [group]

    def _without_date(self, between: list[str]) -> list[str]:
        """What joins two mentions without a date between them: `A in February 2008, and B`."""
        end = next((number for number, word in enumerate(between) if word in _COMMAS or (word,) in self._simple), 0)
        date = between[:end]
        is_date = bool(date) and date[-1].isdigit() and all(word.isdigit() or word in self._in_dates for word in date)
        return between[end:] if is_date else between

    def _without_description(self, between: list[str]) -> list[str]:
        """What joins two mentions without the words that say what the second one is: `and the consumer association`."""
        kept = list(between)
        while kept and kept[-1] not in self._articles and kept[-1] not in _COMMAS and (kept[-1],) not in self._simple:
            kept.pop()
            if len(between) - len(kept) > _LONGEST_DESCRIPTION:
                return between
        while kept and kept[-1] in self._articles:
            kept.pop()
        return kept

    def _leads(self, read: Read, mention: Mention) -> str:
        """The preposition before a mention, empty if there is none: it may be said again before the next one of a list."""
        at = mention.start - 1
        while at >= 0 and read.tokens[at].low in self._articles:
            at -= 1
        return read.tokens[at].low if at >= 0 and read.tokens[at].low in self._prepositions else ""

    def _begins_clause(self, read: Read, before: Mention, mention: Mention, last: Mention) -> bool:
        """Whether a comma and an `and` lead to the next clause: `is chaired by A, and B and C are members`."""
        between = [token.low for token in read.tokens[before.end + before.skip : mention.start] if token.low not in self._articles]
        end = last.end + last.skip
        is_verb = end < len(read.tokens) and read.tokens[end].low in self._verbs
        return is_verb and before.start > _FIRST and between[:1] == list(_COMMAS) and tuple(between[1:]) in self._simple

    def _is_joined(self, read: Read, group: Sequence[Mention], mention: Mention, registry: Registry) -> bool:
        last = group[-1]
        if mention.method == "pronoun" or last.method == "pronoun":
            return False
        between = [token.low for token in read.tokens[last.end + last.skip : mention.start]]
        between = self._without_date(between)
        while between and between[-1] in self._articles:
            between.pop()
        if between and between[-1] in self._descriptors:
            between = self._without_description(between)
        if len(between) > 1 and tuple(between[:-1]) in self._simple and self._leads(read, group[0]) == between[-1]:
            return True
        if between == [";"]:
            return any(token.text == ":" for token in read.tokens[: last.start])
        if between and between[0] in _COMMAS:
            between = between[1:]
            if not between:
                return registry[last.entity].number != registry[mention.entity].number
        return tuple(between) in self._coordinators

    def _closing(self, read: Read, group: Sequence[Mention]) -> int:
        """The comma that closes an insert which joins two mentions: `A, together with B, is`."""
        end = group[-1].end + group[-1].skip
        if len(group) < _PAIR or end >= len(read.tokens) or read.tokens[end].text not in _COMMAS:
            return 0
        words = [token.low for token in read.tokens[group[-2].end + group[-2].skip : group[-1].start] if token.low not in self._articles]
        return int(words[:1] == list(_COMMAS) and len(words) > _PAIR)

    def _coordinator(self, read: Read, start: int, end: int) -> bool:
        words = [token.low for token in read.tokens[start:end] if token.low not in self._articles and token.low not in _COMMAS]
        return tuple(words) in self._coordinators


def joined(pieces: Sequence[Piece], groups: Sequence[Sequence[Mention]]) -> Rendered:
    """Pieces as one text.

    Args:
        pieces: the pieces.
        groups: what the signs among them stand for.
    """
    offsets: list[int] = []
    at = 0
    for piece in pieces:
        offsets.append(at)
        at += len(piece.text) + 1
    return Rendered("".join(f"{piece.text} " for piece in pieces), pieces, offsets, groups)
