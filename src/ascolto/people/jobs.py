from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.people.likeness import comparing


@app.task(
    name="people.compare",
    queue="slow",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def compare(*, comparison_id: int, **_later_arguments: object) -> None:
    """Compare the next portion of customers with those before them."""
    comparing.go_on(comparison_id, now=timezone.now())
