"""What is seen as files: exactly that, and nothing beside it."""

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pyoxigraph as ox

from graph import dumps, network
from graph.excerpt import Said
from graph.iris import DEF
from graph.rdf.profile import SUMMARY
from webapp.live import Serving
from webapp.pages.claims import Shown
from webapp.pages.explorer.ground import Ground, with_evidence
from webapp.pages.explorer.seen import Seen
from webapp.pages.explorer.state import PENDING

MEDIA_TYPES = {"svg": "image/svg+xml", "ttl": "text/turtle", **{name: network.MEDIA_TYPES[name] for name in ("csv", "gexf")}}
"""Endings of the files and their media types."""
TITLES = {"svg": "SVG", "ttl": "Turtle", "csv": "CSV", "gexf": "GEXF"}
_STATIC = Path(__file__).parents[2] / "static"
_PROPOSED = """CONSTRUCT { ?node ?p ?o } WHERE {
  VALUES ?claim { #claims }
  GRAPH ?graph { { ?claim ?p ?o BIND (?claim AS ?node) } UNION { ?claim liaison:hasEvidence ?node . ?node ?p ?o } }
  FILTER (STRENDS(STR(?graph), "/proposed"))
}"""


def table(serving: Serving, found: Seen, given: Ground, ending: str) -> str:
    """What is seen as CSV or GEXF, in the columns of the release's own files; what nobody has reviewed says so beside its modality."""
    return network.written(_network(serving, found, given), ending)


def turtle(serving: Serving, found: Seen) -> bytes:
    """The claims that are seen, with their evidence, the plain edges that they support, and the names of all that is mentioned."""
    published, others = (
        [serving.iris.thing(f"claim/{claim.key}") for claim in found.claims if (claim.review in PENDING) is is_pending]
        for is_pending in (False, True)
    )
    own = [triple for actor in found.actors for triple in serving.view.about(serving.iris.thing(actor.reference)) if _is_name(triple)]
    if others:
        query = _PROPOSED.replace("#claims", " ".join(map(str, others)))
        own += serving.view.construct(serving.iris.header() + query)
    return dumps.serialised(Said(serving.view).about(own, published), ox.RdfFormat.TURTLE, serving.iris.prefixes)


def svg(drawing: str, box: tuple[int, int, int, int], title: str) -> str:
    """A drawing as a file that stands by itself, with its style in it.

    Args:
        drawing: what stands in the element `svg` of the page, and the signs that it uses.
        box: left and top edge, width and height.
        title: what it shows.
    """
    left, top, width, height = box
    size = f'viewBox="{left} {top} {width} {height}" width="{width}" height="{height}"'
    ground = f'<rect class="ground" x="{left}" y="{top}" width="{width}" height="{height}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="explored" {size}>'
        f"<title>{escape(title)}</title><style>{_style()}</style>{ground}{drawing}</svg>\n"
    )


@cache
def _style() -> str:
    """The tokens and the signs of the style sheet, and what is said of drawings."""
    sheet = (_STATIC / "liaison.css").read_text(encoding="utf-8")
    tokens, _, rest = sheet.partition("/* Ground */")
    signs = rest.partition("/* Signs */")[2].partition("/*")[0]
    return escape(tokens + signs + (_STATIC / "explorer-drawing.css").read_text(encoding="utf-8"))


def _network(serving: Serving, found: Seen, given: Ground) -> network.Network:
    iris = serving.iris
    nodes: list[network.Row] = [
        {
            "Id": iris.thing(actor.reference).value,
            "Label": actor.label,
            "kind": actor.kind,
            "country": " | ".join(sorted(given.labels.get(land, land) for land in given.countries.get(actor.reference, ()))),
            "from": "",
            "until": "",
            "universal": "true" if actor.reference in given.universal else "",
        }
        for actor in found.actors
    ]
    return network.Network(nodes, [_edge(claim, serving) for claim in with_evidence(serving, found.claims, found.state.shown)])


def _edge(claim: Shown, serving: Serving) -> network.Row:
    iris = serving.iris
    return {
        "Source": iris.thing(claim.subject.reference).value,
        "Target": iris.thing(claim.object.reference).value,
        "Type": "Directed",
        "Label": claim.label,
        "relation": iris.short(f"{DEF}#{claim.relation}"),
        "modality": claim.modality if claim.review not in PENDING else f"{claim.modality}, {claim.review}",
        "certainty": claim.certainty,
        "from": claim.span.begins,
        "until": claim.span.ends,
        "as_of": claim.span.as_of,
        "stated_in": iris.thing(claim.stated_in.reference).value,
        "words": " | ".join(dict.fromkeys(proof.quote or proof.text for proof in claim.proofs)),
        "caveat": _caveat(claim),
        "claim": iris.thing(f"claim/{claim.key}").value,
    }


def _caveat(claim: Shown) -> str:
    """That the document is a summary by this project, as is said beside each of its quotes; empty for any other."""
    pages = dict.fromkeys(page.label for proof in claim.proofs for page in proof.summarised)
    return SUMMARY.format(" and ".join(pages)) if pages else ""


def _is_name(triple: ox.Triple) -> bool:
    return triple.predicate.value.endswith(("#prefLabel", "#type"))
