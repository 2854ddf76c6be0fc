"""Web pages, PDF and Word files to text: what is kept, what is left out, where each word came from, what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import yaml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from graph import documents, inputs, sections, sentences, vocabulary
from graph.errors import DocumentError
from graph.reading import Converted, hypertext, stored
from graph.reading.places import Place
from tests.graph.renderings import Words, as_docx, as_html, as_pdf, column, pages, saved

CASES = Path(__file__).parent / "cases"
PAGES = yaml.safe_load((CASES / "web-pages.yaml").read_text(encoding="utf-8"))
RENDERERS: dict[str, Callable[[str], bytes]] = {"html": as_html, "htm": as_html, "docx": as_docx, "pdf": as_pdf}
LONG = "In this case the words of the line go on and on until its"


@pytest.fixture(scope="session")
def seed(data: Path) -> str:
    """The text of the first profile."""
    return (data / "profiles/spain-2018-cse.txt").read_text(encoding="utf-8")


def made(folder: Path, name: str, content: bytes) -> documents.Document:
    """The document in a file with this content."""
    (folder / name).write_bytes(content)
    return documents.read(folder / name)


def taken_apart(document: documents.Document) -> tuple[list[sections.Section], sections.FrontBlock, dict[str, list[str]]]:
    """Sections, front block, and the sentences by form."""
    found, front = sections.split(document, sections.Template(vocabulary.load().headings))
    forms: dict[str, list[str]] = {}
    for sentence in sentences.split(document, found, front, frozenset({"etc"})):
        assert sentence.span.of(document.text) == sentence.text
        forms.setdefault(sentence.form, []).append(sentence.text)
    return found, front, forms


@pytest.mark.parametrize("ending", RENDERERS)
def test_a_title_above_the_front_block_hides_nothing_of_it(ending: str, seed: str, tmp_path: Path) -> None:
    document = made(tmp_path, f"spain-2018-cse.{ending}", RENDERERS[ending](f"# EUCPN Policy Profile\n\n{seed}"))
    parts, front, _ = taken_apart(document)
    assert {name: front.fields[name].of(document.text) for name in ("country", "year")} == {"country": "SPAIN", "year": "2018"}
    assert [part.key for part in parts][:3] == ["front", "eucpn-policy-profile", "overview"]


@pytest.mark.parametrize("ending", RENDERERS)
def test_the_first_profile_is_read_back_from_each_format(ending: str, seed: str, data: Path, tmp_path: Path) -> None:
    original, _, expected = taken_apart(documents.read(data / "profiles/spain-2018-cse.txt"))
    document = made(tmp_path, f"spain-2018-cse.{ending}", RENDERERS[ending](seed))
    parts, front, forms = taken_apart(document)
    assert (len(expected["sentence"]), len(expected["heading"])) == (18, 12)
    assert forms["sentence"] == expected["sentence"]
    assert forms["heading"] == expected["heading"]
    assert [part.key for part in parts] == [part.key for part in original]
    assert {name: span.of(document.text) for name, span in front.fields.items()} == {
        "priority": "CSE/CAM Child Sexual Exploitation/Child Abuse Materials", "country": "SPAIN", "year": "2018",
    }  # fmt: skip
    assert "Country\tSPAIN\nYear\t2018\n" in document.text


@pytest.mark.parametrize("ending", RENDERERS)
def test_the_same_document_gives_the_same_text_and_places(ending: str, seed: str, tmp_path: Path) -> None:
    first, second = (made(tmp_path, f"same-2018.{ending}", RENDERERS[ending](seed)) for _ in range(2))
    assert (first.text, first.places, first.converter) == (second.text, second.places, second.converter)
    assert first.converter
    assert first.media_type == documents.MEDIA_TYPES[f".{ending}"]


def test_a_text_has_neither_converter_nor_places(data: Path) -> None:
    document = documents.read(data / "profiles/spain-2018-cse.txt")
    assert (document.converter, document.places, document.text_hash) == ("", None, document.document_hash)


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_a_page_becomes_this_text(case: dict[str, str]) -> None:
    assert hypertext.convert(case["page"].encode("utf-8", "surrogatepass")).text == case["text"]


FRAGMENTS = st.sampled_from([case["page"] for case in PAGES]) | st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<td>", "<table>", "</table>", "<li>", "<h2>", "</h2>", "<nav>", "</nav>", "&eacute;", "&nbsp;", "&amp", "&#x41;", "\n", "\r\n", " ", "<br>",
     "<!--", "-->", "<![CDATA[", "<script>", "</script>", "é", "e\u0301", "👮🏽", "\u00a0", "\ufeff", "<", ">", "&", "<!", "</", "<a x='", "\0"]
) | st.text(max_size=8)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=20).map("".join))
@example("\ufeff<p>one\r\n two</p>")
@example("<p>&notit;&copyright &am")
def test_each_letter_stands_where_its_place_says(source: str) -> None:
    source = source.encode("utf-8", "replace").decode()
    try:
        converted = hypertext.convert(b"<p>x</p>" + source.encode())
    except hypertext.Refusal as refusal:
        assert "which is not known" in refusal.problem  # noqa: PT017
        return
    source = f"<p>x</p>{source}"
    for offset, sign in enumerate(converted.text):
        place = converted.places.at(offset)
        there = source[place.numbers[0]]
        if place.is_mark:
            assert sign in "\n \t#*~-.0123456789"
        elif sign == " ":
            assert there.isspace() or there == "&"
        else:
            assert there in (sign, "&")
    assert Converted.from_json(json.loads(json.dumps(converted.as_json()))).places.at(0) == converted.places.at(0)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b'<meta charset="windows-1252"><p>pol\xedtica \x80', "política €\n"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=ISO-8859-1"><p>\x93quoted\x94', "\u201cquoted\u201d\n"),
        (b'<meta charset="iso-8859-2"><p>\xb1', "ą\n"),
        ("\ufeff<p>política".encode("utf-16-le"), "política\n"),
        ("\ufeff<meta charset=ascii><p>política".encode(), "política\n"),
    ],
    ids=["windows-1252", "latin 1 as browsers take it", "latin 2", "UTF-16 by its mark", "the mark counts first"],
)  # fmt: skip
def test_a_page_is_decoded_as_it_says(content: bytes, text: str) -> None:
    assert hypertext.convert(content).text == text


def test_a_place_in_a_pdf_is_a_page(tmp_path: Path) -> None:
    document = made(tmp_path, "two-2018.pdf", pages([[Words(72, 700, "First page.")], [Words(72, 700, "Second page.")]]))
    assert document.places
    assert document.text == "First page.\n\nSecond page.\n"
    assert [str(document.places.at(document.text.index(word))) for word in ("First", "Second")] == ["page 1", "page 2"]


def test_columns_are_read_one_after_the_other_under_the_title(tmp_path: Path) -> None:
    left, right = ([f"{side} {number} {LONG[:29]}" for number in range(8)] + [f"{side} ends."] for side in ("Left", "Right"))
    rows = [words for pair in zip(column(72, 700, left), column(310, 700, right), strict=True) for words in pair]
    title = Words(72, 760, "A title that stands over both columns of the page and is long enough")
    foot = Words(72, 500, "A line under both columns that is about as long as the title above")
    text = made(tmp_path, "columns-2018.pdf", pages([[title, *rows, foot]])).text
    assert text.split("\n\n") == [title.words, " ".join(left), " ".join(right), f"{foot.words}\n"]


def test_a_table_is_no_pair_of_columns(tmp_path: Path) -> None:
    labels = ["Country", "Year", "Priority", "Policy", "Contact", "Author"]
    rows = [*column(72, 700, labels), *column(310, 700, [f"value {number} of the table" for number in range(6)])]
    text = made(tmp_path, "table-2018.pdf", pages([rows])).text
    assert text == "".join(f"{label}\tvalue {number} of the table\n" for number, label in enumerate(labels))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the preven-", "tion of crime"], "the prevention of crime"),
        (["the EU-", "Russia border"], "the EU-Russia border"),
        (["a Peer-to-", "peer network"], "a Peer-to-peer network"),
        (["a near-", "drop-in replacement"], "a near-drop-in replacement"),
        (["cross-border crime at the cross-", "border point"], "cross-border crime at the cross-border point"),
        (["pre-", "and post-war"], "pre- and post-war"),
        (["one and", "two"], "one and two"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_word_that_was_parted_is_one_again(lines: list[str], text: str, tmp_path: Path) -> None:
    before = ["This line is long so that those that follow are not the longest of this page by far"]
    content = pages([[*column(72, 700, before), *column(72, 600, [f"{LONG} {lines[0]}", lines[1]])]])
    assert made(tmp_path, "hyphen-2018.pdf", content).text.split("\n\n")[1] == f"{LONG} {text}\n"


def test_running_lines_and_numbers_of_pages_are_left_out(tmp_path: Path) -> None:
    content = [
        [Words(72, 800, "EUCPN profile"), Words(500, 800, "Spain"), Words(72, 700, f"Words of {number * 'a'}."), Words(280, 30, f"Page {number} of 3")]
        for number in (1, 2, 3)
    ]  # fmt: skip
    assert made(tmp_path, "running-2018.pdf", pages(content)).text == "".join(f"Words of {number * 'a'}.\n\n" for number in (1, 2, 3))[:-1]


def test_headings_items_and_paragraphs_of_a_pdf(tmp_path: Path) -> None:
    full = "The words of this line reach from the one edge of the page up to the other one, or nearly so"
    content = [
        Words(72, 780, "1. Overview of the field", "Helvetica-Bold", 16),
        Words(72, 750, "Definition", "Helvetica-Bold", 12),
        *column(72, 730, [full, "and go on here with "]),
        Words(160, 718, "bold words", "Helvetica-Bold"),
        *column(
            72,
            700,
            ["The next paragraph:", "\u2022 first item", "\u2022 second item that is", "   longer", "1. numbered", "2. numbered too"],
        ),
        Words(72, 600, "A bold line", "Helvetica-Bold"),
        Words(72, 585, "and its words."),
    ]
    assert made(tmp_path, "forms-2018.pdf", pages([content])).text == (
        f"# 1. Overview of the field\n\n## Definition\n\n{full} and go on here with **bold words**\n\nThe next paragraph:\n\n"
        "- first item\n- second item that is longer\n1. numbered\n2. numbered too\n\n### A bold line\n\nand its words.\n"
    )


def test_a_heading_of_two_lines_is_one(tmp_path: Path) -> None:
    heading = [Words(72, 700, "1 Creating and Controlling Regions and Coor-", size=14), Words(90, 682, "dinate Systems", size=14)]
    content = pages([[*heading, Words(72, 650, f"{LONG} end. {LONG[:30]}end.")]])
    assert (
        made(tmp_path, "two-lines-2018.pdf", content).text.split("\n\n")[0] == "# 1 Creating and Controlling Regions and Coordinate Systems"
    )


def test_a_page_that_lies_on_its_side_is_read(tmp_path: Path) -> None:
    content = pages([[*column(72, 500, [f"First {LONG}", "end."]), Words(72, 400, "Second.")]], turned=90)
    assert made(tmp_path, "turned-2018.pdf", content).text == f"First {LONG} end.\n\nSecond.\n"


def test_a_paragraph_goes_on_over_the_page_and_keeps_both_places(tmp_path: Path) -> None:
    content = [column(72, 700, [f"{LONG} end and this one", f"{LONG} end on the next page,"]), column(72, 780, ["where it ends."])]
    document = made(tmp_path, "over-2018.pdf", pages(content))
    assert document.places
    assert document.text.endswith("next page, where it ends.\n")
    assert document.places.at(document.text.index("where")) == Place("page", (2,))


def word_file() -> docx.document.Document:
    """A Word file with everything in it."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "header"
    document.add_heading("Title", 0)
    document.add_heading("Objectives", 2)
    paragraph = document.add_paragraph("Plain, ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(", ")
    paragraph.add_run("emphasised").italic = True
    paragraph.add_run(" and ")
    paragraph.add_run("struck").font.strike = True
    paragraph.add_run(" words.").add_break()
    paragraph.add_run("Second line.")
    paragraph.add_run("hidden").font.hidden = True
    for style, words in (("List Bullet", "one"), ("List Bullet 2", "two"), ("List Number", "first"), ("List Number", "second")):
        document.add_paragraph(words, style)
    table = document.add_table(3, 3)
    for number, words in enumerate(["a", "b", "c", "d", "two\nlines", "f", "g", "h", "i"]):
        table.cell(number // 3, number % 3).text = words
    table.cell(0, 0).merge(table.cell(0, 1)).text = "over two"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "down two"
    changed = document.add_paragraph("Kept ")
    for change, tag, words in (
        ("del", "delText", "deleted "),
        ("ins", "t", "inserted "),
        ("moveFrom", "t", "moved away "),
        ("moveTo", "t", "moved here"),
    ):
        run = f"<w:r><w:{tag} xml:space='preserve'>{words}</w:{tag}></w:r>"
        changed._p.append(parse_xml(f"<w:{change} {nsdecls('w')} w:id='1' w:author='a'>{run}</w:{change}>"))  # noqa: SLF001  # python-docx has no way of its own
    document.add_comment(changed.runs, "a comment", "author")
    return document


def test_a_word_file_becomes_text_in_its_order(tmp_path: Path) -> None:
    document = made(tmp_path, "word-2018.docx", saved(word_file()))
    assert document.text == (
        "# Title\n\n## Objectives\n\nPlain, **bold**, *emphasised* and ~~struck~~ words.\nSecond line.\n\n"
        "- one\n\n- two\n\n1. first\n2. second\n\nover two\t\tc\nd\ttwo lines\tdown two\ng\th\t\n\nKept inserted moved here\n"
    )
    assert document.places
    place = {words: str(document.places.at(document.text.index(words))) for words in ("Title", "second", "two lines", "Kept")}
    assert place == {"Title": "paragraph 1", "second": "paragraph 7", "two lines": "table 1, row 2, cell 2", "Kept": "paragraph 8"}


def test_a_pdf_that_may_be_read_but_not_printed_is_read(tmp_path: Path) -> None:
    closed = StandardEncryption("", ownerPassword="owner", canPrint=0)
    assert made(tmp_path, "owner-2018.pdf", pages([[Words(72, 700, "Words.")]], encrypt=closed)).text == "Words.\n"


KEPT = Converted("Stored.\n", "a converter 1", hypertext.convert(b"Stored.").places)


def test_a_kept_text_counts_before_a_new_conversion(tmp_path: Path) -> None:
    path = tmp_path / "kept-2018.html"
    path.write_bytes(b"<p>New.")
    texts = tmp_path / "texts"
    assert documents.read(path, texts).text == "New.\n"
    stored.keep(texts, "kept-2018", path.read_bytes(), KEPT)
    assert sorted(file.name for file in texts.iterdir()) == ["kept-2018.json", "kept-2018.txt"]
    document = documents.read(path, texts)
    assert (document.text, document.converter) == ("Stored.\n", "a converter 1")
    assert document.places == KEPT.places
    assert documents.read(path).text == "New.\n"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "kept-2018.html").write_bytes(b"other"), "kept-2018.json: the document has changed"),
        (lambda folder: (folder / "texts/kept-2018.txt").write_bytes(b"Stored!\n"), "kept-2018.txt: the text has changed"),
        (lambda folder: (folder / "texts/kept-2018.json").unlink(), "kept-2018.json: the file cannot be opened"),
        (lambda folder: (folder / "texts/kept-2018.txt").unlink(), "kept-2018.txt: the file cannot be opened"),
        (lambda folder: (folder / "texts/kept-2018.json").write_bytes(b"{}"), "the record of the text is damaged"),
        (lambda folder: (folder / "texts/kept-2018.json").write_bytes(b"["), "the record of the text is damaged"),
    ],
    ids=["document changed", "text changed", "no record", "no text", "record without hashes", "record cut off"],
)
def test_a_kept_text_that_no_longer_fits_is_refused(spoil: Callable[[Path], object], message: str, tmp_path: Path) -> None:
    (tmp_path / "kept-2018.html").write_bytes(b"<p>New.")
    stored.keep(tmp_path / "texts", "kept-2018", b"<p>New.", KEPT)
    spoil(tmp_path)
    with pytest.raises(DocumentError, match=message) as refused:
        documents.read(tmp_path / "kept-2018.html", tmp_path / "texts")
    assert not refused.value.stops


@pytest.mark.parametrize("change", ["starts", "origins", "unit", "names"])
def test_a_map_of_places_that_does_not_fit_is_refused(change: str) -> None:
    fields = KEPT.as_json()
    fields["places"][change] = {"starts": [0, 99], "origins": [], "unit": "line", "names": 5}[change]
    with pytest.raises(ValueError, match=r"places|numbers|lacks"):
        Converted.from_json(fields)


def test_kept_texts_are_among_the_inputs(tmp_path: Path) -> None:
    for folder in ("authority", "profiles"):
        (tmp_path / folder).mkdir()
    (tmp_path / "profiles/kept-2018.html").write_bytes(b"<p>New.")
    assert len(inputs.find(tmp_path).profiles[0].files) == 1
    stored.keep(tmp_path / "texts", "kept-2018", b"<p>New.", KEPT)
    found = inputs.find(tmp_path)
    assert found.texts == tmp_path / "texts"
    assert [path.name for path in found.profiles[0].files] == ["kept-2018.html", "kept-2018.txt", "kept-2018.json"]
    assert list(found.hashes) == ["profiles/kept-2018.html", "texts/kept-2018.json", "texts/kept-2018.txt"]
