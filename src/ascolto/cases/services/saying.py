"""How words of ours become a message on its way out, in its place in a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext, override

from ascolto.cases.models import Conversation, DraftFile, Message
from ascolto.cases.policy import reply_subject
from ascolto.cases.services.linking import link_addresses
from ascolto.cases.services.manners import setting_of, worded
from ascolto.channels import services as channels
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.policy import NETWORKS
from ascolto.channels.services import Errand
from ascolto.knowledge.automatic import Words, own_words
from ascolto.knowledge.models import Template
from ascolto.knowledge.policy import fields_in
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company

MOST_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class Saying:
    """Words of the house itself, such as a receipt, said under the item they answer.

    `key` is new: it names rows written in this same transaction.
    """

    thread: Conversation
    answers: Item
    key: str
    subject: str
    text: str


@transaction.atomic(savepoint=False)
def say_many(sayings: Sequence[Saying], *, now: datetime) -> list[Message]:
    """Send messages that nobody here wrote. They stop no clock."""
    threads = [saying.thread for saying in sayings]
    links = link_addresses([(thread.case, thread.identity) for thread in threads], now=now)
    lines = _own_lines(threads)
    errands = [
        _automatic(saying, link=link, lines=lines)
        for saying, link in zip(sayings, links, strict=True)
    ]
    several = channels.queue_new(errands, now=now)
    return Message.objects.bulk_create(
        Message(outgoing=outgoing, **_place(thread, outgoing, at=now))
        for thread, outgoing in zip(threads, several, strict=True)
    )


def _automatic(saying: Saying, *, link: str, lines: Mapping[str, Words]) -> Errand:
    thread = saying.thread
    in_reply_to, references = _lineage(saying.answers)
    return Errand(
        key=saying.key,
        channel=thread.channel,
        identity=thread.identity,
        text=saying.text,
        subject=saying.subject,
        subject_ref=thread.case.reference,
        automatic=True,
        link=link,
        footer=_footer(thread, link=link, lines=lines),
        in_reply_to=in_reply_to,
        references=references,
    )


def errand_of(  # what a colleague says, where, with which files and copies, when
    thread: Conversation,
    *,
    author: Colleague,
    text: str,
    files: Sequence[DraftFile],
    cc: Sequence[str] = (),
    now: datetime,
) -> Errand:
    """An answer of a colleague, as the outbox takes it.

    The link to the customer's page is for him alone: who gets a copy must not hold it too.
    """
    in_reply_to, references = _ancestors(thread)
    if thread.channel.kind in NETWORKS:
        return spoken_errand(thread, text, author=author, files=files, in_reply_to=in_reply_to)
    link = "" if cc else link_addresses([(thread.case, thread.identity)], now=now)[0]
    return Errand(
        key=f"answer-{uuid4().hex}",
        channel=thread.channel,
        identity=thread.identity,
        text=text,
        subject=_subject(thread, answers=bool(in_reply_to)),
        subject_ref=thread.case.reference,
        author=author,
        link=link,
        footer=_footer(
            thread,
            signature=signature_of(author, thread.identity.customer.language),
            link=link,
            lines=_own_lines([thread]) if link else {},
        ),
        cc=tuple(cc),
        in_reply_to=in_reply_to,
        references=references,
        files=[(file.blob_id, file.name, file.content_type) for file in files],
    )


def spoken_errand(
    thread: Conversation,
    text: str,
    *,
    author: Colleague | None,
    files: Sequence[DraftFile] = (),
    in_reply_to: str = "",
    key: str = "",
) -> Errand:
    """Words on a network: no subject, no signature, and never a link to what is his alone."""
    setting = setting_of(thread)
    return Errand(
        key=key or f"answer-{uuid4().hex}",
        channel=thread.channel,
        identity=thread.identity,
        text=worded(thread, text, public=setting.public),
        subject_ref=thread.case.reference,
        author=author,
        automatic=author is None,
        in_reply_to=in_reply_to,
        files=[(file.blob_id, file.name, file.content_type) for file in files],
        public=setting.public,
        answers=setting.answers,
    )


def signature_of(author: Colleague, language: str) -> str:
    """How he signs to who reads this language; his own signature if he has none for it."""
    own = author.signatures.get(language.partition("-")[0])
    return own or author.signature or author.name


def put_into(thread: Conversation, outgoing: Outgoing, *, at: datetime) -> Message:
    """The message's place in the case. Asking twice gives the same one."""
    message, _ = Message.objects.get_or_create(
        outgoing=outgoing, defaults=_place(thread, outgoing, at=at)
    )
    return message


def _place(thread: Conversation, outgoing: Outgoing, *, at: datetime) -> dict[str, Any]:
    return {
        "case": thread.case,
        "conversation": thread,
        "author": outgoing.author,
        "proof": Message.Proof.OURS,
        "at": at,
        "subject": outgoing.subject[:300],
        "text": outgoing.text,
    }


def our_link_line(language: str) -> str:
    """What stands before the link to the customer's page, if the company has no words for it."""
    with override(language):
        return gettext("Qui vede a che punto siamo e può scriverci, senza registrarsi:")


def _own_lines(threads: Sequence[Conversation]) -> dict[str, Words]:
    """The company's own line before the link, by language. One query."""
    languages = {thread.identity.customer.language.partition("-")[0] for thread in threads}
    return own_words(Template.Key.LINK_LINE, languages)


def _footer(
    thread: Conversation, *, signature: str = "", link: str, lines: Mapping[str, Words]
) -> str:
    """The last lines of a mail. Who said that the link is not his gets none, and no talk of it."""
    if not link:
        return signature
    language = thread.identity.customer.language
    own = lines.get(language.partition("-")[0])
    if own is None:
        words = our_link_line(language)
    else:
        values = {"caso": thread.case.number}
        if "azienda" in fields_in(own.text):
            values["azienda"] = company().name
        words = own.filled(values).text
    return f"{signature}\n\n{words}".strip()


def _subject(thread: Conversation, *, answers: bool) -> str:
    """The first letter of a case that we begin answers nothing, and does not say that it does."""
    began = answers or Message.objects.filter(case=thread.case).exists()
    return reply_subject(thread.case.subject) if began else thread.case.subject


def _ancestors(thread: Conversation) -> tuple[str, tuple[str, ...]]:
    """In-Reply-To and References: what makes a mail program show it under what it answers."""
    last = (
        Item.objects.filter(message__conversation=thread)
        .exclude(message_id="")
        .order_by("-heard_at")
        .first()
    )
    if last is None:  # or the letter that the case began with, where it stands in another one
        last = Item.objects.filter(message__matters__case=thread.case_id).first()
    return _lineage(last) if last else ("", ())


def _lineage(item: Item) -> tuple[str, tuple[str, ...]]:
    """What it answers, and the ancestors of that, nearest first, as the outbox takes them."""
    if not item.message_id:
        return "", ()
    return item.message_id, tuple(item.references[:MOST_ANCESTORS])
