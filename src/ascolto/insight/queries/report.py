"""All that is reckoned from the cases opened in a period, beside the period before it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ascolto.insight.policy.columns import CHANNELS, CLOCKS, TOPICS, WHY, Numbers
from ascolto.insight.policy.conditions import FRACTIONS, share
from ascolto.insight.policy.periods import Period
from ascolto.insight.policy.statistics import Share, Waiting, apart, differ, waiting
from ascolto.insight.queries.sheets import Filters, Table, table

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


@dataclass(frozen=True, slots=True)
class Part:
    """One channel, team, topic or priority: its cases, its times, its shares."""

    name: str  # a code of `policy.columns`, or the id of a team
    cases: int
    times: dict[str, Waiting]
    shares: dict[str, Share]
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
    times: dict[str, ComparedWaiting]
    shares: dict[str, ComparedShare]
    promises: ComparedShare
    parts: dict[str, list[Part]]  # "channel", "team", "topic", "priority"
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
        cases=len(now.rows),
        cases_before=len(before.rows),
        times={
            name: ComparedWaiting(
                waiting(_times(now, name, in_hours=in_hours)),
                waiting(_times(before, name, in_hours=in_hours)),
            )
            for name in MEASURES
        },
        shares={
            name: ComparedShare(
                share(fraction, now.rows, now.age), share(fraction, before.rows, before.age)
            )
            for name, fraction in FRACTIONS.items()
        },
        promises=ComparedShare(_promises(now), _promises(before)),
        parts={
            "channel": _parts(now, "channel", lambda one: CHANNELS[one], in_hours=in_hours),
            "team": _parts(now, "team", str, in_hours=in_hours),
            "topic": _parts(now, "topic", lambda one: TOPICS[one], in_hours=in_hours),
            "priority": _parts(now, "priority", str, in_hours=in_hours),
        },
        clocks=_bits(now, "broken_kinds", CLOCKS),
        reasons=_bits(now, "broken_why", WHY),
    )


def _times(of: Table, measure: str, *, in_hours: bool) -> Numbers:
    found: Numbers
    if measure == "next_answer":
        found = of.waits["open_seconds" if in_hours else "seconds"]
    else:
        name = {"first_answer": "first", "resolution": "solved"}[measure]
        column: Numbers = of.rows[f"open_{name}" if in_hours else name]
        found = column[column >= 0]
    return found


def _promises(of: Table) -> Share:
    kept = int(of.rows["kept"].sum(dtype=np.int64))
    return Share(kept, kept + int(of.rows["broken"].sum(dtype=np.int64)))


def _parts(of: Table, column: str, named: Callable[[int], str], *, in_hours: bool) -> list[Part]:
    """Each value that occurs, those with most cases first."""
    found = []
    for value in np.unique(of.rows[column]).tolist():
        mask = of.rows[column] == value
        waits = of.waits[mask[of.waits["row"]]] if len(of.waits) else of.waits
        part = Table(of.rows[mask], of.age[mask], waits)
        times = {name: waiting(_times(part, name, in_hours=in_hours)) for name in MEASURES}
        shares = {name: share(one, part.rows, part.age) for name, one in FRACTIONS.items()}
        found.append(Part(named(value), len(part.rows), times, shares, _promises(part)))
    return sorted(found, key=lambda part: -part.cases)


def _bits(of: Table, column: str, names: tuple[str, ...]) -> list[BrokenClock]:
    bits = of.rows[column]
    return [
        BrokenClock(name, int(np.count_nonzero(bits & (1 << place))))
        for place, name in enumerate(names)
    ]
