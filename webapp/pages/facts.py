"""What a thing is: its attributes, its matches in other lists, its names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.places import Place, outside, place, short

ATTRIBUTES = {
    "liaison:country": "Country",
    "liaison:seat": "Seat",
    "liaison:year": "Year",
    "liaison:isUniversal": "Universal",
    "liaison:from": "Since",
    "liaison:until": "Until",
    "foaf:homepage": "Website",
    "skos:broader": "Broader topic",
    "liaison:priorityIn": "Priority in",
    "skos:definition": "Meaning",
    "skos:notation": "Code",
    "prov:hadPrimarySource": "Recorded in",
}
MATCHES = {
    "skos:exactMatch": "the same",
    "skos:closeMatch": "nearly the same",
    "skos:broadMatch": "part of this",
    "skos:narrowMatch": "has this as a part",
    "skos:relatedMatch": "related",
}
_SITES = {
    "publications.europa.eu": "EU authority table",
    "eurovoc.europa.eu": "EuroVoc",
    "www.wikidata.org": "Wikidata",
}
_LABELS = ("skos:prefLabel", "skosxl:literalForm", "dcterms:title", "rdfs:label", "liaison:text")


@dataclass(frozen=True)
class Fact:
    """One attribute of a thing, in words."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True)
class Match:
    """What another list has for the same thing.

    Args:
        site: the list, in words.
        code: its name for the thing.
        how: how close the match is.
        place: where it leads.
    """

    site: str
    code: str
    how: str
    place: Place


def facts(rows: Iterable[Row], iris: Iris) -> list[tuple[str, list[Fact]]]:
    """The attributes of a thing that a reader wants to see, in a fixed order."""
    found: dict[tuple[int, str], Fact] = {}
    order = list(ATTRIBUTES)
    for row in rows:
        if (name := _property(row)) in ATTRIBUTES:
            value = words(row, "value")
            label = words(row, "label") or _in_words(iris.reference(value) or value)
            found[order.index(name), label] = Fact(ATTRIBUTES[name], label, place(value, iris))
    return _by_name(found[key] for key in sorted(found))


def matches(rows: Iterable[Row], iris: Iris) -> list[Match]:
    """What other lists have for the same thing; a match that leads nowhere is shown and not linked."""
    found = []
    for row in rows:
        if (how := MATCHES.get(_property(row))) is not None:
            value = words(row, "value")
            host = value.partition("//")[2].partition("/")[0]
            code = words(row, "label") or value.rstrip("/").rpartition("/")[2] or value
            found.append(Match(_SITES.get(host, host or "another list"), code, how, place(value, iris)))
    return sorted(set(found), key=lambda match: (match.site, match.code))


def names(rows: Iterable[Row]) -> list[tuple[str, list[str]]]:
    """Names by language, English first."""
    found: dict[str, set[str]] = {}
    for row in rows:
        name = row["name"]
        language = name.language if isinstance(name, ox.Literal) and name.language else ""
        found.setdefault(language, set()).add(name.value)
    return sorted(((language, sorted(forms)) for language, forms in found.items()), key=lambda pair: (pair[0] != "en", pair[0]))


def label_of(rows: Sequence[Row], reference: str) -> str:
    """What to call a thing: its first label, else its reference."""
    for name in _LABELS:
        for row in rows:
            if _property(row) == name:
                return words(row, "value")
    return reference


def kind_of(rows: Sequence[Row], reference: str) -> str:
    """What kind of thing it is, in words."""
    given = next((words(row, "label") for row in rows if _property(row) == "org:classification"), "")
    return given or reference.partition("/")[0]


def cells(text: str) -> list[Fact]:
    """The cells of a row of an authority file, by the names of their columns."""
    pairs = (cell.partition(": ") for cell in text.split("; "))
    return [Fact(name.replace("_", " "), value.replace("|", " | "), outside(value)) for name, sign, value in pairs if sign]


def statements(rows: Iterable[Row], iris: Iris) -> list[tuple[str, list[Fact]]]:
    """Everything that is said of a thing, for a page that knows nothing of its kind."""
    found = set()
    for row in rows:
        value = words(row, "value")
        label = words(row, "label") or _in_words(iris.reference(value) or value)
        found.add(Fact(words(row, "propertyLabel") or _property(row), label, place(value, iris)))
    return _by_name(sorted(found, key=lambda fact: (fact.name, fact.value)))


def _by_name(found: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    return [(name, list(members)) for name, members in groupby(found, key=lambda fact: fact.name)]


def _in_words(value: str) -> str:
    """A row by the file in which it stands, a sentence as one, yes for true; anything else as it is."""
    if value == "true":
        return "yes: by its own rules all take part, so sharing it says little"
    if value.startswith("row/"):
        return f"row of {value.removeprefix('row/').partition('-')[0]}"
    return "a sentence of a document" if value.startswith("sentence/") else value


def _property(row: Row) -> str:
    return short(words(row, "property"))
