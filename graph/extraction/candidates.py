"""A name in a sentence that no list holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A name in a sentence.

    Args:
        start: first token.
        end: last token, exclusive.
        head: its noun, folded; empty where it has none.
        kind: concept of its kind, by its noun; empty where it has none.
        is_title: whether the document sets it off, by marks or quotes.
    """

    start: int
    end: int
    head: str
    kind: str
    is_title: bool = False
