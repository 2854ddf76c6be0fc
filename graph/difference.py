"""What has changed between two releases: in words, and as an RDF patch.

Claims are compared by their IRIs, which say what is claimed and where; so a claim that is read anew is the same claim,
and what is said of it (certainty, dates, words) may have changed. The dumps are read side by side, as both are in one
order, so that two large releases need no more memory than two small ones; only what a differing line is about is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from graph.dumps import TYPE
from graph.iris import Iris
from graph.release import Release

CLASSES = (
    "liaison:Actor", "liaison:Instrument", "liaison:Practice", "liaison:Policy", "liaison:Topic",
    "liaison:CountryProfile", "liaison:SharedResource", "liaison:Event", "liaison:Award",
)  # fmt: skip
"""What readers look for by name: what a difference tells of as things, and what the sitemap lists."""
CLAIMS = """SELECT ?claim ?label ?subject ?object ?certainty ?from ?until ?asOf ?state ?words WHERE {
  VALUES ?claim { #nodes }
  ?claim a liaison:SupportedClaim ; rdfs:label ?label ; rdf:subject ?subject ; rdf:object ?object ;
    liaison:certainty/skos:prefLabel ?certainty ; liaison:reviewState/skos:prefLabel ?state ; liaison:hasEvidence ?evidence .
  OPTIONAL { ?claim liaison:from ?from } OPTIONAL { ?claim liaison:until ?until } OPTIONAL { ?claim liaison:asOf ?asOf }
  OPTIONAL { ?evidence liaison:quote ?words }
} ORDER BY ?claim ?words ?from ?until ?asOf ?certainty ?state"""
"""What is compared of the claims that a differing line is about."""
THINGS = (
    """SELECT DISTINCT ?thing ?label WHERE {
  VALUES ?thing { #nodes }
  ?thing a ?class ; skos:prefLabel|dcterms:title ?label FILTER (?class IN (#classes) && LANG(?label) IN ("en", ""))
} ORDER BY ?thing ?label"""
).replace("#classes", ", ".join(CLASSES))
RESTING = "SELECT DISTINCT ?claim WHERE { VALUES ?evidence { #nodes } ?claim liaison:hasEvidence ?evidence }"
_TOLD = {"certainty": "certainty", "from": "since", "until": "until", "asOf": "as of", "state": "review", "words": "words"}
"""What may change of a claim, and how it is called."""
_AT_ONCE = 500
"""Things that one query asks for."""
_TYPE = str(TYPE).encode()

Table = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Change:
    """One line of a difference.

    Args:
        how: `new`, `gone` or `changed`.
        what: `claim` or `thing`.
        reference: what it is about, as `kind/key`; empty for what has no page.
        label: what that is called.
        told: what has changed of it.
    """

    how: str
    what: str
    reference: str
    label: str
    told: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The line."""
        head = f"new {self.what}" if self.how == "new" else f"{self.what} {self.how}"
        return ": ".join([head, self.label, *(["; ".join(self.told)] if self.told else [])])


@dataclass(frozen=True)
class Difference:
    """From one release to another.

    Args:
        old: the earlier one.
        new: the later one.
    """

    old: Release
    new: Release

    def lines(self) -> Iterator[tuple[str, str]]:
        """The statements that differ, in the order of the dumps: `D` or `A`, and the line of N-Triples."""
        for letter, line in merged(*(release.folder / "liaison.nt" for release in (self.old, self.new))):
            yield letter, line.decode()

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many statements are gone, and how many are new."""
        return self._touched[0]

    @cached_property
    def head(self) -> str:
        """The numbers, as the first line for a reader."""
        gone, fresh = self.counts
        return f"from {self.old.id} ({gone:,} statements gone) to {self.new.id} ({fresh:,} statements new)"

    def words(self) -> Iterator[str]:
        """The difference as lines for a reader."""
        yield self.head
        yield from (change.words for change in self.changes())

    def changes(self) -> Iterator[Change]:
        """What is new, gone or changed, claims first; what only follows from a new name is told with the name."""
        things, claims = self._tables("thing"), self._tables("claim")
        renamed = {iri for iri in things[0].keys() & things[1].keys() if things[0][iri]["label"] != things[1][iri]["label"]}
        anew = dict.fromkeys(renamed, 0)
        for claim in claims[0].keys() & claims[1].keys():
            if claims[0][claim]["label"] != claims[1][claim]["label"]:
                for end in renamed & {claims[1][claim]["subject"], claims[1][claim]["object"]}:
                    anew[end] += 1
        yield from self._compared("claim", *claims, renamed, {})
        yield from self._compared("thing", *things, frozenset(), anew)

    def patch(self) -> Iterator[str]:
        """The difference as an RDF patch: what turns the published graph of the one into that of the other."""
        yield f"H previous <{self.old.iris.thing(f'release/{self.old.id}').value}> ."
        yield f"H id <{self.new.iris.thing(f'release/{self.new.id}').value}> ."
        yield "TX ."
        yield from (f"{letter} {line}" for letter, line in self.lines())
        yield "TC ."

    def queries(self) -> list[str]:
        """The queries behind the words, on some of what has changed."""
        found = []
        for query, nodes in ((CLAIMS, self._touched[1]), (THINGS, self._touched[2])):
            if some := sorted(nodes)[:3]:
                found.append(_asking(self.new.iris, query, some))
        return found

    @cached_property
    def _touched(self) -> tuple[tuple[int, int], set[str], set[str]]:
        """How many lines are gone and new, and the IRIs of the claims and of all else that they are about."""
        counts, claims, evidence, things = {"D": 0, "A": 0}, set[str](), set[str](), set[str]()
        for letter, line in self.lines():
            counts[letter] += 1
            iri = line[1 : line.index(">")] if line.startswith("<") else ""
            kind = next((kind for base in {self.old.iris.base, self.new.iris.base} if (kind := _kind(iri, base))), "")
            if kind:
                {"claim": claims, "evidence": evidence}.get(kind, things).add(iri)
        for release in (self.old, self.new):
            claims.update(row["claim"] for row in _rows(release, RESTING, evidence))
        return (counts["D"], counts["A"]), claims, things

    def _tables(self, name: str) -> tuple[Table, Table]:
        query, nodes = (CLAIMS, self._touched[1]) if name == "claim" else (THINGS, self._touched[2])
        return _table(self.old, query, name, nodes), _table(self.new, query, name, nodes)

    def _compared(self, what: str, before: Table, after: Table, renamed: AbstractSet[str], anew: Mapping[str, int]) -> Iterator[Change]:
        fresh, gone, both = after.keys() - before.keys(), before.keys() - after.keys(), before.keys() & after.keys()
        for how, release, iris, table in (("new", self.new, fresh, after), ("gone", self.old, gone, before)):
            for iri in sorted(iris, key=lambda iri: (table[iri]["label"], iri)):
                yield Change(how, what, release.iris.reference(iri) or "", table[iri]["label"])
        for iri in sorted(both, key=lambda iri: (after[iri]["label"], iri)):
            follows = not renamed.isdisjoint({after[iri].get("subject"), after[iri].get("object")}) if renamed else False
            told = list(_changes(before[iri], after[iri], is_name_told=not follows))
            if number := anew.get(iri):
                told.append(f"{number:,} claim{'s are' if number > 1 else ' is'} worded anew")
            if told:
                yield Change("changed", what, self.new.iris.reference(iri) or "", after[iri]["label"], tuple(told))


def merged(old: Path, new: Path) -> Iterator[tuple[str, bytes]]:
    """The lines that only one of two dumps holds, `D` for the old one and `A` for the new one, in the order of both."""
    with old.open("rb") as before, new.open("rb") as after:
        left, right = ((line.rstrip(b"\n") for line in lines) for lines in (before, after))
        was, now = next(left, b""), next(right, b"")
        while was or now:
            if was == now:
                was, now = next(left, b""), next(right, b"")
            elif not now or (was and _key(was) < _key(now)):
                yield "D", was
                was = next(left, b"")
            else:
                yield "A", now
                now = next(right, b"")


def _key(line: bytes) -> tuple[bytes, bool, bytes, bytes]:
    """The order in which dumps hold statements (`dumps.sort_key`)."""
    subject, predicate, rest = line.split(b" ", 2)
    return (subject, predicate != _TYPE, predicate, rest)


def _kind(iri: str, base: str) -> str:
    """The kind of a thing of the data, empty for a part of one and for all else."""
    reference = iri.removeprefix(f"{base}id/")
    return reference.partition("/")[0] if reference != iri and "#" not in reference else ""


def _rows(release: Release, query: str, nodes: Iterable[str]) -> Iterator[dict[str, str]]:
    """The answers about these nodes, some hundred at a time."""
    left = iter(sorted(nodes))
    while some := list(islice(left, _AT_ONCE)):
        for row in release.view.select(_asking(release.iris, query, some)):
            yield {name: value.value for name, value in row.items()}


def _asking(iris: Iris, query: str, nodes: Iterable[str]) -> str:
    return iris.header() + query.replace("#nodes", " ".join(str(ox.NamedNode(iri)) for iri in nodes))


def _table(release: Release, query: str, key: str, nodes: Iterable[str]) -> Table:
    """Each thing with what is said of it; where there are several values, all of them."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in _rows(release, query, nodes):
        about = found.setdefault(row[key], {})
        for name, value in row.items():
            if name != key and value not in about.setdefault(name, []):
                about[name].append(value)
    return {iri: {name: " | ".join(values) for name, values in about.items()} for iri, about in found.items()}


def _changes(before: Mapping[str, str], after: Mapping[str, str], *, is_name_told: bool) -> Iterator[str]:
    if is_name_told and before["label"] != after["label"]:
        yield f"was called {before['label']}"
    for name, told in _TOLD.items():
        if (was := before.get(name, "")) != (now := after.get(name, "")):
            yield f"{told} {was or 'not given'} -> {now or 'not given'}"
