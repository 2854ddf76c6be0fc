"""Pages over a graph whose every text tries to break out of them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.hostile import hostile_app
from webapp.pages.ego.drawing import MOST

HTML = {"Accept": "text/html"}
MANY = 90
PAGES = (
    "/", "/search?q=alert", "/countries", "/bodies", "/about", "/page/country/XTA", "/page/body/long", "/page/body/rtl", "/page/profile/test",
    "/page/claim/c1", "/page/claim/c2", "/page/row/test-1", "/page/source/s1", "/page/authority/test", "/page/section/test-one",
    "/page/country/XTA?relation=memberOf&side=subject", "/page/country/XTA?relation=%3Cscript%3E&side=%22", "/explore",
    "/explore?q=alert", "/explore?actor=country/XTA", "/explore?actor=body/rtl", "/explore?actor=country/XTA&actor=body/long&look=body/long&among=shown",
    "/explore?actor=country/XTA&look=claim/c1&said=2001", "/explore?actor=country/XTA&hide=body/long&collapse=country/XTA",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile() -> Flask:
    """The application over the hostile graph."""
    return hostile_app(MANY)


@pytest.fixture
def client(hostile: Flask) -> FlaskClient:
    """A client of that application."""
    return hostile.test_client()


@pytest.mark.parametrize("address", PAGES)
def test_no_text_becomes_markup_and_no_address_a_script(address: str, client: FlaskClient) -> None:
    response = client.get(address, headers=HTML)
    assert response.status_code == (404 if "%3C" in address else 200)
    assert "<script>alert" not in response.text
    assert "<b>bold" not in response.text
    assert "<b>Prevention" not in response.text
    assert 'href="javascript' not in response.text
    assert 'href="data:' not in response.text
    assert '"onmouseover' not in response.text


@pytest.mark.parametrize("address", PAGES)
def test_long_names_do_not_make_a_page_large(address: str, client: FlaskClient) -> None:
    assert len(client.get(address, headers=HTML).data) <= 100_000


def test_names_are_set_apart_from_the_text_around_them(client: FlaskClient) -> None:
    text = client.get("/page/body/rtl", headers=HTML).text
    assert "<h1><bdi>المركز" in text
    assert '<dd lang="ar"><bdi>' not in text


def test_what_is_denied_is_no_edge_and_not_drawn(client: FlaskClient) -> None:
    page = client.get("/page/body/rtl", headers=HTML).text
    assert 'class="net"' not in page
    assert "denied: the source says that it is not so" in page
    assert "disputed" in page
    assert 'class="no-edge"' in page
    claim = client.get("/page/claim/c2", headers=HTML).text
    assert "No plain edge stands on this" in claim
    assert "This one is negated, planned and disputed" in claim
    assert "The words are changed" in claim


def test_a_drawing_says_how_many_more_there_are(client: FlaskClient) -> None:
    text = client.get("/page/country/XTA", headers=HTML).text
    assert text.count('class="leaf"') == MOST
    assert f"and {MANY + 1 - MOST} more" in text
