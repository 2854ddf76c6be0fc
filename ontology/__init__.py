"""The words: classes, relations and closed lists in Turtle, and two tables that map names in files to them.

Nothing of ours is imported here, and nothing is computed: these are resources. `README.md` says how to add a term.
"""

from pathlib import Path

_HERE = Path(__file__).parent


def path(name: str) -> Path:
    """The file `name` of the ontology."""
    return _HERE / name


def modules() -> list[Path]:
    """All Turtle files that make up the ontology, examples not among them."""
    return sorted([*_HERE.glob("*.ttl"), *_HERE.glob("vocabularies/*.ttl")])
