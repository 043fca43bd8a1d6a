import logging

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.kit.work import later
from ascolto.timeline.references import referred
from ascolto.timeline.registry import follow
from ascolto.triage import services

logger = logging.getLogger("ascolto.triage")


@app.task(
    name="triage.place_items",
    queue="intake",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def place_items(*, subjects: list[str], **_later_arguments: object) -> None:
    """Bring what was heard to its case. If they fail together, each is tried again alone."""
    item_ids = [referred(subject, kind="item") for subject in subjects]
    if len(item_ids) == 1:
        services.place_many(item_ids, now=timezone.now())
        return
    try:
        with transaction.atomic():
            services.place_many(item_ids, now=timezone.now())
    except Exception:
        logger.exception("%d items could not be placed together", len(item_ids))
        for subject in subjects:
            later("triage.place_items", subjects=[subject])


follow("channels.item_heard", job="triage.place_items")
