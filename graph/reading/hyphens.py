"""Lines of a PDF as one: a word that was parted at the end of a line is one word again."""

import re
from collections.abc import Iterable, Sequence

from graph.reading.blocks import Piece

_BROKEN = re.compile(r"(?P<head>[^\W\d_]+)-$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
_LEFT_OPEN = frozenset(("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "bis", "to"))
"""After "pre-" at the end of a line, words that show that the hyphen is meant: "pre- and post-"."""


class Words:
    """The words of a document, which tell a hyphen that belongs to a word from one that only parts it.

    Args:
        lines: the lines of the document.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Index the words."""
        texts = [line.casefold() for line in lines]
        self._compounds = {found for text in texts for found in _COMPOUND.findall(text)}
        self._words = {found for text in texts for found in _WORD.findall(text)}

    def continued(self, before: Sequence[Piece], words: Sequence[Piece]) -> list[Piece]:
        """The words of two lines as those of one.

        A hyphen at the end of the first goes when the second goes on in small letters, unless the document has the word
        with the hyphen elsewhere and never without, or the word has another one ("Peer-to-peer").
        """
        text, after = "".join(piece.text for piece in before), "".join(piece.text for piece in words)
        broken, goes_on = _BROKEN.search(text), _WORD.match(after)
        space = Piece(" ", words[0].origin, words[0].style)
        if not broken or not goes_on:
            is_tied = text.endswith(("-", "/")) and goes_on is not None
            return [*before, *words] if is_tied else [*before, space, *words]
        head, tail = broken["head"].casefold(), goes_on[0]
        if tail in _LEFT_OPEN and head + tail not in self._words:
            return [*before, space, *words]
        is_longer = text[: -len(head) - 1].endswith("-") or after.startswith("-", len(tail))
        is_compound = is_longer or (f"{head}-{tail}" in self._compounds and head + tail not in self._words)
        if not tail[0].islower() or is_compound:
            return [*before, *words]
        *kept, last = before
        return [*kept, last._replace(text=last.text[:-1]), *words]
