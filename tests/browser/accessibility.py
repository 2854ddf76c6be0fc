"""What axe-core has to say of a page: one way to ask it, for the tests of every page."""

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK = """async rules => {
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200)]);
}"""


def axe_finds(page: Page, axe: str, *, is_unfolded: bool = True) -> list[list[str]]:
    """Each rule of axe-core that a page breaks, with the first place that breaks it.

    Only that much comes back from the browser: all that axe-core has looked at takes several times as long to hand over as to find.

    Args:
        page: the page, in the state that is judged.
        axe: the source of axe-core.
        is_unfolded: whether all folds are opened first.
    """
    if is_unfolded:
        page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
    page.evaluate(axe)
    found: list[list[str]] = page.evaluate(_ASK, RULES)
    return found
