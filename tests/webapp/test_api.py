"""The JSON endpoints: what they answer, how they refuse, and that their description tells the truth."""

from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from schemathesis.generation.case import Case

from graph.release import Release
from webapp.api.description import OPERATIONS, document, examples

OK, UNCHANGED = 200, 304


@pytest.mark.cases("api")
def test_each_address_answers_in_json_and_refuses_in_words(case: dict[str, str], client: FlaskClient) -> None:
    answer = client.get(case["path"])
    assert answer.status_code == int(case["status"]), answer.text
    assert case["holds"] in answer.text
    if case["name"] != "the page":
        assert answer.mimetype == "application/json"
        assert isinstance(answer.get_json(), dict)


def test_the_pages_of_a_list_hold_each_item_once(client: FlaskClient) -> None:
    whole = client.get("/api/things/country/ESP/edges?limit=500").get_json()
    address, found = "/api/things/country/ESP/edges?limit=7", []
    while address:
        answer = client.get(address)
        page = answer.get_json()
        found += page["items"]
        address = page["next"]
        assert ('rel="next"' in answer.headers["Link"]) == bool(address)
    assert found == whole["items"]
    assert len(found) == whole["total"] > 30


def test_edges_are_those_of_the_graph_and_each_has_its_words(client: FlaskClient, release: Release) -> None:
    query = "SELECT ?claim { ?claim a liaison:SupportedClaim ; liaison:involves body:europol }"
    there = {row["claim"].value for row in release.view.select(release.iris.header() + query)}
    told = client.get("/api/things/body/europol/edges?limit=500").get_json()["items"]
    assert {edge["claim"] for edge in told} == there
    assert all(proof["words"] for edge in told for proof in edge["evidence"])
    assert all(edge["evidence"] for edge in told)


def test_the_edges_of_some_years_are_those_of_each_of_them(client: FlaskClient) -> None:
    def held(years: str) -> set[str]:
        address = f"/api/things/country/GBR/edges?relation=memberOf&limit=500&year={years}"
        return {edge["claim"] for edge in client.get(address).get_json()["items"] if edge["valid_from"] or edge["valid_until"]}

    assert held("2019-2021") == held("2021-2019") == held("2019") | held("2020") | held("2021")
    assert held("2021-2022") < held("2019-2021")


def test_a_quote_stands_where_it_says(client: FlaskClient) -> None:
    (edge,) = client.get("/api/things/country/ESP/edges?relation=coDrives&limit=1").get_json()["items"]
    proof = edge["evidence"][0]
    sentences = client.get("/api/sentences?profile=spain-2018-cse&limit=500").get_json()["items"]
    (sentence,) = (item for item in sentences if item["iri"] == proof["cited"])
    begin = proof["start"] - sentence["start"]
    assert sentence["text"][begin : begin + len(proof["words"])] == proof["words"]
    assert edge["claim"] in sentence["claims"]


def test_a_year_keeps_what_held_then_and_what_has_no_date(client: FlaskClient) -> None:
    def claims(year: int) -> dict[str, dict[str, str]]:
        items = client.get(f"/api/things/body/eu/edges?relation=memberOf&year={year}&limit=500").get_json()["items"]
        return {item["subject"]["label"]: item for item in items}

    before, after = claims(2010), claims(2014)
    assert "Croatia" not in before
    assert "Croatia" in after
    assert "United Kingdom" in before
    assert all(item["dated"] for item in after.values() if item["valid_from"])


@pytest.mark.parametrize("name", [operation.name for operation in OPERATIONS])
def test_each_example_answers_once_and_its_head_is_its_own(name: str, app: Flask, client: FlaskClient) -> None:
    """The examples are about things that the release holds, whatever was withdrawn from it."""
    address = examples(app.extensions["live"].serving())[name]
    assert address.split("&")[0] in client.get("/docs", headers={"Accept": "text/html"}).text
    first = client.get(address)
    assert first.status_code == OK
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == UNCHANGED
    assert client.head(address).headers["Content-Length"] == first.headers["Content-Length"]


def test_every_endpoint_is_described(client: FlaskClient) -> None:
    rules = {
        str(rule).replace("<", "{").replace(">", "}") for rule in client.application.url_map.iter_rules() if str(rule).startswith("/api/")
    }
    assert rules - {"/api/", "/api/openapi.json"} == {operation.path for operation in OPERATIONS} == set(document()["paths"])
    assert client.get("/docs", headers={"Accept": "application/json"}).get_json() == document()


SCHEMA = schemathesis.openapi.from_dict(document())


@SCHEMA.parametrize()
@settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_the_running_server_keeps_to_its_description(case: Case, site: str) -> None:
    """Schemathesis asks what the description allows and what it does not; every answer must fit it, and none may be an error of ours."""
    with requests.Session() as session:
        answer = case.call(base_url=site, session=session)
    assert urlsplit(str(answer.request.url)).hostname == "127.0.0.1"
    case.validate_response(answer)
