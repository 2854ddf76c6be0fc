"""memberships.csv to claims: who stands in which relation to whom, and since when."""

from dataclasses import replace
from pathlib import Path

from graph.authority.actors import Loaded
from graph.authority.records import SEED, row_of, sources_of
from graph.authority.tables import Line, read
from graph.claims import CERTAINTIES, Claim, Evidence
from graph.text import digest
from graph.vocabulary import RelationName, Vocabulary

_COLUMNS = ("subject", "relation", "object", "from", "until", "source", "as_of", "confidence", "signed", "ratified", "note")


def memberships(path: Path, loaded: Loaded, vocabulary: Vocabulary) -> None:
    """Read all facts; a relation without a row in the relation map stops the build.

    Raises:
        TableError: the file cannot be read, or a relation is unknown.
    """
    lines, aside = read(path, _COLUMNS)
    loaded.aside += aside
    seen: dict[str, int] = {}
    for line in lines:
        name = vocabulary.names.get(line["relation"])
        if name is None:
            raise line.stop(f"the relation {line['relation']!r} has no row in ontology/relation-map.csv", "add one, or mend the name")
        key = digest("row", *(line[column] for column in _COLUMNS[:7]), length=12)
        if key in seen:
            loaded.aside.append(line.aside(f"the row repeats line {seen[key]}", "remove one of them"))
            continue
        seen[key] = line.number
        if line["source"].startswith(SEED) and not sources_of(line):
            loaded.aside.append(
                line.aside("its only source is the first profile", "nothing to do: the profile itself says it, with its sentence")
            )
            continue
        _add(line, name, key, loaded)


def _add(line: Line, name: RelationName, key: str, loaded: Loaded) -> None:
    ends = [_end(line, column, loaded) for column in ("subject", "object")]
    subject, target = ends[0], name.object or ends[1]
    if not ends[0] or not ends[1] or not subject or not target:
        return
    if name.object and target not in loaded.actors:
        loaded.aside.append(line.aside(f"the relation stands for {target!r}, which no file holds", "add it to groups.csv or bodies.csv"))
        return
    if line["confidence"] not in CERTAINTIES:
        loaded.aside.append(line.aside(f"the confidence {line['confidence']!r} is none of {', '.join(CERTAINTIES)}", "mend the cell"))
        return
    row = row_of(line, "memberships", key)
    loaded.rows[row.reference] = row
    derived = line["confidence"] == "derived"
    evidence = Evidence(
        (row.reference,),
        line["confidence"],
        as_of=loaded.date(line, "as_of"),
        rule=line["note"] if derived else "",
        note="" if derived else line["note"],
    )
    if name.inverse:
        subject, target = target, subject
    claim = Claim(
        row.document, subject, name.relation.name, target, (evidence,), "reference", modality=name.modality or "asserted",
        valid_from=loaded.date(line, "from"), valid_until=loaded.date(line, "until"),
    )  # fmt: skip
    loaded.claims.append(claim)
    for column in ("signed", "ratified"):
        if when := loaded.date(line, column):
            loaded.claims.append(replace(claim, relation=column, valid_from=when, valid_until=None))


def _end(line: Line, column: str, loaded: Loaded) -> str | None:
    found = loaded.keys.get(line[column])
    if found is None:
        loaded.aside.append(line.aside(f"the {column} {line[column]!r} stands in no other file", "add it there or mend the key"))
    return found
