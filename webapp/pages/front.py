"""The ways in: the first page, the lists, the downloads, and what Liaison is."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from graph import excerpt, vocabulary
from graph.iris import DEF, term
from webapp.live import Serving, current
from webapp.negotiate import accepted, rank
from webapp.pages import schema_org
from webapp.pages.asking import Answer, Row, ask, words
from webapp.pages.blueprint import LISTS, blueprint
from webapp.pages.facts import Fact
from webapp.pages.places import place
from webapp.pool.answers import GRAPHS
from webapp.security import check_host


@blueprint.get("/")
def home() -> str | AnyResponse:
    """The first page: what this is, a search, three doors, and places to begin; for who reads RDF, the release described."""
    if is_rdf_wanted():
        return described_elsewhere()
    return make_response(_home(), {"Vary": "Accept", "Link": '</void.ttl>; rel="describedby"; type="text/turtle"'})


def is_rdf_wanted() -> bool:
    """Whether the client names a format of RDF and would rather have that than a page."""
    accept = accepted(request)
    best = max(rank(accept, form.media_type) for form in GRAPHS.values())
    return best > rank(accept, "text/html") and best[1] > rank(accept, "image/png")[1]


def described_elsewhere() -> AnyResponse:
    """303 to the description of the release."""
    response = redirect("/void.ttl", 303)
    response.headers["Vary"] = "Accept"
    return response


def _home() -> str:
    serving = current()
    counts, profiles, said, connected = (ask(serving, name) for name in ("counts", "profiles", "said", "connected"))
    return render_template(
        "home.html",
        counts={words(row, "class").rpartition("#")[2]: int(words(row, "things")) for row in counts.rows},
        counted=counts.query,
        profiles=_linked(profiles, serving, "profile"),
        said=[_said(row, serving) for row in said.rows],
        said_query=said.query,
        connected=_linked(connected, serving, "thing"),
        query=connected.query,
    )


@blueprint.get("/<any(countries, bodies, groups, instruments, practices, topics):name>")
def listing(name: str) -> str:
    """Everything of a class."""
    serving = current()
    title, kind = LISTS[name]
    answer = ask(serving, "list", type=term(kind))
    return render_template("list.html", name=name, title=title, rows=_linked(answer, serving, "thing"), query=answer.query)


@blueprint.get("/downloads")
def downloads() -> str:
    """The files of the release."""
    check_host()
    serving = current()
    release, files = serving.release, serving.release.manifest["files"]
    whole = {name: file for name, file in files.items() if not name.startswith(f"{excerpt.FOLDER}/")}
    parts: dict[str, list[tuple[str, str, list[tuple[str, int]]]]] = {}
    for reference, label in excerpt.things(serving.view, serving.iris).items():
        names = [f"{excerpt.FOLDER}/{excerpt.stem(reference)}.{ending}" for ending in excerpt.ENDINGS]
        if there := [(name, files[name]["bytes"]) for name in names if name in files]:
            parts.setdefault(reference.partition("/")[0], []).append((reference, label, there))
    return render_template(
        "downloads.html", release=release, files=whole, parts=parts, schema_org=schema_org.dataset(release, request.url_root, whole)
    )


@blueprint.get("/about")
def about() -> str:
    """Sources, terms, limits, and the words in which the graph judges."""
    serving = current()
    judging, sources = ask(serving, "words"), ask(serving, "sources")
    return render_template(
        "about.html",
        judging=_judging(judging),
        judging_query=judging.query,
        sources=[
            (Fact(words(row, "rows"), words(row, "label"), place(words(row, "address"), serving.iris)))
            for row in sources.rows
            if "label" in row
        ],
        sources_query=sources.query,
        relations=sorted(vocabulary.load().relations.values(), key=lambda relation: relation.label),
    )


def _judging(answer: Answer) -> dict[str, list[dict[str, str]]]:
    """The words of each list, with the anchors to which other pages lead."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in answer.rows:
        anchor = words(row, "concept").removeprefix(f"{DEF}/").replace("#", "-")
        told = {"anchor": anchor, "word": words(row, "word"), "meaning": words(row, "meaning"), "claims": words(row, "claims")}
        found.setdefault(words(row, "list"), []).append(told)
    return found


def _said(row: Row, serving: Serving) -> dict[str, str]:
    """A claim of a profile with its quote and with its links."""
    links = {name: place(words(row, name), serving.iris).address for name in ("claim", "subject", "object", "sentence", "profile")}
    relation = vocabulary.load().relations[words(row, "relation").removeprefix(f"{DEF}#")]
    texts = {name: words(row, name) for name in ("subjectLabel", "objectLabel", "quote", "title")}
    return {**links, **texts, "label": relation.label}


def _linked(answer: Answer, serving: Serving, column: str) -> list[dict[str, str]]:
    """The rows as texts, with a link to the page of the thing in `column`."""
    rows = [{name: value.value for name, value in row.items()} for row in answer.rows if column in row]
    return [{**row, "link": place(row[column], serving.iris).address} for row in rows]
