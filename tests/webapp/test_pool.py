"""The workers: what they answer, what they survive, and that nobody waits for ever."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from graph.iris import Iris
from webapp.pool import Dataset, Outcome, Pool, Question, workers

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
    assert [outcome.kind for outcome in outcomes[:2]] == ["busy", "busy"]
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
    assert pool._idle.get_nowait() is None  # noqa: SLF001  # no worker has stayed


def test_a_store_that_cannot_be_opened_is_a_failure_in_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    limits = workers.Limits(1, 200, 1000, 60, 100, 1000, 1000, 1)
    pool = Pool(tmp_path_factory.mktemp("empty") / "no-store", 1, limits)
    assert pool.ask(question("ASK {}")).kind == "failed"
    assert not pool.is_ready()
    pool.close()
