"""What stands in a text and belongs to no sentence: page numbers, running headers and footers, ruled lines.

A line is taken for furniture only where its place shows it: a page number stands alone between blank lines or at a
page break, and a running header stands beside page breaks at least twice, whatever numbers it holds. What is marked as a
heading, a list item or a row of a table is none.
"""

import re
from collections import Counter
from collections.abc import Sequence

from graph.spans import Span, lines
from graph.text import fold_words

_RULE = re.compile(r"\s*(?:[=_~\u2013\u2014-]\s?){3,}\s*|\s*(?:\*\s?){3,}\s*")
_PAGE = re.compile(
    r"[\s|\u2013\u2014.()\[\]-]*(?:(?:page|p\.|pag\.?|p\u00e1gina|seite|side|sivu|strona|str\.?)\s*)?\d{1,3}(?:\s*(?:of|/|von|de|av)\s*\d{1,3})?[\s|\u2013\u2014.()\[\]-]*",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\s*(?:#|[*+>|\u2022]|[-\u2013]\s|\d+[.)]\s)")
_DIGITS = re.compile(r"\d+")
_FEWEST = 2
"""Pages that a document must have before a repeated line counts as a running header."""
_BESIDE = 2
"""How many lines above and below a page break may be a running header or footer."""


def of(text: str) -> tuple[Span, ...]:
    """The lines of a text that are furniture, in order.

    Args:
        text: the document's text.
    """
    found = list(lines(text, Span(0, len(text))))
    breaks = {number for number in range(len(found)) if _is_page_break(text, found, number)}
    beside = {near for number in breaks for near in range(number - _BESIDE, number + _BESIDE + 1) if 0 <= near < len(found)}
    worn = Counter(_shape(found[number].of(text)) for number in beside)
    running = {shape for shape, times in worn.items() if shape and times > 1} if len(breaks) >= _FEWEST else set()
    return tuple(
        line
        for number, line in enumerate(found)
        if _RULE.fullmatch(line.of(text))
        or number in breaks
        or (number in beside and not _MARKED.match(line.of(text)) and _shape(line.of(text)) in running)
    )


def _is_page_break(text: str, found: Sequence[Span], number: int) -> bool:
    """Whether a line is a page number or a form feed: alone, or decorated as in `- 2 -`."""
    line = found[number]
    words = line.of(text)
    if "\f" in words and not words.strip():
        return True
    if not words.strip() or not _PAGE.fullmatch(words) or words.strip().rstrip(".)").isdigit() != words.strip().isdigit():
        return False
    before = text[found[number - 1].end : line.start] if number else "\n\n"
    return before.count("\n") > 1 or "\f" in before or not words.strip().isdigit()


def _shape(words: str) -> str:
    return _DIGITS.sub("#", fold_words(words))
