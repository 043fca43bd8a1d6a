"""What becomes of the work of somebody who leaves."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.administration.services import colleagues
from ascolto.cases.models import Case
from ascolto.integrations.models import Token
from ascolto.staff.models import Colleague
from ascolto.timeline.services import Happened, record_many


@dataclass(frozen=True, slots=True)
class Parted:
    freed: int  # open cases that are nobody's now
    revoked: int  # tokens of programs that acted for him


@transaction.atomic
def part_with(colleague: Colleague, *, by: Colleague, now: datetime) -> Parted:
    """A colleague leaves. His open cases are free at once, with their clocks as they were.

    Raises `NotAllowed`.
    """
    colleagues.part(colleague, by=by, now=now)
    tokens = Token.objects.filter(colleague=colleague, revoked_at=None).update(revoked_at=now)
    cases = list(
        Case.objects.select_for_update(of=("self",))
        .filter(assignee=colleague, resolved_at=None)
        .order_by("pk")
    )
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(assignee=None)
    record_many(
        [
            Happened(
                "cases.assigned",
                now,
                case.reference,
                case.customer_id,
                by,
                case.team_id,
                {"to": ""},
            )
            for case in cases
        ]
    )
    return Parted(len(cases), tokens)
