"""The explorer in Chromium: CPU of the page's main thread, and sizes: `python -m bench.explore [releases]`.

Measured is the time of tasks that DevTools reports in ticks of the thread (`Performance.getMetrics`, `TaskDuration`):
it hardly depends on what else the machine does, and is a lower bound of the time of a frame. The peer, in the same run,
is the same drawing moved by an attribute of the group inside it, as libraries for drawing in SVG do.
"""

import gzip
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from graph.build import build
from webapp import create_app
from webapp.config import Config
from webapp.listening import listen, serving

FRAMES, ROUNDS = 60, 3
HUBS = [
    "body/interpol",
    "body/missing-children-europe",
    "country/ESP",
    "body/eu",
    "body/lewp",
    "body/inhope",
    "body/vgt",
    "group/empact-cycle-2018-2021",
    "group/empact-cycle-2022-2025",
    "group/empact-cycle-2014-2017",
    "body/eucpn",
    "group/empact-cycle-2011-2013",
    "body/united-nations",
    "group/empact-cycle-2026-2029",
    "group/vidtf",
    "group/germany-nd-propk-kriminalpraevention",
    "body/fi-rtn",
    "group/pol-primett-2",
    "body/europol",
    "group/efc",
    "group/estonia-2010-thb-laulasmaa",
    "body/council-of-europe",
    "body/european-commission",
    "country/EST",
]
"""As many actors as can be expanded at the same time, which together lead to the most others."""
FULL = f"/explore?{'&'.join(f'actor={name}' for name in HUBS)}&most=400&among=shown"
FIRST = (
    "/explore?actor=country/ESP",
    "/explore?actor=body/europol",
    "/explore?actor=country/ESP&actor=body/europol",
    "/explore?actor=group/ets-185",
)
_EACH_FRAME = """frames => new Promise(done => {
    const frame = document.querySelector('.drawn .scroll'), box = frame.getBoundingClientRect();
    const stage = document.querySelector('.stage');
    const at = n => ({bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: box.left + 300 + 90 * Math.sin(n / 7), clientY: box.top + 200 + 60 * Math.cos(n / 5)});
    const acts = {
        pan: n => frame.dispatchEvent(new PointerEvent('pointermove', at(n))),
        zoom: n => frame.dispatchEvent(new WheelEvent('wheel', {...at(n), ctrlKey: true, deltaY: n % 30 < 15 ? -12 : 12})),
        group: n => stage.setAttribute('transform', `translate(${90 * Math.sin(n / 7)} ${60 * Math.cos(n / 5)})`),
        still: () => {},
    };
    if (KIND === 'pan') { frame.setPointerCapture = () => {}; frame.dispatchEvent(new PointerEvent('pointerdown', at(0))); }
    let n = 0;
    const step = () => { acts[KIND](n); n += 1; if (n < frames) requestAnimationFrame(step); else { frame.dispatchEvent(new PointerEvent('pointerup', at(n))); stage.removeAttribute('transform'); done(n); } };
    requestAnimationFrame(step);
})"""


@contextmanager
def site() -> Iterator[str]:
    """The address of a server over the folder of releases that was named, or over a fresh release of `data`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch)
        if len(sys.argv) <= 1:
            build(Path("data"), folder, tell=lambda _: None)
        config = Config(releases=folder)
        app, listening = create_app(config), listen("127.0.0.1", 0)
        server = serving(app, listening, config)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        app.extensions["live"].close()


def opened(browser: Browser, address: str) -> tuple[Page, CDPSession]:
    """A page whose main thread is measured."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    page.wait_for_timeout(1000)
    return page, session


def cpu(session: CDPSession) -> float:
    """Milliseconds that the main thread has worked so far."""
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def per_frame(page: Page, session: CDPSession, kind: str) -> float:
    """CPU milliseconds of a frame, the median of some rounds."""
    script, found = _EACH_FRAME.replace("KIND", repr(kind)), []
    for _ in range(ROUNDS):
        begin = cpu(session)
        frames = page.evaluate(script, FRAMES)
        found.append((cpu(session) - begin) / frames)
    return median(found)


def expanded(browser: Browser, address: str, reference: str) -> tuple[int, float]:
    """How many actors an expansion adds, and its CPU milliseconds until nothing moves."""
    page, session = opened(browser, address)
    page.locator(f"a.node[data-ref='{reference}']").focus()
    before, begin = page.locator("a.node").count(), cpu(session)
    page.keyboard.press("e")
    page.wait_for_url("**expand=**")
    page.locator("liaison-explorer:not(.is-waiting):not(.is-gliding)").wait_for()
    page.wait_for_timeout(300)
    took, count = cpu(session) - begin, page.locator("a.node").count() - before
    page.close()
    return count, took


def sizes(page: Page, address: str, tell: Callable[[str], None]) -> None:
    """Bytes of first answers and of the script."""
    for path in (*FIRST, FULL):
        content = page.request.get(address + path).body()
        tell(f"{path[:60]:<60}{len(content):>9} bytes HTML,{len(gzip.compress(content)):>7} packed")
    names = page.evaluate("() => performance.getEntriesByType('resource').map(e => e.name).filter(name => name.endsWith('.js'))")
    tell(f"{'scripts of the explorer':<60}{sum(len(gzip.compress(page.request.get(name).body())) for name in names):>9} bytes packed")


def main() -> None:
    """Print a line for each figure."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page, session = opened(browser, address + FULL)
        nodes, lines = page.locator("a.node").count(), page.locator("a.line").count()
        print(f"{nodes} actors, {lines} lines; CPU ms of the main thread per frame, median of {ROUNDS} rounds of {FRAMES} frames; target 8")
        for kind, name in (
            ("still", "nothing"),
            ("pan", "drag the view"),
            ("zoom", "Ctrl and wheel"),
            ("group", "peer: transform of the inner group"),
        ):
            print(f"{name:<60}{per_frame(page, session, kind):>9.2f}")
        count, took = expanded(browser, f"{address}/explore?actor=country/ESP", "body/interpol")
        print(f"{f'expand, {count} actors more, until nothing moves; target 1000':<60}{took:>9.0f} CPU ms")
        sizes(page, address, print)
        begin = time.process_time()
        for _ in range(10):
            page.request.get(f"{address}/explore?actor=body/europol")
        print(f"{'server, one page with 50 actors':<60}{(time.process_time() - begin) * 100:>9.0f} CPU ms, with the client's share")
        browser.close()


if __name__ == "__main__":
    main()
