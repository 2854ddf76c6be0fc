"""IRIs as addresses: `/id/...` to page or data, `/data/...` in each format, named graphs, the ontology."""

import json
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from flask import Blueprint, Response, abort, redirect, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from graph import context, dumps, network, void
from graph.excerpt import LABELS, Triples, about, mentioned, ordered
from graph.iris import DEF, LISTS
from graph.store import View
from webapp import parameters
from webapp.downloads import answer_ranges
from webapp.gone import departed
from webapp.incidences import MOST, Incidence
from webapp.live import Serving, current
from webapp.negotiate import not_acceptable, prefers_html, wanted
from webapp.pool import Question
from webapp.pool.answers import GRAPHS, RESULTS, Format
from webapp.service import ask
from webapp.sparql import sent
from webapp.validators import is_fresh

blueprint = Blueprint("resources", __name__)

EDGED = ("country", "body", "group", "topic", "practice", "collective", "policy")
"""Kinds of things that claims connect, so that they have a table of edges."""
_CSV = RESULTS["csv"]
_FORMATS = list(GRAPHS.values())
_DUMPED = [GRAPHS[name] for name in dumps.MEDIA_TYPES]
_MOST_DIGITS = 9
_COERCED: WeakKeyDictionary[View, dict[str, str]] = WeakKeyDictionary()
"""What the context says of the types of values, by release; a release never changes."""
STATEMENTS = "CONSTRUCT { ?node ?p ?o } WHERE { VALUES ?node { #nodes } ?node ?p ?o }"
"""What is said of claims."""
EVIDENCE = "CONSTRUCT { ?node ?p ?o } WHERE { VALUES ?claim { #nodes } ?claim liaison:hasEvidence ?node . ?node ?p ?o }"
"""The evidence of claims."""


@blueprint.get("/id/<path:reference>")
def identifier(reference: str) -> AnyResponse:
    """A thing itself cannot be sent: 303 leads to a page about it or to data about it."""
    known(current(), reference)
    return _see_other(reference, f"/page/{reference}" if prefers_html(request) else "")


@blueprint.get("/data/<path:reference>")
def data(reference: str) -> AnyResponse:
    """A thing's data in one format, in parts where there are many claims; without an ending, 303 leads to the best one."""
    parameters.lead_on(lambda name, value: ("offset" if name == "begin" else name, value))
    thing, dot, name = reference.rpartition(".")
    if not dot:
        known(current(), reference)
        return _see_other(reference, f"/data/{reference}.ttl" if prefers_html(request) else "")
    serving, formats = current(), formats_of(thing)
    node = known(serving, thing)
    if "format" in request.args:
        return _see_other(thing)
    form = next((item for item in formats if item.name == name), None) or not_acceptable(formats)
    begin = _offset()
    response = Response(mimetype=form.media_type)
    linked = [f'<{node.value}>; rel="canonical"', '</def>; rel="describedby"', links(thing, name)]
    if not is_fresh(response, serving.release.id, reference, begin):
        incidence = serving.incidences.of(node)
        if not incidence.has(begin):
            abort(
                404,
                f"There are {len(incidence.claims)} claims about {thing}, and no part begins at {begin}; /data/{reference} is the first.",
            )
        if incidence.has(begin + MOST):
            linked.append(f'</data/{reference}?offset={begin + MOST}>; rel="next"')
        response.set_data(_described(serving, node, incidence, begin, form))
    if node == serving.iris.thing(f"release/{serving.release.id}"):
        linked.append('</void.ttl>; rel="describedby"; type="text/turtle"')
    response.headers["Link"] = ", ".join(linked)
    return response


@blueprint.get("/graph/<path:name>")
def named_graph(name: str) -> Response:
    """All of one named graph."""
    serving = current()
    if name == "published":
        dumped = wanted(request, _DUMPED, _DUMPED[0]) or not_acceptable(_DUMPED)
        file, folder = f"liaison.{dumped.name}", serving.release.folder.absolute()
        tag = serving.release.manifest["files"][file]["sha256"]
        response = answer_ranges(lambda: send_from_directory(folder, file, mimetype=dumped.media_type, etag=tag))
    else:
        chosen = wanted(request, _FORMATS, GRAPHS["ttl"]) or not_acceptable(_FORMATS)
        graph = f"{serving.iris.base}graph/{name}"
        if graph not in serving.release.manifest["counts"]["triples by graph"]:
            if reason := departed(serving, name):
                raise reason
            abort(404, f"There is no named graph {graph}; /downloads lists them all.")
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        response = sent(ask(serving, Question(query, graph=chosen.name, prefixes=serving.iris.prefixes, graph_name=graph)))
    response.headers["Vary"] = "Accept"
    return response


@blueprint.get("/context.jsonld")
def jsonld_context() -> Response:
    """What the names in the JSON-LD of things mean."""
    serving = current()
    response = Response(mimetype=GRAPHS["jsonld"].media_type)
    if not is_fresh(response, serving.release.id, "context"):
        response.set_data(json.dumps({"@context": context.context(serving.iris, _coerced(serving))}, indent=1))
    return response


@blueprint.get("/def")
@blueprint.get("/def/<path:part>")
def definition(part: str = "") -> Response | AnyResponse:
    """The ontology and its lists: a browser keeps the fragment, so that the IRI of a term leads to its entry."""
    if prefers_html(request):
        response = redirect(f"/ontology/{part}" if part in LISTS else "/ontology", 303)
        response.headers["Vary"] = "Accept"
        return response
    return named_graph("ontology")


def known(serving: Serving, reference: str) -> ox.NamedNode:
    """The IRI of a thing that the graph holds; 410 for one that it held once, 404 for any other."""
    kind, _, key = reference.partition("/")
    try:
        node = serving.iris.thing(f"{kind}/{key}")
    except ValueError:
        abort(404)
    if node.value.startswith(DEF) or not serving.view.holds(node):
        if reason := departed(serving, reference):
            raise reason
        abort(404, f"The graph holds nothing called {reference}. Search for a name instead.")
    return node


def subject(serving: Serving, reference: str) -> ox.NamedNode:
    """The IRI of a thing that claims are about: what is `known`, or a channel, whose concept stands in the ontology."""
    if not reference.startswith("channel/"):
        return known(serving, reference)
    try:
        node = serving.iris.thing(reference)
    except ValueError:
        abort(404)
    if not serving.view.holds(node):
        abort(404, f"There is no channel called {reference.partition('/')[2]}. Search for a name instead.")
    return node


def formats_of(reference: str) -> list[Format]:
    """The formats in which a thing's data are there: a table only of what has edges."""
    return [*_FORMATS, _CSV] if reference.partition("/")[0] in EDGED else _FORMATS


def links(reference: str, own: str = "") -> str:
    """The other forms of a thing's description, as the value of a `Link` header."""
    data = [
        f'</data/{reference}.{item.name}>; rel="alternate"; type="{item.media_type}"' for item in formats_of(reference) if item.name != own
    ]
    return ", ".join([f'</page/{reference}>; rel="alternate"; type="text/html"', *data])


def _see_other(reference: str, place: str = "") -> AnyResponse:
    """303 to a place, or else to the data in the format that the client prefers."""
    formats = formats_of(reference)
    if not place:
        chosen = wanted(request, formats, GRAPHS["ttl"]) or not_acceptable(formats)
        part = f"?offset={_offset()}" if "offset" in request.args else ""
        place = f"/data/{reference}.{chosen.name}{part}"
    response = redirect(place, 303)
    response.headers["Vary"] = "Accept"
    response.headers["Link"] = links(reference)
    return response


def _offset() -> int:
    """How many claims to pass over; 400 for what is no number."""
    given = request.args.get("offset", "0")
    if not (given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS):
        abort(400, 'offset is a whole number, the claims to pass over; Link: rel="next" has it for each next part.')
    return int(given)


def _coerced(serving: Serving) -> dict[str, str]:
    if serving.view not in _COERCED:
        _COERCED[serving.view] = context.coercions(serving.view, serving.iris)
    return _COERCED[serving.view]


def _described(serving: Serving, node: ox.NamedNode, incidence: Incidence, begin: int, form: Format) -> bytes:
    view, iris = serving.view, serving.iris
    claims, others = incidence.part(begin)
    if form is _CSV:
        return network.written(network.part(view, iris, claims), "csv").encode()
    found = {*incidence.own, *others, *about(view, iris, STATEMENTS, claims), *about(view, iris, EVIDENCE, [*claims, node])}
    if node == iris.thing(f"release/{serving.release.id}"):
        iris = void.Names(iris.base)
        found.update(_catalogued(serving, node))
    triples = ordered(found | set(about(view, serving.iris, LABELS, mentioned(found))))
    if form is GRAPHS["jsonld"]:
        return context.written(triples, iris, _coerced(serving))
    assert isinstance(form.writer, ox.RdfFormat)
    statements = [view.placed(triple) for triple in triples] if form.writer.supports_datasets else triples
    return dumps.serialised(statements, form.writer, iris.prefixes)


def _catalogued(serving: Serving, node: ox.NamedNode) -> Triples:
    """What the description for catalogues says of the release itself."""
    content = (serving.release.folder / void.FILE).read_bytes()
    return [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE) if quad.subject == node]
