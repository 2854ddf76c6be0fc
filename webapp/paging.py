"""A long list, a part at a time."""

import re
from collections.abc import Callable
from dataclasses import dataclass

PAGE = 100
"""Items of a part, where nothing else is said."""
_DIGITS = 9
_NUMBER = re.compile(rf"[0-9]{{1,{_DIGITS}}}")


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


def as_written_now(size: int) -> Callable[[str, str], tuple[str, str]]:
    """What a parameter of an address is now, where `begin` was once the place of the item with which a part begins.

    Args:
        size: how many items a part has at most.
    """

    def written(name: str, value: str) -> tuple[str, str]:
        return ("page", str(int(value[:_DIGITS]) // size + 1)) if name == "begin" and value.isdecimal() else (name, value)

    return written
