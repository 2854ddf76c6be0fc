"""The workers: what they answer, what they survive, and that nobody waits for ever."""

import gzip
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.iris import Iris
from tests.webapp.conftest import LOOSE
from webapp.pool import Dataset, Outcome, Pool, Question, process, workers

IRIS = Iris()
PUBLISHED = IRIS.graph("published").value
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MakePool = Callable[..., Pool]


def question(query: str, **parts: object) -> Question:
    """A question as the service asks it."""
    return Question(query, published=PUBLISHED, prefixes=IRIS.prefixes, **parts)  # type: ignore[arg-type]


def content(outcome: Outcome) -> bytes:
    """The whole result of a query that was answered."""
    assert outcome.file, outcome.message
    with outcome.file as file:
        return file.read()


def closed(outcome: Outcome) -> Outcome:
    """An outcome whose result nobody reads."""
    if outcome.file:
        outcome.file.close()
    return outcome


def counted(pool: Pool, query: str = COUNT, **parts: object) -> int:
    """The number that a query counts."""
    return int(content(pool.ask(question(query, results="csv", **parts))).split()[1])


@pytest.mark.cases("hostile")
def test_a_hostile_query_that_reaches_a_worker_ends_and_the_next_one_is_answered(
    case: dict[str, str], pools: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = pools()
    with monkeypatch.context() as patched:
        patched.setattr(workers, "refusal", lambda *_: None)
        outcome = pool.ask(question(case["query"]))
    if outcome.file:
        outcome.file.close()
    assert outcome.kind in case["unguarded"], outcome.message
    assert pool.is_ready()
    assert content(pool.ask(question("ASK {}"))) == b'{"head":{},"boolean":true}'


def test_no_worker_opens_a_socket_even_if_the_guard_is_passed(pools: MakePool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "refusal", lambda *_: None)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        outcome = pools(seconds=30).ask(question(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
        assert outcome.kind in ("refused", "failed")
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the kernel refuses sockets on Linux only; elsewhere the guard stands alone"
)
def test_the_kernel_refuses_the_socket() -> None:
    program = "import socket; from webapp.pool import cage; assert cage.forbid_sockets(); socket.socket()"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "PermissionError" in ended.stderr


def test_from_the_published_graph_counts_each_triple_once(pools: MakePool) -> None:
    pool = pools(seconds=30)
    whole = counted(pool)
    edges = IRIS.graph("edges").value
    assert counted(pool, f"SELECT (COUNT(*) AS ?n) FROM <{PUBLISHED}> FROM <{edges}> {{ ?s ?p ?o }}") == whole
    assert counted(pool, dataset=Dataset((PUBLISHED,))) == whole
    assert 0 < counted(pool, f"SELECT (COUNT(*) AS ?n) FROM <{edges}> {{ ?s ?p ?o }}") < whole
    assert counted(pool, f"SELECT (COUNT(*) AS ?n) FROM NAMED <{edges}> {{ ?s ?p ?o }}") == 0


@pytest.mark.parametrize(("there", "wanted", "cut"), [(3, 2, True), (3, 3, False), (0, 2, False)])
def test_the_first_rows_are_given_and_it_is_said_whether_there_are_more(there: int, wanted: int, cut: bool, pools: MakePool) -> None:  # noqa: FBT001  # a case
    values = " ".join(str(number) for number in range(there))
    outcome = pools(seconds=30).ask(question(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}", rows=wanted))
    assert outcome.is_cut == cut
    assert len(json.loads(content(outcome))["results"]["bindings"]) == min(there, wanted)


def test_the_first_rows_are_the_same_json_as_all_rows(pools: MakePool) -> None:
    pool = pools(seconds=30)
    query = 'SELECT ?x ?y { VALUES (?x ?y) { (1 "a"@en) (<a:b> UNDEF) ("b" "c"^^<a:type>) } }'
    first, all_rows = (json.loads(content(pool.ask(question(query, rows=rows)))) for rows in (10, 0))
    assert first["results"] == all_rows["results"]
    assert first["head"]["vars"] == ["x", "y"]


def test_a_cut_graph_is_whole_turtle(pools: MakePool) -> None:
    outcome = pools(seconds=30).ask(question("CONSTRUCT WHERE { ?s a liaison:State }", rows=5, graph="nt"))
    assert outcome.is_cut
    assert outcome.is_graph
    assert len(content(outcome).splitlines()) == 5


def test_a_result_is_as_large_as_it_says(pools: MakePool) -> None:
    outcome = pools(seconds=30).ask(question("SELECT * { ?s a liaison:State }"))
    assert len(content(outcome)) == outcome.size > 0


def test_what_nobody_takes_is_not_computed(pools: MakePool) -> None:
    outcome = pools().ask(question("SELECT * { ?a ?b ?c . ?d ?e ?f }", results=""))
    assert outcome.kind == "unacceptable"


def test_more_queries_than_may_wait_are_turned_away_at_once(pools: MakePool) -> None:
    pool = pools(queue=1, seconds=3)
    outcomes: list[Outcome] = []
    threads = [threading.Thread(target=lambda: outcomes.append(pool.ask(question(LONG)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes[0].kind == "busy"
    assert "time" in [outcome.kind for outcome in outcomes]


def test_results_that_nobody_fetches_take_no_more_than_their_room(pools: MakePool) -> None:
    pool = pools(seconds=30, result_bytes=1_000_000, spool_bytes=1_500_000)
    query = "SELECT * { ?s ?p ?o } LIMIT 3000"
    first = pool.ask(question(query))
    assert first.size > 500_000
    assert pool.ask(question(query)).kind == "busy"
    content(first)
    assert content(pool.ask(question(query)))


def test_a_closed_pool_still_answers_who_holds_it_and_leaves_no_process(pools: MakePool) -> None:
    pool = pools(seconds=30)
    assert counted(pool) > 0
    pool.close()
    assert counted(pool) > 0
    assert pool._main.idle == [None]  # noqa: SLF001  # no worker has stayed


def test_a_store_that_cannot_be_opened_is_a_failure_in_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    limits = workers.Limits(1, 1, 200, 1000, 60, 100, 1000, 1000, 1, 1)
    pool = Pool(tmp_path_factory.mktemp("empty") / "no-store", 1, limits)
    assert pool.ask(question("ASK {}")).kind == "failed"
    assert not pool.is_ready()
    pool.close()


def asked_at_once(pool: Pool, queries: list[str], **parts: object) -> list[Outcome]:
    """The outcomes of queries that are asked at the same time, in the order of the queries."""
    outcomes: dict[int, Outcome] = {}

    def run(number: int, query: str) -> None:
        outcomes[number] = pool.ask(question(query, **parts))

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(queries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number in range(len(queries))]


def test_a_short_query_is_answered_while_long_ones_hold_every_worker(pools: MakePool) -> None:
    pool = pools(seconds=6, slice_seconds=0.5)
    long = threading.Thread(target=pool.ask, args=(question(LONG),))
    long.start()
    while not pool.load.running:
        time.sleep(0.01)
    assert content(pool.ask(question("ASK {}")))
    assert pool.load.running == 1
    long.join()


def test_what_a_slice_does_not_suffice_for_gets_all_of_its_time_later(pools: MakePool) -> None:
    pool, enough = pools(seconds=4, slice_seconds=0.2), threading.Event()
    first = threading.Thread(target=pool.ask, args=(question(LONG),), kwargs={"is_gone": enough.is_set})
    first.start()
    while not pool.load.running:
        time.sleep(0.01)
    outcomes: list[Outcome] = []
    second = threading.Thread(target=lambda: outcomes.append(pool.ask(question(LONG))))
    second.start()
    while not pool.load.waiting:
        time.sleep(0.01)
    enough.set()
    for thread in (first, second):
        thread.join()
    assert [outcome.kind for outcome in outcomes] == ["time"]
    assert outcomes[0].ran >= 4
    assert outcomes[0].waited > 0


def test_nobody_takes_more_than_a_share(pools: MakePool) -> None:
    pool = pools(seconds=1, share=1)
    outcomes = asked_at_once(pool, [LONG] * 3, client="192.0.2.1")
    assert sorted(outcome.kind for outcome in outcomes) == ["share", "share", "time"]
    assert content(pool.ask(question("ASK {}", client="192.0.2.1")))


def test_a_client_that_goes_away_frees_its_worker(pools: MakePool) -> None:
    pool = pools(seconds=60)
    outcome = pool.ask(question(LONG), is_gone=lambda: True)
    assert outcome.kind == "gone"
    assert outcome.ran < 30
    assert content(pool.ask(question("ASK {}")))


def test_a_client_that_goes_away_waits_no_more(pools: MakePool) -> None:
    pool = pools(seconds=4, slice_seconds=4)
    others = [threading.Thread(target=pool.ask, args=(question(LONG),)) for _ in range(2)]
    for thread in others:
        thread.start()
    while pool.load.running < 2:
        time.sleep(0.01)
    assert pool.ask(question("ASK {}"), is_gone=lambda: True).kind == "gone"
    for thread in others:
        thread.join()


def test_workers_that_do_not_come_up_are_not_started_one_after_the_other(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    class Counted(process.Worker):
        def __init__(self, *arguments: object) -> None:
            started.append(arguments)
            super().__init__(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "Worker", Counted)
    pool = Pool(tmp_path_factory.mktemp("empty") / "no-store", 1, replace(LOOSE, seconds=5))
    outcomes = [pool.ask(question("ASK {}")) for _ in range(30)]
    pool.close()
    assert {outcome.kind for outcome in outcomes} == {"failed"}
    assert len(started) < 10


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("rows", [0, 1, 7])
def test_the_rows_of_a_result_are_counted(form: str, rows: int, pools: MakePool) -> None:
    values = " ".join(f'({number} "a, b")' for number in range(rows))
    outcome = closed(pools(seconds=30).ask(question(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}", results=form)))
    assert outcome.rows == rows


def test_the_triples_of_a_result_are_counted_and_an_ask_has_one_row(pools: MakePool) -> None:
    pool = pools(seconds=30)
    assert closed(pool.ask(question("CONSTRUCT WHERE { ?s a liaison:State } LIMIT 9", graph="rdf"))).rows == 9
    assert closed(pool.ask(question("ASK {}"))).rows == 1


def test_a_packed_result_is_the_same_result_and_its_limit_counts_plain_bytes(pools: MakePool) -> None:
    pool = pools(seconds=30)
    query = "SELECT * { ?s a liaison:State } ORDER BY ?s"
    packed = pool.ask(question(query, encoding="gzip"))
    assert packed.encoding == "gzip"
    assert gzip.decompress(content(packed)) == content(pool.ask(question(query)))
    assert pool.ask(question("SELECT * { ?s ?p ?o }", encoding="gzip")).kind == "too large"


def test_a_query_that_is_too_long_is_not_looked_at(pools: MakePool) -> None:
    assert pools(query_bytes=100).ask(question("#" * 101)).kind == "too long"
