"""A word of thanks under praise, in public, without a case for it."""

from datetime import datetime, timedelta

from django.db import transaction

from ascolto.channels.models import Item, Outgoing
from ascolto.channels.registry import can_carry
from ascolto.channels.services import Errand, queue
from ascolto.listening.models import Mention
from ascolto.listening.services.settling import STANDING, settle
from ascolto.people.policy import Sender
from ascolto.people.services import NotAnIdentity, recognise
from ascolto.staff.models import Colleague


class CannotThank(Exception):
    """Nothing can be written there: the channel carries no answers, or the post is gone."""


@transaction.atomic
def thank(
    mention: Mention,
    text: str,
    *,
    by: Colleague,
    now: datetime,
    wait: timedelta = timedelta(seconds=10),
) -> Outgoing:
    """Answer it in public under the post; it leaves after `wait`. Asked twice it is one answer.

    Whoever is thanked is known from then on: a person decided to speak to him.
    """
    held = (
        Mention.objects.select_for_update(of=("self",))
        .select_related("item", "channel", "identity__customer")
        .get(pk=mention.pk)
    )
    answers = held.item.post.get("answerable")
    if held.gone_at is not None or not answers or not can_carry(held.channel):
        raise CannotThank(held.reference)
    if held.identity is None:
        _meet(held, now=now)
    assert held.identity is not None  # noqa: S101 # met above, or refused
    outgoing = queue(
        Errand(
            f"thanks:{held.pk}",
            held.channel,
            held.identity,
            text,
            subject_ref=held.reference,
            author=by,
            in_reply_to=held.item.message_id,
            public=True,
            answers=answers,
        ),
        now=now,
        wait=wait,
    )
    if held.standing == STANDING.WAITING:
        settle(mention, standing=STANDING.THANKED, by=by, now=now)
    mention.identity = held.identity
    return outgoing


def _meet(mention: Mention, *, now: datetime) -> None:
    post = mention.item.post
    sender = Sender(
        "HANDLE",
        str(post.get("author") or ""),
        mention.author_name,
        shown=str(post.get("handle") or ""),
        aliases=tuple(str(one) for one in post.get("aliases") or ()),
    )
    try:
        mention.identity = recognise(sender, now=now, language=mention.language or "it")
    except NotAnIdentity:
        raise CannotThank(mention.reference) from None
    mention.save(update_fields=["identity"])
    Item.objects.filter(pk=mention.item_id, identity=None).update(identity=mention.identity)
