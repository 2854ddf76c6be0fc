"""A document to what it seems to say: actors and proposed claims.

The rules of a language are compiled once (`Extractor`) and used for any number of documents. Nothing is kept from one
document to the next, so that documents can be read in any order and by any number of processes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.authority import Authority
from graph.curation.metadata import Metadata
from graph.documents import Document
from graph.extraction import language as languages
from graph.extraction import rulebook
from graph.extraction.discourse import Context, Turn, begin, follow
from graph.extraction.gazetteer import Gazetteer, generic_words
from graph.extraction.mentions import Read
from graph.extraction.names import NameFinder
from graph.extraction.plain import plain
from graph.extraction.readings import Relation
from graph.extraction.registry import Entity, Registry
from graph.extraction.relations import RelationFinder
from graph.extraction.resolution import MentionReader
from graph.extraction.results import PROPOSED, REVIEW, End, Extraction, FoundActor, Proposal
from graph.extraction.tables import TableReader
from graph.extraction.tokens import tokens
from graph.sections import Section
from graph.sentences import Sentence
from graph.vocabulary import Vocabulary

_FEWEST_SECTIONS = 3
_OFTEN = 2
_SHORTEST = 3
_LONGEST = 3_000
"""Letters of a sentence beyond which it is none: a table or list that lost its lines. What some steps take grows with the square."""


@dataclass(frozen=True)
class Reader:
    """All that is compiled for one language.

    Args:
        book: its rules.
        finder: finds names.
        gazetteer: finds names of the authority files.
        relations: finds relations.
        tables: reads tables by their columns.
    """

    book: rulebook.Rulebook
    finder: NameFinder
    gazetteer: Gazetteer
    relations: RelationFinder
    tables: TableReader

    @property
    def boards(self) -> frozenset[str]:
        """Nouns of bodies that may be authorities or groups."""
        return self.book["names"].word_set("boards")

    def found(self, turn: Turn, context: Context) -> Sequence[Relation]:
        """The relations that a sentence says, or a row by its columns.

        Args:
            turn: the sentence.
            context: what it may leave unsaid.
        """
        if turn.header is not None and (told := list(self.tables.relations(turn.header, turn.read, context))):
            return told
        return self.relations.find(turn.read, context, turn.intro)


class Extractor:
    """Reads documents by the rules of `data/rules`.

    Args:
        rules: the folder of rule files.
        authority: the authority facts.
        vocabulary: the ontology.
    """

    def __init__(self, rules: Path, authority: Authority, vocabulary: Vocabulary) -> None:
        """Nothing is read before the first document in a language."""
        self._rules, self._authority, self._vocabulary = rules, authority, vocabulary
        self.languages = rulebook.languages(rules)
        self._readers: dict[str, Reader] = {}

    def reader(self, language: str) -> Reader:
        """What is compiled for a language.

        Args:
            language: its code; one of `languages`.

        Raises:
            RuleError: its rules cannot be read.
        """
        if language not in self._readers:
            book = rulebook.read(self._rules, language)
            names = book["names"]
            generic = generic_words([*names.lists("heads").values(), book["language"].words("openers"), names.words("generic_words")])
            relations = RelationFinder(book, self._vocabulary)
            self._readers[language] = Reader(
                book,
                NameFinder(book, self._vocabulary),
                Gazetteer(self._authority, language, generic, generic_words([names.words("international_words")])),
                relations,
                TableReader(book, self._vocabulary),
            )
        return self._readers[language]

    def extract(self, document: Document, sections: Sequence[Section], sentences: Sequence[Sentence], about: Metadata) -> Extraction:
        """What a document seems to say.

        Args:
            document: the document.
            sections: its sections.
            sentences: its sentences.
            about: what is known of it as a whole.
        """
        is_template = sum(1 for section in sections if section.template and section.template != "front") >= _FEWEST_SECTIONS
        language = languages.detect([sentence.text for sentence in sentences if sentence.form != "front-block-line"])
        if language not in self.languages:
            known = ", ".join(self.languages)
            remark = (
                f"There are no rules for the language {language or 'of this text'}, so it was not analysed; there are rules for: {known}."
            )
            return Extraction((), (), language, is_template, (remark,))
        return _Reading(self.reader(language), document, sentences, about, is_template=is_template).result(language)


class _Reading:
    """One document on its way through the rules."""

    def __init__(self, reader: Reader, document: Document, sentences: Sequence[Sentence], about: Metadata, *, is_template: bool) -> None:
        self._reader, self._about, self._is_template = reader, about, is_template
        fitting = [sentence for sentence in sentences if len(sentence.text) <= _LONGEST]
        self._left_out = [sentence for sentence in sentences if len(sentence.text) > _LONGEST]
        self._reads = list(_reads(document.text, fitting))
        self._mentions = MentionReader(reader.book, reader.finder, reader.gazetteer, about.country)

    def result(self, language: str) -> Extraction:
        self._mentions.register(self._reads)
        self._mentions.resolve(self._reads)
        registry = self._mentions.registry
        relations = list(self._relations(registry))
        times = Counter(registry[mention.entity].number for read in self._reads for mention in read.mentions)
        used = {number for relation in relations for number in (relation.subject, relation.object)}
        actors = [self._actor(entity) for entity in registry if self._is_actor(entity, entity.number in used, times[entity.number])]
        actors.sort(key=lambda actor: (actor.span.start, actor.span.end, actor.name))
        proposals = sorted(
            (self._proposal(relation, registry) for relation in relations),
            key=lambda proposal: (proposal.span.start, proposal.span.end, proposal.relation, proposal.subject.name, proposal.object.name),
        )
        return Extraction(tuple(actors), tuple(proposals), language, self._is_template, tuple(self._remarks()))

    def _remarks(self) -> Iterator[str]:
        if self._left_out:
            first = self._left_out[0].span.start
            yield (
                f"Not analysed: {len(self._left_out)} of the stretches between two ends of sentences, since they are longer than "
                f"{_LONGEST:,} letters; the first one begins at offset {first}."
            )

    def _relations(self, registry: Registry) -> Iterator[Relation]:
        entry = self._reader.gazetteer.entry(self._about.country) if self._about.country else None
        country = registry.by_reference(entry.reference) if entry else None
        if entry is not None and country is None and self._is_template:
            country = self._add_country(registry)
        year = int(self._about.year.stated[:4]) if self._about.year else None
        context = begin(registry, country, self._mentions.subject, year, is_template=self._is_template, boards=self._reader.boards)
        for turn in follow(self._reads, context):
            yield from self._reader.found(turn, context)

    def _add_country(self, registry: Registry) -> Entity | None:
        """The document's country, where only its front block names it."""
        front = next(
            (read for read in self._reads if read.sentence.form == "front-block-line" and read.tokens and self._names_country(read)), None
        )
        entry = self._reader.gazetteer.entry(self._about.country or "")
        if front is None or entry is None:
            return None
        return registry.add(Entity(0, entry.label, entry.kind, entry.classname, entry.reference, "", front.span(0, len(front.tokens))))

    def _names_country(self, read: Read) -> bool:
        hits = self._reader.gazetteer.find(read.plain.text.title(), self._about.country)
        return any(hit.entry.reference == self._about.country for hit in hits)

    def _is_actor(self, entity: Entity, used: bool, times: int) -> bool:  # noqa: FBT001  # the first thing that decides
        """Whether an entity counts as an actor: known, spoken of in a claim, named by its noun, or named again and again."""
        if entity.reference or used:
            return True
        if entity.is_collective or entity.kind == "office" or not entity.name[:1].isupper():
            return False
        return entity.is_sure or (not entity.kind and times >= _OFTEN and len(entity.name) > _SHORTEST)

    def _actor(self, entity: Entity) -> FoundActor:
        span = entity.span
        text = self._text(span.start, span.end)
        suggestions = (
            () if entity.reference or entity.is_collective else tuple(self._reader.gazetteer.similar(entity.name, self._about.country))
        )
        aliases = tuple(dict.fromkeys(alias for alias in entity.aliases if alias != entity.name))
        return FoundActor(entity.name, entity.kind or "body", entity.reference, span, text, aliases, entity.is_collective, suggestions)

    def _text(self, start: int, end: int) -> str:
        return self._document_text[start:end]

    @property
    def _document_text(self) -> str:
        return self._reads[0].document_text if self._reads else ""

    def _proposal(self, relation: Relation, registry: Registry) -> Proposal:
        subject, object_ = (_end(registry[number], relation.read, registry) for number in (relation.subject, relation.object))
        sentence = relation.read.sentence
        reason = relation.decision.reason
        return Proposal(
            subject, relation.name, object_, sentence.span, sentence.text,
            relation.decision.polarity, relation.decision.modality, relation.confidence, relation.rule,
            REVIEW if reason else PROPOSED, reason or relation.note, relation.valid_from, relation.valid_until,
        )  # fmt: skip


def _end(entity: Entity, read: Read, registry: Registry) -> End:
    """An entity as the end of a claim, with the words of the sentence that speak of it."""
    own = [mention for mention in read.mentions if registry[mention.entity].number == entity.number]
    return End(entity.name, entity.reference, tuple(read.span(mention.start, mention.end) for mention in own))


def _reads(text: str, sentences: Sequence[Sentence]) -> Iterator[Read]:
    end, former = 0, ""
    for sentence in sentences:
        words = plain(text, sentence.span)
        between = text[end : sentence.span.start]
        yield Read(
            sentence,
            words,
            tokens(words.text),
            opens=not end or "\n" in between or "\r" in between,
            document_text=text,
            is_header=sentence.form == "table-row" and former != "table-row",
        )
        former = sentence.form
        end = sentence.span.end
