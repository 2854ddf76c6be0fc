"""The explorer in a real browser: by keys, by pointer, and for everybody."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import axe_finds

Open = Callable[..., Page]
SPAIN = "/explore?actor=country/ESP"
STATES = (
    "/explore",
    "/explore?q=euro",
    SPAIN,
    "/explore?actor=country/ESP&actor=body/europol&look=body/europol&said=2018&universal=down",
    "/explore?actor=country/ESP&look=claim/278ca91534a5564ae442&among=shown",
    "/explore?actor=group/eu-2022-property-crime-focus-day-focus-day&review=unreviewed&hide=country/ALB&kind=country",
)
LARGEST_SCRIPT = 200_000
WATCH_GLIDING = """() => {
    window.glided = false;
    const page = document.querySelector('liaison-explorer');
    new MutationObserver(() => { window.glided ||= page.classList.contains('is-gliding'); }).observe(page, { attributeFilter: ['class'] });
}"""
"""Keeps whether anything has moved to its place in steps."""
LARGEST_SHIFT = 0.02
"""How far a page may move by itself; 0.1 counts as good."""
pytestmark = pytest.mark.usefixtures("bundle")


def focus(page: Page) -> str:
    """The actor in the drawing that has the focus."""
    return str(page.evaluate("() => document.activeElement.closest('a.node')?.dataset.ref ?? ''"))


def drawn(page: Page) -> dict[str, str]:
    """Each actor of the drawing with its place."""
    found = page.locator("a.node").evaluate_all("all => all.map(node => [node.dataset.ref, node.getAttribute('transform')])")
    return {str(reference): str(place) for reference, place in found}


def rows(page: Page) -> set[str]:
    """The claims in the table."""
    return set(page.locator(".twin tbody tr").evaluate_all("all => all.map(row => row.id)"))


def settled(page: Page, address: re.Pattern[str]) -> None:
    """Wait until the address is reached and nothing moves any more."""
    expect(page).to_have_url(address)
    expect(page.locator("liaison-explorer:is(.is-waiting, .is-gliding)")).to_have_count(0)


def test_a_walk_by_the_keyboard(open_page: Open) -> None:
    page = open_page(SPAIN)
    assert page.locator("a.node[tabindex='0']").count() == 1
    page.locator("a.node[tabindex='0']").focus()
    assert focus(page) == "country/ESP"
    page.keyboard.press("ArrowRight")
    first = focus(page)
    assert first not in ("", "country/ESP")
    expect(page.locator(".told")).to_contain_text("tied to Spain")
    page.keyboard.press("ArrowLeft")
    assert focus(page) == "country/ESP"
    page.locator("a.node[data-ref='body/europol']").focus()
    before = drawn(page)
    page.keyboard.press("e")
    settled(page, re.compile(r"\?actor=country/ESP&expand=body/europol&most=100$"))
    assert focus(page) == "body/europol"
    after = drawn(page)
    assert {name: place for name, place in after.items() if name in before and name != "body/europol"} == {
        name: place for name, place in before.items() if name != "body/europol"
    }
    expect(page.locator(".told")).to_contain_text(f"{len(after) - len(before)} added")
    expect(page.locator(".told")).to_contain_text("up to 100 can be shown now")
    page.locator("input[name=kind][value=country]").check()
    settled(page, re.compile("kind=country"))
    assert {name.partition("/")[0] for name in drawn(page)} == {"country", "body"}
    assert len(rows(page)) == page.locator(".twin tbody tr").count() < len(after)
    page.locator("a.node[data-ref='country/ESP']").focus()
    page.keyboard.press("Enter")
    card = page.locator("#look")
    expect(card).to_be_focused()
    expect(card).to_contain_text(re.compile(r"is a member of \(\d+\)"))
    card.get_by_role("link", name=re.compile("is a member of Europol")).press("Enter")
    expect(card.locator("blockquote mark").first).to_contain_text("cooperation with Europol")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert focus(page) in ("country/ESP", "body/europol")
    page.keyboard.press("z")
    settled(page, re.compile(r"most=100$"))
    assert drawn(page) == after
    page.keyboard.press("z")
    settled(page, re.compile(r"\?actor=country/ESP$"))
    assert drawn(page) == before
    page.keyboard.press("y")
    settled(page, re.compile(r"most=100$"))
    shared = open_page(page.url.partition("/explore")[1] + page.url.partition("/explore")[2])
    assert drawn(shared) == drawn(page) == after
    assert rows(shared) == rows(page)


def test_hide_pin_and_move_by_keys(open_page: Open) -> None:
    page = open_page(SPAIN)
    node = page.locator("a.node[data-ref='body/interpol']")
    node.focus()
    place = drawn(page)["body/interpol"]
    page.keyboard.press("Shift+ArrowDown")
    settled(page, re.compile("pin=body/interpol@"))
    assert drawn(page)["body/interpol"] != place
    assert "pinned" in (node.get_attribute("class") or "")
    page.keyboard.press("p")
    settled(page, re.compile("ESP$"))
    assert drawn(page)["body/interpol"] == place
    page.keyboard.press("h")
    settled(page, re.compile("hide=body/interpol"))
    assert "body/interpol" not in drawn(page)
    expect(page.locator(".unshown")).to_contain_text("hidden actors: INTERPOL")
    page.get_by_role("button", name="Show INTERPOL again").click()
    settled(page, re.compile("ESP$"))
    assert "body/interpol" in drawn(page)


def test_the_focus_is_never_lost(open_page: Open) -> None:
    page = open_page("/explore?actor=group/eu-2022-property-crime-focus-day-focus-day")
    page.get_by_role("link", name="Skip to the drawing").press("Enter")
    start = focus(page)
    assert start == "group/eu-2022-property-crime-focus-day-focus-day"
    page.keyboard.press("End")
    assert focus(page) == page.locator("a.node").last.get_attribute("data-ref")
    page.keyboard.press("Home")
    page.keyboard.press("h")
    expect(page.locator(".told")).to_contain_text("is the only actor where you began")
    assert focus(page) == start
    page.get_by_role("link", name="Show them as well").press("Enter")
    settled(page, re.compile("review=unreviewed"))
    expect(page.locator("#explorer-status")).to_be_focused()


def test_evidence_opens_in_place_from_the_table(open_page: Open) -> None:
    page = open_page("/explore?actor=body/europol")
    button = page.locator(".twin td > a:only-child").first
    button.press("Enter")
    expect(page.locator("#look .stated-in").first).to_contain_text("the claim")
    page.keyboard.press("Escape")
    expect(page.locator("#look")).to_have_count(0)
    expect(button).to_be_focused()


def test_single_keys_can_be_turned_off(open_page: Open) -> None:
    page = open_page(SPAIN)
    page.get_by_role("button", name="Keys", exact=True).click()
    page.locator("a.node[data-ref='body/europol']").focus()
    page.keyboard.press("e")
    page.keyboard.press("h")
    page.wait_for_timeout(300)
    assert page.url.endswith(SPAIN)
    page.keyboard.press("ArrowLeft")
    assert focus(page) not in ("", "body/europol")
    page.reload()
    assert page.get_by_role("button", name="Keys", exact=True).get_attribute("aria-pressed") == "false"


def test_pointer_drag_pan_and_zoom(open_page: Open) -> None:
    page = open_page(SPAIN)
    node = page.locator("a.node[data-ref='group/empact-cse'] use")
    box = node.bounding_box()
    assert box
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 50, steps=4)
    page.mouse.up()
    settled(page, re.compile("pin=group/empact-cse@"))
    assert page.locator("#look").count() == 0, "a drag is no click"
    frame = page.locator(".drawn .scroll").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + 12, frame["y"] + 12)
    page.mouse.down()
    page.mouse.move(frame["x"] + 80, frame["y"] + 40, steps=3)
    page.mouse.up()
    scale = "() => new DOMMatrix(getComputedStyle(document.querySelector('.plane')).transform).a"
    moved = page.locator(".plane").evaluate("e => e.style.transform")
    assert "translate(68px, 28px)" in moved
    page.get_by_role("button", name="Larger").click()
    assert page.evaluate(scale) > 1.2
    page.keyboard.press("f")
    assert page.evaluate(scale) == 1


def test_two_fingers_enlarge(open_page: Open) -> None:
    page = open_page(SPAIN, width=375)
    scale = "() => new DOMMatrix(getComputedStyle(document.querySelector('.plane')).transform).a"
    before = page.evaluate(scale)
    page.locator(".drawn .scroll").evaluate(
        """frame => {
            const { left, top } = frame.getBoundingClientRect();
            frame.setPointerCapture = () => {};
            const send = (name, id, x) => frame.dispatchEvent(new PointerEvent(name, { pointerId: id, clientX: left + x, clientY: top + 60, bubbles: true }));
            send('pointerdown', 1, 100); send('pointerdown', 2, 140);
            for (let x = 140; x <= 180; x += 8) send('pointermove', 2, x);
            send('pointerup', 1, 100); send('pointerup', 2, 180);
        }"""
    )
    assert page.evaluate(scale) == pytest.approx(2 * before, rel=0.05)


def test_a_click_on_a_line_shows_the_words_beside_the_drawing(open_page: Open) -> None:
    page = open_page(SPAIN)
    line = page.locator("a.line", has=page.locator("title", has_text="Spain co-drives"))
    line.dispatch_event("click")
    card = page.locator("#look")
    expect(card).to_be_focused()
    expect(card.locator("blockquote mark")).to_contain_text("Spain co-drives the CSE EMPACT Group in Europol")
    assert "chosen" in (line.get_attribute("class") or "")
    card.get_by_role("link", name="Close").click()
    expect(card).to_have_count(0)


def test_the_slider_lights_what_was_said_in_a_year(open_page: Open) -> None:
    page = open_page(SPAIN)
    slider = page.get_by_label("Year of the evidence", exact=True)
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator(".lens output")).to_contain_text("said then")
    lit = page.locator("a.line.lit").count()
    assert lit > 0
    settled(page, re.compile("said=20"))
    assert page.locator("a.line.lit").count() == lit
    page.locator(".tools button", has_text="Fit").focus()
    assert page.locator("a.node").count() == 33, "nothing is left out"


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
@pytest.mark.parametrize("address", STATES)
def test_axe_finds_nothing_wrong(address: str, scheme: str, width: int, open_page: Open, axe: str) -> None:
    page = open_page(address, scheme=scheme, width=width)
    assert axe_finds(page, axe) == []


def test_forced_colours_and_no_movement(browser: Browser, site: str, axe: str) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + SPAIN)
    assert axe_finds(page, axe) == []
    line = page.locator("a.line path:not(.grip)").first
    assert line.evaluate("e => getComputedStyle(e).stroke") == page.evaluate(
        "() => { const e = document.createElement('i'); e.style.color = 'CanvasText'; document.body.append(e); return getComputedStyle(e).color }"
    )
    page.locator("a.node[data-ref='body/europol']").focus()
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile("expand="))
    expect(page.locator("a.node.fresh").first).to_be_attached()
    assert page.locator("a.node.fresh").first.evaluate("e => getComputedStyle(e).animationName") == "none"
    context.close()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_who_wants_no_movement_sees_each_step_at_once(motion: Literal["reduce", "no-preference"], browser: Browser, site: str) -> None:
    moves = motion == "no-preference"
    context = browser.new_context(reduced_motion=motion)
    page = context.new_page()
    page.goto(site + SPAIN)
    page.evaluate(WATCH_GLIDING)
    page.locator("a.node[data-ref='body/europol']").focus()
    page.keyboard.press("e")
    settled(page, re.compile("expand="))
    assert page.evaluate("() => window.glided") is moves
    assert (page.locator("a.node").first.evaluate("e => getComputedStyle(e).transitionDuration") != "0s") is moves
    context.close()


@pytest.mark.parametrize("address", STATES)
def test_nothing_is_wider_than_a_narrow_screen(address: str, open_page: Open) -> None:
    page = open_page(address, width=320)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_without_scripts_one_expands_filters_and_hides(open_page: Open) -> None:
    page = open_page(SPAIN, script=False)
    assert page.locator("a.node").count() == 33
    assert page.locator(".twin tbody tr").count() == 35
    page.locator(".actors").get_by_role("button", name="Europol", exact=True).click()
    page.get_by_role("button", name=re.compile(r"has an operational agreement with \(\d+\)")).click()
    expect(page).to_have_url(re.compile(r"expand=body/europol~hasOperationalAgreementWith~object"))
    assert page.locator("a.node[data-ref='country/NOR']").count() == 1
    page.locator("#look").get_by_role("button", name="Hide").click()
    assert page.locator("a.node[data-ref='body/europol']").count() == 0
    page.locator("input[name=certainty][value=stated]").check()
    page.locator(".apply").click()
    expect(page.locator(".unshown")).to_contain_text("that the filters")
    page.locator(".twin summary", has_text="sentence").first.click()
    expect(page.locator(".twin details[open] q")).not_to_have_count(0)


def test_nothing_jumps_when_the_script_begins(open_page: Open) -> None:
    page = open_page(SPAIN)
    page.wait_for_timeout(400)
    shift = page.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 200);
        })"""
    )
    assert shift <= LARGEST_SHIFT


def test_targets_are_large_enough(open_page: Open) -> None:
    small = """() => [...document.querySelectorAll('main button, main summary, main label.choice, main select, .status a, .close')]
        .filter(e => e.checkVisibility() && !e.classList.contains('hidden')).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, r]) => r.height < 23.5 || r.width < 23.5).map(([html]) => html)"""
    assert open_page(f"{SPAIN}&look=body/europol").evaluate(small) == []


def test_the_script_is_small(open_page: Open, bundle: Path) -> None:
    page = open_page(SPAIN)
    page.wait_for_load_state("networkidle")
    sources = page.evaluate("() => performance.getEntriesByType('resource').map(e => e.name).filter(name => name.endsWith('.js'))")
    scripts = [bundle.parents[1] / "assets" / str(source).rpartition("/")[2] for source in sources]
    assert scripts
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= LARGEST_SCRIPT
