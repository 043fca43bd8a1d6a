"""A month as a table of weeks, with the days that do not count."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from ascolto.desk.settings.example import days_off
from ascolto.staff.models import Calendar

FARTHEST = 24  # months from today that can be leafed to


@dataclass(frozen=True, slots=True)
class Day:
    number: int  # 0 stands for a day of another month
    css: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    before: str  # "2026-11", as the address says it; empty at the ends
    after: str
    weeks: list[list[Day]]
    named: list[tuple[date, str]]


def month_of(calendar: Calendar, text: str, *, today: date) -> Month:
    """The month that `text` names ("2026-12"), this one if it names none or is too far away."""
    first = _parsed(text, today) or today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    off = days_off(calendar, first, last)
    own = {one.closed_on for one in calendar.closures.all() if one.closed_from is None}
    open_days = {opening.weekday for opening in calendar.openings.all()} or set(range(7))
    weeks = [
        [_day(day, first, off, own, open_days) for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    named = [(day, why) for day, why in sorted(off.items()) if first <= day <= last]
    before = (first - timedelta(days=1)).strftime("%Y-%m")
    after = (last + timedelta(days=1)).strftime("%Y-%m")
    return Month(
        first,
        before if _parsed(before, today) else "",
        after if _parsed(after, today) else "",
        weeks,
        named,
    )


def _day(day: date, first: date, off: dict[date, str], own: set[date], open_days: set[int]) -> Day:
    if day.month != first.month:
        return Day(0)
    if day in own:
        return Day(day.day, "own", off.get(day, ""))
    if day in off:
        return Day(day.day, "feast", off[day])
    return Day(day.day, "" if day.weekday() in open_days else "off")


def _parsed(text: str, today: date) -> date | None:
    try:
        year, month = (int(part) for part in text.split("-"))
        first = date(year, month, 1)
    except ValueError:
        return None
    away = abs((first.year - today.year) * 12 + first.month - today.month)
    return first if away <= FARTHEST else None
