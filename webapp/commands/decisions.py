"""`liaison decisions`: what people decided, out of the data folder for other programs, and back into it."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from graph import retirement
from graph.decisions import annotations, spreadsheet, withdrawn
from graph.decisions.annotations import MOTIVATIONS
from graph.decisions.events import Event
from graph.decisions.incoming import Incoming
from graph.decisions.log import read, record
from graph.decisions.outcomes import fold
from graph.decisions.withdrawn import Withdrawn
from graph.errors import LiaisonError, SettingError
from graph.inputs import find
from graph.iris import Iris
from webapp.commands.files import put, received
from webapp.config import Config
from webapp.options import settings
from webapp.telling import complain

_TABLE = ".csv"
_MOST_BYTES = 500 * 10**6


@click.group("decisions")
def command() -> None:
    """Write decisions as Web Annotations or as a table, and read them in."""


@command.command("export")
@click.argument("profile", required=False)
@click.option("--format", "form", default="annotations", type=click.Choice(["annotations", "csv"]), help="how to write them")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="file to write to; the standard output by default")
@settings("data", "base")
def export_command(profile: str | None, form: str, output: Path | None, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Write the decisions on PROFILE, or all of them.

    A table holds every event. Annotations hold the acts on claims that are not undone. Words that are withdrawn are in neither.
    """
    config = Config.from_environment(os.environ, **options)
    recorded = read(config.data / "decisions")
    events: Sequence[Event] = recorded.of(profile) if profile else recorded.events
    if profile and not events:
        message = f"{profile}: there are no decisions on this profile; its key is the name of its file in {config.data / 'decisions'}."
        raise SettingError(message)
    retired = retirement.load(config.data)
    hides, unread = withdrawn.load(find(config.data), retired) if retired.notices or retired.passages else (Withdrawn(), [])
    shown = [event for event in events if not hides.has(event)]
    if hidden := len(events) - len(shown):
        complain(f"{hidden} of {len(events)} decisions hold words that are withdrawn, and are left out.")
    events = shown
    if form == "csv":
        written = spreadsheet.written(events)
    else:
        kept = _standing(events, recorded.events)
        written = annotations.written(kept, Iris(config.base))
        if left := len(events) - len(kept):
            complain(f"{left} of {len(events)} decisions are undone or about no words and are no annotations; a table holds them.")
    put(written, output)
    _refuse([*recorded.aside, *unread])


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@settings("data", "base")
def import_command(file: Path, **options: Any) -> None:  # noqa: ANN401
    """Take the decisions in FILE into the data: a table if its name ends in .csv, otherwise annotations.

    Each is checked as the lines of the data are. What cannot be used is named, and the rest goes on.
    """
    config = Config.from_environment(os.environ, **options)
    config.refuse_shipped_data()
    if not config.data.is_dir():
        message = f"{config.data}: there is no such folder; name the data folder with --data."
        raise SettingError(message)
    incoming = _incoming(file, Iris(config.base))
    folder = config.data / "decisions"
    known = {event.id for event in read(folder).events}
    new = {event.id: event for event in incoming.events if event.id not in known}
    record(folder, new.values())
    there = len(incoming.events) - len(new)
    click.echo(f"{len(new)} recorded, {there} there already, {len(incoming.aside)} set aside")
    _refuse(incoming.aside)


def _standing(events: Iterable[Event], every: Sequence[Event]) -> list[Event]:
    """The acts on claims that are not undone."""
    fates = fold(every).fates
    return [event for event in events if event.act in MOTIVATIONS and fates[event.id].name != "undone"]


def _incoming(file: Path, iris: Iris) -> Incoming:
    data = received(file, _MOST_BYTES, "export the profiles one by one")
    return spreadsheet.read(data, file) if file.suffix.lower() == _TABLE else annotations.read(data, file, iris)


def _refuse(aside: Sequence[LiaisonError]) -> None:
    """Say what was set aside; the command has not done all that it was asked for."""
    for error in aside:
        complain(error)
    if aside:
        sys.exit(1)
