"""Shapes."""
from pathlib import Path


def modules() -> list[Path]:
    """The Turtle files of the shapes."""
    return sorted(Path(__file__).parent.glob("*.ttl"))
