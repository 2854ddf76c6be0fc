"""When two relations are the same: exactly, or as members of one group.

Gold predicates are read as `ontology/relation-map.csv` has them, so that `X coordinatedBy Y` is `Y coordinates X`, and a name that
carries a modality (`participatedIn` is past) brings it. `groups.csv` holds what the README of the development set takes as one.
A gold predicate is in the group of its own name as well as in that of the relation it maps to: `coChairs`, which maps to
`chairs`, is grouped with `coLeads`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import InputError, VocabularyError
from graph.evaluation.gold import ASSERTED, GoldRelation
from graph.vocabulary import Relation, Vocabulary

GROUPS = Path(__file__).with_name("groups.csv")


@dataclass(frozen=True)
class Reading:
    """A gold relation in the words of the ontology.

    Args:
        subject: name of who, after inverse names were turned round.
        relation: the relation.
        object: name of to whom.
        modality: its class: `asserted`, `negated`, `planned`, `past`, `possible`, `required`.
        names: its predicate and the relation's own name: what counts for groups.
    """

    subject: str
    relation: Relation
    object: str
    modality: str
    names: frozenset[str]


@dataclass(frozen=True)
class Sameness:
    """Whether a proposal's relation is that of the gold.

    Args:
        same: whether it is so if subject and object stand in the same order.
        swapped: whether it is so if they have changed places.
    """

    same: bool
    swapped: bool

    def holds(self, *, same: bool, swapped: bool) -> bool:
        """Whether it is so for ends in the one order or in the other."""
        return (self.same and same) or (self.swapped and swapped)


def read(relation: GoldRelation, path: Path, vocabulary: Vocabulary) -> Reading:
    """A gold relation in the words of the ontology.

    Raises:
        InputError: the relation map does not hold its predicate, or the predicate carries an object of its own; it sets the item aside.
    """
    name = vocabulary.names.get(relation.predicate)
    if name is None:
        problem = f"the predicate {relation.predicate!r} of {relation.words!r} stands in no row of relation-map.csv"
        raise InputError(path, problem, "add a row to ontology/relation-map.csv or mend the predicate", stops=False)
    if name.object is not None:
        problem = f"the predicate {relation.predicate!r} of {relation.words!r} carries an object of its own"
        raise InputError(path, problem, f"use {name.relation.name} with that object", stops=False)
    subject, object_ = (relation.object, relation.subject) if name.inverse else (relation.subject, relation.object)
    modality = name.modality or ASSERTED if relation.modality == ASSERTED else relation.modality
    return Reading(subject, name.relation, object_, modality, frozenset({relation.predicate, name.relation.name}))


def exact(relation: str, reading: Reading) -> Sameness:
    """Whether it is the same relation; a symmetric one holds in either direction."""
    is_same = relation == reading.relation.name
    return Sameness(is_same, is_same and reading.relation.symmetric)


def grouped(relation: str, reading: Reading) -> Sameness:
    """Whether it is the same relation or one of the same group."""
    one = exact(relation, reading)
    ours = groups().get(relation)
    theirs = {groups()[name] for name in reading.names if name in groups()}
    is_same = ours is not None and ours in theirs
    return Sameness(one.same or is_same, one.swapped or (is_same and ours in either_direction()))


@cache
def groups() -> Mapping[str, str]:
    """Each relation name that is in a group, and its group."""
    return {row["name"]: row["group"] for row in _rows()}


@cache
def either_direction() -> frozenset[str]:
    """The groups in which it does not count which end is the subject."""
    return frozenset(row["group"] for row in _rows() if row["either_direction"] == "yes")


def _rows() -> list[dict[str, str]]:
    with GROUPS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len({row["name"] for row in rows}) != len(rows):
        raise VocabularyError(GROUPS, "a relation name stands twice", "remove one row")
    return rows
