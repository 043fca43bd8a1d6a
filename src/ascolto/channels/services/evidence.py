from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from ascolto.channels.models import Evidence, Item, Outgoing
from ascolto.channels.ports import DeliveryReport
from ascolto.people.policy import normal_form
from ascolto.pressure.services import mark_unreachable
from ascolto.timeline.services import record

GRADES = {
    Evidence.Kind.PEC_DELIVERED: Evidence.Grade.A,
    Evidence.Kind.OPENED_IN_PORTAL: Evidence.Grade.B,
    Evidence.Kind.DSN_DELIVERED: Evidence.Grade.C,
    Evidence.Kind.SMTP_ACCEPTED: Evidence.Grade.D,
    Evidence.Kind.DSN_RELAYED: Evidence.Grade.D,
    Evidence.Kind.DSN_DELAYED: Evidence.Grade.D,
    Evidence.Kind.PEC_ACCEPTED: Evidence.Grade.D,
    Evidence.Kind.COMPLAINED: Evidence.Grade.D,
    Evidence.Kind.POSTED: Evidence.Grade.C,
    Evidence.Kind.NETWORK_ACCEPTED: Evidence.Grade.D,
    Evidence.Kind.NETWORK_DELIVERED: Evidence.Grade.C,
    Evidence.Kind.NETWORK_READ: Evidence.Grade.B,
    Evidence.Kind.NETWORK_FAILED: Evidence.Grade.N,
    Evidence.Kind.BOUNCED_SOFT: Evidence.Grade.N,
    Evidence.Kind.BOUNCED_HARD: Evidence.Grade.N,
    Evidence.Kind.PEC_FAILED: Evidence.Grade.N,
}
# Anybody can write a mail that looks like a receipt. Until the signature of a certified-mail
# receipt is verified, it counts as what it is: a mail that says so.
UNSIGNED = {Evidence.Kind.PEC_DELIVERED: Evidence.Grade.D}
CAME_BACK = {
    Evidence.Kind.BOUNCED_HARD,
    Evidence.Kind.BOUNCED_SOFT,
    Evidence.Kind.PEC_FAILED,
    Evidence.Kind.NETWORK_FAILED,
}


def note_reports(item: Item, reports: Sequence[DeliveryReport], *, now: datetime) -> None:
    """Write down what came back about messages of ours.

    A report counts only for a message that exists and went to the address it speaks of: a
    stranger's false bounce changes nothing (he would have to know our secret Message-ID).
    """
    for report in reports:
        outgoing = _reported(report)
        if outgoing is not None:
            add_evidence(
                outgoing,
                kind=report.kind,
                grade=UNSIGNED.get(Evidence.Kind(report.kind)),
                address=report.address,
                detail=report.detail,
                item=item,
                now=now,
            )


def add_evidence(  # noqa: PLR0913 # evidence is what, of which message, from where, when
    outgoing: Outgoing,
    *,
    kind: str,
    now: datetime,
    grade: str | None = None,
    address: str = "",
    detail: str = "",
    item: Item | None = None,
) -> None:
    """Add one piece of evidence, once, and say so on the customer's timeline."""
    _, new = Evidence.objects.get_or_create(
        outgoing=outgoing,
        kind=kind,
        address=address[:320],
        item=item,
        defaults={
            "grade": grade or GRADES[Evidence.Kind(kind)],
            "at": now,
            "detail": detail[:300],
        },
    )
    if not new:
        return
    if kind == Evidence.Kind.BOUNCED_HARD:
        mark_unreachable(outgoing.identity, reason=detail, now=now)
    record(
        "channels.bounced" if kind in CAME_BACK else "channels.evidence",
        at=now,
        subject=outgoing.subject_ref,
        customer_id=outgoing.identity.customer_id,
        outgoing=outgoing.pk,
        evidence=kind,
    )


def _reported(report: DeliveryReport) -> Outgoing | None:
    if not report.message_id:
        return None
    named = Q(message_id=report.message_id) | Q(carried_as=report.message_id)
    outgoing = Outgoing.objects.select_related("identity").filter(named).order_by("-pk").first()
    if outgoing is None or not report.address:
        return outgoing
    address = normal_form("EMAIL", report.address)
    return outgoing if address in {None, outgoing.identity.normal} else None
