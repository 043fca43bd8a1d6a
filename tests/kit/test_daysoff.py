"""Italian holidays, by the year from which they count, and closures of one's own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ascolto.kit.businesstime import Interval, WorkCalendar
from ascolto.kit.daysoff import Closure, ItalianDaysOff, UnknownProvince

AUGUST = Closure(date(2026, 8, 10), date(2026, 8, 21), "ferie")


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 6),
        date(2026, 4, 25),
        date(2026, 5, 1),
        date(2026, 6, 2),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 12, 8),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 3, 29),
    ],
)
def test_national_holidays(day: date) -> None:
    assert ItalianDaysOff()(day)


@pytest.mark.parametrize(
    ("province", "day"),
    [
        ("RM", date(2026, 6, 29)),
        ("MI", date(2026, 12, 7)),
        ("TO", date(2026, 6, 24)),
        ("NA", date(2026, 9, 19)),
    ],
)
def test_the_patron_saint_is_kept_in_his_own_province(province: str, day: date) -> None:
    assert ItalianDaysOff(province)(day)
    assert not ItalianDaysOff("TR")(day)
    assert not ItalianDaysOff()(day)


def test_saint_francis_counts_from_2026() -> None:
    assert ItalianDaysOff()(date(2026, 10, 4))
    assert not ItalianDaysOff()(date(2024, 10, 4))


def test_a_working_day_is_a_working_day() -> None:
    assert ItalianDaysOff("RM").why(date(2026, 3, 2)) is None


def test_closures_count_with_both_ends_and_say_why() -> None:
    days_off = ItalianDaysOff(closures=(AUGUST,))

    assert [days_off.why(date(2026, 8, day)) for day in (9, 10, 21, 22)] == [
        None,
        "ferie",
        "ferie",
        None,
    ]


def test_a_promise_over_the_holidays_waits_for_them() -> None:
    week = dict.fromkeys(range(5), (Interval.parse("09:00-18:00"),))
    calendar = WorkCalendar(ZoneInfo("Europe/Rome"), week, ItalianDaysOff("MI"))

    # Thursday 24 December at 17:00 in Milan; Friday and Saturday are holidays, then Sunday.
    due = calendar.add(datetime(2026, 12, 24, 16, 0, tzinfo=UTC), timedelta(hours=2))

    assert due == datetime(2026, 12, 28, 9, 0, tzinfo=UTC)


def test_a_province_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownProvince, match="'XX'"):
        ItalianDaysOff("XX")


def test_a_closure_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Closure(date(2026, 8, 21), date(2026, 8, 10))
