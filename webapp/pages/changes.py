"""The releases, and what has changed from one to the next: as a page, as an RDF patch, as a feed."""

import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from flask import Response, abort, render_template, request, url_for

from graph.difference import Difference
from graph.errors import StoreError
from graph.release import Release, Releases
from webapp.gone import removed
from webapp.live import current, settings
from webapp.pages.blueprint import blueprint

SHOWN = 500
"""Lines of a difference that its page shows; `liaison diff` tells all."""
FED, TOLD = 20, 30
"""Releases in the feed, and lines that it tells of each."""
ATOM = "http://www.w3.org/2005/Atom"


@blueprint.get("/releases")
def releases() -> str:
    """All releases that are here, the latest first."""
    found = _all()
    steps = [(later, earlier) for later, earlier in pairwise([*found, None]) if later]
    return render_template("releases.html", steps=steps, served=current().release.id)


@blueprint.get("/releases/<old>/<new>")
def difference(old: str, new: str) -> str:
    """What has changed from one release to another, in words."""
    told = words(*_two(old, new))
    return render_template("difference.html", old=old, new=new, head=told[0], lines=told[1 : SHOWN + 1], more=max(len(told) - 1 - SHOWN, 0))


@blueprint.get("/releases/<old>/<new>.patch")
def patch(old: str, new: str) -> Response:
    """The same as an RDF patch."""
    earlier, later = _two(old, new)
    response = Response("\n".join(Difference(earlier, later).patch()) + "\n", mimetype="application/rdf-patch")
    response.set_etag(f"{old}-{new}")
    response.make_conditional(request)
    return response


@blueprint.get("/releases.atom")
def feed() -> Response:
    """A feed of the releases, each with what is new in it."""
    found = _all()[: FED + 1]
    root = ET.Element("feed", xmlns=ATOM)
    ET.SubElement(root, "title").text = "Liaison: releases"
    ET.SubElement(root, "id").text = url_for("pages.feed", _external=True)
    ET.SubElement(root, "link", rel="self", href=url_for("pages.feed", _external=True))
    ET.SubElement(ET.SubElement(root, "author"), "name").text = "Liaison"
    ET.SubElement(root, "updated").text = _moment(found[0])
    for later, earlier in pairwise([*found, None]):
        if later and (earlier or len(found) <= FED):
            _entry(root, later, earlier)
    return Response(ET.tostring(root, encoding="utf-8", xml_declaration=True), mimetype="application/atom+xml")


def _entry(root: ET.Element, later: Release, earlier: Release | None) -> None:
    entry = ET.SubElement(root, "entry")
    ET.SubElement(entry, "title").text = f"Release {later.id}, {later.manifest['triples']:,} triples"
    ET.SubElement(entry, "id").text = later.iris.thing(f"release/{later.id}").value
    ET.SubElement(entry, "updated").text = _moment(later)
    place = (
        url_for("pages.difference", old=earlier.id, new=later.id, _external=True) if earlier else url_for("pages.releases", _external=True)
    )
    ET.SubElement(entry, "link", href=place)
    told = words(earlier, later)[: TOLD + 1] if earlier else ["the first release that is here"]
    ET.SubElement(entry, "summary").text = "\n".join(told)


@lru_cache(maxsize=64)
def _words(old: Path, new: Path) -> tuple[str, ...]:
    """Releases never change, so what differs between two is worked out once."""
    earlier, later = (Releases(path.parent).get(path.name) for path in (old, new))
    return tuple(Difference(earlier, later).words())


def words(earlier: Release, later: Release) -> tuple[str, ...]:
    """The difference between two releases, the first line with the numbers."""
    return _words(earlier.folder, later.folder)


def _all() -> list[Release]:
    kept = Releases(settings().releases)
    return [kept.get(release) for release in kept.ids()]


def _two(old: str, new: str) -> tuple[Release, Release]:
    kept = Releases(settings().releases)
    try:
        return kept.get(old), kept.get(new)
    except StoreError as error:
        for reason in filter(None, map(removed, (old, new))):
            raise reason from error
        abort(404, f"{error} /releases lists those that are here.")


def _moment(release: Release) -> str:
    return str(release.manifest["built"])
