"""The competency questions: what the graph must be able to answer, each a documented query with its expected answer."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

import ontology
from graph.iris import Iris
from graph.store import Value, View

SHOWN = 8
"""Rows of an answer that the page shows; the CSV file beside the query holds all."""
_WIDEST = 90


@dataclass(frozen=True)
class Question:
    """One question.

    Args:
        name: the name of its file, without ending: number and key, for example `01-evidence`.
        title: the question, as an analyst would ask it.
        notes: what to know about the query, a sentence or two a line.
        query: its SPARQL, without prefixes.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    query: str

    @property
    def expected(self) -> Path:
        """The file with the answer that the shipped data give."""
        return ontology.path("questions") / f"{self.name}.csv"


def load() -> tuple[Question, ...]:
    """All questions in order."""
    return tuple(_read(path) for path in sorted(ontology.path("questions").glob("*.rq")))


def answer(question: Question, view: View, iris: Iris) -> str:
    """The answer as CSV with a header line, in the order that the query asks for.

    Args:
        question: the question.
        view: a release.
        iris: its IRIs, shortened in the answer so that it is the same under any base.
    """
    query = iris.header() + question.query
    columns, file = view.columns(query), io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_words(row.get(column), iris) for column in columns] for row in view.select(query))
    return file.getvalue()


def page(view: View, iris: Iris) -> str:
    """All questions as a page in Markdown, each with its query and the beginning of its answer."""
    return _INTRODUCTION + "".join(_section(question, answer(question, view, iris)) for question in load())


def _section(question: Question, given: str) -> str:
    names, *rows = csv.reader(io.StringIO(given))
    notes = "".join(f"{note}\n" for note in question.notes)
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in (names, ["---"] * len(names), *rows[:SHOWN])]
    shown = "\n".join(lines) if rows else "The answer is empty."
    count = f"{len(rows)} rows, all in" if len(rows) != 1 else "One row, also in"
    file = f"[{question.name}.csv](../ontology/questions/{question.name}.csv)"
    return f"\n## {question.title}\n\n{notes}\n```sparql\n{question.query}\n```\n\n{shown}\n\n{count} {file}.\n"


def _cell(text: str) -> str:
    words = " ".join(text.split())
    cut = words if len(words) <= _WIDEST else words[: _WIDEST - 1] + "…"
    return cut.replace("|", "\\|").replace("<", "&lt;")


def _read(path: Path) -> Question:
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
    return Question(path.stem, comments[0], tuple(comments[1:]), "\n".join(line for line in lines if not line.startswith("#")))


def _words(value: Value | None, iris: Iris) -> str:
    if value is None:
        return ""
    return iris.short(value.value) if isinstance(value, ox.NamedNode) else value.value


_INTRODUCTION = """# Questions and their SPARQL

What the graph must be able to answer, each with its query and the answer that the shipped data give. Every query runs as it stands (`liaison query FILE`, `liaison questions NAME`, or the page `/sparql`, where each is an example). The prefixes are declared for you there; any other client needs those of [the model](model.md).

This page is made of `ontology/questions/` by `liaison questions --page`; a test compares the two, and each answer with the data.
"""
