"""Time to describe a hub, in CPU milliseconds, beside rdflib: `python -m bench.hub [NUMBER] [releases]`.

A release with one body to which NUMBER invented ones are tied is made first, unless it lies in the folder already. The
peer is rdflib 7, which has read the same Turtle into memory and answers a concise bounded description of as many claims
as one part of ours holds, with names. Processor time is measured, not the clock on the wall.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from rdflib import RDFS, Graph, URIRef
from rdflib.term import Node

from bench.synthetic import HUB, write_hub
from graph.build import build
from graph.iris import DEF, Iris
from graph.release import Releases
from webapp import create_app
from webapp.config import Config
from webapp.incidences import MOST

ROUNDS, TARGET = 7, 200.0
ADDRESSES = {
    "first part, Turtle": f"/data/body/{HUB}.ttl",
    "later part, Turtle": f"/data/body/{HUB}.ttl?offset={2 * MOST}",
    "first part, JSON-LD": f"/data/body/{HUB}.jsonld",
    "first part, RDF/XML": f"/data/body/{HUB}.rdf",
    "first part, TriG": f"/data/body/{HUB}.trig",
    "first part, CSV": f"/data/body/{HUB}.csv",
    "its page": f"/page/body/{HUB}",
    "one edge as JSON": f"/api/things/body/{HUB}/edges?limit=1",
}


def took(run: Callable[[], object]) -> tuple[float, float]:
    """CPU milliseconds of the first time, and of the median of some more."""
    times = []
    for _ in range(ROUNDS + 1):
        begin = time.process_time()
        run()
        times.append((time.process_time() - begin) * 1000)
    return times[0], median(times[1:])


def described(graph: Graph, hub: URIRef) -> bytes:
    """What rdflib says of the hub, as Turtle: one part of its claims with their evidence and all names."""
    involves, evidence = URIRef(f"{DEF}#involves"), URIRef(f"{DEF}#hasEvidence")
    found, claims = Graph(), sorted(graph.subjects(involves, hub), key=str)[:MOST]
    nodes: list[Node] = [*claims, *(proof for claim in claims for proof in graph.objects(claim, evidence))]
    for node in nodes:
        for triple in graph.triples((node, None, None)):
            found.add(triple)
            for name in graph.objects(triple[2], RDFS.label):
                found.add((triple[2], RDFS.label, name))
    return found.serialize(format="turtle", encoding="utf-8")


def main() -> None:
    """Print a line for each address, and one for the peer."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scratch) / "releases"  # noqa: PLR2004  # as the first lines say
        if Releases(folder).current_id() is None:
            write_hub(Path(scratch) / "data", number, Path("data/authority"))
            build(Path(scratch) / "data", folder, tell=lambda _: None)
        release = Releases(folder).current()
        app = create_app(Config(releases=folder))
        client = app.test_client()
        client.get("/data/country/FRA.ttl")
        print(f"{'of ' + str(number) + ' ties':<28}{'first':>9}{'again':>9}   CPU ms, target {TARGET:g}")
        for name, address in ADDRESSES.items():
            first, again = took(lambda address=address: client.get(address, headers={"Accept": "text/html"}).data)  # type: ignore[misc]
            print(f"{name:<28}{first:>9.0f}{again:>9.0f}")
        app.extensions["live"].close()
        graph = Graph().parse(release.folder / "liaison.ttl")
        first, again = took(lambda: described(graph, URIRef(Iris(release.iris.base).thing(f"body/{HUB}").value)))
        print(f"{'rdflib, a part, Turtle':<28}{first:>9.0f}{again:>9.0f}")


if __name__ == "__main__":
    main()
