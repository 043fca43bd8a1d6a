import logging
from collections.abc import Sequence

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.channels import services
from ascolto.channels.policy import delivery_lock
from ascolto.kit.work import once

logger = logging.getLogger("ascolto.channels")


@app.task(
    name="channels.read_arrivals",
    queue="intake",
    retry=RetryStrategy(max_attempts=4, exponential_wait=2),
)
def read_arrivals(*, arrival_ids: list[int], **_later_arguments: object) -> None:
    """Read what arrived. What fails unforeseen is tried again alone, and delays nobody."""
    services.read_arrivals(arrival_ids, now=timezone.now())


@app.task(
    name="channels.deliver",
    queue="outbox",
    retry=RetryStrategy(max_attempts=4, exponential_wait=3),
)
def deliver(
    *, outgoing_id: int | None = None, outgoing_ids: Sequence[int] = (), **_later_arguments: object
) -> None:
    """Bring messages to their carriers, those that are still to leave."""
    several = [*outgoing_ids] if outgoing_id is None else [outgoing_id]
    for one in several:
        try:
            services.deliver(one, now=timezone.now(), clock=timezone.now)
        except Exception:
            if len(several) == 1:
                raise  # tried again later
            logger.exception("message %d could not be delivered with the others", one)
            once("channels.deliver", delivery_lock(one), outgoing_id=one)
