"""Whether a relation is denied, planned, past, required or merely possible, told by the words around it.

A cue counts for what stands in its own clause. Where cues contradict each other nothing is decided: such a proposal
goes to review and is never asserted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.extraction.clauses import ClauseReader, Clauses
from graph.extraction.render import OPEN, Piece
from graph.extraction.rulebook import Source

_KINDS = ("negated", "past", "planned", "possible", "required")
REACHES = ("", "_of_names", "_before_nouns", "_of_past", "_at_start", "_of_before")
"""What a list in the file may have behind its kind: of what its cues speak, if not of their whole clause."""
_AFTER = 10
_GAP = "..."
_LONGEST_GAP = 7
_QUESTION = "?"
_YEAR = 4
"""Digits of a year."""


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
class Cue:
    """A word, or several, that take a relation out of the plain present.

    Args:
        kind: `negated`, `past`, `planned`, `possible` or `required`.
        start: its first piece.
        end: its last piece, exclusive.
        words: as the file has them.
        reach: of what it speaks, if not of its whole clause.
    """

    kind: str
    start: int
    end: int
    words: str
    reach: str = ""


class Cues:
    """The cues of one language.

    Args:
        source: its file `cues.yaml`.
    """

    def __init__(self, source: Source) -> None:
        """Put the cues into one table by their first word."""
        self._cues: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for kind in (*_KINDS, "none"):
            for reach in REACHES:
                for words in _written(source.words(f"{kind}{reach}")):
                    parts = tuple(words.split())
                    self._cues.setdefault(parts[0], []).append((parts, kind, reach))
        for entries in self._cues.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._endings = {kind: endings for kind in _KINDS if (endings := source.words(f"{kind}_endings"))}
        self._clauses = ClauseReader(source)
        self._paired = frozenset(source.words("paired_negations"))
        self._before_plans = frozenset(source.words("past_before_plans"))
        self._months = frozenset(source.words("months"))
        self._before_months = frozenset(source.words("before_months"))
        self.alternatives = frozenset(source.words("alternatives"))

    def find(self, pieces: Sequence[Piece]) -> list[Cue]:
        """All cues in a rendered sentence; a longer one hides what stands in it ("not only")."""
        found: list[Cue] = []
        at = 0
        while at < len(pieces):
            entries = self._cues.get(pieces[at].text, ())
            parts = next((parts for parts, _, _ in entries if _stands(parts, pieces, at)), ())
            if parts and not self._is_month(pieces, at):
                cues = [
                    Cue(kind, at, at + _length(parts, pieces, at), " ".join(parts), reach) for own, kind, reach in entries if own == parts
                ]
                found += [cue for cue in cues if cue.kind != "none"]
                at += 1 if _GAP in parts else len(parts)
                continue
            found += self._by_ending(pieces[at].text, at)
            at += 1
        return found

    def _is_month(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a word that may be a cue is the name of a month: with a number beside it, or behind a word that leads to dates."""
        if pieces[at].text not in self._months:
            return False
        beside = [pieces[place].text for place in (at - 1, at + 1) if 0 <= place < len(pieces)]
        return any(word.isdigit() and len(word) <= _YEAR for word in beside) or (at > 0 and pieces[at - 1].text in self._before_months)

    def _by_ending(self, word: str, at: int) -> list[Cue]:
        """The cue that a word is by its ending, where a language puts it there: the future of verbs in Spanish."""
        return [Cue(kind, at, at + 1, word) for kind, endings in self._endings.items() if word.endswith(endings)]

    def clauses(self, pieces: Sequence[Piece], found: Sequence[Cue]) -> Clauses:
        """The clauses of a rendered sentence.

        Args:
            pieces: the sentence.
            found: its cues.
        """
        denials = frozenset(cue.start for cue in found if cue.kind == "negated" and not cue.reach)
        inside = frozenset(place for cue in found for place in range(cue.start + 1, cue.end) if _GAP not in cue.words)
        return self._clauses.read(pieces, frozenset(cue.start for cue in found), denials, inside)

    @staticmethod
    def asks(pieces: Sequence[Piece]) -> bool:
        """Whether a sentence is a question, which asserts nothing."""
        last = next(
            (piece.text for piece in reversed(pieces) if piece.text == _QUESTION or piece.text[0].isalnum() or piece.text[0] == OPEN), ""
        )
        return last == _QUESTION

    def decide(  # noqa: PLR0911  # one answer a case
        self,
        pieces: Sequence[Piece],
        found: Sequence[Cue],
        start: int,
        end: int,
        *,
        is_apposed: bool = False,
        is_past: bool = False,
        clauses: Clauses | None = None,
    ) -> Decision:
        """What the cues say of a relation.

        Args:
            pieces: the rendered sentence.
            found: its cues.
            start: first piece of the match.
            end: last piece of the match, exclusive.
            is_apposed: whether it is an insert, of which the verb of the sentence says nothing.
            is_past: whether its verb stands in the past.
            clauses: the clauses of the sentence; without them it is taken to be one.
        """
        if not found:
            return Decision()
        clauses = clauses or Clauses([0] * len(pieces), [0], [0], frozenset())
        near = list(_near(found, clauses, start, end, is_apposed=is_apposed, is_past=is_past))
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


def _near(found: Iterable[Cue], clauses: Clauses, start: int, end: int, *, is_apposed: bool, is_past: bool) -> Iterator[Cue]:
    """The cues that count for a match."""
    wanted = clauses.of(start, end)
    for cue in found:
        own = clauses.own[cue.start]
        is_inside = start <= cue.start and cue.end <= end
        is_own = is_inside if is_apposed else own in wanted and cue.end <= end + _AFTER
        match cue.reach:
            case "_of_names":
                counts = cue.end in (start, end - 1)
            case "_before_nouns":
                counts = is_inside or (cue.end == start and not is_apposed)
            case "_of_past":
                counts = is_own and is_past
            case "_at_start":
                counts = clauses.opens(cue.start) and cue.start < end and not {own, own + 1}.isdisjoint(wanted)
            case "_of_before":
                counts = cue.start >= end and not is_apposed
            case _:
                counts = is_own
        if counts:
            yield cue


def _written(words: Iterable[str]) -> Iterator[str]:
    """Words as they may be written: with a straight apostrophe or a curved one."""
    for one in words:
        yield one
        if "'" in one:
            yield one.replace("'", "\u2019")


def _stands(parts: Sequence[str], pieces: Sequence[Piece], at: int) -> bool:
    """Whether the words of a cue stand from a piece on."""
    if _GAP in parts:
        return _length(parts, pieces, at) > 0
    return len(parts) == 1 or all(at + number < len(pieces) and pieces[at + number].text == part for number, part in enumerate(parts))


def _length(parts: Sequence[str], pieces: Sequence[Piece], at: int) -> int:
    """Over how many pieces a cue goes, 0 if a word behind its gap is not there."""
    if _GAP not in parts:
        return len(parts)
    gap = parts.index(_GAP)
    if not _stands(parts[:gap], pieces, at):
        return 0
    behind = at + gap
    for place in range(behind + 1, min(behind + _LONGEST_GAP, len(pieces))):
        if pieces[place].text == parts[gap + 1] and _stands(parts[gap + 1 :], pieces, place):
            return place + len(parts) - gap - 1 - at
    return 0
