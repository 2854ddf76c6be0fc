"""The process that publishes for a server: `python -m webapp.builder DATA RELEASES BASE`, which does and says what `liaison build` does.

It takes the processor when nothing else wants it, and ends when its standard input does, which the server holds open and
never writes to: however the server ends, so does the build.
"""

import gc
import os
import signal
import sys
import threading
from pathlib import Path

import click

from graph.build import build
from graph.errors import LiaisonError
from webapp.telling import explain

_NICE = 5
"""Pages come first."""


def main() -> None:
    """Build."""
    os.nice(_NICE)
    threading.Thread(target=_watch, name="lifeline", daemon=True).start()
    gc.disable()  # a build makes millions of objects and hardly a ring of them; to look for rings takes a tenth of its time
    data, releases, base = sys.argv[1:]
    try:
        report = build(Path(data), Path(releases), base=base, tell=click.echo)
    except LiaisonError as error:
        explain(error)
        sys.exit(1)
    for line in report.lines():
        click.echo(line)


def _watch() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.killpg(0, signal.SIGTERM)  # with whatever it has started


if __name__ == "__main__":
    main()
