"""The search field by keyboard, as the pattern of the combobox asks, and without scripts as a plain form."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import axe_finds

Open = Callable[..., Page]
pytestmark = pytest.mark.usefixtures("bundle")
SWITCH = "[data-single-keys] button"


def typing(page: Page, text: str) -> None:
    """Go to the field by its key and type; wait for the list."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(page.locator(".found:visible")).to_be_visible()


def active(page: Page) -> str:
    """The words of the option that is active, empty if none is; the field itself keeps the focus."""
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "combobox"
    words = "() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant') ?? '')?.textContent ?? ''"
    return str(page.evaluate(words))


def test_a_key_leads_to_the_field_and_arrows_through_the_list(open_page: Open) -> None:
    page = open_page("/about")
    typing(page, "europol")
    field = page.get_by_role("combobox", name="Search for names and words")
    expect(field).to_be_focused()
    expect(field).to_have_value("europol")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"#{field.get_attribute('aria-controls')}")).to_have_attribute("role", "listbox")
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("Europol")
    page.keyboard.press("ArrowDown")
    second = active(page)
    page.keyboard.press("ArrowUp")
    assert active(page) != second
    page.keyboard.press("ArrowUp")
    assert active(page) == "", "from the first option back to the field"
    page.keyboard.press("ArrowUp")
    assert active(page) == "All that is found for “europol”"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/body/europol")


def test_enter_without_an_option_sends_the_form(open_page: Open) -> None:
    page = open_page("/about")
    typing(page, "police")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=police")
    expect(page.get_by_role("heading", level=1)).to_contain_text("police")


def test_escape_closes_the_list_and_a_letter_opens_it_again(open_page: Open) -> None:
    page = open_page("/about")
    typing(page, "euro")
    page.keyboard.press("Escape")
    field = page.get_by_role("combobox", name="Search for names and words")
    expect(page.locator(".found:visible")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("euro")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found:visible")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".found:visible")).to_have_count(0)


def test_options_stand_in_named_groups_and_their_number_is_told(open_page: Open) -> None:
    page = open_page("/about")
    typing(page, "europol")
    for title in ("Bodies", "Sentences"):
        expect(page.get_by_role("group", name=title).get_by_role("option").first).to_be_visible()
    number = page.get_by_role("option").count() - 1
    expect(page.locator("liaison-find.find [role=status]")).to_have_text(f"{number} suggestions. The down arrow leads to them.")


def test_a_suggested_sentence_leads_to_its_place(open_page: Open) -> None:
    page = open_page("/")
    typing(page, "spain co-drives")
    page.get_by_role("option", name=re.compile("^Spain co-drives")).click()
    page.wait_for_url("**/page/profile/spain-2018-cse#sentence-*")
    expect(page.locator(".line:target")).to_contain_text("Spain co-drives")


def test_the_key_is_a_letter_where_somebody_writes(open_page: Open) -> None:
    page = open_page("/about")
    page.locator("#find").focus()
    page.keyboard.type("and/or")
    expect(page.locator("#find")).to_have_value("and/or")


def test_single_keys_can_be_switched_off_for_every_page(open_page: Open) -> None:
    page = open_page("/about")
    switch = page.locator(SWITCH)
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.goto(page.url.replace("/about", "/countries"))
    expect(page.locator(SWITCH)).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("/")
    expect(page.locator("#find")).not_to_be_focused()
    page.locator(SWITCH).click()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_without_an_answer_the_form_still_works(open_page: Open) -> None:
    page = open_page("/about", expected="Failed to load resource")

    def fail(route: Route) -> None:
        route.fulfill(status=503, body="")

    page.route("**/api/suggest*", fail)
    page.keyboard.press("/")
    with page.expect_response("**/api/suggest*"):
        page.keyboard.type("spain")
    expect(page.locator(".found:visible")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=spain")


def test_without_scripts_it_is_a_form_and_choices_are_links(open_page: Open) -> None:
    page = open_page("/about", script=False)
    expect(page.locator("[data-single-keys]")).to_be_hidden()
    page.locator("#find").fill("police")
    page.locator("#find").press("Enter")
    page.get_by_role("navigation", name="Kinds").get_by_role("link", name=re.compile("^Bodies")).click()
    page.locator(".facets summary", has_text="Country").click()
    page.locator(".facets").get_by_role("link", name=re.compile("^Germany")).click()
    page.wait_for_url("**/search?q=police&kind=body&country=DEU")
    page.get_by_role("link", name=re.compile("^Country: Germany.*take away$")).click()
    page.wait_for_url("**/search?q=police&kind=body")


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing_wrong_in_the_open_list(scheme: str, width: int, open_page: Open, axe: str) -> None:
    for address in ("/about", "/"):
        page = open_page(address, scheme=scheme, width=width)
        typing(page, "euro")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        box = page.locator(".found:visible").bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        small = "() => [...document.querySelectorAll('[role=option]')].filter(e => e.getBoundingClientRect().height < 24).length"
        assert page.evaluate(small) == 0
        assert axe_finds(page, axe, is_unfolded=False) == []
