"""Settings as options of commands."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path

import click

from webapp.config import Config

_PATHS = ("data", "releases", "reviewers")


def settings(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each of these settings, all of them if none is named."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        """Put the options on one command."""
        for setting in reversed(fields(Config)):
            if not names or setting.name in names:
                kind = click.Path(path_type=Path) if setting.name in _PATHS else setting.type
                default = f" (default: {setting.default})" if setting.default not in ("", MISSING) else ""
                name, text = setting.name.replace("_", "-"), setting.metadata["help"] + default
                command = click.option(f"--{name}", type=kind, help=text)(command)
        return command

    return decorate
