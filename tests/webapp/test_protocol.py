"""The SPARQL protocol and the other addresses: the rows of `cases/protocol.csv`, `resources.csv` and `hostile.csv`.

The first rows of `protocol.csv` bear the names of the official protocol tests that they restate.
"""

import csv
import gzip
from dataclasses import replace
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from rdflib import Graph

from graph.release import Release
from webapp import create_app
from webapp.config import Config
from webapp.pool.answers import GRAPHS


@pytest.mark.cases("protocol")
def test_a_request_by_the_sparql_protocol(case: dict[str, str], client: FlaskClient, release: Release) -> None:
    path, body = (case[name].replace("{base}", release.iris.base) for name in ("path", "body"))
    headers = {name: value for name, value in (("Accept", case["accept"]), ("Content-Type", case["type"])) if value}
    with client.open(path, method=case["method"], data=body, headers=headers) as response:
        assert str(response.status_code) == case["status"], response.text
        assert response.mimetype == case["answer"]
        assert case["holds"] in response.text
        assert "Accept" in response.headers["Vary"]


@pytest.mark.cases("resources")
def test_an_address(case: dict[str, str], client: FlaskClient, release: Release) -> None:
    path, headers = case["path"].replace("{release}", release.id), {"Accept": case["accept"]} if case["accept"] else {}
    with client.get(path, headers=headers) as response:
        assert str(response.status_code) == case["status"], response.text[:500]
        assert case["answer"].replace("{release}", release.id) in (response.headers.get("Location"), response.mimetype, "")
        assert not case["holds"] or case["holds"] in response.text


@pytest.mark.cases("hostile")
def test_a_hostile_query_gets_a_status_and_the_service_answers_on(case: dict[str, str], config: Config) -> None:
    hurried = create_app(Config(**{**vars(config), "query_seconds": 1.0}))
    client = hurried.test_client()
    with client.post("/sparql", data=case["query"].encode(), content_type="application/sparql-query") as response:
        assert str(response.status_code) in case["status"].split(), response.text[:500]
        assert response.status_code == 200 or response.text.strip()
        assert (response.status_code in (503, 504)) == ("Retry-After" in response.headers)
    assert client.get("/healthz").status_code == 200
    assert client.get("/data/country/ESP.ttl").status_code == 200
    assert client.get("/readyz").status_code == 200
    hurried.extensions["live"].close()


def test_bytes_that_are_no_text_are_refused(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"ASK { \xff\xfe }", content_type="application/sparql-query")
    assert (response.status_code, "byte 7" in response.text) == (400, True)


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"#" * 2_000_000, content_type="application/sparql-query")
    assert response.status_code == 413


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    for path in ("/sparql?query=ASK%20%7B%7D", "/data/country/ESP.ttl", "/graph/edges"):
        with client.get(path) as got, client.head(path) as head:
            assert head.status_code == got.status_code
            assert head.data == b""
            assert head.headers["Content-Length"] == str(len(got.data))


def test_many_requests_leave_no_result_behind(app: Flask, client: FlaskClient) -> None:
    pool = app.extensions["live"].serving().pool
    before = pool.load.kept_bytes
    for method in ("GET", "HEAD"):
        client.open("/sparql?query=ASK%20%7B%7D", method=method).close()
    assert pool.load.kept_bytes == before


def test_all_formats_hold_the_same_triples(client: FlaskClient) -> None:
    found = []
    for form in GRAPHS.values():
        body = client.get(f"/data/country/ESP.{form.name}").data
        assert isinstance(form.writer, ox.RdfFormat)
        found.append({quad.triple for quad in ox.parse(body, format=form.writer)})
    assert found[0]
    assert all(triples == found[0] for triples in found)


def test_the_data_of_a_thing_hold_its_claims_with_their_evidence_and_words(client: FlaskClient, release: Release) -> None:
    store = ox.Store()
    store.load(client.get("/data/country/ESP.ttl").data, format=ox.RdfFormat.TURTLE)
    query = """SELECT * { ?claim liaison:involves country:ESP ; rdf:object/skos:prefLabel ?other ;
        liaison:hasEvidence/liaison:cites/liaison:text ?words }"""
    solutions = list(store.query(release.iris.header() + query))  # type: ignore[call-overload]
    assert len({solution["claim"] for solution in solutions}) > 20


def test_data_that_have_not_changed_are_not_sent_again(client: FlaskClient, release: Release) -> None:
    first = client.get("/data/country/ESP.ttl")
    again = client.get("/data/country/ESP.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert release.id in first.headers["ETag"]
    other = client.get("/data/country/ESP.nt", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_many_things_come_in_parts_that_link_to_the_next(client: FlaskClient, release: Release) -> None:
    path, seen, parts = "/data/authority/memberships.nt", set(), 0
    while path:
        response = client.get(path)
        seen.update(response.data.splitlines())
        parts += 1
        following = [link for link in response.headers["Link"].split(", ") if 'rel="next"' in link]
        path = following[0].partition(">")[0].removeprefix("<") if following else ""
    assert parts > 1
    file = f"<{release.iris.thing('authority/memberships').value}>"
    pointing = release.view.construct(f"CONSTRUCT {{ ?s ?p {file} }} WHERE {{ ?s ?p {file} }}")
    assert {f"{triple} .".encode() for triple in pointing} <= seen


def test_a_download_says_what_it_is(client: FlaskClient, release: Release) -> None:
    for name, file in release.manifest["files"].items():
        with client.get(f"/downloads/{release.id}/{name}") as response:
            assert int(response.headers["Content-Length"]) == file["bytes"]
            assert response.headers["ETag"] == f'"{file["sha256"]}"'
            assert "immutable" in response.headers["Cache-Control"]


def test_a_downloaded_part_can_be_continued(client: FlaskClient) -> None:
    with client.get("/downloads/liaison.nt", headers={"Range": "bytes=10-19"}) as response:
        assert (response.status_code, len(response.data)) == (206, 10)


def test_an_answer_in_rdf_xml_is_xml_whatever_a_text_holds(client: FlaskClient) -> None:
    query = 'CONSTRUCT { <urn:a> <urn:p> "a\\fb\\uFFFFc" } {}'
    with client.get("/sparql", query_string={"query": query, "format": "rdf"}) as response:
        (value,) = Graph().parse(data=response.data, format="xml").objects()
    assert str(value) == "a\ufffdb\ufffdc"


@pytest.mark.cases("ranges")
def test_a_range_is_taken_or_passed_over(case: dict[str, str], client: FlaskClient, release: Release) -> None:
    """By RFC 9110, section 14.2: what a server does not take is as if it had not been sent."""
    size = release.manifest["files"]["liaison.nt"]["bytes"]
    with client.get("/downloads/liaison.nt", headers={"Range": case["range"]}) as response:
        assert str(response.status_code) == case["status"]
        assert response.headers["Accept-Ranges"] == "bytes"
        assert response.headers.get("Content-Range", "") == case["answer"].replace("{size}", str(size)).replace("{last}", str(size - 1))
        if response.status_code == 200:
            assert len(response.data) == size


def test_programs_in_other_pages_may_ask_for_ranges(client: FlaskClient) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range"}
    asked = client.options("/downloads/liaison.nt", headers=headers)
    assert {"Range", "If-Range"} <= set(asked.headers["Access-Control-Allow-Headers"].split(", "))
    assert {"Content-Range", "Accept-Ranges", "Content-Length"} <= set(asked.headers["Access-Control-Expose-Headers"].split(", "))


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/releases.atom", "/downloads", "/sparql"])
@pytest.mark.parametrize("host", ["<script>", 'a"b', "a b", "-", "x" * 300])
def test_what_can_be_no_host_is_not_repeated(path: str, host: str, client: FlaskClient) -> None:
    with client.get(path, headers={"Host": host}) as response:
        assert response.status_code == 400
        assert host not in response.text


def test_a_page_leads_to_its_data(client: FlaskClient) -> None:
    page = client.get("/page/country/ESP")
    assert '</data/country/ESP.ttl>; rel="alternate"; type="text/turtle"' in page.headers["Link"]
    assert '<https://w3id.org/liaison/id/country/ESP>; rel="canonical"' in page.headers["Link"]
    assert "Accept" in page.headers["Vary"]


def test_a_table_is_offered_only_of_what_has_edges(client: FlaskClient, release: Release) -> None:
    for reference, is_there in (("country/ESP", True), ("profile/spain-2018-cse", False), (f"release/{release.id}", False)):
        page, data = client.get(f"/page/{reference}", headers={"Accept": "text/html"}), client.get(f"/data/{reference}.ttl")
        assert (f'href="/data/{reference}.csv"' in page.text) == is_there
        assert (f"/data/{reference}.csv" in data.headers["Link"]) == is_there
        assert client.get(f"/data/{reference}.csv").status_code == (200 if is_there else 406)


def test_an_answer_for_a_spreadsheet_begins_with_the_mark_of_its_encoding(client: FlaskClient) -> None:
    query = 'SELECT ?x { VALUES ?x { "=1+1" "@sum" "-x" "+x" "plain" "Ж, \'z\'" } }'
    raw, sheet = (client.get("/sparql", query_string={"query": query, "format": form}) for form in ("csv", "spreadsheet"))
    assert sheet.data.startswith("\ufeffx\r\n'=1+1\r\n'@sum\r\n'-x\r\n'+x\r\nplain\r\n".encode())
    assert raw.data.startswith(b"x\r\n=1+1\r\n@sum")
    assert sheet.mimetype == "text/csv"
    assert csv.field_size_limit() >= 131_072, "the limit of all readers of CSV in this process is not made smaller"
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert "format=spreadsheet" in page.text
    again = client.get("/sparql", query_string={"query": query, "format": "spreadsheet"}, headers={"If-None-Match": sheet.headers["ETag"]})
    assert again.status_code == 304


def test_programs_in_other_pages_may_read(client: FlaskClient) -> None:
    for path in (f"/sparql?{urlencode({'query': 'ASK {}'})}", "/id/country/ESP", "/data/country/ESP.ttl", "/sparql?query=SELEC"):
        with client.get(path, headers={"Origin": "https://example.org"}) as response:
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in response.headers
            assert "Set-Cookie" not in response.headers
    asked = client.options("/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def test_a_fault_of_ours_is_an_answer_without_its_inside(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        message = "the inside"
        raise RuntimeError(message)

    app = create_app(config)
    app.view_functions["health.alive"] = broken
    response = app.test_client().get("/healthz", headers={"Accept": "application/json"})
    assert (response.status_code, response.get_json()["status"]) == (500, 500)
    assert "the inside" not in response.text
    assert "the inside" in caplog.text
    app.extensions["live"].close()


@pytest.mark.parametrize(
    "path",
    ["/", "/sparql", "/id/country/ESP", "/data/country/ESP.ttl", "/nothing", "/healthz", "/downloads/liaison.ttl", "/static/liaison.css"],
)
def test_every_answer_carries_the_headers_that_protect_its_reader(path: str, client: FlaskClient) -> None:
    with client.get(path, headers={"Accept": "text/html"}) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert {"Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"} <= set(
            response.headers.keys()
        )


def test_the_answer_to_a_query_is_sent_again_only_if_it_may_have_changed(client: FlaskClient) -> None:
    path = f"/sparql?{urlencode({'query': 'SELECT * { ?s a liaison:Release }'})}"
    with client.get(path) as first:
        tag = {"If-None-Match": first.headers["ETag"]}
    with client.get(path, headers=tag) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get(path, headers={**tag, "Accept": "text/csv"}) as other_format, client.get(path + "%20", headers=tag) as other_query:
        assert (other_format.status_code, other_query.status_code) == (200, 200)


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?x) {}", "SELECT (rand( ) AS ?x) {}", "SELECT (STRUUID() AS ?x) {}", "ASK {", "ASK { ?x <urn:service> 1 }"]
)
def test_an_answer_that_differs_each_time_has_no_tag(query: str, client: FlaskClient) -> None:
    with client.get(f"/sparql?{urlencode({'query': query})}") as response:
        assert "ETag" not in response.headers


def test_an_answer_is_packed_for_those_who_take_it_so(client: FlaskClient) -> None:
    for path in (f"/sparql?{urlencode({'query': 'SELECT * { ?s a liaison:State }'})}", "/data/country/ESP.ttl", "/page/country/ESP"):
        with client.get(path) as plain, client.get(path, headers={"Accept-Encoding": "gzip, br"}) as packed:
            assert "Content-Encoding" not in plain.headers
            assert packed.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(packed.data) == plain.data
            assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, packed))
    with client.get("/downloads/liaison.nt", headers={"Accept-Encoding": "gzip"}) as download:
        assert "Content-Encoding" not in download.headers


def test_each_query_has_a_number_that_stands_in_the_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "liaison.query"):
        with client.get(f"/sparql?{urlencode({'query': 'SELECT * { ?s a liaison:State } LIMIT 3'})}") as response:
            number = response.headers["Query-Id"]
        client.get(f"/sparql?{urlencode({'query': 'SELECT * { ?s a'})}")
    first, second = (record.getMessage() for record in caplog.records if record.name == "liaison.query")
    assert first.startswith(f"{number} answered ")
    assert " rows=3 " in first
    assert " syntax " in second
    assert "liaison:State" not in first + second


def test_the_text_of_queries_is_logged_if_that_is_asked_for(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(replace(config, log_queries=True))
    with caplog.at_level("INFO", "liaison.query"):
        app.test_client().get(f"/sparql?{urlencode({'query': 'ASK { ?s a liaison:State }'})}").close()
    app.extensions["live"].close()
    assert "query='ASK { ?s a liaison:State }'" in caplog.text


def test_the_counters_can_be_read(client: FlaskClient) -> None:
    for query in ("ASK {}", "ASK {"):
        client.get(f"/sparql?{urlencode({'query': query})}").close()
    text = client.get("/metrics").text
    found = {family.name: family for family in text_string_to_metric_families(text)}
    outcomes = {sample.labels["outcome"] for sample in found["liaison_queries"].samples if sample.name.endswith("_total")}
    assert {"answered", "syntax"} <= outcomes
    assert {"liaison_query_seconds", "liaison_workers_running", "liaison_queries_waiting", "liaison_request_seconds"} <= found.keys()
