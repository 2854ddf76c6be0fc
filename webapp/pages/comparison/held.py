"""The documents that are held, and for which countries one is expected where none is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.comparison import states
from webapp.pages.comparison.states import State


@dataclass(frozen=True)
class Edition:
    """A document that is held.

    Args:
        reference: `profile/…`.
        title: its title.
        country: reference of its country, empty where none is stated.
        year: its year, None where none is stated.
        topics: references of its topics.
        topic_names: what they are called.
        is_complete: whether its curation was declared complete.
        policy: reference of the policy that it describes.
    """

    reference: str
    title: str
    country: str
    year: int | None
    topics: frozenset[str]
    topic_names: tuple[str, ...]
    is_complete: bool
    policy: str

    @property
    def label(self) -> str:
        """How it is told from the other documents of its country: its year and its topics, else its title."""
        told = [str(self.year)] if self.year else []
        return ", ".join([*told, *self.topic_names]) or self.title

    def is_on(self, topics: Collection[str]) -> bool:
        """Whether it is on one of these topics; without any, every document is."""
        return not topics or not self.topics.isdisjoint(topics)


@dataclass(frozen=True)
class Held:
    """What is held and what is expected.

    Args:
        editions: all documents.
        members: references of the countries of which documents are expected: members of the European Union.
        topics: references of the topic that is asked for and of all narrower ones; empty for every topic.
    """

    editions: Sequence[Edition]
    members: frozenset[str]
    topics: frozenset[str] = frozenset()

    def of(self, country: str, year: int | None) -> tuple[Edition, ...]:
        """The documents of a country, of one year if one is given."""
        return tuple(
            edition
            for edition in self.editions
            if edition.country == country and year in (None, edition.year) and edition.is_on(self.topics)
        )

    def absence(self, country: str, year: int | None) -> State:
        """What it means that nothing is found of a country: `silent`, `not-analysed`, `missing` or `unknown`."""
        if editions := self.of(country, year):
            return absence_in(editions)
        is_expected = country in self.members and any(
            edition.country and year in (None, edition.year) and edition.is_on(self.topics) for edition in self.editions
        )
        return states.MISSING if is_expected else states.UNKNOWN


def absence_in(editions: Sequence[Edition]) -> State:
    """What it means that documents say nothing: they are silent only if every one was read to the end."""
    return states.SILENT if all(edition.is_complete for edition in editions) else states.NOT_ANALYSED


def editions(rows: Iterable[Row], iris: Iris) -> list[Edition]:
    """The documents, by country, year and title."""
    found: dict[str, Edition] = {}
    topics: dict[str, dict[str, str]] = {}
    for row in rows:
        reference, country, policy, topic = (iris.reference(words(row, name)) or "" for name in ("profile", "country", "policy", "topic"))
        if topic:
            topics.setdefault(reference, {})[topic] = words(row, "topicName")
        of = topics.get(reference, {})
        year = words(row, "year")
        found[reference] = Edition(
            reference,
            words(row, "title"),
            country,
            int(year[:4]) if year[:4].isdecimal() else None,
            frozenset(of),
            tuple(sorted(of.values())),
            "complete" in row,
            policy,
        )
    return sorted(found.values(), key=lambda edition: (edition.country, edition.year or 0, edition.title, edition.reference))
