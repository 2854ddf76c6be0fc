"""What tells crawlers where everything is: `/robots.txt`, and `/sitemap.xml` with its parts."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from flask import Blueprint, Response, abort, url_for

from graph.difference import CLASSES
from graph.store import View
from webapp.live import Serving, current
from webapp.security import check_host
from webapp.validators import is_fresh

blueprint = Blueprint("crawlers", __name__)

PAGES = (
    "/",
    "/explore",
    "/countries",
    "/bodies",
    "/groups",
    "/instruments",
    "/practices",
    "/topics",
    "/paths",
    "/compare",
    "/ontology",
    "/downloads",
    "/releases",
    "/about",
    "/docs",
    "/sparql",
)
"""Pages that are there whatever the graph holds."""
MOST = 50_000
"""Addresses that a sitemap may hold, by the protocol of sitemaps.org."""
THINGS = "SELECT DISTINCT ?thing WHERE { VALUES ?class { #classes } ?thing a ?class }".replace("#classes", " ".join(CLASSES))
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PATHS: WeakKeyDictionary[View, list[str]] = WeakKeyDictionary()
"""The addresses of a release's pages; a release never changes."""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read; queries are for people and programs, not for crawlers."""
    check_host()
    sitemap = url_for("crawlers.sitemap", _external=True)
    return Response(
        "User-agent: *\nDisallow: /sparql?\nDisallow: /search\nDisallow: /explore?\nDisallow: /explore.\nDisallow: /paths?\nDisallow: /paths.\n"
        f"Disallow: /compare?\nDisallow: /compare/evidence\nDisallow: /compare.\nDisallow: /review\nAllow: /\nSitemap: {sitemap}\n",
        mimetype="text/plain",
    )


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The address of every page that a reader may look for; where they are too many for one list, the lists of them."""
    check_host()
    serving, root = current(), url_for("crawlers.sitemap", _external=True).removesuffix("/sitemap.xml")
    number = -(-len(paths(serving)) // MOST)
    if number == 1:
        return part(1)
    addresses = (f"{root}/sitemap-{place}.xml" for place in range(1, number + 1))
    return _listed(serving, root, "sitemapindex", "sitemap", addresses)


@blueprint.get("/sitemap-<int:place>.xml")
def part(place: int) -> Response:
    """One of the lists."""
    check_host()
    serving, root = current(), url_for("crawlers.sitemap", _external=True).removesuffix("/sitemap.xml")
    some = paths(serving)[(place - 1) * MOST : place * MOST] if place else []
    if not some:
        abort(404, "There is no such list; /sitemap.xml names those that there are.")
    return _listed(serving, root, "urlset", "url", (f"{root}{path}" for path in some))


def paths(serving: Serving) -> list[str]:
    """The paths of all pages that a reader may look for."""
    if serving.view not in _PATHS:
        found = [row["thing"] for row in serving.view.select(serving.iris.header() + THINGS)]
        references = (serving.iris.reference(node.value) for node in found if isinstance(node, ox.NamedNode))
        _PATHS[serving.view] = [*PAGES, *sorted(f"/page/{reference}" for reference in references if reference)]
    return _PATHS[serving.view]


def _listed(serving: Serving, root: str, whole: str, one: str, addresses: Iterable[str]) -> Response:
    response = Response(mimetype="application/xml")
    listed = list(addresses)
    if not is_fresh(response, serving.release.id, root, *listed[:1], len(listed)):
        made = ET.Element(whole, xmlns=_SITEMAP)
        for address in listed:
            entry = ET.SubElement(made, one)
            ET.SubElement(entry, "loc").text = address
            ET.SubElement(entry, "lastmod").text = str(serving.release.manifest["built"])[:10]
        response.set_data(ET.tostring(made, encoding="utf-8", xml_declaration=True))
    return response
