"""The process that runs public queries: `python -m webapp.pool.worker CHANNEL STORE MEGABYTES RESULT_BYTES PORT`.

It takes one question at a time from its channel and answers each with a message and, where there is a result, with an
open file that has no name. It is killed from outside when it takes too long, and ends when the other end of the
channel is gone, even in the middle of a query.
"""

import gzip
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Mapping
from typing import Any, BinaryIO

import pyoxigraph as ox

from webapp.pool import cage
from webapp.pool.answers import GRAPHS, RESULTS, Format
from webapp.pool.channel import Channel, Closed
from webapp.pool.complaints import explained
from webapp.pool.dataset import ForeignGraphError, from_clauses, graphs
from webapp.pool.question import Dataset
from webapp.pool.writer import BoundedFile, ResultTooLarge, Written, write

Message = Mapping[str, Any]

_NICE = 5
"""Pages come first: a worker takes the processor that nothing else wants."""
_PACKED = 1
"""How hard a result is packed: the least, which packs results about tenfold and costs least."""


def main() -> None:
    """Answer questions until the other end is gone."""
    channel = Channel(socket.socket(fileno=int(sys.argv[1])))
    path, megabytes, result_bytes, port = sys.argv[2], *map(int, sys.argv[3:6])
    os.nice(_NICE)
    if not port:
        cage.forbid_sockets()
    elif not cage.allow_port(port):
        sys.exit("The kernel cannot hold this process to one port.")
    threading.Thread(target=_watch, args=(channel,), daemon=True).start()
    store = ox.Store.read_only(path)
    cage.bound(megabytes, result_bytes)
    channel.send({"outcome": "ready"})
    while True:
        question = _next(channel)
        with tempfile.TemporaryFile() as file:
            message = answer(store, question, file, result_bytes)
            channel.send(message, file.fileno() if message["outcome"] == "answered" else None)


def answer(store: ox.Store, question: Message, file: BinaryIO, most: int) -> Message:
    """Run one query and write its result to a file.

    Args:
        store: the store.
        question: the fields of a Question.
        file: where the result goes.
        most: the largest result, in bytes before it is packed.

    Returns:
        `outcome`, and what else the outcome has to say.
    """
    try:
        result = _run(store, question)
        is_graph = isinstance(result, ox.QueryTriples)
        offered = GRAPHS if is_graph else RESULTS
        wanted = question["graph" if is_graph else "results"]
        if wanted not in offered:
            names = ", ".join(item.media_type for item in offered.values())
            return {"outcome": "unacceptable", "message": f"The answer to this kind of query exists as {names}."}
        written = _written(result, offered[wanted], question, file, most)
    except (SyntaxError, ForeignGraphError, ValueError, RuntimeError, MemoryError, OSError) as error:
        return _problem(error)
    parts = {"is_graph": is_graph, "is_cut": written.is_cut, "rows": written.rows, "encoding": question["encoding"]}
    return {"outcome": "answered", "media_type": offered[wanted].media_type, **parts}


def _written(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: Format, question: Message, file: BinaryIO, most: int
) -> Written:
    rows, prefixes, name = question["rows"], question["prefixes"], question["graph_name"]
    if question["encoding"] != "gzip":
        return write(result, form, BoundedFile(file, most), rows, prefixes, name)
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_PACKED, mtime=0) as packed:
        written = write(result, form, BoundedFile(packed, most), rows, prefixes, name)
    file.flush()  # what packing writes at its end
    return written


def _problem(error: Exception) -> Message:
    match error:
        case SyntaxError():
            message, line, column = explained(str(error.msg))
            return {"outcome": "syntax", "message": message, "line": line, "column": column}
        case ResultTooLarge():
            return {"outcome": "too large"}
        case MemoryError():
            return {"outcome": "memory"}
        case OSError(errno=None):
            return {"outcome": "failed", "message": f"Another endpoint gave no answer that can be used: {str(error).rstrip('.')}."}
        case OSError():
            return {"outcome": "failed", "message": f"The result could not be read or written: {error.strerror}."}
        case _:
            return {"outcome": "refused", "message": str(error)}


def _run(store: ox.Store, question: Message) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    given = question["dataset"]
    asked = Dataset(**given) if given else from_clauses(question["query"], question["prefixes"])
    default, named = graphs(store, asked, question["published"]) if asked else (None, None)
    return store.query(question["query"], prefixes=question["prefixes"], default_graph=default, named_graphs=named)


def _next(channel: Channel) -> Message:
    try:
        return channel.receive()[0]
    except Closed:
        sys.exit()


def _watch(channel: Channel) -> None:
    """End the process when the other end is gone, even in the middle of a query."""
    channel.wait_for_end()
    os._exit(0)


if __name__ == "__main__":
    main()
