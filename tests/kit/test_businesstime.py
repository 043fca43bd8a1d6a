"""Business time equals what a clerk would count, minute by minute, with a clock on the wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ascolto.kit.businesstime import Interval, NeverOpen, WorkCalendar

ROME = ZoneInfo("Europe/Rome")
MINUTE = timedelta(minutes=1)


def hours(*written: str) -> tuple[Interval, ...]:
    return tuple(Interval.parse(text) for text in written)


OFFICE = dict.fromkeys(range(5), hours("09:00-13:00", "14:00-18:00"))
OFFICE_IN_ROME = WorkCalendar(ROME, OFFICE)


def rome(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME, fold=fold)


def open_by_the_wall(calendar: WorkCalendar, instant: datetime) -> bool:
    wall = instant.astimezone(calendar.zone)
    if wall.date() in frozenset(_as_days(calendar)):
        return False
    minute = wall.hour * 60 + wall.minute
    return any(
        interval.opens <= minute < interval.closes
        for interval in calendar.week.get(wall.weekday(), ())
    )


def _as_days(calendar: WorkCalendar) -> frozenset[date]:
    assert isinstance(calendar.days_off, frozenset)
    return calendar.days_off


@some.composite
def days(draw: some.DrawFn) -> tuple[Interval, ...]:
    cuts = draw(some.lists(some.integers(0, 1440), min_size=0, max_size=8, unique=True))
    cuts.sort()
    return tuple(
        Interval(opens, closes) for opens, closes in zip(cuts[::2], cuts[1::2], strict=False)
    )


# Around both changes of the clock in 2026, in zones that change at night, at midnight, by half an
# hour, and never.
zones = some.sampled_from(
    [
        ROME,
        ZoneInfo("America/Santiago"),
        ZoneInfo("Australia/Lord_Howe"),
        ZoneInfo("Asia/Kolkata"),
        ZoneInfo("Africa/Cairo"),
    ]
)
starts = some.builds(
    lambda around, minutes: around + timedelta(minutes=minutes),
    some.sampled_from(
        [
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            datetime(2026, 10, 24, 12, tzinfo=UTC),
            datetime(2026, 4, 4, 12, tzinfo=UTC),
            datetime(2026, 9, 5, 12, tzinfo=UTC),
            datetime(2026, 4, 23, 12, tzinfo=UTC),
        ]
    ),
    some.integers(0, 2000),
)
calendars = some.builds(
    WorkCalendar,
    zones,
    some.dictionaries(some.integers(0, 6), days(), min_size=1),
    some.frozensets(some.dates(date(2026, 3, 27), date(2026, 4, 2)), max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(calendars, starts, some.integers(0, 4000))
def test_the_sum_is_that_of_the_minutes_counted_one_by_one(
    calendar: WorkCalendar, start: datetime, minutes: int
) -> None:
    counted = sum(open_by_the_wall(calendar, start + MINUTE * i) for i in range(minutes))

    assert calendar.between(start, start + MINUTE * minutes) == MINUTE * counted


@settings(max_examples=100, deadline=None)
@given(calendars, starts, some.integers(1, 3000))
def test_adding_ends_at_the_first_instant_with_that_much_behind_it(
    calendar: WorkCalendar, start: datetime, minutes: int
) -> None:
    if not any(calendar.week.values()):
        with pytest.raises(NeverOpen):
            calendar.add(start, MINUTE)
        return

    end = calendar.add(start, MINUTE * minutes)

    assert calendar.between(start, end) == MINUTE * minutes
    assert calendar.between(start, end - timedelta(seconds=1)) < MINUTE * minutes


@settings(max_examples=200, deadline=None)
@given(calendars, starts)
def test_open_and_next_opening_agree_with_the_wall(calendar: WorkCalendar, start: datetime) -> None:
    assert calendar.is_open(start) == open_by_the_wall(calendar, start)
    if any(calendar.week.values()):
        opening = calendar.next_opening(start)
        assert calendar.is_open(opening)
        assert calendar.between(start, opening) == timedelta(0)


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-03-02T09:00", timedelta(hours=4), "2026-03-02T13:00"),
        ("2026-03-02T09:00", timedelta(hours=4, seconds=1), "2026-03-02T14:00:01"),
        ("2026-03-06T17:30", timedelta(hours=1), "2026-03-09T09:30"),
        ("2026-03-07T11:00", timedelta(0), "2026-03-07T11:00"),
        ("2026-03-27T17:00", timedelta(hours=2), "2026-03-30T10:00"),
        ("2026-10-23T17:00", timedelta(hours=2), "2026-10-26T10:00"),
    ],
)
def test_office_hours(start: str, amount: timedelta, end: str) -> None:
    assert OFFICE_IN_ROME.add(rome(start), amount) == rome(end).astimezone(UTC)


def test_a_day_of_24_hours_by_the_clock_is_not_a_day_on_the_wall() -> None:
    always = WorkCalendar.round_the_clock(ROME)

    spring = always.add(rome("2026-03-28T12:00"), timedelta(hours=24))
    autumn = always.add(rome("2026-10-24T12:00"), timedelta(hours=24))

    assert spring == rome("2026-03-29T13:00").astimezone(UTC)
    assert autumn == rome("2026-10-25T11:00").astimezone(UTC)


def test_the_nights_of_the_change_have_23_and_25_hours() -> None:
    sundays = WorkCalendar(ROME, {6: hours("00:00-24:00")})

    assert sundays.between(rome("2026-03-29T00:00"), rome("2026-03-30T00:00")) == timedelta(
        hours=23
    )
    assert sundays.between(rome("2026-10-25T00:00"), rome("2026-10-26T00:00")) == timedelta(
        hours=25
    )


def test_an_hour_that_the_wall_never_shows_does_not_count_and_one_shown_twice_counts_twice() -> (
    None
):
    early = WorkCalendar(ROME, {6: hours("02:00-03:00")})

    assert early.between(rome("2026-03-29T00:00"), rome("2026-03-30T00:00")) == timedelta(0)
    assert early.between(rome("2026-10-25T00:00"), rome("2026-10-26T00:00")) == timedelta(hours=2)
    assert early.is_open(rome("2026-10-25T02:30", fold=1))


def test_an_evening_until_midnight_runs_into_the_next_morning() -> None:
    night = WorkCalendar(ROME, {4: hours("20:00-24:00"), 5: hours("00:00-02:00")})

    assert night.add(rome("2026-03-06T23:00"), timedelta(hours=2)) == rome(
        "2026-03-07T01:00"
    ).astimezone(UTC)


def test_closures_stop_the_clock() -> None:
    closed = WorkCalendar(ROME, OFFICE, frozenset({date(2026, 3, 3)}))

    end = closed.add(rome("2026-03-02T17:00"), timedelta(hours=2))

    assert end == rome("2026-03-04T10:00").astimezone(UTC)
    assert not closed.is_open(rome("2026-03-03T10:00"))


def test_backwards_is_negative() -> None:
    start, end = rome("2026-03-02T09:00"), rome("2026-03-02T12:00")

    assert OFFICE_IN_ROME.between(end, start) == -OFFICE_IN_ROME.between(start, end)
    with pytest.raises(ValueError, match="not taken away"):
        OFFICE_IN_ROME.add(start, timedelta(seconds=-1))


@pytest.mark.parametrize("week", [{}, {0: ()}])
def test_a_calendar_that_never_opens_says_so(week: dict[int, tuple[Interval, ...]]) -> None:
    with pytest.raises(NeverOpen):
        WorkCalendar(ROME, week).next_opening(rome("2026-03-02T09:00"))


def test_a_calendar_whose_days_are_all_off_says_so() -> None:
    def always_off(_: date) -> bool:
        return True

    with pytest.raises(NeverOpen):
        WorkCalendar(ROME, OFFICE, always_off).add(rome("2026-03-02T09:00"), MINUTE)


def test_more_time_than_there_will_ever_be_says_so() -> None:
    with pytest.raises(NeverOpen):
        WorkCalendar(ROME, {0: hours("09:00-10:00")}).add(
            datetime(9980, 1, 1, tzinfo=UTC), timedelta(days=999)
        )


@pytest.mark.parametrize(
    "written",
    ["9-13", "13:00-09:00", "09:00-09:00", "09:00-25:00", "09:00", "a-b", "09:00:30-10:00"],
)
def test_hours_that_cannot_be_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"opening hours|part of a day"):
        Interval.parse(written)


def test_overlapping_hours_and_unknown_weekdays_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        WorkCalendar(ROME, {0: hours("09:00-13:00", "12:00-18:00")})
    with pytest.raises(ValueError, match="weekdays"):
        WorkCalendar(ROME, {7: hours("09:00-13:00")})


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without its zone"):
        OFFICE_IN_ROME.is_open(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 -- the mistake meant
