"""The picture that the explorer draws: names that can be read, files that say what they show, and names that try to break out."""

import base64
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import axe_finds
from tests.conftest import running
from tests.hostile import hostile_app

Open = Callable[..., Page]
SPAIN = "/explore?actor=country/ESP"
CUT_NAMES = """() => {
    const frame = document.querySelector('.drawn .scroll').getBoundingClientRect();
    return [...document.querySelectorAll('.node text')].map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([, r]) => r.width && r.right > frame.left && r.left < frame.right && (r.left < frame.left || r.right > frame.right)).map(([text]) => text);
}"""
"""The names of which only a part is in view, from left to right."""
HIDDEN_NAMES = """() => {
    const frame = document.querySelector('.drawn .scroll').getBoundingClientRect();
    return [...document.querySelectorAll('.node.unnamed use')].map(e => e.getBoundingClientRect())
        .filter(r => r.left > frame.left && r.right < frame.right && r.top > frame.top && r.bottom < frame.bottom).length;
}"""
"""How many signs are in view without their names."""
INK_IN_ROWS = """async ([picture, top, high]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const drawn = new OffscreenCanvas(image.width, high).getContext('2d');
    drawn.drawImage(image, 0, -top);
    const { data } = drawn.getImageData(0, 0, image.width, high);
    let dark = 0;
    for (let place = 0; place < data.length; place += 4) if (data[place] < 90 && data[place + 3] > 200) dark += 1;
    return dark;
}"""
"""Dark dots in some rows of a picture."""
pytestmark = pytest.mark.usefixtures("bundle")


def test_names_are_never_too_small(open_page: Open) -> None:
    page = open_page("/explore?actor=country/ESP&actor=body/europol&expand=body/interpol&most=400")
    page.wait_for_timeout(400)
    least = """() => Math.min(...[...document.querySelectorAll('.node text')].filter(e => getComputedStyle(e).display !== 'none')
        .map(e => parseFloat(getComputedStyle(e).fontSize) * parseFloat(getComputedStyle(e).scale) * e.closest('svg').getScreenCTM().a))"""
    assert page.evaluate(least) >= 10.9
    hidden = page.locator("a.node.unnamed").first
    assert hidden.locator("text").evaluate("e => getComputedStyle(e).display") == "none"
    hidden.focus()
    assert hidden.locator("text").evaluate("e => getComputedStyle(e).display") != "none"


def test_what_is_seen_can_be_saved_as_a_picture(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SPAIN)
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    saved.value.save_as(tmp_path / "picture.png")
    content = (tmp_path / "picture.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) > 30_000, "an empty picture is smaller"


def test_the_picture_is_drawn_from_the_file_that_says_what_it_shows(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SPAIN)
    drawn_from: list[str] = []
    page.on("response", lambda answer: drawn_from.append(answer.text()) if "/explore.svg" in answer.url else None)
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    saved.value.save_as(tmp_path / "picture.png")
    (source,) = drawn_from
    key = source.partition('<g class="key">')[2]
    assert all(word in key for word in ("Spain in the explorer", "Liaison, release ", ">body<", ">derived<"))
    _left, top, wide, high = map(int, re.findall(r"-?\d+", source.partition('viewBox="')[2].partition('"')[0]))
    size = struct.unpack(">II", (tmp_path / "picture.png").read_bytes()[16:24])
    assert size == (2 * wide, 2 * high), "all of it, the legend as well"
    row = int(re.search(r'<text class="title" x="-?\d+" y="(-?\d+)"', key)[1]) - top  # type: ignore[index]
    unguarded = page.context.new_page()
    inked = unguarded.evaluate(INK_IN_ROWS, [base64.b64encode((tmp_path / "picture.png").read_bytes()).decode(), 2 * row - 20, 24])
    assert inked > 100, "the title is there"


@pytest.mark.parametrize("width", [375, 1280])
def test_no_name_is_cut_by_the_edge(width: int, open_page: Open) -> None:
    page = open_page(SPAIN, width=width)
    page.wait_for_timeout(400)
    assert page.evaluate(CUT_NAMES) == []
    page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Move the view left").click()
    page.wait_for_timeout(400)
    assert page.evaluate(CUT_NAMES) == []


def test_more_names_show_the_larger_it_is_and_all_on_paper_that_have_room(open_page: Open) -> None:
    page = open_page(SPAIN)
    page.wait_for_timeout(400)
    hidden = [page.evaluate(HIDDEN_NAMES)]
    for _ in range(2):
        page.get_by_role("button", name="Larger").click()
        page.wait_for_timeout(400)
        hidden.append(page.evaluate(HIDDEN_NAMES))
    assert hidden[0] > 0
    assert hidden == sorted(hidden, reverse=True)
    assert hidden[-1] == 0
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    paper = page.locator("svg.explored").evaluate("e => e.style.getPropertyValue('--larger')")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert float(page.locator("svg.explored").evaluate("e => e.style.getPropertyValue('--larger')")) < float(paper)


@pytest.fixture(scope="module")
def hostile_site() -> Iterator[str]:
    """The address of a server over names that try to break out, and an actor with 5,000 relations."""
    with running(hostile_app(5000)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
def test_hostile_names_and_thousands_of_relations(scheme: str, width: int, browser: Browser, hostile_site: str, axe: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900})
    page, complaints = context.new_page(), []
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{hostile_site}/explore?actor=country/XTA&look=body/long")
    expect(page.locator(".status")).to_contain_text("50 of 5,002 actors")
    assert page.locator("a.node").count() == 50
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.locator("a.node[data-ref='country/XTA']").focus()
    expect(page.locator(".told")).to_contain_text("tied to")
    page.keyboard.press("Enter")
    expect(page.locator("#look")).to_contain_text("</title><script>alert('name')</script>")
    assert axe_finds(page, axe) == []
    page.goto(f"{hostile_site}/explore?actor=body/rtl")
    expect(page.locator(".begun")).to_contain_text("المركز")
    page.goto(f"{hostile_site}/explore?actor=body/cyrillic")
    expect(page.locator(".begun")).to_contain_text("Агенция за предотвратяване на престъпността <b>и превенция</b>")
    assert " ".join(page.locator("a.node.start tspan").all_text_contents()).startswith("Агенция за")
    assert page.evaluate(CUT_NAMES) == []
    page.goto(f"{hostile_site}/explore?q=престъпността")
    expect(page.locator(".hits")).to_contain_text("Агенция за предотвратяване")
    assert complaints == []
    context.close()
