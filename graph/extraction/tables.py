"""Tables to relations: what a column's header says its cells are to those of the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.extraction.columns import Columns
from graph.extraction.cues import Cues, Decision
from graph.extraction.dates import DateReader
from graph.extraction.discourse import Context
from graph.extraction.mentions import Mention, Read
from graph.extraction.readings import Relation
from graph.extraction.registry import Entity
from graph.extraction.render import Piece
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import words_of
from graph.vocabulary import Vocabulary

_PRIOR = 0.85
_LAWS = ("Treaty", "LegalAct", "Instrument", "Strategy", "Policy")
"""What is signed; a network is joined by signing something else."""
_CODE = 2
_YEAR = 4
"""Digits of a year; what is longer and ends in one is a period, `2014/2018`."""
_WHOLES = ("EuropeanUnionBody", "InternationalOrganisation")


@dataclass(frozen=True)
class _Cell:
    words: tuple[str, ...]
    entities: tuple[Entity, ...]
    parts: tuple[tuple[tuple[str, ...], tuple[Entity, ...]], ...]


class TableReader:
    """Reads the tables of one language by `tables.yaml`.

    Args:
        book: its files.
        vocabulary: the relations.

    Raises:
        RuleError: `tables.yaml` is not as it must be.
    """

    def __init__(self, book: Rulebook, vocabulary: Vocabulary) -> None:
        """Put the headers into one table."""
        self._columns = Columns(book["tables"], vocabulary.relations.keys())
        self._shared, self._of_country = self._columns.of_either, self._columns.of_country
        self._cues, self._dates = Cues(book["cues"]), DateReader(book["language"])
        self._relations = vocabulary.relations

    def relations(self, header: Read, row: Read, context: Context) -> Iterator[Relation]:
        """What a row says, by the headers of its columns.

        Args:
            header: the first row of the table.
            row: the row.
            context: the document's country and entities.
        """
        heads = self._heads([cell.words for cell in self._cells(header, context)])
        cells = self._cells(row, context)
        columns = {role: cell for role, cell in zip(heads, cells, strict=False) if role}
        if "group" not in columns and "role" in columns and context.group is not None:
            columns["group"] = _Cell((), (context.group,), ())
        if "role" in columns and "participant" not in columns and (unknown := _unnamed(heads, cells)):
            columns["participant"] = unknown
        over = self._is_over(columns.get("since"), context)
        own = [context.country] if context.country is not None else []
        names_country = "role" in heads and bool(self._cells(header, context)[heads.index("role")].entities or self._names(header, context))
        yield from self._of_roles(columns, row, own, over=over, names_country=names_country)
        yield from self._of_tasks(columns, row, context)
        for role, link in self._columns.links.items():
            if role not in columns or link.of not in columns or (role == "participant" and "task" in columns):
                continue
            relation, decision = link.relation, self._decided(columns[role].words)
            if role == "participant":
                relation, decision = self._of_participant(columns.get("role"), relation, names_country=names_country)
            decision = over if over is not None and decision == Decision() else decision
            for one in columns[role].entities:
                for other in columns[link.of].entities[:1]:
                    yield from self._one((other, one) if link.is_backwards else (one, other), relation, row, decision)

    @staticmethod
    def _names(header: Read, context: Context) -> bool:
        """Whether a header speaks of the country: `Role of NL`, `Our role`."""
        country = context.country
        names = {word for name in (country.name, *country.aliases) for word in words_of(name)} if country is not None else set()
        return any(token.low in names or (token.is_acronym and len(token.text) == _CODE) for token in header.tokens)

    def _is_over(self, cell: _Cell | None, context: Context) -> Decision | None:
        """Whether a period ended before the document was written."""
        if cell is None or context.year is None:
            return None
        dates = [word for word in cell.words if word[-4:].isdigit()]
        ends = len(dates) > 1 or not self._columns.ends.isdisjoint(cell.words) or (bool(dates) and len(dates[0]) > _YEAR)
        return Decision("affirmed", "past") if ends and dates and int(dates[-1][-4:]) < context.year else None

    def _of_participant(self, cell: _Cell | None, default: str, *, names_country: bool) -> tuple[str, Decision]:
        """The relation of whoever takes part, by the first words on the role, and whether it holds."""
        if cell is None or not cell.parts:
            return default, Decision()
        relation = self._named(cell.parts[0][0])
        decision = self._decided(cell.parts[0][0])
        if relation and decision == Decision() and self._decided(cell.words) == Decision():
            is_own = relation not in self._of_country or (relation in self._shared and not names_country)
            return (relation if is_own else default), Decision()
        if relation:  # the role is over; taking part is not
            return default, Decision() if decision == Decision() else decision
        return default, decision if decision != Decision() else self._decided(cell.words)

    def _of_roles(
        self, columns: Mapping[str, _Cell], row: Read, own: Sequence[Entity], *, over: Decision | None, names_country: bool
    ) -> Iterator[Relation]:
        """What the column on the role says of the country, and of those that it names itself: `driver (with Poland as co-driver)`."""
        groups = columns["group"].entities if "group" in columns else ()
        for words, entities in columns["role"].parts if "role" in columns else ():
            relation = self._named(words)
            if not relation:
                continue
            decision = next(
                (said for said in (self._decided(words), self._decided(columns["role"].words)) if said != Decision()), over or Decision()
            )
            states = [entity for entity in entities if entity.classname == "State"]
            speaks = relation in self._of_country and (relation not in self._shared or names_country or "participant" not in columns)
            for subject in states or (own if speaks or "participant" not in columns else []):
                for object_ in groups[:1]:
                    yield from self._one((subject, object_), relation, row, decision)
        for part, whole in pairwise(groups):
            if whole.classname in _WHOLES:
                yield from self._one((part, whole), "partOf", row, Decision())

    def _of_tasks(self, columns: Mapping[str, _Cell], row: Read, context: Context) -> Iterator[Relation]:
        """What the column on the tasks says of those in charge and the policy of the document."""
        if "task" not in columns or context.policy is None:
            return
        for role in ("participant", "owner") if {"participant", "owner"} & columns.keys() else ("group",):
            for entity in columns[role].entities if role in columns else ():
                for words, relation in self._columns.tasks.items():
                    if _holds(columns["task"].words, words) and self._decided(columns["task"].words) == Decision():
                        yield from self._one((entity, context.policy), relation, row, Decision())

    def _one(self, ends: tuple[Entity, Entity], relation: str, row: Read, decision: Decision) -> Iterator[Relation]:
        relation = self._columns.instead.get(relation, relation) if ends[1].classname not in _LAWS else relation
        if ends[0].number != ends[1].number and relation in self._relations:
            since = next((date.date for date in self._dates.find(row.plain.text) if date.role == "from"), None)
            yield Relation(ends[0].number, relation, ends[1].number, row, decision, _PRIOR, f"table-{relation}", valid_from=since)

    def _named(self, words: Sequence[str]) -> str:
        found = [(len(role), relation) for role, relation in self._columns.roles.items() if _holds(words, role)]
        return max(found)[1] if found else ""

    def _heads(self, headers: Sequence[Sequence[str]]) -> list[str]:
        """What each column is; of two columns of networks or bodies the second one names who takes part."""
        found: list[str] = []
        for words in headers:
            role = self._role(words)
            found.append("participant" if role == "group" and "group" in found else role)
        return found

    def _role(self, words: Sequence[str]) -> str:
        if role := self._columns.headers.get(tuple(words)):
            return role
        found = [(len(header), role) for header, role in self._columns.headers.items() if _holds(words, header)]
        return max(found)[1] if found else ""

    def _decided(self, words: Sequence[str]) -> Decision:
        pieces = [Piece(word, number, number + 1) for number, word in enumerate(words)]
        return self._cues.decide(pieces, self._cues.find(pieces), 0, len(pieces))

    @staticmethod
    def _cells(read: Read, context: Context) -> list[_Cell]:
        """The cells of a row: between tabs or bars."""
        raw = read.sentence.text
        mark = "\t" if "\t" in raw else "|"
        borders = [place for place, letter in enumerate(raw) if letter == mark]
        edges = [-1, *borders, len(raw)]
        out: list[_Cell] = []
        for first, last in pairwise(edges):
            start, end = read.sentence.span.start + first + 1, read.sentence.span.start + last
            inside = [number for number, token in enumerate(read.tokens) if start <= read.plain.places[token.start] < end]
            mentions = [mention for mention in read.mentions if inside and inside[0] <= mention.start <= inside[-1]]
            words = tuple(read.tokens[number].low for number in inside if read.tokens[number].text != "|")
            out.append(_Cell(words, tuple(_entities(mentions, context)), tuple(_segments(read, inside, mentions, context))))
        return out


def _segments(
    read: Read, inside: Sequence[int], mentions: Sequence[Mention], context: Context
) -> Iterator[tuple[tuple[str, ...], tuple[Entity, ...]]]:
    """The parts of a cell between semicolons, commas and brackets: their words, and whom they name."""
    part: list[int] = []
    for number in [*inside, -1]:
        if number >= 0 and read.tokens[number].text not in (";", ",", "(", ")", "|"):
            part.append(number)
            continue
        if part:
            named = [mention for mention in mentions if part[0] <= mention.start <= part[-1]]
            yield tuple(read.tokens[place].low for place in part), tuple(_entities(named, context))
        part = []


def _unnamed(heads: Sequence[str], cells: Sequence[_Cell]) -> _Cell | None:
    """The first cell that names a body under a header that says nothing: it is that body whose role the row tells."""
    return next(
        (
            cell
            for role, cell in zip(heads, cells, strict=False)
            if not role and any(entity.classname != "State" for entity in cell.entities)
        ),
        None,
    )


def _entities(mentions: Sequence[Mention], context: Context) -> Iterator[Entity]:
    for mention in mentions:
        yield context.registry[mention.entity]


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    return any(tuple(words[at : at + len(part)]) == tuple(part) for at in range(len(words) - len(part) + 1))
