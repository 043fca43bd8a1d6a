"""One look over all customers for likely duplicates, in portions, each of them whole."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from ascolto.kit.work import once
from ascolto.people.likeness.services import compare_all
from ascolto.people.models import Comparison, Customer
from ascolto.staff.models import Colleague

PORTION = 500  # records compared in one transaction


@transaction.atomic
def begin(*, by: Colleague | None, after: int = 0, now: datetime) -> Comparison:
    """Have every record above `after` compared with those before it. It runs in the background.

    One look at all at a time: whoever asks while one is under way gets that one.
    """
    running = Comparison.objects.filter(ended_at=None).order_by("pk").first()
    if running is not None and after == 0:
        return running
    last = Customer.objects.aggregate(last=Max("pk"))["last"] or 0
    comparison = Comparison.objects.create(
        started_at=now, asked_by=by, reached=after, last=max(last, after)
    )
    once("people.compare", f"compare-{comparison.pk}", comparison_id=comparison.pk)
    return comparison


def go_on(comparison_id: int, *, now: datetime, portion: int = PORTION) -> Comparison:
    """The next portion. Killed in between, it is done again from where the last one ended."""
    with transaction.atomic():
        comparison = Comparison.objects.select_for_update().get(pk=comparison_id)
        if comparison.ended_at is not None:
            return comparison
        next_ones = Customer.objects.filter(pk__gt=comparison.reached, pk__lte=comparison.last)
        ids = list(next_ones.order_by("pk").values_list("pk", flat=True)[:portion])
        if ids:
            comparison.proposed += compare_all(ids, now=now)
            comparison.reached = ids[-1]
        if len(ids) < portion:
            comparison.reached, comparison.ended_at = comparison.last, now
        comparison.save(update_fields=["reached", "proposed", "ended_at"])
        if comparison.ended_at is None:
            once("people.compare", f"compare-{comparison.pk}", comparison_id=comparison.pk)
    return comparison
