"""The release described for catalogues and crawlers, in each format."""

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from graph.void import FILE, NAMESPACES
from webapp.live import current
from webapp.negotiate import not_acceptable, prefers_html, wanted
from webapp.pool.answers import GRAPHS

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
    response.set_etag(f"{serving.release.id}-catalogue-{form.name}")
    response.make_conditional(request)
    if response.status_code == 200:  # noqa: PLR2004  # not yet seen by the client
        content = (serving.release.folder / FILE).read_bytes()
        if form is not GRAPHS["ttl"]:
            assert isinstance(form.writer, ox.RdfFormat)
            triples = (quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE))
            content = ox.serialize(triples, format=form.writer, prefixes=NAMESPACES | serving.iris.prefixes) or b""
        response.set_data(content)
    return response


@blueprint.get("/.well-known/void")
def well_known() -> AnyResponse:
    """Where crawlers look for it first."""
    return redirect("/void.ttl", 303)
