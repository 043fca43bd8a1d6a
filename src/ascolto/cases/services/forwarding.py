from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from ascolto.cases.models import Conversation, Draft, DraftFile, Message
from ascolto.cases.policy import FORWARD_KEY, forward_subject
from ascolto.cases.services.answering import NoWayToAnswer
from ascolto.cases.services.saying import put_into, signature_of
from ascolto.channels import services as channels
from ascolto.channels.models import Channel
from ascolto.channels.queries import mailbox_for
from ascolto.channels.services import Errand
from ascolto.people.policy import Sender
from ascolto.people.queries import records_of
from ascolto.people.services import recognise
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company
from ascolto.timeline.services import record


class ToTheCustomer(Exception):
    """The address is the customer's own: what goes to him is an answer, not a forward."""


@transaction.atomic
def forward(  # noqa: PLR0913 # a forward is of what, by whom, to whom, with which words, when
    message: Message,
    *,
    author: Colleague,
    to: str,
    text: str,
    now: datetime,
    cc: Sequence[str] = (),
    files: Sequence[DraftFile] = (),
) -> Message:
    """Send a message of a case, quoted and with its files, to somebody outside, by mail.

    It answers nobody: the customer's clocks run on, and he never sees it, nor what comes back.
    The letter carries no link to his page. It can be called back like an answer.
    """
    case = message.case
    identity = recognise(Sender("EMAIL", to), now=now)
    if identity.customer_id in records_of(case.customer_id):
        raise ToTheCustomer(to)
    thread, _ = Conversation.objects.get_or_create(
        case=case,
        channel=_mailbox(message),
        identity=identity,
        defaults={"opened_at": now},
    )
    outgoing = channels.queue(
        Errand(
            key=f"{FORWARD_KEY}{uuid4().hex}",
            channel=thread.channel,
            identity=identity,
            text=f"{text.strip()}\n\n{quotation(message)}".strip(),
            subject=forward_subject(case.subject),
            subject_ref=case.reference,
            author=author,
            footer=signature_of(author, identity.customer.language),
            cc=tuple(cc),
            files=[*_its_files(message), *((f.blob_id, f.name, f.content_type) for f in files)],
        ),
        now=now,
        wait=timedelta(seconds=author.undo_seconds),
    )
    said = put_into(thread, outgoing, at=now)
    Draft.objects.filter(case=case, author=author, kind=Draft.Kind.FORWARD).delete()
    record(
        "cases.forwarded",
        at=now,
        subject=case.reference,
        customer_id=case.customer_id,
        by=author,
        team_id=case.team_id,
        message=said.pk,
        to=identity.value,
    )
    return said


def quotation(message: Message) -> str:
    """The message as it stands below a forward: who wrote it, when, to whom it may concern."""
    with override(company().language):
        who = message.conversation.identity
        if message.item is not None:
            writer = f"{message.item.author_name or who.customer.name} <{who.value}>"
        else:
            writer = message.author.name if message.author else company().name
        lines = [
            gettext("---------- Messaggio inoltrato ----------"),
            gettext("Da: %s") % writer,
            gettext("Data: %s") % date_format(timezone.localtime(message.at), "j F Y, H:i"),
            gettext("Oggetto: %s") % (message.subject or message.case.subject),
        ]
    return "\n".join([*lines, "", message.text])


def _mailbox(message: Message) -> Channel:
    channel = message.conversation.channel
    mailbox = channel if channel.kind == Channel.Kind.EMAIL else mailbox_for(channel)
    if mailbox is None:
        raise NoWayToAnswer(message.case.number)
    return mailbox


def _its_files(message: Message) -> list[tuple[str, str, str]]:
    if message.item is not None:
        came = message.item.attachments.filter(inline=False).order_by("pk")
        return list(came.values_list("blob_id", "name", "content_type"))
    if message.outgoing is not None:
        left = message.outgoing.enclosures.order_by("pk")
        return list(left.values_list("blob_id", "name", "content_type"))
    return []
