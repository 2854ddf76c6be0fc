"""Where a sentence speaks of what: names, acronyms, short forms and pronouns, each led to one thing of the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.extraction.gazetteer import Entry, Gazetteer
from graph.extraction.names import POSSESSIVE, Candidate, NameFinder
from graph.extraction.plain import Plain
from graph.extraction.registry import Entity, Registry
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import Token, words_of
from graph.sentences import Sentence
from graph.spans import Span

_LONGEST_BRACKET = 16
_TITLES = 3
_TITLE_COUNTS = 10
_LONGEST_DATELINE = 10
_PAIR = 2
_LONGEST_COMPLEMENT = 4
_LONGEST_PRACTICE = 6
_OWNERS = ("EuropeanUnionBody", "InternationalOrganisation")
_SILENT = ("heading", "front-block-line")
"""Forms that make no statement; what they name is named again where something is said of it."""
_NAMED_IN_PASSING = ("legal-act", "office", "publication")
"""Kinds that count as actors only where something is said of them."""
_PRACTICE_KINDS = ("practice", "campaign", "hotline", "project", "programme")
_OPENERS = {"(": ")", "[": "]"}
PENALTIES = {"name": 1.0, "short": 0.85, "pronoun": 0.7, "country": 0.9, "collective": 0.9, "carried": 0.8}
"""What a way of naming takes off the confidence."""


@dataclass(frozen=True)
class Mention:
    """A stretch of a sentence that speaks of an entity.

    Args:
        start: first token.
        end: last token, exclusive.
        entity: its number in the registry.
        method: `name`, `short`, `pronoun`, `country`, `collective` or `carried`.
        skip: tokens behind it that only give another name, in brackets.
    """

    start: int
    end: int
    entity: int
    method: str = "name"
    skip: int = 0

    @property
    def penalty(self) -> float:
        """What the way of naming takes off the confidence, as a factor."""
        return PENALTIES[self.method]


@dataclass
class Read:
    """A sentence that was read.

    Args:
        sentence: the sentence.
        plain: its plain words.
        tokens: its tokens.
        mentions: what it speaks of, in order, none inside another.
        opens: whether it opens a paragraph or list item.
        document_text: the text of the whole document.
        is_header: whether it is the first row of a table.
    """

    sentence: Sentence
    plain: Plain
    tokens: Sequence[Token]
    mentions: list[Mention] = field(default_factory=list)
    opens: bool = False
    document_text: str = ""
    is_header: bool = False

    def words(self, start: int, end: int) -> str:
        """The words from one token up to another."""
        return self.plain.text[self.tokens[start].start : self.tokens[end - 1].end] if end > start else ""

    def span(self, start: int, end: int) -> Span:
        """Where these tokens stand in the document."""
        return self.plain.span(self.tokens[start].start, self.tokens[end - 1].end)


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
        names, language = book["names"], book["language"]
        self._finder, self._gazetteer, self._country = finder, gazetteer, country
        self._titles = frozenset(names.words("titles"))
        self._given = frozenset(word.casefold() for word in names.words("given_names"))
        self._being = frozenset(language.words("being"))
        self._said = frozenset(names.words("said"))
        self._places = frozenset(names.words("place_prepositions"))
        self._determiners = frozenset(language.words("determiners"))
        self._descriptors = {words_of(word): kind for kind, words in names.lists("descriptors").items() for word in words}
        self._short_kinds = {words_of(word): kinds for word, kinds in names.lists("short_forms").items()}
        self._collectives = {words_of(head): kind for kind, heads in names.lists("collectives").items() for head in heads}
        self._small = frozenset(language.words("opaque")) | self._determiners | self._finder.openers
        self._verbal = language.words("verbal_endings")
        self._code = gazetteer.code(country)
        self._objects = frozenset(names.words("object_pronouns"))
        self._common = {words_of(head): kind for kind, heads in names.lists("common_heads").items() for head in heads}
        self._country_words = [words_of(words) for words in names.words("country_words")]
        self.subject_words = frozenset(names.words("self_words"))
        self._pronouns = frozenset(names.words("pronouns"))
        self._furniture = [re.compile(pattern, re.IGNORECASE) for pattern in language.words("furniture")]
        self._naming = frozenset(names.words("naming_heads"))
        self._also_known = [words_of(words) for words in names.words("also_known")]
        self.registry = Registry()
        self.subject: Entity | None = None
        self._bound: dict[str, tuple[int, int]] = {}

    # -- first pass: what is there -------------------------------------------------------------------------------------

    def register(self, reads: Sequence[Read]) -> None:
        """Take up everything that the sentences name in full."""
        for read in reads:
            if read.sentence.form not in _SILENT and not self._is_furniture(read):
                read.mentions = self._named(read)
        for read in reads:
            read.mentions = self._with_known(read)

    def _named(self, read: Read) -> list[Mention]:
        hits = [
            (span, hit.entry)
            for hit in self._gazetteer.find(read.plain.text, self._country)
            if (span := _tokens_of(read.tokens, hit.start, hit.end))
        ]
        names = [*self._practice_cell(read), *self._finder.find(read.plain, read.tokens)]
        out: list[Mention] = []
        dateline = _dateline(read.tokens)
        for start, end, what in _merged(hits, names, read.tokens):
            if start < dateline or (out and start < out[-1].end + out[-1].skip):
                continue
            if isinstance(what, Candidate) and (self._is_person(read, start, end, what) or self._is_place(read, start, end, what)):
                continue
            entity = self._entity(read, start, end, what)
            if entity is not None:
                out.append(Mention(start, end, entity.number, skip=self._bracket(read, start, end, entity)))
        return out

    @staticmethod
    def _practice_cell(read: Read) -> Sequence[Candidate]:
        """The first cell of a row in a section on practices, which names a practice whatever its words."""
        if read.sentence.form != "table-row" or "practices" not in read.sentence.section:
            return ()
        end = next((number for number, token in enumerate(read.tokens) if token.text in ("|", "(")), 0)
        return (Candidate(0, end, "", "", is_title=True),) if 0 < end < _LONGEST_BRACKET and read.tokens[0].is_capital else ()

    def _is_furniture(self, read: Read) -> bool:
        """Whether a line belongs to the page and not to the text: links, captions, addresses."""
        return read.is_header or any(pattern.search(read.plain.text) for pattern in self._furniture)

    def _entity(self, read: Read, start: int, end: int, what: Entry | Candidate) -> Entity | None:
        name = read.words(start, end)
        if isinstance(what, Entry):
            known = self.registry.by_reference(what.reference)
            if known is None:
                known = self.registry.add(
                    Entity(
                        0,
                        what.label,
                        what.kind,
                        what.classname,
                        what.reference,
                        self._finder.head_of(words_of(what.label))[0],
                        read.span(start, end),
                    )
                )
            self.registry.also(known, name)
            return known
        words = words_of(name)
        if len(words) == 1 and words[0] in self._gazetteer.adjectives:
            return None
        known = self.registry.by_words(words) or self.registry.partial(words, what.head)
        if known is None and (shorter := self.registry.shorter(words, what.head)) is not None:
            self.registry.also(shorter, name, is_fuller=True)
            return shorter
        if known is not None:
            self.registry.also(known, name)
            return known
        entry = self._national(words)
        if entry is not None:
            return self._entity(read, start, end, entry)
        kind = what.kind or self._described(read, start, end)
        strong = bool(what.kind) and not self._finder.is_weak(what.head)
        is_sure = (strong and len(words) > 1 and what.kind not in _NAMED_IN_PASSING) or bool(kind and not what.kind)
        if self._is_practice(read, start, what) and (not strong or what.is_title):
            kind, is_sure = (kind if kind in _PRACTICE_KINDS else "practice"), True
        entity = self.registry.add(
            Entity(0, name, kind, self._finder.concepts.get(kind, ""), None, what.head, read.span(start, end), is_sure=is_sure)
        )
        if what.head in self._naming and words[0] == what.head and end - start > 1:
            self.registry.also(entity, read.words(start + 1, end))
        return entity

    def _is_practice(self, read: Read, start: int, what: Candidate) -> bool:
        """Whether a name stands where practices are named: set off, or first in its paragraph, in a section on practices."""
        if "practices" not in read.sentence.section:
            return False
        return what.is_title or (start == 0 and not what.head and what.end - what.start < _LONGEST_PRACTICE and read.opens)

    def _national(self, words: tuple[str, ...]) -> Entry | None:
        """The body of an authority file that a country's adjective and an institution's name mean."""
        country = self._gazetteer.adjectives.get(words[0]) if words else None
        if country is None or len(words) < _PAIR:
            return None
        rest = " ".join(word.capitalize() for word in words[1:])
        hits = self._gazetteer.find(rest, country)
        return hits[0].entry if hits and hits[0].start == 0 and hits[0].end == len(rest) and hits[0].entry.country == country else None

    def _described(self, read: Read, start: int, end: int) -> str:
        """The kind that a noun beside a name tells: `the association CZ.NIC`, `Child Focus, foundation of public utility`."""
        before = [token.low for token in read.tokens[max(0, start - 4) : start] if token.is_word][-3:]
        for size in (3, 2, 1):
            if len(before) >= size and (kind := self._descriptors.get(tuple(before[-size:]))):
                return kind
        at = end
        if at < len(read.tokens) and (read.tokens[at].text in (",", "\u2013", "-", "(", ":") or read.tokens[at].low in self._being):
            after = [token.low for token in read.tokens[at + 1 : at + 9]]
            for number, word in enumerate(after):
                if word in (",", ".", ";", ")"):
                    break
                if kind := self._descriptors.get((word,)) or (self._descriptors.get(tuple(after[number : number + 2]))):
                    return kind
        return ""

    def _bracket(self, read: Read, start: int, end: int, entity: Entity) -> int:
        """Other names in brackets behind a name: registered; how many tokens they take."""
        found = read.tokens
        if entity.classname == "State" or end >= len(found):
            return 0
        closing = _OPENERS.get(found[end].text)
        if closing is None:
            return self._for_short(read, end, entity)
        close = next((number for number in range(end + 1, min(end + _LONGEST_BRACKET, len(found))) if found[number].text == closing), None)
        if close is None or close == end + 1:
            return 0
        parts = [stripped for part in _parts(found, end + 1, close) if (stripped := self._without_lead(found, part))]
        if entity.kind in _PRACTICE_KINDS and found[end + 1].is_capital and len(parts) > 1:
            parts = [(end + 1, close)]
        names = [part for part in parts if self._is_other_name(read, part, entity, words_of(read.words(start, end)))]
        for first, last in names:
            name = read.words(first, last)
            self._adopt(entity, name)
            is_fuller = len(words_of(name)) > _PAIR and len(words_of(entity.name)) == 1 and bool(self._finder.head_of(words_of(name))[0])
            if is_fuller and not entity.reference:
                head, kind = self._finder.head_of(words_of(name))
                entity.head, entity.kind, entity.classname, entity.is_sure = head, kind, self._finder.concepts.get(kind, ""), True
            self.registry.also(entity, name, is_fuller=is_fuller)
            if found[first].is_acronym and last - first == 1 and entity.classname and not entity.is_sure:
                entity.is_sure = True
        return close + 1 - end if names and len(names) == len(parts) else 0

    def _without_lead(self, found: Sequence[Token], part: tuple[int, int]) -> tuple[int, int] | None:
        """A part of a bracket without `hereinafter`, `also known as` and quotation marks."""
        first, last = part
        for words in self._also_known:
            if tuple(token.low for token in found[first : first + len(words)]) == words:
                first += len(words)
                break
        while first < last and (not found[first].is_word or found[first].low in self._determiners):
            first += 1
        while first < last and not found[last - 1].is_word:
            last -= 1
        return (first, last) if first < last else None

    def _adopt(self, entity: Entity, name: str) -> None:
        """A name in brackets that an authority file holds for the document's country tells who is meant."""
        if entity.reference or self._country is None:
            return
        hits = self._gazetteer.find(name, self._country)
        if len(hits) == 1 and len(name) == hits[0].end - hits[0].start and hits[0].entry.country == self._country:
            entry = hits[0].entry
            if self.registry.by_reference(entry.reference) is None:
                self.registry.identify(entity, entry.reference, entry.label)
                entity.kind, entity.classname, entity.is_sure = entry.kind, entry.classname, True

    def _for_short(self, read: Read, end: int, entity: Entity) -> int:
        """`X, Y for short,` and `X, known as Y`."""
        found = read.tokens
        if end + 2 >= len(found) or found[end].text != ",":
            return 0
        for words in self._also_known:
            if tuple(token.low for token in found[end + 2 : end + 2 + len(words)]) == words and found[end + 1].is_capital:
                self.registry.also(entity, found[end + 1].text)
                return 2 + len(words)
            size = len(words)
            if tuple(token.low for token in found[end + 1 : end + 1 + size]) == words and end + 1 + size < len(found):
                at = end + 1 + size + (found[end + 1 + size].text in "\u201c\u2018\"'\u201e")
                if at < len(found) and found[at].is_capital:
                    self.registry.also(entity, found[at].text)
                    return at + 1 - end
        return 0

    def _is_other_name(self, read: Read, part: tuple[int, int], entity: Entity, outer: tuple[str, ...]) -> bool:
        first, last = part
        found = read.tokens[first:last]
        name = read.words(first, last)
        known = self.registry.by_words(words_of(name))
        if not found[0].is_word or found[0].text[0].isdigit():
            return False
        if known is not None and known is not entity and (known.reference or known.is_sure):
            return False
        hits = self._gazetteer.find(name, self._country)
        whole = bool(hits) and hits[0].end - hits[0].start == len(name)
        if (
            whole
            and hits[0].entry.reference != entity.reference
            and (entity.reference or hits[0].entry.country != self._country or not self._country)
        ):
            return False
        if len(found) == 1:
            return found[0].is_acronym or found[0].is_capital
        head, kind = self._finder.head_of(words_of(name))
        is_name = found[0].is_capital and found[0].low not in self._finder.openers
        return is_name and (
            (len(outer) == 1 and bool(head)) or (len(outer) > 1 and (not head or kind == entity.kind or not entity.kind)) or not head
        )

    def _is_person(self, read: Read, start: int, end: int, name: Candidate) -> bool:  # noqa: PLR0911  # one answer a sign
        """Whether a name is a person's: a title or an office before it, or a given name, and no institution's noun."""
        found = read.tokens
        if name.kind and not self._finder.is_weak(name.head):
            return False
        if name.is_title:
            return False
        if found[start].low in self._titles:
            return True
        capitals = [token for token in found[start:end] if token.is_capital]
        if len(capitals) > 1 and capitals[0].low in self._given and not any(token.is_acronym for token in capitals):
            return True
        before = found[start - 1] if start else None
        if before is not None and before.text == "." and start > 1:
            before = found[start - 2]
        if before is not None and before.low in self._titles and not (capitals and capitals[0].is_acronym):
            return True
        if before is not None and before.text == "," and start > 1 and found[start - 2].low in self._titles and len(capitals) == _PAIR:
            return True
        after = found[end].low if end < len(found) else ""
        return len(capitals) in (2, 3) and after in self._said

    def _is_place(self, read: Read, start: int, end: int, name: Candidate) -> bool:
        """Whether a name without a noun stands where places stand: one or two words behind `in`, `at`, `near`, `from`."""
        if name.kind or name.is_title or end - start > _PAIR or any(token.is_acronym for token in read.tokens[start:end]):
            return False
        before = start - 1 if start and read.tokens[start - 1].low not in self._finder.articles else start - 2
        return before >= 0 and read.tokens[before].low in self._places and self.registry.by_words(words_of(read.words(start, end))) is None

    # -- second pass: what is said of it -------------------------------------------------------------------------------

    def _with_known(self, read: Read) -> list[Mention]:
        """The mentions with those names that another sentence introduced."""
        if read.sentence.form in _SILENT or self._is_furniture(read):
            return []
        taken = {number for mention in read.mentions for number in range(mention.start, mention.end + mention.skip)}
        extra: list[Mention] = []
        for number, token in enumerate(read.tokens):
            if number in taken or not token.is_word or not (token.is_capital or token.text[0].isdigit()):
                continue
            for size in (4, 3, 2, 1):
                stretch = range(number, min(number + size, len(read.tokens)))
                if len(stretch) < size or taken.intersection(stretch):
                    continue
                entity = self.registry.by_words(tuple(read.tokens[place].low for place in stretch))
                if entity is not None and (size > 1 or self._is_written_so(token.text, entity)):
                    extra.append(Mention(number, number + size, entity.number))
                    taken.update(stretch)
                    break
        return sorted([*read.mentions, *extra], key=lambda mention: mention.start)

    @staticmethod
    def _is_written_so(text: str, entity: Entity) -> bool:
        return text in (entity.name, *entity.aliases)

    def resolve(self, reads: Sequence[Read]) -> None:
        """Add short forms, pronouns, collectives and the country, and lead each to its entity.

        Args:
            reads: all sentences in order; their mentions are completed.
        """
        self.subject = self._subject_of_the_document(reads)
        seen: list[int] = []
        former: Read | None = None
        for read in reads:
            if read.sentence.form == "heading" and not read.mentions:
                former = None
            if read.sentence.form in _SILENT or self._is_furniture(read):
                continue
            taken = {number for mention in read.mentions for number in range(mention.start, mention.end + mention.skip)}
            known = {mention.start: mention for mention in read.mentions}
            number = 0
            while number < len(read.tokens):
                if number in known:
                    seen.append(known[number].entity)
                elif number not in taken and (mention := self._short(read, number, seen, former)):
                    stretch = range(mention.start, mention.end)
                    if self._make_room(read, stretch, taken):
                        read.mentions.append(mention)
                        taken.update(stretch)
                        seen.append(mention.entity)
                number += 1
            read.mentions.sort(key=lambda mention: mention.start)
            former = read if read.mentions else former

    def _make_room(self, read: Read, stretch: range, taken: set[int]) -> bool:
        """Whether a mention may stand here; names that may be no names at all give way to it."""
        if not taken.intersection(stretch):
            return True
        inside = [mention for mention in read.mentions if mention.start < stretch.stop and mention.end + mention.skip > stretch.start]
        if any(self.registry[mention.entity].is_sure or self.registry[mention.entity].reference for mention in inside):
            return False
        read.mentions = [mention for mention in read.mentions if mention not in inside]
        return True

    def _short(self, read: Read, at: int, seen: Sequence[int], former: Read | None) -> Mention | None:  # noqa: PLR0911  # one answer a way of naming
        found, token = read.tokens, read.tokens[at]
        if not token.is_word:
            return None
        if self._code and token.text == self._code:
            return self._of_country(at, at + 1, read)
        for words in self._country_words:
            if tuple(other.low for other in found[at : at + len(words)]) == words and self._country and len(words) > 1:
                return self._of_country(at, at + len(words), read)
        if token.low in self.subject_words:
            if self.subject is not None:
                return Mention(at, at + 1, self.subject.number, "pronoun")
            return self._of_country(at, at + 1, read) if self._country else None
        if (
            token.low in self._pronouns
            and former is not None
            and (at == 0 or found[at - 1].text in ";,\u2013" or found[at - 1].low in ("and", "but"))
        ):
            return self._pronoun(read, at, former)
        if token.low in self._objects and at and (mention := self._object_pronoun(read, at, former)) is not None:
            return mention
        if token.low in self._determiners:
            return self._definite(read, at, seen) or self._described_thing(read, at)
        return self._collective(read, at)

    def _of_country(self, start: int, end: int, read: Read) -> Mention | None:
        entry = self._gazetteer.entry(self._country or "")
        return None if entry is None else Mention(start, end, self._entity(read, start, end, entry).number, "country")  # type: ignore[union-attr]

    def _pronoun(self, read: Read, at: int, former: Read) -> Mention | None:
        """`It` stands for the first thing of the sentence before, or of its own sentence before a semicolon."""
        own = [mention for mention in read.mentions if mention.end <= at]
        if own:
            return Mention(at, at + 1, self._subject(read, own).entity, "pronoun")
        if former.sentence.section != read.sentence.section or not former.mentions:
            return None
        return Mention(at, at + 1, self._subject(former, former.mentions).entity, "pronoun")

    @staticmethod
    def _is_class(entity: Entity) -> bool:
        """Whether an entity is a class of people or a state, for which no `it` stands."""
        return entity.is_collective or entity.classname == "State"

    def _subject(self, read: Read, mentions: Sequence[Mention]) -> Mention:
        """The first mention that no preposition stands before; the first of all if there is none."""
        for mention in mentions:
            before = read.tokens[mention.start - 1] if mention.start else None
            if before is not None and before.low in self._determiners and mention.start > 1:
                before = read.tokens[mention.start - 2]
            if before is None or before.low not in self._small or before.low in self._determiners or before.low in ("and", "that"):
                return mention
        return mentions[0]

    def _object_pronoun(self, read: Read, at: int, former: Read | None) -> Mention | None:
        """`pays for it`: the first thing of the sentence before that is not the subject of this one."""
        own = {self.registry[mention.entity].number for mention in read.mentions if mention.end <= at}
        if not own or former is None or former.sentence.section != read.sentence.section:
            return None
        other = next(
            (
                mention.entity
                for mention in former.mentions
                if (entity := self.registry[mention.entity]).number not in own and not self._is_class(entity)
            ),
            None,
        )
        return None if other is None else Mention(at, at + 1, other, "pronoun")

    def _described_thing(self, read: Read, at: int) -> Mention | None:
        """`a working group on child trafficking`: a common noun with what narrows it, where no name is given."""
        found = read.tokens
        for before in range(4):
            for size in (3, 2, 1):
                first = at + 1 + before
                words = tuple(token.low for token in found[first : first + size])
                kind = self._common.get(words) if len(words) == size else None
                if kind is None:
                    continue
                if any(not token.is_word or token.low in self._small or token.is_capital for token in found[at + 1 : first]):
                    return None
                end = self._complement(found, first + size)
                if end == first + size and not before:
                    return None
                name = read.words(at + 1, end)
                entity = self.registry.by_words(words_of(name)) or self.registry.add(
                    Entity(
                        0,
                        name,
                        kind,
                        self._finder.concepts.get(kind, ""),
                        None,
                        words[-1] if size == 1 else " ".join(words),
                        read.span(at + 1, end),
                        is_sure=False,
                    )
                )
                return Mention(at + 1, end, entity.number, "collective")
        return None

    def _complement(self, found: Sequence[Token], at: int) -> int:
        """Where the complement of a common noun ends: `of`, `on`, `for` or `against`, and up to four words."""
        if at + 1 >= len(found) or found[at].low not in ("of", "on", "for", "against"):
            return at
        end = at + 1
        while (
            end < len(found)
            and end - at <= _LONGEST_COMPLEMENT
            and found[end].is_word
            and not found[end].is_capital
            and found[end].low not in self._small
            and not found[end].low.endswith(self._verbal)
        ):
            end += 1
        return end if end > at + 1 else at

    def _definite(self, read: Read, at: int, seen: Sequence[int]) -> Mention | None:
        """`the Ministry`, `this plan`: the last thing named before that has this noun."""
        found = read.tokens
        for size in (3, 2, 1):
            end = at + 1 + size
            if end > len(found):
                continue
            words = tuple(token.low for token in found[at + 1 : end])
            noun = " ".join(words)
            is_head = words in self._finder.heads
            kinds = self._short_kinds.get(words, ())
            if not is_head and not kinds:
                continue
            if not found[end - 1].is_capital and not kinds and self._finder.is_weak(noun):
                continue
            if end < len(found) and (found[end].is_capital and found[end].is_word and found[end].low not in self._finder.openers):
                continue
            if (
                end + 1 < len(found)
                and found[end].low in ("of", "for")
                and (found[end + 1].is_capital or found[min(end + 2, len(found) - 1)].is_capital)
            ):
                continue
            if (number := self._meant(noun, kinds, seen, is_capital=found[end - 1].is_capital)) is not None:
                return Mention(at, end, number, "short")
        return None

    def _meant(self, noun: str, kinds: Sequence[str], seen: Sequence[int], *, is_capital: bool) -> int | None:
        """The thing that a noun stands for.

        What the noun stood for before, unless something with this noun was introduced since; else the last thing named that
        has it; else the first that is named later; else the last one of a kind that it may stand for.
        """
        exact = [number for number in seen if self.registry[number].head == noun]
        fitting = exact or [
            number for number in seen if self.registry[number].head.endswith(f" {noun}") or noun in words_of(self.registry[number].name)
        ]
        newest = max(fitting, default=-1)
        bound = self._bound.get(noun)
        if bound is not None and newest <= bound[1]:
            return bound[0]
        if fitting:
            self._bound[noun] = (fitting[-1], max(fitting))
            return fitting[-1]
        later = next((entity.number for entity in self.registry if entity.head == noun and entity.is_sure), None) if is_capital else None
        if later is not None:
            return later
        return next((number for number in reversed(seen) if self.registry[number].kind in kinds), None)

    def _collective(self, read: Read, at: int) -> Mention | None:
        """`NGOs`, `local councils`, `young people in the region`: named as a class."""
        found = read.tokens
        for size in (3, 2, 1):
            words = tuple(token.low for token in found[at : at + size])
            kind = self._collectives.get(words) if len(words) == size else None
            if kind is None:
                continue
            end = at + size
            narrows = end + 1 < len(found) and (
                (found[end].low in ("aged", "under", "over") and found[end + 1].text[0].isdigit())
                or (found[end].low == "in" and found[end + 1].is_capital)
            )
            if narrows and kind in ("targets", "heads"):
                end += 2
                while end < len(found) and (
                    found[end].text[0].isdigit() or found[end].low in ("to", "and", "years", "-", "\u2013") or found[end].is_capital
                ):
                    end += 1
            at = self._with_modifiers(found, at) if kind == "targets" else at
            name = read.words(at, end)
            entity = self.registry.by_words(words_of(name))
            concept = {"offices": "office", "governments": "government"}.get(kind, "collective")
            is_office = concept != "collective"
            if entity is None:
                entity = self.registry.add(
                    Entity(
                        0,
                        name,
                        concept,
                        self._finder.concepts.get(concept, ""),
                        None,
                        words[-1],
                        read.span(at, end),
                        is_collective=not is_office,
                        is_sure=False,
                    )
                )
            return Mention(at, end, entity.number, "collective")
        return None

    def _with_modifiers(self, found: Sequence[Token], at: int) -> int:
        """Where a class begins with the words that narrow it: `for livestock farmers`, `to older car owners`."""
        start = at
        while (
            start
            and at - start < _PAIR
            and found[start - 1].is_word
            and not found[start - 1].is_capital
            and found[start - 1].low not in self._small
        ):
            start -= 1
        before = found[start - 1] if start else None
        return start if before is None or not before.is_word or before.low in self._small else at

    def _subject_of_the_document(self, reads: Sequence[Read]) -> Entity | None:
        """Whom a page without a country speaks for when it says "we": the thing named most often, and before it one that a title names."""
        if self._country and any(read.sentence.form == "front-block-line" for read in reads):
            return None
        counts: dict[int, int] = {}
        for read in reads:
            for mention in read.mentions:
                entity = self.registry[mention.entity]
                if entity.classname not in ("State", "") and entity.kind != "office":
                    counts[mention.entity] = counts.get(mention.entity, 0) + 1
        titles = [words_of(read.plain.text) for read in reads if read.sentence.form == "heading"][:_TITLES]
        for number in counts:
            names = [words_of(name) for name in (self.registry[number].name, *self.registry[number].aliases)]
            if any(name == title[at : at + len(name)] for name in names if name for title in titles for at in range(len(title))):
                counts[number] += _TITLE_COUNTS
        return self.registry[max(counts, key=lambda number: (counts[number], -number))] if counts else None


def _tokens_of(found: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
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


def _parts(found: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a bracket between commas, semicolons, slashes."""
    parts: list[tuple[int, int]] = []
    first = start
    for number in range(start, end + 1):
        if number == end or found[number].text in (",", ";", "/", "|"):
            if number > first:
                parts.append((first, number))
            first = number + 1
    return parts


def _without_owners(
    hits: Sequence[tuple[tuple[int, int], Entry]], names: Sequence[Candidate], found: Sequence[Token]
) -> Iterator[Candidate]:
    """Names without the owner before them: `Europol's European Cybercrime Centre` names the centre."""
    ends = {end for (_, end), _ in hits}
    tails = {span for span, entry in hits if entry.classname in _OWNERS}
    for name in names:
        tail = next((start for start, end in tails if end == name.end and start > name.start + 1), None)
        if tail is not None and not name.is_title and found[tail - 1].low in ("of", "at", "in", "the"):
            end = tail - 1 - (found[tail - 1].low == "the")
            yield replace(name, end=end) if end > name.start else name
            continue
        owner = next((at for at in range(name.start + 1, name.end - 1) if found[at].low in POSSESSIVE and at in ends), None)
        yield name if owner is None or name.is_title else replace(name, start=owner + 1)


def _merged(
    hits: Sequence[tuple[tuple[int, int], Entry]], names: Sequence[Candidate], found: Sequence[Token]
) -> list[tuple[int, int, Entry | Candidate]]:
    """Names of the lists and names that were found, the fitting one where they overlap."""
    out: list[tuple[int, int, Entry | Candidate]] = []
    lost: set[int] = set()
    for name in _without_owners(hits, names, found):
        inside = [number for number, ((start, end), _) in enumerate(hits) if start < name.end and end > name.start]
        if not inside:
            out.append((name.start, name.end, name))
            continue
        (start, end), _ = hits[inside[0]]
        covers = start <= name.start and end >= name.end
        entry = hits[inside[0]][1]
        if entry.classname == "State" and not covers and name.start < start and not name.head:
            lost.update(inside)
            out.append((name.start, name.end, name))
            continue
        rest = {token.low for number, token in enumerate(found[name.start : name.end], name.start) if not start <= number < end}
        is_own = name.head and not covers and (name.is_title or set(name.head.split()) <= rest or (start > name.start and end < name.end))
        if is_own:
            lost.update(inside)
            out.append((name.start, name.end, name))
    out += [(start, end, entry) for number, ((start, end), entry) in enumerate(hits) if number not in lost]
    return sorted(out, key=lambda item: (item[0], -item[1]))


__all__ = ["Mention", "MentionReader", "Read"]
