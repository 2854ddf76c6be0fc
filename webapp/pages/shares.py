"""How many of each group fit when there is room for so many in all."""

from collections.abc import Sequence


def share(sizes: Sequence[int], room: int, least: int = 1) -> int:
    """The largest number such that, if no group shows more than it, all groups together stay within `room`.

    Args:
        sizes: how large the groups are.
        room: how many fit in all.
        least: what each group may show in any case.
    """
    most = max([least, *sizes])
    while most > least and sum(min(size, most) for size in sizes) > room:
        most -= 1
    return most
