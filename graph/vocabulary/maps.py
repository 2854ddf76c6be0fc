"""The two tables of the ontology: relation names and kinds that files may use, and what they mean."""

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from graph.errors import VocabularyError
from graph.vocabulary.model import ActorKind, Relation, RelationName


def relation_names(path: Path, relations: Mapping[str, Relation]) -> dict[str, RelationName]:
    """Each relation name that a file may use.

    Raises:
        VocabularyError: a row names a relation that does not exist, or stands twice.
    """
    names: dict[str, RelationName] = {}
    for line, row in _rows(path):
        if row["relation"] not in relations:
            problem = f"{row['name']!r} maps to {row['relation']!r}, which the ontology does not hold"
            raise VocabularyError(path, problem, "add the relation or mend the row", line)
        if row["name"] in names:
            raise VocabularyError(path, f"{row['name']!r} stands twice", "remove one row", line)
        relation = relations[row["relation"]]
        names[row["name"]] = RelationName(
            relation, row["direction"] == "inverse", row["modality"] or None, row["object"] or None, row["note"]
        )
    return names


def actor_kinds(path: Path, relations: Collection[str], classes: Collection[str]) -> dict[str, ActorKind]:
    """Each word that a `kind` column may hold.

    Raises:
        VocabularyError: a row names a class or a relation that does not exist.
    """
    kinds: dict[str, ActorKind] = {}
    for line, row in _rows(path):
        if row["class"] not in classes:
            problem = f"the kind {row['kind']!r} has the class {row['class']!r}, which the ontology does not hold"
            raise VocabularyError(path, problem, "mend the row", line)
        if row["host_relation"] and row["host_relation"] not in relations:
            raise VocabularyError(path, f"{row['host_relation']!r} is no relation of the ontology", "mend the row", line)
        kinds[row["kind"]] = ActorKind(row["concept"], row["class"], row["host_relation"], row["host_subject"] == "host")
    return kinds


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, {name: (cell or "").strip() for name, cell in row.items() if name}
