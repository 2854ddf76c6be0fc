"""A side-car: what people have recorded about a profile, in YAML, with the line on which each thing stands.

profile: spain-2018-cse
document: {title: …, publisher: …, terms: …, language: en}
actors:
- {key: practice/…, kind: practice, label: …, quote: …}
claims:
- claim: country/ESP coDrives group/empact-cse
quote: Spain co-drives the CSE EMPACT Group in Europol
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from graph.errors import SidecarError

_TOP = {"profile", "document", "actors", "claims"}
_DOCUMENT = {
    "title",
    "publisher",
    "terms",
    "language",
    "source",
    "country",
    "year",
    "priority",
    "topics",
    "note",
    "summary_of",
    "basis",
    "complete",
}
_ACTOR = {"key", "kind", "label", "country", "quote", "occurrence", "note"}
_CLAIM = {"claim", "quote", "occurrence", "certainty", "modality", "polarity", "from", "until", "rule", "note"}
_ONE_OF_TWO = "keep one of the two; if another entry is meant to begin above it, take the hash sign away before its first line as well"


@dataclass(frozen=True)
class Entry:
    """One mapping of a side-car and the line on which it begins.

    Args:
        path: the side-car.
        line: counted from 1.
        values: the fields that were given.
        lines: the line on which each of them stands.
    """

    path: Path
    line: int
    values: Mapping[str, str | list[str]]
    lines: Mapping[str, int] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        """Whether the field was given."""
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """A field as text.

        Raises:
            SidecarError: it is a list.
        """
        value = self.values.get(name, default)
        if isinstance(value, list):
            raise self.fault(f"{name!r} is a list", "give one value")
        return value

    def texts(self, name: str) -> list[str]:
        """A field as a list of texts; one value is a list of one."""
        value = self.values.get(name, [])
        return value if isinstance(value, list) else [value]

    def fault(self, problem: str, remedy: str, name: str = "") -> SidecarError:
        """An error about this entry, or about one of its fields, which stops the build."""
        return SidecarError(self.path, problem, remedy, self.lines.get(name, self.line))

    def aside(self, problem: str, remedy: str) -> SidecarError:
        """An error that sets this entry aside."""
        return SidecarError(self.path, problem, remedy, self.line, stops=False)


@dataclass(frozen=True)
class Sidecar:
    """What people have recorded about one profile."""

    profile: str
    document: Entry
    actors: Sequence[Entry]
    claims: Sequence[Entry]


def read(path: Path) -> Sidecar:
    """The side-car in the file `path`.

    Raises:
        SidecarError: it is no YAML, or holds a field that is unknown or missing.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise SidecarError(path, f"no valid YAML: {error.problem}", "mend the file", mark.line + 1 if mark else None) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise SidecarError(path, "the file is no YAML text in UTF-8", "save it in UTF-8") from error
    fields = _fields(path, root, _TOP)
    if "profile" not in fields:
        raise SidecarError(path, "the field 'profile' is missing", "name the profile that the side-car is about", 1)
    document = fields.get("document")
    return Sidecar(
        _scalar(path, fields["profile"]),
        _entry(path, document, _DOCUMENT, ()) if document else Entry(path, 1, {}),
        [_entry(path, node, _ACTOR, ("key", "kind", "label", "quote")) for node in _items(path, fields.get("actors"))],
        [_entry(path, node, _CLAIM, ("claim", "quote")) for node in _items(path, fields.get("claims"))],
    )


def _fields(path: Path, node: yaml.Node | None, known: set[str]) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise SidecarError(path, "a mapping of fields is expected here", f"write fields such as {', '.join(sorted(known))}", line)
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _scalar(path, key)
        line = key.start_mark.line + 1
        if name in fields:
            raise SidecarError(
                path, f"the field {name!r} stands twice", _ONE_OF_TWO if known in (_ACTOR, _CLAIM) else "keep one of the two", line
            )
        if name not in known:
            raise SidecarError(path, f"the field {name!r} is unknown", f"the fields are {', '.join(sorted(known))}", line)
        fields[name] = value
    return fields


def _items(path: Path, node: yaml.Node | None) -> list[yaml.Node]:
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return []
    if not isinstance(node, yaml.SequenceNode):
        remedy = "begin each entry with a hyphen; if there is one, take the hash sign away before it"
        raise SidecarError(path, "a list is expected here", remedy, node.start_mark.line + 1)
    return list(node.value)


def _entry(path: Path, node: yaml.Node, known: set[str], needed: Sequence[str]) -> Entry:
    fields = _fields(path, node, known)
    line = node.start_mark.line + 1
    for name in needed:
        if name not in fields:
            raise SidecarError(path, f"the field {name!r} is missing", "add it", line)
    values: dict[str, str | list[str]] = {}
    for name, value in fields.items():
        values[name] = [_scalar(path, item) for item in value.value] if isinstance(value, yaml.SequenceNode) else _scalar(path, value)
    return Entry(path, line, values, {name: value.start_mark.line + 1 for name, value in fields.items()})


def _scalar(path: Path, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise SidecarError(
            path, "a single value is expected here", "write text, in quotes if it holds a colon or a hash", node.start_mark.line + 1
        )
    return str(node.value)
