from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from ascolto.people.models import Identity
from ascolto.pressure.models import Decision, Hold, Unreachable
from ascolto.staff.models import Colleague


def decide(customer_id: int, *, purpose: str, now: datetime) -> Decision:
    """Ask the gate about one touch. An answer to somebody who asked us is always allowed.

    Until the gate exists, everything that is not care is held back: in doubt, silence.
    """
    return decide_many([(customer_id, purpose)], now=now)[0]


def decide_many(touches: Sequence[tuple[int, str]], *, now: datetime) -> list[Decision]:
    """`decide` for many touches, each a customer's id and a purpose, in the order given."""
    return Decision.objects.bulk_create(
        Decision(
            customer_id=customer_id,
            purpose=purpose,
            verdict=_verdict(purpose)[0],
            reasons=[_verdict(purpose)[1]],
            decided_at=now,
        )
        for customer_id, purpose in touches
    )


def _verdict(purpose: str) -> tuple[Decision.Verdict, str]:
    if purpose == Decision.Purpose.CARE:
        return Decision.Verdict.SEND, "answer_to_the_customer"
    return Decision.Verdict.HOLD, "no_gate_yet"


def hold(  # a hold is who, why, about what, since, until, by whom
    customer_id: int,
    *,
    reason: str,
    subject: str,
    now: datetime,
    until: datetime | None = None,
    by: Colleague | None = None,
) -> None:
    """Place a reason not to press this customer. Placing it twice changes nothing."""
    Hold.objects.get_or_create(
        customer_id=customer_id,
        reason=reason,
        subject=subject,
        lifted_at=None,
        defaults={"placed_at": now, "until": until, "placed_by": by},
    )


def lift(customer_id: int, *, reason: str, subject: str, now: datetime) -> None:
    """Lift a hold, if it stands."""
    Hold.objects.filter(
        customer_id=customer_id, reason=reason, subject=subject, lifted_at=None
    ).update(lifted_at=now)


@transaction.atomic
def mark_unreachable(identity: Identity, *, reason: str, now: datetime) -> None:
    """Remember that mail to this address comes back for good."""
    Unreachable.objects.get_or_create(
        identity=identity,
        reached_again_at=None,
        defaults={"since": now, "reason": reason[:200]},
    )


def mark_reached(identity: Identity, *, now: datetime) -> None:
    """He wrote from it: the address lives."""
    mark_reached_many([identity.pk], now=now)


def mark_reached_many(identity_ids: Collection[int], *, now: datetime) -> None:
    """`mark_reached` for many addresses, with one statement."""
    if identity_ids:
        Unreachable.objects.filter(identity__in=identity_ids, reached_again_at=None).update(
            reached_again_at=now
        )
