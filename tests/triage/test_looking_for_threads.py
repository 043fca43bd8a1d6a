"""Finding a thread, or the mail of machines, costs the same in a house that has heard a lot."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Arrival, Item
from ascolto.channels.services import Letter, accept_many, read_arrivals
from ascolto.desk.quarantine_queries import machine_mail
from ascolto.triage.services import place_many
from tests import make

pytestmark = pytest.mark.django_db
MANY = 5_000


def heard(raw: bytes) -> Item:
    """An item that stands in no case yet."""
    accepted = accept_many([Letter(make.mailbox().pk, raw, external_id(raw))], now=make.NOON)
    read_arrivals([one.arrival_id for one in accepted], now=make.NOON)
    return Item.objects.get(arrival=accepted[0].arrival_id)


def many_more_like(item: Item) -> None:
    raw_id, channel = item.arrival.raw_id, item.channel
    arrivals = Arrival.objects.bulk_create(
        Arrival(channel=channel, external_id=f"old-{n}", raw_id=raw_id, received_at=make.NOON)
        for n in range(MANY)
    )
    Item.objects.bulk_create(
        Item(
            arrival=arrival,
            channel=channel,
            identity=item.identity,
            message_id=f"<{n}@old.example>",
            references=[f"<of-{n}@old.example>"],
            heard_at=make.NOON,
        )
        for n, arrival in enumerate(arrivals)
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze channels_item")


def plan_of(sql: str, *, without: str = "") -> str:
    """`without`: a way that pays only while there are a dozen messages."""
    with connection.cursor() as cursor:
        if without:
            cursor.execute(f"set local {without} = off")
        cursor.execute(f"explain {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())


def test_who_answered_this_before_it_came_is_looked_up_in_an_index() -> None:
    many_more_like(heard(make.mail()))
    late = heard(make.mail(message_id="<due@example.org>"))

    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        place_many([late.pk], now=make.NOON)

    asked = next(query["sql"] for query in captured if "?|" in query["sql"])
    assert "item_references" in plan_of(asked, without="enable_nestloop")


def test_the_list_of_machine_mail_is_read_from_an_index_of_its_own() -> None:
    many_more_like(heard(make.mail()))
    notice = heard(
        make.mail(message_id="<m@example.org>", headers={"Auto-Submitted": "auto-replied"})
    )

    with CaptureQueriesContext(connection) as captured:
        shown = machine_mail(None, before=None)

    assert [item.pk for item in shown.items] == [notice.pk]
    assert "item_of_machines" in plan_of(captured[0]["sql"])
