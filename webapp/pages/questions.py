"""The pages' queries: one file each, filled with values, run on the release, and shown beside what they found."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.store import Value, fill
from webapp.live import Serving

_HERE = Path(__file__).parent / "queries"

Row = dict[str, Value]


@dataclass(frozen=True)
class Answer:
    """Rows, and the query that found them.

    Args:
        rows: the solutions.
        query: the SPARQL as a reader can run it, prefixes left out.
    """

    rows: list[Row]
    query: str


def ask(serving: Serving, name: str, which: str = "", **values: Value) -> Answer:
    """The answer to one of the pages' queries.

    Args:
        serving: the release.
        name: the file, without ending.
        which: for `claims`: the pattern that picks the claims.
        **values: what takes the place of the query's parameters.
    """
    query = fill(_text(name).replace("$which", which), **values)
    return Answer(serving.view.select(serving.iris.header() + query), query)


@cache
def _text(name: str) -> str:
    return (_HERE / f"{name}.rq").read_text(encoding="utf-8").strip()


def words(row: Row, name: str) -> str:
    """A value as text, empty where the row has none."""
    value = row.get(name)
    return value.value if value else ""
