"""`/compare`: countries, years and documents side by side; countries by networks; and the evidence of each cell."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from flask import Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from graph import sheets
from graph.errors import SettingError
from graph.iris import term
from webapp import parameters
from webapp.live import Serving, current
from webapp.pages import relations
from webapp.pages.asking import ask, words
from webapp.pages.blueprint import blueprint
from webapp.pages.callings import Called
from webapp.pages.claims import Shown
from webapp.pages.comparison import panels, sheet, whole
from webapp.pages.comparison.asked import LEAST, MOST, Asked, Wanted, is_reference, read, without_year, written
from webapp.pages.comparison.given import Compared, InCell, InTable, OnPage, given
from webapp.pages.comparison.held import Edition
from webapp.pages.comparison.matrix import COUNTED
from webapp.pages.comparison.named import Named, named, reference_of
from webapp.pages.comparison.sections import of_section
from webapp.pages.comparison.states import STATES
from webapp.pages.comparison.table import PARTS, Group, groups
from webapp.pages.outlines import proved
from webapp.pages.shares import share
from webapp.paging import Part, as_written_now
from webapp.resources import known
from webapp.validators import is_fresh

NETWORKS = 12
"""Networks on one page of the matrix."""
ROOM = {"networks": 64, "practices": 24, "topics": 28}
"""Cells of each part on the page that has all of them; the rest stands on pages of the part's own."""
MANY = 40
"""Rows on each of these pages, and claims on a page of evidence."""
DRAWING = "drawing"
"""The part that has the networks as small drawings side by side."""
QUOTED = 8
"""Claims that print has with their words; paper cannot be followed to the others."""
NEAR = 8
"""Countries that are offered as neighbours, and documents of others on the same topic; the page says how many there are."""


@blueprint.get("/compare")
def compare() -> str | AnyResponse:
    """Two to four things side by side; with one, what it can be compared with; without any, countries by networks."""
    parameters.lead_on(as_written_now(MANY if any(request.args.getlist("of")) else NETWORKS))
    serving, page = current(), given(OnPage, request.args)
    try:
        asked = asked_for(serving, page)
    except SettingError as error:
        return make_response(render_template("compare/start.html", problem=str(error), **_start(serving, page)), 400)
    if not asked.things:
        return render_template("compare/start.html", problem="", **_start(serving, page))
    _all_known(serving, asked)
    if page.of != [thing.written for thing in asked.things] and not asked.twice:
        others = page.model_dump(include={"part", "page"}, exclude_defaults=True)
        return redirect(f"/compare?{written([thing.written for thing in asked.things], asked.topic, **others)}", 303)
    if len(asked.things) < LEAST:
        return _alone(serving, asked)
    return _side_by_side(serving, asked, page)


@blueprint.get("/compare/evidence")
def evidence() -> str:
    """The evidence of one cell: the claims with their words, or a section of the template in each document."""
    parameters.lead_on(as_written_now(MANY))
    serving, cell = current(), given(InCell, request.args)
    asked = _asked_or_refused(serving, cell)
    if len(asked.things) != 1 or bool(cell.on) == bool(cell.section):
        abort(
            400,
            "The evidence is that of one cell: of= takes one country or document here, "
            "and either on= what it is compared by (on=body/eucpn) or section= a section of the template (section=objectives).",
        )
    _all_known(serving, asked)
    if cell.section:
        return _section(serving, asked, cell.section)
    on = cell.on
    if on.partition("/")[0] == "channel":
        _known_channel(serving, on)
    else:
        known(serving, on)
    column, claims, query = whole.between(serving, asked.things[0], on, asked.topic)
    part = Part.of(str(cell.page), len(claims), MANY)
    about = ask(serving, "thing", thing=serving.iris.thing(on))
    label = next((words(row, "value") for row in about.rows if words(row, "property").endswith("#prefLabel")), on)
    made = relations.groups(proved(serving, claims[part.begin : part.end]), on)
    return render_template(
        "compare/evidence.html",
        column=column,
        on=on,
        label=label,
        groups=made,
        total=len(claims),
        part=part,
        address=f"/compare/evidence?{written([asked.things[0].written], asked.topic, on=on)}",
        queries=[query],
    )


@blueprint.get("/compare.csv")
def compare_csv() -> Response:
    """A comparison as a table, cell by cell as its page has it; without things, countries by networks. `raw=1` leaves the values as they are."""
    serving, table = current(), given(InTable, request.args)
    asked, is_raw = _asked_or_refused(serving, table), table.raw == "1"
    response = Response(mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=comparison.csv"
    if not is_fresh(response, serving.release.id, "compare", asked.query, is_raw):
        written_rows = (sheets.plain if is_raw else sheets.spreadsheet)(_cells(serving, asked))
        response.set_data("".join(written_rows))
    return response


@blueprint.get("/compare.ttl")
def compare_turtle() -> Response:
    """The claims behind a comparison with their evidence."""
    serving = current()
    asked = _asked_or_refused(serving, given(Compared, request.args))
    refuse_unfit(serving, asked)
    response = Response(mimetype="text/turtle")
    if not is_fresh(response, serving.release.id, "compare", asked.query):
        response.set_data(whole.turtle(serving, whole.compare(serving, asked)))
    return response


def asked_for(serving: Serving, compared: Compared) -> Asked:
    """What the request asks to compare.

    Raises:
        SettingError: it cannot be compared.
    """
    return read(compared.of, compared.year, compared.topic, partial(reference_of, serving))


def refuse_unfit(serving: Serving, asked: Asked) -> None:
    """Answer 400 unless there are two to four things, and 404 or 410 for what is not held."""
    if len(asked.things) < LEAST:
        abort(400, f"{LEAST} to {MOST} different things are compared: of=country/ESP&of=country/FIN, for example.")
    _all_known(serving, asked)


def _all_known(serving: Serving, asked: Asked) -> None:
    """Answer 404 or 410 for what is not held."""
    for reference in [*(thing.reference for thing in asked.things), *([asked.topic] if asked.topic else [])]:
        known(serving, reference)


def _asked_or_refused(serving: Serving, compared: Compared) -> Asked:
    try:
        return asked_for(serving, compared)
    except SettingError as error:
        abort(400, str(error))


def _start(serving: Serving, page: OnPage) -> dict[str, object]:
    matrix, queries = whole.networks(serving)
    part = Part.of(str(page.page), len(matrix.networks), NETWORKS)
    return {
        "matrix": matrix.part(part.begin, part.size),
        "part": part,
        "given": [*page.of[:MOST], *[""] * (MOST - len(page.of))],
        "unclear": _unclear(serving, page),
        "year": page.year,
        "topic": page.topic,
        "counted": COUNTED,
        "queries": queries,
        **_choices(serving),
    }


def _unclear(serving: Serving, page: OnPage) -> list[tuple[Named, list[tuple[Called, str]]]]:
    """The names of which it is not known whose they are, each with what may be meant and the address that asks for that."""
    found = []
    for place, text in enumerate(page.of[:MOST]):
        words, at = without_year(text)
        if not is_reference(words) and (meant := named(serving, words)).choices:
            others = page.model_dump(include={"year", "part"}, exclude_defaults=True)
            instead = [
                (one, written([*page.of[:place], one.reference + at, *page.of[place + 1 :]], page.topic, **others)) for one in meant.choices
            ]
            found.append((meant, instead))
    return found


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
    near = _near(serving, country)
    return render_template(
        "compare/alone.html",
        thing=wanted,
        asked=asked,
        label=_label(serving, wanted, own),
        country=country,
        mine=mine,
        like=like[:NEAR],
        more_like=len(like[NEAR:]),
        years=sorted({edition.year for edition in mine if edition.year and edition.year != wanted.year}) if not own else [],
        near=near[:NEAR],
        more_near=len(near[NEAR:]),
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
    return [found for found in sorted(common, key=lambda found: (-found[2], found[1])) if found[2]]


def _side_by_side(serving: Serving, asked: Asked, page: OnPage) -> str | AnyResponse:
    made = whole.compare(serving, asked)
    only = page.part
    if only == DRAWING:
        return _panels(asked, made)
    if only and only not in {part.key for part, _ in made.parts}:
        abort(404, f"There is no such part; there are {', '.join([*(part.key for part in PARTS), DRAWING])}, or leave part= out.")
    parts = []
    turned = None
    for part, rows in made.parts:
        if only in ("", part.key):
            turned = Part.of(str(page.page), len(rows), MANY) if only else None
            grouped = groups(rows, made.columns)
            shown = groups(rows[turned.begin : turned.end], made.columns) if turned else _cut(grouped, ROOM[part.key] // len(made.columns))
            parts.append((part, len(rows), grouped, shown))
    told = _told(made, (group for *_, shown in parts for group in shown))
    return render_template(
        "compare/whole.html",
        claimed=len(told),
        quoted=proved(serving, told[:QUOTED]),
        asked=asked,
        topic_label=next((name for key, name in _topics(serving) if f"topic/{key}" == asked.topic), "") if asked.topic else "",
        comparison=made,
        columns=made.columns,
        parts=parts,
        only=only,
        turned=turned,
        states=_drawn(made, [group for *_, shown in parts for group in shown], is_whole=not only),
    )


def _panels(asked: Asked, made: whole.Comparison) -> str:
    rows = next(rows for part, rows in made.parts if not part.kinds)
    shown = panels.panels(rows, made.columns)
    return render_template(
        "compare/panels.html",
        asked=asked,
        panels=shown if shown[0].marks else [],
        columns=made.columns,
        drawn=len(shown[0].marks),
        total=len(panels.drawable(rows)),
        kinds=panels.KINDS,
        size=panels.SIZE,
        queries=[made.claimed, made.own],
    )


def _told(made: whole.Comparison, shown: Iterable[Group]) -> list[Shown]:
    """The claims in the cells of a page: what documents say before what rows say, the first of each line before the others."""
    every = {claim.key: claim for column in made.columns for claim in column.claims}
    lines = [line.claims for group in shown for row in group.rows for cell in row.cells for line in cell.lines]
    keys = dict.fromkeys([*(claims[0] for claims in lines), *chain.from_iterable(lines)])
    return sorted((every[key] for key in keys), key=lambda claim: claim.stated_in.kind != "profile")


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
