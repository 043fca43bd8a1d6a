"""One job may bring several messages; what goes wrong with one of them delays no other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.channels import registry
from ascolto.channels.adapters.email import outside
from ascolto.channels.models import Channel, Outgoing
from ascolto.channels.ports import Parcel, Sent
from ascolto.channels.services import queue_new
from ascolto.channels.services.queueing import Errand
from tests import make

pytestmark = pytest.mark.django_db
NAMES = [f"persona{n}" for n in range(12)]


@dataclass
class Postman:
    """Falls over one address, and brings all the others."""

    brought: list[str] = field(default_factory=list)

    def carry(self, parcel: Parcel) -> Sent:
        if parcel.to_address == "persona3@example.org":
            raise RuntimeError("nobody foresaw this")
        self.brought.append(parcel.to_address)
        return Sent("SMTP_ACCEPTED", "250 ok")


@pytest.fixture
def postman() -> Iterator[Postman]:
    one = Postman()
    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=lambda _channel: one)
    yield one
    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=outside.carrier_of)


def queued() -> list[Outgoing]:
    box = make.mailbox()
    errands = [
        Errand(name, box, make.identity(f"{name}@example.org", name), "Buongiorno")
        for name in NAMES
    ]
    return queue_new(errands, now=timezone.now() - timedelta(minutes=1))


def jobs() -> list[dict[str, object]]:
    waiting = ProcrastinateJob.objects.filter(task_name="channels.deliver").order_by("id")
    return [job.args for job in waiting]


def test_messages_queued_together_share_a_few_jobs() -> None:
    ids = [one.pk for one in queued()]

    assert jobs() == [{"outgoing_ids": ids[:10]}, {"outgoing_ids": ids[10:]}]


def test_one_that_fails_unforeseen_is_tried_again_alone(postman: Postman) -> None:
    ids = [one.pk for one in queued()]

    app.tasks["channels.deliver"].func(outgoing_ids=ids)

    assert len(postman.brought) == len(NAMES) - 1
    assert jobs()[-1] == {"outgoing_id": ids[3]}


def test_a_single_one_that_fails_unforeseen_waits_for_its_next_try(postman: Postman) -> None:
    ids = [one.pk for one in queued()]

    app.tasks["channels.deliver"].func(outgoing_id=ids[3])

    waiting = Outgoing.objects.get(pk=ids[3])
    assert postman.brought == []
    assert (waiting.leased_until, waiting.error) == (None, "errore interno: si veda il registro")
    assert waiting.not_before > timezone.now()
