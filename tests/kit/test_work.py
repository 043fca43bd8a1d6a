"""Jobs obey the transaction, and can be run on the spot where a command needs it."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from ascolto.kit.models import Blob
from ascolto.kit.work import later, later_at, once, once_at, running_inline
from tests.kit import jobs_of_the_tests
from tests.kit.jobs_of_the_tests import ran

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _forget_what_ran() -> None:
    jobs_of_the_tests.ran.clear()


def waiting() -> list[tuple[str, dict[str, object]]]:
    return [(job.task_name, job.args) for job in ProcrastinateJob.objects.order_by("id")]


class Undone(Exception):
    pass


def test_a_job_is_there_with_its_transaction() -> None:
    later("kit_tests.note", number=7)

    assert waiting() == [("kit_tests.note", {"number": 7})]


def test_a_job_goes_with_a_transaction_that_is_undone() -> None:
    with transaction.atomic():
        later("kit_tests.note", number=7)
        transaction.set_rollback(True)

    assert waiting() == []


def test_a_job_that_nobody_defined_is_refused_at_once() -> None:
    with pytest.raises(TaskNotFound):
        later("kit_tests.nonsense")


def test_a_wrong_name_is_refused_inline_too() -> None:
    with pytest.raises(TaskNotFound), running_inline():
        later("kit_tests.nonsense")


def test_many_ids_in_one_job_arrive_as_a_list() -> None:
    later("kit_tests.note", number=1, items=(3, 4))

    assert waiting()[0][1]["items"] == [3, 4]


def test_a_job_for_later_waits_for_its_time() -> None:
    later_at("kit_tests.note", NOON, number=7)

    assert ProcrastinateJob.objects.get().scheduled_at == NOON


def test_the_same_lock_waits_only_once_and_leaves_the_transaction_whole() -> None:
    first = once("kit_tests.note", "sweep", number=1)
    second = once("kit_tests.note", "sweep", number=2)
    third = once_at("kit_tests.note", "sweep", NOON, number=3)

    later("kit_tests.note", number=9)

    assert (first, second, third) == (True, False, False)
    assert [args["number"] for _, args in waiting()] == [1, 9]


def test_inline_jobs_run_in_order_with_those_they_defer() -> None:
    with running_inline():
        later("kit_tests.note_and_go_on", number=1)
        later("kit_tests.note", number=5)
        assert ran == []

    assert ran == [("go_on", 1), ("note", 5), ("note", 2)]
    assert waiting() == []


def test_inline_once_runs_once_while_it_waits() -> None:
    with running_inline():
        assert once("kit_tests.note", "sweep", number=1)
        assert not once("kit_tests.note", "sweep", number=1)

    assert ran == [("note", 1)]


def test_what_is_due_later_is_queued_even_inline() -> None:
    with running_inline():
        later_at("kit_tests.note", NOON, number=7)

    assert ran == []
    assert waiting() == [("kit_tests.note", {"number": 7})]


def test_a_failing_inline_job_undoes_the_whole() -> None:
    def receive() -> None:
        with transaction.atomic(), running_inline():
            Blob.objects.create(digest="f" * 64, size=0, content=b"")
            later("kit_tests.write_then_fail", number=1)

    with pytest.raises(ZeroDivisionError):
        receive()

    assert not Blob.objects.exists()
    assert waiting() == []


def test_a_failing_inline_job_may_go_to_the_queue_and_the_rest_goes_on() -> None:
    with running_inline(queue_failures=True) as inline:
        later("kit_tests.write_then_fail", number=1)
        later("kit_tests.note", number=5)

    assert ran == [("note", 5)]
    assert not Blob.objects.exists()
    assert waiting() == [("kit_tests.write_then_fail", {"number": 1})]
    assert [job.name for job, _ in inline.failures] == ["kit_tests.write_then_fail"]


def test_a_block_that_fails_runs_nothing() -> None:
    def receive() -> None:
        with running_inline():
            later("kit_tests.note", number=1)
            raise Undone

    with pytest.raises(Undone):
        receive()

    assert ran == []


@pytest.mark.django_db(transaction=True)
def test_inline_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="needs a transaction"), running_inline():
        pass
