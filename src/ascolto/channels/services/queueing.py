from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ascolto.channels.models import Channel, Enclosure, Outgoing
from ascolto.channels.policy import delivery_lock, new_message_id
from ascolto.channels.queries import sending_address
from ascolto.kit.secrets import seal
from ascolto.kit.work import later_at, once_at
from ascolto.people.models import Identity
from ascolto.pressure.models import Decision
from ascolto.pressure.services import decide_many
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record

DELIVERED_TOGETHER = 10  # messages a job: few enough for a carrier that takes its time


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be said to whom, and by which way. `link` is the page he can open."""

    key: str
    channel: Channel
    identity: Identity
    text: str
    subject: str = ""
    subject_ref: str = ""
    purpose: str = "CARE"
    author: Colleague | None = None
    automatic: bool = False
    footer: str = ""
    link: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()  # who gets a copy, seen by all
    files: Sequence[tuple[str, str, str]] = ()  # (blob digest, name, content type)
    public: bool = False  # anybody will read it
    answers: Mapping[str, Any] = field(default_factory=dict)  # see ports.Parcel


@transaction.atomic(savepoint=False)
def queue(errand: Errand, *, now: datetime, wait: timedelta = timedelta(0)) -> Outgoing:
    """Put a message into the outbox with the gate's decision on it; it leaves after `wait`.

    Asking twice with one key gives the same message. What the gate holds back stays, with its
    reasons, and never leaves.
    """
    known = Outgoing.objects.filter(key=errand.key).first()
    return known or queue_new([errand], now=now, wait=wait)[0]


@transaction.atomic(savepoint=False)
def queue_new(
    errands: Sequence[Errand], *, now: datetime, wait: timedelta = timedelta(0)
) -> list[Outgoing]:
    """`queue` for many whose keys the caller knows to be new; the database refuses a used one."""
    decisions = decide_many(
        [(errand.identity.customer_id, errand.purpose) for errand in errands], now=now
    )
    channels = {errand.channel.pk: errand.channel for errand in errands}
    addresses = {pk: sending_address(channel) for pk, channel in channels.items()}
    several = Outgoing.objects.bulk_create(
        _outgoing(errand, decision, addresses[errand.channel.pk], leaves=now + wait, now=now)
        for errand, decision in zip(errands, decisions, strict=True)
    )
    Enclosure.objects.bulk_create(
        Enclosure(outgoing=outgoing, blob_id=digest, name=name, content_type=content_type)
        for errand, outgoing in zip(errands, several, strict=True)
        for digest, name, content_type in errand.files
    )
    leaving = [one.pk for one in several if one.verdict == Decision.Verdict.SEND]
    for start in range(0, len(leaving), DELIVERED_TOGETHER):
        _deliver_later(leaving[start : start + DELIVERED_TOGETHER], at=now + wait)
    return several


def _deliver_later(outgoing_ids: list[int], *, at: datetime) -> None:
    if len(outgoing_ids) == 1:
        lock = delivery_lock(outgoing_ids[0])
        once_at("channels.deliver", lock, at, outgoing_id=outgoing_ids[0])
    else:
        later_at("channels.deliver", at, outgoing_ids=outgoing_ids)


def _outgoing(
    errand: Errand, decision: Decision, address: str, *, leaves: datetime, now: datetime
) -> Outgoing:
    return Outgoing(
        key=errand.key,
        channel=errand.channel,
        identity=errand.identity,
        decision=decision,
        verdict=decision.verdict,
        subject_ref=errand.subject_ref,
        author=errand.author,
        automatic=errand.automatic,
        subject=errand.subject[:500],
        text=errand.text,
        footer=errand.footer,
        link=seal(errand.link) if errand.link else b"",
        public=errand.public,
        answers=dict(errand.answers),
        cc=list(errand.cc),
        message_id=new_message_id(address),
        in_reply_to=errand.in_reply_to,
        references=list(errand.references),
        queued_at=now,
        not_before=leaves,
    )


@transaction.atomic
def cancel(outgoing: Outgoing, *, now: datetime) -> bool:
    """Call a message back, if it has not left. False when it is too late.

    After one try nobody knows for sure: the server may have it, and have fallen silent.
    """
    waiting = Outgoing.objects.filter(sent_at=None, failed_at=None, cancelled_at=None)
    changed = waiting.filter(
        pk=outgoing.pk, leased_until=None, attempts=0, maybe_twice=False
    ).update(cancelled_at=now)
    if changed:
        record(
            "channels.cancelled",
            at=now,
            subject=outgoing.subject_ref,
            customer_id=outgoing.identity.customer_id,
        )
    return bool(changed)
