"""One line in public that somebody has read it, before the rest is written in private."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.policy import ACKNOWLEDGED_KEY
from ascolto.cases.services.manners import Setting, mind_manners, worded
from ascolto.cases.services.saying import put_into
from ascolto.cases.services.telling import tell
from ascolto.channels import services as channels
from ascolto.channels.registry import can_carry, manners_of
from ascolto.channels.services import Errand
from ascolto.knowledge.automatic import Words, own_words
from ascolto.knowledge.models import Template
from ascolto.knowledge.policy import fields_in
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company


class CannotGoAside(Exception):
    """It was not said in public, or what follows could not be written to him alone there."""


@transaction.atomic
def acknowledge(heard: Message, text: str, *, by: Colleague, now: datetime) -> Message:
    """Say under these public words of his that we read them. It leaves after the undo time.

    It is a receipt with an author: no answer, it stops no clock and keeps no promise. From then
    on what is written in this thread is for him alone, until he speaks there again. Whoever has
    been told since he last spoke is not told twice: then it is the message of that time. Raises
    `CannotGoAside`, `TooLong` or `TooLateThere`.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=heard.case_id)
    whole = Conversation.objects.select_related("channel", "identity__customer", "case")
    thread = whole.get(pk=heard.conversation_id)
    if thread.aside_at is not None and thread.aside_at >= heard.at:
        known = Message.objects.filter(conversation=thread, at=thread.aside_at)
        return known.filter(outgoing__key__startswith=ACKNOWLEDGED_KEY).latest("pk")
    item, manners = heard.item, manners_of(thread.channel.kind)
    answers = item.post.get("answerable") if item is not None and item.public else None
    if item is None or not answers or not manners.aside or not can_carry(thread.channel):
        raise CannotGoAside(case.number)
    said = worded(thread, text.strip(), public=True)
    setting = Setting(True, dict(answers), item.heard_at)  # noqa: FBT003 # public
    mind_manners(thread, said, files=(), setting=setting, now=now)
    errand = Errand(
        key=f"{ACKNOWLEDGED_KEY}{heard.pk}-{uuid4().hex[:12]}",
        channel=thread.channel,
        identity=thread.identity,
        text=said,
        subject_ref=case.reference,
        author=by,
        automatic=True,
        public=True,
        answers=setting.answers,
        in_reply_to=item.message_id,
    )
    outgoing = channels.queue(errand, now=now, wait=timedelta(seconds=by.undo_seconds))
    thread.aside_at = now
    thread.save(update_fields=["aside_at"])
    message = put_into(thread, outgoing, at=now)
    tell("cases.acknowledged", case, at=now, by=by, message=message.pk)
    return message


def took_back(message: Message, *, by: Colleague, now: datetime) -> None:
    """It was called back: nothing was said, and what is written there is public again."""
    _in_public_again(message)
    message.delete()
    tell("cases.acknowledgement_withdrawn", message.case, at=now, by=by)


def did_not_arrive(outgoing_id: int) -> None:
    """Nobody read it: what is written there is public again. Safe to run twice."""
    for message in acknowledgements().filter(outgoing=outgoing_id, outgoing__sent_at=None):
        _in_public_again(message)


def acknowledgements() -> QuerySet[Message]:
    return Message.objects.filter(outgoing__key__startswith=ACKNOWLEDGED_KEY)


def words_for(language: str) -> str:
    """The company's own, or ours, with `{nome}` still in braces."""
    language = language.partition("-")[0]
    own = own_words(Template.Key.READ_IT, {language}).get(language) or our_acknowledgement(language)
    values = {"azienda": company().name} if "azienda" in fields_in(own.text) else {}
    return own.filled(values).text


def our_acknowledgement(language: str) -> Words:
    with override(language):
        said = gettext("%(name)s, abbiamo letto il suo messaggio: le scriviamo in privato.")
        return Words("", said % {"name": "{nome}"})


def _in_public_again(message: Message) -> None:
    Conversation.objects.filter(pk=message.conversation_id, aside_at=message.at).update(
        aside_at=None
    )
