"""Time of the server for the search while somebody types, in CPU milliseconds: `python -m bench.search [NUMBER]`.

NUMBER invented things and sentences (100,000 unless said) are written into the index of a release, and names of some of
them are typed letter by letter into `/api/suggest`, then with a mistake in them; the page `/search` is asked for each
whole name. Names are asked for in the same run of the peer, SQLite FTS5 of the standard library, whose tables have an
index of prefixes and forgive no mistake: its figure is for the query alone, ours for the whole answer of the server.
Processor time is measured, not the clock on the wall.
"""

import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median, quantiles

import psutil
import pyoxigraph as ox
from flask.testing import FlaskClient

from bench.synthetic import entries
from graph.iris import Iris, term
from graph.release import Releases
from graph.search import FOLDER, Entry, write
from graph.search.words import plain
from graph.store import Store
from webapp import create_app
from webapp.config import Config

NUMBER, NAMES, SEED, TARGET = 100_000, 40, 7, 20.0
_FOUND = "SELECT label FROM names WHERE names MATCH ? ORDER BY rank LIMIT 6"


def release(folder: Path, found: Iterable[Entry]) -> None:
    """A release that holds an index, and else next to nothing."""
    iris, place = Iris(), folder / "invented"
    store = Store(place / "store")
    store.load([ox.Quad(iris.thing("country/ESP"), term("skos:prefLabel"), ox.Literal("Spain", language="en"))])
    store.close()
    write(place / FOLDER, found)
    manifest = {"release": "invented", "base": iris.base, "built": "2026-01-01T00:00:00+00:00", "version": "0", "triples": 1}
    (place / "manifest.json").write_text(json.dumps(manifest | {"counts": {}, "files": {}}), encoding="utf-8")
    Releases(folder).point_to("invented")


def peer(path: Path, found: Iterable[Entry]) -> sqlite3.Connection:
    """The same in SQLite FTS5."""
    made = sqlite3.connect(path)
    made.execute("CREATE VIRTUAL TABLE names USING fts5(label UNINDEXED, words, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')")
    rows = ((entry.label, " | ".join(name for name, _ in entry.names) or entry.label) for entry in found)
    made.executemany("INSERT INTO names VALUES (?, ?)", rows)
    made.execute("INSERT INTO names(names) VALUES ('optimize')")
    made.commit()
    return made


def typed(names: Iterable[str]) -> list[str]:
    """What the server is asked while these names are typed."""
    return [name[:end] for name in names for end in range(1, len(name) + 1) if name[end - 1] != " "]


def mistaken(name: str, chance: random.Random) -> str:
    """A name in whose first word two letters are swapped."""
    place = chance.randrange(1, 4)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def took(run: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """CPU milliseconds of each call."""
    times = []
    for text in texts:
        begin = time.process_time()
        run(text)
        times.append((time.process_time() - begin) * 1000)
    return times


def told(name: str, times: list[float], beside: list[float] | None = None) -> None:
    """Print a line: median, the slowest twentieth, and the same of the peer."""
    line = f"{name:<34}{len(times):>7}{median(times):>9.2f}{quantiles(times, n=20)[-1]:>9.2f}"
    if beside:
        line += f"{median(beside):>12.2f}{quantiles(beside, n=20)[-1]:>9.2f}   × {median(times) / median(beside):.1f}"
    print(line)


def main() -> None:
    """Print a line for each manner of asking, and what the index takes."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory() as scratch:
        folder, every = Path(scratch) / "releases", list(entries(number, SEED, Path("data/authority")))
        begin = time.process_time()
        release(folder, every)
        wrote = time.process_time() - begin
        chance = random.Random(SEED)  # noqa: S311  # a seeded choice is what is wanted
        names = [entry.label for entry in chance.sample([entry for entry in every if entry.names], NAMES)]
        begin = time.process_time()
        other = peer(Path(scratch) / "peer.db", every)
        peer_wrote = time.process_time() - begin
        del every
        app = create_app(Config(releases=folder))
        client, process = app.test_client(), psutil.Process()
        before = process.memory_info().rss
        client.get("/api/suggest?q=warm")
        letters = typed(names)
        suggest = took(lambda text: client.get("/api/suggest", query_string={"q": text}).data, letters)
        asked = took(lambda text: other.execute(_FOUND, [_match(text)]).fetchall(), letters)
        print(
            f"{number:,} entries, {NAMES} names{'':<10}{'asked':>7}{'median':>9}{'p95':>9}{'FTS5':>12}{'p95':>9}   CPU ms, target {TARGET:g}"
        )
        told("typed letter by letter", suggest, asked)
        whole = took(lambda text: other.execute(_FOUND, [_match(text)]).fetchall(), names)
        told("a whole name", took(lambda text: client.get("/api/suggest", query_string={"q": text}).data, names), whole)
        wrong = [mistaken(name, chance) for name in names]
        told("with a mistake", took(lambda text: client.get("/api/suggest", query_string={"q": text}).data, wrong))
        ours = sum(name == _first(client, text) for name, text in zip(names, wrong, strict=True))
        theirs = sum(bool(other.execute(_FOUND, [_match(text)]).fetchall()) for text in wrong)
        print(f"    of these found as the first: {ours}; by FTS5 at all: {theirs}")
        told("the page of results", took(lambda text: client.get("/search", query_string={"q": text}).data, names))
        size = sum(path.stat().st_size for path in (folder / "invented" / FOLDER).iterdir())
        print(f"written in {wrote:.1f} s CPU, FTS5 {peer_wrote:.1f}; on disk {size / 2**20:.0f} MB, FTS5 {_size(scratch) / 2**20:.0f}")
        print(f"memory of the server more by {(process.memory_info().rss - before) / 2**20:.0f} MB, files that are mapped included")
        app.extensions["live"].close()


def _match(text: str) -> str:
    """What was typed as FTS5 asks for it: all words, each the beginning of one."""
    return " ".join(f'"{word}"*' for word in plain(text).split())


def _first(client: FlaskClient, text: str) -> str:
    """The label of the thing that is suggested first."""
    groups = client.get("/api/suggest", query_string={"q": text}).get_json()["groups"]
    return "".join(piece["text"] for group in groups[:1] for piece in group["items"][0]["label"])


def _size(scratch: str) -> int:
    return (Path(scratch) / "peer.db").stat().st_size


if __name__ == "__main__":
    main()
