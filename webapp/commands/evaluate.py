"""`liaison evaluate`: what is extracted from documents, beside what careful readers found in them."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from graph.errors import DocumentError, SettingError
from graph.evaluation import Evaluation, Fields, GoldDocument, evaluate, gold, report
from graph.extraction.analysis import Analysis
from graph.extraction.results import Extraction
from graph.reading.kinds import KINDS
from webapp.commands.reading import Desk
from webapp.config import Config
from webapp.options import settings
from webapp.telling import complain

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("evaluate")
@click.option("--profiles", required=True, type=_FOLDER, help="folder of the documents")
@click.option(
    "--gold", "gold_folder", required=True, type=_FOLDER, help="folder of the gold files, .json, in the format of docs/evaluation.md"
)
@click.option("--tier", default="", help="what the documents are to the rules, such as in-template; the gold folder's name by default")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@click.option("--mistakes", is_flag=True, help="list each mistake, not only their kinds; JSON always has them")
@settings("data", "base")
def command(*, profiles: Path, gold_folder: Path, tier: str, as_json: bool, mistakes: bool, **options: Any) -> None:  # noqa: ANN401
    """Compare what is extracted from the documents of one folder with the gold of another.

    A document belongs to the gold file that names it. One that cannot be read counts with all of its gold missed.
    """
    config = Config.from_environment(os.environ, **options)
    documents, aside = gold.load(sorted(gold_folder.glob("*.json")), tier or gold_folder.resolve().parent.name)
    for error in aside:
        complain(error)
    if not documents:
        message = f"{gold_folder}: there is no gold file that can be read; name a folder of .json files with --gold."
        raise SettingError(message)
    evaluation = _evaluated(documents, _files(profiles), Desk.of(config.data, config.base))
    if as_json:
        told = report.as_dict(evaluation)
        told["aside"] = [*map(str, aside), *map(str, evaluation.aside)]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for line in report.lines(evaluation, mistakes=mistakes):
        click.echo(line)


def _evaluated(documents: list[GoldDocument], files: Mapping[str, Path], desk: Desk) -> Evaluation:
    extractions: dict[str, tuple[Extraction, str]] = {}
    fields: dict[str, Fields] = {}
    for analysis in _analyses(documents, files, desk):
        key = analysis.document.path.stem
        extractions[key] = analysis.extraction, analysis.document.text
        about = analysis.about
        fields[key] = Fields(_names(desk, about.country), about.year.stated if about.year else "", about.priority)
    return evaluate(extractions, documents, desk.vocabulary, fields)


def _analyses(documents: list[GoldDocument], files: Mapping[str, Path], desk: Desk) -> Iterator[Analysis]:
    for document in documents:
        path = files.get(document.key)
        if path is None:
            complain(f"{document.path}: there is no document {document.key!r} in the folder of --profiles; put it there.")
            continue
        try:
            yield desk.analyst.analyse(path)
        except DocumentError as error:
            complain(error)


def _files(folder: Path) -> dict[str, Path]:
    """The documents of a folder and of those in it, by key."""
    found = (path for path in sorted(folder.rglob("*"), reverse=True) if path.suffix.lower() in KINDS and path.is_file())
    return {path.stem: path for path in found}


def _names(desk: Desk, country: str | None) -> tuple[str, ...]:
    """All names of a country."""
    if country is None:
        return ()
    return (
        desk.labels[country],
        *(name.text for name in desk.authority.names if name.of == country and name.kind not in ("code", "adjective")),
    )
