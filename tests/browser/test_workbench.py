"""The query page as a workbench: one writes, completes, runs, reads, follows the evidence, by keyboard alone."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import axe_finds

Open = Callable[..., Page]
pytestmark = pytest.mark.usefixtures("bundle")

CLAIMS = "SELECT ?claim ?subject ?relation ?object WHERE { ?claim liaison:involves country:ESP ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }"
LIST_RESTS = """(editor) => new Promise((done) => { let seen = "", since = 0; const begun = performance.now();
    const look = () => { const now = editor.getRootNode().querySelector(".cm-tooltip-autocomplete")?.outerHTML ?? "", time = performance.now();
        if (now !== seen) [seen, since] = [now, time];
        if (now && time - since > 400) done(true); else if (time - begun > 20_000) done(false); else requestAnimationFrame(look); };
    look(); })"""
FRAME_MS = 16
MOST_ELEMENTS = 4_000


def opened(open_page: Open, query: str = "", **options: object) -> Page:
    """The workbench with a query that has been run, or as it begins."""
    page = open_page(f"/sparql#query={quote(query)}" if query else "/sparql", **options)
    page.locator(".cm-content").wait_for()
    if query:
        expect(page.locator(".told-run")).to_contain_text(" in ")
    else:
        page.get_by_label("Find a question").wait_for()
    return page


def text(page: Page) -> str:
    """What stands in the editor."""
    return "\n".join(page.locator(".cm-line").all_inner_texts())


def offered(page: Page, name: str) -> None:
    """Wait until the editor offers a name first and its list rests: it takes no key for it in the moment in which it changes."""
    expect(page.locator(".cm-tooltip-autocomplete li[aria-selected]")).to_contain_text(name)
    assert page.locator(".cm-editor").evaluate(LIST_RESTS), "the list goes on changing"
    expect(page.locator(".cm-tooltip-autocomplete li[aria-selected]")).to_contain_text(name)


def write(page: Page, query: str) -> None:
    """Write a query with the keys, in place of the one that stands there."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(query)


def test_write_complete_run_read_and_follow_evidence_by_keyboard_alone(open_page: Open) -> None:
    page = opened(open_page)
    page.locator(".brand").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.classList.contains('editor')"):
            break
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type("SELECT ?claim WHERE { ?claim liaison:invol")
    offered(page, "liaison:involves")
    page.keyboard.press("Enter")
    with page.expect_response(lambda answer: answer.url.endswith("q=Europo")):
        page.keyboard.type(" Europo")
    offered(page, "body:europol")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    offered(page, "body:europol")
    page.keyboard.press("Enter")
    assert "liaison:involves body:europol" in text(page)
    assert "PREFIX liaison: <https://w3id.org/liaison/def#>" in text(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".told-run")).to_contain_text("rows in")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.classList.contains('evidence-button')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("tr.proof blockquote").first).to_contain_text("Where it stands")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/**")


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
@pytest.mark.parametrize("view", ["Table", "Network", "Raw"])
def test_axe_finds_nothing_wrong_in_any_view(view: str, scheme: str, width: int, open_page: Open, axe: str) -> None:
    page = opened(open_page, CLAIMS, scheme=scheme, width=width)
    page.get_by_role("tab", name=view).click()
    page.locator("[role=tabpanel]:not([hidden]) > *").wait_for()
    if view == "Table":
        page.get_by_role("button", name="evidence").first.click()
    assert axe_finds(page, axe, is_unfolded=False) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing_wrong_with_the_list_open(scheme: str, width: int, open_page: Open, axe: str) -> None:
    page = opened(open_page, scheme=scheme, width=width)
    write(page, "SELECT * WHERE { ?x liaison:hasRole role:")
    page.locator("completion-section").wait_for()
    assert axe_finds(page, axe, is_unfolded=False) == []
    boxes = [page.locator(name).bounding_box() for name in (".cm-tooltip-autocomplete > ul", ".cm-completionInfo")]
    assert boxes[0]
    assert boxes[1]
    under, over = boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"] + 1, boxes[1]["y"] + boxes[1]["height"] <= boxes[0]["y"] + 1
    right, left = boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1, boxes[1]["x"] + boxes[1]["width"] <= boxes[0]["x"] + 1
    assert under or over or right or left, "the meaning covers the options"


def test_tab_with_the_list_open_leaves_the_editor(open_page: Open) -> None:
    page = opened(open_page)
    write(page, "SELECT * WHERE { ?x liaison:")
    page.locator(".cm-tooltip-autocomplete li").first.wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(".cm-tooltip-autocomplete")).to_have_count(0)
    assert page.locator(":focus").inner_text() == "Run"


def test_a_word_of_the_language_of_scripts_is_no_prefix(open_page: Open) -> None:
    page = opened(open_page)
    write(page, "SELECT * WHERE { constructor:x ?p ?constructor }")
    assert "native code" not in text(page)
    assert "PREFIX" not in text(page)


def test_nothing_is_wider_than_a_narrow_screen(open_page: Open) -> None:
    page = opened(open_page, CLAIMS, width=320)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_an_iri_has_its_name_beside_it_and_columns_sort(open_page: Open) -> None:
    page = opened(open_page, "SELECT ?country WHERE { ?country a liaison:State }")
    expect(page.locator("table.answer td").first.locator("bdi")).not_to_contain_text(":")
    first = page.locator("table.answer tbody bdi")
    page.get_by_role("button", name="country", exact=True).click()
    expect(page.locator(".pager [role=status]")).to_contain_text("sorted by country, ascending")
    names = first.all_inner_texts()
    assert names == sorted(names, key=str.casefold) or names[0] == "Albania"
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.get_by_role("button", name="country", exact=True).click()
    expect(page.locator(".pager [role=status]")).to_contain_text("sorted by country, descending")
    assert first.all_inner_texts() == names[::-1]


def test_an_answer_is_drawn_and_each_line_leads_to_its_claim(open_page: Open) -> None:
    page = opened(open_page, "CONSTRUCT WHERE { country:ESP liaison:cooperatesWith ?other }")
    page.get_by_role("tab", name="Network").click()
    expect(page.locator("svg.graph a.graph-node")).to_have_count(5)
    assert page.locator("a.graph-edge").first.get_attribute("href").startswith("/page/claim/")  # type: ignore[union-attr]
    page.locator("a.graph-node[tabindex='0']").focus()
    before = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    moved = set()
    for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
        moved.add(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
    assert moved - {before}


def test_an_error_is_marked_where_it_is_and_read_out(open_page: Open) -> None:
    page = opened(open_page, expected="status of 400")
    write(page, "SELECT ?s WHERE {\n?s ?p ?o\n} LIMIT many")
    page.keyboard.press("Escape")
    with page.expect_response("**/sparql") as answered:
        page.keyboard.press("Control+Enter")
    assert answered.value.status == 400
    expect(page.get_by_role("alert")).to_contain_text("Line 3, column 9")
    expect(page.locator(".cm-lintRange-error, .cm-lintPoint-error")).to_have_count(1)
    assert page.locator(".cm-gutter-lint .cm-lint-marker-error").count() == 1


def test_a_query_can_be_cancelled_and_is_stopped_on_the_server(open_page: Open) -> None:
    page = opened(open_page)
    write(page, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".told-run")).to_contain_text("of at most")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".told-run")).to_contain_text("Cancelled")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()


def test_an_answer_that_is_too_large_is_offered_as_a_download(open_page: Open) -> None:
    page = opened(open_page)
    write(page, "SELECT * WHERE { ?s ?p ?o } LIMIT 60000")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".told-run")).to_contain_text("too large", timeout=20_000)
    assert "format=csv" in str(page.get_by_role("link", name="CSV").get_attribute("href"))


def test_five_thousand_rows_scroll_smoothly(open_page: Open) -> None:
    """CPU of the main thread a frame, not time on the clock: the mean over a scroll from top to bottom."""
    page = opened(open_page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 5000")
    page.get_by_label("Rows a page").select_option("5000")
    expect(page.locator("table.answer")).to_have_attribute("aria-rowcount", "5001")
    page.locator("[data-named]").wait_for()
    assert page.evaluate("() => document.querySelectorAll('*').length") < MOST_ELEMENTS
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        found = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
        return float(found["TaskDuration"])

    before = spent()
    frames = page.evaluate(
        """() => new Promise((done) => {
        const box = document.querySelector('.answers .scroll'); let frames = 0;
        const step = () => { box.scrollTop += 400; frames += 1; frames < 60 ? requestAnimationFrame(step) : done(frames); };
        requestAnimationFrame(step); })"""
    )
    assert (spent() - before) * 1000 / frames <= FRAME_MS


def test_a_query_is_shared_by_hash_as_yasgui_does_and_by_parameter(open_page: Open) -> None:
    by_hash = opened(open_page, "ASK { country:ESP ?p ?o }")
    assert by_hash.locator(".verdict").inner_text() == "Yes"
    by_parameter = open_page(f"/sparql?query={quote(CLAIMS)}")
    expect(by_parameter.locator(".told-run")).to_contain_text("rows in")
    assert "liaison:involves country:ESP" in text(by_parameter)
    by_parameter.context.grant_permissions(["clipboard-read", "clipboard-write"])
    by_parameter.get_by_role("button", name="Copy link").click()
    expect(by_parameter.locator(".told-tool")).to_contain_text("clipboard")
    shared = by_parameter.evaluate("() => navigator.clipboard.readText()")
    assert "/sparql#query=SELECT%20" in shared
    assert "&endpoint=" in shared


def test_queries_are_remembered_named_and_forgotten_in_this_browser(open_page: Open) -> None:
    page = opened(open_page, CLAIMS)
    page.get_by_role("button", name="Save").click()
    page.keyboard.type("Spain <b>whole</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".kept")).to_contain_text("Spain <b>whole</b>")
    page.reload()
    page.get_by_text("Your queries: 1").click()
    page.get_by_role("button", name="Spain <b>whole</b>", exact=True).click()
    assert "country:ESP" in text(page)
    page.get_by_role("button", name="Forget Spain").click()
    expect(page.locator(".kept")).to_be_hidden()


def test_questions_are_found_by_words_and_run_in_place(open_page: Open) -> None:
    page = opened(open_page)
    every = page.locator("#questions li:visible").count()
    page.get_by_label("Find a question").fill("liaison bureau")
    assert 1 <= page.locator("#questions li:visible").count() < every
    page.locator("#questions li:visible a").first.click()
    expect(page.locator(".told-run")).to_contain_text(" in ")
    assert page.url.partition("#")[0].endswith("/sparql")


def test_what_the_graph_holds_cannot_become_markup(open_page: Open) -> None:
    page = opened(open_page, 'SELECT ("<img src=x onerror=alert(1)>" AS ?words) (IRI("javascript:alert(1)") AS ?iri) WHERE {}')
    assert page.locator("table.answer img").count() == 0
    assert page.locator("table.answer a[href^=javascript]").count() == 0


def test_without_scripts_it_is_a_form_with_an_answer(open_page: Open) -> None:
    page = open_page("/sparql", script=False)
    page.locator("textarea").fill("SELECT ?c WHERE { ?c a liaison:Treaty }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("table tbody tr")).to_have_count(4)
    assert page.get_by_role("link", name="CSV").count() == 1
