"""`liaison add`: a document into the data folder, with a side-car to begin with."""

import os
from pathlib import Path
from typing import Any

import click

from graph.errors import DocumentError
from graph.extraction.analysis import Analysis, key_of
from graph.extraction.skeleton import Skeleton
from graph.reading import Converted, kinds, stored
from graph.text import sha256
from webapp.commands.reading import Desk
from webapp.config import Config
from webapp.options import settings
from webapp.review.intake import Targets, checked


@click.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", default=None, help="the profile's key, such as spain-2018-cse; by default what the file is called")
@settings("data", "base")
def command(file: Path, key: str | None, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Take FILE into the data as a profile: byte for byte, with a side-car that proposes claims as comments.

    Nothing that is there is overwritten.
    """
    config = Config.from_environment(os.environ, **options)
    config.refuse_shipped_data()
    name = checked(key_of(file).casefold() if key is None else key, "with --key ")
    desk = Desk.of(config.data, config.base)
    targets = Targets(config.data, name, file.suffix.lower())
    targets.check()
    analysis = desk.analyst.analyse(file, name)
    _write(targets, file, analysis, Skeleton(analysis, desk.vocabulary).text)
    for line in _told(targets, analysis):
        click.echo(line)


def _write(targets: Targets, file: Path, analysis: Analysis, sidecar: str) -> None:
    """Write what was analysed.

    Raises:
        LiaisonError: a file cannot be written, or the document changed while it was read.
    """
    data, document = kinds.received(file), analysis.document
    if sha256(data) != document.document_hash:
        raise DocumentError(file, "the file has changed while it was read", "try again")
    places = document.places
    targets.write(data, sidecar, Converted(document.text, document.converter, places) if document.converter and places else None)


def _told(targets: Targets, analysis: Analysis) -> list[str]:
    claims, actors = len(analysis.extraction.proposals), len(analysis.extraction.actors)
    kept = [str(stored.files(targets.texts, targets.key)[0])] if analysis.document.converter else []
    about = analysis.about
    missing = [name for name, value in (("country", about.country), ("year", about.year), ("priority", about.priority)) if not value]
    return [
        *(f"written: {path}" for path in (str(targets.document), *kept, str(targets.sidecar))),
        f"found: {actors} actors, {claims} proposed claims",
        *(f"open: {', '.join(missing)}" for _ in missing[:1]),
        *(f"remark: {remark}" for remark in analysis.extraction.remarks),
        (
            f"next: open {targets.sidecar}, say who published the document and under which terms, take the hash signs away "
            "before the claims that hold, then `liaison check`."
        ),
    ]
