"""A call for help in public is acknowledged there with one click; the rest is written in private.

Both stand in one case, which is made for it if there is none.
"""

from datetime import datetime

from django.db import transaction

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Message
from ascolto.cases.policy import goes_on_aside
from ascolto.cases.services import assign
from ascolto.cases.services.acknowledging import CannotGoAside, acknowledge, words_for
from ascolto.channels.registry import can_carry, manners_of
from ascolto.listening.models import Mention
from ascolto.listening.services.speaking import our_answers
from ascolto.staff.models import Colleague
from ascolto.triage.answering_all import addressed
from ascolto.triage.mentions import case_from_mention

__all__ = ["CannotGoAside", "SaidAlready", "can_be_acknowledged", "read_it", "what_one_click_says"]
STANDING = Mention.Standing


class SaidAlready(Exception):
    """There is an answer of ours under it, or it is over: nobody waits for such a word."""


def can_be_acknowledged(mention: Mention) -> bool:
    """Whether he asks for help in public, where we can go on in private. Asks no query."""
    asks = mention.lane == Mention.Lane.HELP if mention.board_id else mention.needs_care
    waits = mention.answered_at is None and mention.standing in {STANDING.WAITING, STANDING.CASE}
    there = mention.gone_at is None and bool(mention.item.post.get("answerable"))
    aside = mention.item.public and manners_of(mention.channel.kind).aside
    return asks and waits and there and aside and can_carry(mention.channel)


def what_one_click_says(mention: Mention, *, by: Colleague) -> str:
    """The words as he will read them; empty where it cannot be done, or was. Four queries at most,
    and none where it cannot be."""
    if not can_be_acknowledged(mention) or our_answers(mention).exists():
        return ""
    heard = Message.objects.filter(item=mention.item_id).values_list(
        "at", "conversation__aside_at", "case"
    )
    for at, aside_at, case in heard:
        told = goes_on_aside(aside_at=aside_at, heard_at=at)
        if told or not visible_cases(by).filter(pk=case).exists():
            return ""
    return addressed(mention, words_for(mention.language or "it"), by).words


@transaction.atomic
def read_it(mention: Mention, *, by: Colleague, now: datetime) -> Message:
    """Acknowledge it in the company's words, by his name; its case is `by`'s if it is nobody's.

    Asked twice it is the same word. Raises `SaidAlready`, `CannotGoAside` where it cannot be
    carried or stands in a case that he may not see, and what the channel's manners say.
    """
    held = Mention.objects.select_for_update(of=("self",)).select_related("item", "channel")
    found = held.get(pk=mention.pk)
    if found.answered_at is not None or our_answers(found).exists():
        raise SaidAlready(found.reference)
    if not can_be_acknowledged(found):
        raise CannotGoAside(found.reference)
    known = Message.objects.filter(item=found.item_id).values_list("case", flat=True).first()
    if known is not None and not visible_cases(by).filter(pk=known).exists():
        raise CannotGoAside(found.reference)
    case = case_from_mention(found, team=None, by=by, now=now)
    if case.assignee_id is None:
        assign(case, to=by, by=by, now=now)
    heard = Message.objects.select_related("item").get(item=found.item_id)
    words = words_for(found.language or case.customer.language)
    return acknowledge(heard, addressed(found, words, by).words, by=by, now=now)
