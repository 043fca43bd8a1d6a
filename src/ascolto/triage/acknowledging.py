"""The first word a writer hears from us: that his message is here."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext, override

from ascolto.cases.models import Message
from ascolto.cases.services.saying import Saying, say_many
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.registry import can_carry
from ascolto.pressure.queries import unreachable_among
from ascolto.triage.policy import ACKNOWLEDGEMENT_EVERY, MOST_ACKNOWLEDGEMENTS


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
    sayings = []
    for message, item in asked:
        thread = message.conversation
        if thread.identity_id in told or this_hour[thread.channel_id] >= MOST_ACKNOWLEDGEMENTS:
            continue
        told.add(thread.identity_id)
        this_hour[thread.channel_id] += 1
        sayings.append(_acknowledgement(message, item))
    if sayings:
        say_many(sayings, now=now)


def _wants(item: Item) -> bool:
    return item.channel.acknowledges and not item.auto and not item.bulk and can_carry(item.channel)


def _told_lately(writers: set[int], *, now: datetime) -> frozenset[int]:
    sent = Outgoing.objects.filter(
        automatic=True, identity__in=writers, queued_at__gt=now - ACKNOWLEDGEMENT_EVERY
    )
    return frozenset(sent.values_list("identity_id", flat=True))


def _told_this_hour(channel_ids: set[int], *, now: datetime) -> Counter[int]:
    sent = Outgoing.objects.filter(
        automatic=True, channel__in=channel_ids, queued_at__gt=now - timedelta(hours=1)
    )
    counted = sent.values("channel_id").annotate(sent=Count("pk"))
    return Counter({row["channel_id"]: row["sent"] for row in counted})


def _acknowledgement(message: Message, item: Item) -> Saying:
    """That it is here, under which number, and who has it.

    Nothing that the writer chose stands in it: neither his subject nor his words.
    """
    case = message.case
    with override(case.customer.language):
        return Saying(
            message.conversation,
            item,
            key=f"acknowledgement-{message.pk}",
            subject=gettext("Abbiamo ricevuto il suo messaggio (%(number)s)")
            % {"number": case.number},
            text=gettext(
                "Abbiamo ricevuto il suo messaggio: il numero è %(number)s.\n"
                "Lo segue la squadra %(team)s. Non deve fare altro, le rispondiamo noi.\n\n"
                "Questo avviso è automatico; se risponde, la sua risposta arriva a noi."
            )
            % {"number": case.number, "team": case.team.name},
        )
