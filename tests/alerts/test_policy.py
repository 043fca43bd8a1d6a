from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ascolto.alerts.policy import Quiet, Shift, on_duty, told_at

WEDNESDAY = datetime(2026, 3, 4, 12, 0)  # noqa: DTZ001 - the wall clock has no zone here
NIGHT = Quiet(begins=22 * 60, ends=7 * 60)


def on(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return WEDNESDAY.replace(hour=hour, minute=minute) + timedelta(days=days)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (on(21, 59), on(21, 59)),
        (on(22), on(7, days=1)),
        (on(23, 30), on(7, days=1)),
        (on(3), on(7)),
        (on(7), on(7)),
    ],
)
def test_a_quiet_night_lasts_until_morning(at: datetime, told: datetime) -> None:
    assert told_at(NIGHT, at=at) == told


def test_a_free_weekend_lasts_until_monday_and_its_night() -> None:
    wishes = Quiet(begins=22 * 60, ends=7 * 60, days={5, 6})

    assert told_at(wishes, at=on(23, days=2)) == on(7, days=5)  # Friday at 23: Monday at 7


def test_whoever_wants_quiet_always_is_told_after_two_weeks() -> None:
    assert told_at(Quiet(days=range(7)), at=on(12)) == on(0, days=14)


@given(
    begins=st.integers(0, 1439),
    ends=st.integers(0, 1440),
    minute=st.integers(0, 7 * 1440 - 1),
    days=st.sets(st.integers(0, 6), max_size=6),
)
def test_when_he_is_told_it_is_not_quiet_and_it_was_before(
    begins: int, ends: int, minute: int, days: set[int]
) -> None:
    assume((begins, ends) != (0, 1440))  # nothing but quiet: see above
    wishes = Quiet(begins, ends, days)
    at = on(0) + timedelta(minutes=minute)

    told = told_at(wishes, at=at)

    assert told >= at
    assert told_at(wishes, at=told) == told
    if told > at:
        assert told_at(wishes, at=told - timedelta(minutes=1)) == told


def test_on_duty_is_whose_shift_it_is() -> None:
    evening = Shift(1, weekday=2, begins=18 * 60, ends=1440)
    morning = Shift(2, weekday=3, begins=0, ends=8 * 60)

    assert on_duty([evening, morning], at=on(23, 59)) == {1}
    assert on_duty([evening, morning], at=on(0, days=1)) == {2}
    assert on_duty([evening, morning], at=on(8, days=1)) == set()
