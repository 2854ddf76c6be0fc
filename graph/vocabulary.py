"""The ontology as the pipeline needs it: relations, classes, lists, and the names that files may use.

Read once from `ontology/`; nothing here is written down a second time in code.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

import ontology
from graph.errors import VocabularyError
from graph.iris import DEF, term

_LABEL, _INVERSE = term("rdfs:label"), term("liaison:inverseLabel")
_SUBPROPERTY, _SUBCLASS, _TYPE = term("rdfs:subPropertyOf"), term("rdfs:subClassOf"), term("rdf:type")


@dataclass(frozen=True)
class Relation:
    """A relation that a claim may have.

    Args:
        name: local name in the ontology, `coDrives`.
        label: to read it forwards, "co-drives".
        inverse_label: to read it backwards, "is co-driven by".
        supers: IRIs of all its super-properties, its own not among them.
        symmetric: whether it holds in both directions.
        role: the role that it confers, for kinds of taking part.
    """

    name: str
    label: str
    inverse_label: str
    supers: tuple[ox.NamedNode, ...]
    symmetric: bool
    role: ox.NamedNode | None

    @property
    def iri(self) -> ox.NamedNode:
        """Its IRI."""
        return ox.NamedNode(f"{DEF}#{self.name}")

    @property
    def is_membership(self) -> bool:
        """Whether it is a kind of taking part."""
        return self.role is not None


@dataclass(frozen=True)
class RelationName:
    """What a relation name in a file means.

    Args:
        relation: the relation.
        inverse: whether subject and object change places.
        modality: the modality that the name itself carries (`participatedIn` is past), or None.
        object: the object that the name itself carries (`memberOfSchengenWith`), or None.
        note: why the name maps to the relation, in words.
    """

    relation: Relation
    inverse: bool
    modality: str | None
    object: str | None
    note: str


@dataclass(frozen=True)
class ActorKind:
    """What a word in a `kind` column means.

    Args:
        concept: key of the concept in the list of kinds.
        classname: local name of the class.
        host_relation: how such a group relates to the body in its `host` column, empty for bodies.
        host_is_subject: whether the host is that relation's subject.
    """

    concept: str
    classname: str
    host_relation: str
    host_is_subject: bool


@dataclass(frozen=True)
class Vocabulary:
    """All of the ontology that the pipeline asks for.

    Args:
        relations: by local name.
        names: each relation name that a file may use.
        kinds: each word that a `kind` column may hold.
        concepts: all concepts of the closed lists, as `list/concept`.
        headings: each wording of a heading of the template to its section's key.
        parts: keys of the template's sections that are to hold text of their own.
        labels: `list/concept` to preferred English name.
        superclasses: each class to all its super-classes.
        triples: the ontology and the lists, as they are published.
    """

    relations: Mapping[str, Relation]
    names: Mapping[str, RelationName]
    kinds: Mapping[str, ActorKind]
    concepts: frozenset[str]
    headings: Mapping[str, str]
    parts: frozenset[str]
    labels: Mapping[str, str]
    superclasses: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]
    triples: tuple[ox.Triple, ...]


@cache
def load() -> Vocabulary:
    """The shipped ontology.

    Raises:
        VocabularyError: ontology, relation map or kinds contradict themselves.
    """
    triples = tuple(sorted({triple for module in ontology.modules() for triple in _parse(module)}, key=str))
    relations = {name: _relation(name, triples) for name in _relation_names(triples)}
    return Vocabulary(
        relations,
        _names(ontology.path("relation-map.csv"), relations),
        _kinds(ontology.path("actor-kinds.csv"), relations, triples),
        frozenset(_concepts(triples)),
        _headings(triples),
        _parts(triples),
        _labels(triples),
        {node: _closure(node, _SUBCLASS, triples) for node in _classes(triples)},
        triples,
    )


def _parse(module: Path) -> list[ox.Triple]:
    try:
        return [quad.triple for quad in ox.parse(path=str(module), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise VocabularyError(module, f"no valid Turtle: {error.msg}", "mend the file", error.lineno) from error


def _relation_names(triples: Iterable[ox.Triple]) -> list[str]:
    relation = term("liaison:Relation")
    return sorted(t.subject.value.removeprefix(f"{DEF}#") for t in triples if t.predicate == _TYPE and t.object == relation)


def _classes(triples: Iterable[ox.Triple]) -> list[ox.NamedNode]:
    return [t.subject for t in triples if t.predicate == _TYPE and t.object == term("owl:Class")]


def _relation(name: str, triples: tuple[ox.Triple, ...]) -> Relation:
    iri = ox.NamedNode(f"{DEF}#{name}")
    about = [t for t in triples if t.subject == iri]
    texts = {t.predicate: t.object.value for t in about if isinstance(t.object, ox.Literal)}
    roles = [t.object for t in about if t.predicate == term("liaison:confersRole")]
    missing = [wanted for wanted in ("rdfs:label", "liaison:inverseLabel") if term(wanted) not in texts]
    if missing:
        raise VocabularyError(ontology.path("core.ttl"), f"the relation liaison:{name} has no {missing[0]}", "write one")
    supers = _closure(iri, _SUBPROPERTY, triples)
    if (term("liaison:participatesIn") in supers or name == "participatesIn") != bool(roles):
        raise VocabularyError(
            ontology.path("core.ttl"),
            f"liaison:{name} is a kind of participatesIn or confers a role, but not both",
            "make it both or neither",
        )
    symmetric = any(t.predicate == _TYPE and t.object == term("owl:SymmetricProperty") for t in about)
    return Relation(name, texts[_LABEL], texts[_INVERSE], supers, symmetric, roles[0] if roles else None)


def _closure(start: ox.NamedNode, predicate: ox.NamedNode, triples: tuple[ox.Triple, ...]) -> tuple[ox.NamedNode, ...]:
    up: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for t in triples:
        if t.predicate == predicate:
            up.setdefault(t.subject, []).append(t.object)
    found: list[ox.NamedNode] = []
    waiting = list(up.get(start, []))
    while waiting:
        node = waiting.pop()
        if node != start and node not in found:
            found.append(node)
            waiting.extend(up.get(node, []))
    return tuple(sorted(found, key=str))


def _concepts(triples: Iterable[ox.Triple]) -> list[str]:
    concept = term("skos:Concept")
    return [t.subject.value.removeprefix(f"{DEF}/").replace("#", "/", 1) for t in triples if t.predicate == _TYPE and t.object == concept]


def _headings(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Each wording of a heading of the template to the key of its section."""
    base = f"{DEF}/section#"
    wordings = {term("skos:prefLabel"), term("skos:altLabel"), term("skos:hiddenLabel")}
    return {
        t.object.value: t.subject.value.removeprefix(base) for t in triples if t.predicate in wordings and t.subject.value.startswith(base)
    }


def _parts(triples: Iterable[ox.Triple]) -> frozenset[str]:
    """Keys of the template's sections that hold text of their own: those that no other section is a part of."""
    base = f"{DEF}/section#"
    keys = set(_headings(triples).values()) - {"front"}
    parents = {
        t.object.value.removeprefix(base) for t in triples if t.predicate == term("skos:broader") and t.subject.value.startswith(base)
    }
    return frozenset(keys - parents)


def _labels(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Reference of each concept of a list to its preferred English name."""
    preferred = term("skos:prefLabel")
    start = f"{DEF}/"
    return {
        t.subject.value.removeprefix(start).replace("#", "/", 1): t.object.value
        for t in triples
        if t.predicate == preferred and t.subject.value.startswith(start)
    }


def _names(path: Path, relations: Mapping[str, Relation]) -> dict[str, RelationName]:
    names: dict[str, RelationName] = {}
    for line, row in _rows(path):
        if row["relation"] not in relations:
            raise VocabularyError(
                path,
                f"{row['name']!r} maps to {row['relation']!r}, which the ontology does not hold",
                "add the relation or mend the row",
                line,
            )
        if row["name"] in names:
            raise VocabularyError(path, f"{row['name']!r} stands twice", "remove one row", line)
        names[row["name"]] = RelationName(
            relations[row["relation"]], row["direction"] == "inverse", row["modality"] or None, row["object"] or None, row["note"]
        )
    return names


def _kinds(path: Path, relations: Mapping[str, Relation], triples: Iterable[ox.Triple]) -> dict[str, ActorKind]:
    classes = {node.value.removeprefix(f"{DEF}#") for node in _classes(triples)}
    kinds: dict[str, ActorKind] = {}
    for line, row in _rows(path):
        if row["class"] not in classes:
            raise VocabularyError(
                path, f"the kind {row['kind']!r} has the class {row['class']!r}, which the ontology does not hold", "mend the row", line
            )
        if row["host_relation"] and row["host_relation"] not in relations:
            raise VocabularyError(path, f"{row['host_relation']!r} is no relation of the ontology", "mend the row", line)
        kinds[row["kind"]] = ActorKind(row["concept"], row["class"], row["host_relation"], row["host_subject"] == "host")
    return kinds


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, {name: (cell or "").strip() for name, cell in row.items() if name}
