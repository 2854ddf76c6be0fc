"""The command `liaison`: build, check, query, serve. Everything meets here, and nothing is decided."""

import logging
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from graph import context, dumps, network, questions
from graph.build import Report, build, check
from graph.difference import Difference
from graph.errors import LiaisonError, SettingError
from graph.excerpt import Excerpt
from graph.release import Releases
from graph.versions import VERSION
from graph.withdrawal import Withdrawal, withdraw
from webapp import create_app
from webapp.commands import COMMANDS
from webapp.config import Config
from webapp.listening import listen, serving
from webapp.live import Live, limits
from webapp.options import settings
from webapp.pool import Pool, Question
from webapp.pool.answers import GRAPHS, RESULTS
from webapp.tables import drawn
from webapp.telling import explain

EXPORTS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}
_QUERY_FILES = (".rq", ".sparql")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="liaison")
def cli() -> None:
    """Who works with whom in crime prevention, and which sentence says so."""


@cli.command("build")
@settings("data", "releases", "base")
def build_command(**options: Any) -> None:  # noqa: ANN401  # what click parsed
    """Make a release of the data and make it the current one."""
    config = Config.from_environment(os.environ, **options)
    _report(build(config.data, config.releases, base=config.base, tell=click.echo))


@cli.command("check")
@settings("data", "base")
def check_command(**options: Any) -> None:  # noqa: ANN401
    """Judge the data without publishing anything."""
    config = Config.from_environment(os.environ, **options)
    report = check(config.data, base=config.base, tell=click.echo)
    _report(report)
    if any(finding.is_violation for finding in report.findings):
        sys.exit(1)


@cli.command("withdraw")
@click.argument("reference")
@click.option("--reason", required=True, help="why, in a few words that people will read")
@click.option("--passage", default="", help="words that stand in the document once; the whole document by default")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now(UTC).date().isoformat(),
    help="the day; today by default",
)
@settings("data", "releases", "base")
def withdraw_command(reference: str, reason: str, passage: str, day: datetime, **options: Any) -> None:  # noqa: ANN401
    """Take a document, or a passage of it, out of everything that is kept; REFERENCE is for example profile/spain-2018-cse."""
    config = Config.from_environment(os.environ, **options)
    wanted = Withdrawal(reference, reason, day.date().isoformat(), passage)
    _report(withdraw(wanted, config.data, config.releases, base=config.base, tell=click.echo))


@cli.command("query")
@click.argument("query")
@click.option("--format", "form", default="table", type=click.Choice(["table", *RESULTS, *GRAPHS]), help="how to show the answer")
@settings("releases", "query_seconds", "query_megabytes", "result_megabytes")
def query_command(query: str, form: str, **options: Any) -> None:  # noqa: ANN401
    """Ask the current release; QUERY is a file, SPARQL, or - for the standard input."""
    config = Config.from_environment(os.environ, **options)
    release = Releases(config.releases).current()
    results, graph = ("json", "ttl") if form == "table" else (form if form in kinds else "" for kinds in (RESULTS, GRAPHS))
    published = release.iris.graph("published").value
    pool = Pool(release.store, 1, limits(config))
    try:
        outcome = pool.ask(Question(_text(query), results, graph, published=published, prefixes=release.iris.prefixes))
    finally:
        pool.close()
    if outcome.file is None:
        place = f"line {outcome.line}, column {outcome.column}: " if outcome.line else ""
        raise SettingError(place + outcome.message)
    with outcome.file as file:
        content = file.read()
    if form == "table" and not outcome.is_graph:
        click.echo(drawn(content, release.iris))
    else:
        click.echo(content, nl=not content.endswith(b"\n"))


@cli.command("questions")
@click.argument("name", required=False)
@click.option("--page", is_flag=True, help="print all questions with their answers, as docs/queries.md")
@click.option("--csv", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="write each answer to a file there")
@settings("releases")
def questions_command(name: str | None, *, page: bool, folder: Path | None, **options: Any) -> None:  # noqa: ANN401
    """List the competency questions, or answer the one called NAME."""
    release = Releases(Config.from_environment(os.environ, **options).releases).current()
    asked = questions.load()
    if name and not (asked := tuple(question for question in asked if name in (question.name, question.name.partition("-")[0]))):
        message = f"there is no question called {name!r}; `liaison questions` lists them."
        raise SettingError(message)
    if page:
        click.echo(questions.page(release.view, release.iris), nl=False)
    elif folder:
        for question in asked:
            (folder / f"{question.name}.csv").write_text(questions.answer(question, release.view, release.iris), encoding="utf-8")
    elif name:
        click.echo(questions.answer(asked[0], release.view, release.iris), nl=False)
    else:
        click.echo("\n".join(f"{question.name:<28} {question.title}" for question in asked))


@cli.command("diff")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--patch", is_flag=True, help="print an RDF patch instead of words")
@settings("releases")
def diff_command(old: str | None, new: str | None, *, patch: bool, **options: Any) -> None:  # noqa: ANN401
    """Tell what has changed between two releases: from OLD, or the one before, to NEW, or the current one."""
    releases = Releases(Config.from_environment(os.environ, **options).releases)
    later = releases.get(new) if new else releases.current()
    earlier = releases.get(old) if old else releases.before(later)
    difference = Difference(earlier, later)
    for line in difference.patch() if patch else difference.words():
        click.echo(line)


@cli.command("export")
@click.argument("reference")
@click.option("--format", "form", default="ttl", type=click.Choice(sorted({**EXPORTS, **network.MEDIA_TYPES})), help="how to write it")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="file to write to; the standard output by default")
@settings("releases")
def export_command(reference: str, form: str, output: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Write what the current release says of one thing, with its evidence; REFERENCE is for example country/ESP."""
    release = Releases(Config.from_environment(os.environ, **options).releases).current()
    made = Excerpt(release.view, release.iris, reference)
    if form == "jsonld":
        content = context.written(made.triples, release.iris, context.coercions(release.view, release.iris))
    elif form in EXPORTS:
        content = dumps.serialised(made.triples, EXPORTS[form], release.iris.prefixes)
    else:
        content = network.written(made.network, form).encode()
    try:
        with click.open_file(str(output or "-"), "wb") as file:
            file.write(content)
    except OSError as error:
        message = f"{output}: the file cannot be written ({error.strerror}); choose another with --output."
        raise SettingError(message) from error


@cli.command("serve")
@settings()
def serve_command(**options: Any) -> None:  # noqa: ANN401
    """Serve the current release, and each later one as soon as it is there."""
    config = Config.from_environment(os.environ, **options)
    app = create_app(config)
    live: Live = app.extensions["live"]
    release = live.serving().release
    listening = listen(config.host, config.port)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("liaison").setLevel(logging.INFO)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is no event
    server = serving(app, listening, config)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    live.serving().pool.is_ready()  # the first worker starts now, not with the first query
    click.echo(f"release     {release.id} of {release.manifest['built'][:10]}, {release.manifest['triples']} triples")
    click.echo(f"serving     http://{config.host}:{listening.getsockname()[1]}/   (Ctrl-C ends)")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        app.extensions["room"].close()
        live.close()
    click.echo("ended")


for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command; what Liaison has to say of errors is one sentence and a status of 1."""
    try:
        cli()
    except LiaisonError as error:
        explain(error)
        sys.exit(1)


def _report(report: Report) -> None:
    for line in report.lines():
        click.echo(line)


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    path = Path(query)
    try:
        if path.suffix in _QUERY_FILES or (len(query) < os.pathconf("/", "PC_PATH_MAX") and path.is_file()):
            return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        message = f"{path}: the query cannot be read ({error})."
        raise SettingError(message) from error
    return query


if __name__ == "__main__":
    main()
