"""The rules that a release must obey, in SHACL, with messages in plain English.

One file a subject. Each shape has a word for its IRI, says why it is there, and how far one must see to judge it
(`shape:reach`: one profile, or the whole release). `examples/` holds one valid and one invalid example of each.
"""

from pathlib import Path

_HERE = Path(__file__).parent


def modules() -> list[Path]:
    """The Turtle files of the shapes, examples not among them."""
    return sorted(_HERE.glob("*.ttl"))
