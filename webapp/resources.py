"""IRIs as addresses: `/id/...` to page or data, `/data/...` in four formats, named graphs, the ontology."""

import json
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from flask import Blueprint, Response, abort, redirect, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from graph import context, network
from graph.excerpt import LABELS, Excerpt, about, mentioned, ordered
from graph.iris import DEF, LISTS
from graph.store import View
from webapp.gone import departed
from webapp.live import Serving, current
from webapp.negotiate import not_acceptable, prefers_html, wanted
from webapp.pool import Question
from webapp.pool.answers import GRAPHS, Format
from webapp.service import ask
from webapp.sparql import sent

blueprint = Blueprint("resources", __name__)

_FORMATS = list(GRAPHS.values())
_DUMPED = [GRAPHS["ttl"], GRAPHS["nt"]]
_OK = 200
_NETWORKS: WeakKeyDictionary[View, network.Network] = WeakKeyDictionary()
"""The network of a release, read once."""
_COERCED: WeakKeyDictionary[View, dict[str, str]] = WeakKeyDictionary()
"""What the context says of the types of values, by release; a release never changes."""
MOST = 500
"""Claims, and other things that point at a thing, in one answer; `Link: rel="next"` leads to the next ones."""
DESCRIPTION = """CONSTRUCT { ?s ?p ?o } WHERE {
    { BIND ($thing AS ?s) ?s ?p ?o }
    UNION { { SELECT ?s WHERE { ?s liaison:involves $thing } ORDER BY ?s LIMIT #most OFFSET #begin } ?s ?p ?o }
    UNION {
        { SELECT ?claim WHERE { ?claim liaison:involves $thing } ORDER BY ?claim LIMIT #most OFFSET #begin }
        ?claim liaison:hasEvidence ?s . ?s ?p ?o
    }
    UNION { $thing liaison:hasEvidence ?s . ?s ?p ?o }
    UNION {
        { SELECT ?s ?p WHERE { ?s ?p $thing FILTER NOT EXISTS { ?s liaison:involves $thing } } ORDER BY ?s ?p LIMIT #most OFFSET #begin }
        BIND ($thing AS ?o)
    }
}"""
"""What a thing's data hold: what is said of it, its claims with their evidence, and what else points at it."""
MORE = """ASK {
    { SELECT ?s WHERE { ?s liaison:involves $thing } LIMIT 1 OFFSET #begin }
    UNION { SELECT ?s WHERE { ?s ?p $thing FILTER NOT EXISTS { ?s liaison:involves $thing } } LIMIT 1 OFFSET #begin }
}"""
"""Whether there is more than one answer holds."""


@blueprint.get("/id/<path:reference>")
def identifier(reference: str) -> AnyResponse:
    """A thing itself cannot be sent: 303 leads to a page about it or to data about it."""
    known(current(), reference)
    if prefers_html(request):
        place = f"/page/{reference}"
    else:
        chosen = wanted(request, _FORMATS, GRAPHS["ttl"]) or not_acceptable(_FORMATS)
        place = f"/data/{reference}.{chosen.name}"
    response = redirect(place, 303)
    response.headers["Vary"] = "Accept"
    response.headers["Link"] = _alternates(reference)
    return response


@blueprint.get("/data/<path:reference>.<name>")
def data(reference: str, name: str) -> Response:
    """A thing's data in one format."""
    if name == "csv":
        return _edges(reference)
    form = GRAPHS.get(name) or not_acceptable(_FORMATS)
    serving, begin = current(), max(request.args.get("begin", 0, type=int), 0)
    node = known(serving, reference)
    links = [f'<{node.value}>; rel="canonical"', '</def>; rel="describedby"', _alternates(reference, name)]
    if serving.view.ask(_numbered(serving, MORE, begin + MOST), thing=node):
        links.append(f'</data/{reference}.{name}?begin={begin + MOST}>; rel="next"')
    response = Response(mimetype=form.media_type, headers={"Link": ", ".join(links)})
    response.set_etag(f"{serving.release.id}-{name}-{begin}")
    response.make_conditional(request)
    if response.status_code == _OK:
        response.set_data(_described(serving, node, begin, form))
    return response


@blueprint.get("/graph/<path:name>")
def named_graph(name: str) -> Response:
    """All of one named graph."""
    serving = current()
    if name == "published":
        dumped = wanted(request, _DUMPED, _DUMPED[0]) or not_acceptable(_DUMPED)
        response = send_from_directory(serving.release.folder.absolute(), f"liaison.{dumped.name}", mimetype=dumped.media_type)
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
    response.set_etag(f"{serving.release.id}-context")
    response.make_conditional(request)
    if response.status_code == _OK:
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
    if node.value.startswith(DEF) or not serving.view.ask("ASK { $thing ?p ?o }", thing=node):
        if reason := departed(serving, reference):
            raise reason
        abort(404, f"The graph holds nothing called {reference}. Search for a name instead.")
    return node


def _edges(reference: str) -> Response:
    """The supported claims about a thing as a table."""
    serving = current()
    node = known(serving, reference)
    links = [f'<{node.value}>; rel="canonical"', '</def>; rel="describedby"', _alternates(reference, "csv")]
    response = Response(mimetype=network.MEDIA_TYPES["csv"], headers={"Link": ", ".join(links)})
    response.set_etag(f"{serving.release.id}-csv")
    response.make_conditional(request)
    if response.status_code == _OK:
        claims = Excerpt(serving.view, serving.iris, reference).claims
        response.set_data(network.written(_network(serving).of(claims), "csv"))
    return response


def _network(serving: Serving) -> network.Network:
    if serving.view not in _NETWORKS:
        _NETWORKS[serving.view] = network.read(serving.view, serving.iris)
    return _NETWORKS[serving.view]


def _coerced(serving: Serving) -> dict[str, str]:
    if serving.view not in _COERCED:
        _COERCED[serving.view] = context.coercions(serving.view, serving.iris)
    return _COERCED[serving.view]


def _described(serving: Serving, node: ox.NamedNode, begin: int, form: Format) -> bytes:
    found = set(serving.view.construct(_numbered(serving, DESCRIPTION, begin), thing=node))
    triples = ordered(found | set(about(serving.view, serving.iris, LABELS, mentioned(found))))
    assert isinstance(form.writer, ox.RdfFormat)
    if form is GRAPHS["jsonld"]:
        return context.written(triples, serving.iris, _coerced(serving))
    statements = [serving.view.placed(triple) for triple in triples] if form.writer.supports_datasets else triples
    return ox.serialize(statements, format=form.writer, prefixes=serving.iris.prefixes) or b""


def _numbered(serving: Serving, query: str, begin: int) -> str:
    return serving.iris.header() + query.replace("#most", str(MOST)).replace("#begin", str(begin))


def _alternates(reference: str, own: str = "") -> str:
    """The other forms of a thing's description, as the value of a `Link` header."""
    names = {item.name: item.media_type for item in _FORMATS} | {"csv": network.MEDIA_TYPES["csv"]}
    data = [f'</data/{reference}.{name}>; rel="alternate"; type="{kind}"' for name, kind in names.items() if name != own]
    return ", ".join([f'</page/{reference}>; rel="alternate"; type="text/html"', *data])
