"""A case that begins with words of ours: nobody has asked, and somebody should know."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.services.answering import NothingToSay, NoWayToAnswer, answer
from ascolto.cases.services.reaching import NotReached
from ascolto.cases.services.telling import tell
from ascolto.channels.models import Channel
from ascolto.channels.registry import can_carry
from ascolto.people.models import Customer, Identity
from ascolto.people.queries import records_of
from ascolto.pressure.models import Unreachable
from ascolto.staff.models import Colleague


class NoSubject(Exception):
    """A first letter says what it is about."""


@dataclass(frozen=True, slots=True)
class FirstLetter:
    """To which of his addresses, from which mailbox, and what."""

    identity: Identity
    mailbox: Channel
    subject: str
    text: str


@transaction.atomic
def begin_case(
    customer: Customer, letter: FirstLetter, *, author: Colleague, now: datetime
) -> Message:
    """Write to a customer first. The case is the author's, of the mailbox's team; the turn is his.

    No clock runs: he has asked nothing. It can be called back like an answer; the case stays,
    with the draft in it. Raises `NoSubject`, `NothingToSay`, `NoWayToAnswer`, `NotReached`.
    """
    subject = " ".join(letter.subject.split())[:300]
    if not subject:
        raise NoSubject
    if not letter.text.strip():
        raise NothingToSay(subject)
    identity, mailbox = letter.identity, letter.mailbox
    his = identity.kind == Identity.Kind.EMAIL and identity.customer_id in records_of(customer.pk)
    if not his or mailbox.closed_at is not None or not can_carry(mailbox):
        raise NoWayToAnswer(identity.value)
    if Unreachable.objects.filter(identity=identity, reached_again_at=None).exists():
        raise NotReached(identity.value)
    case = Case.objects.create(
        customer=customer,
        subject=subject,
        team=mailbox.team,
        assignee=author,
        opened_at=now,
        last_at=now,
        last_channel_kind=mailbox.kind,
    )
    thread = Conversation.objects.create(
        case=case, channel=mailbox, identity=identity, opened_at=now
    )
    tell("cases.opened", case, at=now, by=author)
    return answer(case, author=author, text=letter.text, conversation=thread, now=now)
