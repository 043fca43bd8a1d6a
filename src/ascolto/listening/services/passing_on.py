"""Praise passed on in public, as ours, and taken back if somebody thinks again."""

from datetime import datetime, timedelta

from django.db import transaction

from ascolto.channels.models import Channel
from ascolto.channels.policy import next_try
from ascolto.channels.ports import NotNow, Refused, Sent
from ascolto.channels.registry import can_speak, speaker_of
from ascolto.kit.work import later, later_at
from ascolto.listening.models import Mention, Repost
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record

UNDO = timedelta(seconds=10)  # in which it does not leave at all


class CannotRepost(Exception):
    """The channel cannot pass this on: it is another network's, closed, or the post is gone."""


@transaction.atomic
def repost(mention: Mention, channel: Channel, *, by: Colleague, now: datetime) -> Repost:
    """Pass it on as ours, on this channel. Asked twice it is one repost. Raises `CannotRepost`."""
    held = (
        Mention.objects.select_for_update(of=("self",))
        .select_related("item", "channel", "identity")
        .get(pk=mention.pk)
    )
    same_network = held.channel.kind == channel.kind
    can = same_network and channel.closed_at is None and can_speak(channel)
    if not can or held.gone_at is not None or not held.item.post.get("answerable"):
        raise CannotRepost(held.reference)
    known = Repost.objects.filter(mention=held, channel=channel, undone_at=None).first()
    if known is not None:
        return known
    made = Repost.objects.create(mention=held, channel=channel, by=by, asked_at=now)
    later_at("listening.repost", now + UNDO, repost_id=made.pk)
    _tell("listening.reposted", made, by=by, now=now)
    return made


@transaction.atomic
def undo_repost(repost_id: int, *, by: Colleague, now: datetime) -> bool:
    """Take it back, whether it has left or not. False if that was done before."""
    made = _held(repost_id)
    if made.undone_at is not None:
        return False
    made.undone_at = now
    made.save(update_fields=["undone_at"])
    later("listening.withdraw", repost_id=made.pk)
    _tell("listening.repost_undone", made, by=by, now=now)
    return True


def carry_repost(repost_id: int, *, now: datetime) -> None:
    """Bring it to the network, once: the network knows the key of a second try.

    The row is not held meanwhile; who takes it back in that moment has it withdrawn after.
    """
    made = Repost.objects.select_related("mention__item", "channel").get(pk=repost_id)
    if made.undone_at is not None or made.posted_at is not None or made.error:
        return
    if made.mention.gone_at is not None:
        _failed(made, "il post non c’è più")
        return
    try:
        sent = speaker_of(made.channel).repost(
            made.mention.item.post["answerable"], key=f"repost:{made.pk}"
        )
    except NotNow:
        _again("listening.repost", made, since=made.asked_at, now=now)
    except Refused as problem:
        _failed(made, str(problem))
    else:
        _posted(made.pk, sent, now=now)


def withdraw_repost(repost_id: int, *, now: datetime) -> None:
    """Take back what has left. What has not left yet, does not."""
    made = Repost.objects.select_related("channel").get(pk=repost_id)
    if made.undone_at is None or made.withdrawn_at is not None or made.posted_at is None:
        return
    try:
        speaker_of(made.channel).withdraw(made.carried_as)
    except NotNow:
        _again("listening.withdraw", made, since=made.undone_at, now=now)
    except Refused as problem:
        _failed(made, str(problem))
    else:
        Repost.objects.filter(pk=made.pk).update(withdrawn_at=now, error="")


@transaction.atomic
def _posted(repost_id: int, sent: Sent, *, now: datetime) -> None:
    made = _held(repost_id)
    made.carried_as, made.posted_at = sent.carried_as[:300], now
    made.save(update_fields=["carried_as", "posted_at"])
    if made.undone_at is not None:
        later("listening.withdraw", repost_id=made.pk)


def _again(job: str, made: Repost, *, since: datetime, now: datetime) -> None:
    """Later, and later each time: as many tries as it is old."""
    tries = max(1, int((now - since) / timedelta(minutes=1)).bit_length())
    at = next_try(attempts=tries, queued_at=since, now=now)
    if at is None:
        _failed(made, "la rete non risponde da giorni")
    else:
        later_at(job, at, repost_id=made.pk)


def _failed(made: Repost, why: str) -> None:
    Repost.objects.filter(pk=made.pk).update(error=why[:300] or "rifiutato")


def _held(repost_id: int) -> Repost:
    reposts = Repost.objects.select_for_update(of=("self",))
    return reposts.select_related("mention__identity", "channel").get(pk=repost_id)


def _tell(kind: str, made: Repost, *, by: Colleague, now: datetime) -> None:
    mention = made.mention
    record(
        kind,
        at=now,
        subject=mention.reference,
        customer_id=mention.identity.customer_id if mention.identity else None,
        by=by,
        team_id=mention.team_id,
        repost=made.pk,
        channel=made.channel.title,
    )
