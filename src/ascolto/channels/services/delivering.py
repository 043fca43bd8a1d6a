import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.channels.models import Evidence, Health, Outgoing
from ascolto.channels.policy import LEASE, delivery_lock, next_try
from ascolto.channels.ports import NotNow, Refused, Sent
from ascolto.channels.registry import carrier_for
from ascolto.channels.services.evidence import add_evidence
from ascolto.channels.services.health import resting_until, unwell, well
from ascolto.channels.services.parcels import parcel_of
from ascolto.kit.work import once_at
from ascolto.pressure.services import decide
from ascolto.timeline.services import record

logger = logging.getLogger("ascolto.channels")


class Unforeseen(NotNow):
    """A fault of ours, or an answer nobody thought of. It says nothing about the channel."""

    of_the_channel = False

    def __init__(self, *, maybe_delivered: bool) -> None:
        super().__init__("errore interno: si veda il registro")
        self.maybe_delivered = maybe_delivered


def deliver(
    outgoing_id: int, *, now: datetime, clock: Callable[[], datetime] | None = None
) -> None:
    """Bring one message to its carrier. Safe to run twice, and after a crash in the middle.

    The lease is committed before the carrier is called. If a worker dies after the carrier said
    yes and before we wrote it down, the message is sent again under the same Message-ID and
    marked `maybe_twice`: for a letter twice is better than never.

    A carrier may take minutes. `clock` is asked when it has answered; without it, `now` counts.
    """
    outgoing = _take(outgoing_id, now=now)
    if outgoing is None:
        return
    try:
        sent = _carried(outgoing)
    except NotNow as problem:
        _postpone(outgoing, problem, now=clock() if clock else now)
    except Refused as problem:
        _give_up(outgoing, str(problem), now=clock() if clock else now)
    else:
        _left(outgoing, sent, now=clock() if clock else now)


def _carried(outgoing: Outgoing) -> Sent:
    """The carrier's yes. What goes wrong unforeseen is a no for now, seen by whoever looks."""
    handed_over = False
    try:
        carrier, parcel = carrier_for(outgoing.channel), parcel_of(outgoing)
        handed_over = True
        return carrier.carry(parcel)
    except (NotNow, Refused):
        raise
    except Exception as problem:
        # The edge: whatever it is, the message waits for its next try and nothing loops.
        logger.exception("message %d could not be carried", outgoing.pk)
        raise Unforeseen(maybe_delivered=handed_over) from problem


@transaction.atomic
def _take(outgoing_id: int, *, now: datetime) -> Outgoing | None:
    outgoing = (
        Outgoing.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("channel", "identity__customer", "author")
        .filter(pk=outgoing_id, sent_at=None, failed_at=None, cancelled_at=None, verdict="SEND")
        .first()
    )
    if outgoing is None:
        return None
    if outgoing.leased_until is not None and outgoing.leased_until > now:
        # Somebody is at it, or died at it. If he died, look again when his lease is over.
        _look_again(outgoing, outgoing.leased_until)
        return None
    rest = resting_until(outgoing.channel, Health.Way.OUT, now=now)
    if rest is not None or outgoing.not_before > now:
        _look_again(outgoing, max(rest or now, outgoing.not_before))
        return None
    # The gate is asked again at the moment of sending: a no that came in between counts.
    decision = decide(outgoing.identity.customer_id, purpose=outgoing.decision.purpose, now=now)
    outgoing.decision, outgoing.verdict = decision, decision.verdict
    outgoing.maybe_twice = outgoing.maybe_twice or outgoing.leased_until is not None
    outgoing.attempts += 1
    outgoing.leased_until = now + LEASE
    outgoing.save(update_fields=["decision", "verdict", "maybe_twice", "attempts", "leased_until"])
    return outgoing if decision.verdict == decision.Verdict.SEND else None


def _look_again(outgoing: Outgoing, at: datetime) -> None:
    _deliver_at(outgoing, at + timedelta(seconds=1))


def _deliver_at(outgoing: Outgoing, at: datetime) -> None:
    """One job waits for a message, however often it is postponed, recovered or asked for."""
    once_at("channels.deliver", delivery_lock(outgoing.pk), at, outgoing_id=outgoing.pk)


@transaction.atomic
def _left(outgoing: Outgoing, sent: Sent, *, now: datetime) -> None:
    Outgoing.objects.filter(pk=outgoing.pk).update(
        sent_at=now,
        leased_until=None,
        error="",
        carried_as=sent.carried_as[:300],
        url=sent.url[:500],
    )
    add_evidence(
        outgoing, kind=sent.kind, address=outgoing.identity.value, detail=sent.detail, now=now
    )
    well(outgoing.channel, Health.Way.OUT, now=now)
    _tell("channels.sent", outgoing, now=now)


@transaction.atomic
def _postpone(outgoing: Outgoing, problem: NotNow, *, now: datetime) -> None:
    if problem.of_the_channel:
        unwell(outgoing.channel, Health.Way.OUT, error=str(problem), now=now)
    again = next_try(attempts=outgoing.attempts, queued_at=outgoing.queued_at, now=now)
    if again is None:
        _give_up(outgoing, str(problem), now=now)
        return
    Outgoing.objects.filter(pk=outgoing.pk).update(
        leased_until=None,
        not_before=again,
        error=str(problem)[:500],
        maybe_twice=outgoing.maybe_twice or problem.maybe_delivered,
    )
    _deliver_at(outgoing, again)


@transaction.atomic
def _give_up(outgoing: Outgoing, problem: str, *, now: datetime) -> None:
    Outgoing.objects.filter(pk=outgoing.pk).update(
        failed_at=now, leased_until=None, error=problem[:500]
    )
    add_evidence(
        outgoing,
        kind=Evidence.Kind.BOUNCED_SOFT,
        address=outgoing.identity.value,
        detail=problem,
        now=now,
    )
    _tell("channels.delivery_failed", outgoing, now=now)


def _tell(kind: str, outgoing: Outgoing, *, now: datetime) -> None:
    record(
        kind,
        at=now,
        subject=outgoing.subject_ref,
        customer_id=outgoing.identity.customer_id,
        by=outgoing.author,
        outgoing=outgoing.pk,
    )
