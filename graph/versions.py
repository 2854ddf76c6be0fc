"""Which Liaison made something: its version, and a hash of its code."""

from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path

import ontology
import shapes
from graph.text import digest, sha256

VERSION = version_of("liaison")


@cache
def code_hash() -> str:
    """A hash of the code and of the resources that turn inputs into quads."""
    ours = sorted(Path(__file__).parent.rglob("*.py"))
    resources = [*ontology.modules(), ontology.path("relation-map.csv"), ontology.path("actor-kinds.csv"), *shapes.modules()]
    resources += sorted(ontology.path("questions").glob("*.rq"))
    return digest("code", *(sha256(path.read_bytes()) for path in [*ours, *resources]))
