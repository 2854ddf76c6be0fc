"""Time and memory of finding paths, beside networkx: `python -m bench.paths [THINGS] [LINKS] [QUESTIONS]`.

The network is invented (`bench.synthetic.network`); pairs of ends are drawn from it with a fixed seed. Ours is mapped
from its file, networkx holds the same pairs in memory. Each is asked for the ten shortest simple paths of at most six
hops. What networkx gives is in no order but that of length; to have the best by what they pass through and rest on, all
of one length would have to be found first, which is measured as well. Processor time is measured, not the clock on the wall, and
memory is what the process has taken on since before loading.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

import networkx as nx
import psutil

from bench.synthetic import network
from graph import adjacency
from graph.adjacency import Adjacency, Tie
from graph.paths import Wanted, shortest

LIMIT, LENGTH, TARGET = 10, 6, 100.0
ENOUGH_SECONDS = 30.0
"""How long each is asked at most: the peer may need longer than anybody wants to wait."""
YEAR = 2018
ASKED = {
    "any path": Wanted(),
    "without universal": Wanted(avoid=frozenset({"universal"})),
    "in 2018": Wanted(years=(YEAR, YEAR)),
    "stated, two relations": Wanted(relations=frozenset({"memberOf", "cooperatesWith"}), certainties=frozenset({"stated"})),
}


def resident() -> float:
    """Memory of this process in MB."""
    return float(psutil.Process().memory_info().rss) / 2**20


def asked(ask: Callable[[str, str], object], pairs: Sequence[tuple[str, str]]) -> str:
    """Median, 99th percentile and longest of the processor time of some questions, in milliseconds."""
    times: list[float] = []
    for source, target in pairs:
        begin = time.process_time()
        ask(source, target)
        times.append((time.process_time() - begin) * 1000)
        if sum(times) > ENOUGH_SECONDS * 1000:
            break
    return f"{median(times):>9.1f}{quantiles(times, n=100)[98]:>9.1f}{max(times):>9.1f}{len(times):>10}"


def theirs(graph: "nx.Graph[str]", source: str, target: str, *, is_ordered: bool = False) -> list[list[str]]:
    """The same from networkx; in order, it takes all that are as long as the last one."""
    found: list[list[str]] = []
    try:
        for path in nx.shortest_simple_paths(graph, source, target):
            if len(path) > LENGTH + 1 or (len(found) >= LIMIT and not (is_ordered and len(path) == len(found[LIMIT - 1]))):
                break
            found.append(path)
    except nx.NetworkXNoPath:
        pass
    return found


def in_2018(graph: "nx.Graph[str]") -> "nx.Graph[str]":
    """The same graph without the pairs no claim of which held in 2018, as networkx filters."""

    def is_wanted(one: str, other: str) -> bool:
        return any(tie.first <= YEAR and (not tie.last or tie.last >= YEAR) for tie in graph[one][other]["claims"])

    return nx.subgraph_view(graph, filter_edge=is_wanted)


def loaded(ties: Sequence[Tie]) -> "nx.Graph[str]":
    """The pairs of neighbours as a graph of networkx, each with its claims."""
    graph: nx.Graph[str] = nx.Graph()
    for tie in ties:
        graph.add_edge(tie.subject, tie.object)
        graph[tie.subject][tie.object].setdefault("claims", []).append(tie)
    return graph


def main() -> None:
    """Print how each is loaded, and a line for each kind of question."""
    things, links, questions = (int(text) for text in (*sys.argv[1:], "100000", "500000", "200")[:3])
    nodes, ties = network(things, links, 1)
    chance = random.Random(2)  # noqa: S311  # a seeded choice is what is wanted
    pairs = [(one.reference, other.reference) for one, other in (chance.sample(nodes, 2) for _ in range(questions))]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / adjacency.FILE
        begin = time.process_time()
        path.write_bytes(adjacency.written(nodes, ties))
        print(
            f"{len(nodes):,} things, {len(ties):,} claims; written in {time.process_time() - begin:.1f} s, {path.stat().st_size / 2**20:.1f} MB"
        )
        before, begin = resident(), time.process_time()
        ours = Adjacency.open(path)
        print(f"ours:     loaded in {(time.process_time() - begin) * 1000:>8.1f} ms, {resident() - before:>7.1f} MB")
        print(f"{'CPU ms, target ' + format(TARGET, 'g'):<34}{'median':>9}{'p99':>9}{'longest':>9}{'questions':>10}")
        for name, wanted in ASKED.items():
            ends: dict[str, int] = {}

            def ask(source: str, target: str, wanted: Wanted = wanted, ends: dict[str, int] = ends) -> None:
                found = shortest(ours, source, target, wanted, limit=LIMIT, length=LENGTH)
                ends[found.end] = ends.get(found.end, 0) + 1

            print(f"{'ours: ' + name:<34}{asked(ask, pairs)}  {', '.join(f'{end} {count}' for end, count in sorted(ends.items()))}")
        print(f"ours:     {resident() - before:.1f} MB after all questions")
        before, begin = resident(), time.process_time()
        graph = loaded(ties)
        print(f"networkx: loaded in {(time.process_time() - begin) * 1000:>8.1f} ms, {resident() - before:>7.1f} MB")
        filtered = in_2018(graph)
        print(f"{'networkx: any path':<34}{asked(lambda source, target: theirs(graph, source, target), pairs)}")
        print(f"{'networkx: in 2018':<34}{asked(lambda source, target: theirs(filtered, source, target), pairs)}")
        print(f"{'networkx: any path, in order':<34}{asked(lambda source, target: theirs(graph, source, target, is_ordered=True), pairs)}")


if __name__ == "__main__":
    main()
