"""The functions between a query and a template, each without a store."""

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import vocabulary
from graph.iris import Iris
from webapp.pages import asking, document
from webapp.pages.claims import End, Shown, Span
from webapp.pages.ego import drawing
from webapp.pages.ego.layout import WIDTH, Hub
from webapp.pages.families import FAMILIES, OTHER, family_of
from webapp.pages.places import place
from webapp.pages.proofs import Proof
from webapp.pages.shares import share

CASES = Path(__file__).parent / "cases"
CSS = (Path(__file__).parents[2] / "webapp/static/liaison.css").read_text(encoding="utf-8")
KINDS = ("country", "body", "group", "collective", "practice", "policy", "topic", "channel")
RELATIONS = ("memberOf", "cooperatesWith", "hosts", "signed", "partOf")
_LETTER = 7.5
"""The broadest that an average letter of a label is drawn, in the drawing's units."""


def claim(subject: str, relation: str, target: str, start: int = -1, end: int = -1, **states: str) -> Shown:
    """A claim between two references, with one piece of evidence."""
    key = f"{subject}-{relation}-{target}-{start}-{end}".replace("/", "-")
    said = {"polarity": "affirmed", "modality": "asserted", "certainty": "stated", "review": "curated"} | states
    proof = Proof(key, key, said["certainty"], "", "", "", "exact", "sentence/x", "", "", start, end)
    ends = (End(subject, f"Name of {subject}"), End(target, f"Name of {target}"))
    return Shown(
        key, ends[0], relation, ends[1], **said, span=Span("", "", "", is_over=False), stated_in=End("profile/x", "x"), proofs=[proof]
    )  # type: ignore[arg-type]


@pytest.mark.cases("spans")
def test_a_time_is_said_in_words(case: dict[str, str]) -> None:
    span = Span(case["begins"], case["ends"], case["as_of"], case["is_over"] == "yes")
    assert (span.kind, span.words) == (case["kind"], case["words"])


@pytest.mark.cases("places")
def test_an_iri_leads_where_it_should(case: dict[str, str]) -> None:
    found = place(case["value"], Iris())
    assert (found.address, found.is_outside) == (case["address"], case["outside"] == "yes")


def test_every_relation_has_one_family() -> None:
    named = [relation for family in FAMILIES for relation in family.relations]
    assert sorted(named) == sorted(vocabulary.load().relations)
    assert family_of("unheardOf") is OTHER


def test_every_family_has_its_colours() -> None:
    for family in (*FAMILIES, OTHER):
        assert f".f-{family.key} {{" in CSS


@pytest.mark.parametrize("name", asking.names())
def test_a_query_file_says_what_it_asks_and_declares_every_prefix(name: str) -> None:
    text = asking.written(name, Iris())
    assert text.startswith("# ")
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("#", "PREFIX")))
    for prefix in Iris().prefixes:
        assert (f"PREFIX {prefix}:" in text) == (f" {prefix}:" in body.replace("|", " ").replace("(", " ").replace("^", " "))


@given(st.lists(st.integers(1, 200), max_size=30), st.integers(1, 100), st.integers(1, 8))
def test_a_share_fits_or_is_the_least(sizes: list[int], room: int, least: int) -> None:
    most = share(sizes, room, least)
    assert most >= least
    assert most == least or sum(min(size, most) for size in sizes) <= room
    assert most >= max(sizes, default=0) or sum(min(size, most + 1) for size in sizes) > room


@given(st.text(min_size=1, max_size=60), st.integers(0, 500), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 80)), max_size=8))
def test_a_sentence_cut_into_pieces_is_the_sentence(text: str, start: int, quotes: list[tuple[int, int]]) -> None:
    marks = document.numbered(
        claim("country/A", "memberOf", "body/B", start + begin - 10, start + begin - 10 + length) for begin, length in quotes
    )
    marks = [mark for mark in marks if mark.proof.start < start + len(text) and start < mark.proof.end]
    made = document.pieces(text, start, marks)
    assert "".join(piece.text for piece in made) == text
    at = start
    for piece in made:
        over = {mark.number for mark in marks if mark.proof.start < at + len(piece.text) and at < mark.proof.end}
        assert {mark.number for mark in piece.marks} == over
        assert all(mark.proof.start == at for mark in piece.begins)
        at += len(piece.text)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=10))
def test_quotes_are_numbered_in_reading_order(quotes: list[tuple[int, int]]) -> None:
    marks = document.numbered(claim("country/A", "memberOf", "body/B", begin, begin + length) for begin, length in quotes)
    assert [mark.number for mark in marks] == list(range(1, len(set(quotes)) + 1))
    assert [mark.proof.start for mark in marks] == sorted(mark.proof.start for mark in marks)


neighbours = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 99), st.sampled_from(RELATIONS), st.booleans(), st.integers(1, 90)), max_size=120
)


def around(found: Sequence[tuple[str, int, str, bool, int]]) -> list[Shown]:
    """Claims that tie these neighbours to one country, each neighbour with a name of some length."""
    made: list[Shown] = []
    names: dict[str, End] = {}
    for kind, number, relation, is_subject, length in found:
        there = f"{kind}/{number}"
        made.append(claim("country/ME", relation, there) if is_subject else claim(there, relation, "country/ME"))
        names.setdefault(there, End(there, ("word " * 20)[:length] + str(number)))
        made[-1].subject, made[-1].object = (made[-1].subject, names[there]) if is_subject else (names[there], made[-1].object)
    return list({item.key: item for item in made}.values())


def boxes(hubs: Sequence[Hub]) -> list[tuple[float, float, float, float]]:
    """Where each label, sign and relation lies: left, top, right, bottom."""
    found = []
    for hub in hubs:
        found.extend((pill.x, pill.y - 11.5, pill.x + pill.width, pill.y + 11.5) for pill in hub.pills)
        for leaf in hub.leaves:
            width = max(map(len, leaf.lines)) * _LETTER * 0.86 + 16
            half = max(10.0, 7.5 * len(leaf.lines))
            left, right = (leaf.x - width, leaf.x + 10) if hub.is_left else (leaf.x - 10, leaf.x + width)
            found.append((left, leaf.y - half, right, leaf.y + half))
    return found


@given(neighbours)
def test_nothing_in_a_drawing_lies_on_anything_else(found: list[tuple[str, int, str, bool, int]]) -> None:
    drawn = drawing(around(found), "country/ME", "Me")
    if drawn is None:
        assert not found
        return
    placed = sorted(boxes(drawn.hubs), key=lambda box: box[1])
    for place_, one in enumerate(placed):
        assert one[0] >= 0
        assert one[2] <= WIDTH
        assert one[1] >= 0
        assert one[3] <= drawn.height
        for other in placed[place_ + 1 :]:
            if other[1] >= one[3] - 0.01:
                break
            assert one[2] <= other[0] or other[2] <= one[0], f"{one} lies on {other}"


@given(neighbours)
def test_each_neighbour_is_drawn_once_or_counted(found: list[tuple[str, int, str, bool, int]]) -> None:
    claims = around(found)
    drawn = drawing(claims, "country/ME", "Me")
    ends = {item.other("country/ME").reference for item in claims}
    leaves = [leaf.tie.end.reference for hub in (drawn.hubs if drawn else ()) for leaf in hub.leaves]
    assert len(leaves) == len(set(leaves))
    assert set(leaves) <= ends
    assert len(leaves) + (drawn.more if drawn else 0) == len(ends)


@given(neighbours, st.randoms(use_true_random=False))
def test_the_same_claims_in_any_order_give_the_same_drawing(found: list[tuple[str, int, str, bool, int]], random: Random) -> None:
    claims = around(found)
    mixed = list(claims)
    random.shuffle(mixed)
    assert [boxes(one.hubs) for one in (drawing(claims, "country/ME", "Me"),) if one] == [
        boxes(one.hubs) for one in (drawing(mixed, "country/ME", "Me"),) if one
    ]


def tokens(scheme: str) -> dict[str, tuple[int, int, int]]:
    """The colours of a scheme, light ones where dark has none of its own."""
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")[:2]
    parts = [light] if scheme == "light" else [light, dark.partition("\n}")[0]]
    found: dict[str, tuple[int, int, int]] = {}
    for part in parts:
        for declaration in part.split(";"):
            name, sign, value = declaration.rpartition("{")[2].strip().partition(": #")
            if sign and len(value) == 6:
                found[name] = (int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16))
    return found


def luminance(colour: tuple[int, int, int]) -> float:
    """How bright a colour is, as WCAG 2 defines it."""
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 2) == 21
    assert round(contrast((119, 119, 119), (255, 255, 255)), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.cases("contrast")
def test_colours_are_told_apart_in_both_schemes(case: dict[str, str], scheme: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[case["front"]], colours[case["back"]]) >= float(case["least"])


def test_the_table_of_contrasts_names_every_colour_for_text_and_signs() -> None:
    rows = list(csv.DictReader((CASES / "contrast.csv").read_text(encoding="utf-8").splitlines()))
    used = {row["front"] for row in rows} | {row["back"] for row in rows}
    assert {name for name in tokens("light") if name not in used} <= {"--line", "--l-other"}
