"""The ontology as pages: one for all of it, one for each kind of term, one for each closed list."""

import pyoxigraph as ox
from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from graph.iris import DEF, LISTS
from webapp.live import current
from webapp.negotiate import prefers_html
from webapp.pages.asking import Row, ask, words
from webapp.pages.blueprint import blueprint
from webapp.pages.families import Family
from webapp.pages.terms import Term, by_family, counted, tree

PARTS = {"relations": "Relations", "properties": "Properties that are no relations", "inverses": "Inverses"}
"""The kinds of term that have a page of their own, and its title; the classes stand on the page of the ontology."""


@blueprint.get("/ontology")
def ontology() -> str | Response:
    """The classes, relations and lists of the ontology, or the ontology itself for programs."""
    if not prefers_html(request):
        response = redirect("/graph/ontology", 303)
        response.headers["Vary"] = "Accept"
        return response
    found, queries = counted(current())
    lists = ask(current(), "schemes")
    return render_template(
        "ontology.html",
        tree=tree(found),
        relations=by_family(found.values()),
        properties=[entry for entry in found.values() if entry.is_attribute],
        inverses=[entry for entry in found.values() if entry.is_inverse],
        classes=[entry for entry in found.values() if entry.is_class],
        lists=[{**_texts(row), "name": words(row, "scheme").rpartition("/")[2]} for row in lists.rows],
        queries=[*queries, lists.query],
    )


@blueprint.get("/ontology/<name>")
def part(name: str) -> str:
    """Every term of one kind, or every concept of one closed list."""
    if name not in (*PARTS, *LISTS):
        abort(404, f"There is no list called {name}. The lists are {', '.join(sorted([*PARTS, *LISTS]))}.")
    return _kind(name) if name in PARTS else _concepts(name)


def _kind(name: str) -> str:
    found, queries = counted(current())
    groups: list[tuple[Family | None, list[Term]]] = [
        (None, [entry for entry in found.values() if (entry.is_inverse if name == "inverses" else entry.is_attribute)])
    ]
    if name == "relations":
        groups = [*by_family(found.values())]
    return render_template("terms.html", title=PARTS[name], part=name, groups=groups, queries=queries)


def _concepts(name: str) -> str:
    serving, scheme = current(), f"{DEF}/{name}"
    answer = ask(serving, "concepts", scheme=ox.NamedNode(scheme))
    title = next(words(row, "title") for row in ask(serving, "schemes").rows if words(row, "scheme") == scheme)
    rows = [{**_texts(row), "anchor": words(row, "concept").partition("#")[2]} for row in answer.rows]
    return render_template("concepts.html", name=name, title=title, rows=rows, query=answer.query)


def _texts(row: Row) -> dict[str, str]:
    return {name: value.value for name, value in row.items()}
