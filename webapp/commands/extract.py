"""`liaison extract`: what documents seem to say, one after the other as they are read."""

import math
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

from graph.extraction.plugins import SECONDS, Wanted
from webapp.commands.reading import Outcome, Task, outcomes
from webapp.config import Config, chat_key
from webapp.options import settings
from webapp.telling import complain

_CHAT = "chat"
_INTERRUPTED = 130
_TELL_SECONDS = {True: 0.2, False: 10.0}
"""How often progress is told: to a terminal, and to a file."""


class _Seconds(click.FloatRange):
    """A number of seconds: more than none, and an end to them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401  # as in the class above
        """The number, where it is one."""
        found: float = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value} is no number of seconds; give one such as 120.", param, ctx)
        return found


@click.command("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print JSON: one object for one file, one object a line for more")
@click.option("--jobs", default=1, type=click.IntRange(min=1), help="documents that are read at the same time")
@click.option("--with", "plugins", multiple=True, help="name of a plug-in that is asked as well, such as chat; may be given again")
@click.option("--with-seconds", default=SECONDS, type=_Seconds(min=0, min_open=True), help="what a plug-in may take for a document")
@click.option("--chat-url", default="", help="for --with chat: the endpoint, such as http://127.0.0.1:11434")
@click.option("--chat-model", default="", help="for --with chat: the model; a key is read from LIAISON_CHAT_KEY")
@settings("data", "base")
def command(files: tuple[Path, ...], *, as_json: bool, jobs: int, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Tell which actors each FILE names and which claims it seems to make, with the words that say so.

    Nothing is kept. A file that cannot be read is named, and the rest goes on.
    """
    wanted = tuple(_wanted(options))
    config = Config.from_environment(os.environ, **options)
    task = Task(config.data, config.base, as_json, wanted)
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


def _wanted(options: dict[str, Any]) -> Iterator[Wanted]:
    """The plug-ins that are asked for, each with its own settings and no others; their options are taken out."""
    plugins, seconds = options.pop("plugins"), options.pop("with_seconds")
    url, model = options.pop("chat_url"), options.pop("chat_model")
    for name, value in (("--chat-url", url), ("--chat-model", model)):
        if value and _CHAT not in plugins:
            message = f"{name} is for the plug-in {_CHAT}, which is not asked; add --with {_CHAT}, or leave it out."
            raise click.UsageError(message)
    chat = {"url": url, "model": model, "key": chat_key(os.environ), "seconds": str(seconds)}
    for name in dict.fromkeys(plugins):
        yield Wanted(name, chat if name == _CHAT else {}, seconds)


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
