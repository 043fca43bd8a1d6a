"""Percentiles and shares, with what is known of their precision."""

import numpy as np
import pytest

from ascolto.insight.policy.statistics import Interval, Share, apart, differ, ranks, waiting, wilson


def test_nothing_says_nothing() -> None:
    nothing = waiting(np.array([], dtype=np.int32))

    assert (nothing.n, nothing.median, nothing.nine) == (0, None, None)
    assert wilson(0, 0) is None


def test_a_percentile_is_a_time_that_somebody_waited() -> None:
    found = waiting(np.array([60, 120, 600, 60, 3600], dtype=np.int32))

    assert found.median is not None
    assert found.nine is not None
    assert (found.median.value, found.nine.value) == (120, 3600)


def test_of_five_nobody_knows_how_sure_a_percentile_is() -> None:
    assert ranks(5, 0.5) == (None, None)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        pytest.param(6, (0, 5), id="of six, from the first to the last"),
        pytest.param(10, (1, 8), id="of ten, the second to the ninth"),
        pytest.param(100, (39, 60), id="of a hundred, the 40th to the 61st"),
    ],
)
def test_a_median_lies_between_ranks_that_tables_of_statistics_name(
    n: int, expected: tuple[int, int]
) -> None:
    assert ranks(n, 0.5) == expected


@pytest.mark.parametrize("quantile", [0.5, 0.9])
@pytest.mark.parametrize("n", [40, 250, 3000])
def test_the_interval_covers_the_truth_as_often_as_it_says(n: int, quantile: float) -> None:
    chance = np.random.default_rng(7)
    truth = -np.log(1 - quantile) * 1000
    low, high = ranks(n, quantile)
    assert high is not None
    assert low is not None

    draws = np.sort(chance.exponential(1000, size=(2000, n)), axis=1)
    covered = np.mean((draws[:, low] <= truth) & (truth <= draws[:, high]))

    assert 0.935 <= covered <= 0.99


def test_a_share_of_none_is_not_sure_to_be_none() -> None:
    found = wilson(0, 20)

    assert found is not None
    assert found.low == 0
    assert found.high == pytest.approx(0.161, abs=0.001)


def test_a_few_points_among_few_are_chance() -> None:
    assert not differ(Share(8, 10), Share(5, 10))
    assert differ(Share(800, 1000), Share(500, 1000))
    assert not differ(Share(0, 0), Share(5, 10))


def test_two_medians_differ_when_neither_interval_reaches_the_other() -> None:
    assert apart(Interval(10, 8, 12), Interval(20, 15, 25))
    assert not apart(Interval(10, 8, 16), Interval(20, 15, 25))
    assert not apart(Interval(10, None, None), Interval(20, 15, 25))
