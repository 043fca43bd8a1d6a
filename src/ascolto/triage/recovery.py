"""What was heard and stands in no case although it should: nobody would ever see it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from ascolto.channels.models import Item
from ascolto.kit.work import once
from ascolto.timeline.references import reference

AT_ONCE = 500
LATELY = 20_000  # items: a look at so many costs little, however long the house has existed
OUT_OF_TRIES = timedelta(minutes=10)  # `triage.place_items` tries for eight and a half


@transaction.atomic
def recover(*, now: datetime, whole: bool = False) -> int:
    """Ask again for messages that no case shows, when those who asked first have given up.

    It looks at the newest items, or at the `whole` of them, which reads as much as there is.
    Asking twice is harmless: a lock keeps one job an item waiting.
    """
    lost = _lost(now - OUT_OF_TRIES)
    if not whole:
        lost = lost.filter(
            pk__gt=(Item.objects.aggregate(newest=Max("pk"))["newest"] or 0) - LATELY
        )
    return sum(
        once("triage.place_items", f"place-{item_id}", subjects=[reference("item", item_id)])
        for item_id in lost.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    )


def _lost(before: datetime) -> QuerySet[Item]:
    return Item.objects.filter(
        kind=Item.Kind.MESSAGE, identity__isnull=False, message=None, heard_at__lt=before
    )
