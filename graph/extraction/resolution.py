"""The sentences of a document to what they speak of: full names first, then what stands for them."""

from collections.abc import Sequence

from graph.extraction.collectives import Collectives
from graph.extraction.fullnames import FullNames
from graph.extraction.gazetteer import Gazetteer
from graph.extraction.mentions import Mention, Read
from graph.extraction.names import NameFinder
from graph.extraction.naming import Naming
from graph.extraction.pronouns import Pronouns
from graph.extraction.registry import Entity, Registry
from graph.extraction.rulebook import Rulebook
from graph.extraction.shortforms import ShortForms
from graph.extraction.speaker import speaker, topic


class MentionReader:
    """Finds the mentions of one document, sentence by sentence.

    Args:
        book: the rules of its language.
        finder: finds names that no list holds.
        gazetteer: finds those of the authority files.
        country: reference of the document's country, None where it is open.
    """

    def __init__(self, book: Rulebook, finder: NameFinder, gazetteer: Gazetteer, country: str | None) -> None:
        """Begin with an empty registry."""
        naming = Naming(book, finder.nouns, gazetteer, country)
        self._country = country
        self._full = FullNames(book, finder, gazetteer, country, naming)
        self._pronouns = Pronouns(book, finder, gazetteer, country, naming)
        self._short = ShortForms(book, finder, naming.registry)
        self._collectives = Collectives(book, finder, naming.registry)
        self._determiners = book["language"].word_set("determiners", "contractions")
        self.registry: Registry = naming.registry
        self.subject: Entity | None = None

    def register(self, reads: Sequence[Read]) -> None:
        """Take up everything that the sentences name in full.

        Args:
            reads: all sentences in order; they are given their first mentions.
        """
        self._full.register(reads)

    def resolve(self, reads: Sequence[Read]) -> None:
        """Add short forms, pronouns, collectives and the country, and lead each to its entity.

        Args:
            reads: all sentences in order; their mentions are completed.
        """
        is_of_country = bool(self._country) and any(read.sentence.form == "front-block-line" for read in reads)
        self.subject = None if is_of_country else speaker(reads, self.registry)
        self._short.topic = None if is_of_country else topic(reads, self.registry)
        seen: list[int] = []
        former: Read | None = None
        for read in reads:
            if read.sentence.form == "heading" and not read.mentions:
                former = None
            if not self._full.is_silent(read):
                self._complete(read, seen, former)
                former = read if read.mentions else former

    def _complete(self, read: Read, seen: list[int], former: Read | None) -> None:
        """Add to a sentence what it does not name in full; what it speaks of is added to what was seen."""
        taken = read.taken()
        known = {mention.start: mention for mention in read.mentions}
        for number in range(len(read.tokens)):
            if number in known:
                seen.append(known[number].entity)
            elif number not in taken and (mention := self._unnamed(read, number, seen, former)):
                stretch = range(mention.start, mention.end)
                if self._make_room(read, stretch, taken):
                    read.mentions.append(mention)
                    taken.update(stretch)
                    seen.append(mention.entity)
        read.mentions.sort(key=lambda mention: mention.start)

    def _make_room(self, read: Read, stretch: range, taken: set[int]) -> bool:
        """Whether a mention may stand here; names that may be no names at all give way to it."""
        if not taken.intersection(stretch):
            return True
        inside = [mention for mention in read.mentions if mention.start < stretch.stop and mention.end + mention.skip > stretch.start]
        if any(self.registry[mention.entity].is_sure or self.registry[mention.entity].reference for mention in inside):
            return False
        read.mentions = [mention for mention in read.mentions if mention not in inside]
        return True

    def _unnamed(self, read: Read, at: int, seen: Sequence[int], former: Read | None) -> Mention | None:
        """What a word, or some from it on, stand for without naming it in full."""
        if not read.tokens[at].is_word:
            return None
        if (country := self._pronouns.country(read, at)) is not None:
            return country
        if self._pronouns.is_subject(read, at, former):
            return self._pronouns.subject(read, at, former, self.subject)
        if (other := self._pronouns.object(read, at, former)) is not None:
            return other
        if read.tokens[at].low in self._determiners:
            return self._short.find(read, at, seen) or self._collectives.described(read, at)
        return self._collectives.aimed_at(read, at) or self._collectives.named(read, at)
