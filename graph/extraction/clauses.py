"""The clauses of a sentence: what a word that denies, plans or dates something speaks of.

A main clause goes on behind an insert: of "Spain, which takes part in A, does not drive B" the relative clause is one
clause, and what stands before and behind it another.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.extraction.render import OPEN, Piece
from graph.extraction.rulebook import Source

_COMMA = ","
_FULL = ";"
"""A mark behind which nothing goes on."""
_ENDS = (_COMMA, ".", ";", ")", "!")
_NEAR = 2
"""How far behind an `and` a cue may stand that begins a clause: `and has not`."""
_BEFORE_NAME = 3
"""Words between a negation and the name that it denies: `but not by the Ministry`."""


@dataclass(frozen=True)
class Clauses:
    """The clauses of a sentence, numbered in the order in which they begin.

    Args:
        own: the clause in which each piece stands.
        wholes: for each clause, the first of those with which it makes up a whole: `Chair (until 2018): the Ministry`.
        begins: where each clause begins.
        relatives: where relative clauses begin that no comma sets off.
    """

    own: Sequence[int]
    wholes: Sequence[int]
    begins: Sequence[int]
    relatives: frozenset[int]

    def of(self, start: int, end: int) -> set[int]:
        """The clauses in which a match says what it says: that of its last word, and those inside it that make up a whole with it.

        Args:
            start: first piece of the match.
            end: last piece, exclusive.
        """
        last = self.wholes[self.own[end - 1]]
        first = start + 1 if start + 1 in self.relatives and start + 1 < end else start
        return {number for number in self.own[first:end] if self.wholes[number] == last}

    def wholes_of(self, start: int, end: int) -> set[int]:
        """All clauses that make up a whole with those of a match.

        Args:
            start: first piece of the match.
            end: last piece, exclusive.
        """
        wanted = {self.wholes[number] for number in self.of(start, end)}
        return {number for number, whole in enumerate(self.wholes) if whole in wanted}

    def opens(self, place: int) -> bool:
        """Whether a piece is the first of its clause, or right behind the mark or word with which it begins."""
        return place <= self.begins[self.own[place]] + (self.own[place] > 0)


class ClauseReader:
    """Tells the clauses of sentences in one language.

    Args:
        source: its file `cues.yaml`.
    """

    def __init__(self, source: Source) -> None:
        """Fold the lists once."""
        self._breaks = frozenset(source.words("breaks"))
        self._joiners = frozenset(source.words("clause_joiners"))
        self._relatives = frozenset(source.words("relatives"))
        self._lists = frozenset(source.words("list_joiners"))
        self._openers = frozenset(source.words("clause_openers"))
        self._inserts = (self._openers | self._relatives) - self._lists
        self._bare = frozenset(source.words("bare_relatives"))
        self._before_relatives = frozenset(source.words("before_relatives"))
        self._subordinators = frozenset(source.words("subordinators"))

    def read(self, pieces: Sequence[Piece], cues: Collection[int], denials: Collection[int], inside: Collection[int]) -> Clauses:
        """The clauses of a rendered sentence.

        Args:
            pieces: the sentence.
            cues: where cues begin.
            denials: where those begin that deny.
            inside: pieces inside a cue, which end no clause: "not yet".
        """
        growing = _Growing()
        for number, piece in enumerate(pieces):
            text = piece.text
            if text in self._breaks and number not in inside:
                growing.go_on(number, is_whole=not text[0].isalpha() and text != _FULL)
            elif text in self._bare and number and pieces[number - 1].text.startswith(OPEN):
                growing.go_on(number, is_whole=True)
                growing.relatives.add(number)
            elif text in self._joiners and _is_near(number, cues):
                growing.go_on(number, is_whole=False)
            elif text == _COMMA and number + 1 < len(pieces):
                self._at_comma(pieces, number, growing, cues, denials)
            growing.own.append(growing.stack[-1])
        return Clauses(growing.own, growing.wholes, growing.begins, frozenset(growing.relatives))

    def _at_comma(self, pieces: Sequence[Piece], number: int, growing: "_Growing", cues: Collection[int], denials: Collection[int]) -> None:
        """What a comma begins or ends."""
        after = pieces[number + 1].text
        is_closing = len(growing.stack) > 1
        if is_closing:
            growing.stack.pop()
        is_relative = after in self._before_relatives and number + 2 < len(pieces) and pieces[number + 2].text in self._relatives
        if is_relative or after in self._inserts or self._denies_name(pieces, number + 1, denials):
            growing.insert(number)
        elif after in self._openers:
            growing.go_on(number, is_whole=not _is_near(number + 1, cues))
        elif pieces[growing.begins[growing.stack[-1]]].text in self._subordinators:
            growing.go_on(number, is_whole=False)
        elif after.startswith(OPEN) and not is_closing and not self._is_list(pieces, number + 2):
            growing.go_on(number, is_whole=True)

    def _is_list(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a list goes on at a piece, or the sentence ends there."""
        return at >= len(pieces) or pieces[at].text == _COMMA or pieces[at].text in self._lists

    def _denies_name(self, pieces: Sequence[Piece], at: int, denials: Collection[int]) -> bool:
        """Whether an insert denies a name and nothing else: `, but not Denmark,`, `, and not Denmark,`."""
        at += pieces[at].text in self._breaks or pieces[at].text in self._lists
        if at not in denials:
            return False
        place = next((number for number in range(at, min(at + _BEFORE_NAME, len(pieces))) if pieces[number].text.startswith(OPEN)), None)
        return place is not None and (place + 1 >= len(pieces) or pieces[place + 1].text in _ENDS)


class _Growing:
    """Clauses that grow piece by piece; an insert lies on what it stands in."""

    def __init__(self) -> None:
        self.own: list[int] = []
        self.wholes = [0]
        self.begins = [0]
        self.stack = [0]
        self.relatives: set[int] = set()

    def go_on(self, number: int, *, is_whole: bool) -> None:
        """Let a clause begin where another ends; with `is_whole` both make up a whole."""
        self._begin(number, self.wholes[self.stack[-1]] if is_whole else len(self.wholes))
        self.stack[-1] = len(self.wholes) - 1

    def insert(self, number: int) -> None:
        """Let a clause begin inside another, which goes on behind it."""
        self._begin(number, len(self.wholes))
        self.stack.append(len(self.wholes) - 1)

    def _begin(self, number: int, whole: int) -> None:
        self.wholes.append(whole)
        self.begins.append(number)


def _is_near(number: int, cues: Collection[int]) -> bool:
    """Whether a cue begins right behind a piece, or behind one more word."""
    return any(place in cues for place in range(number + 1, number + 1 + _NEAR))
