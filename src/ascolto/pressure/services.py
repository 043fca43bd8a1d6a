from datetime import datetime

from django.db import transaction

from ascolto.people.models import Identity
from ascolto.pressure.models import Decision, Hold, Unreachable
from ascolto.staff.models import Colleague


def decide(customer_id: int, *, purpose: str, now: datetime) -> Decision:
    """Ask the gate about one touch. An answer to somebody who asked us is always allowed.

    Until the gate exists, everything that is not care is held back: in doubt, silence.
    """
    if purpose == Decision.Purpose.CARE:
        verdict, reasons = Decision.Verdict.SEND, ["answer_to_the_customer"]
    else:
        verdict, reasons = Decision.Verdict.HOLD, ["no_gate_yet"]
    return Decision.objects.create(
        customer_id=customer_id,
        purpose=purpose,
        verdict=verdict,
        reasons=reasons,
        decided_at=now,
    )


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
    Unreachable.objects.filter(identity=identity, reached_again_at=None).update(
        reached_again_at=now
    )
