"""What can be found in a release: its actors, practices, topics, policies, documents and sentences, as entries of the index.

An entry says all that a result shows, so that no query to the store is needed for it. Country, topic, year and
certainty are what results are narrowed by. Those of an actor are of the claims about it and the documents that state
them; those of a sentence are of its document and of the claims that rest on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import pyoxigraph as ox

from graph.iris import Iris
from graph.store import Value, View

SENTENCE, DOCUMENT, COUNTRY = "sentence", "profile", "country"
"""Kinds that are treated apart."""
OF_DOCUMENTS = frozenset({"practice", "collective"})
"""Kinds of things that are known from one document only, and are of the country that it is about."""

_THINGS = """SELECT ?thing ?label ?what ?country WHERE {
    { ?thing org:classification ?concept . ?concept skos:prefLabel ?what . OPTIONAL { ?thing liaison:country ?country } }
    UNION { ?thing a liaison:Topic BIND ("topic"@en AS ?what) }
    UNION { ?thing skos:inScheme <https://w3id.org/liaison/def/channel> BIND ("channel"@en AS ?what) }
    UNION { ?thing a liaison:CountryProfile BIND ("document"@en AS ?what) OPTIONAL { ?thing dcterms:spatial ?country } }
    ?thing skos:prefLabel|dcterms:title ?label
}"""
_NAMES = "SELECT ?thing ?name WHERE { ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel|skos:notation|dcterms:title ?name }"
_SUBJECTS = "SELECT ?thing ?topic WHERE { ?thing dcterms:subject ?topic }"
_YEARS = "SELECT ?thing ?year WHERE { ?thing liaison:year ?year }"
_SUMMARIES = "SELECT ?thing ?page WHERE { ?thing liaison:summaryOf ?page }"
_SENTENCES = """SELECT ?thing ?text ?document ?section WHERE {
    ?thing oa:hasSource ?document ; liaison:text ?text ; dcterms:isPartOf ?part . ?part dcterms:title ?section
}"""
_CLAIMS = """SELECT ?thing ?claim ?certainty ?document WHERE {
    ?claim liaison:involves ?thing ; liaison:certainty ?certainty ; liaison:statedIn ?document
}"""
_CITED = "SELECT ?thing ?claim ?certainty WHERE { ?claim liaison:certainty ?certainty ; liaison:hasEvidence ?e . ?e liaison:cites ?thing }"
_STATED = "SELECT ?thing ?claim ?certainty WHERE { ?claim liaison:certainty ?certainty ; liaison:statedIn ?thing }"

Row = Mapping[str, Value]
Many = Mapping[str, tuple[str, ...]]


class _About(NamedTuple):
    """What a thing is narrowed by, beside its countries."""

    topics: tuple[str, ...]
    years: tuple[str, ...]
    certainties: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One thing or sentence that can be found.

    Args:
        reference: `kind/key`.
        label: its preferred name; of a sentence, its words.
        what: what it is, in words: "EU agency", "sentence".
        names: all its names with their languages, the preferred one first; none of a sentence.
        countries: keys of the countries that it is of.
        topics: keys of its topics.
        years: years of the documents that speak of it.
        certainties: how certain the claims about it are.
        claims: how many there are.
        document: of a sentence, the reference of its document.
        title: of a sentence, the title of its document.
        section: of a sentence, the title of its section.
        summary_of: where this project wrote the document, the public pages after which it did.
    """

    reference: str
    label: str
    what: str
    names: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    claims: int = 0
    document: str = ""
    title: str = ""
    section: str = ""
    summary_of: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of its reference."""
        return self.reference.partition("/")[0]

    @property
    def page(self) -> str:
        """The address of its page; a sentence stands in that of its document."""
        if self.kind == SENTENCE:
            return f"/page/{self.document}#{self.reference.replace('/', '-', 1)}"
        return f"/page/{self.reference}"


class _Said:
    """What a release says of its things, each kind of statement read once."""

    def __init__(self, view: View, iris: Iris) -> None:
        self._view, self._iris = view, iris
        self.topics, self.years, self.pages = (
            self._values(_SUBJECTS, "topic"),
            self._values(_YEARS, "year"),
            self._values(_SUMMARIES, "page"),
        )
        self.claims: dict[str, set[str]] = defaultdict(set)
        self.certainties: dict[str, set[str]] = defaultdict(set)
        self.stated_in: dict[str, set[str]] = defaultdict(set)
        for row in chain(*map(self.rows, (_CLAIMS, _CITED, _STATED))):
            thing = row["thing"].value
            self.claims[thing].add(row["claim"].value)
            self.certainties[thing].add(row["certainty"].value.rpartition("#")[2])
            if "document" in row:
                self.stated_in[thing].add(row["document"].value)

    def rows(self, query: str) -> list[dict[str, Value]]:
        """What a query of this module finds."""
        return self._view.select(self._iris.header() + query)

    def _values(self, query: str, name: str) -> Many:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows(query):
            found[row["thing"].value].add(row[name].value)
        return {thing: tuple(sorted(values)) for thing, values in found.items()}

    def about(self, thing: str, documents: Iterable[str]) -> _About:
        """Topics, years and certainties of a thing: its own, and those of these documents."""
        every = [thing, *documents]
        return _About(
            _sorted(_key(topic) for one in every for topic in self.topics.get(one, ())),
            _sorted(year for one in every for year in self.years.get(one, ())),
            _sorted(self.certainties.get(thing, ())),
        )


def entries(view: View, iris: Iris) -> Iterator[Entry]:
    """All that can be found in a release, in order of its references.

    Args:
        view: the release's store, of which the published graph is read.
        iris: makes the IRIs.
    """
    said = _Said(view, iris)
    things = _first(said.rows(_THINGS), "thing", "label", "what", "country")
    names: dict[str, set[Value]] = defaultdict(set)
    for row in said.rows(_NAMES):
        names[row["thing"].value].add(row["name"])
    titles = {thing: row["label"].value for thing, row in things.items()}
    countries = {thing: _key(row["country"].value) for thing, row in things.items() if "country" in row}
    for thing, row in things.items():
        if reference := iris.reference(thing):
            yield _thing(reference, row, names[thing], said, countries)
    sentences = _first(said.rows(_SENTENCES), "thing", "section")
    for thing, row in sentences.items():
        if reference := iris.reference(thing):
            yield _sentence(reference, row, titles, said, countries, iris)


def _thing(reference: str, row: Row, names: Iterable[Value], said: _Said, countries: Mapping[str, str]) -> Entry:
    thing, kind, label = row["thing"].value, reference.partition("/")[0], row["label"].value
    documents = said.stated_in.get(thing, set())
    own = [countries[thing]] if thing in countries else [_key(thing)] if kind == COUNTRY else []
    if kind in OF_DOCUMENTS:
        own += [countries[document] for document in documents if document in countries]
    return Entry(
        reference,
        label,
        row["what"].value,
        names=tuple(sorted({(name.value, _language(name)) for name in names}, key=lambda name: (name[0] != label, name))),
        countries=_sorted(own),
        claims=len(said.claims.get(thing, ())),
        summary_of=said.pages.get(thing, ()),
        **said.about(thing, documents)._asdict(),
    )


def _sentence(reference: str, row: Row, titles: Mapping[str, str], said: _Said, countries: Mapping[str, str], iris: Iris) -> Entry:
    thing, document = row["thing"].value, row["document"].value
    return Entry(
        reference,
        row["text"].value,
        SENTENCE,
        countries=_sorted([countries[document]] if document in countries else []),
        claims=len(said.claims.get(thing, ())),
        document=iris.reference(document) or "",
        title=titles.get(document, ""),
        section=row["section"].value,
        summary_of=said.pages.get(document, ()),
        **said.about(thing, [document])._asdict(),
    )


def _first(rows: Iterable[dict[str, Value]], *names: str) -> dict[str, dict[str, Value]]:
    """One row of each thing: of several the first by these columns, English before other languages."""
    found: dict[str, dict[str, Value]] = {}
    ordered = sorted(
        rows, key=lambda row: [(_language(row[name]) != "en", row[name].value) if name in row else (True, "") for name in names]
    )
    for row in ordered:
        found.setdefault(row["thing"].value, row)
    return dict(sorted(found.items()))


def _language(value: Value) -> str:
    return (value.language or "") if isinstance(value, ox.Literal) else ""


def _key(iri: str) -> str:
    return iri.rpartition("/")[2]


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
