"""A real browser on the real server over the shipped data. Its tests are skipped where there is no Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FRONTEND = Path(__file__).parents[2] / "webapp" / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
BUNDLE = FRONTEND.parent / "static" / "dist" / ".vite" / "manifest.json"

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is Chromium without windows, which opens a page in a quarter of the time."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from `CHROMIUM` or from the path."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        pytest.skip("there is no Chromium; on Debian: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site; at the end, what it complained of or asked another host for is an error."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def request_seen(address: str) -> None:
        if not address.startswith((site, "data:")):
            complaints.append(f"asks another host: {address}")

    def make(address: str, *, scheme: str = "light", width: int = 1280, script: bool = True, expected: str = "-") -> Page:
        context = browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type in ("error", "warning") and expected not in message.text else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request_seen(request.url))
        page.goto(f"{site}{address}")
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility rules of axe-core, which the front end brings for its tests."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there; run `npm ci` in webapp/frontend")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def bundle() -> Path:
    """What Vite has built."""
    if not BUNDLE.is_file():
        pytest.skip("the front end is not built; run `npm ci && npm run build` in webapp/frontend")
    return BUNDLE
