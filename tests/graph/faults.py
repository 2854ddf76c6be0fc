"""Runs a build that is killed at a given point.

Usage: faults.py DATA RELEASES POINT

A point is the number of a file operation of Python's on the releases folder, from 1. The process ends itself with
SIGKILL just before that operation, as a power cut would; where there is no such point it ends normally and prints a
line for each operation: what kind it is, the same for files of one folder and one ending.
"""

import os
import signal
import sys
from pathlib import Path

from graph.build import build

WATCHED = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}


def main() -> None:
    """Build with a kill at the point given."""
    data, releases, point = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    met: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in WATCHED and str(releases) in str(arguments[0]):
            path = Path(str(arguments[0]))
            met.append(f"{event} {path.parent.name if path.parent.name in ('parts', 'cache', 'store') else ''} {path.suffix}")
            if len(met) == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    build(data, releases, tell=lambda _: None)
    sys.stdout.write("\n".join(met))


if __name__ == "__main__":
    main()
