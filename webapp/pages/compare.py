"""`/compare`: countries, years and documents side by side; countries by networks; and the evidence of each cell."""

from collections.abc import Iterator, Sequence

from flask import Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from graph import sheets
from graph.errors import SettingError
from graph.iris import term
from webapp.live import Serving, current
from webapp.pages import relations
from webapp.pages.asking import ask, words
from webapp.pages.blueprint import blueprint
from webapp.pages.comparison import sheet, whole
from webapp.pages.comparison.asked import LEAST, MOST, Asked, Wanted, read, written
from webapp.pages.comparison.held import Edition
from webapp.pages.comparison.sections import of_section
from webapp.pages.comparison.states import STATES
from webapp.pages.comparison.table import PARTS, Group, groups
from webapp.pages.outlines import proved
from webapp.pages.shares import share
from webapp.resources import known
from webapp.validators import is_fresh

NETWORKS = 12
"""Networks on one page of the matrix."""
ROOM = {"networks": 72, "practices": 24, "topics": 32}
"""Cells of each part on the page that has all of them; the rest stands on pages of the part's own."""
MANY = 60
"""Rows on each of these pages, and claims on a page of evidence."""
NEAR = 8
"""Countries that are offered as neighbours, and documents of others on the same topic."""


@blueprint.get("/compare")
def compare() -> str | AnyResponse:
    """Two to four things side by side; with one, what it can be compared with; without any, countries by networks."""
    serving = current()
    try:
        asked = asked_for(serving)
    except SettingError as error:
        return make_response(render_template("compare/start.html", problem=str(error), **_start(serving)), 400)
    if not asked.things:
        return render_template("compare/start.html", problem="", **_start(serving))
    _all_known(serving, asked)
    if [*request.args.getlist("of")] != [thing.written for thing in asked.things] and not asked.twice:
        return redirect(f"/compare?{asked.query}", 303)
    if len(asked.things) < LEAST:
        return _alone(serving, asked)
    return _side_by_side(serving, asked)


@blueprint.get("/compare/evidence")
def evidence() -> str:
    """The evidence of one cell: the claims with their words, or a section of the template in each document."""
    serving, asked = current(), _asked_or_refused(current())
    if len(asked.things) != 1:
        abort(400, "The evidence is that of one cell: of= takes one country or document here, on= what it is compared by.")
    _all_known(serving, asked)
    if key := request.args.get("section"):
        return _section(serving, asked, key)
    on = request.args.get("on", "")
    if on.partition("/")[0] == "channel":
        _known_channel(serving, on)
    else:
        known(serving, on)
    column, claims, query = whole.between(serving, asked.things[0], on, asked.topic)
    begin = _begin(len(claims))
    about = ask(serving, "thing", thing=serving.iris.thing(on))
    label = next((words(row, "value") for row in about.rows if words(row, "property").endswith("#prefLabel")), on)
    made = relations.groups(proved(serving, claims[begin : begin + MANY]), on)
    return render_template(
        "compare/evidence.html",
        column=column,
        on=on,
        label=label,
        groups=made,
        total=len(claims),
        begin=begin,
        most=MANY,
        address=f"/compare/evidence?{written([asked.things[0].written], asked.topic, on=on)}",
        queries=[query],
    )


@blueprint.get("/compare.csv")
def compare_csv() -> Response:
    """A comparison as a table, cell by cell as its page has it; without things, countries by networks. `raw=1` leaves the values as they are."""
    serving, asked = current(), _asked_or_refused(current())
    response = Response(mimetype="text/csv")
    is_raw = request.args.get("raw", "") not in ("", "0")
    response.headers["Content-Disposition"] = "attachment; filename=comparison.csv"
    if not is_fresh(response, serving.release.id, "compare", asked.query, is_raw):
        written_rows = (sheets.plain if is_raw else sheets.spreadsheet)(_cells(serving, asked))
        response.set_data("".join(written_rows))
    return response


@blueprint.get("/compare.ttl")
def compare_turtle() -> Response:
    """The claims behind a comparison with their evidence."""
    serving, asked = current(), _asked_or_refused(current())
    refuse_unfit(serving, asked)
    response = Response(mimetype="text/turtle")
    if not is_fresh(response, serving.release.id, "compare", asked.query):
        response.set_data(whole.turtle(serving, whole.compare(serving, asked)))
    return response


def asked_for(serving: Serving) -> Asked:
    """What the request asks to compare.

    Raises:
        SettingError: it cannot be compared.
    """
    names = {name.casefold(): reference for reference, name in whole.countries(serving).items()}
    return read(request.args.getlist("of"), request.args.get("year", ""), request.args.get("topic", ""), names)


def refuse_unfit(serving: Serving, asked: Asked) -> None:
    """Answer 400 unless there are two to four things, and 404 or 410 for what is not held."""
    if len(asked.things) < LEAST:
        abort(400, f"{LEAST} to {MOST} different things are compared: of=country/ESP&of=country/FIN, for example.")
    _all_known(serving, asked)


def _all_known(serving: Serving, asked: Asked) -> None:
    """Answer 404 or 410 for what is not held."""
    for reference in [*(thing.reference for thing in asked.things), *([asked.topic] if asked.topic else [])]:
        known(serving, reference)


def _asked_or_refused(serving: Serving) -> Asked:
    try:
        return asked_for(serving)
    except SettingError as error:
        abort(400, str(error))


def _start(serving: Serving) -> dict[str, object]:
    matrix, queries = whole.networks(serving)
    begin = _begin(len(matrix.networks))
    return {
        "matrix": matrix.part(begin, NETWORKS),
        "all_networks": len(matrix.networks),
        "begin": begin,
        "most": NETWORKS,
        "given": (request.args.getlist("of") + [""] * MOST)[:MOST],
        "year": request.args.get("year", ""),
        "topic": request.args.get("topic", ""),
        "queries": queries,
        **_choices(serving),
    }


def _choices(serving: Serving) -> dict[str, object]:
    """What forms offer: countries and topics."""
    return {"countries": whole.countries(serving), "topics": _topics(serving), "states": STATES}


def _topics(serving: Serving) -> list[tuple[str, str]]:
    """Key and name of each topic, by name."""
    listed = ask(serving, "list", type=term("liaison:Topic"))
    return [((serving.iris.reference(words(row, "thing")) or "").removeprefix("topic/"), words(row, "label")) for row in listed.rows]


def _alone(serving: Serving, asked: Asked) -> str:
    (wanted,) = asked.things
    there = whole.known_on(serving, asked.topic)
    editions = [edition for edition in there.held.editions if edition.reference != wanted.reference]
    own = next((edition for edition in there.held.editions if edition.reference == wanted.reference), None)
    country = own.country if own else wanted.reference
    mine = [edition for edition in editions if country and edition.country == country]
    like = [edition for edition in editions if own and edition not in mine and not edition.topics.isdisjoint(own.topics)]
    return render_template(
        "compare/alone.html",
        thing=wanted,
        asked=asked,
        label=_label(serving, wanted, own),
        country=country,
        mine=mine,
        like=like[:NEAR],
        years=sorted({edition.year for edition in mine if edition.year and edition.year != wanted.year}) if not own else [],
        near=_near(serving, country),
        queries=there.queries,
        **_choices(serving),
    )


def _label(serving: Serving, wanted: Wanted, own: Edition | None) -> str:
    name = own.title if own else whole.countries(serving).get(wanted.reference, wanted.reference)
    return f"{name} {wanted.year}" if wanted.year else name


def _near(serving: Serving, country: str) -> list[tuple[str, str, int]]:
    """The countries that take part in most of the same networks: reference, name and number of networks."""
    matrix, _ = whole.networks(serving)
    mine = next(
        ({place for place, cell in enumerate(row.cells) if cell.standing} for row in matrix.rows if row.country.reference == country), set()
    )
    common = [
        (row.country.reference, row.country.label, sum(bool(row.cells[place].standing) for place in mine))
        for row in matrix.rows
        if row.country.reference != country
    ]
    return [found for found in sorted(common, key=lambda found: (-found[2], found[1])) if found[2]][:NEAR]


def _side_by_side(serving: Serving, asked: Asked) -> str | AnyResponse:
    made = whole.compare(serving, asked)
    only = request.args.get("part", "")
    if only and only not in {part.key for part, _ in made.parts}:
        abort(404, f"There is no such part; there are {', '.join(part.key for part in PARTS)}, or leave part= out.")
    parts = []
    begin = 0
    for part, rows in made.parts:
        if only in ("", part.key):
            begin = _begin(len(rows)) if only else 0
            grouped = groups(rows, made.columns)
            shown = groups(rows[begin : begin + MANY], made.columns) if only else _cut(grouped, ROOM[part.key] // len(made.columns))
            parts.append((part, len(rows), grouped, shown))
    return render_template(
        "compare/whole.html",
        asked=asked,
        topic_label=next((name for key, name in _topics(serving) if f"topic/{key}" == asked.topic), "") if asked.topic else "",
        comparison=made,
        columns=made.columns,
        parts=parts,
        only=only,
        begin=begin,
        most=MANY,
        states=_drawn(made, [group for *_, shown in parts for group in shown], is_whole=not only),
    )


def _cut(grouped: Sequence[Group], room: int) -> list[Group]:
    """The groups with as many rows as fit on the page that has all parts."""
    most = share([len(group.rows) for group in grouped], room, least=2)
    return [Group(group.key, group.title, group.rows[:most]) for group in grouped]


def _drawn(made: whole.Comparison, shown: Sequence[Group], *, is_whole: bool) -> list[object]:
    """The states that the page draws, for its legend."""
    keys = {line.state.key for group in shown for row in group.rows for cell in row.cells for line in cell.lines}
    keys |= {cell.state.key for group in shown for row in group.rows for cell in row.cells}
    if is_whole:
        keys |= {line.state.key for row in made.sections for cell in row.cells for line in cell.lines}
        keys |= {cell.state.key for row in made.sections for cell in row.cells}
    return [state for state in STATES if state.key in keys]


def _section(serving: Serving, asked: Asked, key: str) -> str:
    names = dict([*whole.template(serving), ("other", "Other headings")])
    if key not in names:
        abort(404, f"The template has no section {key!r}; it has {', '.join(names)}.")
    column = whole.bare(serving, asked.things[0], asked.topic)
    there, queries = whole.found_sections(serving, [column])
    return render_template(
        "compare/section.html", column=column, name=names[key], documents=of_section(there, key, column.editions), queries=queries
    )


def _cells(serving: Serving, asked: Asked) -> Iterator[list[str]]:
    if not asked.things:
        return sheet.matrix_sheet(whole.networks(serving)[0])
    refuse_unfit(serving, asked)
    made = whole.compare(serving, asked)
    return sheet.sheet(made.columns, made.sections, made.parts)


def _known_channel(serving: Serving, reference: str) -> None:
    try:
        node = serving.iris.thing(reference)
    except ValueError:
        abort(404)
    if not serving.view.holds(node):
        abort(404, f"The graph holds nothing called {reference}.")


def _begin(total: int) -> int:
    return min(max(request.args.get("begin", 0, type=int), 0), max(total - 1, 0))
