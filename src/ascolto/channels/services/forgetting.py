"""What its author deleted is deleted here too. That it was there stays."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import ProtectedError

from ascolto.channels.models import Arrival, Attachment, Item
from ascolto.kit import blobs
from ascolto.kit.models import Blob


@transaction.atomic(savepoint=False)
def forget_words(item_ids: Collection[int]) -> None:
    """Empty these items: words, files and the raw bytes in which they came. Safe to run twice."""
    items = Item.objects.filter(pk__in=item_ids)
    files = Attachment.objects.filter(item__in=item_ids)
    arrivals = Arrival.objects.filter(item__in=item_ids)
    digests = {
        *files.values_list("blob_id", flat=True),
        *arrivals.values_list("raw_id", flat=True),
    }
    files.delete()
    nothing = blobs.store(b"")
    arrivals.update(raw_id=nothing)
    items.update(text="", html="", quoted="", subject="", reading={})
    for digest in sorted(digests - {nothing}):
        try:
            with transaction.atomic():
                Blob.objects.filter(digest=digest).delete()
        except ProtectedError:
            continue  # somebody else said, or sent, the same bytes
