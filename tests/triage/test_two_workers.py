"""Two workers place the mails of one person at the same moment."""

import threading

import pytest
from django.db import connection, transaction

from ascolto.cases.models import Case
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.services import Letter, accept_many, read_arrivals
from ascolto.triage.services import place_many
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_queue")]


def heard(*raws: bytes) -> list[int]:
    """The ids of the items in these mails, which stand in no case yet."""
    letters = [Letter(make.mailbox().pk, raw, external_id(raw)) for raw in raws]
    accepted = accept_many(letters, now=make.NOON)
    read_arrivals([one.arrival_id for one in accepted], now=make.NOON)
    return list(Item.objects.order_by("pk").values_list("pk", flat=True))


def place_together(first: int, second: int) -> None:
    """Place one item, and before that is committed, another in a second connection."""
    worker = threading.Thread(target=_place_and_close, args=[second])
    with transaction.atomic():
        place_many([first], now=make.NOON)
        worker.start()
        worker.join(1.0)
    worker.join(60)
    assert not worker.is_alive()


def _place_and_close(item_id: int) -> None:
    try:
        place_many([item_id], now=make.NOON)
    finally:
        connection.close()


def test_a_mail_and_its_follow_up_end_in_one_case() -> None:
    follow_up = make.mail(
        "Aggiungo: anche il telefono.",
        message_id="<due@example.org>",
        in_reply_to="<uno@example.org>",
    )

    place_together(*heard(make.mail(), follow_up))

    assert Case.objects.count() == 1


def test_two_first_mails_of_one_person_have_one_receipt() -> None:
    place_together(*heard(make.mail(), make.mail("Altro.", message_id="<due@example.org>")))

    assert Case.objects.count() == 2
    assert Outgoing.objects.filter(automatic=True).count() == 1
