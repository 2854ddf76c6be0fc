"""What the rules propose, as claims and evidence that can be decided on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from graph.authority import Authority
from graph.cache import cached
from graph.curation.metadata import Metadata
from graph.decisions.minting import Minter
from graph.decisions.records import CONTEXT, LONGEST_NAME, ClaimRecord, End, EvidenceRecord
from graph.decisions.stances import Unit
from graph.documents import Document
from graph.extraction import results, rulebook
from graph.extraction.answers import described
from graph.extraction.cues import REACHES
from graph.extraction.extractor import Extractor
from graph.extraction.plugins import Answer
from graph.extraction.results import Extraction, Proposal
from graph.extraction.verification import answered
from graph.sections import Section
from graph.sentences import Sentence
from graph.spans import Span
from graph.text import digest, sha256
from graph.versions import code_hash
from graph.vocabulary import Vocabulary

_EXTRACTION = TypeAdapter(Extraction)
_CUES = ("negated", "past", "planned", "possible", "required")
"""Lists of `cues.yaml` whose words make a sentence say something else."""


@dataclass(frozen=True)
class Proposed:
    """A claim that a rule proposes.

    Args:
        claim: the claim, with its key.
        evidence: the words that say so.
        reason: why it could not be decided whether it is denied, planned and so on; empty if it could.
        mentions: where the words speak of the subject and of the object; an end that they leave unsaid has none.
    """

    claim: ClaimRecord
    evidence: EvidenceRecord
    reason: str
    mentions: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())

    def unit(self, profile: str) -> Unit:
        """What would be judged."""
        return Unit(profile, self.claim.key, self.evidence.key(self.claim.key))


@dataclass(frozen=True)
class Material:
    """What the rules work on: a document and what belongs to it.

    Args:
        document: the document.
        sections: its sections.
        sentences: its sentences.
        about: what is known of it as a whole.
        answers: what plug-ins proposed; what of it holds is proposed beside what the rules find.
    """

    document: Document
    sections: Sequence[Section]
    sentences: Sequence[Sentence]
    about: Metadata
    answers: Sequence[Answer] = ()

    def described(self) -> list[str]:
        """Texts that are others if what is proposed could be another: for the hash under which an extraction is kept."""
        return [
            self.document.key,
            sha256(self.document.text.encode("utf-8", "surrogatepass")),
            self.about.country or "",
            self.about.year.stated if self.about.year else "",
            *(f"{section.template or ''} {section.body}" for section in self.sections),
            *(f"{sentence.key} {sentence.form} {sentence.span}" for sentence in self.sentences),
            *described(self.answers),
        ]


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules and names as they are today; nothing of them is compiled before a document needs it.

    Args:
        folder: the folder of rule files.
        authority: the authority facts, for names.
        vocabulary: the ontology.
        kept: where extractions are kept, by a hash of all that went into them; None to keep none.
    """

    folder: Path
    authority: Authority
    vocabulary: Vocabulary
    kept: Path | None = None

    @cached_property
    def hash(self) -> str:
        """Changes when anything changes that could change what is proposed; the code apart."""
        files = sorted(self.folder.glob("*/*.yaml"))
        hashes = [f"{path.relative_to(self.folder).as_posix()} {sha256(path.read_bytes())}" for path in files]
        return digest("rules", *hashes, *(f"{name} {known}" for name, known in sorted(self.authority.files.items())))

    def __eq__(self, other: object) -> bool:
        """Whether they propose the same."""
        return isinstance(other, Rules) and self.hash == other.hash

    def __hash__(self) -> int:
        """By what they propose."""
        return hash(self.hash)

    def extract(self, material: Material) -> Extraction:
        """What a document seems to say.

        Args:
            material: the document and what belongs to it.

        Raises:
            RuleError: the rules of its language cannot be read.
        """

        def make() -> Extraction:
            extractor, document, sentences, about = _extractor(self), material.document, material.sentences, material.about
            found = extractor.extract(document, material.sections, sentences, about)
            return answered(found, material.answers, document, sentences, about, extractor, self.vocabulary)

        return cached(self._path(material), make, _EXTRACTION.dump_json, _EXTRACTION.validate_json)[0]

    def is_kept(self, material: Material) -> bool:
        """Whether what a document seems to say is there already, so that no rule needs to be compiled.

        Args:
            material: the document and what belongs to it.
        """
        path = self._path(material)
        return path is not None and path.is_file()

    def _path(self, material: Material) -> Path | None:
        """The file in which an extraction is kept, named by a hash of all that it depends on."""
        return self.kept / f"{digest('extraction', self.hash, code_hash(), *material.described())}.json" if self.kept else None

    def cues(self, language: str) -> tuple[str, ...] | None:
        """Phrases and endings that deny, plan, end, require or doubt something in a language; None where there are no rules for it.

        Raises:
            RuleError: the rules cannot be read.
        """
        return _cues(self, language)


@lru_cache(maxsize=2)
def _extractor(rules: Rules) -> Extractor:
    """The compiled rules, which take seconds and serve every build of a process until they change."""
    return Extractor(rules.folder, rules.authority, rules.vocabulary)


@lru_cache(maxsize=16)
def _cues(rules: Rules, language: str) -> tuple[str, ...] | None:
    if language not in rulebook.languages(rules.folder):
        return None
    source = rulebook.read(rules.folder, language)["cues"]
    endings = (f"*{ending}" for kind in _CUES for ending in source.words(f"{kind}_endings"))
    phrases = (phrase.partition(" ...")[0] for kind in _CUES for reach in REACHES for phrase in source.words(f"{kind}{reach}"))
    return (*dict.fromkeys(phrases), *endings)


def proposed(
    extraction: Extraction,
    document: Document,
    sentences: Sequence[Sentence],
    vocabulary: Vocabulary,
    known: Mapping[str, End],
    version: str,
    profiles: Collection[str] = (),
) -> list[Proposed]:
    """The proposals of an extraction as claims with keys, each claim once for each sentence.

    Args:
        extraction: what was found.
        document: in which document.
        sentences: its sentences.
        vocabulary: kinds and classes.
        known: folded name to end, for actors of side-cars and decisions.
        version: hash of the rules.
        profiles: keys of all profiles, which tell whose an actor is.
    """
    minter = Minter(document.key, vocabulary, extraction.actors, known, profiles)
    found: dict[Unit, Proposed] = {}
    for proposal in extraction.proposals:
        try:
            claim = _claim(proposal, minter)
            evidence = _evidence(proposal, document, sentences, version)
        except ValueError:  # a name or sentence that is too long to be recorded is none
            continue
        one = Proposed(claim, evidence, proposal.reason, (proposal.subject.mentions, proposal.object.mentions))
        known_one = found.setdefault(one.unit(document.key), one)
        if (known_one.evidence.confidence or 0) < proposal.confidence:
            found[one.unit(document.key)] = one
    return list(found.values())


def suggested(
    extraction: Extraction, profile: str, vocabulary: Vocabulary, known: Mapping[str, End], profiles: Collection[str] = ()
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Reference of each actor that no file holds to those of the authority files that it may be, each with the reason.

    Args:
        extraction: what was found.
        profile: the profile's key.
        vocabulary: kinds and classes.
        known: folded name to end, for actors of side-cars and decisions.
        profiles: keys of all profiles.
    """
    minter = Minter(profile, vocabulary, extraction.actors, known, profiles)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for actor in extraction.actors:
        if actor.suggestions and len(actor.name) <= LONGEST_NAME:
            found.setdefault(minter.end(results.End(actor.name, None)).reference, actor.suggestions)
    return found


def _claim(proposal: Proposal, minter: Minter) -> ClaimRecord:
    dates = {name: date.stated if date else None for name, date in (("from", proposal.valid_from), ("until", proposal.valid_until))}
    more = {"polarity": proposal.polarity, "modality": proposal.modality, **dates}
    return ClaimRecord.of(minter.profile, minter.end(proposal.subject), proposal.relation, minter.end(proposal.object), **more)


def _evidence(proposal: Proposal, document: Document, sentences: Sequence[Sentence], version: str) -> EvidenceRecord:
    span = proposal.span
    touched = [sentence for sentence in sentences if sentence.span.start < span.end and span.start < sentence.span.end]
    return evidence_of(document.text, span.start, span.end, touched, rule=proposal.rule, version=version, confidence=proposal.confidence)


def evidence_of(
    text: str, start: int, end: int, touched: Sequence[Sentence], *, rule: str = "", version: str = "", confidence: float | None = None
) -> EvidenceRecord:
    """Words of a text as evidence that can be decided on.

    Args:
        text: the document's text.
        start: where the quote begins.
        end: where it ends, exclusive.
        touched: the sentences that it touches, in reading order.
        rule: which rule proposed the claim; empty where a person did.
        version: hash of the rules.
        confidence: of the proposal.

    Raises:
        ValueError: it touches no sentence, or is too long.
    """
    if not touched:
        message = "the words touch no sentence"
        raise ValueError(message)
    first, last = min(touched[0].span.start, start), max(touched[-1].span.end, end)
    quote, passage = text[start:end], text[first:last]
    return EvidenceRecord(
        quote=quote, start=start, end=end, sentences=tuple(sentence.key for sentence in touched), passage="" if passage == quote else passage,
        prefix=text[max(0, first - CONTEXT) : first], suffix=text[last : last + CONTEXT], rule=rule, version=version, confidence=confidence,
    )  # fmt: skip
