"""Everything in a data folder to the quads of a release: map over the profiles, then merge.

No quad stands in two named graphs. The default graph, which is the sum of them, is made when they are loaded.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version as version_of
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from graph import authority, profiles, retirement, vocabulary
from graph.authority import Authority
from graph.cache import EXTRACTIONS, cached
from graph.decisions import log, withdrawn
from graph.decisions.books import Books, Placed, balanced
from graph.decisions.events import ACTORS, Event
from graph.decisions.log import Recorded
from graph.decisions.outcomes import Outcomes, fold
from graph.decisions.proposals import Rules
from graph.decisions.redirects import Redirects, applicable
from graph.decisions.stances import Unit
from graph.edges import edges, entailed
from graph.errors import DecisionError, DocumentError, InputError
from graph.inputs import Inputs
from graph.iris import VOCABULARIES, Iris, term
from graph.profiles import Context, ProfileResult
from graph.rdf.authority import write_authority
from graph.rdf.catalogue import write_catalogue
from graph.retirement import Retirement
from graph.text import digest
from graph.versions import VERSION, code_hash
from graph.vocabulary import Vocabulary

Tell = Callable[[str], None]
"""Takes one line for the person who waits."""

_DAY = len("2026-11-25")


@dataclass(frozen=True)
class Assembly:
    """The quads of a release before anyone has judged them.

    Args:
        release: id of the release that they would make.
        quads: of all published named graphs, each once.
        profiles: keys of the profiles that were read.
        aside: what could not be used, and why.
        retired: what people have taken back.
        open: the quads of claims that nobody vouches for; they are served beside the others and published nowhere.
        books: what became of people's decisions.
        merged: reference of each actor that turned out to be another one, to that one, since when, and why.
    """

    release: str
    quads: Sequence[ox.Quad]
    profiles: tuple[str, ...]
    aside: tuple[InputError, ...]
    retired: Retirement = field(default_factory=Retirement)
    open: Sequence[ox.Quad] = ()
    books: Books | None = None
    merged: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def published(self) -> Iterator[ox.Quad]:
        """The named graphs and, beside them, their sum as the default graph, in which no triple is counted twice.

        Claims that nobody vouches for have named graphs of their own, which are no part of that sum.
        """
        default = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in self.quads)
        return chain(self.quads, default, self.open)

    def references(self, iris: Iris) -> set[str]:
        """References of all things of the data that the quads say something of."""
        found = {quad.subject.value for quad in chain(self.quads, self.open) if isinstance(quad.subject, ox.NamedNode)}
        return {iris.reference(value) or "" for value in found if value.startswith(f"{iris.base}id/")}

    def counts(self) -> dict[str, dict[str, int]]:
        """How many there are of each class, relation (claims and plain edges), certainty and modality."""
        return {
            "classes": _count(self.quads, term("rdf:type")),
            "claims by relation": _count(self.quads, term("rdf:predicate")),
            "evidence by certainty": _certainties(self.quads),
            "claims by modality": _count(self.quads, term("liaison:modality")),
            "open claims by state": _count(self.open, term("liaison:reviewState")),
            "triples by graph": dict(sorted(Counter(str(quad.graph_name).strip("<>") for quad in self.quads).items())),
        }


def release_id(inputs: Inputs, iris: Iris) -> str:
    """The id that these inputs make with this version: a hash of both, never of the clock.

    The code counts as well, so that a changed Liaison never takes its old result for a new one.
    """
    return digest("release", iris.base, VERSION, version_of("pyoxigraph"), code_hash(), *chain(*inputs.hashes.items()), length=12)


def assemble(inputs: Inputs, iris: Iris, cache_folder: Path | None, tell: Tell) -> Assembly:
    """Read everything and make the quads.

    Args:
        inputs: the data folder.
        iris: makes the IRIs.
        cache_folder: where results of profiles are kept; None to keep none.
        tell: hears of each station.

    Raises:
        InputError: something is wrong that would make the rest untrue.
    """
    release, retired = release_id(inputs, iris), retirement.load(inputs.folder)
    words = vocabulary.load()
    facts = authority.load(inputs.authority, words)
    tell(f"authority   {len(facts.actors)} actors, {len(facts.names)} names, {len(facts.claims)} claims, {len(facts.aside)} rows set aside")
    recorded = log.read(inputs.decisions)
    outcomes = fold(recorded.events)
    redirects, refused = _redirects(inputs, outcomes, facts, words, retired)
    quads = write_authority(facts, words, iris, VERSION)
    kept = cache_folder / EXTRACTIONS if cache_folder else None
    given = replace(profiles.context(facts, words, inputs.rules, iris, VERSION, redirects), rules=Rules(inputs.rules, facts, words, kept))
    results, aside = _read(inputs, given, retired, recorded, cache_folder, tell)
    quads += [quad for result in results for quad in result.quads]
    aside = [*(error for error in inputs.aside if Path(error.path).stem not in retired.documents), *facts.aside, *recorded.aside, *aside]
    aside += refused
    books = balanced(inputs.decisions, recorded, outcomes, _places(outcomes, results))
    tell(f"decisions   {books.heading}")
    read = [result.key for result in results]
    quads += write_catalogue(release, VERSION, [*(f"profile/{key}" for key in read), *(f"authority/{name}" for name in facts.files)], iris)
    plain = edges(quads, iris)
    follows = entailed(quads, plain, words, iris)
    terms = [ox.Quad(t.subject, t.predicate, t.object, iris.graph("ontology")) for t in words.triples]
    tell(f"edges       {len(plain)} plain edges, {len(follows)} triples that follow")
    opened = [quad for result in results for quad in result.open]
    made = Assembly(release, [*quads, *plain, *follows, *terms], tuple(read), tuple(aside), retired, opened, books, _merged(redirects))
    retired.hold(made.references(iris) if retired.notices else ())
    return made


def _redirects(
    inputs: Inputs, outcomes: Outcomes, facts: Authority, words: Vocabulary, retired: Retirement
) -> tuple[Redirects, list[DecisionError]]:
    """The merges that can be applied, and why others cannot; words that are withdrawn are not said."""
    place = inputs.decisions / ACTORS
    found, hidden = outcomes.redirects, list[Event]()
    if found.merges and (retired.passages or retired.documents):
        found, hidden = withdrawn.load(inputs, retired)[0].without(found)
    present = {item.key for item in inputs.profiles} - retired.documents
    kinds = {kind.concept for kind in words.kinds.values()}
    redirects, refused = applicable(found, facts.actors.keys() | facts.topics.keys(), present, kinds, retired.documents)
    problem, remedy = "names an actor by words of a withdrawn passage, and is not applied", "undo it, or merge by other names"
    aside = [DecisionError(place, f"the merge {event.id} {problem}", remedy, stops=False) for event in hidden]
    return redirects, [*aside, *(DecisionError(place, f"{name} is not merged", why, stops=False) for name, why in refused.items())]


def _read(
    inputs: Inputs, given: Context, retired: Retirement, recorded: Recorded, cache_folder: Path | None, tell: Tell
) -> tuple[list[ProfileResult], list[InputError]]:
    """The profiles that can be read, and what could not be used."""
    results: list[ProfileResult] = []
    aside: list[InputError] = []
    for item in inputs.profiles:
        if item.key in retired.documents:
            tell(f"profile     {item.key}: withdrawn")
            continue
        passages, decided = retired.passages_of(item.key), recorded.of(item.key)
        key = digest(profiles.run_reference(item, given, passages, decided), code_hash())
        path = cache_folder / f"{key}.nq" if cache_folder else None
        try:
            result, kept = cached(path, partial(profiles.process, item, given, passages, decided), profiles.dumped, profiles.loaded)
        except DocumentError as error:
            aside.append(error)
            tell(f"profile     {item.key}: set aside")
            continue
        results.append(result)
        aside += result.aside
        tell(f"profile     {item.key}: {len(result.quads)} triples{' (unchanged)' if kept else ''}")
    return results, aside


def _places(outcomes: Outcomes, results: Iterable[ProfileResult]) -> dict[Unit, Placed]:
    """Where each judgement has gone; those on documents that are not here are kept until they are."""
    elsewhere = {unit: Placed(judgement.state, "no document") for unit, judgement in outcomes.judgements.items()}
    read = {result.key for result in results}
    return {unit: placed for unit, placed in elsewhere.items() if unit.profile not in read} | {
        unit: placed for result in results for unit, placed in result.places.items()
    }


def _merged(redirects: Redirects) -> dict[str, dict[str, str]]:
    """What whoever asks for an actor that was merged is told."""
    return {
        source: {
            "successor": redirects[source],
            "date": event.at[:_DAY],
            "reason": f"the same as {event.other.name if event.other else ''}",
        }
        for source, event in sorted(redirects.merges.items())
    }


def _count(quads: Iterable[ox.Quad], predicate: ox.NamedNode) -> dict[str, int]:
    return dict(sorted(Counter(_short(quad.object) for quad in quads if quad.predicate == predicate).items()))


def _certainties(quads: Iterable[ox.Quad]) -> dict[str, int]:
    evidence = {quad.object for quad in quads if quad.predicate == term("liaison:hasEvidence")}
    certainty = term("liaison:certainty")
    return dict(sorted(Counter(_short(quad.object) for quad in quads if quad.predicate == certainty and quad.subject in evidence).items()))


def _short(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """`prefix:local` where a prefix is known, else the last part of the IRI."""
    iri = str(getattr(node, "value", node))
    for prefix, start in VOCABULARIES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri.rsplit("#", 1)[-1]
