"""`liaison propose`: what plug-ins propose on profiles, kept in the data folder for people to decide on."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from graph import inputs, profiles, retirement
from graph.decisions.desk import Sheet
from graph.errors import LiaisonError, SettingError
from graph.extraction import answers
from graph.extraction.answers import Given
from graph.extraction.plugins import Answer, Host
from graph.extraction.results import Extraction
from graph.extraction.verification import answered
from graph.inputs import Inputs, ProfileInput
from graph.iris import Iris
from graph.retirement import Retirement
from graph.versions import VERSION
from webapp.commands.plugins import asking, wanted
from webapp.commands.reading import Desk
from webapp.config import Config
from webapp.options import settings
from webapp.telling import complain


@click.command("propose")
@click.argument("keys", nargs=-1, required=True, metavar="PROFILE...")
@asking(is_required=True)
@settings("data", "base")
def command(keys: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Ask plug-ins what each PROFILE says, and keep what they answer for review.

    What they answer is verified whenever the profile is read. Nothing that was answered before is lost.
    """
    asked = tuple(wanted(options))
    config = Config.from_environment(os.environ, **options)
    config.refuse_shipped_data()
    held, retired = inputs.find(config.data), retirement.load(config.data)
    items = _items(held, retired, keys)
    desk = Desk.of(config.data, config.base)
    given = profiles.context(desk.authority, desk.vocabulary, held.rules, Iris(config.base), VERSION)
    refused = 0
    with ExitStack() as stack:
        hosts = []
        for one in asked:
            hosts.append(Host(one))
            stack.callback(hosts[-1].close)
        for item in items:
            try:
                sheet = profiles.read(item, given, retired.passages_of(item.key)).sheet  # no plug-in is shown what was withdrawn
                for line in _proposed(sheet, hosts, desk, config.data):
                    click.echo(f"{item.key}: {line}")
            except LiaisonError as error:
                complain(error)
                refused += 1
    if refused:
        sys.exit(1)


def _items(found: Inputs, retired: Retirement, keys: Sequence[str]) -> list[ProfileInput]:
    """The profiles that are to be read.

    Raises:
        SettingError: there is no such profile, or it was withdrawn.
    """
    held = {item.key: item for item in found.profiles}
    for key in keys:
        if key in retired.documents:
            message = f"the profile {key!r} was withdrawn."
            raise SettingError(message)
        if key not in held:
            message = f"there is no profile {key!r} in {found.folder}; those that there are: {', '.join(sorted(held)) or 'none'}."
            raise SettingError(message)
    return [held[key] for key in dict.fromkeys(keys)]


def _proposed(sheet: Sheet, hosts: Sequence[Host], desk: Desk, data: Path) -> list[str]:
    """Ask each plug-in about one profile; what became of it, in lines.

    Raises:
        LiaisonError: a plug-in failed, or its answer cannot be kept.
    """
    extraction = desk.extractor.extract(sheet.document, sheet.sections, sheet.sentences, sheet.about)
    if extraction.language not in desk.extractor.languages:
        return [
            f"there are no rules for its language ({extraction.language or 'not told'}), so that names in it cannot be told; nobody was asked."
        ]
    relations = {name: relation.label for name, relation in sorted(desk.vocabulary.relations.items())}
    place = data / inputs.PROPOSALS / f"{sheet.document.key}{answers.ENDING}"
    told, held = [], set(sheet.answers)
    known = _verified(extraction, sheet.answers, sheet, desk)
    for host in hosts:
        answer = host.propose(sheet.document.text, [sentence.text for sentence in sheet.sentences], relations)
        if is_new := answer not in held:
            answers.add(place, Given(answer, sheet.text_hash, datetime.now(UTC).isoformat(timespec="seconds")))
            held.add(answer)
        before = len(known.remarks)
        known = _verified(known, [answer], sheet, desk)
        told += [*known.remarks[before:], *([] if is_new else ["It answered the same before."])]
    return told


def _verified(extraction: Extraction, given: Sequence[Answer], sheet: Sheet, desk: Desk) -> Extraction:
    return answered(extraction, given, sheet.document, sheet.sentences, sheet.about, desk.extractor, desk.vocabulary)
