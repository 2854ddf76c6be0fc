"""A reviewer in a real browser: a whole profile by the keyboard alone, and every page for everybody."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graph.decisions import log
from tests.browser.accessibility import axe_finds
from tests.conftest import end
from tests.few_rules import few_rules
from webapp import create_app
from webapp.config import Config
from webapp.listening import listen, serving
from webapp.review.office import Office
from webapp.review.reviewers import Reviewers

KEY = "spain-2018-cse"
PAGES = (
    "/review", f"/review/profile/{KEY}", "SENTENCE", f"/review/text/{KEY}", "/review/queue", "/review/actors", "MERGE", "/review/upload",
    "/review/log", "/review/figures", "/review/publish",
)  # fmt: skip
MOST_PRESSES = 3
Enter = Callable[..., Page]


class Desk:
    """A server with a small data folder of its own, and a token for it."""

    def __init__(self, folder: Path, releases: Path) -> None:
        """Serve it."""
        config = Config(data=folder / "data", releases=releases, reviewers=folder / "reviewers.json")
        self.data, self.token = folder / "data", Reviewers(config.reviewers).add("ana")
        self.app = create_app(config)
        listening = listen("127.0.0.1", 0)
        self._server = serving(self.app, listening, config)
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()

    @property
    def acts(self) -> list[str]:
        """What is recorded."""
        return [event.act for event in log.read(self.data / "decisions").events]

    def close(self) -> None:
        """End the server."""
        end(self._server)
        self._thread.join()
        self.app.extensions["room"].close()
        self.app.extensions["live"].close()


@pytest.fixture
def desk(data: Path, releases: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with one profile on which nobody has decided."""
    folder = few_rules(data, tmp_path / "data")
    (folder / "profiles").mkdir()
    shutil.copy(data / "profiles" / f"{KEY}.txt", folder / "profiles")
    own = tmp_path / "releases"
    own.mkdir()
    for path in releases.iterdir():
        (own / path.name).symlink_to(path)
    made = Desk(tmp_path, own)
    yield made
    made.close()


@pytest.fixture
def enter(browser: Browser, desk: Desk) -> Iterator[Enter]:
    """Signs a reviewer in; at the end, what the pages complained of is an error."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(*, scheme: str = "light", width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            base_url=desk.address,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(desk.address) else None)
        page.goto("/review")
        page.get_by_label("Your token").fill(desk.token)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="What waits")).to_be_visible()
        while page.get_by_text("is being read").count():
            page.wait_for_timeout(300)
            page.reload()
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def begin(page: Page) -> None:
    """Go to the first sentence that waits."""
    page.get_by_role("link", name=f"Review {KEY}").click()
    expect(page.get_by_role("heading", name="Do these words say this?")).to_be_visible()


def test_a_whole_profile_is_reviewed_by_the_keyboard_alone(enter: Enter, desk: Desk) -> None:
    page = enter()
    waited = int(re.search(r"(\d+) wait", page.locator(".progress").first.inner_text())[1])  # type: ignore[index]
    while page.evaluate("() => !document.activeElement.matches('a.go')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/sentence/**")
    page.evaluate("() => sessionStorage.setItem('presses', '0')")
    count = (
        "() => addEventListener('keydown', () => sessionStorage.setItem('presses', Number(sessionStorage.getItem('presses')) + 1), true)"
    )
    presses: list[int] = []
    while re.search(r"/review/sentence/", page.url):
        expect(page.locator("[data-waits]").first).to_be_focused()
        page.evaluate(count)
        before, address = len(desk.acts), page.url
        page.keyboard.press("r" if len(presses) % 3 == 0 else "a")
        page.wait_for_url(lambda url, address=address: url != address)
        presses.append(int(page.evaluate("() => sessionStorage.getItem('presses')")) - sum(presses))
        assert len(desk.acts) == before + 1
    assert len(presses) == waited > MOST_PRESSES
    assert median(presses) <= MOST_PRESSES
    assert {"accept", "reject"} == set(desk.acts)
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()


def test_a_correction_an_undo_and_a_skip_by_the_keyboard(enter: Enter, desk: Desk) -> None:
    page = enter()
    begin(page)
    claim = page.locator("[data-waits]").first
    expect(claim).to_be_focused()
    page.keyboard.press("e")
    field = claim.get_by_label("To whom", exact=True)
    expect(claim.get_by_label("Who", exact=True)).to_be_focused()
    field.fill("Europol")
    page.keyboard.press("a")
    expect(field).to_have_value("Europola")
    assert desk.acts == []
    page.keyboard.press("Escape")
    expect(claim).to_be_focused()
    page.keyboard.press("e")
    field.fill("Eurojust")
    page.keyboard.press("Enter")
    expect(page.locator(".did")).to_contain_text("Eurojust")
    expect(page.locator("[data-waits]").first).to_be_focused()
    assert desk.acts == ["correct"]
    page.keyboard.press("u")
    expect(page.locator(".did")).to_contain_text("undo of correct")
    expect(page.locator("[data-waits]").first).to_be_focused()
    assert desk.acts == ["correct", "undo"]
    first = page.url
    page.keyboard.press("s")
    page.wait_for_url(lambda url: url.split("?")[0] != first.split("?")[0])


def test_a_note_is_written_by_the_keyboard_and_goes_with_the_next_decision(enter: Enter, desk: Desk) -> None:
    page = enter()
    begin(page)
    claim = page.locator("[data-waits]").first
    expect(claim).to_be_focused()
    page.keyboard.press("n")
    note = claim.locator("details.noted textarea")
    expect(note).to_be_focused()
    page.keyboard.type("are they? no")
    page.keyboard.press("Enter")
    assert desk.acts == []
    page.keyboard.press("Escape")
    expect(claim).to_be_focused()
    expect(note).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator(".did")).to_be_visible()
    assert [(event.act, event.note) for event in log.read(desk.data / "decisions").events] == [("reject", "are they? no")]


def test_a_page_that_waits_says_when_it_need_not_and_moves_no_focus(
    enter: Enter, bundle: Path, axe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bundle
    page = enter()
    monkeypatch.setattr(Office, "is_quick", lambda *_: False)
    page.goto(f"/review/text/{KEY}")
    page.get_by_role("link", name="Look again").focus()
    assert axe_finds(page, axe, is_unfolded=False) == []
    expect(page.get_by_role("main").get_by_role("status")).to_have_text("")
    monkeypatch.undo()
    expect(page.get_by_role("main").get_by_role("status")).to_have_text(f"{KEY} is read.", timeout=20_000)
    expect(page.get_by_role("link", name="Go on")).to_be_focused()
    expect(page.get_by_role("heading", name="Being read")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The text, and what is claimed of it")).to_be_visible()


def test_what_was_recorded_is_spoken(enter: Enter) -> None:
    page = enter()
    begin(page)
    expect(page.locator("[data-waits]").first).to_be_focused()
    address = page.url
    page.keyboard.press("a")
    expect(page.locator("[data-voice]")).to_contain_text("Recorded: accept")
    page.goto(address)
    settled = page.locator("details.settled")
    settled.evaluate("one => { one.open = true; }")
    settled.get_by_role("button", name="Accept").first.click()
    expect(page.locator("[data-voice]")).to_contain_text("You have accepted this already")
    expect(page.locator("[data-waits]").first).to_be_focused()


def test_keys_are_shown_only_where_they_work(enter: Enter) -> None:
    for script in (True, False):
        page = enter(script=script)
        begin(page)
        claim = page.locator("[data-waits]").first
        expect(claim.get_by_role("button", name="Accept")).to_be_visible()
        for letter in claim.locator("button kbd, summary kbd").all():
            expect(letter).to_be_visible(visible=script)
        page.goto("/review/log")
        assert not any(letter.is_visible() for letter in page.locator("button kbd").all())


def test_the_keys_can_be_turned_off_and_stay_off(enter: Enter, desk: Desk) -> None:
    page = enter()
    begin(page)
    button = page.locator("liaison-review").get_by_role("button", name="Single keys")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    off = page.locator("liaison-review").get_by_text("are off")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    expect(off).to_be_visible()
    assert desk.acts == []
    page.locator("[data-waits]").first.get_by_role("button", name="Accept").click()
    expect(page.locator(".did")).to_be_visible()
    assert desk.acts == ["accept"]


def test_keys_with_control_belong_to_the_browser(enter: Enter, desk: Desk) -> None:
    page = enter()
    begin(page)
    expect(page.locator("[data-waits]").first).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+r")
    assert desk.acts == []


def test_without_scripts_one_decides_corrects_and_undoes(enter: Enter, desk: Desk) -> None:
    page = enter(script=False)
    begin(page)
    page.locator("[data-waits]").first.get_by_role("button", name="Reject").click()
    page.locator(".did").get_by_role("button", name="Undo").click()
    claim = page.locator("[data-waits]").first
    claim.locator("summary", has_text="Correct").click()
    claim.get_by_label("To whom", exact=True).fill("Eurojust")
    claim.get_by_role("button", name="Record the correction").click()
    expect(page.locator(".did")).to_contain_text("Eurojust")
    assert desk.acts == ["reject", "undo", "correct"]
    assert page.locator(".keys").is_hidden()


def visit(page: Page, address: str) -> None:
    """Go to a page; two of them are found on others."""
    if address == "SENTENCE":
        page.goto("/review")
        begin(page)
    elif address == "MERGE":
        page.goto("/review/actors")
        link = page.locator("a[href*='/actors/merge']").first
        page.goto(link.get_attribute("href") or "" if link.count() else "/review/actors/merge?actor=body/europol&other=body/interpol")
    else:
        page.goto(address)
    assert page.locator("main h1").count() == 1, page.url


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
def test_axe_finds_nothing_wrong_on_any_page_of_reviewers(scheme: str, width: int, enter: Enter, axe: str) -> None:
    page = enter(scheme=scheme, width=width)
    for address in PAGES:
        visit(page, address)
        assert (address, axe_finds(page, axe)) == (address, [])


def test_no_page_of_reviewers_is_wider_than_a_narrow_screen(enter: Enter) -> None:
    page = enter(width=320)
    for address in PAGES:
        visit(page, address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, address
