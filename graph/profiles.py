"""One profile through every station from file to quads, as one pure function of its inputs.

Profiles do not know of each other, so this step can run on any executor, and its result can be kept by a hash of
what went in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
import yaml

from graph import documents, retirement, sections, sentences
from graph.authority import Authority
from graph.claims import Claim, merged
from graph.curation import metadata, sidecar
from graph.curation.claims import Curator, NamedActor
from graph.curation.metadata import Lexicon, Metadata
from graph.curation.quotes import Withheld
from graph.documents import Document
from graph.errors import InputError, SidecarError
from graph.inputs import ProfileInput
from graph.iris import Iris
from graph.rdf.actors import write_actor
from graph.rdf.authority import labels_of
from graph.rdf.claims import write_claim
from graph.rdf.profile import write_document, write_sections, write_sentences
from graph.rdf.writer import Writer, english
from graph.retirement import Passage
from graph.text import digest, fold, fold_words, sha256
from graph.vocabulary import Vocabulary


@dataclass(frozen=True)
class Context:
    """What every profile is read with, the same for all.

    Args:
        vocabulary: the ontology.
        lexicon: names of countries and topics, labels of everything known.
        abbreviations: words that end in a dot and do not end a sentence.
        iris: makes the IRIs.
        version: version of Liaison.
    """

    vocabulary: Vocabulary
    lexicon: Lexicon
    abbreviations: frozenset[str]
    iris: Iris
    version: str

    @cached_property
    def hash(self) -> str:
        """Changes when anything changes that could change what a profile becomes."""
        known = [f"{reference}={label}" for reference, label in sorted(self.lexicon.labels.items())]
        names = [
            f"{name}={reference}" for table in (self.lexicon.countries, self.lexicon.topics) for name, reference in sorted(table.items())
        ]
        terms = [str(triple) for triple in self.vocabulary.triples]
        return digest(
            "context",
            self.version,
            self.iris.base,
            *sorted(self.abbreviations),
            *known,
            *names,
            *terms,
            *map(repr, self.vocabulary.names.items()),
        )


@dataclass(frozen=True)
class ProfileResult:
    """What became of one profile.

    Args:
        key: the profile's key.
        quads: its named graph.
        aside: what stays open or had to be set aside.
    """

    key: str
    quads: list[ox.Quad]
    aside: list[InputError]


def context(authority: Authority, vocabulary: Vocabulary, rules: Path, iris: Iris, version: str) -> Context:
    """What profiles are read with.

    Args:
        authority: the authority facts.
        vocabulary: the ontology.
        rules: the folder of rule files.
        iris: makes the IRIs.
        version: version of Liaison.
    """
    countries = {fold(actor.label): reference for reference, actor in authority.actors.items() if actor.classname == "State"}
    topics = {fold_words(topic.label): reference for reference, topic in authority.topics.items()}
    for name in authority.names:
        if name.kind in ("code", "adjective"):
            continue
        if name.of.startswith("country/"):
            countries.setdefault(fold(name.text), name.of)
        elif name.of.startswith("topic/"):
            topics.setdefault(fold_words(name.text), name.of)
    return Context(
        vocabulary,
        Lexicon(countries, topics, labels_of(authority, vocabulary)),
        _abbreviations(rules / "abbreviations.yaml"),
        iris,
        version,
    )


def run_reference(item: ProfileInput, given: Context, withdrawn: Sequence[Passage] = ()) -> str:
    """Reference of the run that reads a profile: a hash of its inputs and versions, never of the clock."""
    hashes = [sha256(path.read_bytes()) for path in item.files]
    passages = [f"{passage.span.start}-{passage.span.end} of {passage.text_hash}" for passage in withdrawn]
    return f"run/{digest('run', given.hash, item.document.name, *hashes, *passages)}"


def process(item: ProfileInput, given: Context, withdrawn: Sequence[Passage] = ()) -> ProfileResult:
    """Read one profile and turn it into quads.

    Args:
        item: the profile's files.
        given: what it is read with.
        withdrawn: passages of it whose words are to stand nowhere.

    Raises:
        DocumentError: the document cannot be read; it is to be set aside.
        TableError: a passage was withdrawn from another text.
        SidecarError: what people recorded does not hold; the build is to stop.
    """
    received = documents.read(item.document, item.texts)
    document = retirement.blanked(received, withdrawn)
    parts, front = sections.split(document, sections.Template(given.vocabulary.headings))
    found = sentences.split(document, parts, front, given.abbreviations)
    recorded = sidecar.read(item.sidecar) if item.sidecar else None
    if recorded and item.sidecar and recorded.profile != document.key:
        raise SidecarError(
            item.sidecar, f"it says that it is about {recorded.profile!r}", f"write profile: {document.key}, or rename the file", 1
        )
    about = recorded.document if recorded else sidecar.Entry(item.sidecar or item.document, 1, {})
    withheld = Withheld(received.text, tuple(passage.span for passage in withdrawn))
    withheld.refuse(about)
    known, aside = metadata.of(document, front, about, given.lexicon)
    curator = Curator(received, found, given.vocabulary, frozenset(given.lexicon.labels), known, withheld)
    named = curator.actors(recorded) if recorded else []
    claims = curator.claims(recorded, named) if recorded else []
    writer = Writer(given.iris, f"profile/{document.key}")
    run = run_reference(item, given, withdrawn)
    write_document(writer, document, known, run, given.version)
    write_sections(writer, document, parts, found, given.vocabulary.parts)
    write_sentences(writer, document, found)
    labels = dict(given.lexicon.labels) | {f"policy/{document.key}": _policy_label(known, given.lexicon.labels)}
    _write_curated(writer, document, named, claims, labels, given, run)
    return ProfileResult(document.key, writer.quads, [*aside, *curator.aside])


def _write_curated(
    writer: Writer, document: Document, named: list[NamedActor], claims: list[Claim], labels: dict[str, str], given: Context, run: str
) -> None:
    policy = f"policy/{document.key}"
    writer.add(writer.iris.thing(policy), "skos:prefLabel", ox.Literal(labels[policy], language="en"))
    for item in named:
        labels[item.actor.reference] = item.actor.label
        write_actor(writer, item.actor)
        writer.add(writer.iris.thing(item.actor.reference), "rdfs:comment", english(item.note))
        writer.refer(
            writer.iris.thing(item.actor.reference),
            "prov:hadPrimarySource",
            *(f"sentence/{sentence.key}" for sentence in item.quote.sentences),
        )
    for claim in merged(claims):
        write_claim(writer, claim, given.vocabulary, labels, run)


def _policy_label(known: Metadata, labels: Mapping[str, str]) -> str:
    country = f" of {labels[known.country]}" if known.country else ""
    topic = f" on {' and '.join(_lowered(labels[topic]) for topic in known.topics)}" if known.topics else ""
    year = f", {known.year.stated}" if known.year else ""
    return f"Policy{country}{topic}{year}"


def _lowered(label: str) -> str:
    """A topic's name inside a sentence; an acronym keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _abbreviations(path: Path) -> frozenset[str]:
    try:
        lists = yaml.safe_load(path.read_text(encoding="utf-8"))
        return frozenset(str(word).casefold() for words in lists.values() for word in words)
    except OSError as error:
        raise InputError(
            path, f"the file cannot be opened ({error.strerror})", "put it there; it may hold an empty list a language"
        ) from error
    except (yaml.YAMLError, AttributeError, TypeError) as error:
        raise InputError(path, "the file is no list of abbreviations by language", "write for example en: [art, etc]") from error


def dumped(result: ProfileResult) -> bytes:
    """A result as bytes, to be kept until one of its inputs changes."""
    aside = [[error.path, error.problem, error.remedy, error.line] for error in result.aside]
    head = json.dumps({"key": result.key, "aside": aside}, ensure_ascii=False)
    body = ox.serialize(result.quads, format=ox.RdfFormat.N_QUADS) or b""
    return head.encode() + b"\n" + body


def loaded(data: bytes) -> ProfileResult:
    """A result from the bytes that `dumped` made."""
    head, _, body = data.partition(b"\n")
    fields = json.loads(head)
    aside = [InputError(path, problem, remedy, line, stops=False) for path, problem, remedy, line in fields["aside"]]
    return ProfileResult(fields["key"], list(ox.parse(body, format=ox.RdfFormat.N_QUADS)), aside)
