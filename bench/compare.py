"""Time of `/compare` in CPU milliseconds, beside one query a cell: `python -m bench.compare [NUMBER] [releases]`.

A release with NUMBER invented profiles is made first, unless it lies in the folder already. Each comparison is of four
other countries, so that no answer is kept from the one before; `again` asks for the last one a second time, as the parts,
tables and data of a comparison do. The peer is what one would write without `VALUES`: one query for each country and
each row of the same comparison, with the same store in the same process. Processor time is measured, not the clock.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from bench.synthetic import countries, write
from graph.build import build
from graph.release import Release, Releases
from webapp import create_app
from webapp.config import Config

SEED, ROUNDS, TARGET, PEERS, SIDE = 1, 6, 200.0, 3, 4
CELL = """SELECT ?claim ?relation ?certainty ?from ?until ?asOf WHERE {
  { ?claim liaison:involves $thing } UNION { ?own liaison:country $thing . ?claim liaison:involves ?own }
  UNION { ?profile dcterms:spatial $thing . ?claim liaison:statedIn ?profile }
  ?claim liaison:involves $on ; rdf:predicate ?relation ; liaison:certainty ?certainty .
  OPTIONAL { ?claim liaison:from ?from } OPTIONAL { ?claim liaison:until ?until } OPTIONAL { ?claim liaison:asOf ?asOf }
}"""
"""What one thing has to do with another, as one would ask for a single cell."""


def took(run: Callable[[], object]) -> float:
    """CPU milliseconds."""
    begin = time.process_time()
    run()
    return (time.process_time() - begin) * 1000


def by_cell(release: Release, things: list[str], rows: list[str]) -> None:
    """Ask for each cell on its own."""
    query = release.iris.header() + CELL
    for thing in things:
        for row in rows:
            release.view.select(query, thing=release.iris.thing(thing), on=release.iris.thing(row))


def asked(things: list[str], path: str = "/compare") -> str:
    """The address that compares these things."""
    return f"{path}?{'&'.join(f'of={thing}' for thing in things)}"


def measure(client: FlaskClient, release: Release, sets: list[list[str]]) -> None:
    """Print a line for each way to ask."""
    warm, *others = sets
    client.get(asked(warm))
    first = [took(lambda things=things: client.get(asked(things)).data) for things in others]  # type: ignore[misc]
    again = [took(lambda: client.get(asked(others[-1])).data) for _ in range(ROUNDS)]
    ours = median(first)
    print(f"{'page, asked first':<28}{ours:>9.0f}   target {TARGET:g}, smallest {min(first):.0f}, largest {max(first):.0f}")
    print(f"{'page, again':<28}{median(again):>9.0f}")
    for ending in ("csv", "ttl"):
        print(f"{'as ' + ending:<28}{took(lambda ending=ending: client.get(asked(others[-1], f'/compare.{ending}')).data):>9.0f}")  # type: ignore[misc]
    times, cells = [], 0
    for things in others[:PEERS]:
        rows = [row["reference"] for row in client.get(asked(things, "/api/compare")).get_json()["rows"] if row["part"] != "sections"]
        cells += len(rows) * len(things)
        times.append(took(lambda things=things, rows=rows: by_cell(release, things, rows)))  # type: ignore[misc]
    print(f"{'one query a cell':<28}{median(times):>9.0f}   × {median(times) / ours:.1f}; {cells // PEERS} cells on average, queries only")


def main() -> None:
    """Make the release if there is none, and measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scratch) / "releases"  # noqa: PLR2004  # as the first lines say
        if Releases(folder).current_id() is None:
            write(Path(scratch) / "data", number, SEED, Path("data/authority"))
            build(Path(scratch) / "data", folder, tell=lambda _: None)
        release = Releases(folder).current()
        codes = [f"country/{code}" for code, _ in countries(Path("data/authority"))]
        app = create_app(Config(releases=folder))
        print(f"{len(release.view) // 2:,} triples, {SIDE} countries side by side, CPU ms, median of {ROUNDS}")
        measure(
            app.test_client(), release, [codes[place * SIDE : (place + 1) * SIDE] for place in range(min(ROUNDS + 1, len(codes) // SIDE))]
        )
        app.extensions["live"].close()


if __name__ == "__main__":
    main()
