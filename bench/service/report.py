"""The figures as a page."""

import math
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.service.hostile import HOSTILE
from bench.service.mix import QUERIES
from bench.service.peers import LIMIT, Server
from bench.service.trials import BREATH, HOSTILE_CLIENTS, PATIENCE, Load, Ordeal, Times, percentile

INTRODUCTION = f"""# Benchmarks

Made by `python -m bench.service`; the figures are of one run in which all servers stand beside each other on loopback and
are asked in turn, so ratios count and single times do not. Each server has the triples of the same release; ours holds
each triple a second time in its named graph. Medians are of whole answers, read to the last byte, over a connection that
is kept; the spread is that between the first and the third quarter. A server that has a limit of time has one of {LIMIT} s.
"""
HOW = """## To measure again

```sh
make setup-dev
.venv/bin/liaison build
.venv/bin/python -m bench.service releases --out docs/benchmarks.md
```

Invented profiles for larger graphs: `.venv/bin/python -m bench.synthetic FOLDER 200`, then
`liaison build --data FOLDER --releases OTHER`, and name `OTHER` after `releases`. Peers are installed into the cache of
the user, never into the project. `--rounds` says how often each query is asked.
"""


@dataclass(frozen=True)
class Run:
    """The figures of one release.

    Args:
        title: which data.
        triples: how many.
        times: query and server to times.
    """

    title: str
    triples: int
    times: Mapping[str, Mapping[str, Times]]


def page(
    servers: Sequence[Server],
    missing: Sequence[str],
    runs: Sequence[Run],
    ordeals: Mapping[str, Mapping[str, Ordeal]],
    loads: Mapping[str, Load],
) -> str:
    """The whole page as Markdown."""
    lines = [
        INTRODUCTION,
        *_machine(),
        "",
        "| server | set up |",
        "|---|---|",
        *(f"| {server.name} | {server.note} |" for server in servers),
    ]
    lines += ["", *(f"{words}." for words in missing)]
    for run in runs:
        lines += ["", *_times(run, [server.name for server in servers])]
    lines += ["", *_ordeals(ordeals, [server.name for server in servers]), "", *_loads(loads), "", HOW]
    return "\n".join(lines).replace("\n\n\n", "\n\n").rstrip("\n") + "\n"


def _machine() -> Iterator[str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = [
        line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if "model name" in line
    ]
    yield f"{os.cpu_count()} cores ({names[0] if names else platform.machine()}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}."


def _times(run: Run, names: Sequence[str]) -> Iterator[str]:
    columns = [*names, "engine alone"]
    yield f"## Queries: {run.title}, {run.triples:,} triples\n"
    yield f"Milliseconds, median and (spread); × is how many times as long as {names[0]}. The engine alone is the same query on the same store within one process: the limit.\n"
    yield f"| query | rows | {' | '.join(columns)} |"
    yield f"|---|---:|{'---:|' * len(columns)}"
    for query in QUERIES:
        times = run.times[query]
        ours = times[names[0]]
        yield f"| {query} | {'' if ours.rows is None else f'{ours.rows:,}'} | {' | '.join(_cell(times[name], ours) for name in columns)} |"
    yield ""
    added = [(query, run.times[query][names[0]].middle, run.times[query]["engine alone"].middle) for query in QUERIES]
    long = [ours / alone for _, ours, alone in added if alone > 5]  # noqa: PLR2004  # milliseconds above which the ratio counts
    short = [ours - alone for _, ours, alone in added if alone <= 5]  # noqa: PLR2004
    yield (
        f"What HTTP and the pool add to the engine: {f'at most {max(long):.2f} times for queries over 5 ms' if long else 'no query takes over 5 ms'}; "
        f"{f'at most {max(short):.1f} ms for the others' if short else ''}."
    )
    differ = [query for query in QUERIES if len({run.times[query][name].rows for name in columns if run.times[query][name].taken}) > 1]
    yield f"Rows differ between servers in: {', '.join(differ)}." if differ else "All servers give the same number of rows."


def _cell(times: Times, ours: Times) -> str:
    if not times.taken:
        return "no answer"
    ratio = "" if times is ours else f" × {times.middle / ours.middle:.2g}"
    return f"{times.middle:.1f} ({times.spread:.1f}){ratio}"


def _ordeals(ordeals: Mapping[str, Mapping[str, Ordeal]], names: Sequence[str]) -> Iterator[str]:
    yield "## Queries that are meant to hurt\n"
    yield (
        f"Each alone; the client waits {PATIENCE:g} s. Status and seconds until the last byte; then, {BREATH:g} s later: "
        "**dead** if `ASK {}` gets no answer, **at work** if the processor is still used, **cut** if a status of 200 carries a result that is not whole, "
        "**called out** if the server called another address. A server that is not well is started anew before the next query.\n"
    )
    yield f"| query | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for query in HOSTILE:
        yield f"| {query} | {' | '.join(_ordeal(ordeals[query][name]) for name in names)} |"
    yield ""
    well = {name: sum(ordeals[query][name].is_well for query in HOSTILE) for name in names}
    yield f"Ended in time and left nothing behind: {', '.join(f'{name} {count} of {len(HOSTILE)}' for name, count in well.items())}."


def _ordeal(ordeal: Ordeal) -> str:
    faults = [
        *(["**dead**"] if not ordeal.survives else []),
        *([f"**at work**, {ordeal.megabytes:,.0f} MB"] if not ordeal.is_well and ordeal.survives and ordeal.busy > 0.25 else []),  # noqa: PLR2004
        *(["**cut**"] if ordeal.answer.is_cut else []),
        *(["**called out**"] if ordeal.called else []),
    ]
    return ", ".join([f"{ordeal.answer.status or 'no answer'} after {ordeal.answer.seconds:.1f} s", *faults])


def _loads(loads: Mapping[str, Load]) -> Iterator[str]:
    yield "## Short requests while others hurt\n"
    yield f"One client, alone and then while {HOSTILE_CLIENTS} others send the three-way product again and again. Milliseconds.\n"
    yield "| request | quiet: median | quiet: p99 | under load: median | under load: p99 | p99 under load / quiet | answered | failed |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, load in loads.items():
        figures = [percentile(values, share) for values in (load.quiet, load.loaded) for share in (0.5, 0.99)]
        ratio = figures[3] / figures[1]
        cells = [*("–" if math.isnan(figure) else f"{figure:.1f}" for figure in figures), "–" if math.isnan(ratio) else f"{ratio:.1f}"]
        yield f"| {name} | {' | '.join(cells)} | {len(load.loaded)} | {load.failed} |"
