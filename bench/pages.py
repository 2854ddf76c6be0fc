"""Time of the server for each kind of page: CPU milliseconds, the median of many requests.

    python bench/pages.py [releases]

Processor time is measured, not the clock on the wall: it hardly depends on what else the machine does.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from graph.build import build
from webapp import create_app
from webapp.config import Config

ROUNDS = 25
TARGET = 40.0
PAGES = {
    "first page": "/",
    "search": "/search?q=euro",
    "list": "/bodies",
    "country (33 claims)": "/page/country/ESP",
    "body (73 claims, 60 drawn)": "/page/body/europol",
    "treaty (116 claims)": "/page/group/ets-185",
    "one relation (56 rows)": "/page/body/eu?relation=memberOf&side=object",
    "document": "/page/profile/spain-2018-cse",
    "about": "/about",
    "ontology": "/ontology",
    "closed list": "/ontology/actor-kind",
}


@contextmanager
def releases() -> Iterator[Path]:
    """The folder of releases that was named, or one with a fresh release of `data`."""
    if len(sys.argv) > 1:
        yield Path(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path("data"), Path(folder), tell=lambda _: None)
        yield Path(folder)


def measured(client: FlaskClient, address: str) -> tuple[float, int]:
    """The median time of a page in CPU milliseconds, and its size in bytes."""
    times = []
    size = 0
    for _ in range(ROUNDS):
        begin = time.process_time()
        size = len(client.get(address, headers={"Accept": "text/html"}).data)
        times.append((time.process_time() - begin) * 1000)
    return median(times), size


def main() -> None:
    """Print a line for each page."""
    with releases() as folder:
        app = create_app(Config(releases=folder))
        client = app.test_client()
        print(f"{'page':<28}{'CPU ms':>8}{'bytes':>9}   target {TARGET:g} ms")
        for name, address in PAGES.items():
            took, size = measured(client, address)
            print(f"{name:<28}{took:>8.1f}{size:>9}{'   over' if took > TARGET else ''}")
        app.extensions["live"].close()


if __name__ == "__main__":
    main()
