"""A long list, a part at a time."""

import re
from dataclasses import dataclass

PAGE = 100
"""Items of a part."""
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Part:
    """A part of a long list.

    Args:
        number: its number, from 1.
        total: how many items the whole list has.
    """

    number: int
    total: int

    @classmethod
    def of(cls, asked: str, total: int) -> "Part":
        """The part that an address asks for; the first where it names none, the last where it names one behind the end.

        Args:
            asked: what the address says.
            total: how many items the whole list has.
        """
        number = int(asked) if _NUMBER.fullmatch(asked) else 1
        return cls(min(max(number, 1), cls(1, total).parts), total)

    @property
    def parts(self) -> int:
        """How many parts there are: one at least."""
        return max(1, -(-self.total // PAGE))

    @property
    def begin(self) -> int:
        """The place of its first item, from 0."""
        return (self.number - 1) * PAGE

    @property
    def end(self) -> int:
        """The place behind its last item."""
        return min(self.begin + PAGE, self.total)
