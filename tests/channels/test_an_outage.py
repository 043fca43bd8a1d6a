"""When the mail server is away for long, nothing grows but the time between two tries (F10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.channels import registry
from ascolto.channels.adapters.email import outside
from ascolto.channels.models import Channel, Health, Outgoing
from ascolto.channels.ports import NotNow, Parcel, Sent
from ascolto.channels.services import deliver, queue
from ascolto.channels.services.queueing import Errand
from ascolto.channels.services.recovery import recover
from tests import make

pytestmark = pytest.mark.django_db
AFTER = timedelta(seconds=45)


@dataclass
class Away:
    """A server that is away: or whatever else goes wrong."""

    problem: Exception
    carried: int = 0

    def carry(self, _parcel: Parcel) -> Sent:
        self.carried += 1
        raise self.problem


@pytest.fixture
def server() -> Iterator[Away]:
    one = Away(NotNow("timed out"))
    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=lambda _channel: one)
    yield one
    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=outside.carrier_of)


def queued() -> Outgoing:
    errand = Errand("una", make.mailbox(), make.identity("giulia@example.org"), "Buongiorno")
    return queue(errand, now=make.NOON)


def waiting() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="channels.deliver", status="todo"))


def run(outgoing: Outgoing, *, now: datetime) -> None:
    """As a worker does it: while a job runs, it does not wait any more."""
    ProcrastinateJob.objects.filter(pk=waiting()[0].pk).update(status="succeeded")
    deliver(outgoing.pk, now=now)


@pytest.mark.usefixtures("server")
def test_a_long_outage_leaves_one_waiting_job_a_message() -> None:
    outgoing = queued()
    now = make.NOON

    for _ in range(20):
        now += timedelta(minutes=1)
        recover(now=now, after=AFTER)
        recover(now=now, after=AFTER)
        run(outgoing, now=now)
        deliver(outgoing.pk, now=now + timedelta(seconds=1))  # a second one asks as well

    assert len(waiting()) == 1


@pytest.mark.usefixtures("server")
def test_a_message_that_waits_for_its_channel_has_one_job() -> None:
    outgoing = queued()
    Health.objects.create(
        channel=outgoing.channel,
        way=Health.Way.OUT,
        failing_since=make.NOON,
        resting_until=make.NOON + timedelta(minutes=10),
    )

    for minute in range(1, 6):
        recover(now=make.NOON + timedelta(minutes=minute), after=AFTER)
        run(outgoing, now=make.NOON + timedelta(minutes=minute))

    assert len(waiting()) == 1


def test_what_nobody_foresaw_is_written_down_tried_later_and_given_up_in_time(
    server: Away,
) -> None:
    server.problem = RuntimeError("nobody foresaw this")
    outgoing = queued()

    deliver(outgoing.pk, now=make.NOON)
    outgoing.refresh_from_db()
    first = (outgoing.leased_until, outgoing.error, outgoing.maybe_twice, outgoing.failed_at)
    deliver(outgoing.pk, now=make.NOON + timedelta(days=5))

    outgoing.refresh_from_db()
    assert first == (None, "errore interno: si veda il registro", True, None)
    assert outgoing.failed_at == make.NOON + timedelta(days=5)
    assert not Health.objects.filter(failures__gt=0).exists()


def test_a_link_sealed_with_another_key_waits_and_was_surely_not_sent(server: Away) -> None:
    outgoing = queued()
    Outgoing.objects.filter(pk=outgoing.pk).update(link=b"sealed elsewhere")

    deliver(outgoing.pk, now=make.NOON)

    outgoing.refresh_from_db()
    assert (outgoing.leased_until, outgoing.attempts, outgoing.maybe_twice) == (None, 1, False)
    assert server.carried == 0
