"""What has changed between two releases: in words, and as an RDF patch.

Claims are compared by their IRIs, which say what is claimed and where; so a claim that is read anew is the same claim,
and what is said of it (certainty, dates, words) may have changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.release import Release

CLAIMS = """SELECT ?claim ?label ?certainty ?from ?until ?asOf ?state ?words WHERE {
  ?claim a liaison:SupportedClaim ; rdfs:label ?label ; liaison:certainty/skos:prefLabel ?certainty ; liaison:reviewState/skos:prefLabel ?state ;
    liaison:hasEvidence ?evidence .
  OPTIONAL { ?claim liaison:from ?from } OPTIONAL { ?claim liaison:until ?until } OPTIONAL { ?claim liaison:asOf ?asOf }
  OPTIONAL { ?evidence liaison:quote ?words }
} ORDER BY ?claim ?words"""
THINGS = """SELECT ?thing ?label WHERE {
  VALUES ?class { liaison:Actor liaison:Instrument liaison:Practice liaison:Topic liaison:CountryProfile }
  ?thing a ?class ; skos:prefLabel|dcterms:title ?label .
} ORDER BY ?thing"""
_TOLD = {"certainty": "certainty", "from": "since", "until": "until", "asOf": "as of", "state": "review", "words": "words"}
"""What may change of a claim, and how it is called."""

Table = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Difference:
    """From one release to another.

    Args:
        old: the earlier one.
        new: the later one.
    """

    old: Release
    new: Release

    @cached_property
    def removed(self) -> list[str]:
        """Statements that are gone, as lines of N-Triples."""
        return sorted(self._lines(self.old) - self._lines(self.new))

    @cached_property
    def added(self) -> list[str]:
        """Statements that are new, as lines of N-Triples."""
        return sorted(self._lines(self.new) - self._lines(self.old))

    def words(self) -> Iterator[str]:
        """The difference as lines for a reader."""
        yield f"from {self.old.id} ({len(self.removed):,} statements gone) to {self.new.id} ({len(self.added):,} statements new)"
        for name, query, key in (("claim", CLAIMS, "claim"), ("thing", THINGS, "thing")):
            before, after = (_table(release, query, key) for release in (self.old, self.new))
            for iri in sorted(after.keys() - before.keys(), key=lambda iri: after[iri]["label"]):
                yield f"new {name}: {after[iri]['label']}"
            for iri in sorted(before.keys() - after.keys(), key=lambda iri: before[iri]["label"]):
                yield f"{name} gone: {before[iri]['label']}"
            for iri in sorted(before.keys() & after.keys(), key=lambda iri: after[iri]["label"]):
                if changes := list(_changes(before[iri], after[iri])):
                    yield f"{name} changed: {after[iri]['label']}: {'; '.join(changes)}"

    def patch(self) -> Iterator[str]:
        """The difference as an RDF patch: what turns the published graph of the one into that of the other."""
        yield f"H previous <{self.old.iris.thing(f'release/{self.old.id}').value}> ."
        yield f"H id <{self.new.iris.thing(f'release/{self.new.id}').value}> ."
        yield "TX ."
        yield from (f"D {line}" for line in self.removed)
        yield from (f"A {line}" for line in self.added)
        yield "TC ."

    @staticmethod
    def _lines(release: Release) -> set[str]:
        return set((release.folder / "liaison.nt").read_text(encoding="utf-8").splitlines())


def _table(release: Release, query: str, key: str) -> Table:
    """Each thing with what is said of it; where there are several values, all of them."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in release.view.select(release.iris.header() + query):
        about = found.setdefault(row[key].value, {})
        for name, value in row.items():
            if name != key and value.value not in about.setdefault(name, []):
                about[name].append(value.value)
    return {iri: {name: " | ".join(values) for name, values in about.items()} for iri, about in found.items()}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    if before["label"] != after["label"]:
        yield f"was called {before['label']}"
    for name, told in _TOLD.items():
        if (was := before.get(name, "")) != (now := after.get(name, "")):
            yield f"{told} {was or 'not given'} -> {now or 'not given'}"
