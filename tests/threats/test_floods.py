"""T21: nobody makes us flood somebody else. By mail; the form's own measures: tests/api/test_form.

The published campaigns counted in tens of thousands; seven hundred here, twice, in seconds.
What is asserted does not depend on the number.
"""

import pytest
from django.db import transaction
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.channels.models import Outgoing
from ascolto.channels.services import Letter, accept_many, deliver
from ascolto.kit.work import running_inline
from ascolto.triage.policy.receipts import MOST_ACKNOWLEDGEMENTS
from tests import make
from tests.threats.post import opened, post_office

pytestmark = pytest.mark.django_db
FLOOD = 700
AT_ONCE = 50
LURE = "VINCI-SUBITO"


def flood(addresses: list[str]) -> None:
    """Mails that each claim another's address, and say what they like."""
    box = make.mailbox()
    letters = [
        Letter(box.pk, forged(address, number), f"flood-{number}")
        for number, address in enumerate(addresses)
    ]
    for start in range(0, len(letters), AT_ONCE):
        with transaction.atomic(), running_inline():
            accept_many(letters[start : start + AT_ONCE], now=timezone.now())


def forged(address: str, number: int) -> bytes:
    return make.mail(
        f"{LURE} su http://truffa.example/{number}",
        subject=f"{LURE} {number}",
        sender=f"{LURE} http://truffa.example <{address}>",
        message_id=f"<{LURE.lower()}-{number}@truffa.example>",
    )


def test_a_victim_named_hundreds_of_times_gets_one_receipt_without_a_word_of_the_forger() -> None:
    flood(["vittima@example.org"] * FLOOD)

    receipt = Outgoing.objects.get()
    with post_office() as office:
        deliver(receipt.pk, now=timezone.now())

    assert Case.objects.count() == FLOOD  # nothing is lost over it
    (raw,) = office.sent
    mail = opened(raw)
    said = " ".join([str(mail["To"]), str(mail["Subject"]), str(mail["From"]), mail.get_content()])
    assert LURE not in said
    assert "truffa" not in said


def test_hundreds_of_victims_do_not_get_more_than_the_hours_measure() -> None:
    flood([f"vittima{number}@example.org" for number in range(FLOOD)])

    assert Outgoing.objects.count() == MOST_ACKNOWLEDGEMENTS < FLOOD
