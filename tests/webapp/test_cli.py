"""The command: what it says, what it writes where, and how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from graph.build import Report
from graph.validation import Finding
from webapp.cli import cli
from webapp.pool.answers import GRAPHS

COUNT = "SELECT (COUNT(?state) AS ?states) WHERE { ?state a liaison:State }"


def liaison(*arguments: str, environment: dict[str, str] | None = None, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command with these arguments, to its end."""
    command = [sys.executable, "-m", "webapp.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, input=text, env=os.environ | (environment or {}), check=False)


def test_a_query_is_answered_as_a_table(releases: Path) -> None:
    ended = liaison("query", COUNT, "--releases", str(releases))
    assert (ended.returncode, ended.stdout.splitlines()[0], ended.stdout.splitlines()[-1]) == (0, "states", "(1 rows)")


def test_a_query_comes_from_a_file_or_the_standard_input(releases: Path, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text(COUNT)
    environment = {"LIAISON_RELEASES": str(releases)}
    by_file = liaison("query", str(tmp_path / "count.rq"), "--format", "csv", environment=environment)
    by_input = liaison("query", "-", "--format", "csv", environment=environment, text=COUNT)
    assert by_file.stdout == by_input.stdout
    assert by_file.stdout.startswith("states\n")


@pytest.mark.parametrize("form", GRAPHS)
def test_triples_come_in_the_format_that_is_named(form: str, releases: Path) -> None:
    ended = liaison("query", "CONSTRUCT WHERE { country:ESP a ?class }", "--format", form, "--releases", str(releases))
    assert "liaison/id/country/ESP" in ended.stdout or "country:ESP" in ended.stdout


def test_triples_are_no_table_and_that_is_said(releases: Path) -> None:
    ended = liaison("query", "CONSTRUCT WHERE { country:ESP a ?class }", "--format", "csv", "--releases", str(releases))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("liaison: The answer to this kind of query exists as text/turtle")


def test_every_error_begins_with_the_name_of_the_command(releases: Path) -> None:
    for arguments in (["query", "ASK {"], ["questions", "nothing"], ["export", "body/nothing"]):
        assert liaison(*arguments, "--releases", str(releases)).stderr.startswith("liaison: ")


def test_json_ld_is_exported_as_it_is_served(releases: Path) -> None:
    told = json.loads(liaison("export", "country/ESP", "--format", "jsonld", "--releases", str(releases)).stdout)
    (spain,) = (node for node in told["@graph"] if node["@id"] == "country:ESP")
    assert "body:europol" in spain["memberOf"]


def test_an_error_in_a_query_has_its_place(releases: Path) -> None:
    ended = liaison("query", "SELECT * {\n ?s a no:thing }", "--releases", str(releases))
    assert ended.returncode == 1
    assert "line 2" in ended.stderr
    assert "Prefix not found" in ended.stderr


@pytest.mark.parametrize(("severity", "status"), [("Violation", 1), ("Warning", 0)])
def test_only_a_violation_makes_a_check_fail(severity: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Finding(severity, "A-shape", "a:thing", "A sentence about it.")
    report = Report("id", unchanged=False, manifest={"aside": [], "counts": {}}, findings=(finding,))
    monkeypatch.setattr("webapp.cli.check", lambda *_, **__: report)
    ended = CliRunner().invoke(cli, ["check"])
    assert ended.exit_code == status
    assert "A sentence about it." in ended.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["query", "ASK {}", "--releases", "no-such-folder"], "liaison build"),
        (["serve", "--releases", "no-such-folder"], "liaison build"),
        (["build", "--data", "no-such-folder", "--releases", "/dev/null/releases"], ""),
        (["build", "--releases", "/dev/null/releases"], "--releases"),
        (["serve", "--base", "nothing"], "base"),
        (["serve", "--threads", "3"], "threads"),
    ],
    ids=[
        "query without a release",
        "serve without a release",
        "build without data",
        "build where nothing can be written",
        "a bad base",
        "too few threads",
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: list[str], says: str) -> None:
    ended = liaison(*arguments)
    assert ended.returncode == 1
    assert ended.stderr.startswith("liaison: ")
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("arguments", [["nothing"], ["serve", "--port", "many"], ["query"], ["query", "ASK {}", "--format", "doc"]])
def test_a_wrong_command_is_an_error_of_usage(arguments: list[str]) -> None:
    assert liaison(*arguments).returncode == 2


def test_a_port_that_is_in_use_is_said(releases: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = liaison("serve", "--releases", str(releases), "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 1
    assert "--port" in ended.stderr


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    command = [sys.executable, "-u", "-m", "webapp.cli", "serve", "--port", "0", "--releases", str(releases)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = [process.stdout.readline(), process.stdout.readline()]
        yield process, lines[1].split()[1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stdout.read() == "ended\n"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_a_sparql_client_gets_what_it_asks(method: str, form: str, server: tuple[object, str]) -> None:
    graph = Graph(SPARQLStore(f"{server[1]}sparql", method=method, returnFormat=form))
    found = graph.query(COUNT)
    assert [int(row[0]) for row in found] == [83]  # type: ignore[index, call-overload]


def test_a_client_reads_triples_and_follows_an_iri(server: tuple[object, str]) -> None:
    spain = URIRef("https://w3id.org/liaison/id/country/ESP")
    remote = Graph(SPARQLStore(f"{server[1]}sparql"))
    own = Graph().parse(f"{server[1]}id/country/ESP")
    assert set(remote.triples((spain, None, None))) <= set(own)


def test_the_server_does_not_say_what_it_is_made_of(server: tuple[object, str]) -> None:
    host, port = server[1].removeprefix("http://").rstrip("/").split(":")
    connection = HTTPConnection(host, int(port), timeout=30)
    connection.request("GET", "/healthz")
    assert connection.getresponse().headers["Server"] is None
    connection.close()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(server: tuple[object, str]) -> None:
    host, port = server[1].removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 900000000\r\n\r\n"
        )
        assert b" 413 " in connection.recv(1000)


def test_a_killed_server_takes_its_workers_with_it(releases: Path) -> None:
    command = [sys.executable, "-u", "-m", "webapp.cli", "serve", "--port", "0", "--releases", str(releases)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.readline()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            process.kill()
            pytest.skip("this system does not list the children of a process")
        workers = [Path("/proc") / child for child in children.read_text().split()]
        process.kill()
        process.wait()
    assert workers
    for _ in range(1000):
        if not any(_is_running(worker) for worker in workers):
            return
        time.sleep(0.01)
    assert not any(_is_running(worker) for worker in workers)


def _is_running(process: Path) -> bool:
    try:
        return "\nState:\tZ" not in (process / "status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf", "csv", "graphml", "gexf"])
def test_a_thing_is_exported_in_each_format(form: str, releases: Path, tmp_path: Path) -> None:
    written = tmp_path / f"spain.{form}"
    ended = liaison("export", "country/ESP", "--format", form, "--output", str(written), "--releases", str(releases))
    assert (ended.returncode, ended.stderr, ended.stdout) == (0, "", "")
    shown = liaison("export", "country/ESP", "--format", form, "--releases", str(releases))
    assert shown.stdout.encode() == written.read_bytes().replace(b"\r\n", b"\n")
    assert "Spain co-drives the CSE EMPACT Group in Europol" in shown.stdout


def test_what_cannot_be_exported_is_said_in_one_sentence(releases: Path, tmp_path: Path) -> None:
    unknown = liaison("export", "country/XXX", "--releases", str(releases))
    assert (unknown.returncode, unknown.stderr.count("\n")) == (1, 1)
    assert "country/XXX" in unknown.stderr
    nowhere = liaison("export", "country/ESP", "--output", str(tmp_path / "no/where.ttl"), "--releases", str(releases))
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (1, 1)
    assert "where.ttl" in nowhere.stderr
