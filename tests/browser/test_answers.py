"""What the workbench does with an answer: order, size, odd terms, the address, the focus."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.test_workbench import MOST_ELEMENTS, opened, text, write

Open = Callable[..., Page]
pytestmark = pytest.mark.usefixtures("bundle")

MOST_CELLS = 3_000
FREEZE_MS = 400
CLEAR_BUTTON = 20
LONG_TASKS = "() => { window.longest = 0; new PerformanceObserver((list) => { for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration) }).observe({ type: 'longtask' }) }"
LAST_IN_VIEW = """() => { const row = document.querySelector("tr[aria-rowindex='5001']"); if (!row) return false;
    const box = row.getBoundingClientRect(), view = row.closest(".scroll").getBoundingClientRect(); return box.top >= view.top && box.bottom <= view.bottom + 1 }"""
NUMBERS = 'SELECT ?n WHERE { VALUES ?n { 10 9 1e2 -3 0.5 UNDEF <http://example.org/b> "b" "c"^^xsd:date "2024-05-01"^^xsd:date "2023-12-31T23:30:00-02:00"^^xsd:dateTime "-INF"^^xsd:double 7 } }'
SORTED = ["-INF", "-3", "0.5", "7", "9", "10", "100", "2023-12-31T23:30:00-02:00", "2024-05-01", "b", "b", "c", ""]
PAIRS = "SELECT ?one ?other WHERE { ?one rdf:subject country:ESP ; rdf:object ?x . ?other rdf:subject ?x } ORDER BY ?one ?other LIMIT 3"


def status(page: Page) -> Locator:
    """What the table says of itself."""
    return page.locator(".pager [role=status]")


def column(page: Page, place: int = 1) -> list[str]:
    """The texts of a column as far as it is drawn, without the IRIs beside them."""
    return [
        cell.strip()
        for cell in page.locator(f"table.answer tbody tr:not(.gap) td:nth-child({place})").evaluate_all(
            "all => all.map(cell => cell.querySelector('bdi')?.textContent ?? '')"
        )
    ]


def sort(page: Page, name: str) -> None:
    """Sort by a column and wait until it is done."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(status(page)).to_contain_text("All rows are sorted by", timeout=20_000)


def answered(page: Page, body: str, kind: str) -> None:
    """Run the query that stands there; the server answers it so, and all others as it does."""
    page.route("**/sparql", lambda route: route.fulfill(body=body, content_type=kind), times=1)
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".told-run")).to_contain_text(" in ")


def test_one_order_goes_over_all_pages(open_page: Open) -> None:
    page = opened(
        open_page,
        "SELECT DISTINCT ?thing WHERE { ?thing a ?class . FILTER (STRSTARTS(STR(?thing), STR(body:)) || STRSTARTS(STR(?thing), STR(country:))) } LIMIT 240",
    )
    sort(page, "thing")
    names = column(page)
    while page.get_by_role("button", name="Later rows").get_attribute("aria-disabled") != "true":
        before = status(page).inner_text()
        page.get_by_role("button", name="Later rows").click()
        expect(status(page)).not_to_have_text(before)
        names += column(page)
    assert len(names) > 150
    assert names == page.evaluate(
        "names => [...names].sort(new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare)", names
    )
    assert not any(name.startswith(("body:", "country:")) for name in names[:50])


def test_a_column_with_too_many_names_is_sorted_by_its_iris_and_says_so(open_page: Open) -> None:
    page = opened(open_page)
    rows = [{"thing": {"type": "uri", "value": f"https://w3id.org/liaison/id/body/x{number % 7}-{number}"}} for number in range(6500)]
    answered(page, json.dumps({"head": {"vars": ["thing"]}, "results": {"bindings": rows}}), "application/sparql-results+json")
    sort(page, "thing")
    expect(status(page)).to_contain_text(re.compile(r"by IRI: 6,\d00 names are more than are looked up \(6,000\)"))
    assert column(page)[:3] == ["body:x0-0", "body:x0-7", "body:x0-14"]


def test_numbers_sort_by_value_times_by_time_and_kinds_stay_apart(open_page: Open) -> None:
    page = opened(open_page, NUMBERS)
    sort(page, "n")
    found = column(page)
    assert found == SORTED
    page.get_by_role("button", name="n", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    assert column(page)[-1] == ""
    assert column(page)[-2] == "-INF"


def test_five_thousand_rows_are_drawn_and_sorted_without_a_freeze(open_page: Open) -> None:
    page = opened(open_page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 5000")
    page.evaluate(LONG_TASKS)
    page.get_by_label("Rows a page").select_option("5000")
    expect(page.locator("table.answer")).to_have_attribute("aria-rowcount", "5001")
    sort(page, "o")
    page.locator("[data-named=yes]").wait_for()
    assert page.evaluate("() => document.querySelectorAll('*').length") < MOST_ELEMENTS
    assert page.evaluate("() => window.longest") < FREEZE_MS


def test_the_last_row_is_reached_by_the_keyboard_and_the_focus_is_kept(open_page: Open) -> None:
    page = opened(open_page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 5000")
    page.get_by_label("Rows a page").select_option("5000")
    region = page.get_by_role("region", name="Rows of the answer")
    link = page.locator("tr[aria-rowindex='3'] a").first
    link.focus()
    region.evaluate("box => box.scrollTop = box.scrollHeight")
    page.locator("tr[aria-rowindex='5001']").wait_for()
    page.locator("[data-named=yes]").wait_for()
    assert page.evaluate("() => document.activeElement.closest('tr')?.getAttribute('aria-rowindex')") == "3"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('tr')?.getAttribute('aria-rowindex')") in ("3", "4")
    region.focus()
    page.keyboard.press("End")
    page.wait_for_function(LAST_IN_VIEW)
    page.keyboard.press("Home")
    page.locator("tr[aria-rowindex='2']").wait_for()
    expect(page.locator("tr[aria-rowindex='5001']")).to_have_count(0)


def test_the_end_stays_in_view_when_its_rows_become_higher(open_page: Open) -> None:
    page = opened(open_page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 5000")
    page.get_by_label("Rows a page").select_option("5000")
    page.locator("[data-named=yes]").wait_for()
    held: list[Route] = []
    page.route("**/sparql", lambda route: held.append(route), times=1)  # noqa: PLW0108  # Playwright marks what it is given
    page.get_by_role("region", name="Rows of the answer").focus()
    with page.expect_request("**/sparql"):
        page.keyboard.press("End")
    page.wait_for_function(LAST_IN_VIEW)
    held[0].continue_()
    page.locator("[data-named=yes]").wait_for()
    page.wait_for_function(LAST_IN_VIEW)


def test_what_is_in_view_is_named_wherever_one_scrolls(open_page: Open) -> None:
    page = opened(open_page, "SELECT ?thing WHERE { ?thing a ?class . FILTER (STRSTARTS(STR(?thing), STR(body:))) } LIMIT 5000")
    page.get_by_label("Rows a page").select_option("5000")
    region = page.get_by_role("region", name="Rows of the answer")
    for _ in range(2):
        region.evaluate("box => box.scrollTop = box.scrollHeight")
        page.locator("[data-named=yes]").wait_for()
    assert not any(name.startswith("body:") for name in column(page)[-10:])


def test_of_a_wide_answer_some_columns_are_drawn_and_all_can_be_reached(open_page: Open) -> None:
    names = " ".join(f"?c{number}" for number in range(300))
    page = opened(open_page, f"SELECT {names} WHERE {{ ?c0 ?c1 ?c299 }} LIMIT 5000")
    page.evaluate(LONG_TASKS)
    page.get_by_label("Rows a page").select_option("5000")
    expect(status(page)).to_contain_text("columns 1 to 24 of 300")
    assert page.locator("table.answer td").count() < MOST_CELLS
    for _ in range(12):
        page.get_by_role("button", name="Later columns").click()
    expect(status(page)).to_contain_text("columns 289 to 300 of 300")
    assert page.get_by_role("button", name="Later columns").evaluate("button => button === document.activeElement")
    expect(page.get_by_role("columnheader", name="c299")).to_have_attribute("aria-colindex", "300")
    assert page.evaluate("() => window.longest") < FREEZE_MS


@pytest.mark.parametrize("iri", ["http://example.org/%ff", "http://example.org/%E4%B8", "http://example.org/%C3%A9"])
def test_an_iri_with_any_escape_is_shown(iri: str, open_page: Open) -> None:
    page = opened(open_page, f'SELECT ?iri WHERE {{ VALUES ?text {{ "{iri}" }} BIND (IRI(?text) AS ?iri) }}')
    page.locator("table.answer tbody bdi").first.wait_for()
    assert column(page)[0] in (iri.rpartition("/")[2], "é")


@pytest.mark.parametrize(
    ("query", "accept", "reads"),
    [
        ("SELECT * WHERE { ?s ?p 'ASK' } LIMIT 1", "text/csv", "pd.read_csv"),
        ("PREFIX ask: <http://e/ASK#>\n# ASK\nSELECT * WHERE { ?s ask:x ?o }", "text/csv", "pd.read_csv"),
        ("ASK { ?s ?p ?o }", "application/sparql-results+json", 'answer.json()["boolean"]'),
        ("BASE <http://e/>\nprefix c: <http://e/select#>\nconstruct where { ?s a c:x }", "text/turtle", "Graph().parse"),
        ("DESCRIBE country:ESP", "text/turtle", "Graph().parse"),
    ],
)
def test_a_command_asks_for_what_the_query_gives(query: str, accept: str, reads: str, open_page: Open, site: str) -> None:
    page = opened(open_page, query)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied = {}
    for name, what in (("curl", "command"), ("Python", "program")):
        page.get_by_role("button", name=f"Copy as {name}").click()
        expect(page.locator(".told-run, .told-tool", has_text=f"The {what} is on the clipboard")).to_be_visible()
        copied[name] = page.evaluate("() => navigator.clipboard.readText()")
    assert f"Accept: {accept}'" in copied["curl"]
    assert f'"Accept": "{accept}"' in copied["Python"]
    assert reads in copied["Python"]
    compile(copied["Python"], "copied", "exec")
    answer = page.request.post(f"{site}/sparql", form={"query": query}, headers={"Accept": accept})
    assert answer.status == 200


def test_back_and_reload_bring_the_query_and_its_answer_again(open_page: Open) -> None:
    page = opened(open_page)
    write(page, "SELECT ?mine WHERE { ?mine a liaison:Treaty }")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".told-run")).to_contain_text("4 rows")
    assert "#query=" in page.url
    assert "mine" in page.url
    page.reload()
    expect(page.locator(".told-run")).to_contain_text("4 rows")
    page.locator("table.answer a").first.click()
    page.wait_for_url("**/page/**")
    page.go_back()
    expect(page.locator(".told-run")).to_contain_text("4 rows")
    assert "?mine a liaison:Treaty" in text(page)


def test_another_query_in_the_address_is_filled_in_and_run(open_page: Open) -> None:
    page = opened(open_page, "ASK { country:ESP ?p ?o }")
    page.evaluate("query => { location.hash = `query=${encodeURIComponent(query)}` }", "SELECT ?c WHERE { ?c a liaison:Treaty }")
    expect(page.locator(".told-run")).to_contain_text("4 rows")
    assert "liaison:Treaty" in text(page)


def test_each_evidence_button_owns_its_row(open_page: Open) -> None:
    page = opened(open_page, PAIRS)
    line = page.locator("table.answer tbody tr:not(.proof)").first
    buttons = line.get_by_role("button", name="evidence")
    expect(buttons).to_have_count(2)
    one, other = buttons.all()
    one.click()
    other.click()
    expect(page.locator("tr.proof")).to_have_count(2)
    for name, button in (("one", one), ("other", other)):
        proof = page.locator(f"#{button.get_attribute('aria-controls')}")
        expect(proof).to_contain_text(f"Evidence of {name}")
        expect(proof.locator("blockquote").first).to_be_visible()
    one.click()
    expect(page.locator("tr.proof")).to_have_count(1)
    assert one.get_attribute("aria-expanded") == "false"
    assert other.get_attribute("aria-expanded") == "true"
    expect(page.locator("tr.proof")).to_contain_text("Evidence of other")


def test_the_focus_stays_when_the_button_under_it_has_done_its_work(open_page: Open) -> None:
    page = opened(open_page)
    write(page, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".told-run")).to_contain_text("Cancelled")
    assert page.locator(":focus").inner_text() == "Run"
    paged = opened(open_page, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 150")
    later = paged.get_by_role("button", name="Later rows")
    later.focus()
    paged.keyboard.press("Enter")
    expect(status(paged)).to_contain_text("Rows 101 to 150 of 150")
    assert paged.locator(":focus").inner_text() == "Later rows"
    assert later.get_attribute("aria-disabled") == "true"
    paged.keyboard.press("Enter")
    expect(status(paged)).to_contain_text("Rows 101 to 150 of 150")


def test_a_statement_as_a_term_is_shown_as_text_and_no_line_is_dropped(open_page: Open) -> None:
    page = opened(open_page, 'SELECT (TRIPLE(country:ESP, rdf:type, "x"@en) AS ?t) ?constructor WHERE {}')
    assert column(page) == ['<<( <https://w3id.org/liaison/id/country/ESP> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "x"@en )>>']
    assert column(page, 2) == [""]
    graph = opened(open_page, 'CONSTRUCT { country:ESP rdf:value <<( country:ESP rdf:type "x"@en--ltr )>>, "y" } WHERE {}')
    assert sorted(value[:3] for value in column(graph, 3)) == ["<<(", "y"]
    odd = opened(open_page)
    answered(odd, "<http://e/a> <http://e/b> strange .\n_:a <http://e/b> _:c .\n", "application/n-triples")
    expect(odd.locator(".told-run")).to_contain_text("1 line could not be read")
    assert column(odd) == ["<http://e/a> <http://e/b> strange .", "_:a"]


def test_copying_leaves_the_clock_and_the_answer_alone(open_page: Open) -> None:
    page = opened(open_page)
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })")
    write(page, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".told-run")).to_contain_text("of at most")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("textbox", name="The link")).to_be_focused()
    before = page.locator(".told-run").inner_text()
    expect(page.locator(".told-run")).not_to_have_text(before)
    expect(page.locator(".told-run")).to_contain_text("of at most")
    page.get_by_role("button", name="Cancel").click()
    write(page, "SELECT ?c WHERE { ?c a liaison:Treaty }")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.answer tbody tr")).to_have_count(4)
    page.get_by_role("button", name="Copy as curl").click()
    expect(page.get_by_role("textbox", name="The command")).to_be_visible()
    assert page.locator("table.answer tbody tr").count() == 4
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("textbox", name="The command")).to_have_count(0)


def test_one_question_is_one(open_page: Open) -> None:
    page = opened(open_page)
    page.get_by_label("Find a question").fill("liaison bureau")
    told = page.locator("p:has(label.sift) [role=status]")
    count = page.locator("#questions li:visible").count()
    expect(told).to_have_text(f"{count} question{'s' if count != 1 else ''}")


@pytest.mark.parametrize("width", [320, 375, 1280, 1400])
def test_the_words_in_the_search_field_are_not_cut(width: int, open_page: Open) -> None:
    page = open_page("/about", width=width)
    room = """() => { const field = document.querySelector('#find'), style = getComputedStyle(field), pen = document.createElement('canvas').getContext('2d');
        pen.font = style.font; return field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - pen.measureText(field.placeholder).width }"""
    assert page.evaluate(room) >= CLEAR_BUTTON
