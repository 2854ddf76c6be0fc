"""Things side by side: the state of each kind of cell, what is shared, and that page, table, data and answers agree."""

import csv
import io
import json
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

import pyoxigraph as ox
import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ontology
from graph.errors import SettingError
from graph.release import Release
from webapp.pages.claims import End, Shown, Span
from webapp.pages.compare import MANY
from webapp.pages.comparison import sheet, states, table
from webapp.pages.comparison.asked import Asked, Wanted, read
from webapp.pages.comparison.columns import Column, columns
from webapp.pages.comparison.held import Edition, Held
from webapp.pages.comparison.panels import KINDS
from webapp.pages.comparison.whole import Comparison

HTML = {"Accept": "text/html"}
TWO, FOUR = "of=country/ESP&of=country/FIN", "of=country/ESP&of=country/FIN&of=country/DEU&of=country/FRA"
YEARS = "of=country/EST@2010&of=country/EST@2018&of=country/RUS@2018&of=country/RUS@2024"
DOCUMENTS = "of=profile/spain-2018-cse&of=profile/finland-2024-crime-prevention"
LARGEST = 100_000
_CELL = re.compile(r"<td class=\"st-[\w-]+\">(.*?)</td>", re.DOTALL)
_WORDS = re.compile(r"<(?:a|b)\b[^>]*>(.*?)</(?:a|b)>", re.DOTALL)


def edition(key: str, country: str, year: int | None, *topics: str, is_complete: bool = True) -> Edition:
    """A document."""
    return Edition(f"profile/{key}", key, country, year, frozenset(topics), topics, is_complete, f"policy/{key}")


HELD = Held(
    [
        edition("a", "country/AAA", 2018, "topic/cse"),
        edition("b", "country/BBB", 2010, "topic/thb"),
        edition("b2", "country/BBB", 2018, "topic/thb", is_complete=False),
        edition("eu", "", 2022, "topic/arms"),
    ],
    frozenset({"country/AAA", "country/BBB", "country/CCC"}),
)


def claim(subject: str, relation: str, target: str, **said: str) -> Shown:
    """A claim; what is not said of it is as in a curated one without dates."""
    told = {"polarity": "affirmed", "modality": "asserted", "review": "curated", "certainty": "stated", "stated_in": "profile/x"} | said
    key = re.sub(r"\W", "-", "-".join([subject, relation, target, *said.values()]))
    ends = End(subject, f"Name of {subject}"), End(target, f"Name of {target}")
    span = Span(
        told.get("from", ""), told.get("until", ""), told.get("as_of", ""), told.get("is_over") == "yes", told.get("is_to_come") == "yes"
    )
    stances = (told["polarity"], told["modality"], told["certainty"], told["review"])
    return Shown(key, ends[0], relation, ends[1], *stances, span, End(told["stated_in"], ""))


def column(country: str, *claims: Shown, year: int | None = None, own: Sequence[str] = ()) -> Column:
    """A country with these claims."""
    (made,) = columns([Wanted(country, year)], {}, HELD, {country: claims}, {country: set(own)})
    return made


@pytest.mark.cases("compared-claims")
def test_a_claim_stands_as_its_source_and_the_time_asked_for_say(case: dict[str, str]) -> None:
    said = claim("country/AAA", "memberOf", "group/g", **{name: case[name] for name in ("polarity", "modality", "review", "from", "until", "as_of", "stated_in", "is_over", "is_to_come")})  # fmt: skip
    assert states.of_claim(said, int(case["year"]) if case["year"] else None).key == case["state"]


@pytest.mark.cases("compared-absences")
def test_an_absence_is_never_more_than_what_is_known(case: dict[str, str]) -> None:
    held = replace(HELD, topics=frozenset({case["topic"]} if case["topic"] else ()))
    assert held.absence(case["country"], int(case["year"]) if case["year"] else None).key == case["state"]


def test_every_state_has_a_sign_a_word_and_a_meaning_of_its_own(client: FlaskClient) -> None:
    text = client.get(f"/compare?{TWO}", headers=HTML).text
    for names in zip(*((state.key, state.label, state.meaning) for state in states.STATES), strict=True):
        assert len(set(names)) == len(states.STATES)
    assert {state.key for state in states.STATES} == set(re.findall(r'<symbol id="s-([\w-]+)"', text))
    assert not any(state.is_said and state.is_absence for state in states.STATES)


@pytest.mark.cases("compare")
def test_an_address_answers(case: dict[str, str], client: FlaskClient) -> None:
    response = client.get(case["address"], headers=HTML)
    assert response.status_code == int(case["status"]), response.text[-500:]
    assert [words for words in case["holds"].split("|") if words not in response.text] == []
    assert not case["holds_not"] or case["holds_not"] not in response.text


def test_what_a_form_sends_is_led_to_the_one_address(client: FlaskClient) -> None:
    sent = client.get("/compare?of=Spain&of=&of=finland&year=2018&topic=cse&of=profile/germany-nd-propk")
    assert sent.headers["Location"] == "/compare?of=country/ESP@2018&of=country/FIN@2018&of=profile/germany-nd-propk&topic=cse"
    assert client.get(sent.headers["Location"]).status_code == 200


@given(
    st.lists(st.tuples(st.sampled_from(["ESP", "FIN", "DEU", "FRA"]), st.none() | st.integers(1000, 9999)), max_size=4, unique=True),
    st.sampled_from(["", "cse", "online-cse"]),
)
def test_the_address_of_a_question_asks_the_same_question(things: list[tuple[str, int | None]], topic: str) -> None:
    asked = Asked(tuple(Wanted(f"country/{code}", year) for code, year in things), f"topic/{topic}" if topic else "")
    pairs = [pair.partition("=") for pair in asked.query.split("&") if pair]
    again = read([value for name, _, value in pairs if name == "of"], "", "".join(v for n, _, v in pairs if n == "topic"), str)
    assert again == asked


@given(st.lists(st.text(max_size=30), max_size=6), st.text(max_size=6), st.text(max_size=20))
def test_anything_that_is_asked_is_understood_or_refused_in_words(things: list[str], year: str, topic: str) -> None:
    try:
        asked = read(things, year, topic, lambda words: "country/ESP" if words == "Spain" else "")
    except SettingError as error:
        told = str(error)
    else:
        told = ""
        assert all(thing.kind in ("country", "profile") for thing in asked.things)
    assert told == "" or told[-1] in ".)"


def test_what_all_say_is_shared_and_what_one_says_is_only_its() -> None:
    both = [claim(f"country/{code}", "memberOf", "group/both") for code in ("AAA", "BBB")]
    made = (
        column("country/AAA", both[0], claim("country/AAA", "memberOf", "group/a"), claim("country/AAA", "leads", "group/plan", modality="planned")),
        column("country/BBB", both[1], claim("country/BBB", "memberOf", "group/a", polarity="negated")),
    )  # fmt: skip
    found = {group.title: [row.end.reference for row in group.rows] for group in table.groups(table.rows(made), made)}
    assert found["Shared by both"] == ["group/both"]
    assert found["Only country/AAA"] == ["group/a"]
    assert found["Ended, planned, denied or of another time"] == ["group/plan"]


def test_sources_that_disagree_stand_beside_each_other() -> None:
    made = column(
        "country/AAA", claim("country/AAA", "memberOf", "group/g"), claim("country/AAA", "memberOf", "group/g", polarity="negated")
    )
    (row,) = table.rows([made])
    assert [line.state.key for line in row.cells[0].lines] == ["undated", "denied"]
    assert row.cells[0].is_disputed
    assert row.cells[0].words.endswith("sources disagree")


def test_editions_that_say_the_same_are_one_line_with_all_their_claims() -> None:
    said = [claim("country/AAA", "memberOf", "group/g", as_of=str(year)) for year in range(2011, 2016)]
    (row,) = table.rows([column("country/AAA", *said)])
    (line,) = row.cells[0].lines
    assert line.words == "is a member of · as of 2011, as of 2012, as of 2013 and 2 more · stated"
    assert sorted(line.claims) == sorted(one.key for one in said)


def test_what_only_another_edition_says_leaves_the_year_as_silent_as_it_is() -> None:
    made = column("country/BBB", claim("country/BBB", "memberOf", "group/g", as_of="2018"), year=2010)
    (row,) = table.rows([made])
    assert row.said == ()
    assert row.cells[0].state is states.OTHER_YEAR
    assert row.cells[0].also is states.SILENT


def test_a_countrys_body_stands_in_the_row_of_whom_it_works_with() -> None:
    own = ["body/ministry", "body/police"]
    claims = (claim("body/ministry", "contactPointFor", "body/eucpn"), claim("body/police", "partOf", "body/ministry"))
    found = {row.end.reference: row.cells[0].words for row in table.rows([column("country/AAA", *claims, own=own)])}
    assert found == {
        "body/eucpn": "Name of body/ministry: is a contact point for · no date given · stated",
        "body/ministry": "Name of body/police: is part of · no date given · stated",
    }


def test_nothing_is_called_silent_that_a_document_names() -> None:
    """Another country's row about a country's own body shows what the country's documents say of it, whatever that is."""
    made = (
        column("country/AAA", claim("body/ministry", "contactPointFor", "body/eucpn"), own=["body/ministry"]),
        column("country/BBB", claim("country/BBB", "cooperatesWith", "body/ministry")),
    )
    row = next(row for row in table.rows(made) if row.end.reference == "body/ministry")
    assert row.cells[0].lines


@pytest.mark.parametrize("asked", [TWO, FOUR, YEARS, DOCUMENTS, f"{TWO}&topic=cse"])
def test_the_rows_of_a_page_are_those_of_its_queries(asked: str, client: FlaskClient, release: Release) -> None:
    """Every claim that the shown query finds is in a cell, and every claim in a cell is found by it."""
    answer = client.get(f"/api/compare?{asked}").get_json()
    found = {row["claim"].value for row in release.view.select(answer["queries"][0])}
    assert found
    assert {claim for row in answer["rows"] for cell in row["cells"] for line in cell["lines"] for claim in line["claims"]} == found
    text = client.get(f"/compare?{asked}", headers=HTML).text
    assert len(text.encode()) <= LARGEST
    shown = [unescape(query) for query in re.findall(r'<pre tabindex="0"><code>(# .*?)</code></pre>', text, re.DOTALL)]
    assert set(shown) == set(answer["queries"])
    for query in shown:
        release.view.query(query)


@pytest.mark.parametrize("asked", [TWO, FOUR, YEARS, DOCUMENTS])
def test_page_table_and_answer_say_the_same_cell_by_cell(asked: str, client: FlaskClient) -> None:
    answer = client.get(f"/api/compare?{asked}").get_json()
    head, *lines = csv.reader(io.StringIO(client.get(f"/compare.csv?{asked}&raw=1").text))
    assert head[4:] == [thing["label"] for thing in answer["things"]]
    assert [line[4:] for line in lines] == [[cell["words"] for cell in row["cells"]] for row in answer["rows"]]
    counts = {part.key: sum(line[0] == part.key for line in lines) for part in table.PARTS}
    for part in table.PARTS:
        if counts[part.key]:
            pages = range(1, math.ceil(counts[part.key] / MANY) + 1)
            texts = [client.get(f"/compare?{asked}&part={part.key}&page={page}", headers=HTML).text for page in pages]
            shown = sorted(words(cell) for text in texts for cell in _CELL.findall(text))
            assert shown == sorted(cell for line in lines if line[0] == part.key for cell in line[4:])


def words(cell: str) -> str:
    """What a person reads in a cell of the page."""
    return "; ".join(unescape(re.sub(r"<[^>]+>", "", part)) for part in _WORDS.findall(cell))


ENDS = st.sampled_from(["group/g", "group/h", "body/ministry", "practice/p", "topic/cse", "country/DDD"])
LABELS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), min_size=1, max_size=40) | st.sampled_from(
    ["=1+1", "<script>alert(1)</script>", "المركز", 'a"b;c,d', "x" * 300]
)
SAID = st.fixed_dictionaries(
    {
        "polarity": st.sampled_from(["affirmed", "affirmed", "negated"]),
        "modality": st.sampled_from(["asserted", "past", "planned"]),
        "as_of": st.sampled_from(["", "2010", "2018"]),
        "from": st.sampled_from(["", "2009-05"]),
        "until": st.sampled_from(["", "2012"]),
    }
)


@given(st.lists(st.tuples(ENDS, LABELS, SAID), max_size=12), st.none() | st.integers(2005, 2020))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_whatever_is_claimed_the_table_has_the_cells_of_the_page(
    app: Flask, claims: list[tuple[str, str, dict[str, str]]], year: int | None
) -> None:
    sides: dict[str, list[Shown]] = {"country/AAA": [], "country/DDD": []}
    for number, (end, label, said) in enumerate(claims):
        country = list(sides)[number % 2]
        made = claim(country, "memberOf", end, **said)
        sides[country].append(replace(made, key=f"c{number}", object=End(end, label)))
    things = tuple(Wanted(country, year) for country in sides)
    compared = Comparison(columns(things, {}, HELD, sides, {}), [], "", "", [], [])
    shown = [(part, len(rows), groups := table.groups(rows, compared.columns), groups) for part, rows in compared.parts]
    with app.test_request_context("/compare"):
        text = render_template(
            "compare/whole.html", asked=Asked(things), topic_label="", comparison=compared, columns=compared.columns, parts=shown, only="",
            turned=None, states=states.STATES, quoted=[],
        )  # fmt: skip
    assert "<script>alert" not in text
    _, *lines = sheet.sheet(compared.columns, compared.sections, compared.parts)
    assert [words(cell) for cell in _CELL.findall(text)] == [cell for line in lines for cell in line[4:]]


@pytest.mark.parametrize("address", [f"/compare?{TWO}&part=networks", "/compare/evidence?of=country/ESP&on=body/europol"])
def test_what_is_long_stands_on_several_pages(address: str, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.pages.compare.MANY", 2)
    first, second = (client.get(f"{address}&page={number}", headers=HTML).text for number in (1, 2))
    assert "1 to 2 of" in first
    assert "3 to 4 of" in second
    following = unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    assert client.get(following, headers=HTML).text == second


def test_the_table_is_safe_in_a_spreadsheet_and_raw_only_when_asked(client: FlaskClient) -> None:
    safe, raw = (client.get(f"/compare.csv?{TWO}{more}").data for more in ("", "&raw=1"))
    assert safe.startswith("\ufeff".encode())
    assert not raw.startswith("\ufeff".encode())
    assert safe.decode("utf-8-sig") == raw.decode()  # nothing in the shipped data begins as a formula does


def test_the_data_hold_each_claim_with_its_words_and_its_edge(client: FlaskClient, release: Release) -> None:
    answer = client.get(f"/api/compare?{TWO}").get_json()
    response = client.get(answer["data"])
    assert response.mimetype == "text/turtle"
    store = ox.Store()
    store.load(response.data, ox.RdfFormat.TURTLE)
    wanted = {claim for row in answer["rows"] for cell in row["cells"] for line in cell["lines"] for claim in line["claims"]}
    query = "SELECT DISTINCT ?claim { ?claim liaison:hasEvidence/liaison:cites/liaison:text ?text }"
    proved = {row["claim"].value for row in store.query(release.iris.header() + query)}  # type: ignore[union-attr]
    assert proved == wanted
    assert store.query(release.iris.header() + "ASK { country:ESP liaison:coDrives group:empact-cse }")
    assert client.get(answer["data"], headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_a_number_of_the_matrix_is_that_of_its_evidence(client: FlaskClient, release: Release) -> None:
    head, *lines = csv.reader(io.StringIO(client.get("/compare.csv?raw=1").text))
    spain = next(line for line in lines if line[0] == "country/ESP")
    counted = {name: cell for name, cell in zip(head[3:], spain[3:], strict=True) if cell.isdecimal()}
    assert len(counted) > 5
    for name, cell in counted.items():
        (network,) = release.view.select(
            release.iris.header() + "SELECT ?n { ?n a liaison:Collaboration ; skos:prefLabel $name }", name=ox.Literal(name, language="en")
        )
        text = client.get(f"/compare/evidence?of=country/ESP&on={release.iris.reference(network['n'].value)}", headers=HTML).text
        assert len(re.findall(r'class="claim-link"', text)) >= int(cell), name


def test_the_empty_cells_of_the_matrix_agree_with_the_question_about_absence(client: FlaskClient) -> None:
    """Question 47 asks the same of one network; the matrix says silent, not analysed or missing of the same countries."""
    head, *lines = csv.reader(io.StringIO(client.get("/compare.csv?raw=1").text))
    place = head.index("Joint Cybercrime Action Taskforce")
    said = {line[1]: line[place] for line in lines}
    text = ontology.path("questions/47-absent-from-a-network.csv").read_text(encoding="utf-8")
    words_of = {"silent": "not mentioned", "missing": "profile missing", "not analysed": "not analysed"}
    for row in csv.DictReader(io.StringIO(text)):
        assert said[row["country"]] == words_of[row["profile"]], row["country"]


def test_what_was_withdrawn_is_answered_in_words(app: Flask, client: FlaskClient) -> None:
    manifest = app.extensions["live"].serving().release.manifest
    manifest["retired"] = {"country/OLD": {"date": "2026-03-01", "reason": "two rows for one country", "successor": "country/ESP"}}
    try:
        response = client.get("/compare?of=country/OLD&of=country/FIN", headers=HTML)
    finally:
        del manifest["retired"]
    assert response.status_code == 410
    assert "two rows for one country" in response.text
    assert "/page/country/ESP" in response.text


def test_the_answer_says_where_the_rest_is(client: FlaskClient) -> None:
    answer = json.loads(client.get(f"/api/compare?{TWO}&topic=cse").data)
    for name in ("page", "table", "data"):
        assert client.get(answer[name], headers=HTML).status_code == 200


def test_print_has_the_words_of_as_many_claims_as_it_says_what_documents_say_first(client: FlaskClient) -> None:
    text = client.get(f"/compare?{TWO}", headers=HTML).text
    words_of = text.partition('<section class="words-of"')[2].partition("</section>")[0]
    total, told = re.findall(r"Of the (\d+) claims in the cells above, (\d+) with their words", words_of)[0]
    assert int(total) > int(told) == words_of.count("<li>")
    assert (
        words_of.index("<blockquote>") < words_of.index('<p class="row-words">') if "row-words" in words_of else "<blockquote>" in words_of
    )
    assert "Spain co-drives the CSE EMPACT Group in Europol" in unescape(re.sub(r"<[^>]+>", "", words_of))


def test_each_cell_names_the_thing_compared_for_screens_on_which_columns_stand_under_another(client: FlaskClient) -> None:
    text = client.get(f"/compare?{FOUR}", headers=HTML).text
    for cells in re.findall(r"<tr><th scope=\"row\">.*?</th>(.*?)</tr>", text, re.DOTALL):
        assert re.findall(r'<span class="of">(.*?)</span>', cells) == ["Spain", "Finland", "Germany", "France"]


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("of=Spain&of=Finland&part=networks&page=2", "/compare?of=country/ESP&of=country/FIN&part=networks&page=2"),
        ("of=Spain&of=Finland&year=2018&part=drawing", "/compare?of=country/ESP@2018&of=country/FIN@2018&part=drawing"),
    ],
)
def test_names_lead_to_references_and_the_rest_of_the_address_stays(asked: str, canonical: str, client: FlaskClient) -> None:
    assert client.get(f"/compare?{asked}", headers=HTML).location == canonical


@pytest.mark.parametrize("asked", ["of=country/ESP&of=country/EST&of=country/BEL&of=country/BGR", f"{FOUR}"])
@pytest.mark.parametrize("more", ["&part=networks", "&part=networks&page=2", ""])
def test_no_page_is_large(asked: str, more: str, client: FlaskClient) -> None:
    assert len(client.get(f"/compare?{asked}{more}", headers=HTML).data) <= LARGEST


def test_what_is_said_of_another_time_is_not_drawn_as_unsaid(client: FlaskClient) -> None:
    text = client.get("/compare?of=country/GBR&of=country/FRA&part=drawing", headers=HTML).text
    panel = text.partition('id="panel-1"')[2].partition("</section>")[0]
    ended = panel.partition("Ended, planned, denied or of another time here")[2].partition("<h3>")[0]
    assert "ended" in ended
    assert "ended" not in panel.partition("Not said of this one")[2]
    assert 'class="mk mk-other"' in panel


@pytest.mark.parametrize("asked", [TWO, FOUR, YEARS, DOCUMENTS])
def test_a_network_has_the_same_place_and_number_in_each_drawing_and_the_list_says_the_same(asked: str, client: FlaskClient) -> None:
    text = client.get(f"/compare?{asked}&part=drawing", headers=HTML).text
    assert len(text.encode()) <= LARGEST
    places: dict[str, set[tuple[str, str]]] = {}
    for panel in re.findall(r'<section aria-labelledby="panel-.*?</section>', text, re.DOTALL):
        drawing, _, listed = panel.partition("</svg>")
        drawn = re.findall(r'<a class="mk mk-(\w+)"[^>]*href="([^"]+)">.*?<text x="(\d+)" y="(\d+)"[^>]*>(\d+)</text></a>', drawing)
        absent = re.findall(r'<text class="off" x="(\d+)" y="(\d+)"[^>]*>(\d+)</text>', drawing)
        for x, y, number in [*(mark[2:] for mark in drawn), *absent]:
            places.setdefault(number, set()).add((x, y))
        lists = re.split(r"<h3>(.*?) <span", listed)[1:]
        told = {n: title for title, body in zip(lists[::2], lists[1::2], strict=True) for n in re.findall(r"<li><b>(\d+)</b>", body)}
        assert told == {mark[4]: KINDS[mark[0]].capitalize() for mark in drawn} | {n: KINDS["none"].capitalize() for _, _, n in absent}
        assert {address for _, address, *_ in drawn} <= set(re.findall(r'href="([^"]+)"', listed))
    assert len(places) > 2
    assert [number for number, found in places.items() if len(found) > 1] == []
    assert len({place for found in places.values() for place in found}) == len(places)
