"""Entries to the documents of tantivy, and these to an index, on disk or in memory."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import tantivy

from graph.search import queries
from graph.search.entries import DOCUMENT, SENTENCE, Entry
from graph.search.wish import FACETS
from graph.search.words import plain
from graph.text import digest

FOLDER = "search"
"""Where the index lies in a release."""
CARD = f"card_{digest(*(item.name for item in fields(Entry)), length=8)}"
"""The field that holds an entry as JSON; entries of another version have another one."""
WEIGHT = "weight"
"""The field that makes a score larger."""
_HEAP = 300_000_000
"""Memory that the index may take while it is written, in bytes: enough for some hundred thousand entries in one segment."""
GAIN, _GAIN_OF_SENTENCES = 0.2, 1.0
"""What the most claims add to a score, as a share of it: for a name less than what lies between two ways in which it fits."""
_NO_HEADING = 3.0
"""How often a sentence counts what the heading of its section does."""


def write(folder: Path, found: Iterable[Entry]) -> int:
    """Write an index of these entries into a new folder; how many there are."""
    folder.mkdir()
    number = fill(tantivy.Index(schema(), str(folder), reuse=False), found)
    for path in folder.iterdir():
        if path.suffix == ".lock":
            path.unlink()
        else:
            path.chmod(0o644)  # tantivy keeps some for the user who builds, and another may serve
    return number


def schema() -> tantivy.Schema:
    """The fields of the index."""
    made = tantivy.SchemaBuilder()
    for name in (queries.REFERENCE, queries.TITLE, queries.WHOLE):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (queries.NAME, queries.TEXT):
        made.add_text_field(name, tokenizer_name="whitespace")
    made.add_text_field(queries.CONTEXT, tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        made.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    made.add_float_field(WEIGHT, fast=True)
    made.add_bytes_field(CARD, stored=True)
    return made.build()


def fill(index: tantivy.Index, found: Iterable[Entry]) -> int:
    """Put entries into an empty index; how many there are."""
    every = list(found)
    labels = {entry.reference: entry.label for entry in every if entry.kind != SENTENCE}
    most = {SENTENCE: _most(entry for entry in every if entry.kind == SENTENCE)}
    others = _most(entry for entry in every if entry.kind != SENTENCE)
    writer = index.writer(_HEAP, num_threads=1)
    for entry in every:
        values = {
            **_narrowing(entry),
            **_words(entry, labels),
            WEIGHT: [_weight(entry, most.get(entry.kind, others))],
            CARD: [_card(entry)],
        }
        writer.add_document(tantivy.Document(**values))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return len(every)


def read(card: bytes) -> Entry:
    """An entry from its JSON."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(card).items()}
    return Entry(**{**values, "names": tuple(map(tuple, values["names"]))})


def _card(entry: Entry) -> bytes:
    return json.dumps(vars(entry), ensure_ascii=False).encode("utf-8", "replace")


def _words(entry: Entry, labels: Mapping[str, str]) -> dict[str, list[str]]:
    """By what words an entry is found, and by which beside them."""
    beside = [
        *(labels.get(f"country/{key}", "") for key in entry.countries),
        *(labels.get(f"topic/{key}", "") for key in entry.topics),
        *entry.years,
        entry.what,
        entry.title,
    ]
    context = {queries.CONTEXT: [plain(" ".join(beside))]}
    if entry.kind == SENTENCE:
        return {queries.TEXT: [plain(entry.label)], **context}
    wholes = [whole for name, _ in entry.names if (whole := plain(name))]
    if entry.kind == DOCUMENT:  # its title begins with what it is about, and who is named so comes first
        return {queries.NAME: wholes, **context}
    return {queries.TITLE: [plain(entry.label)], queries.WHOLE: wholes, queries.NAME: wholes, **context}


def _narrowing(entry: Entry) -> dict[str, list[str]]:
    """Its reference, and the values by which results are narrowed."""
    return {
        queries.REFERENCE: [entry.reference],
        "kind": [entry.kind],
        "country": list(entry.countries),
        "topic": list(entry.topics),
        "said": list(entry.years),
        "certainty": list(entry.certainties),
    }


def _weight(entry: Entry, most: int) -> float:
    """The value by which tantivy makes a score larger: it multiplies by log2(2 + value), so this is solved for the value; no less than 0 counts."""
    share = math.log1p(entry.claims) / math.log1p(most) if most else 0.0
    factor = 1 + share * (_GAIN_OF_SENTENCES if entry.kind == SENTENCE else GAIN)
    if entry.kind == SENTENCE and plain(entry.label) != plain(entry.section):
        factor *= _NO_HEADING
    return float(2**factor - 2)


def _most(some: Iterable[Entry]) -> int:
    return max((entry.claims for entry in some), default=0)
