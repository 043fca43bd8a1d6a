"""The working hours of a team, as a calendar that can be calculated with."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from ascolto.kit.businesstime import Interval, WorkCalendar
from ascolto.kit.daysoff import Closure, ItalianDaysOff
from ascolto.kit.prepared import fetch
from ascolto.staff.models import Calendar

Opening = tuple[int, int, int]  # weekday, opens, closes
OwnClosure = tuple[date, int | None, int | None, str]  # the day, from and to which minute, why

HOURS = """
select c.id, c.zone, c.round_the_clock, c.province,
  (select array_agg(array[o.weekday, o.opens, o.closes] order by o.weekday, o.opens)
     from staff_opening o where o.calendar_id = c.id),
  (select array_agg(d.closed_on order by d.closed_on)
     from staff_closure d where d.calendar_id = c.id),
  (select array_agg(d.closed_from order by d.closed_on)
     from staff_closure d where d.calendar_id = c.id),
  (select array_agg(d.closed_to order by d.closed_on)
     from staff_closure d where d.calendar_id = c.id),
  (select array_agg(d.reason order by d.closed_on)
     from staff_closure d where d.calendar_id = c.id)
from staff_calendar c where c.id = any(%s)
"""


def work_calendar(calendar: Calendar) -> WorkCalendar:
    """The calendar to calculate with. One without opening hours is open round the clock."""
    return work_calendars([calendar.pk])[calendar.pk]


def work_calendars(calendar_ids: Iterable[int]) -> dict[int, WorkCalendar]:
    """Several of them with one query, by id: they hold for the transaction they are read in."""
    found = {}
    rows = fetch(HOURS, [sorted(set(calendar_ids))])
    for pk, zone, round_the_clock, province, openings, *closed in rows:
        if round_the_clock or not openings:
            found[pk] = WorkCalendar.round_the_clock(ZoneInfo(zone))
            continue
        week = tuple((weekday, opens, closes) for weekday, opens, closes in openings)
        closures = tuple(zip(*(column or () for column in closed), strict=True))
        found[pk] = _built(ZoneInfo(zone), week, province, closures)
    return found


@lru_cache(maxsize=64)
def _built(
    zone: ZoneInfo,
    openings: tuple[Opening, ...],
    province: str,
    closures: tuple[OwnClosure, ...],
) -> WorkCalendar:
    """Kept by what it says, not by its row: changed hours are another calendar."""
    week: dict[int, tuple[Interval, ...]] = {}
    for weekday, opens, closes in openings:
        week[weekday] = (*week.get(weekday, ()), Interval(opens, closes))
    days_off = ItalianDaysOff(
        province=province,
        closures=tuple(
            Closure(day, day, why) for day, begins, _, why in closures if begins is None
        ),
    )
    shut = {
        day: (Interval(begins, ends),)
        for day, begins, ends, _ in closures
        if begins is not None and ends is not None
    }
    return WorkCalendar(zone=zone, week=week, days_off=days_off, shut=shut)
