"""What a person does with comparisons in a browser: chooses, reads across, follows a cell to its words, by keyboard and on a telephone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_finds

TWO = "/compare?of=country/ESP&of=country/FIN"
PAGES = (
    "/compare", "/compare?of=a", "/compare?of=country/ESP", "/compare?of=profile/spain-2018-cse", TWO, f"{TWO}&topic=cse", f"{TWO}&part=networks", f"{TWO}&part=drawing",
    "/compare?of=country/EST@2010&of=country/EST@2018&of=country/RUS@2018&of=country/RUS@2024", "/compare/evidence?of=country/FIN&on=body/eucpn",
    "/compare/evidence?of=country/FIN&on=group/empact-cse", "/compare/evidence?of=country/ESP&section=objectives",
)  # fmt: skip
Open = Callable[..., Page]


def errors(address: str) -> str:
    """What the browser may complain of: the status of an answer in words is an error to its console."""
    return "400" if address.endswith("of=a") else "-"


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_wrong(address: str, scheme: str, width: int, open_page: Open, axe: str) -> None:
    page = open_page(address, scheme=scheme, width=width, expected=errors(address))
    assert axe_finds(page, axe) == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_a_narrow_screen(address: str, open_page: Open) -> None:
    page = open_page(address, width=320, script=False, expected=errors(address))
    assert page.locator("main h1").count() == 1
    wide = open_page(address, width=320, expected=errors(address))
    assert wide.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_targets_that_stand_alone_are_large_enough(open_page: Open) -> None:
    small = """() => [...document.querySelectorAll('main button, main input:not([type=hidden]), main select, main summary, main nav a, .matrix a, .data a, .choose-bar button')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, r]) => r.height < 23.5 || r.width < 23.5).map(([html]) => html)"""
    for address in ("/compare", "/compare?of=country/ESP", TWO):
        assert open_page(address).evaluate(small) == [], address


def test_two_countries_are_chosen_from_the_table_and_a_cell_leads_to_its_words(open_page: Open) -> None:
    page = open_page("/compare", script=False)
    page.get_by_role("checkbox", name="Choose Spain").check()
    page.get_by_role("checkbox", name="Choose Finland").check()
    page.get_by_role("button", name="Compare the chosen countries").click()
    expect(page).to_have_url(re.compile(r"of=country/FIN&of=country/ESP$|of=country%2FFIN&of=country%2FESP$"))
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="EMPACT project on child sexual exploitation"))
    expect(row).to_contain_text("not mentioned")
    row.get_by_role("link", name="co-drives").click()
    expect(page.locator("main")).to_contain_text("Spain co-drives the CSE EMPACT Group in Europol.")


def test_an_empty_cell_says_why_it_is_empty(open_page: Open) -> None:
    page = open_page(TWO)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="EMPACT project on child sexual exploitation"))
    row.get_by_role("link", name="not mentioned").click()
    expect(page.locator("main .lead")).to_contain_text("That is not “no”.")


def test_the_keyboard_writes_a_question_and_reads_across(open_page: Open) -> None:
    page = open_page("/compare")
    page.get_by_label("First country").focus()
    page.keyboard.type("Spain")
    page.keyboard.press("Tab")
    page.keyboard.type("Finland")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare\?of=country/ESP&of=country/FIN$"))
    region = page.get_by_role("region", name="Networks and bodies, which can be scrolled")
    for _ in range(60):
        page.keyboard.press("Tab")
        if region.evaluate("e => e === document.activeElement"):
            break
    assert region.evaluate("e => e === document.activeElement")


def test_the_first_column_stays_where_a_wide_table_is_scrolled(open_page: Open) -> None:
    page = open_page(f"{TWO}&of=country/DEU&of=country/FRA", width=800)
    region = page.get_by_role("region", name="Networks and bodies, which can be scrolled")
    head = region.locator("tbody th").nth(1)
    before = head.bounding_box()
    region.evaluate("e => { e.scrollLeft = 150 }")
    after = head.bounding_box()
    assert region.evaluate("e => e.scrollLeft") == 150
    assert before
    assert after
    assert abs(before["x"] - after["x"]) < 2


def test_on_a_narrow_screen_all_that_is_compared_is_in_view_one_under_another(open_page: Open) -> None:
    page = open_page(TWO, width=320)
    wide = "() => [...document.querySelectorAll('.side')].filter(e => e.scrollWidth > e.clientWidth).length"
    assert page.evaluate(wide) == 0
    row = page.get_by_role("region", name="Networks and bodies, which can be scrolled").locator("tbody tr:not(.group)").first
    spain, finland = (row.locator("td").nth(place).bounding_box() for place in (0, 1))
    assert spain
    assert finland
    assert (spain["x"], spain["width"]) == (finland["x"], finland["width"])
    assert spain["y"] + spain["height"] <= finland["y"]
    assert row.locator("td .of").all_inner_texts() == ["Spain", "Finland"]


def test_print_keeps_the_words_the_sources_and_the_legend(open_page: Open) -> None:
    page = open_page(TWO)
    assert not page.get_by_role("heading", name="The words behind the cells").is_visible()
    page.emulate_media(media="print")
    for place in (".words-of blockquote", ".words-of .row-words, .words-of .quiet", ".signs dd"):
        assert page.locator(place).first.is_visible(), place


@pytest.mark.usefixtures("bundle")
@pytest.mark.parametrize("width", [1280, 320])
def test_a_drawing_in_a_frame_does_not_move_while_it_loads(width: int, open_page: Open) -> None:
    page = open_page("/embed/body/europol", width=width)
    page.wait_for_function("() => customElements.get('liaison-ego')")
    shift = """() => new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)));
    })"""
    assert page.evaluate(shift) == 0
    seen = "() => [...document.querySelectorAll('a.leaf, .neighbours li > a')].filter(e => { const r = e.getBoundingClientRect(); return r.width && r.left >= 0 && r.right <= innerWidth; }).length"
    assert page.evaluate(seen) >= 40
