"""Messages are read together, and what is wrong with one of them delays no other (F9, F14)."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.channels import registry
from ascolto.channels.adapters.email import outside
from ascolto.channels.models import Arrival, Attachment, Channel, Evidence, Item
from ascolto.channels.ports import DeliveryReport, Heard, HeardFile, Unreadable
from ascolto.channels.services import Letter, accept_many, queue, read_arrivals
from ascolto.channels.services.queueing import Errand
from ascolto.channels.services.reading import TRIES
from ascolto.channels.services.recovery import recover
from ascolto.kit.work import running_inline
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender
from ascolto.people.services import recognise_many
from ascolto.pressure.models import Unreachable
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db


@dataclass
class Told:
    """A reader that hears what the test says: a message, or a problem."""

    heard: dict[bytes, Heard | Exception] = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)

    def read(self, raw: bytes) -> Heard:
        self.asked.append(raw)
        said = self.heard.get(raw, words(raw.decode()))
        if isinstance(said, Exception):
            raise said
        return said


def words(text: str, **more: object) -> Heard:
    sender = Sender("EMAIL", f"{text}@example.org", text.capitalize())
    return Heard(sender=sender, message_id=f"<{text}@example.org>", text=text, **more)  # type: ignore[arg-type] # the test names the parts


@pytest.fixture
def reader() -> Iterator[Told]:
    one = Told()
    registry.register(Channel.Kind.EMAIL, reader=lambda: one, carrier=outside.carrier_of)
    yield one
    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=outside.carrier_of)


def accepted(*raws: bytes) -> list[int]:
    letters = [Letter(make.mailbox().pk, raw, raw.decode()) for raw in raws]
    return [one.arrival_id for one in accept_many(letters, now=make.NOON)]


def jobs(name: str) -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=name).order_by("id")]


def test_messages_are_heard_in_the_order_in_which_they_came(reader: Told) -> None:
    items = read_arrivals(accepted(b"marta", b"giulia", b"anna"), now=make.NOON)

    assert [item.text for item in items] == ["marta", "giulia", "anna"]
    assert jobs("triage.place_items")[-1]["subjects"] == [f"item:{item.pk}" for item in items]


def test_reading_twice_makes_no_second_item(reader: Told) -> None:
    ids = accepted(b"marta", b"giulia")
    read_arrivals(ids, now=make.NOON)

    assert read_arrivals(ids, now=make.NOON) == []
    assert Item.objects.count() == 2


def test_files_stay_with_the_message_they_came_with(reader: Told) -> None:
    photo = HeardFile("modem.jpg", "image/jpeg", b"rosso")
    reader.heard[b"giulia"] = words("giulia", files=[photo])

    read_arrivals(accepted(b"marta", b"giulia"), now=make.NOON)

    assert Attachment.objects.get().item.text == "giulia"


def test_what_cannot_be_read_is_set_apart_and_the_others_are_heard(reader: Told) -> None:
    reader.heard[b"guasto"] = Unreadable("troppe parti")

    items = read_arrivals(accepted(b"marta", b"guasto", b"giulia"), now=make.NOON)

    assert [item.text for item in items] == ["marta", "giulia"]
    assert Arrival.objects.get(quarantined_at=make.NOON).quarantine_reason == "troppe parti"


def test_a_fault_of_the_reader_is_tried_again_alone(reader: Told) -> None:
    reader.heard[b"guasto"] = RuntimeError("nobody foresaw this")
    ids = accepted(b"marta", b"guasto", b"giulia")

    items = read_arrivals(ids, now=make.NOON)

    assert [item.text for item in items] == ["marta", "giulia"]
    assert jobs("channels.read_arrivals")[-1] == {"arrival_ids": [ids[1]]}
    assert Arrival.objects.get(pk=ids[1]).attempts == 1


def test_what_the_database_refuses_is_tried_again_alone(reader: Told) -> None:
    reader.heard[b"guasto"] = words("guasto", quoted="\0")

    with transaction.atomic(), running_inline(queue_failures=True) as inline:
        ids = accepted(b"marta", b"guasto", b"giulia")

    assert sorted(Item.objects.values_list("text", flat=True)) == ["giulia", "marta"]
    assert [job.ids for job, _ in inline.failures] == [{"arrival_ids": [ids[1]]}]
    assert jobs("channels.read_arrivals") == [{"arrival_ids": [ids[1]]}]


def test_what_was_tried_before_does_not_share_its_tries(reader: Told) -> None:
    ids = accepted(b"marta", b"sospetto", b"giulia")
    Arrival.objects.filter(pk=ids[1]).update(attempts=1)  # a worker died while it read this one

    read_arrivals(ids, now=make.NOON)

    assert reader.asked == [b"marta", b"giulia"]
    assert jobs("channels.read_arrivals")[-1] == {"arrival_ids": [ids[1]]}


def test_what_is_being_read_is_not_asked_for_again_until_its_reader_must_have_died(
    reader: Told,
) -> None:
    (arrival_id,) = accepted(b"lungo")
    after = timedelta(seconds=45)
    ProcrastinateJob.objects.all().delete()
    Arrival.objects.update(attempts=1, tried_at=make.NOON + timedelta(minutes=2))

    while_reading = recover(now=make.NOON + timedelta(minutes=2, seconds=40), after=after)
    later = recover(now=make.NOON + timedelta(minutes=3), after=after)

    assert (while_reading, later) == (0, 1)
    assert jobs("channels.read_arrivals") == [{"arrival_ids": [arrival_id]}]
    assert reader.asked == []


def test_one_job_waits_for_an_arrival_whoever_asks_for_it(reader: Told) -> None:
    ids = accepted(b"marta", b"sospetto")
    ProcrastinateJob.objects.all().delete()
    Arrival.objects.filter(pk=ids[1]).update(attempts=1)

    read_arrivals(ids, now=make.NOON)
    read_arrivals(ids, now=make.NOON)
    recover(now=make.NOON + timedelta(minutes=5), after=timedelta(seconds=45))

    assert reader.asked == [b"marta"]
    assert jobs("channels.read_arrivals") == [{"arrival_ids": [ids[1]]}]


def test_too_many_tries_end_in_quarantine_without_another(reader: Told) -> None:
    (arrival_id,) = accepted(b"sospetto")
    Arrival.objects.update(attempts=TRIES)

    read_arrivals([arrival_id], now=make.NOON)

    assert reader.asked == []
    assert Arrival.objects.get().quarantine_reason == "la lettura si è interrotta tre volte"
    assert [deed.kind for deed in history_of(f"arrival:{arrival_id}")] == ["channels.quarantined"]


def test_of_a_bounce_and_a_mail_from_the_address_the_later_counts(reader: Told) -> None:
    giulia = make.identity("giulia@example.org")
    sent = queue(
        Errand("k", make.mailbox(), giulia, "Buongiorno", subject_ref="case:1"), now=make.NOON
    )
    bounce = Heard(
        kind="BOUNCE",
        reports=[DeliveryReport("BOUNCED_HARD", sent.message_id, giulia.value, "5.1.1")],
    )
    reader.heard[b"respinto"] = bounce

    read_arrivals(accepted(b"respinto", b"giulia"), now=make.NOON)

    assert Evidence.objects.get().kind == "BOUNCED_HARD"
    assert Unreachable.objects.get().reached_again_at == make.NOON


@pytest.mark.django_db(transaction=True)
def test_a_stranger_met_by_two_workers_at_once_is_one_customer() -> None:
    people = [Sender("EMAIL", f"{name}@example.org", name) for name in ("Anna", "Marta", "Zoe")]
    together = threading.Barrier(2)
    met: list[list[int]] = []

    def meet(senders: list[Sender]) -> None:
        together.wait(60)
        found = recognise_many(senders, now=make.NOON)
        met.append(sorted(one.identity.pk for one in found if one))
        connection.close()

    threads = [threading.Thread(target=meet, args=[order]) for order in (people, people[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(met) == 2
    assert met[0] == met[1]
    assert Customer.objects.count() == Identity.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_try_is_counted_for_everybody_before_the_message_is_read(reader: Told) -> None:
    (arrival_id,) = accepted(b"giulia")
    seen: list[int] = []

    def look() -> None:
        seen.append(Arrival.objects.get().attempts)
        connection.close()

    class Watched:
        def read(self, raw: bytes) -> Heard:
            looking = threading.Thread(target=look)
            looking.start()
            looking.join(60)
            return reader.read(raw)

    registry.register(Channel.Kind.EMAIL, reader=Watched, carrier=outside.carrier_of)
    read_arrivals([arrival_id], now=make.NOON)

    assert seen == [1]
