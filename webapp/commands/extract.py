"""`liaison extract`: what documents seem to say, one after the other as they are read."""

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from webapp.commands.plugins import asking, wanted
from webapp.commands.reading import Outcome, Task, outcomes
from webapp.config import Config
from webapp.options import settings
from webapp.telling import complain

_INTERRUPTED = 130
_TELL_SECONDS = {True: 0.2, False: 10.0}
"""How often progress is told: to a terminal, and to a file."""


@click.command("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print JSON: one object for one file, one object a line for more")
@click.option("--jobs", default=1, type=click.IntRange(min=1), help="documents that are read at the same time")
@asking(is_required=False)
@settings("data", "base")
def command(files: tuple[Path, ...], *, as_json: bool, jobs: int, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Tell which actors each FILE names and which claims it seems to make, with the words that say so.

    Nothing is kept. A file that cannot be read is named, and the rest goes on.
    """
    asked = tuple(wanted(options))
    config = Config.from_environment(os.environ, **options)
    task = Task(config.data, config.base, as_json, asked)
    refused, done = 0, 0
    try:
        for outcome in _counted(outcomes(files, task, jobs), len(files)):
            with _unbroken():
                if outcome.fault:
                    complain(outcome.fault)
                    refused += 1
                else:
                    if done and not as_json:
                        click.echo()
                    click.echo(outcome.text)
                    done += 1
    except KeyboardInterrupt:
        click.echo(f"\nliaison: stopped after {done + refused} of {len(files)} files; what was printed is whole.", err=True)
        sys.exit(_INTERRUPTED)
    if refused:
        if len(files) > 1:
            click.echo(f"liaison: {refused} of {len(files)} files could not be read.", err=True)
        sys.exit(1)


@contextmanager
def _unbroken() -> Iterator[None]:
    """Ctrl-C waits until the block is through, unless it comes twice."""
    came: list[int] = []

    def keep(number: int, _: FrameType | None) -> None:
        if came:
            raise KeyboardInterrupt
        came.append(number)

    former = signal.signal(signal.SIGINT, keep)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
    if came:
        raise KeyboardInterrupt


def _counted(found: Iterable[Outcome], of: int) -> Iterator[Outcome]:
    """The same, with a line about progress now and then where there are several."""
    is_terminal = sys.stderr.isatty()
    told = time.monotonic()
    for number, outcome in enumerate(found, 1):
        yield outcome
        if of > 1 and (time.monotonic() - told > _TELL_SECONDS[is_terminal] or (number == of and is_terminal)):
            told = time.monotonic()
            click.echo(
                f"\r{number} of {of} files" if is_terminal else f"{number} of {of} files", err=True, nl=not is_terminal or number == of
            )
