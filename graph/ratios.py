"""Shares, with the interval in which the true share lies."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""Standard normal quantile for 95 %."""


@dataclass(frozen=True)
class Ratio:
    """How many of how many.

    Args:
        hits: how many.
        total: of how many.
    """

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson score interval of 95 %, None of nothing."""
        return wilson(self.hits, self.total) if self.total else None


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The Wilson score interval of 95 % for a share: it stays within 0 and 1 and has a width even where all or none are hits.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212.

    It takes the items for independent of each other, which those of one document are not; so the true one is wider.
    """
    share, square = hits / total, _Z * _Z / total
    centre, spread = share + square / 2, _Z * sqrt(share * (1 - share) / total + square / (4 * total))
    low, high = (centre - spread) / (1 + square), (centre + spread) / (1 + square)
    return (max(0.0, low) if hits else 0.0), (min(1.0, high) if hits < total else 1.0)


def f1(precision: Ratio, recall: Ratio) -> float | None:
    """The harmonic mean of precision and recall, None where one of them is of nothing; it has no interval."""
    if precision.value is None or recall.value is None:
        return None
    both = precision.value + recall.value
    return 2 * precision.value * recall.value / both if both else 0.0
