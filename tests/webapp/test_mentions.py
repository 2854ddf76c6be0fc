"""Which documents speak of a thing, which are silent, and which nobody has read to the end."""

import pyoxigraph as ox
import pytest
from flask import render_template_string
from flask.testing import FlaskClient

from graph.iris import Iris
from webapp.pages.mentions import MANY, MANY_DOCUMENTS, Document, Mention, Mentions, mentions

IRIS = Iris()
HTML = {"Accept": "text/html"}


def held(told: str) -> dict[str, ox.NamedNode | ox.Literal]:
    """A row of the query `documents`."""
    key, year, state = told.split(":")
    row: dict[str, ox.NamedNode | ox.Literal] = {"profile": IRIS.thing(f"profile/{key}"), "title": ox.Literal(key)}
    row |= {"year": ox.Literal(year)} if year else {}
    return row | ({"complete": ox.Literal("2026-11-01")} if state == "read" else {})


def cited(told: str) -> dict[str, ox.NamedNode | ox.Literal]:
    """A row of the query `mentions`."""
    key, position = told.split(":")
    return {"profile": IRIS.thing(f"profile/{key}"), "sentence": IRIS.thing(f"sentence/{key}-{position}"), "position": ox.Literal(position)}


@pytest.mark.cases("mentions")
def test_documents_speak_are_silent_or_are_not_analysed(case: dict[str, str]) -> None:
    found = mentions(map(held, case["documents"].split()), map(cited, case["sentences"].split()), IRIS)
    years = []
    for year, members, total in found.years:
        told = " ".join(f"{one.document.title} {' '.join(str(position) for position, _ in one.sentences)}" for one in members)
        assert total == sum(len(one.sentences) for one in members)
        years.append(f"{year or '-'} {told}")
    assert "; ".join(years) == case["said"]
    assert " ".join(one.title for one in found.silent) == case["silent"]
    assert " ".join(one.title for one in found.not_analysed) == case["not_analysed"]


def test_a_sentence_leads_to_its_place_in_the_document() -> None:
    found = mentions([held("a:2018:open")], [cited("a:3")], IRIS)
    assert found.said[0].sentences == [(3, "/page/profile/a#sentence-a-3")]


def test_the_page_of_a_thing_says_which_sentences_speak_of_it(client: FlaskClient) -> None:
    text = client.get("/page/body/europol", headers=HTML).text
    section = text.partition('<h2 id="documents">')[2].partition("</section>")[0]
    assert '<a href="/page/profile/spain-2018-cse">' in section
    assert "/page/profile/spain-2018-cse#sentence-" in section
    assert "Not mentioned in" in section
    assert "# The sentences on which the claims about a thing rest" in section
    address = section.partition('<a class="place" href="')[2].partition('"')[0]
    document, _, place = address.partition("#")
    assert f'id="{place}"' in client.get(document, headers=HTML).text


def test_a_thing_of_which_no_document_speaks_says_so(client: FlaskClient) -> None:
    text = client.get("/page/country/AUS", headers=HTML).text
    assert "No document that is held is recorded to speak of it." in text


def test_a_page_says_how_it_is_cited(client: FlaskClient) -> None:
    text = client.get("/page/body/europol", headers=HTML).text
    cite = text.partition('<details class="cite">')[2].partition("</details>")[0]
    release = client.application.extensions["live"].serving().release
    assert release.id in cite
    assert f"{release.manifest['base']}id/body/europol" in cite


def test_long_lists_are_counted_and_not_shown(client: FlaskClient) -> None:
    documents = [
        Document(f"Title <{number}>", f"/page/profile/p{number}", "2018", is_complete=True, is_summary=False)
        for number in range(3 * MANY_DOCUMENTS)
    ]
    said = Mention(documents[0], [(number, f"#{number}") for number in range(MANY + 5)])
    found = Mentions([said], documents[: MANY_DOCUMENTS + 7], documents[: MANY_DOCUMENTS + 9])
    with client.application.test_request_context("/"):
        text = render_template_string(
            '{% from "mentions.html" import mentioned with context %}{{ mentioned(found, "It", "ASK {}", most, most_documents) }}',
            found=found,
            most=MANY,
            most_documents=MANY_DOCUMENTS,
        )
    assert text.count('class="place"') == MANY
    assert "and 5 more" in text
    assert "And 7 more, which the query below finds." in text
    assert "And 9 more, which the query below finds." in text
    assert "Title &lt;0&gt;" in text
