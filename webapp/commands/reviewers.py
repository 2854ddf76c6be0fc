"""`liaison reviewers`: who may review in the browser."""

import os
from pathlib import Path
from typing import Any

import click

from webapp.config import Config
from webapp.options import settings
from webapp.review.reviewers import Reviewers


@click.group("reviewers")
def command() -> None:
    """Say who may review in the browser, at /review."""


@command.command("add")
@click.argument("handle")
@click.option("--replace", "is_replaced", is_flag=True, help="for a handle that has a token: make a new one, and end the earlier one")
@settings("reviewers")
def add_command(handle: str, *, is_replaced: bool, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Make a token for HANDLE and print it; it is shown this once. A handle that has one keeps it, unless you say --replace."""
    reviewers = _reviewers(options)
    click.echo(reviewers.replace(handle) if is_replaced else reviewers.add(handle))
    click.echo(f"This is the token of {handle}. It is kept nowhere; sign in with it at /review.", err=True)


@command.command("revoke")
@click.argument("handle")
@settings("reviewers")
def revoke_command(handle: str, **options: Any) -> None:  # noqa: ANN401
    """Take the token of HANDLE back; decisions that were made with it stay."""
    _reviewers(options).revoke(handle)
    click.echo(f"{handle} can no longer sign in.")


@command.command("list")
@settings("reviewers")
def list_command(**options: Any) -> None:  # noqa: ANN401
    """List who has a token, and since when."""
    found = _reviewers(options).all()
    for one in found:
        click.echo(f"{one.handle}  since {one.since}")
    click.echo(f"{len(found)} reviewer{'' if len(found) == 1 else 's'}")


def _reviewers(options: dict[str, Any]) -> Reviewers:
    path: Path = Config.from_environment(os.environ, **options).reviewers
    return Reviewers(path)
