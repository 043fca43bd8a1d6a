"""A person says what a comment has to do with the post, or reads an insult."""

from datetime import datetime

from django.db import transaction

from ascolto.learning.services import Misread, correct
from ascolto.listening.models import Exposure, Mention
from ascolto.listening.services.cause_deeds import take_out
from ascolto.listening.services.settling import held_mention, rekind, told
from ascolto.staff.models import Colleague

LANE, KIND = Mention.Lane, Mention.Kind
# What a comment of a lane may be; the first is what it becomes if it was read as something else.
KINDS: dict[str, tuple[str, ...]] = {
    LANE.HELP: (KIND.PROBLEM, KIND.REQUEST, KIND.SUGGESTION),
    LANE.OFFER: (KIND.REQUEST, KIND.SUGGESTION),
    LANE.PRAISE: (KIND.PRAISE,),
    LANE.NOISE: (KIND.NOISE,),
}
UNRELATED = {LANE.HELP: True, LANE.OFFER: False}


class NoBoard(Exception):
    """It stands under nothing of ours, and has no lane."""


@transaction.atomic
def relane(mention: Mention, *, lane: str, by: Colleague, now: datetime) -> None:
    """Move it to another lane. No reading moves it any more, and the reader learns from it.

    Noise is put aside by it. It leaves its cause: who asks something else asks it elsewhere.
    """
    held = held_mention(mention)
    if held.board_id is None:
        raise NoBoard(held.reference)
    wanted, before = LANE(lane), held.lane
    if wanted == before and held.lane_by_id is not None:
        return
    held.lane, held.lane_by = wanted, by
    if wanted != before:
        take_out(held)
    held.save(update_fields=["lane", "lane_by", "cause", "cause_by"])
    mention.lane, mention.lane_by, mention.cause = held.lane, by, held.cause
    if wanted != before:
        told("listening.relaned", held, by=by, now=now, became=wanted, before=before)
    kinds = KINDS.get(wanted, ())
    if kinds and held.kind not in kinds:
        rekind(mention, kind=kinds[0], by=by, now=now)
    if wanted in UNRELATED:
        _teach(held, UNRELATED[wanted], by=by, now=now)


@transaction.atomic
def read_insult(mention: Mention, *, by: Colleague, now: datetime) -> None:
    """He unfolded it: it counts among what he had to read. The first time counts."""
    _, new = Exposure.objects.get_or_create(mention=mention, colleague=by, defaults={"at": now})
    if new:
        told("listening.insult_read", held_mention(mention), by=by, now=now)


def _teach(mention: Mention, unrelated: bool, *, by: Colleague, now: datetime) -> None:  # noqa: FBT001 # what he says of it
    """Whether it speaks of the post is what was misread, if that was."""
    was = bool(mention.reading.get("unrelated_to_post"))
    if was == unrelated:
        return
    words = {True: "true", False: "false"}
    model = mention.reading.get("model", "")
    misread = Misread("unrelated_to_post", words[was], words[unrelated], model)
    correct(mention.item, misread, by=by, now=now)
