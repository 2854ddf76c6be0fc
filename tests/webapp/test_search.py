"""The search page and the suggestions: what each address answers, and that every choice can be made and taken back by its link."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from graph.search import KINDS
from webapp.pages.search import TITLES

HTML = {"Accept": "text/html"}
OK = 200
EVERYWHERE = (
    "/",
    "/about",
    "/countries",
    "/page/country/ESP",
    "/page/profile/spain-2018-cse",
    "/sparql",
    "/docs",
    "/downloads",
    "/no-such",
)
_LINK = re.compile(r'href="(/search\?[^"]*)"')


def links(client: FlaskClient, address: str) -> list[str]:
    """The searches to which a page leads."""
    return [unescape(link) for link in _LINK.findall(client.get(address, headers=HTML).text)]


@pytest.mark.cases("search")
def test_what_an_address_answers(case: dict[str, str], client: FlaskClient) -> None:
    answer = client.get(case["path"], headers={} if case["path"].startswith("/api") else HTML)
    assert answer.status_code == int(case["status"]), answer.text
    for text in filter(None, case["holds"].split("|")):
        assert text in answer.text
    for text in filter(None, case["holds_not"].split("|")):
        assert text not in answer.text.partition("<main")[2]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_page_has_the_search_in_its_header(address: str, client: FlaskClient) -> None:
    header = client.get(address, headers=HTML).text.partition("<main")[0]
    assert '<form action="/search" role="search">' in header
    assert re.search(r'<label class="hidden" for="find">[^<]+</label><input id="find" type="search" name="q"', header)


def test_a_choice_is_made_by_a_link_kept_by_the_form_and_taken_back_by_a_link(client: FlaskClient) -> None:
    (narrower,) = (link for link in links(client, "/search?q=police") if "country=DEU" in link)
    page = client.get(narrower, headers=HTML).text
    assert '<input type="hidden" name="country" value="DEU">' in page.partition("<main")[0]
    assert "country=FRA" not in page
    assert "/search?q=police" in links(client, narrower)


def test_the_number_beside_a_choice_is_what_its_page_finds(client: FlaskClient) -> None:
    page = client.get("/search?q=police", headers=HTML).text
    found = re.findall(r'<a href="(/search\?q=police&amp;[^"]+)">(?:<bdi>)?[^<]+(?:</bdi>)? <span class="count">([\d,]+)</span>', page)
    assert len(found) > 10
    for address, number in found[::5]:
        assert f"{number} found" in client.get(unescape(address), headers=HTML).text, address


def test_the_parts_of_a_long_list_follow_each_other(client: FlaskClient) -> None:
    first = client.get("/search?kind=body", headers=HTML).text
    assert 'rel="next" href="/search?q=&amp;kind=body&amp;page=2"' in first
    second = client.get("/search?q=&kind=body&page=2", headers=HTML).text
    pages = [set(re.findall(r'<p><a href="(/page/body/[^"]+)"', page)) for page in (first, second)]
    assert len(pages[0]) == 25
    assert pages[1]
    assert not pages[0] & pages[1]


def test_every_kind_has_a_title() -> None:
    assert list(TITLES) == list(KINDS)


def test_a_sentence_leads_to_its_place(client: FlaskClient) -> None:
    page = client.get("/search?q=co-drives&kind=sentence", headers=HTML).text
    (address,) = re.findall(r'<blockquote><a href="([^"]+)"', page)[:1]
    document, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in client.get(document, headers=HTML).text


def test_suggestions_lead_to_pages_and_stay_while_the_release_does(client: FlaskClient) -> None:
    answer = client.get("/api/suggest?q=europol")
    told = answer.get_json()
    items = [item for group in told["groups"] for item in group["items"]]
    assert told["total"] == len(items) > 3
    assert {client.get(item["page"].partition("#")[0], headers=HTML).status_code for item in items} == {OK}
    assert client.get("/api/suggest?q=europol", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_list_of_hits_in_json_is_that_of_the_page(client: FlaskClient) -> None:
    told = client.get("/api/search?q=crime&limit=500").get_json()
    assert f"{told['total']} found" in client.get("/search?q=crime", headers=HTML).text
    assert len({item["reference"] for item in told["items"]}) == told["total"]
    assert client.get("/api/search?q=crime&offset=10000000").get_json()["items"] == []
