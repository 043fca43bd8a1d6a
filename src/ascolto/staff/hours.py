"""The working hours of a team, as a calendar that can be calculated with."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from ascolto.kit.businesstime import Interval, WorkCalendar
from ascolto.kit.daysoff import Closure, ItalianDaysOff
from ascolto.staff.models import Calendar

Opening = tuple[int, int, int]  # weekday, opens, closes
OwnClosure = tuple[date, str]


def work_calendar(calendar: Calendar) -> WorkCalendar:
    """The calendar to calculate with. One without opening hours is open round the clock."""
    zone = ZoneInfo(calendar.zone)
    openings = tuple(
        calendar.openings.order_by("weekday", "opens").values_list("weekday", "opens", "closes")
    )
    if calendar.round_the_clock or not openings:
        return WorkCalendar.round_the_clock(zone)
    closures = tuple(calendar.closures.order_by("closed_on").values_list("closed_on", "reason"))
    return _built(zone, openings, calendar.province, closures)


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
        province=province, closures=tuple(Closure(day, day, why) for day, why in closures)
    )
    return WorkCalendar(zone=zone, week=week, days_off=days_off)
