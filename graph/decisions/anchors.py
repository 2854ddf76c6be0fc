"""The words of a decision in a text as it is today.

    exact       the quote stands where it was read
    moved       the same sentences stand at another place
    changed     sentences much like them stand there, with the same names, numbers, denials and plans
    missing     nothing like them stands there
    humanOnly   the words are there, and only people say that they make the claim

An anchor says where to look. It never decides: a claim whose words have changed or are gone keeps its state, is marked,
and waits for a person.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from graph.decisions.passages import Cues, Passage, Passages
from graph.decisions.records import EvidenceRecord
from graph.sentences import Sentence
from graph.spans import Span
from graph.text import fold

AnchorState = Literal["exact", "moved", "changed", "missing", "humanOnly"]
CLOSE = 0.85
"""How alike two passages are at least, where one is the other with a change: the share of letters, or words, that stay."""
_LETTERS = 500
_WORDS = 500
"""Letters of a passage beyond which its words are compared instead of its letters, and words beyond which it is only looked for
as it is: the time grows with the square."""


@dataclass(frozen=True)
class Anchor:
    """Where the words of a decision stand today.

    Args:
        state: one of those above.
        span: where the quote stands, or what stands in its place; None where nothing does.
        sentences: the sentences there, in reading order.
        likeness: 1 for the same words, less for others, 0 for none.
    """

    state: AnchorState
    span: Span | None = None
    sentences: tuple[Sentence, ...] = ()
    likeness: float = 0.0

    @property
    def needs_a_look(self) -> bool:
        """Whether a person has to look at it again."""
        return self.state in ("changed", "missing")


MISSING = Anchor("missing")


class Anchorage:
    """Finds the evidence of decisions in one text.

    Args:
        text: the document's text.
        sentences: its sentences.
        cues: phrases that deny, plan, end, require or doubt something, from the rules of the document's language; None where
            there are no rules for it, so that no other wording can be trusted to say the same.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], cues: Iterable[str] | None) -> None:
        """Nothing is looked for yet."""
        self._passages = Passages(text, sentences)
        self._cues = None if cues is None else Cues(cues)
        self._alike = lru_cache(maxsize=4096)(self._most_alike)

    def anchor(self, evidence: EvidenceRecord) -> Anchor:
        """Where the evidence of a decision stands today.

        Args:
            evidence: the evidence as it was when the decision was made.
        """
        if same := self._passages.same(evidence.words, len(evidence.sentences)):
            return self._kept(evidence, min(same, key=lambda passage: self._strangeness(evidence, passage)))
        near, likeness = self._alike(evidence.words, len(evidence.sentences))
        if not near:
            return MISSING
        found = min(near, key=lambda passage: self._strangeness(evidence, passage))
        return Anchor("changed", found.span, found.sentences, likeness)

    def _kept(self, evidence: EvidenceRecord, passage: Passage) -> Anchor:
        span = _place(evidence, passage)
        touched = tuple(sentence for sentence in passage.sentences if sentence.span.start < span.end and span.start < sentence.span.end)
        is_there = span.start == evidence.start and span.of(self._passages.text) == evidence.quote
        return Anchor("exact" if is_there else "moved", span, touched, 1.0)

    def _most_alike(self, words: str, size: int) -> tuple[tuple[Passage, ...], float]:
        """The passages that are the most like the words and may still say the same, and how alike they are."""
        wanted = fold(words)
        by_letters = len(wanted) <= _LETTERS
        matcher = SequenceMatcher[str](autojunk=False)
        if self._cues is None or (not by_letters and len(wanted.split()) > _WORDS):
            return (), 0.0
        matcher.set_seq2(wanted if by_letters else wanted.split())
        likeness = {}
        for passage in self._passages.near(words, size):
            matcher.set_seq1(passage.folded if by_letters else passage.folded.split())
            is_close = matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE and self._cues.agree(words, passage.text)
            if is_close and (ratio := matcher.ratio()) >= CLOSE:
                likeness[passage] = ratio
        most = max(likeness.values(), default=0.0)
        return tuple(passage for passage, like in likeness.items() if like == most), most

    def _strangeness(self, evidence: EvidenceRecord, passage: Passage) -> tuple[int, int, int]:
        """How little a place is like that of the evidence: by the text around it, by its distance, by its order."""
        text, span = self._passages.text, passage.span
        before, behind = text[max(0, span.start - len(evidence.prefix)) : span.start], text[span.end : span.end + len(evidence.suffix)]
        kept = _common(before[::-1], evidence.prefix[::-1]) + _common(behind, evidence.suffix)
        return -kept, abs(span.start - (evidence.start - max(0, evidence.words.find(evidence.quote)))), span.start


def with_proposal(anchor: Anchor, *, is_added: bool, is_proposed: bool) -> Anchor:
    """The anchor of a claim that people have added, where no rule proposes it: by them alone.

    Args:
        anchor: where the words stand.
        is_added: whether it stands by people alone.
        is_proposed: whether a rule proposes it on these words today.
    """
    return replace(anchor, state="humanOnly") if is_added and not is_proposed and not anchor.needs_a_look else anchor


def _place(evidence: EvidenceRecord, passage: Passage) -> Span:
    """Where the quote stands in a passage with the same words: line breaks may differ; failing that, the whole passage."""
    if not evidence.passage:
        return passage.span
    offset = evidence.passage.find(evidence.quote)
    if passage.text == evidence.passage:
        return Span(passage.span.start + offset, passage.span.start + offset + len(evidence.quote))
    wanted = r"\s+".join(map(re.escape, evidence.quote.split()))
    places = [found.span() for found in re.finditer(wanted, passage.text, re.IGNORECASE)] if wanted else []
    if not places:
        return passage.span
    start, end = min(places, key=lambda place: abs(place[0] - offset))
    return Span(passage.span.start + start, passage.span.start + end)


def _common(one: str, other: str) -> int:
    """How many letters two texts have in common from their beginning."""
    return next((place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))
