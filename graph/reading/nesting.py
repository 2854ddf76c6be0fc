"""Tables and lists of a web page while they are open, one inside the other."""

from graph.reading.blocks import Block, Table, flattened

PARTS = {"thead": 0, "tfoot": 2}
"""Where the rows of a part of a table stand; the others stand between."""
_WIDEST = 100


class OpenTable:
    """A table while it is read: its rows, and what stands outside its cells."""

    def __init__(self) -> None:
        """Nothing has been read of it."""
        self.rows: list[tuple[int, list[list[Block]]]] = []
        self.before: list[Block] = []
        self.sink = self.before
        self.part = 1

    def begin_row(self) -> None:
        """Another row."""
        self.rows.append((self.part, []))

    def begin_cell(self, width: int) -> None:
        """Another cell, over so many columns; what comes now goes into it."""
        if not self.rows:
            self.begin_row()
        row = self.rows[-1][1]
        self.sink = []
        row.extend([self.sink, *([] for _ in range(min(width, _WIDEST) - 1))])

    def blocks(self, group: int) -> list[Block]:
        """What stands outside its cells, then its rows, those of its head first."""
        table: Table = [row for _, row in sorted(self.rows, key=lambda item: item[0])]
        return [*self.before, *flattened(table, group)]


class OpenList:
    """A list while it is read.

    Args:
        group: the number of the list.
        next_number: of its next item; None for a list with bullets.
    """

    def __init__(self, group: int, next_number: int | None) -> None:
        """No item has been read."""
        self.group, self.next_number, self.mark = group, next_number, ""

    def begin_item(self, value: int | None) -> None:
        """Another item, with the number that it states itself, if any; the next block takes its mark."""
        if self.next_number is None:
            self.mark = "-"
            return
        number = self.next_number if value is None else value
        self.mark, self.next_number = f"{number}.", number + 1
