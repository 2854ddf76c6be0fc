"""What the signs of a drawing mean, laid out below it: for a picture that stands by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.claims import CERTAINTIES
from webapp.pages.ego.circle import KIND_WORDS
from webapp.pages.explorer.picture import Picture
from webapp.pages.explorer.state import Point

_LEAST_WIDTH = 640
_COLUMN, _ROW = 212, 24
_HEAD = 56
"""Below the drawing: the title and the release."""
_MARGIN = 12


@dataclass(frozen=True)
class Entry:
    """A sign with what it means.

    Args:
        label: in words.
        kind: the kind of actors whose sign it is; empty for a line.
        classes: of a line.
        at: where it stands.
    """

    label: str
    kind: str
    classes: str
    at: Point


@dataclass(frozen=True)
class Legend:
    """The signs that a drawing uses.

    Args:
        entries: each sign.
        head: where the title stands.
        box: left and top edge, width and height of the drawing together with its legend.
    """

    entries: Sequence[Entry]
    head: Point
    box: tuple[int, int, int, int]


def legend(picture: Picture) -> Legend:
    """The legend of a drawing."""
    left, top, width, height = picture.box
    wide = max(width, _LEAST_WIDTH)
    begin = left - (wide - width) // 2
    lines = {line.family.key: line.family.label for line in picture.lines}
    sure = [word for word in CERTAINTIES if any(word in line.classes.split() for line in picture.lines)]
    signs = [
        *((KIND_WORDS.get(kind, kind), kind, "") for kind in picture.kinds),
        *((label, "", f"f-{key}") for key, label in lines.items()),
        *((word, "", word) for word in sure),
    ]
    columns = max((wide - 2 * _MARGIN) // _COLUMN, 1)
    foot = top + height + _HEAD
    entries = [
        Entry(label, kind, classes, Point(begin + _MARGIN + place % columns * _COLUMN, foot + place // columns * _ROW))
        for place, (label, kind, classes) in enumerate(signs)
    ]
    rows = -(-len(signs) // columns)
    return Legend(entries, Point(begin + _MARGIN, top + height), (begin, top, wide, height + _HEAD + rows * _ROW + _MARGIN))
