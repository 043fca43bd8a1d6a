"""From «venerdì alle 12» to an instant: always to come, never guessed back into the past."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ascolto.kit.businesstime import WorkCalendar

DAYS_A_WEEK = 7
NOON, MIDNIGHT = 12, 24
LAST_DAY = 31
FRIDAY = 4
# When a part of a day is over for somebody who waits for something in it.
PARTS = {"morning": time(12), "afternoon": time(18), "evening": time(21)}
LATEST_CLOSE, USUAL_CLOSE = time(20), time(18)
FARTHEST = timedelta(days=400)
HALF_A_YEAR = timedelta(days=183)
MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Hour:
    hour: int
    minute: int = 0
    part: str = ""  # one of PARTS


@dataclass(frozen=True, slots=True)
class Day:
    """One of: so many days from today, a weekday, a day of a month, or the end of something."""

    offset: int | None = None
    weekday: int | None = None  # Monday is 0
    next_week: bool = False
    day: int | None = None
    month: int | None = None
    year: int | None = None
    end: str = ""  # "week" or "month"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A length from now: minutes and hours to the minute, days to the end of the day."""

    length: timedelta = timedelta()
    days: int = 0
    working: bool = False


def instant(
    day: Day | None, hour: Hour | None, *, now: datetime, hours: WorkCalendar
) -> datetime | None:
    """The first moment to come that these words can mean; None where that would be a guess."""
    for on in _dates(day, now.astimezone(hours.zone).date()):
        for at in _times(on, day, hour, hours=hours):
            if now < at <= now + FARTHEST and (hour is None or _may_be(at, hour, day, hours)):
                return at
    return None


def after(span: Span, *, now: datetime, hours: WorkCalendar) -> datetime | None:
    if not span.days:
        due = now + span.length
        return due.replace(second=0, microsecond=0) if MINUTE < span.length <= FARTHEST else None
    on = now.astimezone(hours.zone).date()
    left = span.days
    if left > FARTHEST.days:
        return None
    while left:
        on += timedelta(days=1)
        left -= 1 if not span.working or _close(on, hours) is not None else 0
        if on > now.date() + FARTHEST:
            return None
    return _close(on, hours) or _at(on, USUAL_CLOSE, hours)


def _dates(day: Day | None, today: date) -> Iterator[date]:
    """The dates these words can mean, the likeliest first."""
    if day is None or day.offset is not None:
        yield today + timedelta(days=(day.offset or 0) if day else 0)
    elif day.weekday is not None:
        ahead = (day.weekday - today.weekday()) % DAYS_A_WEEK
        if ahead or not day.next_week:
            yield today + timedelta(days=ahead)
        yield today + timedelta(days=ahead + DAYS_A_WEEK)
    elif day.end == "week":
        yield today + timedelta(days=max(0, FRIDAY - today.weekday()))
    elif day.end == "month":
        yield today.replace(day=monthrange(today.year, today.month)[1])
    else:
        yield from _in_calendar(day, today)


def _in_calendar(day: Day, today: date) -> Iterator[date]:
    months = [(day.year or today.year, day.month or today.month)]
    if day.year is None:
        year, month = months[0]
        # Without a month, the next one; without a year, the next one if that is not far away.
        ahead = (year, month + 1) if day.month is None else (year + 1, month)
        months.append(ahead if ahead[1] <= NOON else (year + 1, 1))
    for year, month in months:
        try:
            on = date(year, month, day.day or 1)
        except ValueError:
            continue
        if today <= on <= today + HALF_A_YEAR or day.year is not None:
            yield on


def _times(
    on: date, day: Day | None, hour: Hour | None, *, hours: WorkCalendar
) -> Iterator[datetime]:
    part = day.part if day else ""
    if hour is None:
        if part:
            yield _at(on, PARTS[part], hours)
        else:
            yield _close(on, hours) or _at(on, USUAL_CLOSE, hours)
        return
    part = hour.part or part
    late = part in {"afternoon", "evening"} and hour.hour < NOON
    for clock in [hour.hour + NOON] if late else _readings(hour, part):
        yield _at(on + timedelta(days=clock // 24), time(clock % 24, hour.minute), hours)


def _readings(hour: Hour, part: str) -> list[int]:
    """«Alle 3» may be the afternoon; «alle 15» and «alle 3 di mattina» are what they say."""
    return [hour.hour] if part or hour.hour >= NOON else [hour.hour, hour.hour + NOON]


def _may_be(at: datetime, hour: Hour, day: Day | None, hours: WorkCalendar) -> bool:
    """Whether an hour that has two readings can be this one: somebody is at work then.

    The hour as it was said is also believed outside of the working hours, unless the afternoon
    is within them.
    """
    if hour.part or (day and day.part) or hour.hour >= NOON or _is_work(at, hours):
        return True
    literal = at.astimezone(hours.zone).hour == hour.hour
    return literal and not _is_work(at + timedelta(hours=NOON), hours)


def _is_work(at: datetime, hours: WorkCalendar) -> bool:
    return hours.is_open(at) or hours.is_open(at - MINUTE)


def _close(on: date, hours: WorkCalendar) -> datetime | None:
    """When that day's work is over, eight in the evening at the latest; None if there is none."""
    at, earliest = _at(on, LATEST_CLOSE, hours), _at(on, time(8), hours)
    while at > earliest:
        if hours.is_open(at - MINUTE):
            return at
        at -= QUARTER
    return None


def _at(on: date, clock: time, hours: WorkCalendar) -> datetime:
    return datetime.combine(on, clock, tzinfo=hours.zone)
