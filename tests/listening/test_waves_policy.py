"""When many more than usual speak, in numbers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ascolto.listening.policy import waves
from ascolto.listening.policy.shared import shared_words

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)  # half past nine in Rome
OLD = MONDAY - timedelta(weeks=60)


def usual(
    tallies: Mapping[datetime, int], *, since: datetime = OLD, mean: float = 2
) -> waves.Usual:
    return waves.usual(tallies, since=since, mean=mean, now=MONDAY, zone=ROME)


def hour(weeks: int, *, beside: int = 0) -> datetime:
    return MONDAY.replace(minute=0) - timedelta(weeks=weeks) + timedelta(hours=beside)


def posts(many: int, *, within: timedelta) -> list[datetime]:
    return [MONDAY - within * (number / many) for number in range(many)]


def test_usual_is_the_middle_of_the_same_hour_of_eight_weeks() -> None:
    tallies = {hour(week): 40 + week for week in range(1, 9)} | {hour(3): 900}

    assert usual(tallies).middle == pytest.approx(45.5, abs=1)


def test_one_wave_of_the_past_hides_no_other() -> None:
    assert usual({hour(3): 900}).high == waves.LEAST_USUAL


def test_the_hours_beside_count_for_what_is_expected_at_the_most() -> None:
    tallies = {hour(week, beside=1): 80 for week in range(1, 9)}

    assert (usual(tallies).middle, usual(tallies).high) == (0, 80)


def test_the_same_hour_is_that_of_the_clock_on_the_wall() -> None:
    after_the_change = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)  # half past nine again

    assert datetime(2026, 3, 23, 8, tzinfo=UTC) in waves.hours_looked_at(after_the_change, ROME)


def test_a_young_monitor_leans_on_the_mean_of_its_hours() -> None:
    found = usual({hour(1): 12}, since=MONDAY - timedelta(days=10), mean=3)

    assert found.middle == pytest.approx(6)
    assert found.weeks == 1


def test_twenty_times_the_usual_is_a_wave_within_a_minute() -> None:
    expected = waves.Usual(middle=50, high=60, weeks=8)

    found = waves.rise(
        posts(18, within=timedelta(minutes=1)), usual=expected, people=15, now=MONDAY
    )

    assert found is not None
    assert found.an_hour == pytest.approx(1080, rel=0.1)


@pytest.mark.parametrize(
    ("many", "minutes", "people"),
    [
        (60, 60, 50),  # as always
        (4, 1, 4),  # too few to be sure
        (40, 5, 2),  # two who quarrel
        (20, 15, 18),  # a little more than usual
    ],
)
def test_what_is_no_wave(many: int, minutes: int, people: int) -> None:
    expected = waves.Usual(middle=50, high=60, weeks=8)

    found = posts(many, within=timedelta(minutes=minutes))

    assert waves.rise(found, usual=expected, people=people, now=MONDAY) is None


def test_what_is_long_past_is_not_told_as_news() -> None:
    expected = waves.Usual(middle=1, high=1, weeks=8)
    past = [at - timedelta(minutes=40) for at in posts(18, within=timedelta(minutes=5))]

    assert waves.rise(past, usual=expected, people=15, now=MONDAY) is None


def test_it_is_over_when_half_an_hour_is_as_usual() -> None:
    expected = waves.Usual(middle=4, high=6, weeks=8)
    began = MONDAY - timedelta(hours=2)
    few, many = (posts(number, within=timedelta(minutes=30)) for number in (4, 40))

    assert waves.is_over(few, usual=expected, began_at=began, now=MONDAY)
    assert not waves.is_over(many, usual=expected, began_at=began, now=MONDAY)
    assert not waves.is_over(
        few, usual=expected, began_at=MONDAY - timedelta(minutes=5), now=MONDAY
    )


def test_the_tail_of_chance_is_that_of_the_tables() -> None:
    assert waves.at_least(3, 1.0) == pytest.approx(0.0803014, rel=1e-5)
    assert waves.at_least(10, 2.0) == pytest.approx(4.6498e-5, rel=1e-3)
    assert waves.at_least(5000, 60.0) < 1e-300


def test_posts_of_a_wave_say_what_they_have_in_common() -> None:
    inside = ["Armadio TO-114 aperto, niente fibra", "fibra giù, è l’armadio TO-114?"] * 4
    before = ["bella la fibra", "niente male la fibra", "fibra veloce"]

    assert shared_words(inside, before=before, known=["fibra"])[:2] == ["armadio", "to-114"]
