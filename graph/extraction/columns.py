"""What the headers and cells of tables mean in one language: its `tables.yaml`, read and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.extraction.rulebook import Source

_FIELDS = ("columns", "roles", "roles_without_laws", "roles_of_either", "roles_of_the_country", "tasks", "links", "ends")
_COLUMNS = ("group", "participant", "role", "since", "owner", "task")
"""Columns that mean something by themselves; others do where a link leads from or to them."""
_LINK = ("of", "relation", "reads")
_BACKWARDS = "backwards"


@dataclass(frozen=True)
class Link:
    """How the cells of a column stand to those of another one.

    Args:
        of: the other column.
        relation: local name of the relation.
        is_backwards: whether the other column holds its subject.
    """

    of: str
    relation: str
    is_backwards: bool


class Columns:
    """What tables say.

    Args:
        source: the file `tables.yaml`.
        relations: local names of the relations of the ontology.

    Raises:
        RuleError: a field, a column or a relation is unknown, or something else than words stands where words are to stand.
    """

    headers: Mapping[tuple[str, ...], str]
    """Each header, as tokens, to its column."""
    roles: Mapping[tuple[str, ...], str]
    """Each word for a role to the relation that it means."""
    instead: Mapping[str, str]
    """What a role means where its object is no law."""
    tasks: Mapping[tuple[str, ...], str]
    """Each word for a task to what it makes those in charge to the policy."""
    links: Mapping[str, Link]
    """Each column to how it stands to another one."""

    def __init__(self, source: Source, relations: Collection[str]) -> None:
        """Check all names, and fold the words."""
        self._source, self._relations = source, relations
        source.check("the file", source.values, _FIELDS)
        self.links = {column: self._link(column) for column in source.mapping("links")}
        known = {*_COLUMNS, *self.links, *(link.of for link in self.links.values())}
        source.check("'columns'", source.mapping("columns"), known, "columns")
        self.headers = source.kinds("columns")
        for name in ("roles", "roles_without_laws", "tasks"):
            for relation in source.mapping(name):
                self._check(relation, name, relation)
        self.roles, self.tasks = source.kinds("roles"), source.kinds("tasks")
        self.instead = {role: self._instead(role) for role in source.mapping("roles_without_laws")}
        self.of_either, self.of_country = (self._named(name) for name in ("roles_of_either", "roles_of_the_country"))
        self.ends = source.word_set("ends")

    def _link(self, column: str) -> Link:
        given = self._source.mapping("links", column)
        place = "links", column
        self._source.check(f"the link of {column!r}", given, _LINK, *place)
        of, relation = given.get("of"), given.get("relation")
        if not isinstance(of, str) or not isinstance(relation, str):
            raise self._source.wrong(f"the link of {column!r} does not say `of` which column, or which `relation`", "write both", *place)
        self._check(relation, *place, "relation")
        reads = given.get("reads", "")
        if reads not in ("", _BACKWARDS):
            raise self._source.wrong(f"the link of {column!r} reads {reads!r}", f"write {_BACKWARDS}, or nothing", *place, "reads")
        return Link(of, relation, reads == _BACKWARDS)

    def _instead(self, role: str) -> str:
        words = self._source.words("roles_without_laws", role)
        if len(words) != 1:
            raise self._source.wrong(f"{role!r} means {len(words)} relations without a law", "name one", "roles_without_laws", role)
        self._check(words[0], "roles_without_laws", role)
        return words[0]

    def _named(self, name: str) -> frozenset[str]:
        """A list of relations."""
        for relation in self._source.words(name):
            self._check(relation, name)
        return self._source.word_set(name)

    def _check(self, relation: str, *place: str) -> None:
        if relation not in self._relations:
            problem = f"{place[0]!r} names the relation {relation!r}, which is not in the ontology"
            raise self._source.wrong(problem, "use the local name of a relation", *place)
