"""A long list, a part at a time."""

import re
from dataclasses import dataclass

PAGE = 100
"""Items of a part, where nothing else is said."""
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Part:
    """A part of a long list.

    Args:
        number: its number, from 1.
        total: how many items the whole list has.
        size: how many items a part has at most.
    """

    number: int
    total: int
    size: int = PAGE

    @classmethod
    def of(cls, asked: str, total: int, size: int = PAGE) -> "Part":
        """The part that an address asks for; the first where it names none, the last where it names one behind the end.

        Args:
            asked: what the address says.
            total: how many items the whole list has.
            size: how many items a part has at most.
        """
        number = int(asked) if _NUMBER.fullmatch(asked) else 1
        return cls(min(max(number, 1), cls(1, total, size).parts), total, size)

    @property
    def parts(self) -> int:
        """How many parts there are: one at least."""
        return max(1, -(-self.total // self.size))

    @property
    def begin(self) -> int:
        """The place of its first item, from 0."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """The place behind its last item."""
        return min(self.begin + self.size, self.total)
