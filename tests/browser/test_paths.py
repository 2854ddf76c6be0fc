"""Finding paths as a person does: with the keyboard alone, without scripts, on a narrow screen, in any colours."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_finds

Open = Callable[..., Page]
FOUND = "/paths?from=country/ESP&to=body/europol&limit=6"


def test_from_the_first_page_to_the_words_of_a_hop_by_keyboard_without_scripts(open_page: Open) -> None:
    page = open_page("/", script=False)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Paths").press("Enter")
    page.get_by_label("From", exact=True).press_sequentially("España")
    page.keyboard.press("Tab")
    page.keyboard.type("Europol")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("to=Europol"))
    expect(page.get_by_role("heading", level=1)).to_have_text("How Spain and Europol are connected")
    page.get_by_role("link", name=re.compile("Spain co-drives the CSE EMPACT Group in Europol")).first.press("Enter")
    expect(page).to_have_url(re.compile("#sentence-spain-2018-cse-"))


def test_a_name_that_several_bear_is_chosen_and_the_rest_stays_as_asked(open_page: Open) -> None:
    page = open_page("/paths?from=Agency&to=Spain&length=3")
    page.get_by_role("link", name="ENISA").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("How ENISA and Spain are connected")
    assert "length=3" in page.url


def test_a_condition_is_set_with_the_keyboard_and_can_be_taken_back(open_page: Open) -> None:
    page = open_page(FOUND)
    page.locator(".filters summary").press("Enter")
    page.get_by_label("Working together").press("Space")
    page.get_by_label("In the year").press_sequentially("2018")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("relation=cooperation"))
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("only working together; in 2018")
    expect(page.get_by_label("Working together")).to_be_checked()
    page.get_by_role("link", name="Without conditions").press("Enter")
    expect(page.get_by_role("main").get_by_role("status")).not_to_contain_text("Asked for")


def test_a_line_of_the_drawing_leads_to_its_hop_and_a_name_to_its_page(open_page: Open) -> None:
    page = open_page(FOUND)
    line = page.locator(".lanes a.spoke").first
    target = line.get_attribute("href")
    line.dispatch_event("click")
    expect(page).to_have_url(re.compile(f"{target}$"))
    assert page.locator(".hops li:target").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.locator(".lanes a.leaf").first.press("Enter")
    expect(page).to_have_url(re.compile("/page/"))


def test_no_text_of_the_drawing_lies_on_another(open_page: Open) -> None:
    page = open_page("/paths?from=topic/burglary&to=channel/darknet&length=6&limit=6&avoid=topics")
    boxes = page.locator(".lanes text").evaluate_all(
        "all => all.map(e => { const b = e.getBoundingClientRect(); return [e.textContent, b.left, b.top, b.right, b.bottom] })"
    )
    assert len(boxes) > 20
    over = [
        (one[0], other[0])
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > 2 and min(one[4], other[4]) - max(one[2], other[2]) > 3
    ]
    assert over == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_on_the_narrowest_screen(scheme: str, open_page: Open, axe: str) -> None:
    assert axe_finds(open_page(FOUND, scheme=scheme, width=320), axe) == []


def test_what_stands_alone_is_large_enough_and_nothing_is_lost_in_forced_colours(open_page: Open) -> None:
    page = open_page(FOUND, width=375)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, main input:not([type=checkbox]), main select, main summary, .pager a, .data a, a.leaf, a.claim-link, label.box')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, r]) => r.height < 23.5 || r.width < 23.5).map(([html]) => html)"""
    )
    assert small == []
    page.emulate_media(forced_colors="active")
    assert page.locator(".lanes a.spoke path").first.evaluate("e => getComputedStyle(e).stroke") != "none"
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator(".asking").first.evaluate("e => getComputedStyle(e).display") == "none"
    assert page.locator(".hops blockquote").first.is_visible()
    folded = page.locator(".hops details:not([open]) .also")
    assert folded.count()
    assert folded.first.evaluate("e => e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height > 0")
    assert page.locator(".hops summary").first.evaluate("e => getComputedStyle(e).breakAfter") == "avoid"
