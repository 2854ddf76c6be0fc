"""Run the W3C test suites of SPARQL 1.1 against the service, through HTTP: `python -m tests.conformance FOLDER`.

FOLDER holds the official suite (the folder with `manifest-all.ttl`), which is not part of the repository. Each query
is sent to a server on loopback whose pool works on a store with the test's data. A test passes if the answer is what
the suite expects. Where it is not, the answer is compared with what the engine says without the service between:
`as the engine` is a difference between Oxigraph and the suite, `broken` one that the service has made.

The protocol tests have no machine-readable requests; those that apply to a read-only service are rows of
`tests/webapp/cases/protocol.csv` under their official names, and it is checked that each is there.
"""

import csv
import json
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from waitress.server import create_server

from graph.iris import Iris
from webapp import create_app
from webapp.config import Config
from webapp.live import limits
from webapp.pool import Pool
from webapp.pool.dataset import from_clauses

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
ROW = Namespace("https://example.org/row/")
EVALUATED = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
SYNTAX = {MF.PositiveSyntaxTest11: 200, MF.NegativeSyntaxTest11: 400}
LEFT_OUT = {
    "entailment": "no entailment regime is offered; what follows is written into the graph at the build",
    "service": "no other endpoint is asked",
    "syntax-fed": "no other endpoint is asked",
    "service-description": "tested with rows of our own",
    "http-rdf-update": "the service is read-only",
}
"""Folders of the suite that do not apply, and why."""
PROTOCOL = Path(__file__).parent / "webapp" / "cases" / "protocol.csv"
FORMATS = {".srx": "json", ".srj": "json", ".csv": "csv", ".tsv": "tsv", ".ttl": "ttl", ".rdf": "ttl", ".nt": "ttl"}
MEDIA_TYPES = {"json": "application/sparql-results+json", "csv": "text/csv", "tsv": "text/tab-separated-values", "ttl": "text/turtle"}


@dataclass(frozen=True)
class Case:
    """One test of the suite.

    Args:
        folder: the part of the suite.
        name: its official name.
        kind: its type.
        query: the file with the query.
        data: files for the default graph.
        graphs: files for named graphs.
        result: the file with the expected result, None for a test of syntax.
    """

    folder: str
    name: str
    kind: URIRef
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path | None


class Service:
    """A server on loopback whose store changes from test to test."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self._app = create_app(Config())
        self._app.extensions["live"] = self
        self._server = create_server(self._app, host="127.0.0.1", port=0, threads=2)
        threading.Thread(target=self._server.run, daemon=True).start()
        self._serving: Any = None

    def serving(self) -> object:
        """What the application serves now."""
        return self._serving

    def serve(self, store: Path) -> None:
        """Serve another store."""
        self.close()
        release = SimpleNamespace(id=store.name, iris=Iris(), store=store)
        config = Config(query_bytes=100_000, query_depth=1_000, query_terms=10_000)
        self._serving = SimpleNamespace(release=release, iris=Iris(), pool=Pool(store, 1, limits(config)))

    def close(self) -> None:
        """End the workers."""
        if self._serving:
            self._serving.pool.close()

    def ask(self, query: str, form: str) -> tuple[int, bytes]:
        """Send a query; the status and the body of the answer."""
        body = urllib.parse.urlencode({"query": query}).encode()
        address = f"http://127.0.0.1:{self._server.effective_port}/sparql"
        request = urllib.request.Request(address, body, {"Accept": MEDIA_TYPES[form]})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310  # our own server on loopback
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


def cases(manifest: Path) -> Iterator[Case]:
    """All tests of a manifest and of those that it includes."""
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    root = URIRef(manifest.as_uri())
    for included in graph.objects(root, MF.include):
        for part in Collection(graph, included):
            yield from cases(_path(part))
    for entries in graph.objects(root, MF.entries):
        for node in Collection(graph, entries):
            if case := _case(graph, node, manifest.parent.name):
                yield case


def _case(graph: Graph, node: Any, folder: str) -> Case | None:  # noqa: ANN401  # any node of rdflib
    kind = graph.value(node, RDF.type)
    action, result = graph.value(node, MF.action), graph.value(node, MF.result)
    query = action if kind in SYNTAX else graph.value(action, QT.query)
    if kind not in EVALUATED | set(SYNTAX) or query is None:
        return None
    data, graphs = (tuple(_path(value) for value in graph.objects(action, name)) for name in (QT.data, QT.graphData))
    return Case(folder, str(graph.value(node, MF.name)), kind, _path(query), data, graphs, _path(result) if result else None)


def _uri(path: Path) -> str:
    return path.as_uri()


def _path(node: Any) -> Path:  # noqa: ANN401
    return Path(urllib.parse.unquote(urllib.parse.urlsplit(str(node)).path))


def loaded(case: Case, folder: Path) -> Path:
    """A store with the data of a test."""
    path = Path(tempfile.mkdtemp(dir=folder))
    store = ox.Store(path)
    asked = from_clauses(f"BASE <{case.query.as_uri()}>\n{case.query.read_text(encoding='utf-8')}", {})
    named = {*map(_uri, case.graphs), *(asked.default if asked else ()), *(asked.named if asked else ())}
    for file in case.data:
        store.load(path=str(file), base_iri=_uri(file))
    for name in sorted(named):
        store.add_graph(ox.NamedNode(name))
        if (file := _path(name)).is_file():
            store.load(path=str(file), base_iri=name, to_graph=ox.NamedNode(name))
    store.flush()
    return path


def judged(case: Case, service: Service, store: Path) -> str:
    """`passed`, `as the engine` or `broken`."""
    query = f"BASE <{case.query.as_uri()}>\n{case.query.read_text(encoding='utf-8')}"
    if case.kind in SYNTAX:
        status, _ = service.ask(query, "ttl" if _builds(store, query) else "json")
        return "passed" if status == SYNTAX[case.kind] else _as_engine(store, query, status)
    assert case.result
    form = FORMATS[case.result.suffix]
    status, body = service.ask(query, form)
    if status == SYNTAX[MF.PositiveSyntaxTest11] and meaning(body, form) == meaning(case.result.read_bytes(), case.result.suffix[1:]):
        return "passed"
    return _as_engine(store, query, status, body, form)


def _builds(store: Path, query: str) -> bool:
    try:
        return isinstance(ox.Store.read_only(str(store)).query(query), ox.QueryTriples)
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return False


def _as_engine(store: Path, query: str, status: int, body: bytes = b"", form: str = "") -> str:
    """Whether the engine alone gives the same answer as the service."""
    try:
        result = ox.Store.read_only(str(store)).query(query, prefixes=Iris().prefixes)
    except (SyntaxError, ValueError, RuntimeError):
        return "as the engine" if status == SYNTAX[MF.NegativeSyntaxTest11] else "broken"
    if not body or status != SYNTAX[MF.PositiveSyntaxTest11]:
        return "as the engine" if not body and status == SYNTAX[MF.PositiveSyntaxTest11] else "broken"
    if isinstance(result, ox.QueryTriples):
        direct = ox.serialize(result, format=ox.RdfFormat.TURTLE) or b""
    else:
        writer = {"json": ox.QueryResultsFormat.JSON, "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV}[form]
        direct = result.serialize(format=writer) or b""
    return "as the engine" if meaning(direct, form) == meaning(body, form) else "broken"


class Meaning:
    """What a result says, whatever its blank nodes are called and in whatever order its rows come."""

    def __init__(self, graph: Graph) -> None:
        """Keep the result as a graph."""
        self._graph = graph

    def __eq__(self, other: object) -> bool:
        """Whether two results say the same."""
        return isinstance(other, Meaning) and isomorphic(self._graph, other._graph)

    def __hash__(self) -> int:
        """By the number of its statements."""
        return len(self._graph)


def meaning(content: bytes, form: str) -> object:
    """The meaning of a result in one of the formats of results or graphs."""
    match form:
        case "csv" | "tsv":
            rows = csv.DictReader(content.decode().splitlines(), delimiter="," if form == "csv" else "\t")
            found = Counter(tuple(sorted((name, _plain(cell)) for name, cell in row.items())) for row in rows)
            return sorted(rows.fieldnames or []), found
        case "srx" | "srj" | "json":
            return _solutions(content, ox.QueryResultsFormat.XML if form == "srx" else ox.QueryResultsFormat.JSON)
        case _:
            formats = {"ttl": "turtle", "rdf": "xml", "nt": "nt"}
            return Meaning(Graph().parse(data=content, format=formats[form], publicID="https://example.org/"))


def _plain(cell: str) -> str:
    return "_:" if cell.startswith("_:") else _number(cell.removesuffix("^^<http://www.w3.org/2001/XMLSchema#string>"))


def _solutions(content: bytes, form: ox.QueryResultsFormat) -> object:
    if form == ox.QueryResultsFormat.JSON and "boolean" in (parsed := json.loads(content)):
        return parsed["boolean"]
    found = ox.parse_query_results(content, form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    graph = Graph()
    for number, solution in enumerate(found):
        row = BNode(f"row{number}")
        graph.add((row, RDF.type, ROW.Row))
        for variable in found.variables:
            if (value := solution[variable]) is not None:
                graph.add((row, ROW[variable.value], _term(value)))
    return Meaning(graph)


def _term(value: Any) -> URIRef | BNode | Literal:  # noqa: ANN401  # any term of pyoxigraph
    if isinstance(value, ox.NamedNode):
        return URIRef(value.value)
    if isinstance(value, ox.BlankNode):
        return BNode(value.value)
    return Literal(f"{_number(value.value)} {value.datatype.value} {value.language}")


def _number(text: str) -> str:
    """A number by its value: the store keeps 2.0 as 2, which the suite takes for the same."""
    try:
        return str(Decimal(text).normalize()) if any(character.isdigit() for character in text) else text
    except InvalidOperation:
        return text


def missing_protocol_tests(suite: Path) -> list[str]:
    """Official protocol tests on queries that no row of ours carries."""
    manifest = suite / "protocol" / "manifest.ttl"
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    official = {str(node).rpartition("#")[2] for node in graph.subjects(RDF.type, MF.ProtocolTest)}
    with PROTOCOL.open(encoding="utf-8", newline="") as file:
        ours = {row["name"].partition(":")[0] for row in csv.DictReader(file)}
    return sorted(name for name in official - ours if "query" in name or "queries" in name)


def main(suite: Path) -> int:
    """Run everything that applies and print what became of it; 1 if the service has broken something."""
    service, verdicts = Service(), defaultdict[str, Counter[str]](Counter)
    told: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(suite / "manifest-all.ttl"):
            if case.folder in LEFT_OUT:
                verdicts[case.folder]["left out"] += 1
                continue
            store = loaded(case, Path(folder))
            service.serve(store)
            verdict = judged(case, service, store)
            verdicts[case.folder][verdict] += 1
            if verdict != "passed":
                told.append(f"{verdict}: {case.folder}/{case.query.name} ({case.name})")
        service.close()
    for name, counts in sorted(verdicts.items()):
        print(f"{name:<24}", ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()), LEFT_OUT.get(name, ""))
    print("\n".join(told))
    missing = missing_protocol_tests(suite)
    print("protocol tests without a row:", ", ".join(missing) or "none")
    total = sum(verdicts.values(), Counter[str]())
    print(", ".join(f"{count} {verdict}" for verdict, count in total.most_common()))
    return 1 if total["broken"] or missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
