"""A clock that rested has exactly as many working minutes left as when it was put to rest."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ascolto.kit.businesstime import Interval, WorkCalendar
from ascolto.promises.policy import moved

ROME = ZoneInfo("Europe/Rome")
SPLIT = (Interval(9 * 60, 13 * 60), Interval(14 * 60, 18 * 60))
OFFICE = WorkCalendar(ROME, dict.fromkeys(range(5), SPLIT))
# The week in which clocks go forward begins here.
MONDAY = datetime(2026, 3, 23, tzinfo=ROME)
MINUTE = timedelta(minutes=1)


def minutes_at_work(since: datetime, until: datetime) -> int:
    """One by one, by asking each minute whether somebody is there."""
    count, at = 0, since
    while at < until:
        count += OFFICE.is_open(at)
        at += MINUTE
    return count


@settings(max_examples=40, deadline=None)
@given(paused=st.integers(0, 9 * 1440), left=st.integers(1, 1440), rested=st.integers(0, 5 * 1440))
def test_the_minutes_left_are_those_counted_one_by_one(paused: int, left: int, rested: int) -> None:
    paused_at = MONDAY.astimezone(ZoneInfo("UTC")) + paused * MINUTE
    due = OFFICE.add(paused_at, left * MINUTE)
    resumed_at = paused_at + rested * MINUTE

    again = moved(due, paused_at=paused_at, at=resumed_at, hours=OFFICE)

    assert minutes_at_work(resumed_at, again) == left


def test_what_had_passed_stays_past() -> None:
    late = MONDAY + timedelta(hours=12)

    assert moved(late, paused_at=late + MINUTE, at=late + 9 * MINUTE, hours=OFFICE) == late


def test_without_hours_the_wall_clock_counts() -> None:
    due = MONDAY + timedelta(hours=3)

    assert moved(due, paused_at=MONDAY, at=MONDAY + MINUTE, hours=None) == due + MINUTE
