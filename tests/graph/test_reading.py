"""A document to sections, sentences and quotes: whatever the text is like, every offset holds and nothing is lost."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from graph import documents, furniture, sections, sentences, vocabulary
from graph.curation import quotes
from graph.curation.sidecar import Entry
from graph.documents import Document
from graph.errors import DocumentError, SidecarError

CASES = Path(__file__).parent / "cases"
MARKUP = re.compile(r"</?(?:b|strong|i|em|u)>|\(?[a-z]\)[ \t]", re.IGNORECASE)
"""Tags, and the letters with which list items begin."""
TEMPLATE = sections.Template(vocabulary.load().headings)
ABBREVIATIONS = frozenset({"etc", "art"})
PIECES = st.sampled_from(
    ["Spain co-drives the group.", "Art. 5 etc. applies", "## Objectives", "**Stakeholders**", "<b>Country</b>\tSPAIN", "Year: 2018", "- item", "1. Overview of the field",
     "é", "e\u0301", "ﬁ", "👮🏽‍♀️", "\u202eabc\u202c", "\ufeff", "\u2028", "Ministère", "İstanbul", "(a) first", "\u00a0", "...", "e.g. this", "!?", "*", "__x__", "#", "\u0301"]
)  # fmt: skip
BREAKS = st.sampled_from([" ", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\t", "  \n"])
TEXTS = st.lists(st.tuples(PIECES | st.text(max_size=12), BREAKS), max_size=25).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)


def document(text: str, key: str = "test-2018") -> Document:
    """A document with this text that was never a file."""
    return Document(key, Path(f"{key}.txt"), text, "text/plain", "", "")


def read(text: str, key: str = "test-2018") -> list[sentences.Sentence]:
    """The sentences of a text."""
    made = document(text, key)
    parts, front = sections.split(made, TEMPLATE)
    return sentences.split(made, parts, front, ABBREVIATIONS)


@given(TEXTS)
@example("\ufeff<b>Country</b>\tSPAIN\r\n\r\n## 2. Crime strategy\r\nA. B.\r\n")
def test_every_sentence_is_what_stands_at_its_offsets(text: str) -> None:
    for sentence in read(text):
        assert text[sentence.span.start : sentence.span.end] == sentence.text


@given(TEXTS)
def test_sentences_stand_in_order_and_never_overlap(text: str) -> None:
    found = read(text)
    ends = [0, *(sentence.span.end for sentence in found)]
    assert all(end <= sentence.span.start < sentence.span.end for end, sentence in zip(ends, found, strict=False))
    assert [sentence.position for sentence in found] == list(range(1, len(found) + 1))
    assert len({sentence.key for sentence in found}) == len(found)


@given(TEXTS)
def test_no_letter_or_figure_is_lost_after_the_front_block(text: str) -> None:
    body = "## Objectives\n" + text
    covered = {at for sentence in read(body) for at in range(sentence.span.start, sentence.span.end)}
    left = "".join("\0" if at in covered else body[at] for at in range(len(body)))
    without_markup = MARKUP.sub("", left)
    assert [letter for letter in without_markup if unicodedata.category(letter)[0] == "L"] == []


@given(TEXTS, TEXTS)
def test_text_that_is_added_at_the_end_changes_no_earlier_key(text: str, more: str) -> None:
    # A line that repeats beside page numbers is a running header; whether it repeats is seen only at the end.
    assume(not furniture.of(text + "\n\n## Objectives\n" + more))
    before = [sentence.key for sentence in read(text + "\n\n")]
    after = [sentence.key for sentence in read(text + "\n\n## Objectives\n" + more)]
    assert after[: len(before)] == before


def test_a_paragraph_that_moves_keeps_its_key() -> None:
    first, second = "## Objectives\nOne thing.\n\nAnother thing.\n", "## Objectives\nAnother thing.\n\nOne thing.\n"
    assert {sentence.key for sentence in read(first)} == {sentence.key for sentence in read(second)}


def test_a_sentence_that_stands_twice_has_two_keys() -> None:
    keys = [sentence.key for sentence in read("Same words.\n\nSame words.\n")]
    assert keys[1] == f"{keys[0]}-2"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of cases."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", rows("headings.csv"), ids=lambda case: case["heading"][:40])
def test_a_heading_is_recognised_by_its_words(case: dict[str, str]) -> None:
    parts, _ = sections.split(document(f"{case['heading']}\n\nText.\n"), TEMPLATE)
    assert (parts[-1].template or "") == case["section"]


@pytest.mark.parametrize("case", rows("sentence-ends.csv"), ids=lambda case: case["text"][:40])
def test_a_sentence_ends_where_a_reader_would_end_it(case: dict[str, str]) -> None:
    assert [sentence.text for sentence in read(case["text"])] == case["sentences"].split("|")


def test_the_first_profile_is_read_as_it_stands(data: Path) -> None:
    made = documents.read(data / "profiles" / "spain-2018-cse.txt")
    parts, front = sections.split(made, TEMPLATE)
    assert [(part.key, part.template) for part in parts] == [(row["key"], row["template"]) for row in rows("spain-sections.csv")]
    assert {name: span.of(made.text) for name, span in front.fields.items()} == {
        "priority": "CSE/CAM Child Sexual Exploitation/Child Abuse Materials",
        "country": "SPAIN",
        "year": "2018",
    }


@pytest.mark.parametrize("case", rows("bad-documents.csv"), ids=lambda case: case["name"])
def test_a_document_that_cannot_be_read_says_why_and_where(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    path.write_bytes(bytes.fromhex(case["bytes"]))
    with pytest.raises(DocumentError) as refused:
        documents.read(path)
    assert case["message"] in str(refused.value)
    assert str(path) in str(refused.value)
    assert not refused.value.stops


def test_a_document_of_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge-2018.txt"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(DocumentError, match="52,428,800 bytes"):
        documents.read(path)


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n", "\ufeffx", "e\u0301 é", "\u202eright to left\u202c", "a\u2028b", "👩‍👩‍👧", "x\ty"], ids=ascii
)
def test_a_text_is_kept_code_point_for_code_point(text: str, tmp_path: Path) -> None:
    path = tmp_path / "kept-2018.txt"
    path.write_bytes(text.encode())
    assert documents.read(path).text == text


ENTRY = Entry(Path("side-car.yaml"), 7, {})


@given(TEXTS, st.data())
def test_a_quote_that_stands_once_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    found = read(text)
    if not found:
        return
    sentence = data.draw(st.sampled_from(found))
    start = data.draw(st.integers(0, len(sentence.text) - 1))
    words = sentence.text[start : data.draw(st.integers(start + 1, len(sentence.text)))]
    made = document(text)
    if text.count(words) > 1 or text.find(words, text.find(words) + 1) >= 0:
        with pytest.raises(SidecarError, match="ambiguous"):
            quotes.find(words, ENTRY, made, found)
    else:
        quote = quotes.find(words, ENTRY, made, found)
        assert text[quote.span.start : quote.span.end] == quote.text == words
        assert sentence in quote.sentences


def test_a_quote_may_reach_over_two_sentences() -> None:
    text = "Spain takes part. It leads.\r\nMore."
    quote = quotes.find("part. It", ENTRY, document(text), read(text))
    assert [sentence.text for sentence in quote.sentences] == ["Spain takes part.", "It leads."]


def test_an_ambiguous_quote_names_the_lines() -> None:
    text = "One word.\n\nOne word.\n"
    with pytest.raises(SidecarError, match=r"side-car.yaml:7: .*lines 1, 3"):
        quotes.find("One word", ENTRY, document(text), read(text))
    chosen = Entry(Path("side-car.yaml"), 7, {"occurrence": "2"})
    assert quotes.find("One word", chosen, document(text), read(text)).span.start == text.rindex("One")


def test_a_missing_quote_names_the_nearest_sentence() -> None:
    text = "Spain co-drives the group.\n"
    with pytest.raises(SidecarError, match=r"nearest sentence is 'Spain co-drives the group\.'"):
        quotes.find("Spain drives the group", ENTRY, document(text), read(text))


MANY = 100_000
HOSTILE = {
    "dots": "." * MANY,
    "marks of exclamation": "!" * MANY,
    "marks of question": "?" * MANY,
    "ellipses": "\u2026" * MANY,
    "dots and brackets": ".)" * MANY,
    "abbreviations": "etc. A " * (MANY // 5),
    "titles": "*A b.* C. " * (MANY // 10),
    "a word without end": "a" * MANY + " b. C",
    "a row of hyphens": "|" + "-" * MANY + "x|",
    "a row of spaces": "a\tb" + " " * MANY + "c",
    "furniture inside a paragraph": "word\n\n---\n\n" * (MANY // 5),
    "pages": "\n1\n\nA b\n" * (MANY // 5),
    "headings": "## Annex\n" * (MANY // 5),
    "headings with a line below": "Annex\n---\n" * (MANY // 5),
    "a heading without end": "## " + "word " * MANY,
    "lines of the front block": "Year: 2018\n" * (MANY // 5),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_to_read_a_text_grows_no_faster_than_its_length(name: str) -> None:
    # There is no clock here: where the time grows with the square of the length, this takes minutes for each text.
    found = read(HOSTILE[name])
    assert all(HOSTILE[name][sentence.span.start : sentence.span.end] == sentence.text for sentence in found)


def test_a_long_run_of_dots_ends_one_sentence() -> None:
    texts = [sentence.text for sentence in read(f"## Objectives\nIt grows{'.' * MANY} It falls{'!' * MANY}")]
    assert texts == ["Objectives", f"It grows{'.' * MANY}", f"It falls{'!' * MANY}"]


def test_a_row_without_words_says_nothing() -> None:
    assert [sentence.text for sentence in read("## Objectives\n| a | b |\n|---|---|\n| |\n| c | |\n")] == ["Objectives", "a | b", "c |"]


def test_sections_with_the_same_heading_have_keys_of_their_own() -> None:
    parts, _ = sections.split(document("## Annex\n\n## Annex\n\n## Annex 2\n"), TEMPLATE)
    assert [part.key for part in parts] == ["front", "annex", "annex-2", "annex-2-2"]
