"""Who else is on a case at this moment, and what is being written in it."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import DateTimeField, QuerySet

from ascolto.cases.models import Case, Presence
from ascolto.cases.policy import PRESENT_FOR
from ascolto.kit.kept import Kept, number, numbers
from ascolto.kit.written import Blank
from ascolto.staff.models import Colleague

SHOWN = 5


def others_here(case: Case, colleague: Colleague, *, now: datetime) -> QuerySet[Presence]:
    """The others who have this case open, those who write first."""
    fresh = Presence.objects.filter(case=case, seen_at__gt=now - PRESENT_FOR)
    here = fresh.exclude(colleague=colleague).select_related("colleague")
    return here.order_by("-mode", "since", "id")[:SHOWN]


def present_in(
    case_ids: Collection[int], colleague: Colleague, *, now: datetime
) -> dict[int, Presence]:
    """For the rows of a list: who else is there, whoever writes before whoever reads. One query."""
    found: dict[int, Presence] = {}
    for presence in _PRESENT.rows(cases=list(case_ids), since=now - PRESENT_FOR, me=colleague.pk):
        found.setdefault(presence.case_id, presence)
    return found


def _present() -> QuerySet[Presence]:
    since = Blank("since", DateTimeField())
    fresh = Presence.objects.filter(case__any_of=numbers("cases"), seen_at__gt=since)
    here = fresh.exclude(colleague=number("me")).select_related("colleague")
    return here.order_by("-mode", "since", "id")


_PRESENT = Kept(_present)
