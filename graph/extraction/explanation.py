"""A sentence under the rules, laid open: what it speaks of, how the rules see it, which fired and which nearly did."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph import sections, sentences
from graph.documents import Document
from graph.extraction.discourse import Context, Turn, begin, follow
from graph.extraction.extractor import Reader
from graph.extraction.gazetteer import Entry
from graph.extraction.mentions import Mention, Read
from graph.extraction.plain import plain
from graph.extraction.readings import Relation
from graph.extraction.registry import Entity, Registry
from graph.extraction.relations import Near
from graph.extraction.render import OPEN, Rendered
from graph.extraction.resolution import MentionReader
from graph.extraction.tokens import tokens
from graph.sentences import Sentence

MOST = 20_000
"""Letters that are laid open at once: a few pages; a document is read by `liaison extract`."""
_OPEN_KIND = "kind open"
_MOST_SOUGHT, _MOST_SHOWN = 200, 8


@dataclass(frozen=True)
class Named:
    """Something that a sentence speaks of.

    Args:
        words: the words that do.
        entity: what they stand for.
        method: how that was found: `name`, `short`, `pronoun`, `country`, `collective` or `carried`.
    """

    words: str
    entity: Entity
    method: str


@dataclass(frozen=True)
class Fired:
    """A relation that a rule found.

    Args:
        subject: its subject.
        object: its object.
        relation: the relation.
    """

    subject: Entity
    object: Entity
    relation: Relation


@dataclass(frozen=True)
class Explanation:
    """One sentence, laid open.

    Args:
        sentence: its plain words.
        named: what it speaks of.
        rendered: the sentence as the rules see it, each sign with what it stands for.
        cues: words that say negated, planned, past …, each with its kind.
        fired: what the rules found.
        near: rules that nearly fired.
    """

    sentence: str
    named: tuple[Named, ...]
    rendered: str
    cues: tuple[tuple[str, str], ...]
    fired: tuple[Fired, ...]
    near: tuple[Near, ...]


def explain(reader: Reader, text: str, abbreviations: frozenset[str], country: str | None = None) -> list[Explanation]:
    """A sentence, or several of which later ones may refer to earlier ones, laid open one by one.

    Args:
        reader: the rules of its language.
        text: the sentences.
        abbreviations: words that end in a dot and do not end a sentence.
        country: reference of the country whose document it might be, None where that is open.
    """
    entry = reader.gazetteer.entry(country) if country else None
    reads = _reads(f"Country: {entry.label}\n\n{text}" if entry else text, abbreviations)
    names = MentionReader(reader.book, reader.finder, reader.gazetteer, country)
    names.register(reads)
    names.resolve(reads)
    known = _country(names.registry, entry, reads)
    context = begin(names.registry, known, names.subject, None, is_template=False, boards=reader.boards)
    return [_explained(reader, turn, context) for turn in follow(reads, context)]


def _reads(text: str, abbreviations: frozenset[str]) -> list[Read]:
    document = Document("sentence", Path("sentence"), text, "text/plain", "", "")
    parts, front = sections.split(document, sections.Template({}))
    return [_read(text, sentence) for sentence in sentences.split(document, parts, front, abbreviations)]


def _read(text: str, sentence: Sentence) -> Read:
    words = plain(text, sentence.span)
    return Read(sentence, words, tokens(words.text), opens=True, document_text=text)


def _country(registry: Registry, entry: Entry | None, reads: Sequence[Read]) -> Entity | None:
    """The country of the document, which its first line may name alone."""
    if entry is None:
        return None
    return registry.by_reference(entry.reference) or registry.add(
        Entity(0, entry.label, entry.kind, entry.classname, entry.reference, "", reads[0].sentence.span)
    )


def _explained(reader: Reader, turn: Turn, context: Context) -> Explanation:
    finder, registry, read = reader.relations, context.registry, turn.read
    rendered = finder.renderer.render(read, registry)
    fired = tuple(Fired(registry[relation.subject], registry[relation.object], relation) for relation in reader.found(turn, context))
    rules = {relation.relation.rule for relation in fired}
    return Explanation(
        " ".join(read.plain.text.split()),
        tuple(_named(read, mention, registry) for mention in read.mentions),
        " ".join(_pieces(rendered, registry)),
        tuple((cue.kind, cue.words) for cue in finder.cues.find(rendered.pieces)),
        fired,
        tuple(_first_of_each(finder.near(read, context, _MOST_SOUGHT), rules))[:_MOST_SHOWN],
    )


def _first_of_each(found: Sequence[Near], without: Collection[str]) -> Iterator[Near]:
    """The first pattern of each rule that nearly fired, but for rules that did fire."""
    seen = set(without)
    for near in found:
        if near.rule not in seen:
            seen.add(near.rule)
            yield near


def _named(read: Read, mention: Mention, registry: Registry) -> Named:
    return Named(read.words(mention.start, mention.end), registry[mention.entity], mention.method)


def _pieces(rendered: Rendered, registry: Registry) -> Iterator[str]:
    """The pieces, each sign written out: `[0 Spain: State]`."""
    for piece in rendered.pieces:
        if not piece.text.startswith(OPEN):
            yield piece.text
            continue
        number = int(piece.text[2:-1])
        yield f"[{number} {_sign(rendered.groups[number], registry)}]"


def _sign(group: Sequence[Mention], registry: Registry) -> str:
    names = " + ".join(registry[mention.entity].name for mention in group)
    return f"{names}: {registry[group[0].entity].classname or _OPEN_KIND}"


def lines(explanation: Explanation) -> Iterator[str]:
    """An explanation for people."""
    yield f"“{explanation.sentence}”"
    yield ""
    yield "speaks of" if explanation.named else "speaks of nothing that we know as a name"
    for item in explanation.named:
        entity = item.entity
        known = entity.reference or ("a collective" if entity.is_collective else "a new name" if entity.is_sure else "perhaps a name")
        yield f"  “{item.words}”: {entity.name}, {entity.kind or _OPEN_KIND}, found as {item.method}, {known}"
    yield "as the rules see it"
    yield f"  {explanation.rendered}"
    if explanation.cues:
        yield "cues"
        yield from (f"  “{words}”: {kind}" for kind, words in explanation.cues)
    yield "rules that fired" if explanation.fired else "no rule fired"
    for fired in explanation.fired:
        yield f"  {fired.relation.rule}: {told(fired)}, {fired.relation.confidence:.2f}"
        yield from (f"    {words}" for words in (fired.relation.decision.reason, fired.relation.note) if words)
    if explanation.near:
        yield "rules that nearly fired"
    for near in explanation.near:
        lacks = f"lacks one of: {', '.join(near.missing)}" if near.missing else "all its words are there, order or ends do not fit"
        yield f"  {near.rule}: {lacks}"
        yield f"    {near.pattern}"


def told(item: Fired) -> str:
    """A relation in a line: `Spain drives EMPACT`, with a word behind it where it is not simply asserted."""
    return f"{item.subject.name} {item.relation.name} {item.object.name} {manner(item)}".rstrip()


def manner(item: Fired) -> str:
    """`negated`, `planned`, `past`, `required`, `possible`, `review`, or nothing where it is asserted."""
    decision = item.relation.decision
    if decision.reason:
        return "review"
    return "negated" if decision.polarity == "negated" else "" if decision.modality == "asserted" else decision.modality
