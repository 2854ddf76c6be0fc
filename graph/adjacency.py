"""The claims as a simple graph in one file, for finding paths: who is next to whom, and which claims say so.

Two things that a supported claim connects are neighbours once, whichever way the claims run and however many there are.
The file lies in the folder of its release beside the store; it is mapped into memory and read where it lies, so that
opening it takes no time and all threads share it. The same claims give the same bytes: things are numbered in the order
of their names, claims stand in the order of their pairs and keys. Numbers are little-endian, as on every machine that
the store runs on.

    one line of JSON, padded with spaces: version, relations, and the parts with their kind and length
    each part, filled up to a multiple of 8 bytes
"""

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Literal, NamedTuple, cast

from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from graph.errors import StoreError
from graph.iris import Iris
from graph.store import View

FILE, MEDIA_TYPE = "adjacency.bin", "application/octet-stream"
"""Its name in a release, and as what it is sent."""
SUBJECTS = ("topic", "channel")
"""Kinds of things that are no actors: to share one is no connection."""
NODES = """SELECT ?node ?label ?universal WHERE {
  { SELECT DISTINCT ?node WHERE { ?claim a liaison:SupportedClaim ; liaison:involves ?node } }
  OPTIONAL { ?node skos:prefLabel ?label } OPTIONAL { ?node liaison:isUniversal ?universal }
} ORDER BY ?node ?label ?universal"""
TIES = """SELECT ?claim ?subject ?relation ?object ?certainty ?review ?first ?last WHERE {
  ?claim a liaison:SupportedClaim ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
    liaison:certainty ?certainty ; liaison:reviewState ?review .
  OPTIONAL { ?claim liaison:fromEarliest ?first } OPTIONAL { ?claim liaison:untilLatest ?last }
}"""
_VERSION = 1
_STEP = 8

Kind = Literal["B", "H", "I"]


class _OtherVersionError(ValueError):
    """The file is whole, and another version of Liaison has made it."""


class Node(NamedTuple):
    """Something that claims connect: its reference, its name, and whether by its own rules all take part in it."""

    reference: str
    label: str
    is_universal: bool = False


class Tie(NamedTuple):
    """A supported claim.

    Args:
        claim: its key.
        subject: reference.
        relation: local name.
        object: reference.
        certainty: one of `CERTAINTIES`.
        review: one of `SUPPORTING_REVIEWS`.
        first: the year in which it begins at the earliest, 0 where no beginning is stated.
        last: the year in which it ends at the latest, 0 where no end is stated.
    """

    claim: str
    subject: str
    relation: str
    object: str
    certainty: str
    review: str
    first: int = 0
    last: int = 0


@dataclass(frozen=True, eq=False)
class Adjacency:
    """The simple graph: things, pairs of neighbours and claims are numbers, and each array has a place for each of them.

    Args:
        relations: local names, to which `relation` leads.
        starts: of each thing, where its neighbours begin in `neighbours` and `pairs`; and where the last ones end.
        neighbours: the neighbours of one thing after the other, in order.
        pairs: the pair that a thing and its neighbour make.
        claims_of: of each pair, where its claims begin; and where the last ones end.
        relation: of each claim.
        certainty: of each claim, a place in `CERTAINTIES`.
        review: of each claim, a place in `SUPPORTING_REVIEWS`.
        first: of each claim, as in `Tie`.
        last: of each claim, as in `Tie`.
        universal: things in which all take part.
        subjects: things that are no actors.
    """

    relations: tuple[str, ...]
    starts: "memoryview[int]"
    neighbours: "memoryview[int]"
    pairs: "memoryview[int]"
    claims_of: "memoryview[int]"
    relation: "memoryview[int]"
    certainty: "memoryview[int]"
    review: "memoryview[int]"
    first: "memoryview[int]"
    last: "memoryview[int]"
    universal: frozenset[int]
    subjects: frozenset[int]
    _by_reference: "memoryview[int]"
    _references: "_Texts"
    _claims: "_Texts"

    @classmethod
    def open(cls, path: Path) -> "Adjacency":
        """Map a file into memory.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        try:
            with path.open("rb") as file:
                return cls.of(mmap(file.fileno(), 0, access=ACCESS_READ))
        except FileNotFoundError as error:
            raise StoreError(path, "the release holds no graph of neighbours", "run `liaison build`") from error
        except _OtherVersionError as error:
            raise StoreError(path, str(error), "run `liaison build`, which makes the release again") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                path, f"the graph of neighbours cannot be read ({error})", "remove the release and run `liaison build`"
            ) from error

    @classmethod
    def of(cls, content: bytes | mmap) -> "Adjacency":
        """Read what `written` made.

        Raises:
            ValueError: this is nothing of the kind, or a part of it is missing.
        """
        line, raw = content.find(b"\n") + 1, memoryview(content)
        header = json.loads(bytes(raw[:line]))
        version = header.get("adjacency") if isinstance(header, dict) else None
        if not isinstance(version, int):
            message = "its first line is not one that Liaison writes"
            raise ValueError(message)  # noqa: TRY004  # it is the file that is wrong
        if version != _VERSION:
            message = f"the release was made by {'an older' if version < _VERSION else 'a newer'} version of Liaison"
            raise _OtherVersionError(message)
        parts, place = {}, line
        for name, (kind, count) in header["parts"].items():
            size = count * array(kind).itemsize
            parts[name] = raw[place : place + size].cast(cast("Kind", kind))
            place += size + -size % _STEP
        if place != len(raw):
            message = f"it has {len(raw)} bytes and should have {place}"
            raise ValueError(message)
        texts = {name: _Texts(parts.pop(name), parts.pop(f"{name}_at")) for name in ("references", "claims")}
        return cls(
            relations=tuple(header["relations"]),
            universal=frozenset(parts.pop("universal")),
            subjects=frozenset(parts.pop("subjects")),
            _by_reference=parts.pop("by_reference"),
            _references=texts["references"],
            _claims=texts["claims"],
            **parts,
        )

    def __len__(self) -> int:
        """How many things it connects."""
        return len(self.starts) - 1

    def number(self, reference: str) -> int | None:
        """The number of a thing; None if no supported claim involves it."""
        place = bisect_left(self._by_reference, reference, key=self._references.__getitem__)
        found = self._by_reference[place] if place < len(self) else None
        return found if found is not None and self._references[found] == reference else None

    def reference(self, number: int) -> str:
        """The reference of a thing."""
        return self._references[number]

    def claim(self, number: int) -> str:
        """The key of a claim."""
        return self._claims[number]

    def pair(self, one: int, other: int) -> int:
        """The pair that a thing and one of its neighbours make."""
        return self.pairs[bisect_left(self.neighbours, other, self.starts[one], self.starts[one + 1])]

    def degree(self, number: int) -> int:
        """How many neighbours a thing has."""
        return self.starts[number + 1] - self.starts[number]


class _Texts:
    """Texts one after the other, and where each begins."""

    def __init__(self, content: "memoryview[int]", starts: "memoryview[int]") -> None:
        self._content, self._starts = content, starts

    def __getitem__(self, place: int) -> str:
        return str(self._content[self._starts[place] : self._starts[place + 1]], "utf-8")


def written(nodes: Iterable[Node], ties: Iterable[Tie]) -> bytes:
    """The simple graph of these things and claims, as bytes; a claim that connects a thing with itself has no part in it.

    Args:
        nodes: the things, among them both ends of each claim.
        ties: the claims.
    """
    ordered = sorted(nodes, key=lambda node: (node.label.casefold(), node.reference))
    number = {node.reference: place for place, node in enumerate(ordered)}
    by_pair: dict[tuple[int, int], list[Tie]] = {}
    for tie in sorted(ties):
        low, high = sorted((number[tie.subject], number[tie.object]))
        if low != high:
            by_pair.setdefault((low, high), []).append(tie)
    pairs = sorted(by_pair)
    kept = [tie for pair in pairs for tie in by_pair[pair]]
    relations = sorted({tie.relation for tie in kept})
    beside: list[list[tuple[int, int]]] = [[] for _ in ordered]
    for place, (low, high) in enumerate(pairs):
        beside[low].append((high, place))
        beside[high].append((low, place))
    parts = {
        **_texts("references", [node.reference for node in ordered]),
        "by_reference": array("I", (number[reference] for reference in sorted(number))),
        "universal": array("I", (number[node.reference] for node in ordered if node.is_universal)),
        "subjects": array("I", (number[node.reference] for node in ordered if node.reference.partition("/")[0] in SUBJECTS)),
        "starts": _ends(map(len, beside)),
        "neighbours": array("I", (other for row in beside for other, _ in row)),
        "pairs": array("I", (place for row in beside for _, place in row)),
        "claims_of": _ends(len(by_pair[pair]) for pair in pairs),
        **_texts("claims", [tie.claim for tie in kept]),
        "relation": array("B", map({name: place for place, name in enumerate(relations)}.__getitem__, (tie.relation for tie in kept))),
        "certainty": array("B", (CERTAINTIES.index(tie.certainty) for tie in kept)),
        "review": array("B", (SUPPORTING_REVIEWS.index(tie.review) for tie in kept)),
        "first": array("H", (tie.first for tie in kept)),
        "last": array("H", (tie.last for tie in kept)),
    }
    return _joined(relations, parts)


def write(view: View, folder: Path, iris: Iris) -> Path:
    """Write the simple graph of a release into its folder.

    Args:
        view: the release's store.
        folder: where to.
        iris: makes the IRIs.
    """
    path = folder / FILE
    path.write_bytes(read(view, iris))
    return path


def read(view: View, iris: Iris) -> bytes:
    """The simple graph of all that a store publishes, as bytes."""
    nodes: dict[str, Node] = {}
    for row in view.select(iris.header() + NODES):
        reference = _reference(row["node"].value, iris)
        label, universal = (row[name].value if name in row else "" for name in ("label", "universal"))
        nodes.setdefault(reference, Node(reference, label or reference, universal == "true"))
    ties: dict[str, Tie] = {}
    for row in view.select(iris.header() + TIES):
        texts = {name: value.value for name, value in row.items()}
        claim = _reference(texts["claim"], iris).removeprefix("claim/")
        ties[claim] = Tie(
            claim,
            _reference(texts["subject"], iris),
            texts["relation"].rpartition("#")[2],
            _reference(texts["object"], iris),
            texts["certainty"].rpartition("#")[2],
            texts["review"].rpartition("#")[2],
            int(texts.get("first", "0")[:4]),
            int(texts.get("last", "0")[:4]),
        )
    return written(nodes.values(), ties.values())


def _reference(iri: str, iris: Iris) -> str:
    return iris.reference(iri) or iri


def _texts(name: str, texts: list[str]) -> "dict[str, array[int]]":
    encoded = [text.encode() for text in texts]
    return {name: array("B", b"".join(encoded)), f"{name}_at": _ends(map(len, encoded))}


def _ends(sizes: Iterable[int]) -> "array[int]":
    """Where stretches of these sizes begin, one after the other, and where the last one ends."""
    ends = array("I", [0])
    for size in sizes:
        ends.append(ends[-1] + size)
    return ends


def _joined(relations: list[str], parts: "dict[str, array[int]]") -> bytes:
    header = {"adjacency": _VERSION, "relations": relations, "parts": {name: [part.typecode, len(part)] for name, part in parts.items()}}
    line = json.dumps(header, separators=(",", ":"))
    padded = line + " " * (-(len(line) + 1) % _STEP) + "\n"
    return padded.encode("ascii") + b"".join(part.tobytes() + bytes(-len(part.tobytes()) % _STEP) for part in parts.values())
