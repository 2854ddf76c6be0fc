"""What an editor needs to know of a release to complete a query: prefixes, terms, and with which classes they are used."""

import json
from typing import Any
from weakref import WeakKeyDictionary

from flask import Blueprint, Response

from graph.store import View
from webapp.live import Serving, current, settings
from webapp.validators import is_fresh

blueprint = Blueprint("schema", __name__)

TERMS = """SELECT ?term ?type ?label ?about WHERE {
  VALUES ?type { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty skos:Concept }
  ?term a ?type ; rdfs:label|skos:prefLabel ?label ; rdfs:isDefinedBy|skos:inScheme ?module ; skos:definition ?about .
} ORDER BY ?term"""
"""The terms of the ontology and the concepts of its lists."""
USES = """SELECT ?property ?class (COUNT(*) AS ?uses) WHERE { ?thing a ?class ; ?property ?value } GROUP BY ?property ?class ORDER BY DESC(?uses) ?class"""
"""How often each property is used with each class."""
_KINDS = {"Class": "class", "ObjectProperty": "relation", "Concept": "concept"}
_CLASSES = 12
"""Classes that are told of a property; the rest are rare."""

_KEPT: WeakKeyDictionary[View, dict[str, Any]] = WeakKeyDictionary()


@blueprint.get("/sparql/schema.json")
def schema() -> Response:
    """The words of a release, for the editor of the query page and for any other."""
    serving = current()
    response = Response(mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    if not is_fresh(response, serving.release.id, "schema", settings().query_seconds):
        response.set_data(json.dumps({"seconds": settings().query_seconds, **described(serving)}, ensure_ascii=False))
    return response


def described(serving: Serving) -> dict[str, Any]:
    """Prefixes, terms and kinds of things of a release; worked out once, as a release never changes."""
    if serving.view not in _KEPT:
        _KEPT[serving.view] = {
            "prefixes": serving.iris.prefixes,
            "kinds": [name for name, iri in serving.iris.prefixes.items() if iri.startswith(f"{serving.iris.base}id/")],
            "terms": _terms(serving),
        }
    return _KEPT[serving.view]


def _terms(serving: Serving) -> list[dict[str, Any]]:
    short, header = serving.iris.short, serving.iris.header()
    classes: dict[str, list[str]] = {}
    uses: dict[str, int] = {}
    for row in serving.view.select(header + USES):
        name, kind, count = short(row["property"].value), short(row["class"].value), int(row["uses"].value)
        classes.setdefault(name, []).append(kind)
        uses[name] = max(uses.get(name, 0), count)
        if name == "rdf:type":
            uses[kind] = count
    found = {}
    for row in serving.view.select(header + TERMS):
        name, kind = short(row["term"].value), _KINDS.get(row["type"].value.rpartition("#")[2], "property")
        if ":" not in name or "://" in name:
            continue
        found[name] = _told(name, kind, row["label"].value, row["about"].value, uses, classes)
    for name in classes.keys() - found.keys():
        if "://" not in name:
            found[name] = _told(name, "property", "", "", uses, classes)
    return [found[name] for name in sorted(found)]


def _told(name: str, kind: str, label: str, about: str, uses: dict[str, int], classes: dict[str, list[str]]) -> dict[str, Any]:
    of = classes.get(name, []) if kind in ("relation", "property") else []
    return {"name": name, "kind": kind, "label": label, "about": about, "uses": uses.get(name, 0), "of": of[:_CLASSES]}
