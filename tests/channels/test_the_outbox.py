"""What leaves, leaves once, with the gate's yes; what is doubtful is said (F3, F10, F11)."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.cases.models import Draft
from ascolto.cases.queries.shell import leaving
from ascolto.cases.services import (
    TooLate,
    answer,
    issue_link,
    link_for,
    revoke_link,
    undo_answer,
)
from ascolto.channels import registry
from ascolto.channels.adapters.email import outside
from ascolto.channels.adapters.email.smtp import Deferred, MaybeDelivered
from ascolto.channels.models import Channel, Evidence, Health, Outgoing
from ascolto.channels.ports import Carrier, NotNow, Parcel, Refused, Sent
from ascolto.channels.services import deliver
from ascolto.channels.services.recovery import recover
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(seconds=11)


@dataclass
class Postman:
    """Carries nothing far, remembers all, and can be told to fail."""

    carried: list[Parcel] = field(default_factory=list)
    problem: Exception | None = None
    takes: timedelta = timedelta(milliseconds=20)

    def carry(self, parcel: Parcel) -> Sent:
        time.sleep(self.takes.total_seconds())
        if self.problem is not None:
            raise self.problem
        self.carried.append(parcel)
        return Sent("SMTP_ACCEPTED", "250 ok")


@pytest.fixture
def postman() -> Iterator[Postman]:
    one = Postman()

    def carrier(_channel: Channel) -> Carrier:
        return one

    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=carrier)
    yield one
    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=outside.carrier_of)


def an_answer(*, now: datetime = make.NOON) -> Outgoing:
    message = answer(make.case(), author=make.colleague(), text="Ci siamo, Giulia.", now=now)
    assert message.outgoing is not None
    return message.outgoing


def test_an_answer_waits_its_undo_time_and_then_leaves_once(postman: Postman) -> None:
    outgoing = an_answer()

    deliver(outgoing.pk, now=make.NOON + timedelta(seconds=5))
    assert postman.carried == []
    for _ in range(3):
        deliver(outgoing.pk, now=LATER)

    assert [parcel.to_address for parcel in postman.carried] == ["giulia@example.org"]
    assert postman.carried[0].message_id == outgoing.message_id
    assert Evidence.objects.get(outgoing=outgoing).grade == "D"


def test_an_answer_quotes_what_it_answers_and_carries_the_customers_link(
    postman: Postman,
) -> None:
    outgoing = an_answer()

    deliver(outgoing.pk, now=LATER)

    assert postman.carried[0].in_reply_to == "<uno@example.org>"
    assert "/p/" in postman.carried[0].text
    assert "/p/" not in outgoing.text + outgoing.footer


def test_an_answer_called_back_is_a_draft_again_and_never_leaves(postman: Postman) -> None:
    elena = make.colleague()
    message = answer(make.case(), author=elena, text="Troppo presto", now=make.NOON)

    draft = undo_answer(message.pk, by=elena, now=make.NOON + timedelta(seconds=4))
    assert message.outgoing is not None
    deliver(message.outgoing.pk, now=LATER)

    assert draft is not None
    assert (draft.text, draft.kind) == ("Troppo presto", Draft.Kind.REPLY)
    assert postman.carried == []


def test_an_answer_that_has_left_cannot_be_called_back(postman: Postman) -> None:
    elena = make.colleague()
    message = answer(make.case(), author=elena, text="Partita", now=make.NOON)
    assert message.outgoing is not None
    deliver(message.outgoing.pk, now=LATER)

    with pytest.raises(TooLate):
        undo_answer(message.pk, by=elena, now=LATER)


def test_an_answer_has_left_when_the_server_said_yes(postman: Postman) -> None:
    outgoing = an_answer()
    yes = LATER + timedelta(seconds=90)

    deliver(outgoing.pk, now=LATER, clock=lambda: yes)

    outgoing.refresh_from_db()
    assert len(postman.carried) == 1
    assert (outgoing.sent_at, Evidence.objects.get(outgoing=outgoing).at) == (yes, yes)


def test_a_slow_no_is_waited_out_from_when_it_was_said(postman: Postman) -> None:
    outgoing = an_answer()
    postman.problem = NotNow("450 greylisted")
    said = LATER + timedelta(seconds=90)

    deliver(outgoing.pk, now=LATER, clock=lambda: said)

    outgoing.refresh_from_db()
    assert outgoing.not_before > said


def test_the_job_looks_at_the_clock_again_after_the_carrier(postman: Postman) -> None:
    outgoing = an_answer(now=timezone.now() - timedelta(minutes=1))
    began = timezone.now()

    app.tasks["channels.deliver"].func(outgoing_id=outgoing.pk)

    outgoing.refresh_from_db()
    assert outgoing.sent_at is not None
    assert outgoing.sent_at > began + postman.takes


def test_an_answer_that_may_have_left_already_is_not_called_back(postman: Postman) -> None:
    elena = make.colleague()
    message = answer(make.case(), author=elena, text="Forse partita", now=make.NOON)
    assert message.outgoing is not None
    offered = [one.pk for one in leaving(elena, now=make.NOON)]
    postman.problem = MaybeDelivered("no answer after DATA")
    deliver(message.outgoing.pk, now=LATER)

    assert offered == [message.pk]
    assert leaving(elena, now=LATER) == []
    with pytest.raises(TooLate):
        undo_answer(message.pk, by=elena, now=LATER)


def test_a_no_for_now_is_tried_again_later(postman: Postman) -> None:
    outgoing = an_answer()
    postman.problem = NotNow("450 greylisted")

    deliver(outgoing.pk, now=LATER)
    outgoing.refresh_from_db()
    assert (outgoing.attempts, outgoing.error) == (1, "450 greylisted")
    assert outgoing.not_before > LATER
    postman.problem = None
    deliver(outgoing.pk, now=outgoing.not_before + timedelta(seconds=1))

    assert len(postman.carried) == 1


def test_a_no_for_good_puts_the_customer_back_in_line(postman: Postman) -> None:
    outgoing = an_answer()
    postman.problem = Refused("550 no such user")

    deliver(outgoing.pk, now=LATER)

    outgoing.refresh_from_db()
    assert outgoing.failed_at == LATER
    assert Evidence.objects.get(outgoing=outgoing).grade == "N"


def test_a_worker_that_died_while_sending_makes_it_maybe_twice(postman: Postman) -> None:
    outgoing = an_answer()
    Outgoing.objects.filter(pk=outgoing.pk).update(leased_until=LATER, attempts=1)

    deliver(outgoing.pk, now=LATER - timedelta(seconds=1))
    assert postman.carried == []
    deliver(outgoing.pk, now=LATER + timedelta(minutes=1))

    outgoing.refresh_from_db()
    assert outgoing.maybe_twice
    assert len(postman.carried) == 1


def test_three_failures_let_the_channel_rest(postman: Postman) -> None:
    outgoing = an_answer()
    postman.problem = NotNow("timed out")
    now = LATER
    for _ in range(3):
        deliver(outgoing.pk, now=now)
        outgoing.refresh_from_db()
        now = outgoing.not_before + timedelta(seconds=1)

    health = Health.objects.get(way=Health.Way.OUT)

    assert health.failures == 3
    assert health.resting_until is not None


def test_nothing_leaves_that_the_gate_held_back() -> None:
    outgoing = an_answer()

    with pytest.raises(IntegrityError), transaction.atomic():
        Outgoing.objects.filter(pk=outgoing.pk).update(verdict="HOLD", sent_at=LATER)


def test_a_message_without_a_job_is_found_again() -> None:
    an_answer()
    ProcrastinateJob.objects.all().delete()

    assert recover(now=LATER + timedelta(minutes=5), after=timedelta(seconds=45)) == 1


def test_one_full_mailbox_does_not_make_the_channel_rest(postman: Postman) -> None:
    outgoing = an_answer()
    postman.problem = Deferred("RCPT TO: 452 mailbox full")

    deliver(outgoing.pk, now=LATER)

    outgoing.refresh_from_db()
    assert outgoing.error.startswith("RCPT TO")
    assert not Health.objects.filter(way=Health.Way.OUT, failures__gt=0).exists()


def test_who_said_it_is_not_him_gets_no_talk_of_a_page(postman: Postman) -> None:
    case = make.case()
    link = link_for(issue_link(case, make.identity(), now=make.NOON), now=make.NOON)
    assert link is not None
    revoke_link(link, now=make.NOON)

    message = answer(case, author=make.colleague(), text="Ci siamo.", now=make.NOON)
    assert message.outgoing is not None
    deliver(message.outgoing.pk, now=LATER)

    assert postman.carried[-1].text.rstrip().endswith("Elena Sala")
