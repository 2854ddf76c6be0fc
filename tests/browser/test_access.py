"""Everybody can read the pages: in light and dark, on a telephone, without a mouse, without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_finds

PAGES = (
    "/", "/search?q=euro", "/countries", "/groups", "/downloads", "/about", "/ontology", "/ontology/role", "/ontology/relations", "/releases", "/docs", "/sparql", "/page/profile/finland-2024-crime-prevention", "/page/country/ESP", "/page/body/europol", "/page/group/ets-185",
    "/page/policy/spain-2018-cse", "/page/profile/spain-2018-cse", "/page/body/eu?relation=memberOf&side=object", "/page/row/bodies-europol", "/embed/body/europol",
    "/paths", "/paths?from=country/ESP&to=country/JPN&year=2018&limit=4", "/paths?from=Agency&to=Europol",
)  # fmt: skip
Open = Callable[..., Page]


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_wrong(address: str, scheme: str, width: int, open_page: Open, axe: str) -> None:
    assert axe_finds(open_page(address, scheme=scheme, width=width), axe) == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_a_narrow_screen(address: str, open_page: Open) -> None:
    page = open_page(address, width=320)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_without_scripts(address: str, open_page: Open) -> None:
    page = open_page(address, script=False)
    assert page.locator("main h1").count() == 1
    assert page.locator("main").inner_text().strip()
    if address == "/page/country/ESP":
        assert page.locator("a.leaf").count() > 20
        assert page.locator("table.claims").count() > 5
        page.get_by_role("link", name="Spain co-drives the CSE EMPACT Group in Europol.").click()
        expect(page).to_have_url(re.compile("#sentence-spain-2018-cse-"))


def test_the_keyboard_reaches_the_content_first_and_then_everything(open_page: Open) -> None:
    page = open_page("/page/country/ESP")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
    seen: set[str] = set()
    for _ in range(260):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "() => document.activeElement.className + ' ' + document.activeElement.closest('section, figure, footer')?.className"
            )
        )
        if page.evaluate("() => Boolean(document.activeElement.closest('footer'))"):
            break
    assert any(name.startswith("claim-link") for name in seen)
    assert any("bottom" in name for name in seen), "the focus never leaves the page's content"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_can_be_seen(scheme: str, open_page: Open) -> None:
    page = open_page("/", scheme=scheme)
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        assert style[0] == "solid"
        assert style[1] >= 2


def test_targets_that_stand_alone_are_large_enough(open_page: Open) -> None:
    small = """() => [...document.querySelectorAll('button, input, summary, nav a, .contents a, .legend a, .hits a, .data a, a.claim-link, a.leaf, a.n')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, r]) => r.height < 23.5 || r.width < 23.5).map(([html]) => html)"""
    for address in ("/", "/page/country/ESP", "/page/profile/spain-2018-cse", "/search?q=euro"):
        assert open_page(address).evaluate(small) == [], address


def test_two_clicks_lead_from_the_first_page_to_the_lit_sentence(open_page: Open) -> None:
    page = open_page("/")
    page.locator(".said").get_by_role("link", name="Spain co-drives the CSE EMPACT Group in Europol").click()
    lit = page.locator(".line:target")
    assert "Spain co-drives" in lit.inner_text()
    assert lit.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.wait_for_function(
        "() => { const r = document.querySelector('.line:target').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )
