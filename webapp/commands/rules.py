"""`liaison rules`: the rules, their tests, and why a sentence yields what it yields."""

import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

import click

from graph.errors import SettingError
from graph.extraction import explanation, report, trial
from graph.extraction.extractor import Reader
from webapp.commands.reading import Desk
from webapp.config import Config
from webapp.options import settings

_LANGUAGE = click.option("--language", default="en", help="code of the language of the rules (default: en)")


@click.group("rules")
def command() -> None:
    """Show and test the rules of data/rules."""


@command.command("test")
@_LANGUAGE
@settings("data")
def test_command(language: str, **options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Run the tests that stand beside the rules; a failure ends with status 1."""
    desk = _desk(options)
    found = trial.run(_reader(desk, language), desk.analyst.abbreviations, desk.vocabulary.relations)
    for failure in found.failures:
        for line in failure.lines():
            click.echo(line)
    if found.untested:
        click.echo(f"without a test: {', '.join(found.untested)}")
    click.echo(f"{found.count} tests, {len(found.failures)} do not hold, {len(found.untested)} rules without one")
    if found.failures:
        sys.exit(1)


@command.command("explain")
@click.argument("sentence")
@_LANGUAGE
@click.option("--country", default="", help="ISO code of three letters of the country whose document it might be, for example ESP")
@settings("data")
def explain_command(sentence: str, language: str, country: str, **options: Any) -> None:  # noqa: ANN401
    """Tell what SENTENCE speaks of, which rules fire and why, and which nearly do; it may be several sentences."""
    _check(sentence)
    desk = _desk(options)
    reference = f"country/{country.upper()}" if country else None
    if reference and reference not in desk.labels:
        message = f"there is no country {country!r}; give the ISO code of three letters, such as ESP, with --country."
        raise SettingError(message)
    explanations = explanation.explain(_reader(desk, language), sentence, desk.analyst.abbreviations, reference)
    if not explanations:
        message = "there is no sentence in it; give words, in quotes."
        raise click.BadParameter(message, param_hint="'SENTENCE'")
    for number, item in enumerate(explanations):
        if number:
            click.echo()
        for line in explanation.lines(item):
            click.echo(line)


@command.command("list")
@_LANGUAGE
@settings("data")
def list_command(language: str, **options: Any) -> None:  # noqa: ANN401
    """List the rules, each with its relation, confidence, and the number of its patterns and tests."""
    rules = _reader(_desk(options), language).relations.rules.rules
    rows = ((rule.id, rule.relation, f"{rule.confidence:.2f}", str(len(rule.frames)), str(len(rule.tests))) for rule in rules)
    for line in report.table(("rule", "relation", "confidence", "patterns", "tests"), rows):
        click.echo(line)


def _check(sentence: str) -> None:
    """That there is something to explain, and not too much."""
    parameter = "'SENTENCE'"
    if not sentence.strip():
        message = "there are no words in it; give a sentence, in quotes."
        raise click.BadParameter(message, param_hint=parameter)
    if len(sentence) > explanation.MOST:
        message = f"it has {len(sentence):,} letters, and {explanation.MOST:,} are the most; give less, or a file to `liaison extract`."
        raise click.BadParameter(message, param_hint=parameter)
    if any(unicodedata.category(letter) == "Cs" for letter in sentence):
        message = "it holds bytes that are no text in UTF-8; write it anew."
        raise click.BadParameter(message, param_hint=parameter)


def _desk(options: dict[str, Path | None]) -> Desk:
    config = Config.from_environment(os.environ, **options)
    return Desk.of(config.data, config.base)


def _reader(desk: Desk, language: str) -> Reader:
    if language not in desk.extractor.languages:
        message = f"there are no rules for the language {language!r}; there are rules for: {', '.join(desk.extractor.languages)}."
        raise SettingError(message)
    return desk.extractor.reader(language)
