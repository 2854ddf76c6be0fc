"""`liaison add`: a document into the data folder, with a side-car to begin with."""

import os
from pathlib import Path
from typing import Any

import click

from graph.errors import DocumentError, LiaisonError, SettingError
from graph.extraction.analysis import Analysis, key_of
from graph.extraction.skeleton import Skeleton
from graph.iris import is_key
from graph.reading import Converted, kinds, stored
from graph.text import sha256
from webapp.commands.reading import Desk
from webapp.config import Config
from webapp.options import settings


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
    name = key_of(file).casefold() if key is None else key
    if not is_key(name) or name != name.casefold():
        message = f"{name!r} is no key; with --key write small letters a to z, digits and hyphens between them, such as spain-2018-cse."
        raise SettingError(message)
    desk = Desk.of(config.data, config.base)
    targets = Targets(config.data, name, file.suffix.lower())
    targets.check()
    analysis = desk.analyst.analyse(file, name)
    targets.write(file, analysis, Skeleton(analysis, desk.vocabulary).text)
    for line in _told(targets, analysis):
        click.echo(line)


class Targets:
    """The files that a new profile takes up.

    Args:
        data: the data folder.
        key: the profile's key.
        suffix: ending of the document's name.
    """

    def __init__(self, data: Path, key: str, suffix: str) -> None:
        """Name the files."""
        self.key, self.texts = key, data / "texts"
        self.document = data / "profiles" / f"{key}{suffix}"
        self.sidecar = data / "claims" / f"{key}.yaml"

    def check(self) -> None:
        """Nothing is there yet.

        Raises:
            SettingError: something is.
        """
        taken = [*self.document.parent.glob(f"{self.key}.*"), *(path for path in (self.sidecar, *stored.files(self.texts, self.key)))]
        for path in taken:
            if path.exists():
                message = f"{path}: the file is there already, and nothing is overwritten; choose another key with --key."
                raise SettingError(message)

    def write(self, file: Path, analysis: Analysis, sidecar: str) -> None:
        """Write them all, or none.

        Raises:
            LiaisonError: a file cannot be written, is there already, or the document changed while it was read.
        """
        data, document = kinds.received(file), analysis.document
        if sha256(data) != document.document_hash:
            raise DocumentError(file, "the file has changed while it was read", "try again")
        written: list[Path] = []
        try:
            for path, content in ((self.document, data), (self.sidecar, sidecar.encode())):
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as target:
                    written.append(path)
                    target.write(content)
            if document.converter and document.places is not None:
                written += stored.files(self.texts, self.key)
                stored.keep(self.texts, self.key, data, Converted(document.text, document.converter, document.places))
        except (OSError, LiaisonError) as error:
            for path in written:
                path.unlink(missing_ok=True)
            reason = error.strerror if isinstance(error, OSError) else str(error)
            message = f"{self.document}: the profile cannot be written ({reason}); name another folder with --data, or another --key."
            raise SettingError(message) from error


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
