from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.portal import services


@app.task(
    name="portal.invite_in",
    queue="work",
    retry=RetryStrategy(max_attempts=5, exponential_wait=3),
)
def invite_in(*, address: str, language: str = "", **_later_arguments: object) -> None:
    """Whether anybody is known by this address is found out here, where nobody watches the time."""
    services.invite_in(address, language=language, now=timezone.now())
