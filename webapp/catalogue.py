"""The release described for catalogues and crawlers, in each format."""

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from graph import context, dumps
from graph.void import FILE, Names
from webapp.live import Serving, current
from webapp.negotiate import not_acceptable, prefers_html, wanted
from webapp.pool.answers import GRAPHS, Format
from webapp.validators import is_fresh

blueprint = Blueprint("catalogue", __name__)

_FORMATS = [form for form in GRAPHS.values() if isinstance(form.writer, ox.RdfFormat) and not form.writer.supports_datasets]
_FORMATS.append(GRAPHS["jsonld"])


@blueprint.get("/void.ttl")
@blueprint.get("/catalog")
def catalogue() -> Response | AnyResponse:
    """The description of the current release; in a browser, `/catalog` is the page of the downloads."""
    if request.path == "/catalog" and prefers_html(request):
        response: AnyResponse = redirect("/downloads", 303)
        response.headers["Vary"] = "Accept"
        return response
    form = GRAPHS["ttl"] if request.path == "/void.ttl" else wanted(request, _FORMATS, GRAPHS["ttl"]) or not_acceptable(_FORMATS)
    serving = current()
    response = Response(mimetype=form.media_type, headers={"Vary": "Accept"})
    if not is_fresh(response, serving.release.id, "catalogue", form.name):
        response.set_data(_content(serving, form))
    return response


@blueprint.get("/.well-known/void")
def well_known() -> AnyResponse:
    """Where crawlers look for it first."""
    return redirect("/void.ttl", 303)


def _content(serving: Serving, form: Format) -> bytes:
    content = (serving.release.folder / FILE).read_bytes()
    if form is GRAPHS["ttl"]:
        return content
    names, triples = Names(serving.iris.base), [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)]
    if form is GRAPHS["jsonld"]:
        return context.written(triples, names, {})
    assert isinstance(form.writer, ox.RdfFormat)
    return dumps.serialised(triples, form.writer, names.prefixes)
