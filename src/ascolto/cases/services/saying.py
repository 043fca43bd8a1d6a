"""How words of ours become a message on its way out, in its place in a case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext, override

from ascolto.cases.models import Conversation, DraftFile, Message
from ascolto.cases.policy import reply_subject
from ascolto.cases.services.linking import link_address
from ascolto.channels import services as channels
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.services import Errand
from ascolto.staff.models import Colleague

MOST_ANCESTORS = 20


def say_automatically(
    thread: Conversation, *, key: str, subject: str, text: str, now: datetime
) -> Message:
    """Send a message of the house itself, such as a receipt. It stops no clock."""
    in_reply_to, references = _ancestors(thread)
    errand = Errand(
        key=key,
        channel=thread.channel,
        identity=thread.identity,
        text=text,
        subject=subject,
        subject_ref=thread.case.reference,
        automatic=True,
        link=link_address(thread.case, thread.identity, now=now),
        footer=_footer(thread),
        in_reply_to=in_reply_to,
        references=references,
    )
    return put_into(thread, channels.queue(errand, now=now), at=now)


def errand_of(
    thread: Conversation,
    *,
    author: Colleague,
    text: str,
    files: Sequence[DraftFile],
    now: datetime,
) -> Errand:
    """An answer of a colleague, as the outbox takes it."""
    in_reply_to, references = _ancestors(thread)
    return Errand(
        key=f"answer-{uuid4().hex}",
        channel=thread.channel,
        identity=thread.identity,
        text=text,
        subject=reply_subject(thread.case.subject),
        subject_ref=thread.case.reference,
        author=author,
        link=link_address(thread.case, thread.identity, now=now),
        footer=_footer(thread, signature=author.signature or author.name),
        in_reply_to=in_reply_to,
        references=references,
        files=[(file.blob_id, file.name, file.content_type) for file in files],
    )


def put_into(thread: Conversation, outgoing: Outgoing, *, at: datetime) -> Message:
    """The message's place in the case. Asking twice gives the same one."""
    message, _ = Message.objects.get_or_create(
        outgoing=outgoing,
        defaults={
            "case": thread.case,
            "conversation": thread,
            "author": outgoing.author,
            "proof": Message.Proof.OURS,
            "at": at,
            "subject": outgoing.subject[:300],
            "text": outgoing.text,
        },
    )
    return message


def _footer(thread: Conversation, *, signature: str = "") -> str:
    with override(thread.identity.customer.language):
        words = gettext("Qui vede a che punto siamo e può scriverci, senza registrarsi:")
    return f"{signature}\n\n{words}".strip()


def _ancestors(thread: Conversation) -> tuple[str, tuple[str, ...]]:
    """In-Reply-To and References: what makes a mail program show it under what it answers."""
    last = (
        Item.objects.filter(message__conversation=thread)
        .exclude(message_id="")
        .order_by("-heard_at")
        .first()
    )
    if last is None:
        return "", ()
    return last.message_id, (*reversed(last.references[:MOST_ANCESTORS]), last.message_id)
