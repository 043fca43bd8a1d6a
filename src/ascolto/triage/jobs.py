from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.timeline.references import referred
from ascolto.timeline.registry import follow
from ascolto.triage import services


@app.task(
    name="triage.place_item",
    queue="intake",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def place_item(*, subject: str, **_later_arguments: object) -> None:
    """Bring what was heard to its case."""
    services.place(referred(subject, kind="item"), now=timezone.now())


follow("channels.item_heard", job="triage.place_item")
