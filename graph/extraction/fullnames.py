"""Everything that the sentences of a document name in full, taken up before anything is led to it."""

import re
from collections.abc import Sequence

from graph.extraction.brackets import Brackets
from graph.extraction.bystanders import Bystanders
from graph.extraction.candidates import Candidate
from graph.extraction.gazetteer import Entry, Gazetteer
from graph.extraction.mentions import Mention, Read
from graph.extraction.names import NameFinder
from graph.extraction.naming import Naming
from graph.extraction.overlaps import Overlaps
from graph.extraction.registry import Entity
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import Token

_SILENT = ("heading", "front-block-line")
"""Forms that make no statement; what they name is named again where something is said of it."""
_LONGEST_TITLE = 7
_LONGEST_CELL = 16
_LONGEST_DATELINE = 10


class FullNames:
    """Finds full names and leads them to entities.

    Args:
        book: the rules of the language.
        finder: finds names that no list holds.
        gazetteer: finds those of the authority files.
        country: reference of the document's country, None where it is open.
        naming: leads a name to an entity.
    """

    def __init__(self, book: Rulebook, finder: NameFinder, gazetteer: Gazetteer, country: str | None, naming: Naming) -> None:
        """Compile what tells lines of the page."""
        self._finder, self._gazetteer, self._country, self._naming = finder, gazetteer, country, naming
        self._overlaps = Overlaps(book["language"])
        self._bystanders = Bystanders(book["names"], finder, naming.registry)
        self._brackets = Brackets(book, finder, gazetteer, country, naming.registry)
        self._verbs = book["language"].word_set("helping", "being") - book["language"].word_set("connectors")
        self._narrowing = frozenset((acronym, noun) for acronym, nouns in book["names"].lists("narrowing").items() for noun in nouns)
        self._furniture = [re.compile(pattern, re.IGNORECASE) for pattern in book["language"].words("furniture")]

    def register(self, reads: Sequence[Read]) -> None:
        """Give each sentence the mentions of what is named in full, in it or in another.

        Args:
            reads: the sentences of the document.
        """
        for read in reads:
            if not self.is_silent(read):
                read.mentions = self._named(read)
        for read in reads:
            read.mentions = [] if self.is_silent(read) else self._with_known(read)

    def is_silent(self, read: Read) -> bool:
        """Whether a line makes no statement, or belongs to the page and not to the text: links, captions, addresses."""
        if read.sentence.form in _SILENT or read.is_header:
            return True
        return any(pattern.search(read.plain.text) for pattern in self._furniture)

    def _named(self, read: Read) -> list[Mention]:
        known = [
            (span, hit.entry)
            for hit in self._gazetteer.find(read.plain.text, self._country)
            if (span := _tokens_of(read.tokens, hit.start, hit.end))
        ]
        names = [*_practice_cell(read), *self._practice_title(read), *self._finder.find(read.plain, read.tokens)]
        out: list[Mention] = []
        dateline = _dateline(read.tokens)
        for start, end, what in self._overlaps.decided(known, names, read.tokens):
            if isinstance(what, Entry) and self._is_adjectival(read, start, end):
                continue
            if start < dateline or (out and start < out[-1].end + out[-1].skip):
                continue
            if isinstance(what, Candidate) and self._bystanders.hold(read, what):
                continue
            entity = self._naming.entity(read, start, end, what)
            if entity is not None:
                out.append(Mention(start, end, entity.number, skip=self._brackets.length(read, start, end, entity)))
        return out

    def _practice_title(self, read: Read) -> Sequence[Candidate]:
        """A short first sentence of a paragraph on practices that has no verb: it names the practice, whatever its words."""
        if "practices" not in read.sentence.section or not read.opens or read.sentence.form == "table-row":
            return ()
        first = next((at + 1 for at, token in enumerate(read.tokens[:3]) if token.text == ")"), 0)
        end = len(read.tokens) - (read.tokens[-1].text == ".") if read.tokens else 0
        inside = read.tokens[first:end]
        is_title = 1 < len(inside) <= _LONGEST_TITLE and inside[0].is_capital and all(token.is_word for token in inside)
        return (Candidate(first, end, "", "", is_title=True),) if is_title and self._verbs.isdisjoint(read.lows[first:end]) else ()

    def _is_adjectival(self, read: Read, start: int, end: int) -> bool:
        """Whether an acronym only narrows the noun behind it: `17 EU Member States`."""
        return end - start == 1 and end < len(read.tokens) and (read.lows[start], read.lows[end]) in self._narrowing

    def _with_known(self, read: Read) -> list[Mention]:
        """The mentions with those names that another sentence introduced."""
        taken = read.taken()
        extra: list[Mention] = []
        for number, token in enumerate(read.tokens):
            if number in taken or not token.is_word or not (token.is_capital or token.text[0].isdigit()):
                continue
            for size in (4, 3, 2, 1):
                stretch = range(number, min(number + size, len(read.tokens)))
                if len(stretch) < size or taken.intersection(stretch):
                    continue
                entity = self._naming.registry.by_words(read.low(number, number + size))
                if entity is not None and (size > 1 or _is_written_so(token.text, entity)):
                    extra.append(Mention(number, number + size, entity.number))
                    taken.update(stretch)
                    break
        return sorted([*read.mentions, *extra], key=lambda mention: mention.start)


def _is_written_so(text: str, entity: Entity) -> bool:
    return text in (entity.name, *entity.aliases)


def _practice_cell(read: Read) -> Sequence[Candidate]:
    """The first cell of a row in a section on practices, which names a practice whatever its words."""
    if read.sentence.form != "table-row" or "practices" not in read.sentence.section:
        return ()
    end = next((number for number, token in enumerate(read.tokens) if token.text in ("|", "(")), 0)
    return (Candidate(0, end, "", "", is_title=True),) if 0 < end < _LONGEST_CELL and read.tokens[0].is_capital else ()


def _tokens_of(found: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """The tokens that stand from one letter up to another; None if a token stands across."""
    inside = [number for number, token in enumerate(found) if token.start < end and token.end > start]
    if not inside or found[inside[0]].start != start or found[inside[-1]].end != end:
        return None
    return inside[0], inside[-1] + 1


def _dateline(found: Sequence[Token]) -> int:
    """How many tokens the place and date before a news text take: `THE HAGUE, Netherlands —`."""
    for number, token in enumerate(found[:_LONGEST_DATELINE]):
        if token.text in ("\u2014", "\u2013") and number and found[0].text.isupper():
            return number
        if not (token.is_capital or token.text[0].isdigit() or token.text in ",.()/"):
            break
    return 0
