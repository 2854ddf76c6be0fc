"""Which plug-ins are asked, as options of commands."""

import math
import os
from collections.abc import Callable, Iterator
from typing import Any

import click

from graph.extraction.plugins import SECONDS, Wanted
from webapp.config import chat_key

_CHAT = "chat"


class _Seconds(click.FloatRange):
    """A number of seconds: more than none, and an end to them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401  # as in the class above
        """The number, where it is one."""
        found: float = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value} is no number of seconds; give one such as 120.", param, ctx)
        return found


def asking(*, is_required: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that name plug-ins.

    Args:
        is_required: whether one must be named.
    """
    more = "" if is_required else " as well"
    options = (
        click.option(
            "--with",
            "plugins",
            multiple=True,
            required=is_required,
            help=f"name of a plug-in that is asked{more}, such as chat; may be given again",
        ),
        click.option("--with-seconds", default=SECONDS, type=_Seconds(min=0, min_open=True), help="what a plug-in may take for a document"),
        click.option("--chat-url", default="", help="for --with chat: the endpoint, such as http://127.0.0.1:11434"),
        click.option("--chat-model", default="", help="for --with chat: the model; a key is read from LIAISON_CHAT_KEY"),
    )

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def wanted(options: dict[str, Any]) -> Iterator[Wanted]:
    """The plug-ins that are asked for, each with its own settings and no others; their options are taken out.

    Args:
        options: what click parsed.

    Raises:
        click.UsageError: an option is for a plug-in that is not asked.
    """
    plugins, seconds = options.pop("plugins"), options.pop("with_seconds")
    url, model = options.pop("chat_url"), options.pop("chat_model")
    for name, value in (("--chat-url", url), ("--chat-model", model)):
        if value and _CHAT not in plugins:
            message = f"{name} is for the plug-in {_CHAT}, which is not asked; add --with {_CHAT}, or leave it out."
            raise click.UsageError(message)
    chat = {"url": url, "model": model, "key": chat_key(os.environ), "seconds": str(seconds)}
    for name in dict.fromkeys(plugins):
        yield Wanted(name, chat if name == _CHAT else {}, seconds)
