"""Records decisions in processes that die.

Usage: faults.py FOLDER

For each point, counted from 1, a child records three decisions in FOLDER/POINT and kills itself with SIGKILL just before
its file operation of that number, or in the middle of it where it writes; the last child meets no such point and ends.
Prints, as JSON, what each child had been promised and at which operation it died.
"""

import fcntl
import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from graph.decisions import log
from tests.graph.decisions.making import act

OPERATIONS = [(os, name) for name in ("open", "write", "fsync", "pread", "fstat", "ftruncate", "close")] + [(fcntl, "flock")]
EVENTS = [act("accept", "ana", 1), act("reject", "ana", 2), act("accept", "ben", 3)]


def dying(point: int, died_at: int) -> None:
    """Let this process die at the operation with this number, after it has said at which."""
    met = count(1)

    def watched(name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the operation takes
            if next(met) == point:
                write(died_at, name.encode())
                if name == "write":
                    operation(given[0], bytes(given[1])[: len(given[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return operation(*given, **named)

        return call

    write = os.write
    for module, name in OPERATIONS:
        setattr(module, name, watched(name, getattr(module, name)))


def child(folder: Path, point: int, promised: int, died_at: int) -> None:
    """Record the decisions, and say so after each."""
    write = os.write
    dying(point, died_at)
    for event in EVENTS:
        log.record(folder, [event])
        write(promised, event.id.encode())


def main() -> None:
    """One child for each point."""
    told = []
    for point in count(1):
        folder = Path(sys.argv[1]) / str(point)
        (read_promises, promised), (read_death, died_at) = os.pipe(), os.pipe()
        if not (pid := os.fork()):
            child(folder, point, promised, died_at)
            os._exit(0)
        os.close(promised)
        os.close(died_at)
        _, status = os.waitpid(pid, 0)
        with os.fdopen(read_promises) as promises, os.fdopen(read_death) as death:
            ids, operation = promises.read(), death.read()
        told.append({"point": point, "promised": [ids[at : at + 20] for at in range(0, len(ids), 20)], "died": operation, "status": status})
        if status == 0:
            break
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
