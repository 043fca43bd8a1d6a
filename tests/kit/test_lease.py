"""Exactly one holder, on whichever host."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from ascolto.kit.lease import Lease, LeaseLost
from ascolto.kit.models import LeaseRow

pytestmark = pytest.mark.django_db(transaction=True)


def run_out() -> None:
    LeaseRow.objects.update(until_at=F("until_at") - timedelta(hours=1))


def test_only_one_holds_it() -> None:
    turin, milan = Lease("imap:support"), Lease("imap:support")

    assert turin.take()
    assert not milan.take()
    assert turin.held()
    assert not milan.held()


def test_the_holder_renews_and_stays_in_the_same_generation() -> None:
    turin = Lease("imap:support")
    turin.take()
    until = LeaseRow.objects.get().until_at

    assert turin.take()
    assert turin.generation == 1
    assert LeaseRow.objects.get().until_at > until


def test_another_takes_over_when_it_has_run_out() -> None:
    turin, milan = Lease("imap:support"), Lease("imap:support")
    turin.take()
    run_out()

    assert milan.take()
    assert milan.generation == 2
    assert not turin.take()
    assert not turin.held()


def test_one_that_slept_cannot_write() -> None:
    turin, milan = Lease("imap:support"), Lease("imap:support")
    turin.take()
    run_out()
    milan.take()

    with pytest.raises(LeaseLost), transaction.atomic():
        turin.guard()
    with transaction.atomic():
        milan.guard()


def test_one_that_slept_past_the_end_alone_may_go_on() -> None:
    turin = Lease("imap:support")
    turin.take()
    run_out()

    with transaction.atomic():
        turin.guard()


def test_nobody_takes_over_during_a_guarded_transaction() -> None:
    turin, milan = Lease("imap:support"), Lease("imap:support")
    turin.take()
    run_out()
    taken: list[bool] = []
    other = threading.Thread(target=_take_elsewhere, args=[milan, taken])

    with transaction.atomic():
        turin.guard()
        other.start()
        other.join(0.3)
        assert taken == []
    other.join()

    assert taken == [True]


def test_a_guard_without_a_transaction_is_a_mistake() -> None:
    turin = Lease("imap:support")
    turin.take()

    with pytest.raises(RuntimeError, match="there is none"):
        turin.guard()


def test_what_was_given_up_is_free_at_once() -> None:
    turin, milan = Lease("imap:support"), Lease("imap:support")
    turin.take()
    turin.release()

    assert not turin.held()
    assert milan.take()


def test_different_names_do_not_meet() -> None:
    assert Lease("imap:support").take()
    assert Lease("imap:sales").take()


def test_many_hosts_at_once_have_one_holder() -> None:
    taken: list[bool] = []
    threads = [
        threading.Thread(target=_take_elsewhere, args=[Lease("imap:support"), taken])
        for _ in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [False] * 7 + [True]


def _take_elsewhere(lease: Lease, taken: list[bool]) -> None:
    try:
        taken.append(lease.take())
    finally:
        connection.close()
