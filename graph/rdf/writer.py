"""Quads of one named graph, written with short names."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from graph.dates import StatedDate
from graph.iris import VOCABULARIES, Iris, term

Node = ox.NamedNode | ox.Literal

_XSD = VOCABULARIES["xsd"]


class Writer:
    """Collects the quads of one named graph, each once.

    Args:
        iris: makes the IRIs.
        graph: name of the graph, `profile/spain-2018-cse` for example.
        final: reference to what it stands for, where it is not itself.
    """

    def __init__(self, iris: Iris, graph: str, final: Callable[[str], str] = str) -> None:
        """Begin with nothing."""
        self.iris, self.final = iris, final
        self.graph = iris.graph(graph)
        self._quads: dict[ox.Quad, None] = {}

    @property
    def quads(self) -> list[ox.Quad]:
        """What was written so far."""
        return list(self._quads)

    def add(self, subject: ox.NamedNode, predicate: str, *objects: Node | None) -> None:
        """Say `predicate` (as `prefix:local`) of the subject, once for each object that is not None."""
        for value in objects:
            if value is not None:
                self._quads[ox.Quad(subject, term(predicate), value, self.graph)] = None

    def types(self, subject: ox.NamedNode, *classes: str) -> None:
        """Say of which classes (as `prefix:local`) the subject is."""
        self.add(subject, "rdf:type", *map(term, classes))

    def refer(self, subject: ox.NamedNode, predicate: str, *references: str | None) -> None:
        """Say `predicate` of the subject for each thing referred to as `kind/key`, or what it stands for."""
        self.add(subject, predicate, *(self.iris.thing(self.final(reference)) for reference in references if reference))

    def classify(self, subject: ox.NamedNode, predicate: str, *concepts: str | None) -> None:
        """Say `predicate` of the subject for each concept of a closed list, given as `list/concept`."""
        self.add(subject, predicate, *(self.iris.concept(concept) for concept in concepts if concept))

    def date(self, subject: ox.NamedNode, name: str, value: StatedDate | None) -> None:
        """A date as stated, and beside it its bounds as `xsd:date`."""
        if value:
            self.add(subject, f"liaison:{name}", typed(value.stated, value.datatype))
            self.add(subject, f"liaison:{name}Earliest", typed(value.earliest, "date"))
            self.add(subject, f"liaison:{name}Latest", typed(value.latest, "date"))


def text(words: str, language: str = "") -> ox.Literal | None:
    """Words as a literal, None for no words."""
    return ox.Literal(words, language=language or None) if words else None


def english(words: str) -> ox.Literal | None:
    """Words of ours, tagged as English."""
    return text(words, "en")


def typed(lexical: str, datatype: str) -> ox.Literal:
    """A literal of an XML Schema datatype."""
    return ox.Literal(lexical, datatype=ox.NamedNode(_XSD + datatype))


def integer(number: int) -> ox.Literal:
    """A whole number."""
    return typed(str(number), "integer")


def decimal(number: float) -> ox.Literal:
    """A number of at most six decimals, in its shortest form."""
    return typed(f"{number:.6f}".rstrip("0").rstrip("."), "decimal")


def address(words: str) -> ox.NamedNode | None:
    """The http(s) address that a text begins with, as an IRI, None if it begins with none."""
    first = words.split(maxsplit=1)[0] if words.strip() else ""
    if not first.startswith(("http://", "https://")):
        return None
    try:
        return ox.NamedNode(first)
    except ValueError:
        return None


def joined(parts: Iterable[Writer]) -> list[ox.Quad]:
    """The quads of several graphs."""
    return [quad for part in parts for quad in part.quads]
