import logging

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.channels import services
from ascolto.kit.work import later

logger = logging.getLogger("ascolto.channels")


@app.task(
    name="channels.read_arrivals",
    queue="intake",
    retry=RetryStrategy(max_attempts=4, exponential_wait=2),
)
def read_arrivals(*, arrival_ids: list[int], **_later_arguments: object) -> None:
    """Read what arrived. One that fails in an unforeseen way delays none of the others."""
    for arrival_id in arrival_ids:
        try:
            services.read_arrival(arrival_id, now=timezone.now())
        except Exception:
            if len(arrival_ids) == 1:
                raise  # tried again later, and in quarantine after the third time
            logger.exception("arrival %d could not be read with the others", arrival_id)
            later("channels.read_arrivals", arrival_ids=[arrival_id])


@app.task(
    name="channels.deliver",
    queue="outbox",
    retry=RetryStrategy(max_attempts=4, exponential_wait=3),
)
def deliver(*, outgoing_id: int, **_later_arguments: object) -> None:
    """Bring one message to its carrier, if it is still to leave."""
    services.deliver(outgoing_id, now=timezone.now())
