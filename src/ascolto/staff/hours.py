"""The working hours of a team, as a calendar that can be calculated with."""

from datetime import date
from zoneinfo import ZoneInfo

from ascolto.kit.businesstime import Interval, WorkCalendar, always_open, public_holidays
from ascolto.staff.models import Calendar


def work_calendar(calendar: Calendar) -> WorkCalendar:
    """The calendar to calculate with. A calendar without opening hours is open round the clock."""
    openings = list(calendar.openings.order_by("weekday", "opens"))
    if calendar.round_the_clock or not openings:
        return always_open(ZoneInfo(calendar.zone))
    week: dict[int, list[Interval]] = {}
    for opening in openings:
        week.setdefault(opening.weekday, []).append(Interval(opening.opens, opening.closes))
    closed: frozenset[date] = frozenset(calendar.closures.values_list("closed_on", flat=True))
    return WorkCalendar(
        zone=ZoneInfo(calendar.zone),
        week={day: tuple(intervals) for day, intervals in week.items()},
        days_off=public_holidays(calendar.country, calendar.province) | closed,
    )
