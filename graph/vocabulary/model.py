"""What the pipeline knows of the ontology: relations, names, kinds, lists."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.iris import DEF


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
        headings: each wording of a heading of the template, in any language, to its section's key.
        front_labels: each label of the front block, in any language, to the key of the field that it names.
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
    front_labels: Mapping[str, str]
    parts: frozenset[str]
    labels: Mapping[str, str]
    superclasses: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]
    triples: tuple[ox.Triple, ...]
