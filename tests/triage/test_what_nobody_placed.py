"""What was heard is seen, even if nobody could place it at first."""

from datetime import timedelta

import pytest
from django.db import transaction

from ascolto.cases.models import Message
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Item
from ascolto.channels.services import Letter, accept_many, read_arrivals
from ascolto.kit.work import running_inline
from ascolto.triage.recovery import recover
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_queue")]
LATER = make.NOON + timedelta(minutes=11)


def heard_only(raw: bytes) -> Item:
    """An item whose job to place it was lost."""
    accepted = accept_many([Letter(make.mailbox().pk, raw, external_id(raw))], now=make.NOON)
    read_arrivals([one.arrival_id for one in accepted], now=make.NOON)
    return Item.objects.get()


def recovered(*, whole: bool) -> int:
    with transaction.atomic(), running_inline():
        return recover(now=LATER, whole=whole)


@pytest.mark.parametrize("whole", [False, True])
def test_a_message_that_no_case_shows_is_placed_after_all(*, whole: bool) -> None:
    item = heard_only(make.mail())

    assert recovered(whole=whole) == 1

    assert Message.objects.get(item=item).case.subject == "Fibra giù"


def test_a_message_that_is_still_being_tried_is_left_alone() -> None:
    heard_only(make.mail())

    assert recover(now=make.NOON + timedelta(minutes=5)) == 0


def test_what_machines_wrote_is_not_lost_because_no_case_shows_it() -> None:
    heard_only(make.mail(headers={"Auto-Submitted": "auto-replied"}))

    assert recovered(whole=True) == 0


def test_a_mail_as_long_as_mail_may_be_is_placed_and_found_by_its_beginning() -> None:
    words = " ".join(f"parola{number}" for number in range(150_000))

    item = make.receive(make.mail(words))

    message = Message.objects.get(item=item)
    assert len(message.text) > 1_000_000
    assert Message.objects.filter(search="parola7").exists()


def test_the_most_that_is_searched_fits_even_of_dense_foreign_words() -> None:
    letters = [chr(0x20000 + number) for number in range(400)]
    pairs = ["".join(pair) for pair in zip(letters * 400, sorted(letters * 400), strict=True)]
    words = " ".join("-".join(pairs[start : start + 5]) for start in range(0, 160_000, 5))

    item = make.receive(make.mail(words))

    assert Message.objects.filter(item=item).exists()
