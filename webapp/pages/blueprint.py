"""The blueprint of the pages, and what every template may use."""

from urllib.parse import quote

from flask import Blueprint

from graph.claims import CERTAINTIES, SUPPORTING_REVIEWS
from graph.errors import StoreError
from webapp import resources
from webapp.live import current, settings
from webapp.pages.bundle import script
from webapp.pages.ego.circle import KIND_WORDS

blueprint = Blueprint("pages", __name__)

LISTS = {
    "countries": ("Countries", "liaison:State"),
    "bodies": ("Bodies", "liaison:Body"),
    "groups": ("Networks and groups", "liaison:Collaboration"),
    "instruments": ("Treaties, acts and strategies", "liaison:Instrument"),
    "practices": ("Practices", "liaison:Practice"),
    "topics": ("Topics", "liaison:Topic"),
}
"""Address of each list, its title and its class."""
FORMATS = (("ttl", "Turtle"), ("nt", "N-Triples"), ("jsonld", "JSON-LD"), ("rdf", "RDF/XML"), ("csv", "CSV"))
"""Formats in which the data of a thing can be had."""


@blueprint.app_context_processor
def frame() -> dict[str, object]:
    """What the frame of every page shows, and what templates need to make links."""
    try:
        serving = current()
    except StoreError:
        serving = None
    return {
        "serving": serving,
        "contact": settings().contact,
        "is_framable": bool(settings().framed_by),
        "lists": LISTS,
        "formats_of": formats_of,
        "run_link": run_link,
        "script": script,
        "certainties": CERTAINTIES,
        "reviews": SUPPORTING_REVIEWS,
        "kind_words": KIND_WORDS,
    }


def formats_of(reference: str) -> list[tuple[str, str]]:
    """The formats in which a page offers the data of a thing, with their names."""
    there = {form.name for form in resources.formats_of(reference)}
    return [(name, title) for name, title in FORMATS if name in there]


def run_link(query: str) -> str:
    """The address at which a query runs."""
    return f"/sparql?query={quote(query, safe='')}"
