"""Names to the things that bear them: folded, by whole name, beginning, word and part, the best first."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from graph.iris import Iris
from graph.store import View
from graph.text import fold_words

_NAMES = """SELECT ?thing ?label ?name ?kind WHERE {
    { ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel|skos:notation ?name ; skos:prefLabel ?label ;
             org:classification ?concept . ?concept skos:prefLabel ?kind }
    UNION { ?thing a liaison:Topic ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name ; skos:prefLabel ?label BIND ("topic"@en AS ?kind) }
    UNION { ?thing skos:inScheme <https://w3id.org/liaison/def/channel> ; skos:prefLabel|skos:altLabel ?name ; skos:prefLabel ?label
            BIND ("channel"@en AS ?kind) }
    UNION { ?thing a liaison:CountryProfile ; dcterms:title ?name, ?label BIND ("country profile"@en AS ?kind) }
}"""


@dataclass(frozen=True)
class Hit:
    """Something that was found.

    Args:
        reference: `kind/key`.
        label: its preferred name.
        kind: what kind of thing it is, in words.
        name: the name by which it was found.
    """

    reference: str
    label: str
    kind: str
    name: str


def plain(text: str) -> str:
    """The text as it is searched: folded, without accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", fold_words(text))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


class Index:
    """All names of a release.

    Args:
        entries: a hit for each name, with the name as it is searched.
    """

    def __init__(self, entries: Iterable[tuple[str, Hit]]) -> None:
        """Keep the entries, each once, in a fixed order."""
        self._entries = sorted(set(entries), key=lambda entry: (entry[0], entry[1].reference))

    @classmethod
    def of(cls, view: View, iris: Iris) -> "Index":
        """The index of a release."""
        rows = view.select(iris.header() + _NAMES)
        found = ((iris.reference(row["thing"].value), row) for row in rows)
        return cls(
            (plain(row["name"].value), Hit(reference, row["label"].value, row["kind"].value, row["name"].value))
            for reference, row in found
            if reference
        )

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """What bears a name like `words`, each thing once, the best first."""
        wanted = plain(words)
        if not wanted:
            return []
        best: dict[str, tuple[tuple[int, int, str], Hit]] = {}
        for name, hit in self._entries:
            if (rank := _rank(wanted, name)) is not None:
                score = (rank, len(name), hit.label)
                if hit.reference not in best or score < best[hit.reference][0]:
                    best[hit.reference] = (score, hit)
        return [hit for _, hit in sorted(best.values(), key=lambda found: found[0])[:limit]]


def _rank(wanted: str, name: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in f" {name}":
        return 2
    if wanted in name:
        return 3
    begun = f" {name}"
    return 4 if all(f" {word}" in begun for word in wanted.split()) else None
