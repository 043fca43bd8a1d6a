"""Days of Rome, whole also when the time changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ascolto.insight.policy.periods import Period, period_of

ROME = ZoneInfo("Europe/Rome")
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param(date(2026, 3, 29), 23, id="spring"),
        pytest.param(date(2026, 10, 25), 25, id="autumn"),
        pytest.param(date(2026, 7, 1), 24, id="any other"),
    ],
)
def test_a_day_is_as_long_as_it_was(day: date, hours: int) -> None:
    begins, ends = Period(day, day).moments(ROME)

    assert ends - begins == timedelta(hours=hours)


def test_the_days_before_are_as_many() -> None:
    month = period_of("mese", today=TODAY)

    assert month == Period(date(2026, 11, 1), TODAY)
    assert month.before == Period(date(2026, 10, 10), date(2026, 10, 31))
    assert Period(TODAY, TODAY).moments(ROME)[0] == datetime(2026, 11, 21, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("ieri", "oggi"), ("2026-12-01", "2026-11-01"), ("0001-01-01", "2026-11-22")],
)
def test_days_that_cannot_be_understood_are_the_usual_ones(first: str, last: str) -> None:
    assert period_of("proprio", today=TODAY, first=first, last=last) == period_of("30", today=TODAY)


def test_days_to_come_are_left_out_and_years_are_cut() -> None:
    asked = period_of("proprio", today=TODAY, first="2020-01-01", last="2030-01-01")

    assert asked.last == TODAY
    assert asked.days == 366
