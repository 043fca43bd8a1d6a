"""What hours and a promise mean, said with a case that might come: reckoned, never written."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ascolto.desk.settings.durations import said
from ascolto.kit.businesstime import NeverOpen
from ascolto.kit.daysoff import ItalianDaysOff
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Calendar

AHEAD = 60  # days in which a holiday makes a better example
_BEFORE_CLOSING = timedelta(minutes=30)


def worked_example(calendar: Calendar, minutes: int, *, now: datetime) -> str:
    """«Un caso delle 19:30 di lunedì 7 dicembre, con 4 ore per rispondere, scade mercoledì 9
    dicembre alle 11:30. L’8 è festa.» Empty if these hours are never open.

    The case comes half an hour before closing time on the eve of the next holiday or closure,
    because that is where people reckon wrong; without one, on the next evening of work.
    """
    local = timezone.localtime(now)
    work = work_calendar(calendar)
    off = _days_off(calendar)
    try:
        written = _written(calendar, off, after=local)
        due = timezone.localtime(work.add(written, timedelta(minutes=minutes)))
    except NeverOpen:
        return ""
    sentence = _(
        "Un caso delle %(hour)s di %(day)s, con %(length)s per rispondere, scade %(due)s "
        "alle %(due_hour)s."
    ) % {
        "hour": date_format(written, "G:i"),
        "day": _day(written),
        "length": said(minutes),
        "due": _day(due),
        "due_hour": date_format(due, "G:i"),
    }
    between = [day for day in _days(written.date(), due.date()) if day.weekday() in _week(calendar)]
    for day in between:
        why = None if calendar.round_the_clock else off.get(day)
        if why is not None:
            named = {"day": _day(day), "why": why or _("chiusura")}
            sentence += " " + _("%(day)s non conta: %(why)s.") % named
    return sentence


def days_off(calendar: Calendar, first: date, last: date) -> dict[date, str]:
    """The holidays and closures between two days, both included, with their names."""
    holidays = ItalianDaysOff(province=calendar.province)
    whole = [one for one in calendar.closures.all() if one.closed_from is None]
    own = {one.closed_on: one.reason for one in whole}
    found = {}
    for day in _days(first - timedelta(days=1), last + timedelta(days=1)):
        why = own.get(day, holidays.why(day))
        if why is not None:
            found[day] = why
    return found


def _days_off(calendar: Calendar) -> dict[date, str]:
    today = timezone.localdate()
    return days_off(calendar, today - timedelta(days=2), today + timedelta(days=AHEAD + 30))


def _written(calendar: Calendar, off: dict[date, str], *, after: datetime) -> datetime:
    """Half an hour before closing: on the eve of a holiday that falls on a working day."""
    week = _week(calendar)
    if not week:
        return after
    days = [after.date() + timedelta(days=number) for number in range(1, AHEAD)]
    worked = [day for day in days if day.weekday() in week and day not in off]
    if not worked:
        return after
    tomorrow = timedelta(days=1)
    eves = [day for day in worked if day + tomorrow in off and (day + tomorrow).weekday() in week]
    day = (eves or worked)[0]
    closes = timedelta(minutes=week[day.weekday()]) - _BEFORE_CLOSING
    midnight = datetime(day.year, day.month, day.day, tzinfo=after.tzinfo)
    return midnight + closes


def _week(calendar: Calendar) -> dict[int, int]:
    """When each weekday closes, in minutes from midnight."""
    if calendar.round_the_clock:
        return dict.fromkeys(range(7), 20 * 60)
    return {
        one.weekday: one.closes for one in sorted(calendar.openings.all(), key=lambda o: o.closes)
    }


def _days(after: date, before: date) -> list[date]:
    """The days between two days, without them."""
    return [after + timedelta(days=number) for number in range(1, (before - after).days)]


def _day(day: date) -> str:
    """«lunedì 7 dicembre»."""
    words = date_format(day, "l j F")
    return words.lower() if (get_language() or "it").startswith("it") else words
