"""What a command says on the standard error: a sentence a line, whatever stands in the names of files."""

import click

from graph.errors import visible


def complain(message: object) -> None:
    """Say what is wrong, on one line.

    Args:
        message: an error, or a sentence.
    """
    click.echo(f"liaison: {visible(str(message))}", err=True)
