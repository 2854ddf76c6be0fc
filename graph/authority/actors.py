"""countries.csv, bodies.csv and groups.csv to actors, and the claims that their columns make."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graph.authority.records import Actor, Row, row_of
from graph.authority.tables import Line, read
from graph.claims import Claim, Evidence
from graph.dates import StatedDate, stated
from graph.errors import InputError
from graph.iris import is_key
from graph.vocabulary import ActorKind, Vocabulary

_COUNTRY = ("iso2", "iso3", "name_en", "eu_authority_uri", "wikidata", "eu_member_from", "eu_member_until", "membership_source")
_BODY = (
    "key",
    "preferred_name",
    "kind",
    "parent",
    "seat",
    "founded",
    "website",
    "wikidata",
    "eu_corporate_body_uri",
    "eurovoc_uri",
    "country",
    "source",
    "universal",
)
_GROUP = ("key", "name", "kind", "host", "from", "until", "topic", "source", "universal")
_WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass
class Loaded:
    """What was read so far; the files fill it one after the other."""

    actors: dict[str, Actor] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    aside: list[InputError] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    """Keys as files write them (`country:ES`, `body:europol`) to references."""

    def add(self, line: Line, written: str, actor: Actor, row: Row) -> bool:
        """Keep an actor, unless its key is taken or no key at all."""
        if written in self.keys or not is_key(actor.reference.partition("/")[2]):
            problem = f"the key {written!r} stands twice" if written in self.keys else f"{written!r} is no key"
            self.aside.append(line.aside(problem, "give the row a key of its own, of letters, digits and hyphens"))
            return False
        self.keys[written] = actor.reference
        self.actors[actor.reference] = actor
        self.rows[row.reference] = row
        return True

    def reference(self, line: Line, column: str, *kinds: str) -> str | None:
        """The reference that a cell names, None if it is empty or names nothing (which is then reported)."""
        cell = line[column]
        for kind in kinds:
            if found := self.keys.get(f"{kind}:{cell}"):
                return found
        if cell:
            problem = f"the column {column!r} names {cell!r}, which no file holds as {' or '.join(kinds)}"
            self.aside.append(line.aside(problem, "add it there or mend the cell; the rest of the row is loaded"))
        return None

    def date(self, line: Line, column: str) -> StatedDate | None:
        """The date in a cell, None if it is empty or no date (which is then reported)."""
        try:
            return stated(line[column])
        except ValueError as error:
            self.aside.append(line.aside(f"the column {column!r}: {error}", "mend the cell; the rest of the row is loaded"))
            return None


def countries(path: Path, loaded: Loaded) -> None:
    """States, with their codes, their matches, and their membership of the European Union."""
    lines, aside = read(path, _COUNTRY)
    loaded.aside += aside
    for line in lines:
        row = row_of(line, "countries", line["iso3"])
        actor = Actor(
            f"country/{line['iso3']}", "State", "state", line["name_en"], row.reference,
            matches=_matches(("exactMatch", line["eu_authority_uri"]), ("exactMatch", _wikidata(line))),
            notation=(line["iso2"], line["iso3"]),
        )  # fmt: skip
        if loaded.add(line, f"country:{line['iso2']}", actor, row) and line["eu_member_from"]:
            evidence = Evidence((row.reference,), "stated")
            dates = loaded.date(line, "eu_member_from"), loaded.date(line, "eu_member_until")
            loaded.claims.append(
                Claim(
                    row.document,
                    actor.reference,
                    "memberOf",
                    "body/eu",
                    (evidence,),
                    "reference",
                    valid_from=dates[0],
                    valid_until=dates[1],
                )
            )


def bodies(path: Path, loaded: Loaded, vocabulary: Vocabulary) -> None:
    """Institutions, with the body that each is part of."""
    lines, aside = read(path, _BODY)
    loaded.aside += aside
    kept: list[tuple[Line, Actor, Row]] = []
    for line in lines:
        kind = _kind(line, loaded, vocabulary)
        row = row_of(line, "bodies", line["key"])
        if kind is None:
            continue
        actor = Actor(
            f"body/{line['key']}", kind.classname, kind.concept, line["preferred_name"], row.reference,
            country=loaded.reference(line, "country", "country"), seat=line["seat"], homepage=_address(line, loaded),
            begins=loaded.date(line, "founded"), is_universal=_is_universal(line, loaded),
            matches=_matches(("exactMatch", _wikidata(line)), ("exactMatch", line["eu_corporate_body_uri"]), ("closeMatch", line["eurovoc_uri"])),
        )  # fmt: skip
        if loaded.add(line, f"body:{line['key']}", actor, row):
            kept.append((line, actor, row))
    for line, actor, row in kept:
        if parent := loaded.reference(line, "parent", "body"):
            loaded.claims.append(_derived(row, actor.reference, "partOf", parent, "The column 'parent' names the body that it is part of."))


def groups(path: Path, loaded: Loaded, vocabulary: Vocabulary, topics: Iterable[str]) -> None:
    """Networks, working groups, treaties and the like, with their hosts and topics.

    Args:
        path: the file.
        loaded: countries and bodies, which groups refer to.
        vocabulary: says what a host is to each kind of group.
        topics: keys of the topics that exist.
    """
    loaded.keys.update({f"topic:{key}": f"topic/{key}" for key in topics})
    lines, aside = read(path, _GROUP)
    loaded.aside += aside
    kept: list[tuple[Line, Actor, Row, ActorKind]] = []
    for line in lines:
        kind = _kind(line, loaded, vocabulary)
        row = row_of(line, "groups", line["key"])
        if kind is None:
            continue
        dates = loaded.date(line, "from"), loaded.date(line, "until")
        actor = Actor(
            f"group/{line['key']}", kind.classname, kind.concept, line["name"], row.reference,
            begins=dates[0], ends=dates[1], is_universal=_is_universal(line, loaded),
        )  # fmt: skip
        if loaded.add(line, f"group:{line['key']}", actor, row):
            kept.append((line, actor, row, kind))
    for line, actor, row, kind in kept:
        if (host := loaded.reference(line, "host", "group", "body")) and kind.host_relation:
            ends = (host, actor.reference) if kind.host_is_subject else (actor.reference, host)
            rule = f"The column 'host' of a {line['kind']} is read as '{vocabulary.relations[kind.host_relation].label}'."
            loaded.claims.append(_derived(row, ends[0], kind.host_relation, ends[1], rule))
        if topic := loaded.reference(line, "topic", "topic"):
            loaded.claims.append(_derived(row, actor.reference, "addresses", topic, "The column 'topic' names what the group deals with."))


def _derived(row: Row, subject: str, relation: str, target: str, rule: str) -> Claim:
    return Claim(row.document, subject, relation, target, (Evidence((row.reference,), "derived", rule=rule),), "reference")


def _kind(line: Line, loaded: Loaded, vocabulary: Vocabulary) -> ActorKind | None:
    kind = vocabulary.kinds.get(line["kind"])
    if kind is None:
        loaded.aside.append(line.aside(f"the kind {line['kind']!r} is unknown", "add it to ontology/actor-kinds.csv or mend the cell"))
    return kind


def _is_universal(line: Line, loaded: Loaded) -> bool:
    if line["universal"] not in ("", "yes"):
        loaded.aside.append(
            line.aside(
                f"universal is {line['universal']!r}, which is neither yes nor empty", "mend the cell; the rest of the row is loaded"
            )
        )
    return line["universal"] == "yes"


def _wikidata(line: Line) -> str:
    return _WIKIDATA + line["wikidata"] if line["wikidata"] else ""


def _matches(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((relation, iri) for relation, iri in pairs if iri)


def _address(line: Line, loaded: Loaded) -> str:
    address = line["website"]
    if address and (urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc):
        loaded.aside.append(line.aside(f"{address!r} is no address on the web", "mend the cell; the rest of the row is loaded"))
        return ""
    return address
