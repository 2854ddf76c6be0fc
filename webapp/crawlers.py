"""What tells crawlers where everything is: `/robots.txt` and `/sitemap.xml`."""

import xml.etree.ElementTree as ET

import pyoxigraph as ox
from flask import Blueprint, Response, url_for

from webapp.live import current

blueprint = Blueprint("crawlers", __name__)

PAGES = (
    "/",
    "/countries",
    "/bodies",
    "/groups",
    "/instruments",
    "/practices",
    "/topics",
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
THINGS = """SELECT DISTINCT ?thing WHERE {
  VALUES ?class { liaison:Actor liaison:Instrument liaison:Practice liaison:Policy liaison:Topic liaison:CountryProfile liaison:SharedResource liaison:Event liaison:Award }
  ?thing a ?class
} ORDER BY ?thing"""
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read; queries are for people and programs, not for crawlers."""
    sitemap = url_for("crawlers.sitemap", _external=True)
    return Response(f"User-agent: *\nDisallow: /sparql?\nDisallow: /search\nAllow: /\nSitemap: {sitemap}\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The address of every page that a reader may look for."""
    serving = current()
    root = url_for("crawlers.sitemap", _external=True).removesuffix("/sitemap.xml")
    urls = ET.Element("urlset", xmlns=_SITEMAP)
    found = [row["thing"] for row in serving.view.select(serving.iris.header() + THINGS)]
    references = [serving.iris.reference(node.value) for node in found if isinstance(node, ox.NamedNode)]
    for path in [*PAGES, *(f"/page/{reference}" for reference in references if reference)][:MOST]:
        url = ET.SubElement(urls, "url")
        ET.SubElement(url, "loc").text = f"{root}{path}"
        ET.SubElement(url, "lastmod").text = str(serving.release.manifest["built"])[:10]
    return Response(ET.tostring(urls, encoding="utf-8", xml_declaration=True), mimetype="application/xml")
