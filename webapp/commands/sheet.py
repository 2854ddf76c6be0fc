"""`liaison review sheet` and `enter`: what waits out for a spreadsheet, and the decisions that were written into it back in."""

import sys
from pathlib import Path
from typing import Any

import click

from webapp.commands.files import put, received
from webapp.commands.review import PUBLISH, office_of, reviewer_of
from webapp.options import settings
from webapp.review import sheets
from webapp.telling import complain

_MOST_BYTES = 100 * 10**6


@click.command("sheet")
@click.argument("profile")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="file to write to; the standard output by default")
@settings("data", "base")
def sheet_command(profile: str, output: Path | None, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Write what waits in PROFILE as CSV for a spreadsheet: write accept or reject into its first column, and `enter` it."""
    office = office_of(options)
    put(sheets.written(office.table(profile), office), output)


@click.command("enter")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", default="", help="the reviewer's handle; LIAISON_REVIEWER if it is not given")
@settings("data", "base")
def enter_command(file: Path, by: str, **options: Any) -> None:  # noqa: ANN401
    """Record the decisions that were written into a sheet. A row that cannot be used is named, and the rest goes on."""
    by, office = reviewer_of(by), office_of(options)
    data = received(file, _MOST_BYTES, "enter the sheets of the profiles one by one")
    found = sheets.entered(data, file, by, office)
    office.record(found.events)
    click.echo(f"{len(found.events)} recorded, {found.said} said before, {len(found.aside)} set aside")
    if found.events:
        click.echo(PUBLISH, err=True)
    for fault in found.aside:
        complain(fault)
    if found.aside:
        sys.exit(1)
