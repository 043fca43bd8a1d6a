from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.channels.models import Channel, Enclosure, Outgoing
from ascolto.channels.policy import new_message_id
from ascolto.kit.secrets import seal
from ascolto.kit.work import later_at
from ascolto.people.models import Identity
from ascolto.pressure.services import decide
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record


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
    files: Sequence[tuple[str, str, str]] = ()  # (blob digest, name, content type)


@transaction.atomic
def queue(errand: Errand, *, now: datetime, wait: timedelta = timedelta(0)) -> Outgoing:
    """Put a message into the outbox with the gate's decision on it; it leaves after `wait`.

    Asking twice with one key gives the same message. What the gate holds back stays, with its
    reasons, and never leaves.
    """
    known = Outgoing.objects.filter(key=errand.key).first()
    if known is not None:
        return known
    decision = decide(errand.identity.customer_id, purpose=errand.purpose, now=now)
    outgoing = Outgoing.objects.create(
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
        message_id=new_message_id(errand.channel.address),
        in_reply_to=errand.in_reply_to,
        references=list(errand.references),
        queued_at=now,
        not_before=now + wait,
    )
    Enclosure.objects.bulk_create(
        Enclosure(outgoing=outgoing, blob_id=digest, name=name, content_type=content_type)
        for digest, name, content_type in errand.files
    )
    if decision.verdict == decision.Verdict.SEND:
        later_at("channels.deliver", outgoing.not_before, outgoing_id=outgoing.pk)
    return outgoing


@transaction.atomic
def cancel(outgoing: Outgoing, *, now: datetime) -> bool:
    """Call a message back, if it has not left. False when it is too late."""
    changed = Outgoing.objects.filter(
        pk=outgoing.pk, sent_at=None, failed_at=None, cancelled_at=None, leased_until=None
    ).update(cancelled_at=now)
    if changed:
        record(
            "channels.cancelled",
            at=now,
            subject=outgoing.subject_ref,
            customer_id=outgoing.identity.customer_id,
        )
    return bool(changed)
