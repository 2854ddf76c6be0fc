"""What a command says on the standard error: a sentence a line, whatever stands in the names of files."""

import click

from graph.errors import ActRefused, LiaisonError, ReleaseRefused, visible


def complain(message: object) -> None:
    """Say what is wrong, on one line.

    Args:
        message: an error, or a sentence.
    """
    click.echo(f"liaison: {visible(str(message))}", err=True)


def explain(error: LiaisonError) -> None:
    """Say why a command ends: a line for each finding that stopped a release, and one for anything else; commands that help come behind it.

    Args:
        error: what stopped it.
    """
    if isinstance(error, ReleaseRefused):
        click.echo(f"liaison: {error}", err=True)
    else:
        complain(error)
    if isinstance(error, ActRefused):
        for act, about in error.ways:
            click.echo(f"liaison: that is `{visible(f'liaison review {act} {about}'.rstrip())}`", err=True)
