"""The pages' queries: one file each, filled with values, run on the release, and shown beside what they found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from graph.iris import Iris, is_key
from graph.store import Value, View, fill
from webapp.live import Serving

_HERE = Path(__file__).parent / "queries"
_NOT_CODE = re.compile(r'<[^>\s]*>|"(?:[^"\\]|\\.)*"')
_PREFIX = re.compile(r"(?<![\w?$:/#.-])([a-z][a-z-]*):(?=\w)")
_OF_A_THING = "?claim $role $thing ;"
"""How a query names the claims of a thing."""
_NARROWED = re.compile(r"^( *)# narrowed\n", re.MULTILINE)
"""Where a query takes a pattern that narrows what it finds."""

Row = dict[str, Value]


@dataclass(frozen=True)
class Answer:
    """Rows, and the query that found them.

    Args:
        rows: the solutions.
        query: the SPARQL that found them, as anybody can run it.
    """

    rows: list[Row]
    query: str


_KEPT: WeakKeyDictionary[View, dict[str, Answer]] = WeakKeyDictionary()
"""Answers to the queries without parameters: a release never changes, so neither do they."""


def ask(serving: Serving, name: str, narrowed: str = "", /, **values: Value | Sequence[Value]) -> Answer:
    """The answer to one of the pages' queries.

    Args:
        serving: the release.
        name: the file, without ending.
        narrowed: a pattern that what is found must fit as well, where the query has a place for one.
        **values: what takes the place of the query's parameters; several where a `VALUES` takes them.
    """
    kept = _KEPT.setdefault(serving.view, {})
    is_kept = not values and not narrowed
    if is_kept and name in kept:
        return kept[name]
    query = written(name, serving.iris, narrowed, **values)
    answer = Answer(serving.view.select(query), query)
    if is_kept:
        kept[name] = answer
    return answer


def written(name: str, iris: Iris, narrowed: str = "", /, **values: Value | Sequence[Value]) -> str:
    """One of the pages' queries with its values, and with the prefixes that it uses and no others."""
    pattern = f"{narrowed}\n" if narrowed else ""
    text = fill(_NARROWED.sub(lambda found: pattern and found[1] + pattern, _text(name)), **values)
    for given in values.values():
        for value in given if isinstance(given, Sequence) else (given,):
            if isinstance(value, ox.NamedNode):
                text = text.replace(str(value), _short(value, iris))
    return completed(text, iris)


def written_some(name: str, iris: Iris, claims: Iterable[ox.NamedNode]) -> str:
    """A query for the claims of a thing (`claims`, `evidence`), but only for these claims, as `written` would write it."""
    return completed(_for_some(name, claims), iris)


def completed(text: str, iris: Iris) -> str:
    """A query that begins with a line of title, with the prefixes that it uses and no others."""
    used = set(_PREFIX.findall(_NOT_CODE.sub("", text)))
    header = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in iris.prefixes.items() if prefix in used)
    title, _, body = text.partition("\n")
    return f"{title}\n{header}{body}"


def ask_some(serving: Serving, name: str, claims: Iterable[ox.NamedNode]) -> list[Row]:
    """The rows of a query for the claims of a thing (`claims`, `evidence`), but only for these claims."""
    some = list(claims)
    return serving.view.select(serving.iris.header() + _for_some(name, some)) if some else []


def _for_some(name: str, claims: Iterable[ox.NamedNode]) -> str:
    some = "\n    ".join(map(str, claims))
    return _text(name).replace(_OF_A_THING, f"VALUES ?claim {{\n    {some}\n  }}\n  ?claim ")


def names() -> list[str]:
    """All queries that there are."""
    return sorted(path.stem for path in _HERE.glob("*.rq"))


def _short(node: ox.NamedNode, iris: Iris) -> str:
    """The IRI as a query writes it: with a prefix where one fits."""
    for prefix, start in iris.prefixes.items():
        local = node.value.removeprefix(start)
        if local != node.value and is_key(local):
            return f"{prefix}:{local}"
    return str(node)


@cache
def _text(name: str) -> str:
    return (_HERE / f"{name}.rq").read_text(encoding="utf-8").strip()


def words(row: Row, name: str) -> str:
    """A value as text, empty where the row has none."""
    value = row.get(name)
    return value.value if value else ""
