"""Runs a build that is killed at a given point.

Usage: faults.py DATA RELEASES POINT

A point is the number of a file operation of Python's on the releases folder, from 1. The process ends itself with
SIGKILL just before that operation, as a power cut would; where there is no such point it ends normally.
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
    met = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal met
        if event in WATCHED and str(releases) in str(arguments[0]):
            met += 1
            if met == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    build(data, releases, tell=lambda _: None)
    sys.stdout.write(str(met))


if __name__ == "__main__":
    main()
