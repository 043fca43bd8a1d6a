from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.exchange import services


@app.task(
    name="exchange.go_on",
    queue="slow",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def go_on(*, run_id: int, **_later_arguments: object) -> None:
    """Go through a file, or through what is left of it."""
    services.go_on(run_id, now=timezone.now())
