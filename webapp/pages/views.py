"""Addresses to pages."""

from collections.abc import Sequence
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from graph import vocabulary
from graph.errors import StoreError
from graph.iris import term
from webapp.live import Serving, current, settings
from webapp.pages import claims, document, ego, thing
from webapp.pages.questions import Answer, Row, ask, words
from webapp.resources import known

blueprint = Blueprint("pages", __name__)

_SUBJECTS = ("country", "body", "group", "practice", "collective", "topic", "policy")
LISTS = {
    "countries": ("Countries", "liaison:State"),
    "bodies": ("Bodies", "liaison:Body"),
    "groups": ("Networks and groups", "liaison:Collaboration"),
    "instruments": ("Treaties, acts and strategies", "liaison:Instrument"),
    "practices": ("Practices", "liaison:Practice"),
    "topics": ("Topics", "liaison:Topic"),
}
"""Address of each list, its title and its class."""


@blueprint.context_processor
def shared() -> dict[str, object]:
    """What every template may use."""
    return {"lists": LISTS, "run_link": _run_link}


@blueprint.app_context_processor
def frame() -> dict[str, object]:
    """What the frame of every page shows."""
    try:
        return {"serving": current(), "contact": settings().contact}
    except StoreError:
        return {"serving": None, "contact": settings().contact}


@blueprint.get("/")
def home() -> str:
    """The first page: what this is, a search, three doors."""
    serving = current()
    profiles, connected = ask(serving, "profiles"), ask(serving, "connected")
    return render_template(
        "home.html", profiles=_linked(profiles, serving, "profile"), connected=_linked(connected, serving, "thing"), query=connected.query
    )


@blueprint.get("/search")
def search() -> str:
    """What bears a name."""
    wanted = request.args.get("q", "").strip()[:200]
    return render_template("search.html", wanted=wanted, hits=current().index.search(wanted))


@blueprint.get("/page/<path:reference>")
def page(reference: str) -> str | Response:
    """The page about a thing."""
    serving = current()
    node = known(serving, reference)
    kind = reference.partition("/")[0]
    if kind == "profile":
        return _document(serving, node, reference)
    if kind == "claim":
        return _claim(serving, node)
    if kind in _SUBJECTS:
        return _subject(serving, node, reference)
    if kind in ("sentence", "evidence"):
        return _place_of(serving, node, kind, reference)
    return _other(serving, node, reference)


@blueprint.get("/<any(countries, bodies, groups, instruments, practices, topics):name>")
def listing(name: str) -> str:
    """Everything of a class."""
    serving = current()
    title, kind = LISTS[name]
    answer = ask(serving, "list", type=term(kind))
    return render_template("list.html", title=title, rows=_linked(answer, serving, "thing"), query=answer.query)


@blueprint.get("/downloads")
def downloads() -> str:
    """The files of the release."""
    return render_template("downloads.html", files=current().release.manifest["files"])


@blueprint.get("/about")
def about() -> str:
    """Sources, terms, limits, and the words in which the graph judges."""
    serving = current()
    judging, sources = ask(serving, "words"), ask(serving, "sources")
    return render_template("about.html", judging=judging, sources=sources, words=words, relations=vocabulary.load().relations.values())


def _subject(serving: Serving, node: ox.NamedNode, reference: str) -> str:
    about, names = ask(serving, "thing", thing=node), ask(serving, "names", thing=node)
    found = ask(serving, "claims", which=claims.INVOLVING, thing=node)
    made = claims.shown(found.rows, serving.iris)
    grouped = thing.groups(made, reference)
    only = request.args.get("relation"), request.args.get("side")
    begin = max(request.args.get("begin", 0, type=int), 0)
    if any(only):
        grouped = [group for group in grouped if (group.relation, group.side) == only]
        if not grouped:
            abort(404)
    return render_template(
        "thing.html",
        reference=reference,
        label=_label(about.rows, reference),
        kind=thing.kinds(about.rows, "classification") or reference.partition("/")[0],
        facts=thing.facts(about.rows, serving.iris),
        names=_names(names.rows),
        groups=grouped,
        only=any(only),
        begin=begin,
        most=thing.MANY if any(only) else thing.FEW,
        drawing=None if any(only) else ego.drawing(made, reference),
        count=len(made),
        query=found.query,
    )


def _document(serving: Serving, node: ox.NamedNode, reference: str) -> str:
    about, sentences = ask(serving, "thing", thing=node), ask(serving, "sentences", thing=node)
    found = ask(serving, "claims", which=claims.STATED_IN, thing=node)
    made = document.parts(sentences.rows, claims.shown(found.rows, serving.iris), serving.iris)
    given: dict[str, list[tuple[str, str]]] = {}
    for row in about.rows:
        name = words(row, "property").rsplit("/", 1)[1].rsplit("#", 1)[-1]
        given.setdefault(name, []).append((words(row, "value"), words(row, "label")))
    return render_template(
        "document.html", reference=reference, parts=made, given=given, types=document.TYPES, query=found.query, iris=serving.iris
    )


def _claim(serving: Serving, node: ox.NamedNode) -> str:
    found = ask(serving, "claims", which=claims.ITSELF, thing=node)
    made = claims.shown(found.rows, serving.iris)
    if not made:
        abort(404)
    return render_template("claim.html", claim=made[0], query=found.query)


def _place_of(serving: Serving, node: ox.NamedNode, kind: str, reference: str) -> Response:
    """A sentence is shown in its document, evidence with its claim."""
    pattern = "?page liaison:hasEvidence $thing" if kind == "evidence" else "$thing oa:hasSource ?page"
    row = serving.view.select(f"{serving.iris.header()}SELECT ?page WHERE {{ {pattern} }}", thing=node)[0]
    return redirect(f"/page/{serving.iris.reference(words(row, 'page'))}#{reference.replace('/', '-', 1)}", 303)


def _other(serving: Serving, node: ox.NamedNode, reference: str) -> str:
    about = ask(serving, "thing", thing=node)
    statements = []
    for row in about.rows:
        value, links = words(row, "value"), serving.iris.reference(words(row, "value"))
        outside = value if value.startswith(("http://", "https://")) and not links else ""
        statements.append((words(row, "property"), words(row, "label") or links or value, f"/page/{links}" if links else outside))
    label = _label(about.rows, reference)
    return render_template("other.html", reference=reference, label=label, statements=sorted(set(statements)), query=about.query)


def _label(rows: Sequence[Row], reference: str) -> str:
    for name in ("prefLabel", "literalForm", "title", "label", "text"):
        for row in rows:
            if words(row, "property").endswith(name):
                return words(row, "value")
    return reference


def _names(rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """Names by language, English first."""
    found: dict[str, set[str]] = {}
    for row in rows:
        name = row["name"]
        language = name.language if isinstance(name, ox.Literal) and name.language else ""
        found.setdefault(language, set()).add(name.value)
    return sorted(((language, sorted(names)) for language, names in found.items()), key=lambda pair: (pair[0] != "en", pair[0]))


def _linked(answer: Answer, serving: Serving, column: str) -> list[dict[str, str]]:
    """The rows as texts, with a link to the page of the thing in `column`."""
    rows = [{name: value.value for name, value in row.items()} for row in answer.rows if row]
    return [{**row, "link": f"/page/{serving.iris.reference(row[column])}"} for row in rows if column in row]


def _run_link(query: str) -> str:
    return f"/sparql?query={quote(query, safe='')}"
