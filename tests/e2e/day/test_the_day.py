"""One day at the desk in a real browser, once with the mouse and once with the keyboard alone.

Every part of it is a story of its own, told in the file of its name; the company, its cases and
the pages stay the same from morning to evening.
"""

from collections.abc import Callable

import pytest

from tests.e2e.day import (
    customers,
    finding_things,
    morning,
    organising,
    promising,
    settling,
    together,
    writing,
)
from tests.e2e.day.day import Day, a_day

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
    pytest.mark.xdist_group("the day"),  # one after the other: each needs more than one core
]
PARTS: tuple[Callable[[Day], None], ...] = (
    *morning.PARTS,
    *writing.PARTS,
    *together.PARTS,
    *organising.PARTS,
    *promising.PARTS,
    *finding_things.PARTS,
    *customers.PARTS,
    *settling.PARTS,
)


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_a_day_of_two_agents(hand: str) -> None:
    with a_day(hand) as day:
        for part in PARTS:
            part(day)

        day.is_over()
