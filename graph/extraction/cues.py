"""Whether a relation is denied, planned, past, required or merely possible, told by the words around it.

A cue counts for what stands in its own clause. Where cues contradict each other nothing is decided: such a proposal
goes to review and is never asserted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.extraction.render import OPEN, Piece
from graph.extraction.rulebook import Source

_KINDS = ("negated", "past", "planned", "possible", "required")
_AFTER = 10
_LONGEST_CUE = 6
_YEAR = 4
"""Digits of a year; `may` right before one is a month."""


@dataclass(frozen=True)
class Decision:
    """What the cues say.

    Args:
        polarity: `affirmed` or `negated`.
        modality: `asserted`, `planned`, `past`, `required` or `possible`.
        reason: why it could not be decided; empty if it could.
    """

    polarity: str = "affirmed"
    modality: str = "asserted"
    reason: str = ""


@dataclass(frozen=True)
class _Cue:
    kind: str
    start: int
    end: int
    words: str


class Cues:
    """The cues of one language.

    Args:
        source: its file `cues.yaml`.
    """

    def __init__(self, source: Source) -> None:
        """Put the cues into one table by their first word."""
        self._cues: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind in (*_KINDS, "none"):
            for words in source.words(kind):
                parts = tuple(words.split())
                self._cues.setdefault(parts[0], []).append((parts, kind))
        for entries in self._cues.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._endings = {kind: endings for kind in _KINDS if (endings := source.words(f"{kind}_endings"))}
        self._breaks = frozenset(source.words("breaks"))
        self._clause_joiners = frozenset(source.words("clause_joiners"))
        self._openers = frozenset(source.words("clause_openers"))
        self._relatives = frozenset(source.words("relatives"))
        self._before_relatives = frozenset(source.words("before_relatives"))
        self._joiners = frozenset(source.words("list_joiners"))
        self._paired = frozenset(source.words("paired_negations"))
        self._before_plans = frozenset(source.words("past_before_plans"))

    def find(self, pieces: Sequence[Piece]) -> list[_Cue]:
        """All cues in a rendered sentence; a longer one hides what stands in it ("not only")."""
        found: list[_Cue] = []
        at = 0
        while at < len(pieces):
            beside = pieces[at + 1].text if at + 1 < len(pieces) else ""
            is_month = beside.isdigit() and len(beside) == _YEAR
            for parts, kind in self._cues.get(pieces[at].text, ()):
                if is_month and kind == "possible":
                    continue
                if tuple(piece.text for piece in pieces[at : at + len(parts)]) == parts:
                    if kind != "none":
                        found.append(_Cue(kind, at, at + len(parts), " ".join(parts)))
                    at += len(parts) - 1
                    break
            else:
                found += self._by_ending(pieces[at].text, at)
            at += 1
        return found

    def _by_ending(self, word: str, at: int) -> list[_Cue]:
        """The cue that a word is by its ending, where a language puts it there: the future of verbs in Spanish."""
        return [_Cue(kind, at, at + 1, word) for kind, endings in self._endings.items() if word.endswith(endings)]

    def decide(self, pieces: Sequence[Piece], found: Sequence[_Cue], start: int, end: int, *, is_apposed: bool = False) -> Decision:  # noqa: PLR0911  # one answer a case
        """What the cues say of a relation.

        Args:
            pieces: the rendered sentence.
            found: its cues.
            start: first piece of the match.
            end: last piece of the match, exclusive.
            is_apposed: whether it is an insert, of which the verb of the sentence says nothing.
        """
        if not found:
            return Decision()
        first, last = (start, end) if is_apposed else self.clause(pieces, start, end)
        near = [cue for cue in found if cue.start >= first and cue.end <= min(last, end + _AFTER)]
        kinds = {cue.kind for cue in near}
        said = ", ".join(f"“{cue.words}”" for cue in near)
        match sorted(kinds):
            case []:
                return Decision()
            case ["negated"]:
                return (
                    Decision("negated")
                    if len(near) == 1 or {cue.words for cue in near} <= self._paired
                    else Decision("affirmed", "possible", f"two negations: {said}")
                )
            case [kind]:
                return Decision("affirmed", kind)
            case ["past", "planned"]:
                return Decision(
                    "affirmed", "planned" if near[0].words in self._before_plans else "possible", f"cues that contradict: {said}"
                )
            case ["possible", *_] | [*_, "possible"] if "negated" not in kinds:
                return Decision("affirmed", "possible")
            case ["planned", "required"]:
                return Decision("affirmed", "planned")
        return Decision("affirmed", "possible", f"cues that contradict: {said}")

    def clause(self, pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int]:
        """The pieces of the clause around a match: up to the nearest break on either side."""
        first = next((number + 1 for number in range(start - 1, -1, -1) if self._is_break(pieces, number)), 0)
        last = next((number for number in range(end, len(pieces)) if self._is_break(pieces, number)), len(pieces))
        return first, last

    def _is_cue(self, pieces: Sequence[Piece], number: int) -> bool:
        """Whether a cue begins at a piece."""
        return any(cue.start == 0 for cue in self.find(pieces[number : number + _LONGEST_CUE]))

    def _is_break(self, pieces: Sequence[Piece], number: int) -> bool:
        text = pieces[number].text
        if text in self._breaks or (text in self._clause_joiners and self._is_cue(pieces, number + 1)):
            return True
        if text != "," or number + 1 >= len(pieces):
            return False
        after = pieces[number + 1].text
        if after in self._openers:
            return True
        if after in self._before_relatives and number + 2 < len(pieces) and pieces[number + 2].text in self._relatives:
            return True
        goes_on = number + 2 >= len(pieces) or pieces[number + 2].text == "," or pieces[number + 2].text in self._joiners
        return after.startswith(OPEN) and not goes_on
