"""One profile through every station from file to quads, as one pure function of its inputs.

Profiles do not know of each other, so this step can run on any executor, and its result can be kept by a hash of
what went in.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
import yaml

from graph import documents, retirement, sections, sentences
from graph.authority import Authority
from graph.authority.records import Actor
from graph.claims import merged
from graph.curation import metadata, sidecar
from graph.curation.claims import Curator, NamedActor
from graph.curation.metadata import Lexicon, Metadata
from graph.curation.quotes import Withheld
from graph.decisions import desk
from graph.decisions.books import Placed
from graph.decisions.desk import Sheet
from graph.decisions.events import ENDING, Event
from graph.decisions.minting import kind_of
from graph.decisions.proposals import Rules
from graph.decisions.records import End
from graph.decisions.redirects import Redirects
from graph.decisions.reviewed import Reviewed
from graph.decisions.stances import Unit
from graph.errors import InputError, SidecarError
from graph.extraction import answers
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
        rules: what proposes claims; None where nothing is to be proposed.
        redirects: what actors turned out to be.
    """

    vocabulary: Vocabulary
    lexicon: Lexicon
    abbreviations: frozenset[str]
    iris: Iris
    version: str
    rules: Rules | None = None
    redirects: Redirects = field(default_factory=Redirects)

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
            self.rules.hash if self.rules else "",
            *(f"{source}>{target}" for source, target in sorted(self.redirects.targets.items())),
            *(event.id for _, event in sorted(self.redirects.merges.items())),
            *self.redirects.longer,
        )


@dataclass(frozen=True)
class ProfileResult:
    """What became of one profile.

    Args:
        key: the profile's key.
        quads: its named graph.
        aside: what stays open or had to be set aside.
        open: the named graph of claims that nobody vouches for.
        places: each judgement of people on its claims, with where it has gone.
    """

    key: str
    quads: list[ox.Quad]
    aside: list[InputError]
    open: list[ox.Quad] = field(default_factory=list)
    places: Mapping[Unit, Placed] = field(default_factory=dict)


def context(
    authority: Authority,
    vocabulary: Vocabulary,
    rules: Path,
    iris: Iris,
    version: str,
    redirects: Redirects | None = None,
) -> Context:
    """What profiles are read with.

    Args:
        authority: the authority facts.
        vocabulary: the ontology.
        rules: the folder of rule files.
        iris: makes the IRIs.
        version: version of Liaison.
        redirects: what actors turned out to be.
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
        redirects=redirects or Redirects(),
    )


def run_reference(item: ProfileInput, given: Context, withdrawn: Sequence[Passage] = (), decided: Sequence[Event] = ()) -> str:
    """Reference of the run that reads a profile: a hash of its inputs and versions, never of the clock."""
    hashes = [sha256(path.read_bytes()) for path in item.files]
    passages = [f"{passage.span.start}-{passage.span.end} of {passage.text_hash}" for passage in withdrawn]
    return f"run/{digest('run', given.hash, item.document.name, *hashes, *passages, *(event.id for event in decided))}"


@dataclass(frozen=True)
class Read:
    """One profile as it was read, before anyone decides on it.

    Args:
        sheet: what is known of it.
        named: the actors that its side-car names.
        aside: what stays open or had to be set aside.
    """

    sheet: Sheet
    named: Sequence[NamedActor]
    aside: Sequence[InputError]


def read(item: ProfileInput, given: Context, withdrawn: Sequence[Passage] = (), *, is_lenient: bool = False) -> Read:
    """Read one profile and its side-car.

    Args:
        item: the profile's files.
        given: what it is read with.
        withdrawn: passages of it whose words are to stand nowhere.
        is_lenient: whether an entry of the side-car that does not hold is set aside with its error, so that people can go on
            with the rest; a build is not lenient.

    Raises:
        DocumentError: the document cannot be read; it is to be set aside.
        TableError: a passage was withdrawn from another text.
        SidecarError: what people recorded does not hold; the build is to stop.
    """
    received = documents.read(item.document, item.texts)
    document = retirement.blanked(received, withdrawn)
    parts, front = sections.split(document, sections.Template(given.vocabulary.headings, given.vocabulary.front_labels))
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
    curator = Curator(received, found, given.vocabulary, frozenset(given.lexicon.labels), known, withheld, is_lenient)
    named = curator.actors(recorded) if recorded else []
    claims = curator.claims(recorded, named) if recorded else []
    labels = dict(given.lexicon.labels) | {f"policy/{document.key}": _policy_label(known, given.lexicon.labels)}
    labels |= {item.actor.reference: item.actor.label for item in named}
    given_before, unread = answers.read(item.answers) if item.answers else ([], [])
    place = item.document.parents[1] / "decisions" / f"{document.key}{ENDING}"
    sheet = Sheet(place, document, received.text_hash, parts, found, known, claims, labels, withheld, tuple(given_before))
    return Read(sheet, named, [*aside, *curator.aside, *unread])


def process(item: ProfileInput, given: Context, withdrawn: Sequence[Passage] = (), decided: Sequence[Event] = ()) -> ProfileResult:
    """Read one profile and turn it into quads.

    Args:
        item: the profile's files.
        given: what it is read with.
        withdrawn: passages of it whose words are to stand nowhere.
        decided: what people decided on its claims.

    Raises:
        DocumentError: the document cannot be read; it is to be set aside.
        TableError: a passage was withdrawn from another text.
        SidecarError: what people recorded does not hold; the build is to stop.
    """
    known = read(item, given, withdrawn)
    sheet, document = known.sheet, known.sheet.document
    laid = desk.lay(sheet, decided, given.redirects, given.vocabulary, given.rules)
    run = run_reference(item, given, withdrawn, decided)
    final = given.redirects.__getitem__
    writer, opened = Writer(given.iris, f"profile/{document.key}", final), Writer(given.iris, f"profile/{document.key}/proposed", final)
    write_document(writer, document, laid.about, run, given.version)
    write_sections(writer, document, sheet.sections, sheet.sentences, given.vocabulary.parts)
    write_sentences(writer, document, sheet.sentences)
    labels = dict(sheet.labels)
    writer.add(writer.iris.thing(f"policy/{document.key}"), "skos:prefLabel", english(labels[f"policy/{document.key}"]))
    _write_curated_actors(writer, known.named, given.redirects)
    _write_claims(writer, opened, laid.reviewed, labels, given, document.key, run)
    return ProfileResult(document.key, writer.quads, [*known.aside, *laid.aside], opened.quads, laid.reviewed.places)


def _write_curated_actors(writer: Writer, named: Iterable[NamedActor], redirects: Redirects) -> None:
    for item in named:
        if item.actor.reference in redirects.targets:
            continue
        node = writer.iris.thing(item.actor.reference)
        write_actor(writer, item.actor)
        writer.add(node, "rdfs:comment", english(item.note))
        writer.refer(node, "prov:hadPrimarySource", *(f"sentence/{sentence.key}" for sentence in item.quote.sentences))


def _write_claims(
    writer: Writer, opened: Writer, reviewed: Reviewed, labels: dict[str, str], given: Context, profile: str, run: str
) -> None:
    """The claims that stand into the profile's graph, the others beside it, each actor that only decisions name where it is needed."""
    used = {end for claim in reviewed.standing for end in (claim.subject, claim.object)}
    own = {reference: found for reference, found in _targets(given.redirects, profile).items() if reference not in labels}
    for reference, (end, cites) in sorted((own | dict(reviewed.named)).items()):
        labels[reference] = end.name
        _write_named(writer if reference in used or reference in own else opened, end, cites, given.vocabulary)
    labels |= {source: _label(given.redirects[source], labels, given.redirects) for source in given.redirects.targets}
    for target, claims in ((writer, reviewed.standing), (opened, reviewed.open)):
        for claim in merged(claims):
            write_claim(target, claim, given.vocabulary, labels, run)


def _targets(redirects: Redirects, profile: str) -> dict[str, tuple[End, tuple[str, ...]]]:
    """Actors with which others were merged and which are scoped to this profile: it must name them, whoever asks for them."""
    return {
        end.reference: (end, (f"profile/{profile}",))
        for end in redirects.ends
        if end.kind and redirects[end.reference] == end.reference and redirects.is_of(end.reference, profile)
    }


def _label(reference: str, labels: Mapping[str, str], redirects: Redirects) -> str:
    names = {end.reference: end.name for end in redirects.ends}
    return labels.get(reference) or names[reference]


def _write_named(writer: Writer, end: End, cites: tuple[str, ...], vocabulary: Vocabulary) -> None:
    kind = kind_of(end.kind, vocabulary)
    assert kind, "what is not known by its kind is not shown"
    write_actor(writer, Actor(end.reference, kind.classname, kind.concept, end.name))
    writer.refer(writer.iris.thing(end.reference), "prov:hadPrimarySource", *cites)


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
    places = [[*unit, *placed] for unit, placed in result.places.items()]
    head = json.dumps({"key": result.key, "aside": aside, "places": places, "open": len(result.open)}, ensure_ascii=False)
    body = ox.serialize([*result.open, *result.quads], format=ox.RdfFormat.N_QUADS) or b""
    return head.encode() + b"\n" + body


def loaded(data: bytes) -> ProfileResult:
    """A result from the bytes that `dumped` made."""
    head, _, body = data.partition(b"\n")
    fields = json.loads(head)
    aside = [InputError(path, problem, remedy, line, stops=False) for path, problem, remedy, line in fields["aside"]]
    places = {Unit(*row[:3]): Placed(*row[3:]) for row in fields["places"]}
    quads = list(ox.parse(body, format=ox.RdfFormat.N_QUADS))
    return ProfileResult(fields["key"], quads[fields["open"] :], aside, quads[: fields["open"]], places)
