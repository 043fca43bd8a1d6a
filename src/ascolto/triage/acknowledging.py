"""The first word a writer hears from us: that his message is here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext, override

from ascolto.cases.models import Message
from ascolto.cases.services.saying import Saying, say_many
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.policy import NETWORKS
from ascolto.channels.registry import can_carry
from ascolto.knowledge.automatic import Words, own_words
from ascolto.knowledge.models import Template
from ascolto.knowledge.policy import fields_in
from ascolto.pressure.queries import unreachable_among
from ascolto.staff.queries import company
from ascolto.triage.policy.receipts import ACKNOWLEDGEMENT_EVERY, MOST_ACKNOWLEDGEMENTS


def acknowledge_many(opened: Sequence[Message], *, now: datetime) -> None:
    """Tell those who opened a case, and may be told, that we have their message.

    Never machines or lists, never a dead address, one a day to an address, and not more an hour
    than a house of this size would ever need: a form must not become somebody's flood.
    """
    asked = [(message, message.item) for message in opened if message.item and _wants(message.item)]
    if not asked:
        return
    writers = {message.conversation.identity_id for message, _ in asked}
    quiet = unreachable_among(writers) | _told_lately(writers, now=now)
    this_hour = _told_this_hour({message.conversation.channel_id for message, _ in asked}, now=now)
    told: set[int] = set(quiet)
    languages = {message.case.customer.language.partition("-")[0] for message, _ in asked}
    own = own_words(Template.Key.RECEIPT, languages)
    sayings = []
    for message, item in asked:
        thread = message.conversation
        if thread.identity_id in told or this_hour[thread.channel_id] >= MOST_ACKNOWLEDGEMENTS:
            continue
        told.add(thread.identity_id)
        this_hour[thread.channel_id] += 1
        sayings.append(_acknowledgement(message, item, own))
    if sayings:
        say_many(sayings, now=now)


def _wants(item: Item) -> bool:
    """Not where people talk: there nobody expects a receipt, and in public everybody reads it."""
    by_letter = item.channel.kind not in NETWORKS and not item.public
    asked = item.channel.acknowledges and by_letter and not item.auto and not item.bulk
    return asked and can_carry(item.channel)


def _told_lately(writers: set[int], *, now: datetime) -> frozenset[int]:
    sent = Outgoing.objects.filter(
        automatic=True,
        identity__in=writers,
        key__startswith="acknowledgement-",  # a way to sign in is no receipt
        queued_at__gt=now - ACKNOWLEDGEMENT_EVERY,
    )
    return frozenset(sent.values_list("identity_id", flat=True))


def _told_this_hour(channel_ids: set[int], *, now: datetime) -> Counter[int]:
    sent = Outgoing.objects.filter(
        automatic=True, channel__in=channel_ids, queued_at__gt=now - timedelta(hours=1)
    )
    counted = sent.values("channel_id").annotate(sent=Count("pk"))
    return Counter({row["channel_id"]: row["sent"] for row in counted})


def our_receipt(language: str) -> Words:
    """That it is here, under which number, and who has it: with its fields still in braces."""
    with override(language):
        return Words(
            gettext("Abbiamo ricevuto il suo messaggio (%(number)s)") % {"number": "{caso}"},
            gettext(
                "Abbiamo ricevuto il suo messaggio: il numero è %(number)s.\n"
                "Lo segue la squadra %(team)s. Non deve fare altro, le rispondiamo noi.\n\n"
                "Questo avviso è automatico; se risponde, la sua risposta arriva a noi."
            )
            % {"number": "{caso}", "team": "{squadra}"},
        )


def _acknowledgement(message: Message, item: Item, own: Mapping[str, Words]) -> Saying:
    """In the company's own words for his language, or else in ours.

    Nothing that the writer chose stands in it: neither his subject nor his words.
    """
    case = message.case
    language = case.customer.language
    said = own.get(language.partition("-")[0]) or our_receipt(language)
    values = {"caso": case.number, "squadra": case.team.name}
    if "azienda" in fields_in(f"{said.subject} {said.text}"):
        values["azienda"] = company().name
    filled = said.filled(values)
    return Saying(
        message.conversation,
        item,
        key=f"acknowledgement-{message.pk}",
        subject=filled.subject or our_receipt(language).filled(values).subject,
        text=filled.text,
    )
