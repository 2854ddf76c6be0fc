"""What plug-ins propose, verified: a quote that stands in the document, ends that stand in it, a relation that exists.

What does not hold is refused, counted and told. What holds goes to review, whatever the plug-in thinks of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from graph.curation.metadata import Metadata
from graph.documents import Document
from graph.extraction.analysis import Analysis
from graph.extraction.bystanders import Bystanders
from graph.extraction.candidates import Candidate
from graph.extraction.extractor import Extractor, Reader
from graph.extraction.mentions import Read
from graph.extraction.plain import Plain, plain
from graph.extraction.plugins import Answer, Host, PluginFault, ProposedQuote
from graph.extraction.registry import Registry
from graph.extraction.results import REVIEW, End, Extraction, FoundActor, Proposal
from graph.extraction.tokens import tokens, words_of
from graph.sentences import Sentence
from graph.spans import Span
from graph.vocabulary import Vocabulary

REASON = "proposed by a plug-in; a person decides"
_POLARITIES = ("affirmed", "negated")
_LONGEST_NAME = 200
_MOST_SENTENCES = 2


class Refused(Exception):
    """A proposed quote does not hold; the words say why."""


def consulted(analysis: Analysis, hosts: Iterable[Host], extractor: Extractor, vocabulary: Vocabulary) -> Analysis:
    """An analysis with what plug-ins add to it.

    Args:
        analysis: what the rules found.
        hosts: the plug-ins.
        extractor: the rules, for names.
        vocabulary: the ontology.
    """
    if analysis.extraction.language not in extractor.languages:
        return analysis
    relations = {name: relation.label for name, relation in sorted(vocabulary.relations.items())}
    for host in hosts:
        try:
            answer = host.propose(analysis.document.text, [sentence.text for sentence in analysis.sentences], relations)
        except PluginFault as fault:
            extraction = replace(analysis.extraction, remarks=(*analysis.extraction.remarks, f"{str(fault)[:1].upper()}{str(fault)[1:]}"))
        else:
            extraction = Verifier.of(analysis, extractor.reader(analysis.extraction.language), vocabulary).extended(answer)
        analysis = replace(analysis, extraction=extraction)
    return analysis


def answered(
    extraction: Extraction,
    answers: Iterable[Answer],
    document: Document,
    sentences: Sequence[Sentence],
    about: Metadata,
    extractor: Extractor,
    vocabulary: Vocabulary,
) -> Extraction:
    """An extraction with what holds of answers that plug-ins gave earlier, perhaps when the text was another.

    Args:
        extraction: what the rules found.
        answers: what plug-ins proposed, in order of time.
        document: the document.
        sentences: its sentences.
        about: what is known of it as a whole.
        extractor: the rules, for names.
        vocabulary: the ontology.
    """
    if extraction.language in extractor.languages:
        for answer in answers:
            reader = extractor.reader(extraction.language)
            extraction = Verifier(document, sentences, about, extraction, reader, vocabulary).extended(answer)
    return extraction


@dataclass(frozen=True)
class Verifier:
    """Verifies what is proposed for one document.

    Args:
        document: the document.
        sentences: its sentences.
        about: what is known of it as a whole.
        extraction: what was found in it so far.
        reader: the rules of its language, for names.
        vocabulary: relations, lists.
    """

    document: Document
    sentences: Sequence[Sentence]
    about: Metadata
    extraction: Extraction
    reader: Reader
    vocabulary: Vocabulary

    @classmethod
    def of(cls, analysis: Analysis, reader: Reader, vocabulary: Vocabulary) -> "Verifier":
        """The verifier of an analysis.

        Args:
            analysis: what was read from the document.
            reader: the rules of its language, for names.
            vocabulary: relations, lists.
        """
        return cls(analysis.document, analysis.sentences, analysis.about, analysis.extraction, reader, vocabulary)

    def extended(self, answer: Answer) -> Extraction:
        """The extraction with what holds of an answer, and a remark that accounts for the rest."""
        before = self.extraction
        said = {(one.subject, one.relation, one.object): one.span for one in before.proposals}
        refused: Counter[str] = Counter()
        actors: dict[End, FoundActor] = {}
        taken: list[Proposal] = []
        for quote in answer.quotes:
            try:
                proposal, found = self._verified(quote, answer.rule)
                _refuse_if(_is_said(proposal, said), "it is proposed already")
            except Refused as reason:
                refused[str(reason)] += 1
                continue
            taken.append(proposal)
            said[proposal.subject, proposal.relation, proposal.object] = proposal.span
            for end, actor in found:
                actors.setdefault(end, actor)
        return replace(
            before,
            actors=tuple(sorted([*before.actors, *actors.values()], key=lambda actor: (actor.span.start, actor.span.end, actor.name))),
            proposals=tuple(sorted([*before.proposals, *taken], key=_place)),
            remarks=(*before.remarks, _remark(answer, len(taken), refused)),
        )

    def _verified(self, quote: ProposedQuote, rule: str) -> tuple[Proposal, list[tuple[End, FoundActor]]]:
        name = self.vocabulary.names.get(quote.relation)
        relation = name.relation if name else self.vocabulary.relations.get(quote.relation)
        if relation is None or (name and name.object):
            raise Refused("the relation is unknown")
        _refuse_if(quote.polarity not in _POLARITIES, "the polarity is unknown")
        _refuse_if(f"modality/{quote.modality}" not in self.vocabulary.concepts, "the modality is unknown")
        _refuse_if(not 0 <= quote.score <= 1, "the score is not between 0 and 1")
        span = self._place_of(quote.quote)
        pairs = [self._end(words, span) for words in (quote.subject_text, quote.object_text)]
        _refuse_if(pairs[0][0] == pairs[1][0], "both ends are the same")
        if name and name.inverse:
            pairs.reverse()
        modality = name.modality if name and name.modality and quote.modality == "asserted" else quote.modality
        (subject, _), (object_, _) = pairs
        return Proposal(
            subject,
            relation.name,
            object_,
            span,
            span.of(self._text),
            quote.polarity,
            modality,
            round(quote.score, 3),
            rule,
            REVIEW,
            REASON,
        ), [(end, actor) for end, actor in pairs if actor]

    @property
    def _text(self) -> str:
        return self.document.text

    # -- the quote -----------------------------------------------------------------------------------------------------

    def _place_of(self, words: str) -> Span:
        """Where a quote stands, as it is or without the document's markup."""
        pattern = _spaced(words)
        _refuse_if(pattern is None, "the quote is empty")
        assert pattern
        stands = False
        for found in pattern.finditer(self._text):
            stands = True
            if self._is_together(span := Span(found.start(), found.end())):
                return span
        for stretch in self._stretches:
            if plainly := pattern.search(stretch.text):
                return stretch.span(plainly.start(), plainly.end())
        raise Refused("the quote goes over more than two sentences" if stands else "the quote does not stand in the document")

    def _is_together(self, span: Span) -> bool:
        touched = [one.span for one in self.sentences if one.span.start < span.end and span.start < one.span.end]
        return 0 < len(touched) <= _MOST_SENTENCES and touched[0].start <= span.start and span.end <= touched[-1].end

    @cached_property
    def _stretches(self) -> list[Plain]:
        """The plain words of each sentence, and of each two neighbours."""
        spans = [sentence.span for sentence in self.sentences]
        return [plain(self._text, span) for span in (*spans, *(Span(one.start, two.end) for one, two in pairwise(spans)))]

    # -- the ends ------------------------------------------------------------------------------------------------------

    def _end(self, words: str, within: Span) -> tuple[End, FoundActor | None]:
        """The end that words name, and the actor where it is a new one."""
        span = self._span_of(words, within)
        name = " ".join(words.split())
        if actor := self._known.get(words_of(name)):
            return End(actor.name, actor.reference, (span,)), None
        about = self.about
        hit = next((hit for hit in self.reader.gazetteer.find(name, about.country) if (hit.start, hit.end) == (0, len(name))), None)
        if hit:
            known = next((actor for actor in self.extraction.actors if actor.reference == hit.entry.reference), None)
            end = End(known.name if known else hit.entry.label, hit.entry.reference, (span,))
            found = FoundActor(
                hit.entry.label, hit.entry.kind, hit.entry.reference, span, span.of(self._text), (name,) if name != hit.entry.label else ()
            )
            return end, None if known else found
        kind = self._kind_of(name)
        _refuse_if(self._is_person(span), "an end seems to be a person")
        return End(name, None, (span,)), FoundActor(
            name, kind, None, span, span.of(self._text), suggestions=tuple(self.reader.gazetteer.similar(name, about.country))
        )

    def _span_of(self, words: str, within: Span) -> Span:
        pattern = _spaced(words, whole=True)
        _refuse_if(pattern is None or len(words) > _LONGEST_NAME, "an end is empty or too long")
        assert pattern
        if found := pattern.search(self._text, within.start, within.end):
            return Span(found.start(), found.end())
        stretch = plain(self._text, within)
        if found := pattern.search(stretch.text):
            return stretch.span(found.start(), found.end())
        raise Refused("an end does not stand in the quote")

    @cached_property
    def _known(self) -> dict[tuple[str, ...], FoundActor]:
        """The actors that the rules found, by the words of their names."""
        found: dict[tuple[str, ...], FoundActor] = {}
        for actor in self.extraction.actors:
            for name in (actor.name, *actor.aliases, actor.quote):
                found.setdefault(words_of(name), actor)
        return found

    def _kind_of(self, name: str) -> str:
        """The kind that a new name tells; a name that names nobody is refused."""
        words, names = words_of(name), self.reader.book["names"]
        silent = {*names.words("pronouns"), *names.words("self_words"), *names.words("object_pronouns")}
        _refuse_if(not words or " ".join(words) in silent, "an end is a pronoun or no word")
        return self.reader.finder.nouns.head_of(words)[1] or "body"

    def _is_person(self, end: Span) -> bool:
        """Whether an end is a person's name, or a part of one, where it stands: told as for names that the rules find."""
        for sentence in self.sentences:
            if sentence.span.start < end.end and end.start < sentence.span.end:
                words = plain(self._text, sentence.span)
                read = Read(sentence, words, tokens(words.text))
                if any(self._bystanders.is_person(read, name) for name in self._names(read, end)):
                    return True
        return False

    def _names(self, read: Read, end: Span) -> Iterator[Candidate]:
        """The names in a sentence of which an end is one, or a part."""
        places = ((number, read.span(number, number + 1)) for number in range(len(read.tokens)))
        inside = [number for number, place in places if place.start < end.end and end.start < place.end]
        if not inside:
            return
        start, stop = inside[0], inside[-1] + 1
        found = [name for name in self.reader.finder.find(read.plain, read.tokens) if name.start < stop and start < name.end]
        if (start, stop) not in {(name.start, name.end) for name in found}:
            yield Candidate(start, stop, *self.reader.finder.nouns.head_of(read.low(start, stop)))
        yield from found

    @cached_property
    def _bystanders(self) -> Bystanders:
        return Bystanders(self.reader.book["names"], self.reader.finder, Registry())


def _refuse_if(condition: bool, reason: str) -> None:  # noqa: FBT001  # it reads as a sentence
    if condition:
        raise Refused(reason)


def _spaced(words: str, *, whole: bool = False) -> re.Pattern[str] | None:
    """A pattern for words, whatever the white space between them; None if there is no word."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return None
    pattern = r"\s+".join(parts)
    return re.compile(rf"(?<!\w){pattern}(?!\w)" if whole else pattern)


def _is_said(proposal: Proposal, said: dict[tuple[End, str, End], Span]) -> bool:
    before = said.get((proposal.subject, proposal.relation, proposal.object))
    return before is not None and before.start < proposal.span.end and proposal.span.start < before.end


def _place(proposal: Proposal) -> tuple[int, int, str, str, str]:
    return proposal.span.start, proposal.span.end, proposal.relation, proposal.subject.name, proposal.object.name


def _remark(answer: Answer, taken: int, refused: Counter[str]) -> str:
    return " ".join(_told(answer, taken, sorted(refused.items(), key=lambda pair: (-pair[1], pair[0]))))


def _told(answer: Answer, taken: int, refused: Sequence[tuple[str, int]]) -> Iterator[str]:
    yield f"{answer.rule} proposed {len(answer.quotes)} quotes: {taken} for review, {len(answer.quotes) - taken} refused."
    if refused:
        yield f"Refused because {'; '.join(f'{reason} ({count})' for reason, count in refused)}."
    if not answer.deterministic:
        yield "It may answer otherwise another time."
