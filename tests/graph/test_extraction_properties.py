"""What holds of any text: extraction never fails, quotes exactly, gives the same each time and remembers no other document."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.extraction.extractor import Extractor
from tests.graph.test_extraction import AUTHORITY, CUES, EXTRACTOR, FILLER, PERSONS, ROOT, VOCABULARY, found_in

OTHER = Extractor(ROOT / "data/rules", AUTHORITY, VOCABULARY)
"""Reads the same documents in another order."""
SENTENCES = [*(row["sentence"] for row in CUES), *PERSONS]
MARKUP = [
    "**",
    "*",
    "_",
    "`",
    "# ",
    "- ",
    "1. ",
    "| ",
    " |",
    "\n|---|\n",
    "[",
    "](https://example.org)",
    "<b>",
    "</td>",
    "&amp;",
    "&#8217;",
]
LAYOUT = [" ", "\n", "\n\n", "\r\n", "\r", "\f", "\t", "pre-\nvention", "\u00a0", "\u00ad", "\u200b", "\ufeff", "\u202e"]
LETTERS = [
    "e\u0301",
    "\u0301",
    "\u0130",
    "\u00df",
    "\ufb01",
    "\U0001d404\U0001d40c\U0001d40f",
    "\U0001f46e\U0001f3fd\u200d",
    "\u8b66\u5bdf",
    "(",
    "\u201c",
]
PIECES = st.one_of(
    st.sampled_from(SENTENCES), st.sampled_from(MARKUP), st.sampled_from(LAYOUT), st.sampled_from(LETTERS), st.text(max_size=30)
)
TEXTS = st.lists(PIECES, max_size=12).map(lambda pieces: "".join(pieces) + "\n\n" + FILLER * 2)
"""English enough for the rules to read it, with anything in between."""


@settings(deadline=None, max_examples=60)
@given(TEXTS)
@example("")
@example("The **Min\u0301istry of\r\nJustice** \U0001d404 chairs the &amp; *National Crime Council*." + FILLER * 2)
def test_each_quote_is_the_text_at_its_place(text: str) -> None:
    found = found_in(text)
    for item in (*found.actors, *found.proposals):
        assert item.span.start < item.span.end
        assert text[item.span.start : item.span.end] == item.quote


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=400))
def test_a_text_of_any_letters_is_read(text: str) -> None:
    assert found_in(text) == found_in(text)


@settings(deadline=None, max_examples=30)
@given(TEXTS, TEXTS)
@example(
    f"The National Drugs Agency (NDA) reports to the Government.{FILLER}",
    f"The NDA chairs the Baltic Crime Network. It meets in May.{FILLER}",
)
def test_a_document_says_the_same_alone_and_after_another_one(first: str, second: str) -> None:
    together = [found_in(first), found_in(second)]
    turned = [found_in(second, by=OTHER), found_in(first, by=OTHER)]
    assert together == turned[::-1]
    assert [found_in(first), found_in(second)] == together


def test_the_texts_are_read_by_rules() -> None:
    """Texts in no language are not analysed, so that what holds of them would say little."""
    assert found_in(SENTENCES[0] + "\n\n" + FILLER * 2).proposals
    assert EXTRACTOR.languages == OTHER.languages
