"""A name in a sentence to the one thing of the document that it names, known before or new."""

from graph.extraction.candidates import Candidate
from graph.extraction.gazetteer import Entry, Gazetteer
from graph.extraction.mentions import Read
from graph.extraction.nouns import Nouns
from graph.extraction.registry import Entity, Registry
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import words_of

PRACTICES = ("practice", "campaign", "hotline", "project", "programme")
"""Kinds of what a section on practices names."""
_NAMED_IN_PASSING = ("legal-act", "office", "publication")
"""Kinds that count as actors only where something is said of them."""
_PAIR = 2
_LONGEST_PRACTICE = 6
_BESIDE = (",", "\u2013", "-", "(", ":")
_ENDS = (",", ".", ";", ")")


class Naming:
    """Leads names to entities; the registry grows by those that are new.

    Args:
        book: the rules of the language.
        nouns: its nouns.
        gazetteer: finds names of the authority files.
        country: reference of the document's country, None where it is open.
    """

    def __init__(self, book: Rulebook, nouns: Nouns, gazetteer: Gazetteer, country: str | None) -> None:
        """Begin with an empty registry."""
        names, language = book["names"], book["language"]
        self.registry = Registry()
        self._nouns, self._gazetteer, self._country = nouns, gazetteer, country
        self._adjectives = gazetteer.adjectives | {
            word.casefold(): reference for reference, words in names.lists("demonyms").items() for word in words
        }
        self._adjective_is_last = bool(language.words("adjective_is_last"))
        self._being = language.word_set("being")
        self._descriptors = names.kinds("descriptors")
        self._naming = names.word_set("naming_heads")

    def entity(self, read: Read, start: int, end: int, what: Entry | Candidate) -> Entity | None:
        """What the words from one token up to another name; None if they are no more than a country's adjective.

        Args:
            read: the sentence.
            start: the first token.
            end: the last one, exclusive.
            what: the name of an authority file that they are, or the name that was found.
        """
        return self.known(read, start, end, what) if isinstance(what, Entry) else self._named(read, start, end, what)

    def known(self, read: Read, start: int, end: int, entry: Entry) -> Entity:
        """The thing of an authority file that words name."""
        found = self.registry.by_reference(entry.reference)
        if found is None:
            head = self._nouns.head_of(words_of(entry.label))[0]
            found = self.registry.add(Entity(0, entry.label, entry.kind, entry.classname, entry.reference, head, read.span(start, end)))
        self.registry.also(found, read.words(start, end))
        return found

    def _named(self, read: Read, start: int, end: int, what: Candidate) -> Entity | None:
        name = read.words(start, end)
        words = words_of(name)
        if len(words) == 1 and words[0] in self._adjectives:
            return None
        if (found := self.registry.by_words(words) or self.registry.partial(words, what.head)) is not None:
            self.registry.also(found, name)
            return found
        if (shorter := self.registry.shorter(words, what.head)) is not None:
            self.registry.also(shorter, name, is_fuller=True)
            return shorter
        entry = self._national(read, words, end)
        return self._new(read, start, end, what) if entry is None else self.known(read, start, end, entry)

    def _new(self, read: Read, start: int, end: int, what: Candidate) -> Entity:
        name = read.words(start, end)
        words = words_of(name)
        strong = bool(what.kind) and not self._nouns.is_weak(what.head)
        described = "" if strong else self._described(read, start, end)
        kind = described or what.kind
        is_sure = (strong and len(words) > 1 and what.kind not in _NAMED_IN_PASSING) or bool(described)
        if _is_practice(read, start, what) and (not strong or what.is_title):
            kind, is_sure = (kind if kind in PRACTICES else "practice"), True
        entity = self.registry.add(
            Entity(0, name, kind, self._nouns.concepts.get(kind, ""), None, what.head, read.span(start, end), is_sure=is_sure)
        )
        if what.head in self._naming and words[0] == what.head and end - start > 1:
            self.registry.also(entity, read.words(start + 1, end))
        return entity

    def _national(self, read: Read, words: tuple[str, ...], end: int) -> Entry | None:
        """The body of an authority file that a country's adjective and an institution's name mean.

        The adjective is the first word of the name, or stands behind it in small letters: `la Policía Nacional española`.
        """
        own, adjective = (words, read.low(end, end + 1)) if self._adjective_is_last else (words[1:], words[:1])
        country = self._adjectives.get(adjective[0]) if adjective else None
        if country is None or not own:
            return None
        rest = " ".join(word.capitalize() for word in own)
        hits = self._gazetteer.find(rest, country)
        return hits[0].entry if hits and hits[0].start == 0 and hits[0].end == len(rest) and hits[0].entry.country == country else None

    def _described(self, read: Read, start: int, end: int) -> str:
        """The kind that a noun beside a name tells: `the association CZ.NIC`, `Child Focus, foundation of public utility`."""
        before = [token.low for token in read.tokens[max(0, start - 4) : start] if token.is_word][-3:]
        for size in (3, 2, 1):
            if len(before) >= size and (kind := self._descriptors.get(tuple(before[-size:]))):
                return kind
        return self._described_behind(read, end)

    def _described_behind(self, read: Read, end: int) -> str:
        if end >= len(read.tokens) or not (read.tokens[end].text in _BESIDE or read.tokens[end].low in self._being):
            return ""
        after = read.low(end + 1, end + 9)
        for number, word in enumerate(after):
            if word in _ENDS:
                break
            if kind := self._descriptors.get((word,)) or self._descriptors.get(after[number : number + 2]):
                return kind
        return ""


def _is_practice(read: Read, start: int, what: Candidate) -> bool:
    """Whether a name stands where practices are named: set off, or first in its paragraph, in a section on practices."""
    if "practices" not in read.sentence.section:
        return False
    return what.is_title or (start == 0 and not what.head and what.end - what.start < _LONGEST_PRACTICE and read.opens)
