from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from ascolto.desk import words

NOW = datetime(2026, 11, 17, 7, 57, tzinfo=UTC)  # 08:57 in Rome


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "meno di 1 min"),
        (2, "2 min"),
        (59, "59 min"),
        (60, "1 h"),
        (190, "3 h 10"),
        (185, "3 h 05"),
        (300, "5 h"),
        (28 * 60, "1 g 4 h"),
        (48 * 60, "2 g"),
    ],
)
def test_a_length_is_said_shortly(minutes: int, said: str) -> None:
    assert words.short(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (514, "8 ore e 34 minuti"),
        (60, "1 ora"),
        (61, "1 ora e 1 minuto"),
        (27 * 60, "1 giorno e 3 ore"),
        (72 * 60, "3 giorni"),
    ],
)
def test_a_silence_is_said_in_full(minutes: int, said: str) -> None:
    assert words.long(timedelta(minutes=minutes)) == said


def test_a_clock_is_red_only_near_its_end_and_after_it() -> None:
    start, due = NOW - timedelta(minutes=100), NOW + timedelta(minutes=100)
    warn = NOW + timedelta(minutes=50)

    levels = [
        words.clock(due, start=start, warn=warn, now=NOW + timedelta(minutes=at)).level
        for at in (0, 50, 81, 100, 500)
    ]

    assert levels == ["", "warn", "bad", "bad", "bad"]


def test_a_clock_that_ran_out_says_since_when() -> None:
    clock = words.clock(NOW - timedelta(minutes=12), start=None, warn=None, now=NOW)

    assert (clock.words, clock.percent) == ("scaduta da 12 min", 100)


def test_a_clock_that_just_ran_out_is_overdue_now() -> None:
    assert words.clock(NOW, start=None, warn=None, now=NOW).words == "scaduta ora"


def test_the_last_minute_of_a_clock_is_good_italian() -> None:
    face = words.clock(NOW + timedelta(seconds=20), start=None, warn=None, now=NOW)

    assert words.within(face) == "entro un minuto"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW, "08:57"),
        (datetime(2026, 11, 16, 23, 7, tzinfo=UTC), "00:07"),  # past midnight in Rome
        (datetime(2026, 11, 15, 23, 7, tzinfo=UTC), "lun 16 nov, 00:07"),
        (datetime(2025, 3, 2, 12, 0, tzinfo=UTC), "2 mar 2025, 13:00"),
    ],
)
def test_a_moment_is_said_by_the_day_it_was_here(moment: datetime, said: str) -> None:
    with timezone.override("Europe/Rome"):
        assert words.when(moment, now=NOW) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(1, "entro le 09:57"), (30, "entro mer 18 nov alle 14:57")]
)
def test_a_promise_for_another_day_says_which(hours: int, said: str) -> None:
    with timezone.override("Europe/Rome"):
        assert words.by(NOW + timedelta(hours=hours), now=NOW) == said


def test_english_pages_keep_the_capitals_of_their_days() -> None:
    with timezone.override("Europe/Rome"), translation.override("en"):
        assert words.day(NOW - timedelta(days=1), now=NOW) == "Mon 16 Nov"


def test_days_with_the_same_hours_are_said_together() -> None:
    morning_and_afternoon = [(day, 540, 780) for day in range(5)]
    morning_and_afternoon += [(day, 840, 1080) for day in range(5)]

    assert words.opening_hours([*morning_and_afternoon, (5, 540, 720)]) == [
        "lun–ven 9:00–13:00, 14:00–18:00",
        "sab 9:00–12:00",
    ]
