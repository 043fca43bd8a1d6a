"""However people were merged and read apart: in the end each has his own history, and no other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from ascolto.staff.models import Colleague
from tests import make
from tests.people.lives import assert_as_if_never_merged, lived

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


@pytest.mark.parametrize("seed", range(6))
def test_every_history_ends_as_if_nobody_had_been_merged(seed: int, elena: Colleague) -> None:
    life = lived(seed, steps=12, by=elena)

    life.end()

    assert_as_if_never_merged(life)


@contextmanager
def no_trace() -> Iterator[None]:
    """One life after the other: a hundred in one transaction, of whose growth the planner learns
    nothing, are slower by the square of their number."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.faults
@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_lives(hundred: int, elena: Colleague) -> None:
    for seed in range(100):
        with no_trace():
            life = lived(1_000 + hundred * 100 + seed, steps=15, by=elena)

            life.end()

            assert_as_if_never_merged(life)
