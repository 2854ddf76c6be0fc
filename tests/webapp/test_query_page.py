"""The page for writing queries: it works without scripts, links to pages, marks errors, and escapes what it shows."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

import ontology
from graph.questions import Question, load
from webapp.sparql import SHOWN


def page(client: FlaskClient, query: str, more: str = "") -> tuple[int, str]:
    """Status and text of the page with this query."""
    response = client.get(f"/sparql?query={quote(query)}{more}", headers={"Accept": "text/html"})
    assert response.mimetype == "text/html"
    return response.status_code, response.text


def test_the_examples_are_the_questions_of_the_ontology(client: FlaskClient) -> None:
    assert len(load()) == len(list(ontology.path("questions").glob("*.rq")))
    _, text = page(client, "")
    for example in load():
        assert example.title.replace("'", "&#39;") in text
        assert not example.title.startswith("#")


@pytest.mark.parametrize("query", ["", "SELECT *\n{ ?s a nothing:here }"], ids=["no query", "an error"])
def test_no_format_is_offered_of_an_answer_that_is_not_there(query: str, client: FlaskClient) -> None:
    assert "The whole answer" not in page(client, query)[1]


@pytest.mark.parametrize("example", load(), ids=[example.title for example in load()])
def test_an_example_runs_as_it_stands(example: Question, client: FlaskClient) -> None:
    assert page(client, example.query)[0] == 200


def test_a_value_of_the_base_leads_to_its_page_and_others_lead_nowhere(client: FlaskClient) -> None:
    _, text = page(client, "SELECT * { VALUES (?a ?b) { (country:ESP <javascript:alert(1)>) } }")
    assert '<a href="/page/country/ESP">country:ESP</a>' in text
    assert 'href="javascript' not in text


def test_what_a_query_makes_is_shown_as_text(client: FlaskClient) -> None:
    _, text = page(client, 'SELECT ("<script>alert(1)</script>" AS ?x) (IRI("https://w3id.org/liaison/id/\\"><b>") AS ?y) {}')
    assert "<script>alert" not in text
    assert '"><b>' not in text


def test_an_error_is_marked_at_its_place(client: FlaskClient) -> None:
    status, text = page(client, "SELECT *\n{ ?s a nothing:here }")
    assert status == 400
    assert "Line 2, column" in text
    assert "Prefix not found" in text
    assert 'aria-invalid="true"' in text


def test_a_long_answer_is_cut_and_offered_whole(client: FlaskClient) -> None:
    status, text = page(client, "SELECT ?s { ?s a liaison:Name }", "&default-graph-uri=https://w3id.org/liaison/graph/published")
    assert status == 200
    assert f"The first {SHOWN} rows" in text
    links = [
        part.partition('"')[0].replace("&amp;", "&")
        for part in text.split('href="')[1:]
        if part.startswith("/sparql?") and "format=csv" in part
    ]
    assert "default-graph-uri" in links[0]
    assert "format=csv" in links[0]
    with client.get(links[0]) as response:
        assert response.mimetype == "text/csv"
        assert len(response.text.splitlines()) > SHOWN + 1


@pytest.mark.parametrize(("query", "holds"), [("ASK { ?s a liaison:State }", "Yes"), ("ASK { ?s a <a:nothing> }", "No")])
def test_a_question_is_answered_in_a_word(query: str, holds: str, client: FlaskClient) -> None:
    assert f'<p class="verdict">{holds}</p>' in page(client, query)[1]


def test_triples_are_shown_as_turtle(client: FlaskClient) -> None:
    _, text = page(client, "CONSTRUCT { country:ESP a liaison:State } {}")
    assert "country:ESP a liaison:State" in text
    assert "format=jsonld" in text


def test_the_page_has_no_script_of_its_own_in_it(client: FlaskClient) -> None:
    _, text = page(client, "ASK {}")
    assert "style=" not in text
    assert " onclick=" not in text
    assert "<script>" not in text
