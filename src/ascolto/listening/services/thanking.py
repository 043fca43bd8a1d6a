"""A word of thanks under praise, in public, without a case for it."""

from datetime import datetime

from django.db import transaction

from ascolto.channels.models import Outgoing
from ascolto.listening.models import Mention
from ascolto.listening.services.settling import STANDING
from ascolto.listening.services.speaking import (
    CannotAnswer,
    as_said,
    held_to_speak,
    our_answers,
    speak,
)
from ascolto.staff.models import Colleague


class CannotThank(CannotAnswer):
    """Nothing can be written there: the channel carries no answers, or the post is gone."""


@transaction.atomic
def thank(mention: Mention, text: str, *, by: Colleague, now: datetime) -> Outgoing:
    """Answer it in public under the post; it leaves after the author's undo time.

    Asked twice it is one answer. Raises `CannotThank`, or `TooLong`.
    """
    try:
        held = held_to_speak(mention)
        key = f"thanks:{held.pk}"
        known = our_answers(held).filter(key__startswith=f"{key}:").first()
        if known is not None:
            return known
        tries = Outgoing.objects.filter(subject_ref=held.reference).count()  # some called back
        ends = STANDING.THANKED if held.standing == STANDING.WAITING else held.standing
        thanks = speak(held, as_said(held, text), key=f"{key}:{tries}", ends=ends, by=by, now=now)
    except CannotAnswer as problem:
        raise CannotThank(*problem.args) from None
    mention.identity = held.identity
    return thanks
