"""What the sweeper gives up is seen by people: in `ascolto doctor` and in the numbers."""

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from ascolto.config.commands import doctor
from ascolto.kit.models import PutBack

pytestmark = pytest.mark.django_db


def given_up(task: str, *, with_its_workers: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status)"
            " values ('outbox', %s, 'failed') returning id",
            [task],
        )
        row = cursor.fetchone()
    assert row is not None
    if with_its_workers:
        PutBack.objects.create(job_id=row[0], task_name=task, outcome=PutBack.Outcome.GIVEN_UP)


def finding() -> doctor.Finding:
    return doctor._jobs()  # noqa: SLF001 # the whole command looks at the real machine


def number(name: str) -> float:
    text = Client().get("/metrics").content.decode()
    families = text_string_to_metric_families(text)
    (value,) = [one.value for family in families for one in family.samples if one.name == name]
    return value


def test_without_any_all_is_well() -> None:
    assert finding().well
    assert number("ascolto_jobs_given_up_with_workers") == 0


def test_the_doctor_names_the_work_that_was_given_up() -> None:
    given_up("channels.deliver", with_its_workers=True)
    given_up("channels.deliver", with_its_workers=False)

    found = finding()

    assert not found.well
    assert "channels.deliver 2; 1 of them ended their workers" in found.words


def test_the_numbers_tell_what_ended_its_workers() -> None:
    given_up("channels.deliver", with_its_workers=True)
    given_up("channels.deliver", with_its_workers=False)

    assert number("ascolto_jobs_given_up_with_workers") == 1


def test_what_was_put_back_and_then_done_is_no_longer_told() -> None:
    given_up("channels.deliver", with_its_workers=True)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'succeeded'")

    assert finding().well
    assert number("ascolto_jobs_given_up_with_workers") == 0
