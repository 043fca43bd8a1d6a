"""Percentiles and shares with what is known of their precision. Pure."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ascolto.insight.policy.columns import Numbers

Z = 1.959964  # of 95 %
EXACT_TO = 300  # up to so many, intervals of percentiles are counted out and not approximated
FEW = 10  # below this nothing is said of satisfaction, and of everything else that n is small


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval. An end that the data does not tell is None."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def few(self) -> bool:
        return self.of < FEW

    @property
    def interval(self) -> Interval | None:
        return wilson(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long: half of them within `median`, nine of ten within `nine`. Seconds."""

    n: int
    median: Interval | None
    nine: Interval | None

    @property
    def few(self) -> bool:
        return self.n < FEW


def wilson(count: int, of: int) -> Interval | None:
    """The score interval of a share (Wilson 1927), which also holds near 0 and 1."""
    if not of:
        return None
    share = count / of
    middle = share + Z * Z / (2 * of)
    reach = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    below = 1 + Z * Z / of
    return Interval(share, max(0.0, (middle - reach) / below), min(1.0, (middle + reach) / below))


def ranks(n: int, quantile: float) -> tuple[int | None, int | None]:
    """Between which of the ordered values a percentile lies with 95 % (from 0); None: not told.

    By the binomial law of how many values are below it: nothing is supposed of their shape.
    """
    if n <= EXACT_TO:
        low, high = _counted_out(n, quantile)
    else:
        reach = Z * math.sqrt(n * quantile * (1 - quantile))
        low, high = math.floor(n * quantile - reach), math.ceil(n * quantile + reach) + 1
    return (low - 1 if low >= 1 else None), (high - 1 if high <= n else None)


def _counted_out(n: int, quantile: float) -> tuple[int, int]:
    """The ranks from 1, as far out as it takes to leave 2.5 % on either side."""
    below, low, high = 0.0, 0, n + 1
    for k in range(n + 1):
        below += math.comb(n, k) * quantile**k * (1 - quantile) ** (n - k)
        if below <= 0.025:  # noqa: PLR2004 # half of what 95 % leaves
            low = k + 1
        if below >= 0.975:  # noqa: PLR2004 # as above
            high = k + 1
            break
    return low, high


def waiting(seconds: Numbers) -> Waiting:
    """Median and nine of ten of these times. The median is a value that occurred, not a mean."""
    n = len(seconds)
    if not n:
        return Waiting(0, None, None)
    wanted = {quantile: (_rank(n, quantile), *ranks(n, quantile)) for quantile in (0.5, 0.9)}
    places = sorted({rank for some in wanted.values() for rank in some if rank is not None})
    ordered: Any = np.partition(seconds, places)
    found = {
        quantile: Interval(
            float(ordered[middle]),
            None if low is None else float(ordered[low]),
            None if high is None else float(ordered[high]),
        )
        for quantile, (middle, low, high) in wanted.items()
    }
    return Waiting(n, found[0.5], found[0.9])


def _rank(n: int, quantile: float) -> int:
    return max(0, math.ceil(n * quantile) - 1)


def differ(now: Share, before: Share) -> bool:
    """Whether two shares differ by more than chance: their difference's interval leaves out 0.

    Newcombe's interval (1998), made of Wilson's two.
    """
    one, other = now.interval, before.interval
    if one is None or other is None:
        return False
    gap = one.value - other.value
    if None in (one.low, one.high, other.low, other.high):  # shares have both
        return False
    down = math.hypot(one.value - float(one.low or 0), float(other.high or 0) - other.value)
    up = math.hypot(float(one.high or 0) - one.value, other.value - float(other.low or 0))
    return gap - down > 0 or gap + up < 0


def apart(now: Interval | None, before: Interval | None) -> bool:
    """Whether two percentiles differ by more than chance: neither interval reaches the other."""
    if now is None or before is None:
        return False
    if now.high is not None and before.low is not None and now.high < before.low:
        return True
    return now.low is not None and before.high is not None and now.low > before.high
