"""What runs out soon, and what ran out, is told once."""

from datetime import datetime

from django.db import transaction

from ascolto.promises.models import Promise
from ascolto.promises.services.telling import news
from ascolto.timeline.services import record_many

SWEPT_AT_ONCE = 500


def sweep(*, now: datetime) -> int:
    """Warn of what runs out soon, and write down what ran out. How many promises it touched.

    One indexed look per kind of news, whatever was missed meanwhile is told once. Many
    processes may sweep at the same time: each row is taken by one of them.
    """
    return _sweep_warnings(now) + _sweep_overruns(now)


@transaction.atomic
def _sweep_warnings(now: datetime) -> int:
    promises = list(
        Promise.objects.select_for_update(skip_locked=True)
        .filter(ended_at=None, warned_at=None, paused_at=None, warn_at__lte=now)
        .order_by("warn_at")[:SWEPT_AT_ONCE]
    )
    if promises:
        Promise.objects.filter(pk__in=[one.pk for one in promises]).update(warned_at=now)
    # What ran out already is told as that, not as a warning.
    early = [promise for promise in promises if promise.due_at > now]
    record_many([news(promise, "promises.warned", at=now) for promise in early])
    return len(promises)


@transaction.atomic
def _sweep_overruns(now: datetime) -> int:
    promises = list(
        Promise.objects.select_for_update(skip_locked=True)
        .filter(ended_at=None, overrun_at=None, paused_at=None, due_at__lt=now)
        .order_by("due_at")[:SWEPT_AT_ONCE]
    )
    if promises:
        Promise.objects.filter(pk__in=[one.pk for one in promises]).update(overrun_at=now)
    record_many([news(promise, "promises.overrun", at=promise.due_at) for promise in promises])
    return len(promises)
