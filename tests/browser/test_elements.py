"""What the custom elements add: a network that answers to pointer and keys, a document whose words and claims light up together."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

Open = Callable[..., Page]
pytestmark = pytest.mark.usefixtures("bundle")


def focused(page: Page) -> str:
    """The name of the neighbour that has the focus."""
    return str(page.evaluate("() => document.activeElement.closest('a.leaf')?.querySelector('title').textContent ?? ''"))


def test_the_network_is_one_stop_of_the_tab_key(open_page: Open) -> None:
    page = open_page("/page/country/ESP")
    assert page.locator("a.leaf[tabindex='0']").count() == 1
    assert page.locator("a.leaf[tabindex='-1']").count() > 20


def test_arrow_keys_move_between_neighbours_and_say_what_is_known(open_page: Open) -> None:
    page = open_page("/page/country/ESP")
    page.locator("a.leaf[tabindex='0']").focus()
    first = focused(page)
    page.keyboard.press("ArrowDown")
    second = focused(page)
    assert second != first
    page.keyboard.press("ArrowUp")
    assert focused(page) == first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => document.activeElement.closest('.bunch').classList.contains('left')")
    page.keyboard.press("ArrowRight")
    assert not page.evaluate("() => document.activeElement.closest('.bunch').classList.contains('left')")
    page.keyboard.press("End")
    last = focused(page)
    page.keyboard.press("ArrowDown")
    assert focused(page) == last
    assert page.locator(".told a[href^='/page/claim/']").count() >= 1
    page.keyboard.press("Escape")
    assert focused(page) == ""
    assert page.locator(".net.has-focus").count() == 0


def test_what_belongs_together_lights_up(open_page: Open) -> None:
    page = open_page("/page/country/ESP")
    page.locator("a.leaf", has_text="Europol").first.hover()
    assert page.locator(".net.has-focus").count() == 1
    assert page.locator("a.leaf:not(.faint)").count() == 1
    assert page.locator("a.spoke:not(.faint)").count() == 2
    page.locator("a.hub", has_text="runs the practice").hover()
    assert page.locator("a.leaf:not(.faint)").count() == 4


def test_a_relation_can_be_switched_off_and_on(open_page: Open) -> None:
    page = open_page("/page/country/ESP")
    every = page.locator("a.leaf:visible").count()
    button = page.get_by_role("button", name="runs the practice")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator("a.leaf:visible").count() == every - 4
    assert f"{every - 4} of {every}" in page.locator(".told").inner_text()
    button.click()
    assert page.locator("a.leaf:visible").count() == every


def test_a_line_leads_to_its_claim_and_a_name_to_its_page(open_page: Open) -> None:
    page = open_page("/page/country/ESP")
    page.locator("a.leaf", has_text="EMPACT project").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/group/empact-cse")
    page.locator("a.spoke").first.evaluate("e => e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))")
    page.wait_for_url("**/page/claim/*")


def test_a_narrow_screen_begins_in_the_middle_of_the_drawing(open_page: Open) -> None:
    page = open_page("/page/country/ESP", width=375)
    middle = page.evaluate(
        "() => { const f = document.querySelector('.ego .scroll'); return [f.scrollLeft, (f.scrollWidth - f.clientWidth) / 2] }"
    )
    assert middle[0] > 0
    assert abs(middle[0] - middle[1]) <= 1


def test_words_and_claims_light_up_together(open_page: Open) -> None:
    page = open_page("/page/profile/spain-2018-cse")
    page.locator("#claim-35").hover()
    assert page.locator("mark.lit").count() >= 1
    assert "Spain co-drives" in page.locator("mark.lit").first.inner_text()
    page.locator("#mark-1").focus()
    assert page.locator(".beside li.lit").count() == 1


@pytest.mark.parametrize(
    ("address", "most"), [("/page/country/ESP", 60_000), ("/page/profile/spain-2018-cse", 60_000), ("/", 60_000), ("/sparql", 200_000)]
)
def test_the_scripts_of_a_page_are_small(address: str, most: int, open_page: Open, bundle: Path) -> None:
    """Bytes, packed; the query page brings a whole editor."""
    sources = open_page(address).evaluate("() => [...document.scripts].map((script) => script.src).filter(Boolean)")
    scripts = [bundle.parents[1] / "assets" / str(source).rpartition("/")[2] for source in sources]
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= most
