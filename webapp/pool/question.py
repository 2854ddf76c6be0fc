"""A query with how it is to be answered, what it may cost, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from webapp.pool.spool import Kept


@dataclass(frozen=True)
class Limits:
    """What a query may cost.

    Args:
        seconds: time that it may run, and time that it may wait.
        slice_seconds: time that it may run at first, while all workers are at work on others.
        megabytes: memory that a worker may take on.
        query_bytes: longest query.
        depth: deepest nesting of brackets.
        terms: most operators and patterns.
        result_bytes: largest result.
        spool_bytes: disk that results may take which are not sent yet, all together.
        queue: queries that may wait.
        share: queries of one client that may run, wait or be sent.
    """

    seconds: float
    slice_seconds: float
    megabytes: int
    query_bytes: int
    depth: int
    terms: int
    result_bytes: int
    spool_bytes: int
    queue: int
    share: int


@dataclass(frozen=True)
class Dataset:
    """What a query is asked of, as IRIs of named graphs.

    Args:
        default: the graphs that make up the default graph.
        named: the graphs that GRAPH sees.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One query and how it is to be answered.

    Args:
        query: SPARQL.
        results: name of the format for SELECT and ASK; empty if the client takes none of them.
        graph: name of the format for CONSTRUCT and DESCRIBE; empty if the client takes none of them.
        rows: at most so many rows or triples are wanted; 0 for all.
        dataset: what is asked; None to leave it to the query's FROM, and without one to the published graph.
        published: the IRI that stands for the published graph, which is the store's default graph.
        prefixes: prefixes that need no declaration.
        graph_name: the named graph in which the triples of the answer stand, for formats that hold graphs; empty for none.
        encoding: `gzip` to have the result packed, empty to have it plain.
        client: who asks, so that nobody takes more than a share; empty for nobody in particular.
    """

    query: str
    results: str = "json"
    graph: str = "ttl"
    rows: int = 0
    dataset: Dataset | None = None
    published: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    graph_name: str = ""
    encoding: str = ""
    client: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a question.

    Args:
        kind: `answered`, `refused`, `too long`, `syntax`, `unacceptable`, `time`, `memory`, `too large`, `share`, `busy`,
            `gone`, `ended` or `failed`.
        message: for all but `answered`: what happened, and what to do.
        file: for `answered`: the whole result, to be read from its beginning; closing it frees its disk.
        size: for `answered`: its bytes as they are sent.
        rows: for `answered`: its rows or triples, as the log needs it.
        media_type: for `answered`: what the result is.
        encoding: for `answered`: how it is packed, empty for plain.
        is_graph: for `answered`: whether it is triples.
        is_cut: for `answered`: whether there is more than the rows that were wanted.
        line: for `syntax`: the line of the query, from 1, where known.
        column: for `syntax`: the column, from 1, where known.
        waited: seconds that it waited for a worker.
        ran: seconds that it ran, in all its attempts.
    """

    kind: str
    message: str = ""
    file: Kept | None = None
    size: int = 0
    rows: int = 0
    media_type: str = ""
    encoding: str = ""
    is_graph: bool = False
    is_cut: bool = False
    line: int | None = None
    column: int | None = None
    waited: float = 0.0
    ran: float = 0.0
