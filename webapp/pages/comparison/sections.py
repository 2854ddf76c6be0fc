"""The sections of the template in the documents of each thing compared: there with so many sentences, empty, or missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.comparison.columns import Column
from webapp.pages.comparison.held import Edition
from webapp.pages.comparison.states import EMPTY, NO_SECTION, THERE, State

_FEW = 3
"""Documents up to which a cell has a line for each."""
OTHER = "other"
"""Key of the row for headings that the template does not know."""


@dataclass(frozen=True)
class Found:
    """A section of one document.

    Args:
        profile: reference of the document.
        section: key of the template's section, `other` for a heading that it does not know.
        place: key of the section in its document, empty where it is missing.
        state: there, empty or missing.
        sentences: how many it has, headings not counted.
        claimed: on how many of them a claim rests.
    """

    profile: str
    section: str
    place: str
    state: State
    sentences: int = 0
    claimed: int = 0

    @property
    def link(self) -> str:
        """Where it stands in its document."""
        return f"/page/{self.profile}#section-{self.place}" if self.place else f"/page/{self.profile}"

    @property
    def words(self) -> str:
        """What is in it."""
        return counted(self.sentences, self.claimed) if self.state is THERE else self.state.label


@dataclass(frozen=True)
class Line:
    """One line of a cell.

    Args:
        state: there, empty or missing.
        words: as pages and tables have it.
        link: to the section; empty where several documents are meant.
    """

    state: State
    words: str
    link: str = ""


@dataclass(frozen=True)
class Cell:
    """What the documents of one thing have in one section; without lines, why there is nothing."""

    lines: tuple[Line, ...]
    absence: State

    @property
    def state(self) -> State:
        """The state by which it is drawn."""
        states = [line.state for line in self.lines]
        return next((state for state in (THERE, EMPTY, NO_SECTION) if state in states), self.absence)

    @property
    def words(self) -> str:
        """The whole in words, as pages and tables have it."""
        return "; ".join(line.words for line in self.lines) or self.absence.label


@dataclass(frozen=True)
class SectionRow:
    """One section of the template."""

    key: str
    name: str
    cells: tuple[Cell, ...]


def found(rows: Iterable[Row], iris: Iris) -> list[Found]:
    """The sections of documents, each once; what is both there and empty is empty."""
    made: dict[tuple[str, str, str], Found] = {}
    for row in rows:
        profile, section = (iris.reference(words(row, name)) or "" for name in ("profile", "section"))
        key = words(row, "concept").rpartition("#")[2] or OTHER
        how = {"empty": EMPTY, "missing": NO_SECTION}.get(words(row, "how"), THERE)
        place = section.removeprefix("section/")
        made[profile, key, place] = Found(profile, key, place, how, int(words(row, "sentences") or 0), int(words(row, "claimed") or 0))
    empty = {(one.profile, one.section) for one in made.values() if one.state is EMPTY}
    return [one for one in made.values() if not (one.state is THERE and (one.profile, one.section) in empty)]


def rows(names: Sequence[tuple[str, str]], there: Iterable[Found], columns: Sequence[Column]) -> list[SectionRow]:
    """A row for each section that any of the documents has, has empty or lacks.

    Args:
        names: key and name of each section, in the order of the template.
        there: the sections of the documents.
        columns: the things compared.
    """
    by_place: dict[tuple[str, str], list[Found]] = {}
    for one in there:
        by_place.setdefault((one.profile, one.section), []).append(one)
    known = {section for _, section in by_place}
    every = [*names, (OTHER, "Other headings")]
    return [
        SectionRow(key, name, tuple(Cell(_lines(key, column.editions, by_place), column.absence) for column in columns))
        for key, name in every
        if key in known
    ]


def of_section(there: Iterable[Found], key: str, editions: Sequence[Edition]) -> list[tuple[Edition, list[Found]]]:
    """One section in each of some documents, for the page that lists them."""
    mine = [one for one in there if one.section == key]
    return [(edition, [one for one in mine if one.profile == edition.reference]) for edition in editions]


def counted(sentences: int, claimed: int) -> str:
    """Sentences, and on how many a claim rests, in words."""
    if not sentences:
        return "a heading only"
    return f"{sentences} sentence{'s' if sentences != 1 else ''}, {claimed or 'none'} with a claim"


def _lines(key: str, editions: Sequence[Edition], by_place: dict[tuple[str, str], list[Found]]) -> tuple[Line, ...]:
    each = [(edition, one) for edition in editions for one in by_place.get((edition.reference, key), [])]
    lacking = [edition for edition in editions if (edition.reference, key) not in by_place]
    if len(editions) <= _FEW:
        many = len(editions) > 1
        made = [Line(one.state, f"{edition.label}: {one.words}" if many else one.words, one.link) for edition, one in each]
        return (*made, *(Line(NO_SECTION, f"{edition.label}: no such heading" if many else "no such heading") for edition in lacking))
    return tuple(_summed([one for _, one in each], len(lacking), len(editions)))


def _summed(found: Sequence[Found], lacking: int, documents: int) -> Iterator[Line]:
    """One section in many documents, a line for each state."""
    there = [one for one in found if one.state is THERE]
    if there:
        number = len({one.profile for one in there})
        inside = counted(sum(one.sentences for one in there), sum(one.claimed for one in there))
        yield Line(THERE, f"{number} of {documents} documents: {inside}")
    counts = {state: sum(one.state is state for one in found) for state in (EMPTY, NO_SECTION)}
    counts[NO_SECTION] += lacking
    yield from (Line(state, f"{state.label} in {count}") for state, count in counts.items() if count)
