from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, override

from ascolto.cases.models import Case, Message
from ascolto.cases.policy import bare_subject, claimed_case
from ascolto.cases.services.hearing import Opening, hear, open_case
from ascolto.cases.services.saying import say_automatically
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.registry import can_carry
from ascolto.pressure.queries import unreachable_since
from ascolto.timeline.services import record
from ascolto.triage.policy import ACKNOWLEDGEMENT_EVERY, MOST_ACKNOWLEDGEMENTS
from ascolto.triage.threads import Place, find_place


@transaction.atomic
def place(item_id: int, *, now: datetime) -> Message | None:
    """Bring an item to its case, or open one. Safe to run twice.

    Machine mail never opens or reopens a case; it is shown where it belongs, if it says where.
    """
    item = (
        Item.objects.select_related("channel__team__calendar", "identity__customer")
        .filter(pk=item_id)
        .first()
    )
    if item is None or item.kind in {Item.Kind.BOUNCE, Item.Kind.RECEIPT, Item.Kind.COMPLAINT}:
        return None
    known = Message.objects.filter(item=item).first()
    if known is not None or item.identity is None:
        return known
    found = find_place(item)
    if item.kind == Item.Kind.AUTO:
        _note_machine(item, found)
        return None
    if found is not None:
        return hear(found.case, item, proof=found.proof)
    return _open(item, now=now)


def _open(item: Item, *, now: datetime) -> Message:
    message = open_case(item, Opening(team=item.channel.team, subject=bare_subject(item.subject)))
    claimed = claimed_case(item.subject)
    if claimed is not None and Case.objects.filter(pk=claimed).exists():
        # Anybody can write a number. A colleague may look; nothing is joined or told.
        record(
            "triage.claims_case",
            at=item.heard_at,
            subject=message.case.reference,
            customer_id=message.case.customer_id,
            team_id=message.case.team_id,
            claims=claimed,
        )
    if may_acknowledge(item, now=now):
        acknowledge(message, now=now)
    return message


def _note_machine(item: Item, found: Place | None) -> None:
    """An automatic answer is a fact in the case it answers, never a message that waits for us."""
    if found is not None:
        record(
            "triage.automatic_reply",
            at=item.heard_at,
            subject=found.case.reference,
            customer_id=found.case.customer_id,
            team_id=found.case.team_id,
            item=item.pk,
            words=item.text[:200],
        )


def may_acknowledge(item: Item, *, now: datetime) -> bool:
    """Whether to tell a writer at once that we have his message.

    Never to machines or lists, never to a dead address, one a day to an address, and not more
    an hour than a house of this size would ever need: a form must not become somebody's flood.
    """
    if not item.channel.acknowledges or item.auto or item.bulk or item.identity is None:
        return False
    if not can_carry(item.channel) or unreachable_since(item.identity.pk) is not None:
        return False
    sent = Outgoing.objects.filter(automatic=True)
    lately = sent.filter(identity=item.identity, queued_at__gt=now - ACKNOWLEDGEMENT_EVERY)
    if lately.exists():
        return False
    this_hour = sent.filter(channel=item.channel, queued_at__gt=now - timedelta(hours=1))
    return this_hour.count() < MOST_ACKNOWLEDGEMENTS


def acknowledge(message: Message, *, now: datetime) -> None:
    """Say that the message is here, under which number, who has it and by when he answers.

    Nothing that the writer chose stands in it: neither his subject nor his words.
    """
    case = message.case
    with override(case.customer.language):
        say_automatically(
            message.conversation,
            key=f"acknowledgement-{message.pk}",
            subject=gettext("Abbiamo ricevuto il suo messaggio (%(number)s)")
            % {"number": case.number},
            text=gettext(
                "Abbiamo ricevuto il suo messaggio: il numero è %(number)s.\n"
                "Lo segue la squadra %(team)s. Non deve fare altro, le rispondiamo noi.\n\n"
                "Questo avviso è automatico; se risponde, la sua risposta arriva a noi."
            )
            % {"number": case.number, "team": case.team.name},
            now=now,
        )
