"""A graph whose every text tries to break out of a page, and an application that serves it from memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from flask import Flask

from graph.iris import Iris
from graph.release import Release
from graph.search import Index
from graph.store import View
from webapp import create_app
from webapp.config import Config
from webapp.live import Live, Serving
from webapp.pool import Pool

CASES = Path(__file__).parent / "webapp/cases"
LONG = "Office for the <b>Prevention</b> of Everything " * 7


class InMemory:
    """Stands where the follower of the current release stands, and serves one view."""

    def __init__(self, view: View) -> None:
        manifest = {
            "base": Iris().base,
            "built": "2026-01-01T00:00:00+00:00",
            "version": "0",
            "triples": len(view),
            "files": {},
            "counts": {},
        }
        release = Release("test", Path("nowhere"), manifest)
        release.__dict__["view"] = view
        release.__dict__["index"] = Index.of(view, release.iris)
        self._serving = Serving(release, cast("Pool", None))

    def serving(self) -> Serving:
        """The only release."""
        return self._serving


def quads(many: int) -> Iterator[ox.Quad]:
    """The hostile graph, and many bodies with a long name, which all take part in something of the country."""
    text = (CASES / "hostile.ttl").read_text(encoding="utf-8").replace("LONGLABEL", LONG)
    claim = next(part for part in text.split("\n\n") if "claim/c1>" in part)
    prefixes = "\n".join(line for line in text.splitlines() if line.startswith("@prefix"))
    copies = []
    for number in range(many):
        copy = (
            claim.replace("claim/c1", f"claim/m{number}")
            .replace("evidence/e1", f"evidence/m{number}")
            .replace("body:long", f"body:m{number}")
        )
        copies.append(f'{copy}\nbody:m{number} a liaison:Body ; skos:prefLabel "{number} {LONG}"@en .')
    yield from ox.parse(text, format=ox.RdfFormat.TURTLE)
    yield from ox.parse("\n".join([prefixes, *copies]), format=ox.RdfFormat.TURTLE)


def hostile_app(many: int) -> Flask:
    """The application over the hostile graph with so many bodies."""
    app = create_app(Config())
    app.extensions["live"] = cast("Live", InMemory(View.of(quads(many))))
    return app
