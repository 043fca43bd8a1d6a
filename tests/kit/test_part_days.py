"""A day that closes early counts until then."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ascolto.kit.businesstime import Interval, WorkCalendar

ROME = ZoneInfo("Europe/Rome")
EVE = date(2026, 12, 24)  # a Thursday
NOON = datetime(2026, 12, 24, 11, 0, tzinfo=UTC)  # noon in Rome
WEEK = dict.fromkeys(range(5), (Interval(9 * 60, 13 * 60), Interval(14 * 60, 18 * 60)))


def closed(part: str) -> WorkCalendar:
    return WorkCalendar(ROME, WEEK, shut={EVE: (Interval.parse(part),)})


@pytest.mark.parametrize(
    ("part", "hours"),
    [
        ("13:00-24:00", 4),
        ("00:00-13:00", 4),
        ("10:00-11:00", 7),
        ("12:00-15:00", 6),
        ("00:00-24:00", 0),
        ("19:00-20:00", 8),
    ],
)
def test_what_is_closed_does_not_count_and_the_rest_does(part: str, hours: int) -> None:
    begin = datetime(2026, 12, 23, 23, tzinfo=UTC)

    assert closed(part).between(begin, begin + timedelta(days=1)) == timedelta(hours=hours)


def test_what_does_not_fit_before_the_early_end_goes_on_the_next_day() -> None:
    due = closed("13:00-24:00").add(NOON, timedelta(hours=2))

    assert due == datetime(2026, 12, 25, 9, tzinfo=UTC)  # ten in Rome: one hour each day
