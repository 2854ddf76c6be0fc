"""Words that are selected in a text, rows that are selected in the queue, and a document that is sent, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import test_review
from tests.browser.accessibility import axe_finds
from tests.browser.test_review import KEY, Desk, Enter

desk, enter = test_review.desk, test_review.enter
SELECT = """([words, from, to]) => {
  const node = [...document.querySelectorAll('[data-words]')].find((one) => one.textContent.includes(words)).firstChild;
  node.parentElement.scrollIntoView({ block: 'center' });
  const range = document.createRange();
  range.setStart(node, node.data.indexOf(from));
  range.setEnd(node, node.data.indexOf(to) + to.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
SENTENCE = "Spain co-drives the CSE EMPACT Group in Europol."


def held(page: Page) -> list[str]:
    """What the form holds: the words, who, and to whom."""
    return [page.locator(f"#add [name={name}]").input_value() for name in ("quote", "subject", "object")]


def test_words_that_are_selected_fill_the_form_and_become_a_claim(enter: Enter, desk: Desk, bundle: Path) -> None:
    assert bundle
    page = enter()
    page.goto(f"/review/text/{KEY}")
    expect(page.locator(".offer")).to_have_count(0)
    page.evaluate(SELECT, [SENTENCE, "pain", "Europ"])
    page.get_by_role("button", name="Add a claim on these words").click()
    assert held(page) == ["Spain co-drives the CSE EMPACT Group in Europol", "Spain", "Europol"]
    expect(page.locator("#add [data-told]")).to_contain_text("Named in them: Spain, Europol.")
    expect(page.locator("#add [name=relation]")).to_be_focused()
    page.get_by_label("Relation").select_option("memberOf")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url("**/review/sentence/**")
    assert desk.acts == ["add"]


def test_words_that_stand_there_twice_are_taken_with_their_sentence(enter: Enter, bundle: Path) -> None:
    assert bundle
    page = enter()
    page.goto(f"/review/text/{KEY}")
    page.evaluate(SELECT, [SENTENCE, "Europol", "Europol"])
    page.get_by_role("button", name="Add a claim on the whole sentence").click()
    assert held(page)[0] == SENTENCE
    page.evaluate("() => getSelection().removeAllRanges()")
    expect(page.locator(".offer")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_sentence_is_taken_over_by_the_keyboard(script: bool, enter: Enter, bundle: Path) -> None:  # noqa: FBT001  # one of two cases
    assert bundle
    page = enter(script=script)
    page.goto(f"/review/text/{KEY}")
    page.locator("p.line", has_text=SENTENCE).get_by_role("link", name="Add here").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#add [name=quote]")).to_have_value(SENTENCE)
    assert held(page) == [SENTENCE, "Spain", "Europol"]
    assert ("?sentence=" in page.url) is not script
    page.get_by_role("link", name="Back to the sentence").click()
    expect(page.locator("p.line:target")).to_contain_text(SENTENCE)


def test_all_rows_of_a_page_are_selected_at_once_and_counted(enter: Enter, desk: Desk, bundle: Path) -> None:
    assert bundle
    page = enter()
    page.goto("/review/queue")
    rows, every = page.locator("input[name=card]"), page.get_by_label("Select all on this page")
    every.check()
    expect(page.locator("liaison-batch [data-told]")).to_have_text(f"{rows.count()} selected")
    rows.first.uncheck()
    expect(page.locator("liaison-batch [data-told]")).to_have_text(f"{rows.count() - 1} selected")
    assert every.evaluate("box => box.indeterminate && !box.checked")
    number = rows.count() - 1
    rows.nth(1).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Note for the next reader").press("Enter")
    assert desk.acts == []
    page.get_by_role("button", name="Reject selected").click()
    expect(page.get_by_role("status").filter(has_text=f"{number} rejected")).to_be_visible()
    assert desk.acts == ["reject"] * number


def test_without_scripts_there_is_no_box_that_selects_all(enter: Enter) -> None:
    page = enter(script=False)
    page.goto("/review/queue")
    expect(page.get_by_text("Select all on this page")).to_be_hidden()
    page.locator("input[name=card]").first.check()
    page.get_by_role("button", name="Accept selected").click()
    expect(page.get_by_text("1 accepted")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_a_document_is_sent_confirmed_and_taken(scheme: str, width: int, enter: Enter, desk: Desk, axe: str, tmp_path: Path) -> None:
    path = tmp_path / "Spain 2019 THB.md"
    path.write_text("Participation\n\nSpain is a member of Europol. It is represented in EMPACT.\n", encoding="utf-8")
    page = enter(scheme=scheme, width=width)
    page.goto("/review/upload")
    page.get_by_label("The document").set_input_files(path)
    page.get_by_role("button", name="Send and read it").click()
    expect(page.get_by_role("heading", name="Is this what it is?")).to_be_visible(timeout=60_000)
    assert axe_finds(page, axe) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.get_by_label("Country").select_option("Spain")
    page.get_by_label("This is a public document").check()
    page.get_by_role("button", name="Take it as a profile").click()
    page.wait_for_url("**/review/profile/spain-2019-thb")
    assert (desk.data / "profiles/spain-2019-thb.md").read_bytes() == path.read_bytes()
