"""Which documents speak of a thing, in which sentences, and which are silent: said only of documents that were read to the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.places import place

MANY = 12
"""Sentences of a document that are listed; the rest is counted."""
MANY_DOCUMENTS = 60
"""Documents of a list that are named; the rest is counted."""


@dataclass(frozen=True)
class Document:
    """A document that is held.

    Args:
        title: its title.
        address: its page.
        year: its year; empty where it states none.
        is_complete: whether its curation was declared complete.
        is_summary: whether this project wrote it after a public page.
    """

    title: str
    address: str
    year: str
    is_complete: bool
    is_summary: bool


@dataclass(frozen=True)
class Mention:
    """The sentences of a document on which claims about a thing rest.

    Args:
        document: the document.
        sentences: position and address of each, in reading order.
    """

    document: Document
    sentences: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Mentions:
    """What the documents say, and do not say, of a thing.

    Args:
        said: those that speak of it, the latest year first.
        silent: those that were read to the end and do not.
        not_analysed: those in which nothing of it is recorded, and that were not read to the end.
    """

    said: Sequence[Mention]
    silent: Sequence[Document]
    not_analysed: Sequence[Document]

    @property
    def years(self) -> list[tuple[str, list[Mention], int]]:
        """The mentions of each year, and how many sentences they have together; the latest year first, without a year last."""
        found = groupby(self.said, key=lambda mention: mention.document.year)
        return [(year, members, sum(len(one.sentences) for one in members)) for year, group in found for members in [list(group)]]


def mentions(held: Iterable[Row], cited: Iterable[Row], iris: Iris) -> Mentions:
    """What the documents say of a thing.

    Args:
        held: the documents that are held (the query `documents`).
        cited: the sentences on which claims about the thing rest (the query `mentions`).
        iris: to tell where an IRI leads.
    """
    documents = _documents(held, iris)
    sentences = {
        profile: list(dict.fromkeys((int(words(row, "position")), _address(profile, row, iris)) for row in rows))
        for profile, rows in groupby(cited, key=lambda row: words(row, "profile"))
    }
    ordered = sorted(documents, key=lambda key: (-int(documents[key].year or 0), documents[key].title.casefold()))
    rest = [documents[key] for key in ordered if key not in sentences]
    return Mentions(
        [Mention(documents[key], sentences[key]) for key in ordered if key in sentences],
        [one for one in rest if one.is_complete],
        [one for one in rest if not one.is_complete],
    )


def _documents(held: Iterable[Row], iris: Iris) -> Mapping[str, Document]:
    """By the IRI of each; one that is a summary of several pages has several rows."""
    return {
        words(row, "profile"): Document(
            words(row, "title"),
            place(words(row, "profile"), iris).address,
            words(row, "year")[:4],
            bool(words(row, "complete")),
            bool(words(row, "page")),
        )
        for row in held
    }


def _address(profile: str, row: Row, iris: Iris) -> str:
    key = (iris.reference(words(row, "sentence")) or "").partition("/")[2]
    return f"{place(profile, iris).address}#sentence-{key}"
