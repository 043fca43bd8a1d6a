"""Time that counts only while somebody is at work.

An instant is open if the clock on the wall, in the calendar's zone, shows an open hour of an open
day. So the night when clocks go back has 25 hours, the other 23, and an hour that the wall shows
twice counts twice. All arithmetic is done in UTC; all answers are in UTC.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Self
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7
LONGEST_CLOSURE = 2 * 366  # days
FARTHEST_OFFSET = timedelta(hours=15)  # no zone is farther from UTC
ONE_DAY = timedelta(days=1)
LAST_YEAR = 9990  # beyond it dates run out

Window = tuple[datetime, datetime]


class NeverOpen(Exception):
    """This calendar stays closed for two years or more: nothing can be promised on it."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Part of a day, in minutes since midnight; `closes` is not part of it and may be 1440."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError(f"a part of a day lies between 00:00 and 24:00, not {self}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `09:00-13:00`; `24:00` is the end of the day."""
        try:
            opens, closes = (_minutes(part.strip()) for part in text.split("-"))
        except ValueError as problem:
            raise ValueError(f"write opening hours as 09:00-13:00, not {text!r}") from problem
        return cls(opens, closes)

    def __str__(self) -> str:
        opens, closes = (f"{at // 60:02}:{at % 60:02}" for at in (self.opens, self.closes))
        return f"{opens}-{closes}"


WHOLE_DAY = (Interval(0, MINUTES_A_DAY),)


def _minutes(text: str) -> int:
    if text == "24:00":
        return MINUTES_A_DAY
    at = time.fromisoformat(text)
    if at.second or at.microsecond or at.tzinfo:
        raise ValueError(text)
    return at.hour * 60 + at.minute


def never_off(day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`week` maps a weekday (Monday is 0) to its intervals; `days_off` says which days are closed;
    `shut` which part of a day, where a day closes early or opens late.

    A calendar keeps the windows of the days it was asked about: build it once and reuse it.
    """

    zone: ZoneInfo
    week: Mapping[int, tuple[Interval, ...]]
    days_off: Callable[[date], bool] | frozenset[date] = never_off
    shut: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    _windows: dict[date, tuple[Window, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for weekday, intervals in self.week.items():
            ordered = sorted(intervals)
            if not 0 <= weekday < DAYS_A_WEEK:
                raise ValueError(f"weekdays go from 0 (Monday) to 6, not {weekday}")
            for one, next_one in pairwise(ordered):
                if next_one.opens < one.closes:
                    raise ValueError(f"{one} and {next_one} overlap")

    @classmethod
    def round_the_clock(cls, zone: ZoneInfo) -> Self:
        return cls(zone, dict.fromkeys(range(DAYS_A_WEEK), WHOLE_DAY))

    def is_open(self, at: datetime) -> bool:
        instant = _utc(at)
        windows = self._windows_of(instant.astimezone(self.zone).date())
        return any(opens <= instant < closes for opens, closes in windows)

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself if it is open, else the next opening. Raises `NeverOpen`."""
        instant = _utc(at)
        opens, _ = next(self._from(instant))
        return max(opens, instant)

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The first instant by which `amount` of open time has passed since `start`.

        Raises `NeverOpen`, and `ValueError` for a negative amount.
        """
        instant = _utc(start)
        if amount < timedelta(0):
            raise ValueError("business time is added, not taken away")
        left = amount
        for opens, closes in self._from(instant) if left else ():
            begins = max(opens, instant)
            if closes - begins >= left:
                return begins + left
            left -= closes - begins
        return instant

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Open time from `start` to `end`; negative if `end` comes first."""
        first, last = _utc(start), _utc(end)
        if last < first:
            return -self.between(last, first)
        sum_of_it = timedelta(0)
        day = first.astimezone(self.zone).date()
        while day <= last.astimezone(self.zone).date():
            for opens, closes in self._windows_of(day):
                sum_of_it += max(timedelta(0), min(closes, last) - max(opens, first))
            day += ONE_DAY
        return sum_of_it

    def windows(self, first: date, last: date) -> Iterator[Window]:
        """The open stretches of these days of its zone, both included, in their order."""
        day = first
        while day <= last:
            yield from self._windows_of(day)
            day += ONE_DAY

    def _from(self, instant: datetime) -> Iterator[Window]:
        """The windows that end after `instant`, for ever."""
        day = instant.astimezone(self.zone).date()
        closed = 0
        while closed <= LONGEST_CLOSURE and day.year < LAST_YEAR:
            windows = self._windows_of(day)
            closed = 0 if windows else closed + 1
            yield from (window for window in windows if window[1] > instant)
            day += ONE_DAY
        raise NeverOpen(f"closed for more than {LONGEST_CLOSURE} days up to {day}")

    def _windows_of(self, day: date) -> tuple[Window, ...]:
        known = self._windows.get(day)
        if known is None:
            known = self._windows[day] = tuple(self._reckon(day))
        return known

    def _reckon(self, day: date) -> Iterator[Window]:
        intervals = self.week.get(day.weekday(), ())
        off = day in self.days_off if isinstance(self.days_off, frozenset) else self.days_off(day)
        if not intervals or off:
            return
        for closed in self.shut.get(day, ()):
            intervals = _without(intervals, closed)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        for begins, ends, offset in _stretches(self.zone, midnight):
            for interval in sorted(intervals):
                opens = midnight + timedelta(minutes=interval.opens) - offset
                closes = midnight + timedelta(minutes=interval.closes) - offset
                if max(opens, begins) < min(closes, ends):
                    yield max(opens, begins), min(closes, ends)


def _without(intervals: tuple[Interval, ...], closed: Interval) -> tuple[Interval, ...]:
    """What is left of these intervals when a part of the day is closed."""
    left = [
        part
        for one in intervals
        for part in (
            (one.opens, min(one.closes, closed.opens)),
            (max(one.opens, closed.closes), one.closes),
        )
    ]
    return tuple(Interval(opens, closes) for opens, closes in left if opens < closes)


def _stretches(zone: ZoneInfo, midnight: datetime) -> list[tuple[datetime, datetime, timedelta]]:
    """The time around a day, cut where the zone changes its offset: at most once in two days."""
    begins, ends = midnight - FARTHEST_OFFSET, midnight + ONE_DAY + FARTHEST_OFFSET
    before, after = _offset(zone, begins), _offset(zone, ends)
    if before == after:
        return [(begins, ends, before)]
    early, late = 0, int((ends - begins).total_seconds())
    while late - early > 1:
        middle = (early + late) // 2
        changed = _offset(zone, begins + timedelta(seconds=middle)) != before
        early, late = (early, middle) if changed else (middle, late)
    change = begins + timedelta(seconds=late)
    return [(begins, change, before), (change, ends, after)]


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without its zone is not one instant")
    return at.astimezone(UTC)
