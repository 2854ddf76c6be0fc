"""Countries by networks: how many claims hold, have ended, begin later, are planned or denied, each with its sign and its words."""

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask, render_template

from graph.affiliations import Affiliation
from graph.iris import Iris
from graph.store import View
from webapp.pages.claims import End
from webapp.pages.comparison import states, whole
from webapp.pages.comparison.held import Held
from webapp.pages.comparison.matrix import COUNTED, Cell, Matrix, MatrixRow, matrix
from webapp.paging import Part


def affiliation(polarity: str = "affirmed", modality: str = "asserted", **said: str) -> Affiliation:
    """Claims of one country and one network that say the same."""
    told = {"review": "curated", "begins": "", "ends": "", "latest": "", "claims": "1"} | said
    things = ("https://example.org/id/country/AAA", "A", "https://example.org/id/group/g", "G")
    return Affiliation(*things, polarity, modality, **told)


@pytest.mark.parametrize(
    ("said", "words", "drawn"),
    [
        ([affiliation(claims="2")], "2", "holds"),
        ([affiliation(begins="2004", ends="2015", latest="2015-12-31")], "1 ended", "ended"),
        ([affiliation(modality="past")], "1 ended", "ended"),
        ([affiliation(begins="2031-05")], "1 to begin later", "later"),
        ([affiliation(modality="planned"), affiliation(modality="required", claims="2")], "3 planned", "planned"),
        ([affiliation("negated")], "1 denied", "denied"),
        ([affiliation("negated", "planned")], "1 denied", "denied"),
        ([affiliation(review="disputed")], "1 not vouched for", "open"),
        ([affiliation("negated"), affiliation(claims="3"), affiliation(modality="past")], "3, 1 ended, 1 denied", "holds"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_cell_of_the_matrix_tells_what_holds_from_what_ended_is_planned_or_denied(
    said: list[Affiliation], words: str, drawn: str
) -> None:
    names, countries = {"group/g": "G"}, {"country/AAA": "A"}
    made = matrix(said, names, countries, Held([], frozenset()), Iris("https://example.org/"), "2026-11-25")
    (cell,) = made.rows[0].cells
    assert (cell.words, cell.state.key) == (words, drawn)


def test_each_state_of_the_matrix_has_its_sign_and_its_words_on_the_page(app: Flask) -> None:
    counts = {state: number for number, state in enumerate(COUNTED, 1)}
    made = Matrix([(End("group/g", "G"), 1)], [MatrixRow(End("country/AAA", "A"), 1, (Cell(states.SILENT, counts),))])
    with app.test_request_context("/compare"):
        text = render_template("compare/start.html", matrix=made, counted=COUNTED, states=states.STATES, part=Part(1, 1), countries={})
    cell = text.partition('<td class="m-holds">')[2].partition("</td>")[0]
    assert re.findall(r'href="#s-([\w-]+)"', cell) == [state.key for state in COUNTED[1:]]
    assert (
        re.sub(r"<[^>]+>", "", cell)
        == made.rows[0].cells[0].words
        == "1, 2 ended, 3 to begin later, 4 planned, 5 denied, 6 not vouched for"
    )
    legend = text.partition("signs-row")[2].partition("</ul>")[0]
    assert [state.key for state in COUNTED[1:] if f"#s-{state.key}" not in legend or state.label not in legend] == []


def test_a_release_of_an_earlier_liaison_has_the_same_matrix(app: Flask) -> None:
    serving = app.extensions["live"].serving()
    with TemporaryDirectory() as empty:
        earlier = replace(serving, release=replace(serving.release, folder=Path(empty)))
        earlier.release.__dict__["view"] = View.open(serving.release.store)
        assert whole.networks(earlier) == whole.networks(serving)
