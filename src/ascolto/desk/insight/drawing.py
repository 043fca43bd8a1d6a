"""The shapes of the charts: places in percent, reckoned here, drawn by the templates as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from ascolto.insight.policy.statistics import FEW, Waiting

# Ends of an axis that read well, in seconds.
MINUTE, HOUR, DAY = 60, 3600, 86_400
ENDS = (
    *(MINUTE * end for end in (1, 2, 5, 10, 20, 30)),
    *(HOUR * end for end in (1, 2, 3, 4, 6, 8, 12, 16, 24, 36)),
    *(DAY * end for end in (2, 3, 4, 6, 8, 12, 16, 20, 30, 60, 90, 180, 365)),
)


@dataclass(frozen=True, slots=True)
class Range:
    """One row: half of them by `middle`, nine of ten by `far`, in percent of the axis."""

    name: str
    address: str
    waiting: Waiting
    still: int  # wait and have no answer
    middle: float
    far: float
    over: bool  # nine of ten are past the limit

    @property
    def width(self) -> float:
        return self.far - self.middle

    @property
    def few(self) -> bool:
        return self.waiting.n < FEW


@dataclass(frozen=True, slots=True)
class Axis:
    end: int  # seconds
    limit: float | None  # where the limit stands, in percent

    @property
    def half(self) -> float:
        return self.end / 2

    @property
    def crowded(self) -> bool:
        """The words of the limit have no room beside those of the axis: they stand below."""
        return self.limit is None or not 34 < self.limit < 78  # noqa: PLR2004 # percent


def axis_for(waits: Sequence[Waiting], *, limit: int | None) -> Axis:
    """From nothing to just beyond the longest of them, the limit included if it is near."""
    longest = max((one.nine.value for one in waits if one.nine), default=MINUTE)
    near = limit is not None and limit <= longest * 3
    longest = max(longest, float(limit or 0)) if near else longest
    end = next((end for end in ENDS if end >= longest), int(longest) + 1)
    return Axis(end, round(100 * limit / end, 1) if limit is not None and near else None)


def place(seconds: float, axis: Axis) -> float:
    return round(min(100.0, 100 * seconds / axis.end), 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of bars: its length in percent, what stands beside it, and where it leads."""

    name: str
    width: float
    value: str
    note: str = ""  # a second, smaller word
    tone: str = ""  # of that word
    fill: str = "heard"
    address: str = ""


def widths(values: Sequence[float]) -> list[float]:
    """The longest is as wide as there is room."""
    most = max(values, default=0)
    return [round(100 * value / most, 1) if most else 0.0 for value in values]
