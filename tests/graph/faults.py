"""Runs builds that are killed, each at a given point.

Usage: faults.py DATA, with lines `RELEASES<tab>POINT` on the standard input

A point is the number of a file operation of Python's on the releases folder, from 1. A process of its own ends itself
with SIGKILL just before that operation, as a power cut would; where there is no such point it ends normally. The answer
is a line of JSON: how the process ended, and of each operation what kind it is, the same for files of one folder and one
ending. What all builds read alike is read once, before the first of them is forked off.
"""

import json
import os
import signal
import sys
from pathlib import Path

from graph import vocabulary
from graph.build import build
from graph.validation.constraints import constraints

WATCHED = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}


def main() -> None:
    """Build with a kill at each of the points given."""
    data = Path(sys.argv[1])
    vocabulary.load()
    constraints()
    for line in sys.stdin:
        releases, point = line.split("\t")
        read, write = os.pipe()
        if not (child := os.fork()):
            os.write(write, json.dumps(killed(data, Path(releases), int(point))).encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as told:
            kinds = told.read() or "[]"
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(json.dumps({"status": status, "kinds": json.loads(kinds)}) + "\n")
        sys.stdout.flush()


def killed(data: Path, releases: Path, point: int) -> list[str]:
    """Build with a kill at the point given; without, the kinds of all operations."""
    met: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in WATCHED and str(releases) in str(arguments[0]):
            path = Path(str(arguments[0]))
            met.append(f"{event} {path.parent.name if path.parent.name in ('parts', 'cache', 'store') else ''} {path.suffix}")
            if len(met) == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    build(data, releases, tell=lambda _: None)
    return met


if __name__ == "__main__":
    main()
