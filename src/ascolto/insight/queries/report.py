"""All that is reckoned from the cases opened in a period, beside the period before it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from ascolto.insight.policy.columns import CHANNELS, CLOCKS, TOPICS, WHY, Numbers
from ascolto.insight.policy.conditions import FRACTIONS, share
from ascolto.insight.policy.periods import Period
from ascolto.insight.policy.statistics import Share, Waiting, apart, differ, waiting
from ascolto.insight.queries.sheets import Filters, Table, table

T = TypeVar("T")
DIMENSIONS = ("channel", "team", "topic", "priority")
MEASURES = ("first_answer", "next_answer", "resolution")


@dataclass(frozen=True, slots=True)
class ComparedShare:
    now: Share
    before: Share

    @property
    def differs(self) -> bool:
        """By more than chance."""
        return differ(self.now, self.before)


@dataclass(frozen=True, slots=True)
class ComparedWaiting:
    now: Waiting
    before: Waiting

    @property
    def differs(self) -> bool:
        return apart(self.now.median, self.before.median)


class Reckoned(dict[str, T]):
    """Values by name, each reckoned when it is asked for: a page shows few of them."""

    def __init__(self, reckon: Callable[[str], T]) -> None:
        super().__init__()
        self._reckon = reckon

    def __missing__(self, name: str) -> T:
        self[name] = self._reckon(name)
        return self[name]


@dataclass(frozen=True, slots=True)
class Part:
    """One channel, team, topic or priority: its cases, its times, its shares."""

    name: str  # a code of `policy.columns`, or the id of a team
    cases: int
    times: Reckoned[Waiting]  # by `MEASURES`
    shares: Reckoned[Share]  # by `FRACTIONS`
    promises: Share


@dataclass(frozen=True, slots=True)
class BrokenClock:
    """Cases in which a clock of this kind, or for this reason, ran out."""

    name: str
    cases: int


@dataclass(frozen=True, slots=True)
class Report:
    period: Period
    filters: Filters
    in_hours: bool  # times are those of working hours
    cases: int
    cases_before: int
    times: Reckoned[ComparedWaiting]  # by `MEASURES`
    shares: Reckoned[ComparedShare]  # by `FRACTIONS`
    promises: ComparedShare
    parts: Reckoned[list[Part]]  # by `DIMENSIONS`
    clocks: list[BrokenClock]
    reasons: list[BrokenClock]


def report(period: Period, filters: Filters, *, in_hours: bool, today: date) -> Report:
    """Four queries at most, however many cases there are."""
    now = table(period, filters, today=today)
    before = table(period.before, filters, today=today)
    return Report(
        period=period,
        filters=filters,
        in_hours=in_hours,
        cases=len(now),
        cases_before=len(before),
        times=Reckoned(
            lambda name: ComparedWaiting(
                waiting(_times(now, name, in_hours=in_hours)),
                waiting(_times(before, name, in_hours=in_hours)),
            )
        ),
        shares=Reckoned(
            lambda name: ComparedShare(share(FRACTIONS[name], now), share(FRACTIONS[name], before))
        ),
        promises=ComparedShare(_promises(now), _promises(before)),
        parts=Reckoned(lambda column: _parts(now, column, in_hours=in_hours)),
        clocks=_bits(now, "broken_kinds", CLOCKS),
        reasons=_bits(now, "broken_why", WHY),
    )


def _times(of: Table, measure: str, *, in_hours: bool) -> Numbers:
    if measure == "next_answer":
        _rows, seconds, open_seconds = of.waits
        return open_seconds if in_hours else seconds
    name = {"first_answer": "first", "resolution": "solved"}[measure]
    column = of[f"open_{name}" if in_hours else name]
    return column[column >= 0]


def _promises(of: Table) -> Share:
    kept = int(of["kept"].sum(dtype=np.int64))
    return Share(kept, kept + int(of["broken"].sum(dtype=np.int64)))


def _parts(of: Table, column: str, *, in_hours: bool) -> list[Part]:
    """Each value that occurs, those with most cases first."""
    values = of[column]
    found = [
        _part(of.narrowed(values == value), _named(column, value), in_hours=in_hours)
        for value in np.unique(values).tolist()
    ]
    return sorted(found, key=lambda part: -part.cases)


def _part(of: Table, name: str, *, in_hours: bool) -> Part:
    return Part(
        name=name,
        cases=len(of),
        times=Reckoned(lambda measure: waiting(_times(of, measure, in_hours=in_hours))),
        shares=Reckoned(lambda figure: share(FRACTIONS[figure], of)),
        promises=_promises(of),
    )


def _named(column: str, value: int) -> str:
    names = {"channel": CHANNELS, "topic": TOPICS}.get(column)
    return str(value) if names is None else names[value]


def _bits(of: Table, column: str, names: tuple[str, ...]) -> list[BrokenClock]:
    bits = of[column]
    return [
        BrokenClock(name, int(np.count_nonzero(bits & (1 << place))))
        for place, name in enumerate(names)
    ]
