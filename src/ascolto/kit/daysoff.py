"""Days on which nobody works: Italian holidays, the patron saint's day, closures of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import holidays


class UnknownProvince(ValueError):
    """No Italian province (or city with its own patron) has this code."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed from `first` to `last`, both included."""

    first: date
    last: date
    why: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a closure cannot end ({self.last}) before it begins ({self.first})")


@dataclass(frozen=True, slots=True)
class ItalianDaysOff:
    """Whether a day is off, and why. Give it to a `WorkCalendar` as its `days_off`.

    `province` is the two letters of its number plate; without it no patron saint is kept. The
    national days come from the `holidays` package, which knows from which year each one counts.
    """

    province: str = ""
    closures: tuple[Closure, ...] = ()
    _national: Mapping[date, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_national", _holidays_of(self.province))

    def __call__(self, day: date) -> bool:
        return self.why(day) is not None

    def why(self, day: date) -> str | None:
        """The name of the holiday or the reason of the closure; None on a working day."""
        for closure in self.closures:
            if closure.first <= day <= closure.last:
                return closure.why
        if day not in self._national:  # asking fills in the year; `get` alone would not
            return None
        return self._national[day]


@lru_cache(maxsize=128)
def _holidays_of(province: str) -> Mapping[date, str]:
    try:
        # The package fills in each year when it is asked about it.
        return holidays.country_holidays("IT", subdiv=province or None, language="it_IT")
    except NotImplementedError as problem:
        raise UnknownProvince(f"{province!r} is not an Italian province") from problem
