"""`/sparql`: the SPARQL 1.1 Protocol for queries, and a page to write them on."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wsgi import wrap_file

from graph import dumps, questions, sheets
from graph.iris import Iris
from webapp import errors
from webapp.description import described
from webapp.live import Serving, current
from webapp.negotiate import not_acceptable, prefers_html, wanted
from webapp.pool import Outcome, Question
from webapp.pool.answers import GRAPHS, RESULTS, Format
from webapp.protocol import Asked, read
from webapp.security import check_host
from webapp.service import ask
from webapp.validators import is_repeatable, tag_of

blueprint = Blueprint("sparql", __name__)

STATUS = {
    "refused": 400,
    "syntax": 400,
    "too long": 413,
    "unacceptable": 406,
    "share": 429,
    "gone": 499,
    "ended": 500,
    "busy": 503,
    "failed": 503,
    "time": 504,
    "memory": 507,
    "too large": 507,
}
"""What became of a query, and the status that says so; 499 is for the log, as nobody is there to see it."""
_AGAIN = {"busy": "5", "failed": "5", "share": "5", "time": "60"}
"""Seconds after which it makes sense to ask again: when others are done, or when the machine is quieter."""

_UNCHANGED = (200, 304)
"""Statuses of answers that say what they are by a tag."""

_AT_ONCE = 64 * 2**10
"""Bytes up to which a result is read and sent at once; a larger one is sent from its file as fast as the client takes it."""

SPREADSHEET = Format("spreadsheet", "text/csv", RESULTS["csv"].writer)
"""CSV for spreadsheets: as the tables among the downloads, with the mark of its encoding, and no cell that would be run as a formula."""

SHOWN = 500
"""Rows that the page shows; the downloads hold all."""


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query, or show the page for writing one."""
    serving, asked = current(), read(request)
    if prefers_html(request, asked.format):
        response = _page(serving, asked)
    elif asked.query is None:
        response = _description(serving)
    else:
        response = _answer(serving, asked)
    response.headers["Vary"] = "Accept, Accept-Encoding"
    return response


def sent(outcome: Outcome) -> Response:
    """What became of a query, as an answer: the whole result, or a status that says why there is none."""
    if outcome.file is None:
        place = f"Line {outcome.line}, column {outcome.column}: " if outcome.line else ""
        parts = {"line": outcome.line, "column": outcome.column} if outcome.line else {}
        response = errors.answer(STATUS[outcome.kind], place + outcome.message, **parts)
        if outcome.kind in _AGAIN:
            response.headers["Retry-After"] = _AGAIN[outcome.kind]
        return response
    if outcome.size <= _AT_ONCE:
        with outcome.file as file:
            response = Response(file.read(), mimetype=outcome.media_type)
    else:
        response = Response(wrap_file(request.environ, outcome.file), mimetype=outcome.media_type, direct_passthrough=True)
        response.content_length = outcome.size
    if outcome.encoding:
        response.headers["Content-Encoding"] = outcome.encoding
    return response


def _answer(serving: Serving, asked: Asked) -> Response:
    is_sheet = asked.format == SPREADSHEET.name
    results = RESULTS["csv"] if is_sheet else wanted(request, RESULTS.values(), RESULTS["json"], asked.format)
    graph = wanted(request, GRAPHS.values(), GRAPHS["ttl"], asked.format)
    if not results and not graph:
        not_acceptable([*RESULTS.values(), SPREADSHEET, *GRAPHS.values()])
    question = Question(
        asked.query or "",
        results.name if results else "",
        graph.name if graph else "",
        0,
        asked.dataset,
        serving.iris.graph("published").value,
        serving.iris.prefixes,
        encoding="gzip" if request.accept_encodings.quality("gzip") and not is_sheet else "",
    )
    if request.method == "POST" or not is_repeatable(question.query):
        return _written(ask(serving, question), is_sheet=is_sheet)
    tag = tag_of(serving.release.id, question.query, question.results, question.graph, question.dataset, question.encoding, is_sheet)
    is_held = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if is_held else _written(ask(serving, question), is_sheet=is_sheet)
    if response.status_code in _UNCHANGED:
        response.set_etag(tag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
    return response


def _written(outcome: Outcome, *, is_sheet: bool) -> Response:
    """What became of a query; a table for spreadsheets is made of the whole result while it is sent."""
    if outcome.file is None or not is_sheet:
        return sent(outcome)
    csv.field_size_limit(max(csv.field_size_limit(), outcome.size + 1))  # a cell may be as long as the result
    response = Response(_sheet(io.TextIOWrapper(outcome.file, encoding="utf-8", newline="")), mimetype=SPREADSHEET.media_type)
    response.call_on_close(outcome.file.close)
    response.headers["Content-Disposition"] = "attachment; filename=answer.csv"
    return response


def _sheet(text: TextIO) -> Iterator[str]:
    with text:
        yield from sheets.spreadsheet(csv.reader(text))


def _description(serving: Serving) -> Response:
    check_host()
    form = wanted(request, GRAPHS.values(), GRAPHS["ttl"]) or GRAPHS["ttl"]
    assert isinstance(form.writer, ox.RdfFormat)
    try:
        triples = described(request.base_url, serving.iris, serving.release.manifest["counts"]["triples by graph"])
    except ValueError:
        abort(400, "The host that the request names cannot stand in an IRI.")
    prefixes = {**serving.iris.prefixes, "sd": "http://www.w3.org/ns/sparql-service-description#"}
    return Response(dumps.serialised(triples, form.writer, prefixes), mimetype=form.media_type)


def _page(serving: Serving, asked: Asked) -> Response:
    query = asked.query or ""
    link = "/sparql?" + urlencode(
        [(name, value) for name, value in asked.parameters if name not in ("format", "query")] + [("query", query)]
    )
    given: dict[str, Any] = {"query": query, "link": link, "formats": [], "examples": questions.load(), "prefixes": serving.iris.header()}
    status, again = 200, None
    if query.strip():
        published = serving.iris.graph("published").value
        outcome = ask(serving, Question(query, rows=SHOWN, dataset=asked.dataset, published=published, prefixes=serving.iris.prefixes))
        given["formats"] = list(GRAPHS.values()) if outcome.is_graph else [*RESULTS.values(), SPREADSHEET]
        given["is_cut"], given["shown"] = outcome.is_cut, SHOWN
        if outcome.file is None:
            status, again = STATUS[outcome.kind], _AGAIN.get(outcome.kind)
            given |= {"problem": outcome, "formats": [], "problem_line": _line(query, outcome.line)}
        else:
            with outcome.file as file:
                content = file.read().decode("utf-8")
            given["ran"] = outcome.ran
            given |= {"turtle": content} if outcome.is_graph else _table(json.loads(content), serving.iris)
    response = Response(render_template("sparql.html", **given), status, mimetype="text/html")
    if again:
        response.headers["Retry-After"] = again
    return response


def _line(query: str, number: int | None) -> str | None:
    """A line of the query, from 1, where there is such a line."""
    lines = query.splitlines()
    return lines[number - 1] if number and number <= len(lines) else None


def _table(answer: Mapping[str, Any], iris: Iris) -> dict[str, Any]:
    """A SELECT or ASK result as the page shows it."""
    if "boolean" in answer:
        return {"verdict": answer["boolean"]}
    names = answer["head"]["vars"]
    rows = [[_cell(row.get(name), iris) for name in names] for row in answer["results"]["bindings"]]
    return {"names": names, "rows": rows}


def _cell(value: Mapping[str, str] | None, iris: Iris) -> dict[str, str]:
    if value is None:
        return {"text": "", "link": "", "language": ""}
    is_iri = value["type"] == "uri"
    reference = iris.reference(value["value"]) if is_iri and value["value"].startswith(iris.base) else None
    text = iris.short(value["value"]) if is_iri else value["value"]
    return {"text": text, "link": f"/page/{reference}" if reference else "", "language": value.get("xml:lang", "")}
