"""A crawler that begins at the first page or at the description reaches all that is public, and meets no dead end.

It fetches everything that it finds, once, and the tests look at what it has met.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.release import Release
from webapp import create_app
from webapp.config import Config

OURS = "https://w3id.org/liaison/"
FOUND, SEE_OTHER = 200, 303
TURTLE = {"Accept": "text/turtle"}
_BRACKETED = re.compile(r"<([^<>\s]+)>")
_LINK = re.compile(r'<(/[^>]*)>; rel="(?:next|describedby)"')


def path_of(iri: str) -> str:
    """An IRI of ours as a path of the server, without its fragment."""
    return "/" + iri.removeprefix(OURS).partition("#")[0]


def addresses(release: Release) -> set[str]:
    """Every IRI of ours in the dumps, as a path."""
    text = (release.folder / "liaison.nt").read_text(encoding="utf-8")
    names = {iri for iri in _BRACKETED.findall(text) if iri.startswith(OURS)}
    names |= {
        quad.graph_name.value for quad in ox.parse(path=str(release.folder / "liaison.trig")) if isinstance(quad.graph_name, ox.NamedNode)
    }
    return {path_of(iri) for iri in names}


@dataclass(frozen=True)
class Crawled:
    """What a crawler has met.

    Args:
        fetched: each path with the status at the end of all redirects.
        silent: IRIs whose description says nothing of them.
    """

    fetched: dict[str, int]
    silent: list[str]


@pytest.fixture(scope="module")
def release(small_or_shipped: Release) -> Release:
    """The release that is crawled."""
    return small_or_shipped


@pytest.fixture(scope="module")
def crawler(release: Release) -> Iterator[FlaskClient]:
    """A client without a memory of its own."""
    app = create_app(Config(releases=release.folder.parent))
    yield app.test_client(use_cookies=False)
    app.extensions["live"].close()


@pytest.fixture(scope="module")
def crawled(crawler: FlaskClient) -> Crawled:
    """It follows what descriptions mention and what `Link` names, until nothing is left."""
    queue, found = deque(["/", "/void.ttl"]), Crawled({}, [])
    seen = set(queue)
    while queue:
        path = queue.popleft()
        answer = followed(crawler, path)
        found.fetched[path] = answer.status_code
        triples = [quad.triple for quad in ox.parse(answer.get_data(), format=ox.RdfFormat.TURTLE)] if answer.status_code == FOUND else []
        if path.startswith("/id/") and not any(path_of(getattr(triple.subject, "value", "")) == path for triple in triples):
            found.silent.append(path)
        for place in {*mentioned(triples), *linked(answer)} - seen:
            seen.add(place)
            queue.append(place)
        answer.close()
    return found


def test_a_crawler_of_turtle_reaches_every_public_iri(crawled: Crawled, release: Release) -> None:
    wanted = {path for path in addresses(release) if path.startswith("/id/")}
    assert len(wanted) > 1_000
    assert wanted <= crawled.fetched.keys(), sorted(wanted - crawled.fetched.keys())[:10]


def test_it_meets_no_dead_end(crawled: Crawled) -> None:
    assert [(status, path) for path, status in crawled.fetched.items() if status != FOUND] == []


def test_each_iri_is_the_subject_of_what_it_leads_to(crawled: Crawled) -> None:
    assert crawled.silent == []


def test_an_iri_that_nothing_mentions_answers_as_well(crawler: FlaskClient, crawled: Crawled, release: Release) -> None:
    for path in sorted(addresses(release) - crawled.fetched.keys()):
        with crawler.get(path, headers=TURTLE) as answer:
            assert answer.status_code == FOUND, path


def test_a_browser_at_the_first_page_is_told_where_the_release_is_described(crawler: FlaskClient) -> None:
    assert linked(crawler.get("/", headers={"Accept": "text/html"})) == {"/void.ttl"}


def followed(crawler: FlaskClient, path: str) -> TestResponse:
    """The answer at the end of all redirects."""
    answer = crawler.get(path, headers=TURTLE)
    while answer.status_code == SEE_OTHER:
        answer = crawler.get(answer.headers["Location"], headers=TURTLE)
    return answer


def linked(answer: TestResponse) -> set[str]:
    """The paths to which an answer leads by `Link`."""
    return {*_LINK.findall(answer.headers.get("Link", ""))}


def mentioned(triples: list[ox.Triple]) -> Iterator[str]:
    """The paths of all IRIs of ours in some triples that lead to descriptions."""
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if (
                isinstance(term, ox.NamedNode)
                and term.value.startswith(OURS)
                and path_of(term.value).startswith(("/id/", "/graph/", "/def"))
            ):
                yield path_of(term.value)
