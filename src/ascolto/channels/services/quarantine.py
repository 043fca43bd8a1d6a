from datetime import datetime

from django.db import transaction

from ascolto.channels.models import Arrival
from ascolto.kit.work import later
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


@transaction.atomic
def try_again(arrival: Arrival, *, by: Colleague, now: datetime) -> None:
    """Have a quarantined arrival read once more, from its raw bytes."""
    changed = Arrival.objects.filter(pk=arrival.pk, quarantined_at__isnull=False).update(
        quarantined_at=None,
        quarantine_reason="",
        attempts=0,
        set_aside_at=None,
        set_aside_by=None,
    )
    if changed:
        later("channels.read_arrivals", arrival_ids=[arrival.pk])
        record("channels.tried_again", at=now, subject=reference("arrival", arrival.pk), by=by)


@transaction.atomic
def set_aside(arrival: Arrival, *, by: Colleague, now: datetime) -> None:
    """A person looked at it and lets it be. The raw bytes stay."""
    changed = Arrival.objects.filter(
        pk=arrival.pk, quarantined_at__isnull=False, set_aside_at=None
    ).update(set_aside_at=now, set_aside_by=by)
    if changed:
        record("channels.set_aside", at=now, subject=reference("arrival", arrival.pk), by=by)
