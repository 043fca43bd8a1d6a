"""A case put away until a moment: it comes back then, or when something happens before."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case
from ascolto.staff.models import Colleague
from ascolto.timeline.references import NotAReference, referred
from ascolto.timeline.services import Happened, record, record_many

WOKEN_AT_ONCE = 500


class NotInFuture(Exception):
    """A case comes back at a moment that is still to come."""


class NotOpen(Exception):
    """A resolved case has no work left to put off."""


@transaction.atomic
def snooze(
    case: Case, *, until: datetime, by: Colleague, now: datetime, sleeps_through: bool = False
) -> None:
    """Put the case away until `until`, or until the customer writes unless `sleeps_through`.

    Its clocks go on: none of what was promised is put off by this.
    """
    if until <= now:
        raise NotInFuture(until.isoformat())
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.resolved_at is not None:
        raise NotOpen(case.number)
    case.snoozed_until, case.snoozed_by, case.sleeps_through = until, by, sleeps_through
    case.save(update_fields=["snoozed_until", "snoozed_by", "sleeps_through"])
    record(
        "cases.snoozed",
        at=now,
        subject=case.reference,
        customer_id=case.customer_id,
        by=by,
        team_id=case.team_id,
        until=until.isoformat(),
        sleeps_through=sleeps_through,
    )


@transaction.atomic
def wake(case: Case, *, by: Colleague, now: datetime) -> None:
    """Take the case back before its time."""
    _wake(Case.objects.select_for_update().filter(pk=case.pk), cause="hand", by=by, now=now)


@transaction.atomic
def wake_due(*, now: datetime) -> int:
    """Bring back what is due, and say so. How many came back.

    Many processes may ask at the same time: each case is taken by one of them.
    """
    due = Case.objects.select_for_update(skip_locked=True).filter(snoozed_until__lte=now)
    return _wake(due.order_by("snoozed_until", "pk")[:WOKEN_AT_ONCE], cause="time", now=now)


@transaction.atomic
def wake_warned(subjects: Collection[str], *, now: datetime) -> int:
    """Their clocks run out soon, or ran out: being put away hides no case from that."""
    ids = set()
    for subject in subjects:
        try:
            ids.add(referred(subject, kind="case"))
        except NotAReference:
            continue
    warned = Case.objects.select_for_update().filter(pk__in=ids, snoozed_until__isnull=False)
    return _wake(warned.order_by("pk"), cause="clock", now=now)


def woken(case: Case, *, cause: str, at: datetime, by: Colleague | None = None) -> Happened:
    """The entry that says why a case came back."""
    return Happened(
        "cases.woken", at, case.reference, case.customer_id, by, case.team_id, {"cause": cause}
    )


def _wake(
    cases: Collection[Case], *, cause: str, now: datetime, by: Colleague | None = None
) -> int:
    asleep = [case for case in cases if case.snoozed_until is not None]
    if not asleep:
        return 0
    Case.objects.filter(pk__in=[case.pk for case in asleep]).update(
        snoozed_until=None, snoozed_by=None, sleeps_through=False
    )
    record_many([woken(case, cause=cause, at=now, by=by) for case in asleep])
    return len(asleep)
