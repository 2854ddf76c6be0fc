"""Words that stand for something without naming it: "it", "we", "our country"."""

from collections.abc import Sequence

from graph.extraction.gazetteer import Gazetteer
from graph.extraction.mentions import Mention, Read
from graph.extraction.names import NameFinder
from graph.extraction.naming import Naming
from graph.extraction.registry import Entity
from graph.extraction.rulebook import Rulebook

_MARKS = (";", ",", "\u2013")
"""Marks behind which a pronoun may be a subject."""


class Pronouns:
    """Leads pronouns of one document to entities.

    Args:
        book: the rules of the language.
        finder: knows words that begin no name.
        gazetteer: knows the country's code.
        country: reference of the document's country, None where it is open.
        naming: leads names to entities.
    """

    def __init__(self, book: Rulebook, finder: NameFinder, gazetteer: Gazetteer, country: str | None, naming: Naming) -> None:
        """Fold the lists once."""
        names, language = book["names"], book["language"]
        self._gazetteer, self._country, self._naming, self._registry = gazetteer, country, naming, naming.registry
        self._code = gazetteer.code(country)
        self._country_words = [words for words in names.phrases("country_words") if len(words) > 1]
        self._self = names.word_set("self_words")
        self._subjects = names.word_set("pronouns")
        self._objects = names.word_set("object_pronouns")
        self._determiners = language.word_set("determiners")
        self._closing = language.word_set("opaque") | finder.openers
        self._before_pronouns = language.word_set("before_pronouns")
        self._before_subjects = language.word_set("before_subjects")

    def country(self, read: Read, at: int) -> Mention | None:
        """`our country`, or the country's code of two letters, in a document of that country."""
        if self._code and read.tokens[at].text == self._code:
            return self._of_country(read, at, at + 1)
        for words in self._country_words:
            if self._country and read.low(at, at + len(words)) == words:
                return self._of_country(read, at, at + len(words))
        return None

    def is_subject(self, read: Read, at: int, former: Read | None) -> bool:
        """Whether a word is `we`, or a pronoun where subjects stand."""
        found, word = read.tokens, read.tokens[at].low
        if word in self._self:
            return True
        if word not in self._subjects or former is None:
            return False
        return at == 0 or found[at - 1].text in _MARKS or found[at - 1].low in self._before_pronouns

    def subject(self, read: Read, at: int, former: Read | None, speaker: Entity | None) -> Mention | None:
        """What a word means for which `is_subject` holds: who speaks, or the first thing of the sentence before, or of its own.

        Args:
            read: the sentence.
            at: the word.
            former: the sentence before that names something.
            speaker: whom the document speaks for, None if that is its country.
        """
        if read.tokens[at].low in self._self:
            if speaker is not None:
                return Mention(at, at + 1, speaker.number, "pronoun")
            return self._of_country(read, at, at + 1) if self._country else None
        own = [mention for mention in read.mentions if mention.end <= at]
        if own:
            return Mention(at, at + 1, self._first(read, own).entity, "pronoun")
        if former is None or former.sentence.section != read.sentence.section or not former.mentions:
            return None
        return Mention(at, at + 1, self._first(former, former.mentions).entity, "pronoun")

    def object(self, read: Read, at: int, former: Read | None) -> Mention | None:
        """`pays for it`: the first thing of the sentence before that is not the subject of this one."""
        if read.tokens[at].low not in self._objects or not at:
            return None
        own = {self._registry[mention.entity].number for mention in read.mentions if mention.end <= at}
        if not own or former is None or former.sentence.section != read.sentence.section:
            return None
        others = (mention.entity for mention in former.mentions if self._registry[mention.entity].number not in own)
        other = next((number for number in others if not _is_class(self._registry[number])), None)
        return None if other is None else Mention(at, at + 1, other, "pronoun")

    def _of_country(self, read: Read, start: int, end: int) -> Mention | None:
        entry = self._gazetteer.entry(self._country or "")
        return None if entry is None else Mention(start, end, self._naming.known(read, start, end, entry).number, "country")

    def _first(self, read: Read, mentions: Sequence[Mention]) -> Mention:
        """The first mention that no preposition stands before; the first of all if there is none."""
        if len(mentions) > 1 and _is_label(read, mentions[0]):
            mentions = mentions[1:]
        for mention in mentions:
            before = read.tokens[mention.start - 1] if mention.start else None
            if before is not None and before.low in self._determiners and mention.start > 1:
                before = read.tokens[mention.start - 2]
            if before is None or before.low in self._determiners or before.low in self._before_subjects or before.low not in self._closing:
                return mention
        return mentions[0]


def _is_class(entity: Entity) -> bool:
    """Whether an entity is a class of people or a state, for which no `it` stands."""
    return entity.is_collective or entity.classname == "State"


def _is_label(read: Read, mention: Mention) -> bool:
    """Whether a name only says of whom a sentence tells: `Sweden: the Agency has …`."""
    end = mention.end + mention.skip
    return mention.start == 0 and end < len(read.tokens) and read.tokens[end].text == ":"
