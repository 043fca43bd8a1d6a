"""Who asked in two places is answered in one, and told in the other where the answer is."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext, override

from ascolto.cases.models import Conversation, Message
from ascolto.cases.policy import POINTER_KEY, reply_subject
from ascolto.cases.queries.ways import is_way_to_answer
from ascolto.cases.services.manners import TooLong, mind_manners, setting_of, worded
from ascolto.cases.services.saying import Saying, put_into, say_many, spoken_errand
from ascolto.channels import services as channels
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.policy import NETWORKS
from ascolto.knowledge.automatic import Words, own_words
from ascolto.knowledge.models import Template
from ascolto.knowledge.policy import fields_in
from ascolto.staff.queries import company


def point_to(answered: Message, *, now: datetime) -> list[Message]:
    """Tell the other threads of this case, where he still waits, where the answer is.

    Called once the answer has left: called back before, it was never pointed to. One of the two
    channels is a network; of two addresses of one person, the second is not written to. Nothing
    of what was said, nor where he can be reached, stands in a pointer: anybody may read it.
    Safe to run twice.
    """
    thread = answered.conversation
    made = []
    for other in _still_waiting(answered):
        networks = {thread.channel.kind, other.channel.kind} & NETWORKS
        if thread.channel.kind == other.channel.kind or not networks:
            continue
        if is_way_to_answer(other, other.case):
            made += _pointer(answered, other, now=now)
    return made


def our_pointer(language: str) -> Words:
    """Where the answer is, and nothing else; with its field still in braces."""
    with override(language):
        said = gettext("Le abbiamo appena risposto: trova la risposta via %(channel)s.")
        return Words("", said % {"channel": "{canale}"})


def _still_waiting(answered: Message) -> QuerySet[Conversation]:
    """The other threads in which he has said something that no word of ours followed."""
    words = Q(outgoing__automatic=False) | Q(outgoing__key__startswith=POINTER_KEY)
    later = Message.objects.filter(  # a receipt is no word of ours
        words,
        conversation=OuterRef("conversation"),
        outgoing__isnull=False,
        outgoing__cancelled_at=None,
        at__gte=OuterRef("at"),
    )
    heard = Message.objects.filter(~Exists(later), item__isnull=False, at__lte=answered.at)
    waiting = heard.filter(conversation=OuterRef("pk"))
    others = Conversation.objects.filter(Exists(waiting), case=answered.case_id)
    return (
        others.exclude(pk=answered.conversation_id)
        .select_related("channel", "identity__customer", "case")
        .order_by("pk")
    )


def _pointer(answered: Message, other: Conversation, *, now: datetime) -> list[Message]:
    language = other.identity.customer.language.partition("-")[0]
    words = own_words(Template.Key.POINTER, {language}).get(language) or our_pointer(language)
    with override(language):
        values = {"canale": str(answered.conversation.channel.get_kind_display())}
    if "azienda" in fields_in(words.text):
        values["azienda"] = company().name
    text = words.filled(values).text
    key = f"{POINTER_KEY}{answered.pk}-{other.pk}"
    if Outgoing.objects.filter(key=key).exists():
        return []
    if other.channel.kind not in NETWORKS:
        last = Item.objects.filter(message__conversation=other).order_by("-heard_at", "-pk").first()
        subject = reply_subject(other.case.subject)
        return say_many([Saying(other, last, key, subject, text)], now=now) if last else []
    setting = setting_of(other)
    try:
        said = worded(other, text, public=setting.public)
        mind_manners(other, said, files=(), setting=setting, now=now)
    except TooLong:
        return []  # the company's own words are too long for this network: better none than half
    outgoing = channels.queue(spoken_errand(other, text, author=None, key=key), now=now)
    return [put_into(other, outgoing, at=now)]
