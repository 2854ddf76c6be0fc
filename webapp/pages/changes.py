"""The releases, and what has changed from one to the next: as a page, as an RDF patch, as a feed."""

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import NoReturn, cast

from flask import Response, abort, current_app, render_template, send_file, url_for
from werkzeug.exceptions import ServiceUnavailable

from graph.dumps import in_xml
from graph.errors import StoreError
from graph.release import Release, Releases
from webapp.differences import Differences, DifferencesBusy, Told
from webapp.downloads import answer_ranges
from webapp.gone import removed
from webapp.live import current, settings
from webapp.pages.blueprint import blueprint
from webapp.security import check_host
from webapp.validators import is_fresh

SHOWN = 500
"""Lines of a difference that its page shows; `liaison diff` tells all."""
FED, TOLD = 20, 30
"""Releases in the feed, and lines that it tells of each."""
STARTED = 1
"""Differences that one request of the feed may have worked out; it tells of the others once they are known."""
ATOM = "http://www.w3.org/2005/Atom"


@blueprint.get("/releases")
def releases() -> str:
    """All releases that are here, the latest first."""
    found = _all()
    steps = [(later, earlier) for later, earlier in pairwise([*found, None]) if later]
    return render_template("releases.html", steps=steps, served=current().release.id)


@blueprint.get("/releases/<old>/<new>")
def difference(old: str, new: str) -> Response:
    """What has changed from one release to another, in words."""
    earlier, later = _two(old, new)
    response = Response(mimetype="text/html")
    if not is_fresh(response, current().release.id, "difference", old, new, is_weak=True):
        response.set_data(render_template("difference.html", old=old, new=new, told=_told(earlier, later, SHOWN)))
    return response


@blueprint.get("/releases/<old>/<new>.patch")
def patch(old: str, new: str) -> Response:
    """The same as an RDF patch."""
    earlier, later = _two(old, new)
    response = Response(mimetype="application/rdf-patch")
    if is_fresh(response, new, "patch", old):
        return response
    try:
        path = differences().patch(earlier, later)
    except DifferencesBusy:
        _busy()
    tag = response.get_etag()[0]
    return answer_ranges(lambda: send_file(path.absolute(), mimetype="application/rdf-patch", etag=tag or False))


@blueprint.get("/releases.atom")
def feed() -> Response:
    """A feed of the releases, each with what is new in it as far as that has been worked out."""
    check_host()
    found = _all()[: FED + 1]
    steps = [(later, earlier) for later, earlier in pairwise([*found, None]) if later and (earlier or len(found) <= FED)]
    known = [bool(earlier) and differences().is_known(earlier, later) for later, earlier in steps if earlier]
    response = Response(mimetype="application/atom+xml")
    tag = (url_for("pages.feed", _external=True), *(release.id for release in found), *known)
    if all(known) and is_fresh(response, found[0].id if found else "none", "feed", *tag):
        return response
    response.set_data(ET.tostring(_feed(found, steps), encoding="utf-8", xml_declaration=True))
    return response


def differences() -> Differences:
    """The differences of the running application."""
    made = current_app.extensions.setdefault("differences", Differences(settings().releases))
    return cast("Differences", made)


def _feed(found: list[Release], steps: list[tuple[Release, Release | None]]) -> ET.Element:
    root = ET.Element("feed", xmlns=ATOM)
    ET.SubElement(root, "title").text = "Liaison: releases"
    ET.SubElement(root, "id").text = url_for("pages.feed", _external=True)
    ET.SubElement(root, "link", rel="self", href=url_for("pages.feed", _external=True))
    ET.SubElement(ET.SubElement(root, "author"), "name").text = "Liaison"
    ET.SubElement(root, "updated").text = _moment(found[0]) if found else _moment(current().release)
    started = 0
    for later, earlier in steps:
        is_known = earlier is not None and differences().is_known(earlier, later)
        is_told = is_known or (earlier is not None and started < STARTED)
        started += is_told and not is_known
        _entry(root, later, earlier, is_told=is_told)
    return root


def _entry(root: ET.Element, later: Release, earlier: Release | None, *, is_told: bool) -> None:
    entry = ET.SubElement(root, "entry")
    ET.SubElement(entry, "title").text = f"Release {later.id}, {later.manifest['triples']:,} triples"
    ET.SubElement(entry, "id").text = later.iris.thing(f"release/{later.id}").value
    ET.SubElement(entry, "updated").text = _moment(later)
    place = (
        url_for("pages.difference", old=earlier.id, new=later.id, _external=True) if earlier else url_for("pages.releases", _external=True)
    )
    ET.SubElement(entry, "link", href=place)
    words = ["the first release that is here"]
    if earlier:
        words = _told(earlier, later, TOLD).words if is_told else [f"what has changed is told at {place}"]
    ET.SubElement(entry, "summary").text = in_xml("\n".join(words))


def _told(earlier: Release, later: Release, most: int) -> Told:
    try:
        return differences().told(earlier, later, most)
    except DifferencesBusy:
        _busy()


def _busy() -> NoReturn:
    raise ServiceUnavailable("What has changed between two other releases is being worked out; ask again.", retry_after=10)


def _all() -> list[Release]:
    return Releases(settings().releases).readable()


def _two(old: str, new: str) -> tuple[Release, Release]:
    kept = Releases(settings().releases)
    try:
        return kept.get(old), kept.get(new)
    except StoreError as error:
        for reason in filter(None, map(removed, (old, new))):
            raise reason from error
        abort(404, "There is no such pair of releases; /releases lists those that are here.")


def _moment(release: Release) -> str:
    return str(release.manifest["built"])
