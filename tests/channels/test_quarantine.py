"""What cannot be read stays, with its bytes, and delays nobody (F9, F14)."""

import pytest

from ascolto.channels.models import Arrival, Item
from ascolto.channels.services import accept, read_arrival, try_again
from ascolto.channels.services.reading import TRIES
from tests import make

pytestmark = pytest.mark.django_db


def test_a_mail_without_a_sender_is_shown_to_a_person() -> None:
    raw = b"Subject: chi sono?\r\nMessage-ID: <x@example.org>\r\n\r\nAiuto\r\n"

    assert make.receive(raw) is None

    arrival = Arrival.objects.select_related("raw").get()
    assert "chi scrive" in arrival.quarantine_reason
    assert bytes(arrival.raw.content) == raw


def test_what_killed_its_reader_three_times_is_set_apart() -> None:
    accepted = accept(make.mailbox().pk, make.mail(), external_id="x", envelope={}, now=make.NOON)
    Arrival.objects.filter(pk=accepted.arrival_id).update(attempts=TRIES)

    read_arrival(accepted.arrival_id, now=make.NOON)

    assert Arrival.objects.get().quarantined_at == make.NOON
    assert not Item.objects.exists()


def test_a_quarantined_message_can_be_read_again() -> None:
    accepted = accept(make.mailbox().pk, make.mail(), external_id="x", envelope={}, now=make.NOON)
    Arrival.objects.filter(pk=accepted.arrival_id).update(attempts=TRIES)
    read_arrival(accepted.arrival_id, now=make.NOON)

    try_again(Arrival.objects.get(), by=make.colleague(), now=make.NOON)
    read_arrival(accepted.arrival_id, now=make.NOON)

    assert Item.objects.get().subject == "Fibra giù"


def test_a_used_message_id_with_other_content_is_another_message() -> None:
    make.receive(make.mail("Prima"))

    make.receive(make.mail("Seconda, con lo stesso Message-ID"))

    assert Item.objects.count() == 2
