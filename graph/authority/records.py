"""What the authority files hold: actors, topics, names, and the rows that say so."""

from dataclasses import dataclass

from graph.authority.tables import Line
from graph.dates import StatedDate
from graph.text import digest

SEED = "seed profile "
"""How the files name the first profile as a source; what it says comes from the profile itself."""

_SOURCE_COLUMNS = ("source", "code_source", "uri_source", "membership_source", "wikidata_source", "eu_uri_source")


@dataclass(frozen=True)
class Row:
    """One row of an authority file, as evidence.

    Args:
        reference: `row/{file}-{key}`.
        file: name of the file, without ending.
        text: the cells in words.
        sources: where the facts were read, as given.
    """

    reference: str
    file: str
    text: str
    sources: tuple[str, ...]

    @property
    def document(self) -> str:
        """Reference of the file, which is the document that its claims stand in."""
        return f"authority/{self.file}"


@dataclass(frozen=True)
class Actor:
    """A country, body or group: anything that a claim may connect.

    Args:
        reference: `country/ESP`, `body/europol`, `group/empact-cse`; from side-cars also `practice/…`, `collective/…`.
        classname: local name of its class.
        kind: key of its concept in the list of kinds.
        label: its preferred English name.
        row: reference of the row that records it; None where a profile names it.
        country: reference of the country that it belongs to.
        seat: where it sits, as given.
        homepage: its address on the web.
        begins: since when it exists.
        ends: until when.
        matches: SKOS mapping property (local name) and IRI in other authority lists.
        notation: codes.
        is_universal: whether (nearly) all states or members of the Union take part in it by its own rules.
    """

    reference: str
    classname: str
    kind: str
    label: str
    row: str | None = None
    country: str | None = None
    seat: str = ""
    homepage: str = ""
    begins: StatedDate | None = None
    ends: StatedDate | None = None
    matches: tuple[tuple[str, str], ...] = ()
    notation: tuple[str, ...] = ()
    is_universal: bool = False


@dataclass(frozen=True)
class Topic:
    """A subject that policies and groups deal with.

    Args:
        reference: `topic/cse`.
        label: its preferred English name.
        row: reference of the row that records it.
        broader: reference of the next wider topic.
        matches: SKOS mapping property (local name) and EuroVoc IRI.
        priority_in: references of the policy cycles in which it was a priority.
    """

    reference: str
    label: str
    row: str
    broader: str | None
    matches: tuple[tuple[str, str], ...]
    priority_in: tuple[str, ...]


@dataclass(frozen=True)
class Name:
    """One name of an actor or topic, with where it was read.

    Args:
        of: reference of what it names.
        text: the name.
        language: language code, empty where the source gives none.
        kind: key in the list of kinds of name.
        sources: where it was read, as given.
    """

    of: str
    text: str
    language: str
    kind: str
    sources: tuple[str, ...]

    @property
    def reference(self) -> str:
        """`name/{hash}`: whose name, how it is written, in which language, of which kind."""
        return f"name/{digest('name', self.of, self.text, self.language, self.kind)}"


def sources_of(line: Line, columns: tuple[str, ...] = _SOURCE_COLUMNS) -> tuple[str, ...]:
    """The sources that a row names, each once, in the order of the columns; the first profile is not one of them."""
    given = [part.strip() for column in columns if column in line.cells for part in line[column].split(" ; ")]
    return tuple(dict.fromkeys(part for part in given if part and not part.startswith(SEED)))


def row_of(line: Line, file: str, key: str, sources: tuple[str, ...] | None = None) -> Row:
    """The row as evidence; its text is the cells in words, the sources apart."""
    return Row(f"row/{file}-{key}", file, line.text(without=_SOURCE_COLUMNS), sources_of(line) if sources is None else sources)
