"""A crawler that begins at the first page or at the description reaches all that is public, and meets no dead end."""

import re
from collections import deque

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.release import Release

OURS = "https://w3id.org/liaison/"
FOUND, SEE_OTHER = 200, 303
TURTLE = {"Accept": "text/turtle"}
_BRACKETED = re.compile(r"<([^<>\s]+)>")


def addresses(release: Release) -> set[str]:
    """Every IRI of ours in the dumps, as a path of the server, without its fragment."""
    text = (release.folder / "liaison.nt").read_text(encoding="utf-8")
    names = {iri for iri in _BRACKETED.findall(text) if iri.startswith(OURS)}
    names |= {
        quad.graph_name.value for quad in ox.parse(path=str(release.folder / "liaison.trig")) if isinstance(quad.graph_name, ox.NamedNode)
    }
    return {"/" + iri.removeprefix(OURS).partition("#")[0] for iri in names}


@pytest.fixture(scope="module")
def crawler(app: Flask) -> FlaskClient:
    """A client without a memory of its own."""
    return app.test_client(use_cookies=False)


def test_every_iri_of_ours_in_any_dump_answers(crawler: FlaskClient, release: Release) -> None:
    """Each IRI leads to a description that begins with it; of kinds of which there are thousands, the data of every tenth are read."""
    wrong, paths = [], sorted(addresses(release))
    assert len(paths) > 9_000
    for place, path in enumerate(paths):
        answer = crawler.get(path, headers=TURTLE)
        if answer.status_code == SEE_OTHER and (
            place % 10 == 0 or not path.startswith(("/id/name/", "/id/row/", "/id/evidence/", "/id/claim/"))
        ):
            answer = crawler.get(answer.headers["Location"], headers=TURTLE)
        if answer.status_code not in (FOUND, SEE_OTHER):
            wrong.append((answer.status_code, path))
        answer.close()
    assert wrong == []


def test_a_crawler_of_turtle_reaches_every_public_iri(crawler: FlaskClient, release: Release) -> None:
    """It follows what descriptions mention, from the description of the release."""
    queue, seen, met = deque(["/void.ttl"]), {"/void.ttl"}, set[str]()
    wanted = {path for path in addresses(release) if path.startswith("/id/")}
    while queue and not wanted <= seen:
        path = queue.popleft()
        answer = crawler.get(path, headers=TURTLE)
        while answer.status_code == SEE_OTHER:
            answer = crawler.get(answer.headers["Location"], headers=TURTLE)
        met.add(str(answer.status_code))
        if answer.mimetype == "text/turtle":
            for quad in ox.parse(answer.get_data(), format=ox.RdfFormat.TURTLE):
                for term in (quad.subject, quad.predicate, quad.object):
                    if isinstance(term, ox.NamedNode) and term.value.startswith(OURS):
                        place = "/" + term.value.removeprefix(OURS).partition("#")[0]
                        if place not in seen and place.startswith(("/id/", "/graph/", "/def")):
                            seen.add(place)
                            queue.append(place)
        answer.close()
    assert wanted <= seen, sorted(wanted - seen)[:10]
    assert met == {"200"}
