"""Which case a message belongs to, and what proves it."""

from dataclasses import dataclass
from datetime import timedelta

from ascolto.cases.models import Case, Conversation, Message
from ascolto.channels.models import Channel, Item, Outgoing
from ascolto.channels.policy import is_ours
from ascolto.timeline.references import NotAReference, referred

LATE_PARENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Place:
    case: Case
    proof: str  # one of Message.Proof


def find_place(item: Item) -> Place | None:
    """The case an item belongs to, by the strongest proof there is, or None for a new one.

    1. It was written on the page of a case. 2. It quotes a Message-ID of ours, which nobody can
    guess. 3. It continues what the same address wrote before: shown as unverified. A From
    address alone, or a number in a subject, is never a proof.
    """
    return _by_page(item) or _by_token(item) or _by_own_thread(item) or _by_late_parent(item)


def _by_page(item: Item) -> Place | None:
    if item.channel.kind != Channel.Kind.PORTAL:
        return None
    case = Case.objects.filter(pk=item.reading.get("case", 0)).first()
    return Place(case, Message.Proof.PORTAL) if case else None


def _by_token(item: Item) -> Place | None:
    ours = [known for known in item.references if is_ours(known)]
    if not ours:
        return None
    for outgoing in _nearest_first(ours):
        try:
            case = Case.objects.get(pk=referred(outgoing.subject_ref, kind="case"))
        except (NotAReference, Case.DoesNotExist):
            continue
        same = outgoing.identity_id == item.identity_id
        known = same or Conversation.objects.filter(case=case, identity=item.identity_id).exists()
        return Place(case, Message.Proof.TOKEN if known else Message.Proof.OTHER_ADDRESS)
    return None


def _nearest_first(message_ids: list[str]) -> list[Outgoing]:
    found = {
        outgoing.message_id: outgoing
        for outgoing in Outgoing.objects.filter(message_id__in=message_ids)
    }
    return [found[known] for known in message_ids if known in found]


def _by_own_thread(item: Item) -> Place | None:
    if not item.references:
        return None
    message = (
        Message.objects.select_related("case")
        .filter(item__identity=item.identity_id, item__message_id__in=item.references)
        .order_by("-at")
        .first()
    )
    return Place(message.case, Message.Proof.SAME_ADDRESS) if message else None


def _by_late_parent(item: Item) -> Place | None:
    """The answer came before what it answers: the later one joins the case of the earlier."""
    if not item.message_id:
        return None
    message = (
        Message.objects.select_related("case")
        .filter(
            item__identity=item.identity_id,
            item__heard_at__gt=item.heard_at - LATE_PARENT,
            item__references__contains=[item.message_id],
        )
        .order_by("at")
        .first()
    )
    return Place(message.case, Message.Proof.SAME_ADDRESS) if message else None
