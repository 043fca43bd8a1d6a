"""Many deeds are written as one, and told once to each job that follows them."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.timeline.queries import deed, history_of
from ascolto.timeline.services import Happened, record_many
from tests import make

pytestmark = pytest.mark.django_db


def test_a_job_that_follows_a_kind_is_told_of_all_its_entries_at_once() -> None:
    ids = record_many(
        [
            Happened("channels.sent", make.NOON, "case:1", facts={"outgoing": 7}),
            Happened("cases.noted", make.NOON, "case:1"),
            Happened("channels.sent", make.NOON, "case:2", facts={"outgoing": 8}),
        ]
    )

    job = ProcrastinateJob.objects.get(task_name="cases.answer_left")
    assert job.args == {"entry_ids": [ids[0], ids[2]], "subjects": ["case:1", "case:2"]}
    assert deed(ids[2]).facts == {"outgoing": 8}


def test_deeds_stand_in_the_order_in_which_they_were_told() -> None:
    record_many([Happened(f"tests.{n}", make.NOON, "case:1") for n in range(700)])

    assert [one.kind for one in history_of("case:1", limit=1000)] == [
        f"tests.{n}" for n in range(700)
    ]


def test_more_than_five_hundred_entries_are_told_in_portions() -> None:
    record_many([Happened("channels.sent", make.NOON, f"case:{n}") for n in range(700)])

    told = [len(job.args["entry_ids"]) for job in jobs_of("cases.answer_left")]
    assert told == [500, 200]


def jobs_of(name: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=name).order_by("id"))


def test_nothing_happened_is_nothing_written() -> None:
    assert record_many([]) == []
    assert not ProcrastinateJob.objects.exists()
