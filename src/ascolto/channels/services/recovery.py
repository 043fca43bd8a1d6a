from datetime import datetime, timedelta

from django.db import transaction

from ascolto.channels.models import Arrival, Outgoing
from ascolto.channels.policy import delivery_lock, reading_lock
from ascolto.kit.work import once

AT_ONCE = 500


@transaction.atomic
def recover(*, now: datetime, after: timedelta) -> int:
    """Ask again for what nobody is doing: arrivals unread, messages unsent, past their time.

    Jobs are written with the facts they follow from, so there should be nothing to find; this
    is for what nobody foresaw. Asking twice is harmless: a lock keeps one job a row waiting.
    """
    return _recover_arrivals(now - after) + _recover_outgoing(now - after)


def _recover_arrivals(before: datetime) -> int:
    """Not what was tried lately: it is being read now, and each further start counts as a try."""
    unread = Arrival.objects.filter(
        read_at=None, quarantined_at=None, received_at__lt=before
    ).exclude(tried_at__gt=before)
    found = list(unread.order_by("received_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(
        once("channels.read_arrivals", reading_lock(arrival_id), arrival_ids=[arrival_id])
        for arrival_id in found
    )


def _recover_outgoing(before: datetime) -> int:
    waiting = Outgoing.objects.filter(
        sent_at=None, failed_at=None, cancelled_at=None, verdict="SEND", not_before__lt=before
    ).exclude(leased_until__gt=before)
    found = list(waiting.order_by("not_before", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(
        once("channels.deliver", delivery_lock(outgoing_id), outgoing_id=outgoing_id)
        for outgoing_id in found
    )
