"""What became of an event. Each event has one fate, so that all of them can be counted."""

from dataclasses import dataclass
from typing import Literal

FateName = Literal["counts", "superseded", "undone", "void"]


@dataclass(frozen=True)
class Fate:
    """What became of an event.

    Args:
        name: `counts`; `superseded` by a later act of the same reviewer; `undone`; or `void`, without effect as things are.
        reason: for `void`, why, as a sentence without its full stop.
    """

    name: FateName
    reason: str = ""

    @property
    def counts(self) -> bool:
        """Whether the event has an effect."""
        return self.name == "counts"


COUNTS, SUPERSEDED, UNDONE = Fate("counts"), Fate("superseded"), Fate("undone")


def void(reason: str) -> Fate:
    """The fate of an event that has no effect as things are; a later event may give it one."""
    return Fate("void", reason)
