"""The page of the benchmarks says what was measured, and names what went wrong."""

from bench.service.client import Answer
from bench.service.hostile import HOSTILE
from bench.service.mix import QUERIES
from bench.service.report import Run, page
from bench.service.trials import Load, Ordeal, Times
from tests.bench.servers import SERVERS

WHOLE, CUT = b'{"head":{},"boolean":true}', b'{"head":{"vars":["x"]},"results":{"bindings":[{"x"'
JSON = "application/sparql-results+json"


def ordeal(status: int, body: bytes = WHOLE, *, survives: bool = True, busy: float = 0.0, called: bool = False) -> Ordeal:
    """What a hostile query did."""
    return Ordeal(Answer(status, 1.0, body, JSON), survives, busy, 10.0, called)


def test_what_is_cut_off_dead_at_work_or_calls_out_is_named() -> None:
    assert ordeal(504).is_well
    for broken in (ordeal(200, CUT), ordeal(504, survives=False), ordeal(504, busy=1.0), ordeal(400, called=True), ordeal(0)):
        assert not broken.is_well


def test_the_page_has_a_row_for_each_query_and_counts_who_is_well() -> None:
    ours, peer = (server.name for server in SERVERS)
    times = {
        query: {ours: Times([1.0, 2.0, 3.0], 4), peer: Times([2.0, 4.0, 6.0], 4), "engine alone": Times([1.0, 1.0, 1.0], 4)}
        for query in QUERIES
    }
    ordeals = {query: {ours: ordeal(504), peer: ordeal(200, CUT, survives=False)} for query in HOSTILE}
    text = page(SERVERS, ["Other was left out"], [Run("test data", 9, times)], ordeals, {"Ours: page": Load([1.0], [2.0], 1)})
    assert all(f"| {query} |" in text for query in (*QUERIES, *HOSTILE))
    assert "| 4.0 (4.0) × 2 |" in text  # noqa: RUF001  # a times sign
    assert "200 after 1.0 s, **dead**, **cut**" in text
    assert f"{ours} {len(HOSTILE)} of {len(HOSTILE)}, {peer} 0 of {len(HOSTILE)}" in text
    assert "at most 1.0 ms for the others" in text
